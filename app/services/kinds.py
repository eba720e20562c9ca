"""What the kinds of mistakes are called."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.core.marks import QT_TRANSLATE_NOOP
from engine import ErrorKind

_TITLES = MappingProxyType(
    {
        ErrorKind.SPELLING: QT_TRANSLATE_NOOP("ErrorKinds", "Spelling"),
        ErrorKind.CAPITALISATION: QT_TRANSLATE_NOOP("ErrorKinds", "Capital letter"),
        ErrorKind.APOSTROPHE: QT_TRANSLATE_NOOP("ErrorKinds", "Apostrophe"),
        ErrorKind.PUNCTUATION: QT_TRANSLATE_NOOP("ErrorKinds", "Punctuation"),
        ErrorKind.RUN_ON: QT_TRANSLATE_NOOP("ErrorKinds", "Two sentences in one"),
        ErrorKind.COMMA_SPLICE: QT_TRANSLATE_NOOP("ErrorKinds", "Comma between sentences"),
        ErrorKind.ARTICLE: QT_TRANSLATE_NOOP("ErrorKinds", "Article"),
        ErrorKind.PREPOSITION: QT_TRANSLATE_NOOP("ErrorKinds", "Preposition"),
        ErrorKind.AGREEMENT: QT_TRANSLATE_NOOP("ErrorKinds", "Agreement"),
        ErrorKind.TENSE: QT_TRANSLATE_NOOP("ErrorKinds", "Tense"),
        ErrorKind.VERB_FORM: QT_TRANSLATE_NOOP("ErrorKinds", "Form of the verb"),
        ErrorKind.PLURAL: QT_TRANSLATE_NOOP("ErrorKinds", "Singular or plural"),
        ErrorKind.HOMOPHONE: QT_TRANSLATE_NOOP("ErrorKinds", "Words that sound alike"),
        ErrorKind.WORD_ORDER: QT_TRANSLATE_NOOP("ErrorKinds", "Order of the words"),
        ErrorKind.MISSING_WORD: QT_TRANSLATE_NOOP("ErrorKinds", "Word left out"),
        ErrorKind.DOUBLED_WORD: QT_TRANSLATE_NOOP("ErrorKinds", "Word written twice"),
        ErrorKind.EXTRA_WORD: QT_TRANSLATE_NOOP("ErrorKinds", "Word too many"),
        ErrorKind.WORDING: QT_TRANSLATE_NOOP("ErrorKinds", "Choice of words"),
    }
)


def kind_title(kind: ErrorKind) -> str:
    """What a kind of mistake is called, in the interface's language."""
    return QCoreApplication.translate("ErrorKinds", _TITLES[kind])

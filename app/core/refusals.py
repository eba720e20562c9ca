"""What a person is told of a rewrite that is not usable, and of what one did not keep."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.core.marks import QT_TRANSLATE_NOOP
from engine import GuardFinding, RefusalReason

REFUSALS: Mapping[RefusalReason, str] = MappingProxyType(
    {
        RefusalReason.UNABLE: QT_TRANSLATE_NOOP(
            "Refusals", "the model in use cannot do this; a larger one can be imported"
        ),
        RefusalReason.EMPTY: QT_TRANSLATE_NOOP("Refusals", "the model gave no text"),
        RefusalReason.UNCHANGED: QT_TRANSLATE_NOOP("Refusals", "the model gave the same text back"),
        RefusalReason.LOOPS: QT_TRANSLATE_NOOP("Refusals", "the model repeated itself"),
        RefusalReason.INSTRUCTION: QT_TRANSLATE_NOOP(
            "Refusals", "the model gave its own instruction back"
        ),
        RefusalReason.ANSWERS: QT_TRANSLATE_NOOP(
            "Refusals", "the model wrote about the text, or something else"
        ),
        RefusalReason.SHORT: QT_TRANSLATE_NOOP("Refusals", "it was far too short"),
        RefusalReason.LONG: QT_TRANSLATE_NOOP("Refusals", "it was far too long"),
        RefusalReason.FORM: QT_TRANSLATE_NOOP("Refusals", "it had not the form asked for"),
        RefusalReason.LANGUAGE: QT_TRANSLATE_NOOP(
            "Refusals",
            "it was not in the language asked for; a small model often cannot translate, and a "
            "larger one can be imported",
        ),
        RefusalReason.DETAILS: QT_TRANSLATE_NOOP(
            "Refusals", "it was about other names, numbers or dates: {detail}"
        ),
        RefusalReason.MARKUP: QT_TRANSLATE_NOOP("Refusals", "a link or code was lost: {detail}"),
    }
)
"""Why a rewrite is not usable, as the end of a sentence; marked in the context "Refusals"."""

FINDINGS: Mapping[str, str] = MappingProxyType(
    {
        "dropped": QT_TRANSLATE_NOOP("Refusals", "missing: {text}"),
        "added": QT_TRANSLATE_NOOP("Refusals", "added: {text}"),
        "changed": QT_TRANSLATE_NOOP("Refusals", "changed: {text} to {new}"),
    }
)
"""What a rewrite did not keep; marked in the context "Refusals"."""


def finding_words(finding: GuardFinding) -> str:
    """A finding in English."""
    return FINDINGS[finding.where].format(text=finding.text, new=finding.new)

"""The rules in plain words."""

from __future__ import annotations

import re

from app.core.marks import QT_TRANSLATE_NOOP
from engine import RuleInfo

GROUPS = frozenset(
    (
        QT_TRANSLATE_NOOP("RuleGroups", "Proper Nouns"),
        QT_TRANSLATE_NOOP("RuleGroups", "Initialisms"),
        QT_TRANSLATE_NOOP("RuleGroups", "Closed Compounds"),
        QT_TRANSLATE_NOOP("RuleGroups", "Phrase Corrections"),
        QT_TRANSLATE_NOOP("RuleGroups", "Capitalization and Case"),
        QT_TRANSLATE_NOOP("RuleGroups", "Punctuation and Spacing"),
        QT_TRANSLATE_NOOP("RuleGroups", "Numbers and Units"),
        QT_TRANSLATE_NOOP("RuleGroups", "Pronouns and Possession"),
        QT_TRANSLATE_NOOP("RuleGroups", "Compounds and Hyphenation"),
        QT_TRANSLATE_NOOP("RuleGroups", "Spelling and Orthography"),
        QT_TRANSLATE_NOOP("RuleGroups", "Style and Redundancy"),
        QT_TRANSLATE_NOOP("RuleGroups", "Grammar and Agreement"),
        QT_TRANSLATE_NOOP("RuleGroups", "Word Choice and Usage"),
        QT_TRANSLATE_NOOP("RuleGroups", "Regionalisms and Dialect"),
        QT_TRANSLATE_NOOP("RuleGroups", "Miscellaneous"),
    )
)
"""The groups that Harper has its rules in."""
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def plain_name(rule: str) -> str:
    """A rule's name as words: "RepeatedWords" is "Repeated words"."""
    parts = _PART.findall(rule)
    words = [part if len(part) > 1 and part.isupper() else part.lower() for part in parts]
    words = ["I" if word == "i" else word for word in words]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def plain_description(rule: RuleInfo) -> str:
    """What a rule looks for, without the marks of Markdown, in one line."""
    text = re.sub(r"`([^`]*)`", "\u201c\\1\u201d", rule.description)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\s+", " ", text.replace("**", "")).strip()

"""What the rules of Harper, an English grammar checker, find in a text.

A small face before the package ``harper-py``, which is loaded when it is first needed: its
dictionary takes half a second and 175 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import harper

SPELLING_RULE = "SpellCheck"
"""The rule that knows words; its findings are judged anew where there is a better dictionary."""


class Dialect(StrEnum):
    """The English that words and expressions are checked for."""

    AMERICAN = "american"
    BRITISH = "british"
    AUSTRALIAN = "australian"
    CANADIAN = "canadian"
    INDIAN = "indian"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds wrong with code points ``start`` to ``end`` of a text.

    ``replacements`` may come in their place, the likeliest first; there may be none. ``rule`` names
    the rule, ``kind`` its group, and ``message`` says in English what is wrong.
    """

    start: int
    end: int
    replacements: tuple[str, ...]
    rule: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as a person chooses it: what it looks for and the group it is in, both in English."""

    name: str
    group: str
    description: str


_MATTERS_OF_TASTE = frozenset(
    ("Enhancement", "Formatting", "Readability", "Redundancy", "Regionalism", "Style")
)
"""Groups of rules that say how one might write, and not what is wrong."""
UNSURE_RULES = frozenset(
    "AWhile CompoundNouns DayOneNames DiscourseMarkers DisjointPrefixes ExpandTimeShorthands "
    "IsBeenAuxSequence ModalBeAdjective MultipleSequentialPronouns NotTo OkToOkay OnFloor "
    "OrthographicConsistency PhrasalVerbAsCompoundNoun RedundantThat SingleBe SplitWords TheMy "
    "UseTitleCase WhomSubjectOfVerb WrongNegative "
    # Those that Harper has off, too.
    "AnalogAcousticBike AnotherThinkComing AvoidContractions BoringWords MoreAdjective "
    "NoOxfordComma PossessiveNoun PreferPled PreferSnuck SpelledNumbers ViciousCircleOrCycle "
    "ViciousCycle".split()
)
"""Rules that are wrong more often than right in texts like those that Inkling learns from, the one
that would have every heading in the American way, and those that contradict another one."""
_MOST_OWN = 3
_APART = 0.1
"""By how much less alike two words are taken to be than they are to the one that was written."""
_MAY_BE_TWICE = frozenset(("had had", "that that"))

FindingSource = Callable[[str], Sequence[Finding]]
"""Finds what may be wrong in a text."""


class Rules:
    """Harper's rules for a dialect, without those ``off``. May be called from any thread.

    Calls wait for each other; Python's lock is released meanwhile. What is a matter of taste is
    left out. Texts are plain, or ``markdown``.
    """

    def __init__(
        self,
        dialect: Dialect = Dialect.AMERICAN,
        off: Collection[str] = UNSURE_RULES,
        *,
        markdown: bool = False,
    ) -> None:
        self._dialect = dialect
        self._off = frozenset(off)
        self._language = "markdown" if markdown else "plaintext"
        self._lock = threading.Lock()
        self._linter: harper.Linter | None = None

    def __call__(self, text: str) -> list[Finding]:
        """What the rules find in a text, in order and without overlaps."""
        with self._lock:
            linter = self._linter = self._linter or self._load()
            found = linter.organized_lints(text, language=self._language)
        findings = [
            _finding(rule, lint)
            for rule, lints in found.items()
            for lint in lints
            if lint.lint_kind not in _MATTERS_OF_TASTE
            and lint.problem_text.casefold() not in _MAY_BE_TWICE
        ]
        return sorted(findings, key=lambda each: (each.start, each.end))

    def catalogue(self) -> tuple[RuleInfo, ...]:
        """All rules that can be switched off, by group and name."""
        with self._lock:
            linter = self._linter = self._linter or self._load()
            descriptions = linter.get_lint_descriptions()
            groups = dict(_grouped(linter.get_structured_lint_config(), ""))
        listed = [
            RuleInfo(name, groups.get(name, ""), description)
            for name, description in descriptions.items()
            if name != SPELLING_RULE
        ]
        return tuple(sorted(listed, key=lambda each: (each.group, each.name.casefold())))

    def switch_off(self, off: Collection[str]) -> None:
        """Let exactly these rules be off; nothing is loaded anew."""
        with self._lock:
            self._off = frozenset(off)
            if self._linter is not None:
                self._configure(self._linter)

    def _load(self) -> harper.Linter:
        import harper

        linter = harper.Linter(harper.Dialect[self._dialect.name])
        self._configure(linter)
        return linter

    def _configure(self, linter: harper.Linter) -> None:
        config = linter.get_lint_config()
        linter.set_lint_config({name: name not in self._off for name in config})


def with_spelling(rules: FindingSource, spelling: FindingSource) -> FindingSource:
    """What ``rules`` find, but for words only what ``spelling`` finds.

    What either makes of such a word comes in the order of likeness.
    """

    def find(text: str) -> list[Finding]:
        found = list(rules(text))
        own = {(each.start, each.end): each for each in found if each.rule == SPELLING_RULE}
        merged = [each for each in found if each.rule != SPELLING_RULE]
        for each in spelling(text):
            known = own.get((each.start, each.end))
            more = known.replacements[:_MOST_OWN] if known else ()
            both = dict.fromkeys((*each.replacements, *more))
            alike = partial(_unlikeness, text[each.start : each.end])
            merged.append(replace(each, replacements=tuple(sorted(both, key=alike))))
        return sorted(merged, key=lambda each: (each.start, each.end))

    return find


def _unlikeness(word: str, other: str) -> float:
    apart = _APART if " " in other else 0.0
    return apart - SequenceMatcher(None, word.casefold(), other.casefold(), autojunk=False).ratio()


def _grouped(config: Mapping[str, Any], group: str) -> Iterator[tuple[str, str]]:
    """The rules of Harper's structured configuration, each with the group it is in."""
    for setting in config["settings"]:
        for kind, value in setting.items():
            if kind == "Group":
                yield from _grouped(value["child"], value["label"])
            elif kind == "Bool":
                yield value["name"], group
            else:
                yield from ((name, group) for name in value["names"])


def _finding(rule: str, lint: harper.Lint) -> Finding:
    stretch = lint.problem_text
    replacements = []
    for suggestion in lint.suggestions:
        text = suggestion.replacement_text
        if suggestion.kind.name == "INSERT_AFTER":
            text = stretch + text
        if text != stretch and text not in replacements:
            replacements.append(text)
    return Finding(
        lint.span.start, lint.span.end, tuple(replacements), rule, lint.lint_kind, lint.message
    )

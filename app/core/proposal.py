"""The changes that a rewrite proposes: its differences from the text, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from app.core.readable import readable_changes
from app.core.reasons import Reason, reason_for
from app.core.review import Change, Review
from engine import Correction, GuardFinding, guard_findings

_ALIKE = 0.5
"""Words of which this share of the letters agrees may be two forms of one."""
_NEGATION_MISSPELT = re.compile(
    r"\b(?:ca|do|does|did|is|are|was|were|has|have|had|wo|would|could|should|must)nt\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"n['\u2019]t\b|\b(?:not|no|never|cannot)\b", re.IGNORECASE)
_FARTHEST = 40
"""Characters that a moved word may have jumped over."""
_FIRST_WORD = re.compile(r"[^\S\n]*(?:\w+|[^\w\s])")
_PARTS = re.compile(r"\s+|\S+")

_Difference = tuple[int, str, str]
"""At a code point of the text, what goes and what comes."""


def proposed(
    source: str, result: str, at: int = 0, flags: Sequence[GuardFinding] | None = None
) -> tuple[Change, ...]:
    """The changes that make ``source`` into ``result``, exactly; places are counted on from ``at``.

    An insertion stands behind a word where it can, so that it has something to stand at: one before
    the first word of a line replaces that word. ``flags`` are what guards found, None to ask them.
    """
    if flags is None:
        flags = guard_findings(source, result) if source != result else ()
    changes = [
        Change(number, start, old, new, reason_for(source, start, old, new))
        for number, (start, old, new) in enumerate(
            _moves_joined(source, _differences(source, result))
        )
    ]
    flagged = _with_flags(changes, flags)
    return tuple(replace(change, start=change.start + at) for change in flagged)


def corrections_proposed(source: str, corrections: Sequence[Correction]) -> tuple[Change, ...]:
    """Corrections of ``source`` as changes; why is what the rules and the proofreader found."""
    changes = [
        Change(number, each.start, each.old, each.new, Reason(each.kind.value))
        for number, each in enumerate(corrections)
    ]
    flags = guard_findings(source, Review(source, tuple(changes)).result()) if changes else ()
    return tuple(_with_flags(changes, flags))


def _differences(source: str, result: str) -> Iterator[_Difference]:
    spans = readable_changes(source, result)
    at = 0
    for index, span in enumerate(spans):
        start, at = at, at + len(span.old)
        if span.kind == "equal":
            continue
        old, new = span.old, span.new
        following = spans[index + 1].old if index + 1 < len(spans) else ""
        if not old and (not start or source[start - 1] == "\n"):
            if word := _FIRST_WORD.match(following):
                old, new = word.group(), new + word.group()
        elif not old and source[start - 1].isspace() and new[-1:] == source[start - 1]:
            start, new = start - 1, new[-1] + new[:-1]
        yield from _parted(start, old, new)


def _moves_joined(source: str, found: Iterable[_Difference]) -> list[_Difference]:
    """What goes at one place and comes a few words on is one change over all between."""
    joined: list[_Difference] = []
    for start, old, new in found:
        if joined:
            first, gone, come = joined[-1]
            between = source[first + len(gone) : start]
            moved = {gone.strip(), old.strip()} == {come.strip(), new.strip()} and "" in (gone, old)
            if moved and len(between) <= _FARTHEST and "\n" not in between:
                joined[-1] = first, gone + between + old, come + between + new
                continue
        joined.append((start, old, new))
    return joined


def _parted(start: int, old: str, new: str) -> Iterator[_Difference]:
    """Neighbouring words that each became a word like it are changes of their own."""
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    if len(before) == len(after) > 1 and all(map(_may_pair, before, after)):
        for one, two in zip(before, after, strict=True):
            if one != two:
                yield start, one, two
            start += len(one)
    else:
        yield start, old, new


def _may_pair(one: str, two: str) -> bool:
    if one.isspace() or two.isspace():
        return one == two
    return SequenceMatcher(None, one.casefold(), two.casefold(), autojunk=False).ratio() >= _ALIKE


def _with_flags(changes: Sequence[Change], flags: Sequence[GuardFinding]) -> list[Change]:
    """The changes with what the guards found at each; every finding is at one of them at least."""
    found: dict[int, list[GuardFinding]] = {}
    for flag in flags:
        if _was_misspelt(changes, flag):
            continue
        for number in _places(changes, flag):
            found.setdefault(number, []).append(flag)
    return [replace(each, flags=tuple(found.get(each.number, ()))) for each in changes]


def _was_misspelt(changes: Sequence[Change], flag: GuardFinding) -> bool:
    """Whether a negation is new only because it lacked its apostrophe ("dont")."""
    if flag.kind != "negation" or flag.where != "added":
        return False
    lacked = sum(len(_NEGATION_MISSPELT.findall(each.old)) for each in changes)
    return lacked >= sum(len(_NEGATION.findall(each.new)) for each in changes) > 0


def _places(changes: Sequence[Change], flag: GuardFinding) -> list[int]:
    sides = [(each.number, each.new if flag.where == "added" else each.old) for each in changes]
    for words in ([flag.text], flag.text.split(), re.findall(r"\w+", flag.text)):
        exact = [number for number, side in sides if any(word in side for word in words)]
        if exact:
            return exact
    return [number for number, _ in sides]

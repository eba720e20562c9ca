"""A rewrite under review, like tracked changes: what would change where, why, and what was decided.

Nothing here knows of a window. A program that writes tracked changes into a file walks ``pieces``:
each is text that stays, or a ``Change`` with its deleted and inserted words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.diff import word_diff
from app.core.reasons import Reason
from engine import GuardFinding


class Decision(StrEnum):
    """What was decided on a change."""

    OPEN = "open"
    """Nothing yet; the text is the old one."""
    ACCEPTED = "accepted"
    """The text is the new one."""
    REJECTED = "rejected"
    """The text stays the old one."""


@dataclass(frozen=True, slots=True)
class Change:
    """At code point ``start`` of the review's text ``old`` is to become ``new``.

    ``old`` is "" for an insertion and ``new`` for a deletion. ``number`` tells it from the others
    of its review for good. ``flags`` are what the guards have against it.
    """

    number: int
    start: int
    old: str
    new: str
    reason: Reason = Reason.WORDING
    flags: tuple[GuardFinding, ...] = ()
    decision: Decision = Decision.OPEN

    @property
    def text(self) -> str:
        """What stands in the review's text now."""
        return self.new if self.decision is Decision.ACCEPTED else self.old

    @property
    def end(self) -> int:
        """Where ``text`` ends."""
        return self.start + len(self.text)

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.decision is Decision.OPEN


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the review's text: it stays, or it belongs to ``change``."""

    text: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Splice:
    """Code points ``start`` to ``end`` of a text give way to ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """A text as it is now, and the changes proposed for it, in order and apart from each other.

    The text is never half of a proposal: of each change it has the old words or, once accepted, the
    new ones.
    """

    text: str
    changes: tuple[Change, ...] = ()

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes on which nothing was decided yet."""
        return tuple(change for change in self.changes if change.is_open)

    @property
    def flagged(self) -> tuple[Change, ...]:
        """The open changes that the guards have something against."""
        return tuple(change for change in self.open if change.flags)

    def find(self, number: int | None) -> Change | None:
        """The change of that number."""
        return next((change for change in self.changes if change.number == number), None)

    def pieces(self) -> Iterator[Piece]:
        """The text from beginning to end; put together the pieces are ``text`` exactly."""
        at = 0
        for change in self.changes:
            if at < change.start:
                yield Piece(self.text[at : change.start])
            yield Piece(change.text, change)
            at = change.end
        if at < len(self.text):
            yield Piece(self.text[at:])

    def source(self) -> str:
        """The text without any of the changes."""
        return "".join(each.change.old if each.change else each.text for each in self.pieces())

    def result(self) -> str:
        """The text with all changes that were not rejected."""
        return "".join(
            each.change.new
            if each.change and each.change.decision is not Decision.REJECTED
            else each.text
            for each in self.pieces()
        )

    def decided(self, numbers: Collection[int], decision: Decision) -> Review:
        """The review after that decision on those changes."""
        wanted = frozenset(numbers)
        text: list[str] = []
        changes: list[Change] = []
        size = 0
        for each in self.pieces():
            words = each.text
            if each.change is not None:
                change = replace(each.change, start=size)
                if change.number in wanted:
                    change = replace(change, decision=decision)
                changes.append(change)
                words = change.text
            text.append(words)
            size += len(words)
        return Review("".join(text), tuple(changes))

    def splices(self, numbers: Collection[int], decision: Decision) -> tuple[Splice, ...]:
        """What that decision changes in the text, in order; nothing for a rejection."""
        wanted = frozenset(numbers)
        found = []
        for change in self.changes:
            if change.number in wanted:
                after = replace(change, decision=decision).text
                if after != change.text:
                    found.append(Splice(change.start, change.end, after))
        return tuple(found)

    def edited(self, position: int, removed: int, inserted: str) -> Review:
        """The review after an edit of the text by somebody else.

        Changes behind it move along; one whose own words were edited is no longer proposed.
        """
        end = position + removed
        by = len(inserted) - removed
        kept = []
        for change in self.changes:
            if end <= change.start:
                kept.append(replace(change, start=change.start + by))
            elif position >= change.end:
                kept.append(change)
        text = self.text[:position] + inserted + self.text[end:]
        return Review(text, tuple(kept))

    def with_more(self, changes: Iterable[Change], first: int | None = None) -> Review:
        """The review with further changes of its text; those that touch others are left out.

        They are numbered from ``first`` on, or after those that are there.
        """
        merged = list(self.changes)
        number = 1 + max((change.number for change in merged), default=-1)
        number = number if first is None else first
        for change in changes:
            if self.has_room_for(change):
                merged.append(replace(change, number=number))
                number += 1
        merged.sort(key=lambda each: (each.start, each.end))
        return Review(self.text, tuple(merged))

    def placed(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Changes of ``source()`` at their places in ``text``."""
        behind: list[int] = []
        shifts: list[int] = []
        by = 0
        for change in self.changes:
            if change.decision is Decision.ACCEPTED:
                behind.append(change.start - by + len(change.old))
                by += len(change.new) - len(change.old)
                shifts.append(by)
        found = []
        for change in changes:
            at = bisect_right(behind, change.start) - 1
            found.append(replace(change, start=change.start + (shifts[at] if at >= 0 else 0)))
        return tuple(found)

    def has_room_for(self, change: Change) -> bool:
        """Whether the change is one of this text and touches no other."""
        for each in self.changes:
            apart = change.end <= each.start or each.end <= change.start
            if not apart or change.start == change.end == each.start == each.end:
                return False
        return self.text[change.start : change.end] == change.text


def rebased(changes: Iterable[Change], old: str, new: str) -> tuple[Change, ...]:
    """Changes of ``old`` at their places in ``new``, without those whose words are others there."""
    if old == new:
        return tuple(changes)
    starts: list[int] = []
    kept: list[tuple[int, int]] = []
    was = now = 0
    for span in word_diff(old, new):
        if span.kind == "equal":
            starts.append(was)
            kept.append((was + len(span.old), now - was))
        was, now = was + len(span.old), now + len(span.new)
    found = []
    for change in changes:
        at = bisect_right(starts, change.start) - 1
        if at >= 0 and change.end <= kept[at][0]:
            found.append(replace(change, start=change.start + kept[at][1]))
    return tuple(found)

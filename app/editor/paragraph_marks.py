"""What was found in each paragraph, kept in step with the text by small splices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from app.core.found import Mark
from app.editor.paragraphs import ParagraphChange

M = TypeVar("M", bound=Mark)


class Paragraph(Generic[M]):
    """What was found in one paragraph; that of an edited one is taken over until it is checked."""

    __slots__ = ("asked", "code", "found", "known")

    def __init__(self, found: tuple[M, ...] = ()) -> None:
        self.found = found
        self.asked = False
        """Whether it is being checked as it is, or was."""
        self.known = False
        """Whether it was checked as it is."""
        self.code = False
        """Whether it was code when it was checked."""


class ParagraphMarks(Generic[M]):
    """One entry a paragraph, None for one that was never looked at."""

    def __init__(self) -> None:
        self._entries: list[Paragraph[M] | None] = [None]
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def load(self, count: int) -> None:
        """Start over with that many paragraphs."""
        self._entries = [None] * count
        self._next = 0

    def entry(self, number: int) -> Paragraph[M] | None:
        """What is known of a paragraph."""
        return self._entries[number] if number < len(self._entries) else None

    def is_open(self, number: int) -> bool:
        """Whether a paragraph has to be checked."""
        entry = self._entries[number]
        return entry is None or not entry.asked

    def begin(self, number: int, *, code: bool) -> Paragraph[M]:
        """Note that a paragraph is being checked; what is found belongs into the entry returned.

        If the paragraph changes meanwhile it gets another entry, and nobody sees this one.
        """
        old = self._entries[number]
        entry = Paragraph(old.found if old and not code else ())
        entry.asked = True
        entry.code = code
        self._entries[number] = entry
        return entry

    @staticmethod
    def end(entry: Paragraph[M], found: tuple[M, ...]) -> None:
        """Note what was found in a paragraph that was being checked."""
        entry.found, entry.known = found, True

    def reopen(self, number: int) -> None:
        """Have a paragraph checked again."""
        self._entries[number] = None
        self._next = min(self._next, number)

    def renew(self, number: int) -> None:
        """Have a paragraph checked again, and go by what was found in it until then."""
        old = self._entries[number]
        self._entries[number] = Paragraph(old.found) if old else None
        self._next = min(self._next, number)

    def open_from(self, most: int) -> Iterator[int]:
        """The numbers of paragraphs to be checked, after at most ``most`` that are not."""
        entries = self._entries
        number = self._next
        end = min(len(entries), number + most)
        while number < end:
            if self.is_open(number):
                yield number
                if self.is_open(number):
                    break  # not taken
            else:
                number += 1
                self._next = max(self._next, number)

    @property
    def done(self) -> bool:
        """Whether every paragraph was checked, or is being checked."""
        return self._next >= len(self._entries)

    def splice(self, change: ParagraphChange) -> None:
        """Follow a change of the text."""
        first = self.entry(change.first)
        last = self.entry(change.last)
        fresh: list[Paragraph[M] | None] = [None] * change.count
        shift = change.now - change.was
        before = [m for m in first.found if m.end < change.head] if first else []
        after = [m.moved(shift) for m in (last.found if last else ()) if m.start > change.was]
        if change.count == 1:
            fresh[0] = Paragraph((*before, *after))
        else:
            fresh[0] = Paragraph(tuple(before))
            fresh[-1] = Paragraph(tuple(after))
        self._entries[change.first : change.last + 1] = fresh
        self._next = min(self._next, change.first)

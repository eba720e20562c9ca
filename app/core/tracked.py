"""A review at its place in a document that is written on meanwhile, with undo and all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

from app.core.review import Change, Decision, Review, Splice, rebased

_MOST_REMEMBERED = 400


class TrackedReview:
    """Follows every edit of a document; its ``review`` is of the text from ``start`` on.

    It remembers what was proposed and decided for each text there was. Undo and redo, which bring
    a text back, so bring its review back with it.
    """

    def __init__(self, start: int, source: str) -> None:
        self.start = start
        """Where the text under review begins in the document, in code points."""
        self.source = source
        """The text when the review began."""
        self.review = Review(source)
        self._next = 0
        self._version = 0
        self._memory: dict[bytes, tuple[Change, ...]] = {}

    @property
    def end(self) -> int:
        """Where the text under review ends in the document."""
        return self.start + len(self.review.text)

    def propose(self, changes: Iterable[Change]) -> None:
        """Add changes of ``source``; those whose words are others by now are left out."""
        more = rebased(changes, self.source, self.review.source())
        self.review = self.review.with_more(self.review.placed(more), self._next)
        self._next += len(more)
        self._remember()

    def show_version(self, version: int, changes: Iterable[Change]) -> None:
        """Propose those changes of ``source`` in place of the present ones.

        What was accepted stays in the text; a version that was shown for the same text before is
        shown with what was decided on it.
        """
        self._remember()
        self._version = version
        known = self._memory.get(self._key(self.review.text))
        if known is not None:
            self.review = Review(self.review.text, known)
        else:
            self.review = Review(self.review.text)
            self.propose(changes)

    def decide(self, numbers: Collection[int], decision: Decision) -> tuple[Splice, ...]:
        """Decide on changes; returns what is to be done to the document, in order."""
        self._remember()
        splices = self.review.splices(numbers, decision)
        self.review = self.review.decided(numbers, decision)
        self._remember()
        by = self.start
        return tuple(Splice(each.start + by, each.end + by, each.text) for each in splices)

    def follow(self, position: int, removed: int, inserted: str) -> bool:
        """Follow an edit of the document by somebody else; whether it touched this text."""
        start, end = self.start, self.end
        stop = position + removed
        if not removed and position in (start, end):
            # At the very edge it is outside, unless it brings back what was there before.
            known = self._restored(self.review.edited(position - start, 0, inserted))
            if known is not None:
                self.review = known
                return True
        if stop <= start:
            self.start += len(inserted) - removed
            return False
        if position >= end:
            return False
        first, last = max(position, start), min(stop, end)
        whole = position >= start and stop <= end
        edited = self.review.edited(first - start, last - first, inserted if whole else "")
        if position < start:
            self.start = position + len(inserted)
        self.review = self._restored(edited) or edited
        self._remember()
        return True

    def _remember(self) -> None:
        key = self._key(self.review.text)
        self._memory.pop(key, None)
        self._memory[key] = self.review.changes
        if len(self._memory) > _MOST_REMEMBERED:
            del self._memory[next(iter(self._memory))]

    def _restored(self, edited: Review) -> Review | None:
        """The review as it was when the text was this one, with what was proposed since."""
        known = self._memory.get(self._key(edited.text))
        if known is None:
            return None
        review = Review(edited.text, known)
        numbers = {change.number for change in known}
        for change in edited.changes:
            if change.number not in numbers and review.has_room_for(change):
                changes = sorted((*review.changes, change), key=lambda one: (one.start, one.end))
                review = replace(review, changes=tuple(changes))
        return review

    def _key(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        salt = self._version.to_bytes(8, "big")
        return hashlib.blake2b(data, digest_size=16, salt=salt).digest()

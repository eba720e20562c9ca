"""The changes of a review as a Word document tracks them."""

from __future__ import annotations

from collections.abc import Callable

from app.core.formats.tracked import TrackedChange
from app.core.reasons import TITLES
from app.core.review import Decision, Review


def review_changes(
    text: str, start: int, review: Review, say: Callable[[str], str] = str
) -> tuple[str, list[TrackedChange]]:
    """The document as it was before the review, and the changes that were not rejected.

    ``text`` is the document now, with the review's text at code point ``start``; ``say``
    translates the titles of reasons. Raises ``ValueError`` where the review's text is not there.
    """
    end = start + len(review.text)
    if start < 0 or text[start:end] != review.text:
        raise ValueError("the review is of another text")
    changes: list[TrackedChange] = []
    at = start
    for piece in review.pieces():
        change = piece.change
        if change is None:
            at += len(piece.text)
            continue
        if change.decision is not Decision.REJECTED:
            reason = say(TITLES[change.reason]) if change.reason in TITLES else ""
            changes.append(TrackedChange(at, at + len(change.old), change.new, reason))
        at += len(change.old)
    return text[:start] + review.source() + text[end:], changes

"""One suggestion, from the key that caused it until it is taken, refused or overtaken."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Attempt:
    """What is known of the suggestion, and how much of it the person has used.

    All texts begin where the attempt began, after ``before``; the best candidate comes first and
    grows while it streams.
    """

    before: str
    after: str
    offset: int
    """How many code points of the document precede ``before``."""
    anchor: int
    """Where the caret must be, in UTF-16 units."""
    revision: int
    fixed: str = ""
    """How the person wants the text to begin."""
    request_id: int | None = None
    raw: str = ""
    candidates: list[str] = field(default_factory=lambda: [""])
    current: int = 0
    used: int = 0
    """How many code points of the text the person has typed or taken already."""
    due: bool = False
    """Whether it may be seen: the pause is over."""
    seen_at: float | None = None
    """When it was shown, in seconds; None while it is not."""

    @property
    def text(self) -> str:
        """The candidate that is offered."""
        return self.candidates[self.current]

    @property
    def rest(self) -> str:
        """What of it is still ahead of the caret."""
        return self.text[self.used :]

    @property
    def context(self) -> str:
        """The text before the caret as it is now."""
        return self.before + self.text[: self.used]

    @property
    def start(self) -> int:
        """Where in the document it began, in code points."""
        return self.offset + len(self.before)

    def repeats(self, start: int, text: str) -> bool:
        """Whether this is what ``text``, a suggestion that began at ``start``, offered there."""
        if not self.offset <= start <= self.start:
            return False
        typed = self.before[start - self.offset :]
        again = typed + self.text
        size = min(len(again), len(text))
        return len(typed) < size and again[:size] == text[:size]

    def grow(self, text: str) -> None:
        """The best candidate is known further; one that does not go on like this is ignored."""
        if text.startswith(self.candidates[0]):
            self.candidates[0] = text

    def add(self, head: str, rest: str) -> None:
        """Another candidate: ``head``, which was used when it was asked for, and ``rest``."""
        if rest and head + rest not in self.candidates:
            self.candidates.append(head + rest)

    def follow(self, typed: str) -> bool:
        """Use the next characters: of the text, or of the first candidate that has them there.

        False, and nothing is changed, if none has, or no more than these.
        """
        wanted = self.text[: self.used] + typed
        order = sorted(range(len(self.candidates)), key=lambda index: index != self.current)
        for index in order:
            candidate = self.candidates[index]
            streaming = self.request_id is not None and index == 0
            if candidate.startswith(wanted) and (streaming or candidate != wanted):
                self.current = index
                self.used = len(wanted)
                return True
        return False

    def turn(self, step: int) -> bool:
        """Offer the next (1) or the previous (-1) candidate that fits; False if there is none."""
        used = self.text[: self.used]
        count = len(self.candidates)
        for distance in range(1, count):
            index = (self.current + step * distance) % count
            candidate = self.candidates[index]
            if candidate.startswith(used) and len(candidate) > len(used):
                self.current = index
                return True
        return False

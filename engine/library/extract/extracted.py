"""What is taken out of a file, and why nothing could be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 64 << 20
"""The largest file that is read, and the most that is unpacked of one."""
MOST_CHARACTERS = 8_000_000
"""The most text of one file: some twenty novels."""


class Problem(StrEnum):
    """Why a file of a library is not indexed; ``sentence`` says it to a person."""

    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_TEXT = "no_text"

    @property
    def sentence(self) -> str:
        """What happened and what to do; the file itself is never touched."""
        return _SENTENCES[self]


_SENTENCES = {
    Problem.UNREADABLE: "The file could not be opened; look whether you may read it.",
    Problem.DAMAGED: "The file is damaged or is not what its name says; open it in its own "
    "program and save it again.",
    Problem.LOCKED: "The file is locked with a password; save a copy without one.",
    Problem.TOO_LARGE: "The file holds more text than is indexed; split it into parts.",
    Problem.TOO_SLOW: "Reading the file took too long, so it was left out.",
    Problem.NO_TEXT: "The file has no text in it, perhaps only pictures of pages.",
}


class CannotExtract(Exception):
    """A file has no text for us; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file: paragraphs parted by an empty line, lines by a line feed.

    ``title`` is what the file calls itself, "" if it does not. ``pages`` are the places in the
    text where pages begin, empty for formats that have none. The text of Markdown and plain text
    files is their own, letter by letter.
    """

    text: str
    title: str = ""
    pages: tuple[int, ...] = ()


_BREAKS = ("", "\t", "\n", "\n\n")
"""What may stand between two texts, the weakest first."""


class TextBuilder:
    """Gathers text with its paragraph ends; refuses more than ``MOST_CHARACTERS``."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""

    def write(self, text: str) -> None:
        """Add text to the paragraph; white space at its beginning is dropped."""
        if not self._at_break():
            self._add(text)
        elif text := text.lstrip():
            self._add(self._pending if self._parts else "")
            self._pending = ""
            self._add(text)

    def end_cell(self) -> None:
        """The next text, if it is on the same line, begins after a tab."""
        self._pending = self._pending or "\t"

    def end_line(self) -> None:
        """The next text begins on a line of its own."""
        self._pending = max(self._pending, "\n", key=_BREAKS.index)

    def end_paragraph(self) -> None:
        """The next text begins after an empty line."""
        self._pending = "\n\n"

    def text(self) -> str:
        """What was gathered."""
        return "".join(self._parts)

    def length(self) -> int:
        """The place where the next paragraph will begin."""
        return self._length + (len(self._pending) if self._parts else 0)

    def _at_break(self) -> bool:
        return bool(self._pending) or not self._parts

    def _add(self, text: str) -> None:
        if text:
            self._length += len(text)
            if self._length > MOST_CHARACTERS:
                raise CannotExtract(Problem.TOO_LARGE)
            self._parts.append(text)

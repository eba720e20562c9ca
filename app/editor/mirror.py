"""The document's paragraphs as Python strings, kept in step with Qt's by small splices.

Qt counts UTF-16 units and hands out lossy whole texts; the journal, the engine and the word count
want exact code points. Keeping the paragraphs costs one copy of the text and makes each of those
cheap: a key press touches one paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.line_counts import LineCounts
from app.core.offsets import from_utf16, to_utf16
from app.core.provenance.sources import Made
from app.editor.verbatim import from_qt


class Origin(StrEnum):
    """What brought a change about."""

    TYPING = "typing"
    """Keys or an input method."""
    PASTE = "paste"
    """Pasted or dropped."""
    GENERATED = "generated"
    """Text of the model; ``TextChange.made`` says how."""
    ELSEWHERE = "elsewhere"
    """What another program wrote into the file."""
    OTHER = "other"
    """Undo, a command."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """``removed`` was replaced by ``inserted`` at code point ``position``."""

    position: int
    removed: str
    inserted: str
    origin: Origin = Origin.OTHER
    made: Made | None = None

    def apply(self, text: str) -> str:
        """``text`` after this change."""
        return text[: self.position] + self.inserted + text[self.position + len(self.removed) :]


class DocumentMirror:
    """Paragraphs as Qt holds them (see ``verbatim``), their sizes and their word counts."""

    def __init__(self) -> None:
        self._lines: list[str] = [""]
        self._surplus: list[int] = [0]
        self._surplus_total = 0
        self._counts = LineCounts()

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> str:
        return self._lines[number]

    def line(self, number: int) -> str:
        """One paragraph."""
        return self._lines[number]

    def snapshot(self) -> list[str]:
        """All paragraphs, in a list of the caller's own."""
        return self._lines.copy()

    def text(self) -> str:
        """The whole text with a line feed between paragraphs."""
        return from_qt("\n".join(self._lines))

    def load(self, lines: Sequence[str]) -> None:
        """Start over with these paragraphs (at least one)."""
        self._lines = list(lines)
        self._surplus = [_surplus(line) for line in self._lines]
        self._surplus_total = sum(self._surplus)
        self._counts.load(len(self._lines))

    def splice(self, first: int, last: int, lines: Sequence[str]) -> None:
        """Replace the paragraphs ``first`` to ``last`` (inclusive)."""
        end = last + 1
        surplus = [_surplus(line) for line in lines]
        self._surplus_total += sum(surplus) - sum(self._surplus[first:end])
        self._lines[first:end] = lines
        self._surplus[first:end] = surplus
        self._counts.splice(first, last, len(lines))

    def code_points_before(self, number: int, utf16_position: int) -> int:
        """Code points before paragraph ``number``, which starts at that UTF-16 position."""
        if not self._surplus_total:
            return utf16_position
        return utf16_position - sum(self._surplus[:number])

    def utf16_position(self, position: int) -> int:
        """The UTF-16 position of a code point of the text."""
        if not self._surplus_total:
            return position
        start = surplus = 0
        for line, own in zip(self._lines, self._surplus, strict=True):
            if position <= start + len(line):
                return start + surplus + to_utf16(line, position - start)
            start += len(line) + 1
            surplus += own
        return start + surplus - 1

    def text_before(self, number: int, column: int, limit: int) -> str:
        """At most ``limit`` code points that end at ``column`` of a paragraph."""
        parts = [self._lines[number][max(0, column - limit) : column]]
        size = len(parts[0])
        while number > 0 and size < limit:
            number -= 1
            parts.append(self._lines[number] + "\n")
            size += len(parts[-1])
        return "".join(reversed(parts))[-limit:] if limit > 0 else ""

    def text_after(self, number: int, column: int, limit: int) -> str:
        """At most ``limit`` code points from ``column`` of a paragraph on."""
        parts = [self._lines[number][column : column + limit]]
        size = len(parts[0])
        while number + 1 < len(self._lines) and size < limit:
            number += 1
            parts.append("\n" + self._lines[number])
            size += len(parts[-1])
        return "".join(parts)[: max(0, limit)]

    @property
    def counts(self) -> LineCounts:
        """Words and more of each paragraph, as far as ``count`` came."""
        return self._counts

    def count(self, budget: int) -> bool:
        """Count paragraphs until ``budget`` code points were read; True when all are counted."""
        return self._counts.count(self, budget)


def _surplus(line: str) -> int:
    """How many more UTF-16 units than code points a paragraph has, quickly for long ones."""
    return 0 if line.isascii() else len(line.encode("utf-16-le", "surrogatepass")) // 2 - len(line)


def column_of(line: str, u16: int) -> int:
    """The code point index of a UTF-16 position in a paragraph."""
    return from_utf16(line, u16) if _surplus(line) else u16


def narrowed(position: int, old: str, new: str, tail: str = "") -> TextChange | None:
    """The change from ``old`` to ``new`` without what both share at either end; None if equal.

    Where that could be cut in more than one way, both keep ``tail``, what stands behind the caret.
    """
    if old == new:
        return None
    if tail and old.endswith(tail) and new.endswith(tail):
        old, new = old[: len(old) - len(tail)], new[: len(new) - len(tail)]
    start = _shared(old, new) if old and new else 0
    old, new = old[start:], new[start:]
    end = _shared(old[::-1], new[::-1]) if old and new else 0
    return TextChange(position + start, old[: len(old) - end], new[: len(new) - end])


def _shared(left: str, right: str) -> int:
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

"""Has the grammar of a page's paragraphs checked, where they are seen and nothing is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from app.core.grammar.client import GrammarFinding
from app.core.grammar.dialects import looks_english
from app.core.grammar.sentence_lines import lines_of_sentence, may_share
from app.core.offsets import utf16_length
from app.editor.editor import Editor
from app.editor.paragraph_check import Found, ParagraphCheck
from app.editor.paragraphs import ParagraphChange
from app.services.grammar import GrammarService
from engine import Dialect

_LONGEST = 20_000
"""Code points of what is looked at together; rules take a second for a million."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The English to check for, and the rules that are off."""

    dialect: Dialect
    off: frozenset[str]


class GrammarCheck(ParagraphCheck[GrammarFinding]):
    """Knows what rules find in each paragraph that was seen, as of a moment ago."""

    PAUSE_MS = 700
    LOAD_MS = 1000
    WAITS = True
    EVERYWHERE = False

    def __init__(self, editor: Editor, service: GrammarService, parent: QObject) -> None:
        super().__init__(editor, parent)
        self._service = service
        # Behind the splice that the same signal brings.
        editor.paragraphs_changed.connect(self._renew_around)

    def use(self, dialect: Dialect | None, off: frozenset[str]) -> None:
        """Check for this English without the rules that are ``off``, or not at all."""
        self.check_by(None if dialect is None else _Way(dialect, off))

    @Slot(object)
    def _renew_around(self, change: ParagraphChange) -> None:
        """The lines that share a sentence with those that changed, or did, are read again."""
        lines = self._editor.lines()
        last = change.first + change.count - 1
        for number in sorted({change.first - 1, change.first, last, last + 1}):
            if 0 <= number < len(lines) and may_share(lines[number]):
                first, end = lines_of_sentence(lines, number)
                for other in range(first, end + 1):
                    if not change.first <= other <= last:
                        self._marks.renew(other)

    def _group(self, number: int) -> tuple[int, int]:
        return lines_of_sentence(self._editor.lines(), number)

    def _skips(self, text: str) -> bool:
        return not text.strip()

    def _submit(
        self, groups: list[list[str]], done: Callable[[Found[GrammarFinding]], None]
    ) -> None:
        way = self._way
        assert isinstance(way, _Way)
        texts = ["\n".join(lines) for lines in groups]
        asked = [text if looks_english(text) else "" for text in texts]

        def answered(found: Sequence[tuple[GrammarFinding, ...]]) -> None:
            done([by_line(lines, each) for lines, each in zip(groups, found, strict=True)])

        self._service.check(way.dialect, [text[:_LONGEST] for text in asked], way.off, answered)


def by_line(
    lines: Sequence[str], found: Sequence[GrammarFinding]
) -> list[tuple[GrammarFinding, ...]]:
    """What was found in lines that were read together, line by line.

    What goes over the end of a line is left out: its replacement would take the break away.
    """
    each_line: list[tuple[GrammarFinding, ...]] = []
    begin = 0
    for line in lines:
        end = begin + utf16_length(line)
        inside = [each for each in found if begin <= each.start and each.end <= end]
        each_line.append(tuple(each.moved(-begin) for each in inside if each.end > each.start))
        begin = end + 1
    return each_line

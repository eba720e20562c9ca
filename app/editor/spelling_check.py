"""Has the spelling of a page's paragraphs checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.editor.editor import Editor
from app.editor.paragraph_check import Found, ParagraphCheck
from app.services.spelling import SpellingService


@dataclass(frozen=True, slots=True)
class _Way:
    """The dictionary in use, and whether words in capitals are looked at."""

    dictionary: Dictionary
    capitals: bool


class SpellingCheck(ParagraphCheck[Misspelling]):
    """Knows what is misspelled in each paragraph, as of a moment ago."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(editor, parent)
        self._service = service

    def use(self, dictionary: Dictionary | None, *, capitals: bool) -> None:
        """Check by this dictionary or not at all, with words in capitals or without."""
        self.check_by(None if dictionary is None else _Way(dictionary, capitals))

    def dictionary(self) -> Dictionary | None:
        """The dictionary in use."""
        return self._way.dictionary if isinstance(self._way, _Way) else None

    def _submit(self, groups: list[list[str]], done: Callable[[Found[Misspelling]], None]) -> None:
        way = self._way
        assert isinstance(way, _Way)
        lines = [line for (line,) in groups]
        self._service.check(
            way.dictionary, lines, way.capitals, lambda found: done([[each] for each in found])
        )

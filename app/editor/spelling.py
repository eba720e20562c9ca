"""The spelling of one page: its language, the waves under misspellings, and the way to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QColor, QPen, QTextBlock

from app.core.found import Mark
from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.core.spelling.findings import SpellingFindings
from app.core.spelling.personal import Accepted, DocumentSpelling
from app.editor.editor import Editor
from app.editor.mark_layer import MarkLayer
from app.editor.mark_walk import MarkWalk
from app.editor.page_marks import PageMarks
from app.editor.paragraphs import ParagraphChange
from app.editor.spelling_check import SpellingCheck
from app.editor.spelling_menu import SpellingMenu
from app.editor.waves import draw_waves
from app.services.spelling import SYSTEM, SpellingService

if TYPE_CHECKING:
    from app.services.theme import Theme

_FRONT_LINES = 60
_FRONT_LANGUAGE = re.compile(r"(?:lang|language)\s*:\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w+)*)[\"']?\s*$")
_PEN_WIDTH = 1.2


def front_matter_language(lines: Sequence[str]) -> str:
    """The language that a document's front matter names, "" if it names none."""
    if not lines or lines[0].rstrip() != "---":
        return ""
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            break
        if match := _FRONT_LANGUAGE.match(line):
            return match.group(1)
    return ""


class SpellingController(MarkLayer):
    """Underlines what is misspelled on a page and offers better words.

    ``marks`` and ``walk`` are the page's, where grammar has its layer too.
    """

    chosen_changed = Signal(object)
    """The person chose something for this document; carries the ``DocumentSpelling``."""
    language_changed = Signal()
    """Another dictionary is in use, or none any more."""
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(draw_waves, parent)
        self._editor = editor
        self._service = service
        self._chosen = DocumentSpelling()
        self._ignored = Accepted()
        self._enabled = False
        self._capitals = False
        self._default = SYSTEM
        self._of_text: Dictionary | None = None
        self.check = SpellingCheck(editor, service, self)
        self.check.changed.connect(self.changed)
        self.check.advanced.connect(self.advanced)
        self.marks = PageMarks(editor, self)
        self.walk = MarkWalk(self.marks, self)
        self.walk.add(self)
        self.walk.remarked.connect(self.remarked)
        self.menu = SpellingMenu(editor, service, self)
        self.menu.learned.connect(service.add_word)
        self.menu.ignored.connect(self.ignore)
        editor.loaded.connect(self._settle)
        editor.paragraphs_changed.connect(self._follow)
        service.dictionaries_changed.connect(self._settle)
        service.words_changed.connect(self.changed)

    # --- what is wanted

    def configure(self, *, enabled: bool, language: str, capitals: bool) -> None:
        """Check or not, by default in ``language``, with words in capitals or without."""
        self._enabled, self._default, self._capitals = enabled, language, capitals
        self._settle()

    def chosen(self) -> DocumentSpelling:
        """What was chosen for this document."""
        return self._chosen

    def choose(self, chosen: DocumentSpelling) -> None:
        """Take what was chosen for this document at another time."""
        self._chosen = chosen
        self._ignored = Accepted(chosen.ignored)
        self._settle()
        self.changed.emit()

    def choose_and_keep(self, chosen: DocumentSpelling) -> None:
        """Take what the person chooses for this document now."""
        self.choose(chosen)
        self.chosen_changed.emit(chosen)

    def choose_language(self, language: str) -> None:
        """Check in ``language`` (a dictionary's name, ``NO_LANGUAGE``, "" for what fits)."""
        self.choose_and_keep(replace(self._chosen, language=language))

    @Slot(str)
    def ignore(self, word: str) -> None:
        """Take a word for right in this document."""
        self.choose_and_keep(self._chosen.ignoring(word))

    def dictionary(self) -> Dictionary | None:
        """The dictionary in use."""
        return self.check.dictionary()

    def dictionary_of_text(self) -> Dictionary | None:
        """The dictionary for the document's language, whether it is in use or not."""
        return self._of_text

    def findings(self) -> SpellingFindings | None:
        """A source of findings for a proofreader, None where there is no dictionary."""
        if self._of_text is None:
            return None
        return self._service.findings(self._of_text, self._chosen.ignored)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colour of the waves."""
        self.pen = QPen(QColor(theme.deleted), _PEN_WIDTH)
        self.changed.emit()

    def misspellings(self, block: QTextBlock) -> list[Misspelling]:
        """What is shown as misspelled in a paragraph: not the word that is being typed."""
        shown = self.marks.of(self, block)
        return [mark for mark in shown if isinstance(mark, Misspelling)]

    # --- as a layer of marks

    def is_on(self) -> bool:
        """Whether the document is checked."""
        return self.check.is_on()

    def standing(self, block: QTextBlock) -> list[Misspelling]:
        """What is misspelled in a paragraph, without the words that are right all the same."""
        return [found for found in self.check.found(block) if not self.accepts(found.word)]

    def accepts(self, word: str) -> bool:
        """Whether the person said that a word is right, here or everywhere."""
        return word in self._ignored or self._service.accepts(word)

    def may_hold(self, number: int) -> bool | None:
        """Whether a paragraph has misspellings; None while that is not known."""
        return self.check.may_hold(number)

    def check_first(self, number: int) -> None:
        """Check this paragraph and those behind it before all others."""
        self.check.check_first(number)

    def offer(self, start: int, mark: Mark, place: QPoint, *, standard: bool) -> None:
        """Open the menu for a misspelling."""
        dictionary = self.check.dictionary()
        if dictionary is not None and isinstance(mark, Misspelling):
            self.menu.offer(dictionary, start, mark, place, standard=standard)

    @Slot()
    def show_next(self) -> None:
        """Select what is found next and open its menu; behind the last comes the first."""
        self.walk.show_next()

    @Slot()
    def show_previous(self) -> None:
        """Select what is found before and open its menu."""
        self.walk.show_previous()

    @Slot()
    def _settle(self) -> None:
        """Find out the language and its dictionary."""
        before = self.check.dictionary(), self._of_text
        lines = self._editor.lines()
        front = [lines[number] for number in range(min(len(lines), _FRONT_LINES))]
        language = self._chosen.language or front_matter_language(front) or self._default
        self._of_text = self._service.dictionary(language)
        self.check.use(self._of_text if self._enabled else None, capitals=self._capitals)
        if (self.check.dictionary(), self._of_text) != before:
            self.language_changed.emit()

    # --- while it is written

    @Slot(object)
    def _follow(self, change: ParagraphChange) -> None:
        lines = self._editor.lines()
        if change.first < _FRONT_LINES and lines[0].startswith("---"):
            self._settle()

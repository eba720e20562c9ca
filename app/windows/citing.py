"""Answers with quotations in the window: reading the sources, and opening one at a quote."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.chat.panel import ChatPanel
from app.chat.sources import DOCUMENT, SELECTION
from app.core.citations import UNSAVED, AskedSource, Citation, find_quote, marked_words
from app.core.settings import SettingsStore
from app.editor.quote_marks import QuoteMarks
from app.services.fonts import reading_font
from app.services.library import LibraryService
from app.services.sentences import said
from app.services.theme import Theme, ThemeService
from app.windows.desk import Desk
from app.windows.reader import Reader
from app.windows.tab import DocumentTab
from engine import LIBRARY_SUFFIXES, LINED_SUFFIXES, LibraryText


class Citing(QObject):
    """Tells the panel what the sources hold, and shows a quotation in its source."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        chat: ChatPanel,
        desk: Desk,
        library: LibraryService,
        settings: SettingsStore,
        themes: ThemeService,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._library = library
        self._settings = settings
        self._window = window
        self._theme = themes.theme()
        self._marks: dict[DocumentTab, QuoteMarks] = {}
        self.reader: Reader | None = None
        """The window for files that the page cannot edit, once one was opened."""
        themes.theme_changed.connect(self._apply_theme)
        desk.arranged.connect(self._forget_closed)
        chat.sources.set_place(DOCUMENT, self._document)
        chat.sources.set_place(SELECTION, self._selection)
        chat.session.finder.set_readers(self._read_open, library.read_now, library.library)
        chat.citation_requested.connect(self.open)

    @Slot(object)
    def open(self, citation: Citation) -> None:
        """Show the quotation where it stands."""
        tab = self._tab_of(citation.place)
        if tab is not None:
            self._desk.show_tab(tab)
            self._show(citation, tab)
        elif citation.place.startswith(UNSAVED):
            self.remarked.emit(
                self.tr("{title} was closed without being saved, so it cannot be shown.").format(
                    title=citation.title
                )
            )
        elif is_edited(Path(citation.place)):
            self._desk.open_one(Path(citation.place), lambda tab: self._show(citation, tab))
        else:
            self._library.read(Path(citation.place), partial(self._show_read, citation))

    def marks(self, tab: DocumentTab) -> QuoteMarks:
        """What is marked in a document."""
        if tab not in self._marks:
            self._marks[tab] = QuoteMarks(tab.editor, self._theme, tab)
        return self._marks[tab]

    def _show(self, citation: Citation, tab: DocumentTab) -> None:
        text = tab.editor.text()
        span = find_quote(citation, text)
        tab.editor.setFocus()
        if span is None:
            self.marks(tab).clear()
            self.remarked.emit(
                self.tr("These words are not in {title} any more; it was changed since.").format(
                    title=citation.title
                )
            )
            return
        self.marks(tab).show_quote(*span, marked_words(citation, text, *span))

    def _show_read(self, citation: Citation, found: LibraryText | Exception) -> None:
        if isinstance(found, Exception):
            self.remarked.emit(said(found))
            return
        if self.reader is None:
            font = reading_font(
                self._settings.get("editor.font_family"), self._settings.get("editor.font_size")
            )
            self.reader = Reader(font, self._theme, self._window)
        self.reader.show_quote(found, citation)
        self.reader.show()
        self.reader.raise_()
        self.reader.activateWindow()

    def _document(self) -> AskedSource:
        tab = self._desk.current()
        return AskedSource(tab.document.title(), _place_of(tab))

    def _selection(self) -> AskedSource:
        tab = self._desk.current()
        cursor = tab.editor.textCursor()
        return AskedSource(
            self.tr("Selection in {title}").format(title=tab.document.title()),
            _place_of(tab),
            tab.editor.position_of(cursor.selectionStart()),
            tab.editor.position_of(cursor.selectionEnd()),
        )

    def _read_open(self, place: str) -> str | None:
        tab = self._tab_of(place)
        return None if tab is None else tab.editor.text()

    def _tab_of(self, place: str) -> DocumentTab | None:
        return next((tab for tab in self._desk.tabs() if _is_at(tab, place)), None)

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for marks in self._marks.values():
            marks.apply_theme(theme)
        if self.reader is not None:
            self.reader.apply_theme(theme)

    @Slot()
    def _forget_closed(self) -> None:
        tabs = self._desk.tabs()
        self._marks = {tab: marks for tab, marks in self._marks.items() if tab in tabs}


def is_edited(path: Path) -> bool:
    """Whether the page shows the file's own text, so that places in it are the page's."""
    suffix = path.suffix.lower()
    return suffix in LINED_SUFFIXES or suffix not in LIBRARY_SUFFIXES


def _place_of(tab: DocumentTab) -> str:
    path = tab.document.path()
    return UNSAVED + tab.document.doc_id if path is None else str(path)


def _is_at(tab: DocumentTab, place: str) -> bool:
    if place.startswith(UNSAVED):
        return tab.document.doc_id == place.removeprefix(UNSAVED)
    return tab.document.is_at(Path(place))

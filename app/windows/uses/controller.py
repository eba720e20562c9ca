"""Opens the window of the other uses, and carries what it finds to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.core.provenance.sources import Made
from app.core.setting import SettingValue
from app.core.settings import SettingsStore
from app.editor.editor import Editor
from app.editor.verbatim import from_qt
from app.services.bridge import EngineBridge
from app.services.theme import THEMES, Theme
from app.windows.desk import Desk
from app.windows.tab import DocumentTab
from app.windows.uses.rows import Row, SourceText
from app.windows.uses.window import UsesWindow

_NOTICE = "generated.notice"
_BEFORE = 2_400
_PAGES = {
    "tools.summary": "summary",
    "tools.keywords": "keywords",
    "tools.tone": "tone",
    "tools.ideas": "ideas",
    "tools.translate": "translate",
}


class Uses(QObject):
    """One window, kept while the main window lives."""

    def __init__(
        self,
        bridge: EngineBridge,
        desk: Desk,
        settings: SettingsStore,
        folders: Sequence[Path],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._settings = settings
        self._folders = folders
        self._over = window
        self._theme = THEMES["paper"]
        self._window: UsesWindow | None = None
        self._read: DocumentTab | None = None
        self._unsubscribe = settings.subscribe(self._setting_changed)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return {command: partial(self._open, page) for command, page in _PAGES.items()}

    def window(self) -> UsesWindow:
        """The window, made when it is first wanted."""
        if self._window is None:
            made = UsesWindow(self._bridge, self._source, self._before, self._folders, self._over)
            made.insert_wanted.connect(self._insert)
            made.place_wanted.connect(self._go)
            made.apply_theme(self._theme)
            made.set_notice(self._settings.get(_NOTICE))
            self._window = made
        return self._window

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        if self._window is not None:
            self._window.apply_theme(theme)

    def close(self) -> None:
        """Stop what runs."""
        self._unsubscribe()
        if self._window is not None:
            self._window.stop()

    def _open(self, page: str, _checked: bool = False) -> None:
        window = self.window()
        window.show_page(page)
        window.show()
        window.raise_()
        window.activateWindow()

    def _source(self) -> SourceText:
        tab = self._read = self._desk.current()
        cursor = tab.editor.textCursor()
        if cursor.hasSelection():
            text = from_qt(cursor.selectedText().replace("\u2029", "\n"))
            start = tab.editor.position_of(cursor.selectionStart())
            return SourceText(tab.document.title(), text, start, selected=True)
        return SourceText(tab.document.title(), tab.editor.text())

    def _before(self) -> str:
        return self._desk.current().editor.text_before_caret(_BEFORE)

    @Slot(object)
    def _insert(self, row: Row) -> None:
        editor = self._desk.current().editor
        made = None if row.kind is None else Made(row.kind)
        editor.insert_generated(row.text, made=made)

    @Slot(object)
    def _go(self, row: Row) -> None:
        tab = self._read
        if tab is None or tab not in self._desk.tabs():
            return
        self._desk.show_tab(tab)
        place = _found(tab.editor.text(), row)
        if place is not None:
            _show(tab.editor, *place)

    def _setting_changed(self, name: str, value: SettingValue) -> None:
        if name == _NOTICE and self._window is not None:
            self._window.set_notice(bool(value))


def _found(text: str, row: Row) -> tuple[int, int] | None:
    """Where the row's words are now; where they were is tried first, then the nearest place."""
    words = row.text.rstrip("\u2026").split()
    if " ".join(text[row.start : row.end].split()).startswith(" ".join(words)):
        return row.start, row.end
    start = " ".join(words[:6])
    places = _all_places(text, start) if start else []
    if not places:
        return None
    nearest = min(places, key=lambda at: abs(at - row.start))
    return nearest, nearest + len(start)


def _all_places(text: str, part: str) -> Sequence[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + 1)
    return places


def _show(editor: Editor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(editor.u16_of(start))
    cursor.setPosition(editor.u16_of(end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.centerCursor()

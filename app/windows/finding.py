"""Everything that finds a place in the page: two bars, the outline, and their commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.settings import SettingsStore
from app.editor.editor import Editor
from app.editor.finder import Finder
from app.services.theme import Theme
from app.windows.find_bar import FindBar
from app.windows.go_to_line import GoToLineBar
from app.windows.outline_panel import OutlinePanel


class Finding(QObject):
    """Serves one editor at a time, with one bar at a time below its page."""

    def __init__(self, editor: Editor, settings: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.outline = OutlinePanel(editor, parent)
        """To be put beside the page; the setting "outline.visible" shows and hides it."""
        self.outline.left.connect(self._outline_left)
        self._editor = editor
        self.finder = Finder(editor, self)
        self.bars = QWidget(parent)
        """To be put below the page; takes no room while both bars are hidden."""
        self.find_bar = FindBar(self.finder, self.bars)
        self.line_bar = GoToLineBar(editor, self.bars)
        column = QVBoxLayout(self.bars)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.line_bar)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return {
            "edit.find": self._find,
            "edit.replace": self._replace,
            "edit.find_next": self.find_bar.find_next,
            "edit.find_previous": self.find_bar.find_previous,
            "edit.go_to_line": self._go_to_line,
            "edit.go_to_heading": self._go_to_heading,
            "view.outline": self._toggle_outline,
        }

    def set_editor(self, editor: Editor) -> None:
        """Find in another editor from now on."""
        self._editor = editor
        self.find_bar.in_selection.setChecked(False)
        self.finder.set_editor(editor)
        self.outline.set_editor(editor)
        self.line_bar.set_editor(editor)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.finder.apply_theme(theme)
        self.find_bar.apply_theme(theme)

    def close(self) -> None:
        """End the search."""
        self.finder.close()

    @Slot()
    def _find(self) -> None:
        self.line_bar.hide()
        self.find_bar.open(replace=False)

    @Slot()
    def _replace(self) -> None:
        self.line_bar.hide()
        self.find_bar.open(replace=True)

    @Slot(bool)
    def _toggle_outline(self, on: bool) -> None:
        self._settings.set("outline.visible", on)

    @Slot()
    def _go_to_heading(self) -> None:
        self.outline.show()
        self.outline.ask()

    @Slot()
    def _outline_left(self) -> None:
        # An outline that was only asked for a heading goes again.
        self.outline.setVisible(self._settings.get("outline.visible"))
        self._editor.setFocus()

    @Slot()
    def _go_to_line(self) -> None:
        if self.find_bar.isVisible():
            self.find_bar.close_bar()
        self.line_bar.open()

"""Counts in the status bar, what is behind them, and the goal of the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.counts import Counts
from app.core.goal import WordTally
from app.core.settings import SettingsStore
from app.editor.editor import Editor
from app.windows.counts_details import CountsDetails

_SELECTION_MS = 60
"""A selection is counted once it has stayed the same for so long."""
_GAP = "  \u00b7  "


class Counting(QObject):
    """Follows one editor at a time; the goal is over all of them."""

    def __init__(self, editor: Editor, settings: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._tally = WordTally(settings.get("goal.day"), settings.get("goal.added"))
        self.button = CountsButton(window)
        """To be put into the status bar."""
        self.button.clicked.connect(self.show_details)
        self._details = CountsDetails(window)
        self._details.goal.valueChanged.connect(self._set_goal)
        self._details.restarted.connect(self._restart)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        self._unsubscribe = settings.subscribe(self._setting_changed)
        self._editor = editor
        self._follow(editor)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return {"write.counts": self.show_details, "write.goal": self.ask_goal}

    def set_editor(self, editor: Editor) -> None:
        """Count another editor's text from now on."""
        if editor is self._editor:
            return
        self._editor.words_changed.disconnect(self._counted)
        self._editor.loaded.disconnect(self._loaded)
        self._editor.selectionChanged.disconnect(self._selection_changed)
        self._editor = editor
        self._follow(editor)

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    @Slot()
    def show_details(self) -> None:
        """Open the panel with all counts, above the button."""
        self._show()
        self._details.open_above(self.button)

    @Slot()
    def ask_goal(self) -> None:
        """Open the same panel with the keyboard on the goal."""
        self.show_details()
        self._details.goal.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._details.goal.selectAll()

    def _follow(self, editor: Editor) -> None:
        editor.words_changed.connect(self._counted)
        editor.loaded.connect(self._loaded)
        editor.selectionChanged.connect(self._selection_changed)
        self._loaded()
        self._show()

    @Slot()
    def _loaded(self) -> None:
        editor = self._editor
        self._tally.begin(editor.word_count() if editor.is_counted() else None)

    @Slot(int)
    def _counted(self, words: int) -> None:
        if self._tally.count(words):
            self._settings.set("goal.day", self._tally.day)
            self._settings.set("goal.added", self._tally.added)
        self._show()

    @Slot()
    def _selection_changed(self) -> None:
        self._soon.start(_SELECTION_MS)

    @Slot(int)
    def _set_goal(self, words: int) -> None:
        self._settings.set("goal.words", words)

    @Slot()
    def _restart(self) -> None:
        self._tally.restart()
        self._settings.set("goal.day", self._tally.day)
        self._settings.set("goal.added", 0)
        self._show()

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name == "goal.words":
            self._show()

    @Slot()
    def _show(self) -> None:
        goal = self._settings.get("goal.words")
        counts, selected = self._editor.counts(), self._editor.selection_counts()
        self.button.show_counts(counts, selected, goal, self._tally.added)
        self._details.show_counts(counts, selected, goal, self._tally.added)


class CountsButton(QPushButton):
    """A line of counts that opens their details."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("counts")
        self.setAutoDefault(False)
        self._shown: tuple[Counts, Counts | None, int, int] = (Counts(), None, 0, 0)
        self._name_all()

    def show_counts(self, counts: Counts, selected: Counts | None, goal: int, added: int) -> None:
        """Show the words, of the selection too, the time to read them, and the goal if any."""
        self._shown = counts, selected, goal, added
        part = counts if selected is None else selected
        parts = [self._words(counts, selected)]
        if part.words:
            minutes = self.locale().toString(part.reading_minutes())
            parts.append(self.tr("{minutes} min read").format(minutes=minutes))
        if goal:
            number = self.locale().toString
            if added >= goal:
                text = self.tr("goal {goal}: {added}, reached")
            else:
                text = self.tr("goal {goal}: {added}")
            parts.append(text.format(goal=number(goal), added=number(max(0, added))))
        self.setText(_GAP.join(parts))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setToolTip(self.tr("Counts and the day's goal"))
        self.show_counts(*self._shown)

    def _words(self, counts: Counts, selected: Counts | None) -> str:
        number = self.locale().toString
        if selected is not None:
            return self.tr("{part} of {count} words").format(
                part=number(selected.words), count=number(counts.words)
            )
        if counts.words == 1:
            return self.tr("1 word")
        return self.tr("{count} words").format(count=number(counts.words))

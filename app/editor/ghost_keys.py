"""Which key means which command for the suggestion that is shown."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.core.commands import COMMANDS, SUGGESTION
from app.editor.places import tab_belongs_to_text

_TAB = QKeySequence(Qt.Key.Key_Tab)
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)


class SuggestionKeys:
    """The keys of the commands for a suggestion; those of the table until others are set."""

    def __init__(self) -> None:
        self._keys = {
            command.id: QKeySequence(command.shortcut)
            for command in COMMANDS
            if command.context == SUGGESTION
        }
        self._tab_in_lists = False

    def set_key(self, command: str, key: QKeySequence) -> None:
        """Give a command another key; an empty one for none."""
        self._keys[command] = key

    def set_tab_in_lists(self, takes: bool) -> None:
        """Whether Tab is for the suggestion in lists and tables too."""
        self._tab_in_lists = takes

    def command(self, event: QKeyEvent, line_before: str) -> str:
        """The command that a key means after ``line_before``; "" if it is none of these.

        A Tab that would indent is not for the suggestion.
        """
        pressed = pressed_sequence(event)
        if pressed == _TAB and tab_belongs_to_text(line_before, lists=not self._tab_in_lists):
            return ""
        return next((command for command, key in self._keys.items() if key == pressed), "")


def is_modifier(event: QKeyEvent) -> bool:
    """Whether it is a key that means nothing alone."""
    return event.key() in _MODIFIERS


def pressed_sequence(event: QKeyEvent) -> QKeySequence:
    """The key as a key sequence, the number pad's like the others."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    return QKeySequence(QKeyCombination(modifiers, key))

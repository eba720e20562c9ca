"""A field that is filled by pressing a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

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


class KeyField(QLineEdit):
    """Takes every key there is while it has the focus, Tab and Escape too."""

    pressed = Signal(QKeySequence)
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # An input method would keep keys for itself.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                if event.key() not in _MODIFIERS and not event.isAutoRepeat():
                    self.pressed.emit(sequence(event))
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def sequence(event: QKeyEvent) -> QKeySequence:
    """The key of an event as a shortcut is written: a character stands for its Shift."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    shift = Qt.KeyboardModifier.ShiftModifier
    if held & shift and len(text) == 1 and text.isprintable() and not text.isalnum():
        held &= ~shift  # Ctrl and ? is one key where ? needs Shift and another where it does not
    return QKeySequence(QKeyCombination(held, key))

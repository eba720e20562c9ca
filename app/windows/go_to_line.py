"""The bar that goes to a line by its number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from app.editor.editor import Editor


class GoToLineBar(QWidget):
    """Hidden until ``open``; Enter goes, Esc stays."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self)
        self.number = QSpinBox(self)
        self.number.lineEdit().setTextMargins(6, 0, 0, 0)
        self.number.setMinimum(1)
        self._title.setBuddy(self.number)
        self._last = QLabel(self)
        self._go = QPushButton(self)
        self._go.clicked.connect(self.go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self._title, self.number, self._last, self._go):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._name_all()
        self.hide()

    def set_editor(self, editor: Editor) -> None:
        """Go to lines of another editor from now on."""
        self._editor = editor
        self.hide()

    def open(self) -> None:
        """Ask for the line, with the present one as a start."""
        last = self._editor.document().blockCount()
        self.number.setMaximum(last)
        self.number.setValue(self._editor.textCursor().blockNumber() + 1)
        shown = self.locale().toString(last)
        self._last.setText(self.tr("of {count}").format(count=shown))
        self.show()
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()

    @Slot()
    def go(self) -> None:
        """Put the caret at the start of that line."""
        block = self._editor.document().findBlockByNumber(self.number.value() - 1)
        if block.isValid():
            self._editor.setTextCursor(QTextCursor(block))
            self._editor.centerCursor()
        self.close_bar()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar and go back to the page."""
        self.hide()
        self._editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.number.interpretText()
            self.go()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self._title.setText(self.tr("Go to line"))
        self.number.setAccessibleName(self.tr("Go to line"))
        self._go.setText(self.tr("Go"))

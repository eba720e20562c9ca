"""What the model is told before every answer of one conversation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.chat.buttons import quiet_button
from app.chat.composer import MessageEdit


class InstructionEdit(MessageEdit):
    """The field for it."""

    def _name_all(self) -> None:
        self.setPlaceholderText(self.tr("For instance: Answer as a strict editor, in one sentence"))
        self.setAccessibleName(self.tr("Instruction for this conversation"))
        self.setAccessibleDescription(
            self.tr("Enter keeps it, Shift+Enter starts a new line, Esc leaves it as it was.")
        )


class InstructionBar(QWidget):
    """One quiet line while there is an instruction; pressing it opens the field."""

    changed = Signal(str)
    left = Signal()
    """It stays as it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instruction = ""
        self.setObjectName("instruction")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 12, 6)
        column.setSpacing(4)
        self.line = quiet_button("", self)
        self.line.clicked.connect(self.edit_it)
        column.addWidget(self.line)
        self._frame = QFrame(self)
        self._frame.setObjectName("instructionField")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(7, 5, 7, 5)
        self.field = InstructionEdit(self._frame)
        self.field.send_requested.connect(self._finish)
        inside.addWidget(self.field)
        column.addWidget(self._frame)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        self.keep = quiet_button("", self._buttons)
        self.usual = quiet_button("", self._buttons)
        row.addWidget(self.keep)
        row.addWidget(self.usual)
        row.addStretch(1)
        column.addWidget(self._buttons)
        self.keep.clicked.connect(self._finish)
        self.usual.clicked.connect(self._clear)
        self._name_all()
        self._show(editing=False)

    def show_instruction(self, instruction: str) -> None:
        """Show the open conversation's."""
        self._instruction = instruction
        self._name_all()
        self._show(editing=False)

    def set_font(self, font: QFont) -> None:
        """Set the field's font."""
        self.field.setFont(font)

    @Slot()
    def edit_it(self) -> None:
        """Let the person write it."""
        self.field.setPlainText(self._instruction)
        self._show(editing=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it as it was."""
        if event.key() == Qt.Key.Key_Escape and not self._frame.isHidden():
            self._show(editing=False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the line where it now ends."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.keep.setText(self.tr("Keep"))
        self.keep.setAccessibleName(self.tr("Keep the instruction"))
        self.usual.setText(self.tr("None"))
        self.usual.setAccessibleName(self.tr("No instruction of your own"))
        self.line.setAccessibleName(
            self.tr("Instruction: {instruction}. Change it").format(instruction=self._instruction)
        )
        self.line.setToolTip(self._instruction)
        self._cut()

    def _cut(self) -> None:
        words = self.tr("Instruction: {instruction}").format(
            instruction=" ".join(self._instruction.split())
        )
        room = max(0, self.width() - 40)
        shown = self.line.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.line.setText(shown.replace("&", "&&"))

    def _show(self, *, editing: bool) -> None:
        self._frame.setVisible(editing)
        self._buttons.setVisible(editing)
        self.line.setVisible(bool(self._instruction) and not editing)
        self.setVisible(editing or bool(self._instruction))

    @Slot()
    def _finish(self) -> None:
        self.changed.emit(self.field.toPlainText())

    @Slot()
    def _clear(self) -> None:
        self.changed.emit("")

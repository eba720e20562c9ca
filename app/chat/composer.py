"""Where a message is written: it grows with the text, Enter sends, Shift+Enter breaks the line."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.chat.buttons import quiet_button

_MAX_LINES = 8


class MessageEdit(QPlainTextEdit):
    """A plain text field of one to eight lines."""

    send_requested = Signal()
    focused_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name_all()
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(self.document().size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send at Enter, except while an input method is still choosing words."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._composing:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
                self.ensureCursorVisible()
            else:
                self.send_requested.emit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether something is being composed."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusInEvent(event)
        self.focused_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around; what was being composed ends with the focus."""
        super().focusOutEvent(event)
        self._composing = False
        self.focused_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to another font, and speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit(self.document().size())
        elif event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to another width."""
        super().resizeEvent(event)
        self._fit(self.document().size())

    def _name_all(self) -> None:
        self.setPlaceholderText(self.tr("Ask about your text…"))
        self.setAccessibleName(self.tr("Message"))
        self.setAccessibleDescription(self.tr("Enter sends, Shift+Enter starts a new line."))

    @Slot(QSizeF)
    def _fit(self, size: QSizeF) -> None:
        # A plain text document measures its height in lines.
        lines = max(1, min(_MAX_LINES, ceil(size.height())))
        margin = 2 * self.document().documentMargin()
        height = ceil(lines * self.fontMetrics().lineSpacing() + margin) + 2
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
        over = size.height() > _MAX_LINES
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if over
            else (Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        )
        self.setVerticalScrollBarPolicy(policy)


class Chip(QPushButton):
    """A text the answer may use; pressing it takes it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def name(self, label: str) -> None:
        """Show what is used."""
        self.setText(f"{label}  ×")
        self.setAccessibleName(self.tr("{name} is used; press to remove it").format(name=label))
        self.setToolTip(self.tr("Used for answers. Click to remove it."))


class Composer(QFrame):
    """The field, the chips of what is sent with it, and the button that sends or stops."""

    send_requested = Signal()
    stop_requested = Signal()
    document_toggled = Signal(bool)
    """The person wants the document used (True) or not."""
    selection_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.setObjectName("composer")
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 7)
        column.setSpacing(5)
        self._chips = QWidget(self)
        chips = QHBoxLayout(self._chips)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(6)
        self.document_chip = Chip(self._chips)
        self.selection_chip = Chip(self._chips)
        chips.addWidget(self.document_chip)
        chips.addWidget(self.selection_chip)
        chips.addStretch(1)
        column.addWidget(self._chips)
        self.edit = MessageEdit(self)
        column.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(2)
        self.document_button = quiet_button("", self)
        self.selection_button = quiet_button("", self)
        self.main_button = QPushButton(self)
        self.main_button.setProperty("role", "main")
        self.main_button.setAutoDefault(False)
        self.main_button.setCursor(Qt.CursorShape.PointingHandCursor)
        row.addWidget(self.document_button)
        row.addWidget(self.selection_button)
        row.addStretch(1)
        row.addWidget(self.main_button)
        column.addLayout(row)
        self.show_context(document=False, selection=False)
        self.edit.send_requested.connect(self.send_requested)
        self.edit.textChanged.connect(self._update_button)
        self.edit.focused_changed.connect(self._show_focus)
        self.main_button.clicked.connect(self._main)
        self.document_chip.clicked.connect(self._remove_document)
        self.selection_chip.clicked.connect(self._remove_selection)
        self.document_button.clicked.connect(self._add_document)
        self.selection_button.clicked.connect(self._add_selection)
        self._name_all()

    def _name_all(self) -> None:
        self.document_chip.name(self.tr("This document"))
        self.selection_chip.name(self.tr("Selection"))
        self.document_button.setText(self.tr("+ This document"))
        self.document_button.setAccessibleName(self.tr("Use this document for answers"))
        self.selection_button.setText(self.tr("+ Selection"))
        self.selection_button.setAccessibleName(self.tr("Use the selected text for answers"))
        self._update_button()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def text(self) -> str:
        """What has been typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put ``text`` into the field, caret at its end; Undo takes it out again."""
        self.edit.selectAll()
        self.edit.insertPlainText(text)

    def set_font(self, font: QFont) -> None:
        """Set the field's font."""
        self.edit.setFont(font)

    def set_busy(self, busy: bool) -> None:
        """While an answer runs the button stops it."""
        self._busy = busy
        self._update_button()

    def show_context(self, *, document: bool, selection: bool) -> None:
        """Show which texts are sent along."""
        self.document_chip.setVisible(document)
        self.selection_chip.setVisible(selection)
        self._chips.setVisible(document or selection)
        self.document_button.setVisible(not document)
        self.selection_button.setVisible(not selection)

    @Slot()
    def _update_button(self) -> None:
        if self._busy:
            self.main_button.setText(self.tr("Stop"))
            self.main_button.setToolTip(self.tr("Stop the answer (Esc)"))
            self.main_button.setEnabled(True)
        else:
            self.main_button.setText(self.tr("Send"))
            self.main_button.setToolTip(self.tr("Send (Enter)"))
            self.main_button.setEnabled(bool(self.text().strip()))

    @Slot(bool)
    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)

    @Slot()
    def _main(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.send_requested.emit()

    @Slot()
    def _add_document(self) -> None:
        self.document_toggled.emit(True)

    @Slot()
    def _remove_document(self) -> None:
        self.document_toggled.emit(False)

    @Slot()
    def _add_selection(self) -> None:
        self.selection_toggled.emit(True)

    @Slot()
    def _remove_selection(self) -> None:
        self.selection_toggled.emit(False)

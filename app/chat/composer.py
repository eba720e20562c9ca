"""Where a message is written: it grows with the text, Enter sends, Shift+Enter breaks the line."""

from __future__ import annotations

from collections.abc import Sequence
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
from app.chat.chips import ChipColumn
from app.chat.modes import ModeSwitch
from app.chat.sources import DOCUMENT, LIBRARY, SELECTION, Source

_MAX_LINES = 8


class MessageEdit(QPlainTextEdit):
    """A plain text field of one to eight lines."""

    send_requested = Signal()
    focused_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self._quoting = False
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

    def set_quoting(self, on: bool) -> None:
        """Say whether answers come from the sources alone."""
        self._quoting = on
        self._name_all()

    def _name_all(self) -> None:
        self.setPlaceholderText(
            self.tr("Ask your sources…") if self._quoting else self.tr("Ask about your text…")
        )
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


class Composer(QFrame):
    """The field, the chips of what is sent with it, and the button that sends or stops."""

    send_requested = Signal()
    stop_requested = Signal()
    document_added = Signal()
    selection_added = Signal()
    file_wanted = Signal()
    library_added = Signal()
    quoting_chosen = Signal(bool)
    """Whether answers are to come from the sources alone, with quotations."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.setObjectName("composer")
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 7)
        column.setSpacing(5)
        self.modes = ModeSwitch(self)
        column.addWidget(self.modes, 0, Qt.AlignmentFlag.AlignLeft)
        self.chips = ChipColumn(self)
        column.addWidget(self.chips)
        self.edit = MessageEdit(self)
        column.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(2)
        self.document_button = quiet_button("", self)
        self.selection_button = quiet_button("", self)
        self.file_button = quiet_button("", self)
        self.library_button = quiet_button("", self)
        self.library_button.hide()
        self.main_button = QPushButton(self)
        self.main_button.setProperty("role", "main")
        self.main_button.setAutoDefault(False)
        self.main_button.setCursor(Qt.CursorShape.PointingHandCursor)
        row.addWidget(self.document_button)
        row.addWidget(self.selection_button)
        row.addWidget(self.file_button)
        row.addWidget(self.library_button)
        row.addStretch(1)
        row.addWidget(self.main_button)
        column.addLayout(row)
        self.edit.send_requested.connect(self.send_requested)
        self.edit.textChanged.connect(self._update_button)
        self.edit.focused_changed.connect(self._show_focus)
        self.main_button.clicked.connect(self._main)
        self.document_button.clicked.connect(self.document_added)
        self.selection_button.clicked.connect(self.selection_added)
        self.file_button.clicked.connect(self.file_wanted)
        self.library_button.clicked.connect(self.library_added)
        self.modes.chosen.connect(self.quoting_chosen)
        self._name_all()

    def _name_all(self) -> None:
        self.document_button.setText(self.tr("+ Document"))
        self.document_button.setAccessibleName(self.tr("Use this document for answers"))
        self.selection_button.setText(self.tr("+ Selection"))
        self.selection_button.setAccessibleName(self.tr("Use the selected text for answers"))
        self.file_button.setText(self.tr("+ File"))
        self.file_button.setAccessibleName(self.tr("Use a file for answers"))
        self.library_button.setText(self.tr("+ Library"))
        self.library_button.setAccessibleName(self.tr("Look for answers in the library"))
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

    def show_sources(self, sources: Sequence[Source], *, quoting: bool = False) -> None:
        """Show which texts are sent along, or searched where answers are to quote them."""
        self.modes.show_mode(quoting=quoting)
        self.edit.set_quoting(quoting)
        self.chips.show_sources(sources)
        before = self.edit.previousInFocusChain() or self.edit
        for stop in self.chips.stops():
            QWidget.setTabOrder(before, stop)
            before = stop
        self.document_button.setVisible(self.chips.chip(DOCUMENT) is None)
        # There is room for three: what is quoted is rather in the library than in a selection.
        self.selection_button.setVisible(not quoting and self.chips.chip(SELECTION) is None)
        self.library_button.setVisible(quoting and self.chips.chip(LIBRARY) is None)

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

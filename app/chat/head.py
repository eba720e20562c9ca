"""The top of the panel: the conversation's title, which can be changed there, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from app.chat.buttons import quiet_button


class TitleButton(QPushButton):
    """The title, cut where the panel ends; pressing it shows all conversations."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self.setObjectName("chatTitle")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # any can be cut
        self.setMinimumWidth(40)

    def name(self, title: str) -> None:
        """Show ``title``."""
        self._title = title
        self.setAccessibleName(self.tr("{title}. Show all conversations").format(title=title))
        self.setToolTip(title)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the title where it now ends."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._title, mode, max(0, self.width() - 30))
        self.setText(shown.replace("&", "&&") + "  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")


class _TitleField(QLineEdit):
    """The title while it is changed; Esc leaves it as it was."""

    dismissed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class ChatHead(QWidget):
    """The title, a new conversation, and the menu of the rest."""

    list_requested = Signal()
    new_requested = Signal()
    renamed = Signal(str)
    left = Signal()
    """The title was not changed after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._renaming = False
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 8, 12, 6)
        row.setSpacing(2)
        self.title_button = TitleButton(self)
        self.field = _TitleField(self)
        self.field.hide()
        self.new_button = quiet_button("", self)
        self.more_button = quiet_button("\N{MIDLINE HORIZONTAL ELLIPSIS}", self)
        self.more = QMenu(self)
        self.more_button.clicked.connect(self._show_more)
        for part in (self.title_button, self.field):
            row.addWidget(part, 1)
        row.addWidget(self.new_button)
        row.addWidget(self.more_button)
        self.title_button.clicked.connect(self.list_requested)
        self.new_button.clicked.connect(self.new_requested)
        self.field.editingFinished.connect(self._finish)
        self.field.dismissed.connect(self._dismiss)
        self._name_all()

    def set_title(self, title: str) -> None:
        """Show the title of the open conversation, "" for none yet."""
        self._title = title
        self._name_all()

    def set_more(self, actions: list[QAction]) -> None:
        """What the menu offers."""
        self.more.clear()
        self.more.addActions(actions)

    @Slot()
    def rename(self) -> None:
        """Let the person change the title."""
        self._renaming = True
        self.title_button.hide()
        self.field.setText(self._title)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.title_button.name(self._title or self.tr("New conversation"))
        self.field.setAccessibleName(self.tr("Title of the conversation"))
        self.new_button.setText(self.tr("New"))
        self.new_button.setAccessibleName(self.tr("New conversation"))
        self.more_button.setAccessibleName(self.tr("More about this conversation"))
        self.more_button.setToolTip(self.tr("More"))

    @Slot()
    def _show_more(self) -> None:
        button = self.more_button
        below = button.mapToGlobal(button.rect().bottomRight())
        below.setX(below.x() - self.more.sizeHint().width())
        self.more.popup(below)

    @Slot()
    def _finish(self) -> None:
        if self._renaming:
            self._close()
            self.renamed.emit(self.field.text())

    @Slot()
    def _dismiss(self) -> None:
        self._close()
        self.left.emit()

    def _close(self) -> None:
        self._renaming = False  # hiding the field takes its focus, which ends editing too
        self.field.hide()
        self.title_button.show()

"""One open document: its page, what writes on it, and its file."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.session import View
from app.core.settings import SettingsStore
from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.focus import FocusMode
from app.editor.highlighter import MarkdownHighlighter
from app.editor.other_words import OtherWords
from app.editor.rewrite import RewriteController
from app.services.bridge import EngineBridge
from app.services.recovery import RecoveryService
from app.services.theme import Theme
from app.services.worker import Worker
from app.windows.documents import DocumentController


class DocumentTab(QWidget):
    """Everything that belongs to one document and to no other."""

    changed = Signal(object)
    """The name or the modified mark is another one; carries the tab."""
    remarked = Signal(object, str)
    """Carries the tab and a sentence for the person about its document."""

    def __init__(
        self,
        bridge: EngineBridge,
        settings: SettingsStore,
        recovery: RecoveryService,
        files: Worker,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.editor = Editor(self)
        self.highlighter = MarkdownHighlighter(self.editor)
        self.focus = FocusMode(self.editor)
        self.completion = CompletionController(self.editor, bridge, self)
        self.other_words = OtherWords(self.editor, self.completion, bridge, self)
        self.rewrite = RewriteController(self.editor, bridge, self)
        self.document = DocumentController(self.editor, settings, recovery, files, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addWidget(self.rewrite.panel())
        self.setFocusProxy(self.editor)
        self._view: View | None = None
        """To be shown once there is a page to show it on."""
        self.editor.setAcceptDrops(True)
        self._name_all()
        self.document.changed.connect(self._on_changed)
        self.document.remarked.connect(self._on_remarked)

    def is_untouched(self) -> bool:
        """Whether this is an empty document that was never anything else."""
        document = self.document
        return document.path() is None and not document.is_modified() and not self.editor.text()

    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self.editor.apply_theme(theme)
        self.highlighter.apply_theme(theme)
        self.focus.apply_theme(theme)
        self.rewrite.apply_theme(theme)

    def set_line_spacing(self, percent: int) -> None:
        """The height of a line, as a share of the text's size."""
        self.editor.set_line_spacing(percent)
        self.highlighter.set_line_spacing(percent)

    def rest(self) -> None:
        """Ask for nothing and show no suggestion: another document is written on."""
        self.completion.cancel()

    def end(self) -> None:
        """Ask the model for nothing any more."""
        self.completion.cancel()
        self.rewrite.cancel()

    def view(self) -> View:
        """Where the person is in the text."""
        if self._view is not None:
            return self._view
        return View(self.editor.caret(), self.editor.cursorForPosition(QPoint()).position())

    def set_view(self, view: View) -> None:
        """Bring the person back to a place, as soon as the page has its size."""
        self._view = view
        if self.isVisible():
            QTimer.singleShot(0, self, self._apply_view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._view is not None:
            QTimer.singleShot(0, self, self._apply_view)

    def _apply_view(self) -> None:
        if self._view is None:
            return
        view, self._view = self._view, None
        document = self.editor.document()
        last = document.characterCount() - 1
        cursor = self.editor.textCursor()
        cursor.setPosition(min(view.caret, last))
        self.editor.setTextCursor(cursor)
        block = document.findBlock(min(view.top, last))
        document.documentLayout().blockBoundingRect(block)  # so that its lines are known
        line = block.layout().lineForTextPosition(min(view.top, last) - block.position())
        above = line.lineNumber() if line.isValid() else 0
        self.editor.verticalScrollBar().setValue(block.firstLineNumber() + above)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.editor.setPlaceholderText(
            self.tr("Write, pause, and a suggestion appears. Tab takes it.")
        )
        self.editor.setAccessibleName(self.tr("Text of the document"))

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self)

    @Slot(str)
    def _on_remarked(self, text: str) -> None:
        self.remarked.emit(self, text)

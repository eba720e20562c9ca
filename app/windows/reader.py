"""A window that shows the text of a file that the page cannot edit, at the words quoted from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFont, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from app.core.citations import Citation, find_quote, marked_words
from app.core.offsets import to_utf16
from app.editor.quote_marks import quote_formats
from app.services.theme import Theme
from app.windows.dialog_frame import frame
from app.windows.screen_fit import fitting
from engine import LibraryText

_AROUND = 150_000
"""Characters shown before and after a quotation: a book of millions would take seconds to lay out.
"""


class Reader(QDialog):
    """Read-only text, scrolled to the quotation, which is marked."""

    def __init__(self, font: QFont, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: tuple[LibraryText, Citation] | None = None
        self._marked: list[tuple[int, int]] = []
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFont(font)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_button = QPushButton(self)
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open_outside)
        frame(self, [self.words, self.text], self.open_button)
        self.resize(fitting(self, 720, 640))
        self._name_all()

    def show_quote(self, found: LibraryText, citation: Citation) -> None:
        """Show the file's text at the quotation."""
        self._found = found, citation
        span = find_quote(citation, found.text)
        place = citation.start if span is None else span[0]
        first = max(0, place - _AROUND)
        shown = found.text[first : place + _AROUND]
        self.text.setPlainText(shown)
        self._marked = []
        if span is not None:
            start, end = span[0] - first, span[1] - first
            words = marked_words(citation, found.text, *span)
            self._marked = [(start, end), *((a - first, b - first) for a, b in words)]
        cursor = self.text.textCursor()
        cursor.setPosition(to_utf16(shown, min(place - first, len(shown))))
        self.text.setTextCursor(cursor)
        self._name_all()
        self._mark()
        self.text.setFocus()

    def showEvent(self, event: object) -> None:
        """Come to the quotation once there is a size to scroll in."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.text.centerCursor()

    def quoted(self) -> str:
        """The words that are marked as quoted."""
        if not self._marked:
            return ""
        start, end = self._marked[0]
        return self.text.toPlainText()[start:end]

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        self._theme = theme
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _mark(self) -> None:
        quiet, strong = quote_formats(self._theme)
        shown = self.text.toPlainText()
        marks = []
        for number, (start, end) in enumerate(self._marked):
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(to_utf16(shown, start))
            cursor.setPosition(to_utf16(shown, end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = strong if number else quiet
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _name_all(self) -> None:
        self.text.setAccessibleName(self.tr("Text of the file"))
        self.open_button.setText(self.tr("Open the File"))
        self.open_button.setToolTip(self.tr("In the program that your system uses for it"))
        if self._found is None:
            return
        found, citation = self._found
        self.setWindowTitle(found.path.name)
        parts = [str(found.path)]
        if citation.page:
            parts.append(self.tr("page {page}").format(page=citation.page))
        if not self._marked:
            parts.append(
                self.tr("The file was changed since: the words that were quoted are not in it.")
            )
        elif len(found.text) > len(self.text.toPlainText()):
            parts.append(self.tr("A part of the text, around the quotation."))
        self.words.setText("\n".join(parts))

    @Slot()
    def _open_outside(self) -> None:
        if self._found is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._found[0].path)))

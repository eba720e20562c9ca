"""What an answer rests on: quotations with their supporting words marked, and their sources."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.chat.markdown import AnswerLook
from app.chat.text_view import TextView
from app.core.citations import Citation, shown_quote
from app.core.offsets import to_utf16

_INDENT = 12


class CitationLink(QPushButton):
    """Names the source of a quotation; a press or Enter opens it there."""

    opened = Signal(object)
    """Carries the ``Citation``."""

    def __init__(self, number: int, citation: Citation, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.citation = citation
        self.setProperty("role", "citation")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(self._open)
        self._name_all()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the source, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def fit(self, width: int) -> None:
        """Cut the name so that the link is no wider than ``width``."""
        words = self._words()
        room = max(40, width - 16)
        cut = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        self.setText(cut.replace("&", "&&"))

    def _words(self) -> str:
        citation = self.citation
        where = citation.title
        if citation.line:
            where = self.tr("{title}, line {line}").format(title=where, line=citation.line)
        elif citation.page:
            where = self.tr("{title}, page {page}").format(title=where, page=citation.page)
        return f"{self._number}  {where}"

    def _name_all(self) -> None:
        quote, _ = shown_quote(self.citation)
        self.setText(self._words().replace("&", "&&"))
        self.setToolTip(self.tr("Open {place} at these words").format(place=self._where()))
        self.setAccessibleName(
            self.tr("{source}: “{quote}”; press to open it there").format(
                source=self._words(), quote=quote
            )
        )

    def _where(self) -> str:
        place = self.citation.place
        return self.citation.title if ":" in place.partition("/")[0] else place

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.citation)


class QuoteView(QFrame):
    """One quotation, with a rule at its side."""

    def __init__(self, number: int, citation: Citation, look: AnswerLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quote")
        self._citation = citation
        self.text_view = TextView(self)
        self.link = CitationLink(number, citation, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 2, 0, 2)
        column.setSpacing(2)
        column.addWidget(self.text_view)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._name_all()
        self.apply_look(look)

    def _name_all(self) -> None:
        self.text_view.setAccessibleName(self.tr("Quotation"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def apply_look(self, look: AnswerLook) -> None:
        """Set the quotation anew in another theme or font."""
        quote, marks = shown_quote(self._citation)
        self.text_view.show_plain(quote, look)
        mark = QTextCharFormat()
        mark.setBackground(QColor(look.theme.selection))
        mark.setForeground(QColor(look.theme.selection_ink))
        cursor = QTextCursor(self.text_view.document())
        for start, end in marks:
            cursor.setPosition(to_utf16(quote, start))
            cursor.setPosition(to_utf16(quote, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(mark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the source's name where the panel now ends."""
        super().resizeEvent(event)
        self.link.fit(event.size().width() - _INDENT)


class QuoteColumn(QWidget):
    """The quotations of an answer, or that the sources do not say it and what comes nearest."""

    opened = Signal(object)
    """Carries the ``Citation`` that is to be opened in its source."""

    def __init__(self, look: AnswerLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[tuple[Citation, ...], bool] = ((), True)
        self._views: list[QuoteView] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7, 2, 0, 6)
        self._column.setSpacing(8)
        self._missing = QLabel(self)
        self._missing.setTextFormat(Qt.TextFormat.PlainText)
        self._missing.setProperty("role", "missing")
        self._nearest = QLabel(self)
        self._nearest.setTextFormat(Qt.TextFormat.PlainText)
        self._nearest.setProperty("role", "quiet")
        for label in (self._missing, self._nearest):
            label.setWordWrap(True)
            self._column.addWidget(label)
        self._name_all()
        self.hide()

    def _name_all(self) -> None:
        citations, supported = self._shown
        self._missing.setText(self.tr("Not in your documents"))
        self._nearest.setText(
            self.tr("What comes nearest:")
            if citations
            else self.tr("Nothing there has the words of your question.")
        )
        self._missing.setVisible(not supported)
        self._nearest.setVisible(not supported)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def words(self) -> str:
        """What a screen reader says of it."""
        citations, supported = self._shown
        quotes = [f"{each.title}: “{shown_quote(each)[0]}”" for each in citations]
        return " ".join([] if supported else [self._missing.text() + "."]) + " ".join(quotes)

    def links(self) -> list[CitationLink]:
        """The sources' names, in order."""
        return [view.link for view in self._views]

    def show_quotes(self, citations: Sequence[Citation], *, supported: bool) -> bool:
        """Show these; returns whether anything is another than before."""
        shown = (tuple(citations), supported)
        if shown == self._shown:
            return False
        self._shown = shown
        for view in self._views:
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views = [
            QuoteView(number, citation, self._look, self)
            for number, citation in enumerate(citations, 1)
        ]
        for view in self._views:
            view.link.opened.connect(self.opened)
            self._column.addWidget(view)
        self._name_all()
        self.setVisible(bool(citations) or not supported)
        return True

    def apply_look(self, look: AnswerLook) -> None:
        """Set the quotations anew in another theme or font."""
        self._look = look
        for view in self._views:
            view.apply_look(look)

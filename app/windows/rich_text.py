"""Copying with formatting, and pasting what has formatting as Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.core.formats.exporting import Source
from app.core.formats.pasting import html_as_markdown
from app.editor.mirror import Origin
from app.editor.verbatim import from_qt
from app.services.conversions import Conversions
from app.services.formats import rich_text
from app.services.sentences import said
from app.windows.tab import DocumentTab

_MOST_HTML = 8 << 20
"""Characters of a clipboard's HTML that are looked at."""


class RichText(QObject):
    """The clipboard's side of other programs."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, conversions: Conversions, tab: Callable[[], DocumentTab], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._conversions = conversions
        self._tab = tab

    @Slot()
    def copy(self) -> None:
        """Copy the selection, or all of the text where nothing is selected, with formatting."""
        tab = self._tab()
        cursor = tab.editor.textCursor()
        selected = from_qt(cursor.selectedText().replace("\u2029", "\n"))
        text = selected or tab.editor.text()
        source = Source(text, tab.document.title(), tab.document.folder())

        def done(outcome: Any) -> None:
            if not isinstance(outcome, str):
                self.remarked.emit(said(outcome))
                return
            data = QMimeData()
            data.setHtml(outcome)
            data.setText(text)
            QGuiApplication.clipboard().setMimeData(data)

        what = self.tr("Copying as rich text\u2026")
        self._conversions.run(what, lambda pandoc, _stop: rich_text(source, pandoc), done)

    @Slot()
    def paste(self) -> None:
        """Put the clipboard's formatted text in as Markdown; one without formatting as it is."""
        data = QGuiApplication.clipboard().mimeData()
        tab = self._tab()
        if data is None or not data.hasHtml():
            tab.editor.paste()
            return
        html = data.html()[:_MOST_HTML]
        editor, revision = tab.editor, tab.editor.revision()

        def done(outcome: Any) -> None:
            if not isinstance(outcome, str):
                self.remarked.emit(said(outcome))
            elif editor.revision() != revision:
                words = self.tr("Nothing was pasted: the text was changed meanwhile. Paste again.")
                self.remarked.emit(words)
            elif not editor.isReadOnly():
                cursor = editor.textCursor()
                with editor.bringing(Origin.PASTE):
                    editor.replace_range(cursor.selectionStart(), cursor.selectionEnd(), outcome)

        what = self.tr("Pasting as Markdown\u2026")
        self._conversions.run(what, lambda pandoc, _stop: html_as_markdown(html, pandoc), done)

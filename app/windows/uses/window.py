"""The window of the other uses: a page for each, beside the document, which stays usable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from app.services.bridge import EngineBridge
from app.services.theme import Theme
from app.windows.uses.page import UsePage
from app.windows.uses.pages import IdeasPage, KeywordsPage, SummaryPage, TonePage
from app.windows.uses.rows import SourceText
from app.windows.uses.translating import TranslatePage

_SIZE = QSize(720, 620)


class UsesWindow(QDialog):
    """``source`` gives what is selected or the document, ``before`` the text before the caret."""

    insert_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        source: Callable[[], SourceText],
        before: Callable[[], str],
        folders: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.pages: dict[str, UsePage] = {
            "summary": SummaryPage(bridge, source, self),
            "keywords": KeywordsPage(bridge, source, self),
            "tone": TonePage(bridge, source, folders, self),
            "ideas": IdeasPage(bridge, source, before, self),
            "translate": TranslatePage(bridge, source, self),
        }
        for page in self.pages.values():
            self.tabs.addTab(page, "")
            page.insert_wanted.connect(self.insert_wanted)
            page.place_wanted.connect(self.place_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.tabs)
        self.resize(_SIZE)
        self._retranslate()

    def show_page(self, name: str) -> None:
        """Put a page in front."""
        page = self.pages[name]
        self.tabs.setCurrentWidget(page)
        page.start.setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for page in self.pages.values():
            page.apply_theme(theme)

    def set_notice(self, wanted: bool) -> None:
        """Show what to think of generated text, or do not."""
        for page in self.pages.values():
            page.set_notice(wanted)

    def stop(self) -> None:
        """Stop whatever runs."""
        for page in self.pages.values():
            page.stop()

    def reject(self) -> None:
        self.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs; what was found is shown again the next time."""
        self.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("About This Text"))
        titles = (
            self.tr("Summary"),
            self.tr("Keywords"),
            self.tr("Tone"),
            self.tr("Ideas"),
            self.tr("Translation"),
        )
        for at, title in enumerate(titles):
            self.tabs.setTabText(at, title)

"""Keeps one document's origins: with its file, and with the journal while it is not saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.provenance.block import block
from app.core.provenance.comment import takes_block
from app.core.provenance.runs import Runs
from app.core.provenance.sources import Source
from app.core.settings import SettingsStore
from app.editor.origin import OriginTracker
from app.services.origins import OriginService
from app.windows.tab import DocumentTab

KEEP, PROMPTS, IN_FILES = "origin.keep", "origin.prompts", "origin.in_files"
_WRITE_AFTER_MS, _MOST_MS = 700, 30_000
_CHARACTERS_A_MS = 200
"""A long text waits longer: all of it is hashed each time, and the journal has its words anyway."""


class OriginKeeper(QObject):
    """Follows a document from its opening to its end."""

    def __init__(
        self,
        tab: DocumentTab,
        tracker: OriginTracker,
        service: OriginService,
        settings: SettingsStore,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self.tracker = tracker
        self._service = service
        self._settings = settings
        self._loads = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self.write)
        tracker.changed.connect(self._on_changed)
        tab.editor.loaded.connect(self._on_loaded)
        tab.document.shown.connect(self._on_shown)
        tab.document.saved.connect(self._on_saved)
        tab.document.forgotten.connect(service.forget_open)
        tab.document.annotate = self._annotation

    @Slot()
    def write(self) -> None:
        """Keep the origins as they are now, if the text has changes that are not saved."""
        self._timer.stop()
        wait = len(self.tracker.runs()) // _CHARACTERS_A_MS
        self._timer.setInterval(min(_MOST_MS, max(_WRITE_AFTER_MS, wait)))
        document = self._tab.document
        if self._settings.get(KEEP) and document.is_modified():
            prompts = self._settings.get(PROMPTS)
            self._service.keep_open(document.doc_id, self.tracker.state(), prompts=prompts)

    def erase(self) -> None:
        """Forget where this text came from, here and wherever it was kept."""
        self._timer.stop()
        document = self._tab.document
        self._service.erase(document.path(), document.doc_id, self._tab.editor.text())
        self.tracker.erase()

    def _annotation(self, path: Path) -> str:
        """What a file gets behind its text."""
        if not self._settings.get(IN_FILES) or not takes_block(path):
            return ""
        state = self.tracker.state()
        return block(state.text, Runs(state.runs), state.sources)

    @Slot()
    def _on_changed(self) -> None:
        if self._tab.document.is_modified() and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_loaded(self) -> None:
        self._loads += 1

    @Slot()
    def _on_shown(self) -> None:
        if not self._settings.get(KEEP):
            return
        document, loads = self._tab.document, self._loads

        def found(runs: Runs, sources: Mapping[str, Source]) -> None:
            if loads == self._loads:
                self.tracker.adopt(runs, sources)

        text, record = self._tab.editor.text(), document.origins
        self._service.find(document.path(), document.doc_id, text, found, record=record)

    @Slot()
    def _on_saved(self) -> None:
        document = self._tab.document
        path = document.path()
        if path is None or not self._settings.get(KEEP):
            return
        prompts = self._settings.get(PROMPTS)
        self._service.keep_file(path, self.tracker.state(), prompts=prompts)
        if not document.is_modified():
            self._timer.stop()
            self._service.forget_open(document.doc_id)

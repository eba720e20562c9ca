"""Brings back what was open when the program ended, and keeps what is open now."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.document import LoadedText
from app.core.journal import RecoveredDocument
from app.core.session import OpenDocument, Session, SessionFile
from app.core.settings import SettingsStore
from app.services.sentences import said
from app.services.worker import Worker
from app.windows.desk import Desk
from app.windows.documents import Then, read_file
from app.windows.tab import DocumentTab

_KEEP_EVERY_MS = 5000
_MAX_NAMED = 5


class SessionKeeper(QObject):
    """Restores the session once at the start, and writes it down while the program runs.

    Only the first of several programs has a session; the others begin empty.
    """

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        settings: SettingsStore,
        files: Worker,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._files = files
        self._file = SessionFile(folder)
        self._restored = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_EVERY_MS)
        self._timer.timeout.connect(self._keep)
        desk.changed.connect(self._soon)
        desk.arranged.connect(self._soon)
        desk.words_changed.connect(self._soon)

    def keeps(self) -> bool:
        """Whether what is open, and what is unsaved, comes back at the next start."""
        return self._file.is_ours() and bool(self._settings.get("session.restore"))

    def restore(self, found: list[RecoveredDocument], then: Then) -> list[RecoveredDocument]:
        """Open what was open, and then run ``then``; returns what of ``found`` was not kept."""
        session = self._file.load() if self.keeps() else Session()
        wanted = {document.doc_id for document in session.documents} if session.clean else set()
        kept = {item.doc_id: item for item in found if item.doc_id in wanted}
        self._open(session, kept, then)
        return [item for item in found if item.doc_id not in kept]

    def end(self, unsaved: Collection[DocumentTab]) -> None:
        """Write the session down for the last time; ``unsaved`` stay in the journal."""
        self._timer.stop()
        if self._restored and self.keeps():
            self._write(unsaved, clean=True)
        self._files.submit(self._file.release)

    def _open(self, session: Session, kept: dict[str, RecoveredDocument], then: Then) -> None:
        opened: dict[int, DocumentTab] = {}
        gone: list[str] = []

        def read(document: OpenDocument) -> LoadedText | None:
            return read_file(document.path) if document.path else None

        def came(place: int, document: OpenDocument, outcome: Any) -> None:
            recovered = kept.get(document.doc_id or "")
            if recovered is None and isinstance(outcome, Exception):
                if document.path and not document.path.exists():
                    gone.append(document.path.name)
                else:
                    self.remarked.emit(said(outcome))
                return
            tab = self._desk.free_tab() if not opened else self._desk.add(show=False)
            if recovered is not None:
                tab.document.show_recovered(recovered, outcome)
            else:
                tab.document.show(outcome)
            tab.set_view(document.view)
            opened[place] = tab

        def finish(_: Any) -> None:
            if opened:
                self._desk.show_tab(opened.get(session.front) or next(iter(opened.values())))
                self._desk.current().completion.read_ahead()
            self._say_gone(gone)
            self._restored = True
            self._soon()
            then()

        for place, document in enumerate(session.documents):
            if document.path or document.doc_id in kept:
                self._files.submit(partial(read, document), partial(came, place, document))
        self._files.submit(_nothing, finish)

    def _say_gone(self, gone: list[str]) -> None:
        names = ", ".join(gone[:_MAX_NAMED]) + (", \u2026" if len(gone) > _MAX_NAMED else "")
        if len(gone) == 1:
            self.remarked.emit(
                self.tr("{name} was open last time and is no longer there.").format(name=names)
            )
        elif gone:
            self.remarked.emit(
                self.tr("These were open last time and are no longer there: {names}.").format(
                    names=names
                )
            )

    @Slot()
    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _keep(self) -> None:
        if self._restored and self.keeps():
            self._write(self._desk.tabs(), clean=False)

    def _write(self, unsaved: Collection[DocumentTab], *, clean: bool) -> None:
        front = 0
        documents: list[OpenDocument] = []
        for tab in self._desk.tabs():
            document = tab.document
            doc_id = document.doc_id if tab in unsaved and document.is_modified() else None
            if doc_id is None and document.path() is None:
                continue
            if tab is self._desk.current():
                front = len(documents)
            documents.append(OpenDocument(document.path(), doc_id, tab.view()))
        session = Session(tuple(documents), front, clean)
        self._files.submit(lambda: self._file.save(session))


def _nothing() -> None:
    """Wait in the queue for what comes before."""

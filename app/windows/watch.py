"""Notices when another program changes or removes the file of an open document."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from app.core.document import DocumentError, LoadedText
from app.services.worker import Worker
from app.windows.desk import Desk
from app.windows.documents import read_file
from app.windows.notice import Notice
from app.windows.tab import DocumentTab

_SETTLED_MS = 300
"""So long nothing may happen before a file is looked at: most are written in several steps."""
Stamp = tuple[int, int, int]
"""Time, size and number of a file: if they are the same, so is what it holds."""


class FileWatch(QObject):
    """Keeps unchanged documents as their files are, and asks about changed ones.

    The files are looked at when the system reports a change near them, and whenever the person
    comes back to the program, since not every file system reports.
    """

    def __init__(self, desk: Desk, files: Worker, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._files = files
        self._notice = notice
        self._stamps: dict[DocumentTab, tuple[Path, Stamp]] = {}
        self._asked: dict[DocumentTab, tuple[str, str]] = {}
        """What was said of a document, and of which state of its file."""
        self._closed = False
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._soon)
        self._watcher.directoryChanged.connect(self._soon)
        desk.for_each(self._follow)
        desk.arranged.connect(self._soon)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    @Slot()
    def look(self) -> None:
        """Look at the files of all documents."""
        tabs = self._desk.tabs()
        for tab in set(self._asked) - set(tabs):
            self._notice.take_back(self._asked.pop(tab)[0])
        self._stamps = {tab: known for tab, known in self._stamps.items() if tab in tabs}
        paths = {tab: path for tab in tabs if (path := tab.document.path()) is not None}
        self._watch(set(paths.values()))
        for tab, path in paths.items():
            before, stamp = self._stamps.get(tab, (path, (0, 0, 0)))
            known = stamp if before == path else (0, 0, 0)
            self._files.submit(partial(_look, path, known), partial(self._seen, tab, path))

    def close(self) -> None:
        """Look no more."""
        self._closed = True
        self._timer.stop()

    def _follow(self, tab: DocumentTab) -> None:
        tab.changed.connect(self._soon)

    @Slot()
    def _soon(self) -> None:
        if not self._closed:
            self._timer.start()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._soon()

    def _watch(self, paths: set[Path]) -> None:
        # A file that was replaced is no longer watched, but its folder tells of that.
        wanted = {str(path) for path in paths} | {str(path.parent) for path in paths}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if unwanted := watched - wanted:
            self._watcher.removePaths(sorted(unwanted))
        if missing := [name for name in sorted(wanted - watched) if Path(name).exists()]:
            self._watcher.addPaths(missing)

    def _seen(self, tab: DocumentTab, path: Path, outcome: Any) -> None:
        if tab not in self._desk.tabs() or tab.document.path() != path or outcome is None:
            return
        if tab.document.is_saving():
            self._soon()
        elif isinstance(outcome, FileNotFoundError):
            self._gone(tab, path)
        elif isinstance(outcome, tuple):
            stamp, loaded = outcome
            self._stamps[tab] = path, stamp
            if loaded.fingerprint != tab.document.fingerprint():
                self._differs(tab, loaded)
            elif tab in self._asked:
                self._notice.take_back(self._asked.pop(tab)[0])

    def _differs(self, tab: DocumentTab, loaded: LoadedText) -> None:
        if not tab.document.is_modified():
            tab.document.take_over(loaded)
            words = self.tr("{name} was changed by another program and has been read again.")
            self._desk.remark(tab, words.format(name=loaded.path.name))
        elif self._ask_once(tab, loaded.fingerprint):
            words = self.tr(
                "{name} was changed by another program. Your own changes are here, unsaved. With "
                "the other version, Undo brings yours back."
            ).format(name=loaded.path.name)

            def take() -> None:
                if tab in self._desk.tabs():
                    tab.document.take_over(loaded)

            self._say(
                tab,
                loaded.fingerprint,
                words,
                (self.tr("Take the Other Version"), take),
                (self.tr("Keep Mine"), _nothing),
            )

    def _gone(self, tab: DocumentTab, path: Path) -> None:
        if not self._ask_once(tab, ""):
            return
        self._stamps.pop(tab, None)
        # Now the page is the only place that has the text.
        tab.editor.document().setModified(True)
        words = self.tr("{name} is no longer on the disk. Your text is here; save it to keep it.")
        self._say(tab, "", words.format(name=path.name), (self.tr("Close"), None))

    def _ask_once(self, tab: DocumentTab, state: str) -> bool:
        return tab not in self._asked or self._asked[tab][1] != state

    def _say(self, tab: DocumentTab, state: str, words: str, *answers: Any) -> None:
        if tab in self._asked:
            self._notice.take_back(self._asked[tab][0])
        self._asked[tab] = words, state
        self._notice.say(words, *answers)


def _look(path: Path, known: Stamp) -> tuple[Stamp, LoadedText] | FileNotFoundError | None:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        return error
    except OSError:
        return None  # a drive that is away for a moment; what is saved is checked again anyway
    stamp = status.st_mtime_ns, status.st_size, status.st_ino
    if stamp == known:
        return None
    try:
        return stamp, read_file(path)
    except DocumentError:
        return None  # no text any more, or not readable: saving tells what is wrong


def _nothing() -> None:
    """An answer that changes nothing."""

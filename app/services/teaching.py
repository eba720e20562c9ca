"""Runs the process that teaches a style, and tells the windows how far it is."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.paths import AppPaths
from app.core.teaching import Lesson, Phase, Teaching, begun, command, ended, heard, with_phase
from engine import EngineError, Style, erase_style, list_styles

_LINE = 1 << 20


class TeachingService(QObject):
    """One lesson at a time, in a process that ends by itself when this program does.

    What was learnt until then is kept, and the same lesson goes on with it.
    """

    changed = Signal()
    """``state`` is another one."""
    styles_changed = Signal()
    """There are other styles than before."""

    _told = Signal(object)
    _over = Signal(object)

    def __init__(self, paths: AppPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self.state = Teaching()
        self.lesson: Lesson | None = None
        self._erased: set[str] = set()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    def process_thread(self) -> threading.Thread | None:
        """The thread that hears the process; it ends with it."""
        return self._thread

    def styles(self) -> list[Style]:
        """The person's styles, those whose training is not done included."""
        return list_styles(self._paths.style_folders)

    def taken_names(self) -> list[str]:
        """Names that a new style cannot have: the engine may still run one that was erased."""
        return [each.name for each in self.styles()] + sorted(self._erased)

    def look(self, lesson: Lesson, model: Path) -> None:
        """Count the texts and time a few steps; nothing is kept."""
        self._start(lesson, model, estimate=True)

    def teach(self, lesson: Lesson, model: Path) -> None:
        """Begin, or go on with what was begun under that name."""
        self._start(lesson, model, estimate=False)

    def pause(self) -> None:
        """Wait after the step that is being made."""
        self.tell("pause")

    def resume(self) -> None:
        """Go on after a pause."""
        self.tell("resume")

    def finish(self) -> None:
        """Make no further step, and measure what there is."""
        self.tell("finish")

    def stop(self) -> None:
        """End it; what was learnt is kept."""
        if self.state.phase is Phase.LOOKING:
            self._forget()
            self._show(Teaching(counts=self.state.counts))
        elif self.state.running:
            self.tell("stop")
            self._show(with_phase(self.state, Phase.STOPPING))

    def erase(self, name: str) -> EngineError | None:
        """Delete all there is of a style; returns what went wrong."""
        try:
            erase_style(name, self._paths.style_folders)
        except EngineError as error:
            return error
        self._erased.add(name)
        if self.lesson is not None and self.lesson.name == name and not self.state.running:
            self._show(Teaching())
        self.styles_changed.emit()
        return None

    def close(self) -> None:
        """Ask the process to end, and wait for nothing: it does so within a step."""
        self._closed = True
        self.tell("stop")
        self._forget()

    def _start(self, lesson: Lesson, model: Path, *, estimate: bool) -> None:
        self._forget()
        self.lesson = lesson
        before = self.state
        try:
            # This program's own module, with values that are arguments and never a shell's.
            process = subprocess.Popen(  # noqa: S603
                command(lesson, model, self._paths, estimate=estimate),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                # Ctrl+C in a terminal is for the window, which asks the process to end.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._show(ended(with_phase(before, Phase.TRAINING), 1, ""))
            return
        self._process = process
        self._thread = threading.Thread(
            target=self._listen, args=(process,), name="inkling-teaching", daemon=True
        )
        self._thread.start()
        self._show(begun(estimate=estimate, before=before))

    def _forget(self) -> None:
        """Let go of the process; one that only estimates is ended."""
        process, self._process = self._process, None
        if process is None:
            return
        if self.state.phase is Phase.LOOKING:
            process.kill()
        if process.stdin is not None:
            _close(process.stdin)

    def tell(self, word: str) -> None:
        """Say a word to the process, if there is one."""
        process = self._process
        if process is None or process.stdin is None:
            return
        try:
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
        except (OSError, ValueError):
            return  # it has ended, and its end is on the way

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """On a thread: pass on what the process says, until it ends."""
        assert process.stderr is not None
        assert process.stdout is not None
        with process.stderr, process.stdout:
            while line := process.stderr.readline(_LINE):
                if not self._closed:
                    self._told.emit((process, line))
            output = process.stdout.read()
        code = process.wait()
        if not self._closed:
            self._over.emit((process, code, output))

    @Slot(object)
    def _on_told(self, told: tuple[object, str]) -> None:
        process, line = told
        if process is self._process:
            self._show(heard(self.state, line))

    @Slot(object)
    def _on_over(self, over: tuple[subprocess.Popen[str], int, str]) -> None:
        process, code, output = over
        if process is not self._process:
            return
        self._forget()
        self._show(ended(self.state, code, output))
        self.styles_changed.emit()

    def _show(self, state: Teaching) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def _close(stream: IO[str]) -> None:
    try:
        stream.close()
    except OSError:
        return  # what was to be written is not wanted any more

"""Which job runs the next step: one-slot lanes, the newest request wins, priority by lane."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from engine.api import Lane
from engine.cancel import CancelToken


def replaced_lanes(lane: Lane) -> tuple[Lane, ...]:
    """The lanes whose requests a new one in ``lane`` cancels: its own.

    A completion also ends reading ahead, and takes over what was read for it.
    """
    return (lane, Lane.READ) if lane is Lane.COMPLETE else (lane,)


class Job(Protocol):
    """Work done in steps on the engine's thread."""

    @property
    def job_id(self) -> int:
        """Names the job for cancelling."""
        ...

    @property
    def lane(self) -> Lane | None:
        """The job's lane; None for background work, which waits in line instead of replacing."""
        ...

    @property
    def cancel(self) -> CancelToken:
        """Stops the job within one step."""
        ...

    def ready(self) -> bool:
        """Whether it can begin; until then it waits and others run."""
        ...

    def steps(self) -> Iterator[None]:
        """Do the work; a step must be short, and the last one tells the result."""
        ...


@dataclass
class _Running:
    job: Job
    steps: Iterator[None] = field(init=False)

    def __post_init__(self) -> None:
        self.steps = self.job.steps()


class LaneScheduler:
    """Holds the jobs that wait or run. All methods may be called from any thread.

    A job that was replaced or cancelled is still stepped, so that it can tell its end; it comes
    before all others, since that costs nothing.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lanes: dict[Lane, _Running] = {}
        self._leaving: deque[_Running] = deque()
        self._background: deque[_Running] = deque()
        self._closed = False

    def submit(self, job: Job) -> bool:
        """Add a job, cancelling the older one of its lane; False after ``close``."""
        with self._changed:
            if self._closed:
                return False
            if job.lane is None:
                self._background.append(_Running(job))
            else:
                for lane in replaced_lanes(job.lane):
                    if older := self._lanes.get(lane):
                        self._leave(older)
                self._lanes[job.lane] = _Running(job)
            self._changed.notify()
            return True

    def cancel(self, job_id: int) -> None:
        """Cancel the job of that id, if it is still here."""
        with self._changed:
            for running in (*self._lanes.values(), *self._background):
                if running.job.job_id == job_id:
                    self._leave(running)
            self._changed.notify()

    def close(self) -> None:
        """Cancel every job and take no more; ``next`` returns None once all have ended."""
        with self._changed:
            self._closed = True
            for running in (*self._lanes.values(), *self._background):
                self._leave(running)
            self._changed.notify()

    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed

    def next(self) -> _Running | None:
        """Wait for work and return the job whose step is due; None when closed and empty."""
        with self._changed:
            while True:
                if self._leaving:
                    return self._leaving[0]
                for lane in Lane:
                    if lane in self._lanes and self._lanes[lane].job.ready():
                        return self._lanes[lane]
                if waiting := next((each for each in self._background if each.job.ready()), None):
                    return waiting
                if self._closed:
                    return None
                self._changed.wait()

    def wake(self) -> None:
        """Look again at which jobs are ready."""
        with self._changed:
            self._changed.notify()

    def idle(self) -> bool:
        """Whether no job waits or runs."""
        with self._changed:
            return not (self._lanes or self._leaving or self._background)

    def finish(self, running: _Running) -> None:
        """Forget a job whose steps have ended."""
        with self._changed:
            self._forget(running)
            if running in self._leaving:
                self._leaving.remove(running)

    def _leave(self, running: _Running) -> None:
        self._forget(running)
        if running not in self._leaving:
            self._leaving.append(running)
        running.job.cancel.cancel()

    def _forget(self, running: _Running) -> None:
        lane = running.job.lane
        if lane is not None and self._lanes.get(lane) is running:
            del self._lanes[lane]
        if running in self._background:
            self._background.remove(running)

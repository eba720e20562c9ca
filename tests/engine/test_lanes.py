from __future__ import annotations

from collections.abc import Iterator

from engine import Lane
from engine.cancel import CancelToken
from engine.lanes import LaneScheduler


class Work:
    """A job that writes its name into a log once a step."""

    def __init__(self, job_id: int, lane: Lane | None, steps: int, log: list[str]) -> None:
        self.job_id, self.lane, self._count, self._log = job_id, lane, steps, log
        self.cancel = CancelToken()
        self.can_begin = True

    def ready(self) -> bool:
        return self.can_begin

    def steps(self) -> Iterator[None]:
        for _ in range(self._count):
            if self.cancel.cancelled():
                self._log.append(f"{self.job_id} cancelled")
                return
            self._log.append(str(self.job_id))
            yield


def step(scheduler: LaneScheduler) -> None:
    running = scheduler.next()
    assert running is not None
    if next(running.steps, "end") == "end":
        scheduler.finish(running)


def run(scheduler: LaneScheduler) -> None:
    while not scheduler.idle():
        step(scheduler)


def test_a_completion_goes_between_the_steps_of_a_long_answer() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    scheduler.submit(Work(1, Lane.CHAT, 3, log))
    step(scheduler)
    scheduler.submit(Work(2, Lane.COMPLETE, 2, log))
    run(scheduler)
    assert log == ["1", "2", "2", "1", "1"]


def test_a_newer_request_cancels_the_older_of_its_lane_only() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    scheduler.submit(Work(1, Lane.CHAT, 2, log))
    scheduler.submit(Work(2, Lane.COMPLETE, 9, log))
    step(scheduler)
    scheduler.submit(Work(3, Lane.COMPLETE, 1, log))
    run(scheduler)
    assert log == ["2", "2 cancelled", "3", "1", "1"]


def test_reading_ahead_gives_way_and_ends_when_a_completion_is_asked_for() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    scheduler.submit(Work(1, Lane.READ, 9, log))
    step(scheduler)
    scheduler.submit(Work(2, Lane.CHAT, 1, log))
    step(scheduler)
    step(scheduler)
    scheduler.submit(Work(3, Lane.COMPLETE, 1, log))
    run(scheduler)
    assert log == ["1", "2", "1 cancelled", "3"]


def test_background_work_waits_for_all_lanes() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    scheduler.submit(Work(1, None, 1, log))
    scheduler.submit(Work(2, Lane.CHAT, 1, log))
    run(scheduler)
    assert log == ["2", "1"]


def test_closing_cancels_all_and_refuses_more() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    scheduler.submit(Work(1, Lane.CHAT, 5, log))
    scheduler.submit(Work(2, None, 5, log))
    scheduler.close()
    run(scheduler)
    assert sorted(log) == ["1 cancelled", "2 cancelled"]
    assert scheduler.next() is None
    assert not scheduler.submit(Work(3, Lane.CHAT, 1, log))


def test_cancelling_an_unknown_job_does_nothing() -> None:
    scheduler = LaneScheduler()
    scheduler.cancel(7)
    assert scheduler.idle()


def test_what_cannot_begin_yet_holds_nobody_up() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    waiting = [Work(1, Lane.COMPLETE, 1, log), Work(2, None, 1, log)]
    for job in waiting:
        job.can_begin = False
        scheduler.submit(job)
    scheduler.submit(Work(3, Lane.CHAT, 2, log))
    scheduler.submit(Work(4, None, 1, log))
    for _ in range(5):
        step(scheduler)
    assert log == ["3", "3", "4"]
    for job in waiting:
        job.can_begin = True
    run(scheduler)
    assert log == ["3", "3", "4", "1", "2"]


def test_what_waits_to_begin_can_be_cancelled_and_replaced() -> None:
    log: list[str] = []
    scheduler = LaneScheduler()
    for number in (1, 2):
        job = Work(number, Lane.REWRITE, 1, log)
        job.can_begin = False
        scheduler.submit(job)
    step(scheduler)
    scheduler.cancel(2)
    run(scheduler)
    assert log == ["1 cancelled", "2 cancelled"]

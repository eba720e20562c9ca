"""Work off the interface's thread comes back to it."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.services.worker import Worker


def test_results_come_back_in_order_on_the_interfaces_thread(qtbot: QtBot):
    worker = Worker("test", ())
    seen: list[tuple[int, bool, bool]] = []
    main = threading.current_thread()
    for number in range(3):
        worker.submit(
            lambda number=number: (number, threading.current_thread() is main),
            lambda value: seen.append((*value, threading.current_thread() is main)),
        )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(0, False, True), (1, False, True), (2, False, True)]
    assert worker.close()


def test_an_expected_failure_is_a_value(qtbot: QtBot):
    worker = Worker("test", (OSError,))
    seen: list[object] = []

    def fail() -> None:
        raise OSError("full")

    worker.submit(fail, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], OSError)
    assert worker.close()


def test_closing_finishes_what_is_queued(qtbot: QtBot):
    worker = Worker("test", ())
    done: list[int] = []
    for number in range(50):
        worker.submit(lambda number=number: done.append(number))
    assert worker.close()
    assert done == list(range(50))

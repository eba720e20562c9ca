"""Words that pause and end training, from a pipe and by signals."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from engine.train.control import Control, Stopped, stop_on_signals


def _waited(control: Control) -> threading.Thread:
    def wait() -> None:
        try:
            control.wait()
        except Stopped:
            ended.append("stopped")

    ended: list[str] = []
    thread = threading.Thread(target=wait)
    thread.ended = ended  # type: ignore[attr-defined]
    thread.start()
    return thread


@pytest.mark.parametrize("word", ["resume", "finish"])
def test_a_pause_lasts_until_it_may_go_on(word: str) -> None:
    control = Control()
    control.tell("pause")
    control.tell("hello")
    assert control.paused
    thread = _waited(control)
    control.tell(word)
    thread.join(10)
    assert not thread.is_alive()
    assert not control.paused
    assert control.finishing == (word == "finish")
    control.check()


def test_a_stop_ends_a_pause_too() -> None:
    control = Control()
    control.tell("pause")
    thread = _waited(control)
    control.tell("stop")
    thread.join(10)
    assert thread.ended == ["stopped"]  # type: ignore[attr-defined]
    with pytest.raises(Stopped):
        control.check()


def test_lines_are_heard_and_the_end_of_the_input_stops() -> None:
    control, told = Control(), threading.Event()
    control.cancel.on_cancel(told.set)
    source, sink = os.pipe()
    control.listen(source)
    os.write(sink, b"pau")
    os.write(sink, b"se\nfinish\n")
    os.close(sink)
    assert told.wait(10)
    assert control.finishing
    os.close(source)


def test_a_signal_asks_once_and_ends_at_once_the_second_time() -> None:
    control, told = Control(), threading.Event()
    control.cancel.on_cancel(told.set)
    undo = stop_on_signals(control)
    try:
        signal.raise_signal(signal.SIGTERM)
        assert told.wait(10)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    finally:
        undo()
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL

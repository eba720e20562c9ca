"""The window tells how many network connections the program holds."""

from __future__ import annotations

import socket
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from app.services.connections import ConnectionCounter
from engine import open_sockets


def test_counting_happens_at_once_and_off_the_interfaces_thread(qtbot: QtBot):
    threads: list[threading.Thread] = []

    def count() -> int:
        threads.append(threading.current_thread())
        return 0

    counter = ConnectionCounter(count)
    with qtbot.waitSignal(counter.counted) as heard:
        pass
    counter.close()
    assert heard.args == [0]
    assert threads[0] is not threading.main_thread()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_real_socket_is_counted(qtbot: QtBot):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        counter = ConnectionCounter(open_sockets)
        with qtbot.waitSignal(counter.counted) as heard:
            pass
        counter.close()
    assert heard.args[0] >= 1


def test_where_the_system_does_not_tell_nothing_is_claimed(qtbot: QtBot):
    def refuse() -> int:
        raise PermissionError

    counter = ConnectionCounter(refuse)
    with qtbot.waitSignal(counter.counted) as heard:
        pass
    counter.close()
    assert heard.args == [None]

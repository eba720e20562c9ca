from __future__ import annotations

import os
import socket
import sys
import threading

import pytest

from engine import memory, open_sockets, physical_cores, runtime_report
from engine.machine import give_way


def test_memory_is_plausible() -> None:
    found = memory()
    assert found.total is None or found.total > 100_000_000
    assert found.process_peak is None or found.process_peak > 1_000_000


def test_cores_are_counted() -> None:
    assert physical_cores() >= 1


def test_onnx_runtime_has_the_processor_as_a_provider() -> None:
    assert "CPUExecutionProvider" in runtime_report().providers


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lists sockets")
def test_network_sockets_are_counted_and_local_ones_are_not() -> None:
    before = open_sockets()
    assert before is not None
    left, right = socket.socketpair(socket.AF_UNIX)
    with left, right:
        assert open_sockets() == before
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            assert open_sockets() == before + 1
    assert open_sockets() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has niceness a thread")
def test_a_thread_gives_way_alone() -> None:
    found: list[int] = []

    def nice() -> None:
        give_way(3)
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, 0)
    thread = threading.Thread(target=nice)
    thread.start()
    thread.join()
    assert found == [max(before, 3)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before

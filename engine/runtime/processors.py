"""How many threads computation gains from."""

from __future__ import annotations

import os
from pathlib import Path


def physical_cores() -> int:
    """Physical cores this process may use, at least 1.

    The matrix kernels saturate a core; a second thread on the same core halves the speed of both.
    Where the system does not tell cores from hardware threads, every processor counts as a core.
    """
    if hasattr(os, "sched_getaffinity"):
        allowed = os.sched_getaffinity(0)
        siblings = {_siblings(processor) for processor in allowed}
        return max(1, len(siblings))
    return max(1, os.cpu_count() or 1)


def _siblings(processor: int) -> str:
    path = Path(f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list")
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return str(processor)

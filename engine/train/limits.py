"""What training may take of a machine: processors, memory, disk, and its place behind others."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from engine.errors import EngineError
from engine.export.families import DecoderConfig
from engine.machine import memory
from engine.runtime.processors import physical_cores

_NICENESS = 10
_BELOW_NORMAL = 0x4000
_FIRST_TO_GO = 800
"""Linux's own scale runs to 1000: a system out of memory ends this process, not the window."""
_SPARE = 300_000_000
_SHARE = 0.6
"""Of the memory that is free: the rest is for the person's other programs."""


class TooLittleMemory(EngineError):
    """The model does not fit into the memory that is free."""


class TooLittleSpace(EngineError):
    """The disk is too full for what training writes."""


def give_way() -> None:
    """Let every other program go before this process; failing that, nothing changes."""
    if sys.platform == "win32":
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.kernel32.SetPriorityClass(process, _BELOW_NORMAL)
        return
    with suppress(OSError):
        os.nice(_NICENESS)
    if sys.platform == "linux":
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO), encoding="ascii")


def default_threads() -> int:
    """All cores but one, so that the window has one to itself; the only one where there is one."""
    return max(1, physical_cores() - 1)


def available_memory() -> int | None:
    """Bytes that can be had without pushing anything out; None where the system does not tell."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):
            for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
                if line.startswith("MemAvailable:"):
                    return min(int(line.split()[1]) * 1024, _group_limit())
    return memory().available


def bytes_needed(config: DecoderConfig, parameters: int, trained: int, tokens: int) -> int:
    """The most that training in float32 holds at once; ``tokens`` are computed together."""
    # What a layer keeps of each token for the gradient, and the scores with theirs.
    kept = config.layers * (14 * config.hidden + 5 * config.ffn) + 3 * config.vocab
    # A trained number has a gradient and two moments beside it.
    return 4 * (parameters + 4 * trained + kept * tokens) + _SPARE


def fitting_rows(
    config: DecoderConfig, parameters: int, trained: int, length: int, rows: int
) -> int:
    """``rows``, halved until they fit into a part of the memory that is free.

    Raises ``TooLittleMemory`` if one row does not fit into all of it.
    """
    free = available_memory()
    while free is not None:
        needed = bytes_needed(config, parameters, trained, rows * length)
        if needed <= (free if rows == 1 else _SHARE * free):
            break
        if rows == 1:
            raise TooLittleMemory(
                f"Training this model takes about {needed / 1e6:,.0f} MB of memory, and "
                f"{free / 1e6:,.0f} MB are free. Nothing was changed. Close other programs, or "
                "teach a smaller model."
            )
        rows //= 2
    return rows


def require_space(folder: Path, needed: int) -> None:
    """Raises ``TooLittleSpace`` where fewer bytes are free on the disk of ``folder``."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise TooLittleSpace(
            f"This needs {needed / 1e6:,.0f} MB on the disk of {folder}, and {free / 1e6:,.0f} MB "
            "are free. Nothing was changed. Make room and start again."
        )


def _group_limit() -> int:
    """What is left of the memory that a container gives its processes."""
    group = Path("/sys/fs/cgroup")
    try:
        most = (group / "memory.max").read_text(encoding="ascii").strip()
        used = int((group / "memory.current").read_text(encoding="ascii"))
        # What is only a copy of files is given back at once.
        for line in (group / "memory.stat").read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(" ")
            used -= int(value) if name == "inactive_file" else 0
    except (OSError, ValueError):
        return sys.maxsize
    return max(0, int(most) - used) if most.isdigit() else sys.maxsize

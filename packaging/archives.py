"""The portable archive and the AppDir, from the bundle."""

from __future__ import annotations

import lzma
import shutil
import tarfile
from pathlib import Path

from bundle import date_all
from deb import stage
from project import APP_ID, release_time, version

_PORTABLE = """\
Inkling keeps everything in the folder `data` beside this file. Delete this file, and it keeps
things where the system's other programs do.
"""
_APPRUN = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/usr/lib/inkling/inkling" "$@"
"""


def make_portable(bundle: Path, sbom: Path, machine: str, work: Path, target: Path) -> Path:
    """Make ``inkling-VERSION-linux-MACHINE.tar.xz``: unpack it anywhere and start ``inkling``."""
    name = f"inkling-{version()}-linux-{machine}"
    folder = work / "portable" / name
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(bundle, folder, symlinks=True)
    (folder / "portable").write_text(_PORTABLE, encoding="utf-8")
    shutil.copyfile(sbom, folder / "sbom.cdx.json")
    date_all(folder)
    archive = target / f"{name}.tar.xz"
    with (
        lzma.open(archive, "wb", preset=6) as stream,
        tarfile.open(fileobj=stream, mode="w") as tar,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, path.relative_to(folder.parent), recursive=False, filter=_plain)
    return archive


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = release_time()
    return info


def make_appdir(bundle: Path, icons: Path, target: Path) -> Path:
    """Make ``Inkling.AppDir``, which `appimagetool` packs into one file."""
    folder = target / "Inkling.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    stage(bundle, icons, folder)
    run = folder / "AppRun"
    run.write_text(_APPRUN, encoding="utf-8")
    shutil.copyfile(
        folder / "usr/share/applications" / f"{APP_ID}.desktop", folder / f"{APP_ID}.desktop"
    )
    picture = folder / "usr/share/icons/hicolor/256x256/apps" / f"{APP_ID}.png"
    shutil.copyfile(picture, folder / f"{APP_ID}.png")
    (folder / ".DirIcon").symlink_to(f"{APP_ID}.png")
    date_all(folder)
    run.chmod(0o755)
    return folder

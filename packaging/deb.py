"""The Debian package, from the bundle: system-wide, and removed without trace."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bundle import date_all
from commands import write_completion, write_manual
from project import APP_ID, MAINTAINER, ROOT, SUMMARY, news, release_day, release_time, version

_HERE = ROOT / "packaging" / "linux"
_DESCRIPTION = """\
 A writing desk with a language model inside: it continues the text as you
 type, rewrites what you select with every change shown, and answers questions
 from your own files. The model comes along and runs on this computer; the
 program has no network access at all."""


def stage(bundle: Path, icons: Path, root: Path, prefix: str = "usr") -> None:
    """Lay the program and all that desktops look for out below ``root``."""
    usr = root / prefix
    shutil.copytree(bundle, usr / "lib" / "inkling", symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "inkling").symlink_to("../lib/inkling/inkling")
    share = usr / "share"
    shutil.copytree(icons, share, dirs_exist_ok=True)
    desktop = share / "applications" / f"{APP_ID}.desktop"
    desktop.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_HERE / desktop.name, desktop)
    metainfo = share / "metainfo" / f"{APP_ID}.metainfo.xml"
    metainfo.parent.mkdir(parents=True, exist_ok=True)
    metainfo.write_text(filled_metainfo(), encoding="utf-8")
    write_manual(share / "man" / "man1" / "inkling.1.gz")
    write_completion(
        share / "bash-completion" / "completions" / "inkling",
        share / "zsh" / "vendor-completions" / "_inkling",
        share / "fish" / "vendor_completions.d" / "inkling.fish",
    )


def filled_metainfo() -> str:
    """The AppStream description with this version and what is new in it."""
    items = "\n".join(f"          <li>{escape(point)}</li>" for point in news()[:8])
    return (
        (_HERE / "metainfo.xml.in")
        .read_text(encoding="utf-8")
        .replace("@VERSION@", version())
        .replace("@DAY@", release_day())
        .replace("@NEWS@", f"        <ul>\n{items}\n        </ul>")
    )


def make_deb(bundle: Path, icons: Path, sbom: Path, work: Path, target: Path) -> Path:
    """Make ``inkling_VERSION_ARCHITECTURE.deb`` in ``target``.

    Raises ``subprocess.CalledProcessError`` where one of Debian's tools fails.
    """
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    stage(bundle, icons, root)
    doc = root / "usr" / "share" / "doc" / "inkling"
    doc.mkdir(parents=True)
    shutil.copyfile(_HERE / "copyright", doc / "copyright")
    shutil.copyfile(sbom, doc / "sbom.cdx.json")
    _gzip(debian_changelog().encode(), doc / "changelog.gz")
    _gzip((ROOT / "CHANGELOG.md").read_bytes(), doc / "NEWS.md.gz")
    overrides = root / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(_HERE / "lintian-overrides", overrides / "inkling")
    control = root / "DEBIAN"
    control.mkdir()
    for name in ("config", "templates", "postinst", "postrm"):
        shutil.copyfile(_HERE / name, control / name)
    architecture = _output("dpkg", "--print-architecture").strip()
    depends = needed_packages(root, work)
    (control / "control").write_text(
        control_file(architecture, depends, _kilobytes(root)), encoding="utf-8"
    )
    (control / "md5sums").write_text(_md5sums(root), encoding="utf-8")
    date_all(root)
    for name in ("config", "postinst", "postrm"):
        (control / name).chmod(0o755)
    target.mkdir(parents=True, exist_ok=True)
    deb = target / f"inkling_{version()}_{architecture}.deb"
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(release_time())}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(deb)]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return deb


def control_file(architecture: str, depends: str, kilobytes: int) -> str:
    """The package's control file (Debian Policy, chapter 5)."""
    return (
        "Package: inkling\n"
        f"Version: {version()}\n"
        "Section: editors\n"
        "Priority: optional\n"
        f"Architecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: debconf (>= 0.5) | debconf-2.0, {depends}\n"
        "Recommends: fonts-noto-cjk, pandoc\n"
        f"Description: {SUMMARY}\n{_DESCRIPTION}\n"
    )


def needed_packages(root: Path, work: Path) -> str:
    """What the bundle's libraries need of the system, found by Debian's own tool."""
    own = root / "usr" / "lib" / "inkling"
    places = sorted({path.parent for path in own.rglob("*.so*")})
    files = [path for path in sorted(own.rglob("*.so*")) if _is_elf(path)]
    here = work / "shlibdeps"
    (here / "debian").mkdir(parents=True, exist_ok=True)
    (here / "debian" / "control").write_text(
        "Source: inkling\n\nPackage: inkling\nArchitecture: any\n"
    )
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    command += [f"-l{place}" for place in places]
    command += [f"-e{each}" for each in [own / "inkling", *files]]
    output = _output(*command, cwd=here)
    found = re.search(r"^shlibs:Depends=(.*)$", output, re.M)
    needed = set(filter(None, re.split(r",\s*", found[1]))) if found else set()
    # These are opened by name while the program runs, so that no file says it needs them.
    needed |= {"libegl1", "libgl1", "libfontconfig1", "libxcb-shape0", "libxcb-xkb1"}
    return ", ".join(sorted(needed))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return not path.is_symlink() and file.read(4) == b"\x7fELF"


def _output(*command: str, cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def debian_changelog() -> str:
    """The release as Debian writes it down; what is new is told in CHANGELOG.md."""
    when = datetime.fromtimestamp(release_time(), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"inkling ({version()}) stable; urgency=medium\n\n  * See NEWS.md.gz.\n\n"
        f" -- {MAINTAINER}  {when}\n"
    )


def _gzip(content: bytes, target: Path) -> None:
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(content)


def _kilobytes(root: Path) -> int:
    return sum(path.lstat().st_size for path in root.rglob("*")) // 1024


def _md5sums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and name.parts[0] != "DEBIAN":
            # What dpkg compares installed files with; no safety is meant by it.
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {name.as_posix()}\n")
    return "".join(lines)

"""Builds Inkling's packages for the system it runs on, into ``dist``: `python3 dev.py package`."""

from __future__ import annotations

import argparse
import hashlib
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from bundle import date_all, make_bundle  # noqa: E402
from project import release_time  # noqa: E402
from sbom import write_sbom  # noqa: E402


def main() -> int:
    """Make all packages and their checksums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the default model")
    parser.add_argument("--work", type=Path, required=True, help="folder for what lies between")
    parser.add_argument("--out", type=Path, required=True, help="where the packages go")
    parser.add_argument("--only-bundle", action="store_true", help="stop after the folder")
    arguments = parser.parse_args()
    model, work, out = (path.resolve() for path in (arguments.model, arguments.work, arguments.out))
    out.mkdir(parents=True, exist_ok=True)
    icons = work / "icons"
    subprocess.run([sys.executable, str(HERE / "icons.py"), str(icons)], check=True)
    _say("Making the program's folder")
    picture = {"win32": "inkling.ico", "darwin": "inkling.icns"}.get(sys.platform)
    icon = icons / picture if picture else None
    bundle = make_bundle(model, icon, work)
    date_all(bundle)
    sbom = out / "inkling.cdx.json"
    write_sbom(sbom, model)
    made = [sbom]
    if not arguments.only_bundle:
        made += make_packages(bundle, icons, sbom, work, out)
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in made)
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    for path in made:
        _say(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}")
    _say(f"dated {release_time()}; checksums in {out / 'SHA256SUMS'}")
    return 0


def make_packages(bundle: Path, icons: Path, sbom: Path, work: Path, out: Path) -> list[Path]:
    """Make what people install on this system."""
    if sys.platform == "win32":
        from installer import make_installer

        _say("Making the installer")
        return [make_installer(bundle, icons / "inkling.ico", sbom, out)]
    if sys.platform == "darwin":
        from diskimage import make_image

        _say("Making the disk image")
        return [make_image(bundle, out)]
    from archives import make_appdir, make_portable
    from deb import make_deb

    _say("Making the Debian package")
    made = [make_deb(bundle, icons / "share", sbom, work, out)]
    _say("Making the portable archive")
    made.append(make_portable(bundle, sbom, platform.machine(), work, out))
    _say("Making the AppDir")
    make_appdir(bundle, icons / "share", out)
    return made


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())

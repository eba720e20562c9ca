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

from archives import make_appdir, make_portable  # noqa: E402
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
    bundle = make_bundle(model, icons / picture if picture else None, work)
    date_all(bundle)
    sbom = out / "inkling.cdx.json"
    write_sbom(sbom, model)
    made = [sbom]
    if sys.platform == "linux" and not arguments.only_bundle:
        from deb import make_deb

        _say("Making the Debian package")
        made.append(make_deb(bundle, icons / "share", sbom, work, out))
        _say("Making the portable archive")
        made.append(make_portable(bundle, sbom, platform.machine(), work, out))
        _say("Making the AppDir")
        make_appdir(bundle, icons / "share", out)
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in made)
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    for path in made:
        _say(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}")
    _say(f"dated {release_time()}; checksums in {out / 'SHA256SUMS'}")
    return 0


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

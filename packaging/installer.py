"""The installer for Windows, by NSIS, from the bundle."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from project import ROOT, version

SCRIPT = ROOT / "packaging" / "windows" / "inkling.nsi"


def find_makensis() -> str | None:
    """NSIS's compiler: on the path, or where its own installer puts it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    return shutil.which("makensis") or (str(usual) if usual.is_file() else None)


def make_installer(bundle: Path, icon: Path, sbom: Path, target: Path) -> Path:
    """Make ``inkling-VERSION-windows-x64-setup.exe`` in ``target``.

    Raises ``FileNotFoundError`` without NSIS, and ``subprocess.CalledProcessError`` where it fails;
    it has said why.
    """
    makensis = find_makensis()
    if makensis is None:
        raise FileNotFoundError(
            "The installer is made by NSIS, which is not here. Install NSIS 3.08 or newer, then "
            "run the same command again; the program's folder itself is made."
        )
    setup = target / f"inkling-{version()}-windows-x64-setup.exe"
    subprocess.run(installer_command(makensis, bundle, icon, sbom, setup), check=True)
    return setup


def installer_command(
    makensis: str, bundle: Path, icon: Path, sbom: Path, setup: Path, script: Path = SCRIPT
) -> list[str]:
    """The line that compiles the installer; any warning is an error."""
    kibibytes = sum(path.stat().st_size for path in bundle.rglob("*")) // 1024
    given = {
        "VERSION": version(),
        "SIZE": kibibytes,
        "BUNDLE": bundle,
        "ICON": icon,
        "LICENCE": ROOT / "LICENSE",
        "SBOM": sbom,
        "OUTPUT": setup,
    }
    # The compiler goes into the script's folder, so that paths have to be whole.
    defines = [
        f"-D{name}={value.resolve() if isinstance(value, Path) else value}"
        for name, value in given.items()
    ]
    return [makensis, "-WX", "-V2", "-INPUTCHARSET", "UTF8", *defines, str(script)]

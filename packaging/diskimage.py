"""The disk image for macOS, from the application's bundle."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

from project import ROOT, version


def make_image(app: Path, target: Path) -> Path:
    """Make ``inkling-VERSION-macos-MACHINE.dmg`` in ``target``, signed as ``make-dmg.sh`` says.

    Raises ``subprocess.CalledProcessError`` where one of macOS's tools fails; it has said why.
    """
    image = target / f"inkling-{version()}-macos-{platform.machine()}.dmg"
    script = ROOT / "packaging" / "macos" / "make-dmg.sh"
    subprocess.run(["sh", str(script), str(app), str(image)], check=True)
    return image

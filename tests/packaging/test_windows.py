"""The installer for Windows: compiled by NSIS and, where Wine is, really used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImageReader

Module = Callable[[str], ModuleType]
WINE = Path("/usr/lib/wine/wine64")
STUBS = Path("/usr/share/nsis/Stubs/lzma_solid-amd64-unicode")
CLASSES = r"Software\Classes"
OWN_KEYS = (
    r"Software\Inkling",
    rf"{CLASSES}\Inkling.Markdown",
    rf"{CLASSES}\Inkling.Text",
    rf"{CLASSES}\Applications\Inkling.exe",
    r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Inkling",
    r"Software\Microsoft\Windows\CurrentVersion\App Paths\Inkling.exe",
)
SETTINGS = r"""Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\Wine]
"Version"="win10"

[HKEY_CURRENT_USER\Software\Classes\.md]
@="Other.App"

[HKEY_CURRENT_USER\Software\Classes\.md\OpenWithProgids]
"Other.App"=""
"""

needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not here")


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    """A stand-in for the folder that PyInstaller makes."""
    bundle = tmp_path / "bundle"
    (bundle / "_internal" / "assets").mkdir(parents=True)
    for name in ("Inkling.exe", "inkling-cli.exe", "_internal/a.dll", "_internal/assets/b.txt"):
        (bundle / name).write_bytes(b"MZ" + name.encode())
    return bundle


@pytest.fixture
def icon(module: Module, tmp_path: Path, qapp: object) -> Path:
    """The program's own icon as Windows wants it."""
    path = tmp_path / "inkling.ico"
    module("icons").write_ico(path)
    return path


def test_the_icon_has_a_picture_for_each_size(icon: Path) -> None:
    reader = QImageReader(str(icon))
    sizes = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        image = reader.read()
        sizes.append(image.width())
        # Drawn, on a ground that shows through.
        assert image.pixelColor(image.width() // 2, image.height() // 2).alpha() == 255
    assert sizes == [16, 24, 32, 48, 64, 256]


@needs_nsis
def test_the_installer_compiles_without_a_warning(
    module: Module, payload: Path, icon: Path, tmp_path: Path
) -> None:
    installer = module("installer")
    setup = installer.make_installer(payload, icon, _bill(tmp_path), tmp_path)
    assert setup.name == f"inkling-{module('project').version()}-windows-x64-setup.exe"
    start = setup.read_bytes()[:4096]
    assert start[:2] == b"MZ"
    # It runs as whoever starts it and never asks to be an administrator.
    assert b"requireAdministrator" not in setup.read_bytes()
    assert setup.stat().st_size > 50_000


def test_without_nsis_the_person_is_told_what_to_install(
    module: Module, payload: Path, icon: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installer = module("installer")
    monkeypatch.setattr(installer, "find_makensis", lambda: None)
    with pytest.raises(FileNotFoundError, match=r"Install NSIS 3\.08"):
        installer.make_installer(payload, icon, _bill(tmp_path), tmp_path)


def test_each_of_the_installers_words_is_there_in_both_languages(module: Module) -> None:
    words = (module("installer").SCRIPT.parent / "words.nsh").read_text(encoding="utf-8")
    script = module("installer").SCRIPT.read_text(encoding="utf-8")
    names = {
        language: {
            line.split()[1]
            for line in words.splitlines()
            if line.startswith("LangString") and f"${{LANG_{language}}}" in line
        }
        for language in ("ENGLISH", "SIMPCHINESE")
    }
    assert names["ENGLISH"] == names["SIMPCHINESE"]
    assert {name for name in names["ENGLISH"] if f"$({name})" not in script} == set()


class Windows:
    """A Windows of one's own, by Wine."""

    def __init__(self, home: Path) -> None:
        self.prefix = home
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "USER") if name in os.environ}
        self._env = {
            **kept,
            "HOME": str(home.parent),
            "WINEPREFIX": str(home),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }
        self.run("wineboot", "-i")
        settings = home.parent / "settings.reg"
        settings.write_text(SETTINGS, encoding="utf-8")
        self.run("regedit", f"Z:{settings}")

    def run(self, *command: str, whole: bool = False) -> int:
        """The exit code of a program; with ``whole`` it waits for what that starts as well."""
        done = subprocess.run([str(WINE), *command], env=self._env, timeout=120, check=False)
        # Ended, the server has written the registry down.
        end = ["/usr/lib/wine/wineserver64", "-w" if whole else "-k"]
        subprocess.run(end, env=self._env, timeout=120, check=False)
        return done.returncode

    def keys(self) -> dict[str, str]:
        """The person's registry: what each key holds, by the key's name below HKCU."""
        text = (self.prefix / "user.reg").read_text(encoding="utf-8", errors="replace")
        parts = (part.partition("]") for part in text.replace("\\\\", "\\").split("\n[")[1:])
        return {name: values for name, _, values in parts}

    @property
    def local(self) -> Path:
        """The folder of the person's programs and data."""
        return next((self.prefix / "drive_c" / "users").glob("*/AppData/Local"))


@needs_nsis
@pytest.mark.skipif(
    not (os.environ.get("INKLING_WINE") and WINE.exists() and STUBS.exists()),
    reason="takes minutes, and Wine: set INKLING_WINE=1 to run it",
)
def test_installing_upgrading_and_removing_in_silence(
    module: Module, payload: Path, icon: Path, tmp_path: Path
) -> None:
    """For 64 bits, since Wine without a 32-bit part runs nothing else."""
    setup = _setup_of_64_bits(module, payload, icon, tmp_path)
    windows = Windows(tmp_path / "wine")

    assert windows.run(str(setup), "/S") == 0
    folder = windows.local / "Programs" / "Inkling"
    for path in (each for each in payload.rglob("*") if each.is_file()):
        assert (folder / path.relative_to(payload)).read_bytes() == path.read_bytes()
    keys = windows.keys()
    assert set(OWN_KEYS) <= keys.keys()
    assert '"Inkling.Markdown"' in keys[rf"{CLASSES}\.md\OpenWithProgids"]
    assert '"Inkling.Text"' in keys[rf"{CLASSES}\.txt\OpenWithProgids"]
    assert '@="Other.App"' in keys[rf"{CLASSES}\.md"]
    links = [*windows.prefix.rglob("Inkling.lnk")]
    assert [link.parent.name for link in links] == ["Programs"]

    data = windows.local / "Inkling"
    data.mkdir()
    (data / "settings.json").write_text("{}")
    (folder / "_internal" / "of-an-older-version.dll").write_text("")
    assert windows.run(str(setup), "/S") == 0
    assert not (folder / "_internal" / "of-an-older-version.dll").exists()
    assert (data / "settings.json").exists()

    (folder / "mine.md").write_text("mine")
    windows.run(str(folder / "uninstall.exe"), "/S", whole=True)
    assert [path.name for path in folder.iterdir()] == ["mine.md"]
    assert (data / "settings.json").exists()
    keys = windows.keys()
    assert {*OWN_KEYS, rf"{CLASSES}\.txt"}.isdisjoint(keys)
    assert '"Other.App"' in keys[rf"{CLASSES}\.md\OpenWithProgids"]
    assert "Inkling" not in keys[rf"{CLASSES}\.md\OpenWithProgids"]
    assert [*windows.prefix.rglob("Inkling.lnk")] == []

    (folder / "mine.md").unlink()
    windows.run(str(setup), "/S")
    windows.run(str(folder / "uninstall.exe"), "/S", "/PURGE", whole=True)
    assert not folder.exists()
    assert not data.exists()


def _bill(folder: Path) -> Path:
    path = folder / "inkling.cdx.json"
    path.write_text("{}", encoding="utf-8")
    return path


def _setup_of_64_bits(module: Module, payload: Path, icon: Path, folder: Path) -> Path:
    installer = module("installer")
    scripts = folder / "scripts"
    shutil.copytree(installer.SCRIPT.parent, scripts)
    script = scripts / "inkling.nsi"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("Unicode true", "Target amd64-unicode"), encoding="utf-8")
    setup = folder / "inkling-64.exe"
    makensis = installer.find_makensis()
    command = installer.installer_command(makensis, payload, icon, _bill(folder), setup, script)
    subprocess.run(command, check=True)
    return setup

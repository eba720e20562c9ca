"""The pure parts of the packages: what they say of the program, and what they go without."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType

import pytest

from app.core.version import inkling_version

Module = Callable[[str], ModuleType]
ROOT = Path(__file__).resolve().parents[2]


def test_there_is_one_source_of_the_version(module: Module) -> None:
    assert module("project").version() == inkling_version()


def test_the_time_of_the_release_can_be_given(
    module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert module("project").release_day() == "2026-01-01"


def test_the_news_are_whole_sentences_of_this_version(module: Module) -> None:
    news = module("project").news()
    assert news
    assert all(re.search(r"[.:;)]$", point) and "\n" not in point for point in news)


def test_debian_is_told_what_the_package_is(module: Module) -> None:
    fields = dict(
        line.split(": ", 1)
        for line in module("deb").control_file("amd64", "libc6 (>= 2.34)", 1234).splitlines()
        if not line.startswith(" ")
    )
    assert fields["Package"] == "inkling"
    assert fields["Version"] == inkling_version()
    assert fields["Architecture"] == "amd64"
    assert fields["Installed-Size"] == "1234"
    assert "libc6 (>= 2.34)" in fields["Depends"].split(", ")
    assert re.fullmatch(r".+ <[^@ ]+@[^@ ]+>", fields["Maintainer"])
    assert "\n" not in fields["Description"]
    assert len(fields["Description"]) <= 80


def test_software_centres_are_told_this_version(module: Module) -> None:
    text = module("deb").filled_metainfo()
    assert "@" not in re.sub(r"\S+@\S+\.\S+", "", text)
    root = ElementTree.fromstring(text)
    assert root.findtext("id") == module("project").APP_ID
    (release,) = root.findall("releases/release")
    assert release.get("version") == inkling_version()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", release.get("date", ""))


def test_the_menus_entry_starts_a_command_that_there_is(module: Module) -> None:
    folder = ROOT / "packaging" / "linux"
    entry = ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(folder / f"{module('project').APP_ID}.desktop", encoding="utf-8")
    main = entry["Desktop Entry"]
    scripts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"\n{main['Exec'].split()[0]} = " in scripts.partition("[project.scripts]")[2]
    assert main["Icon"] == module("project").APP_ID
    assert {"text/markdown", "text/plain"} <= set(main["MimeType"].split(";"))
    # A file that the person opens is handed over.
    assert main["Exec"].endswith("%F")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/networkinformation/libqglib.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "assets/translations/inkling_zh_CN.ts",
    ],
)
def test_what_is_never_loaded_is_left_out(module: Module, name: str) -> None:
    assert module("left_out").is_left_out(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "assets/translations/inkling_zh_CN.qm",
        "assets/fonts/Literata-Regular.ttf",
        "models/smollm2-135m-instruct/model.json",
        "onnxruntime/capi/libonnxruntime.so.1.32.0",
    ],
)
def test_what_the_program_needs_is_taken_along(module: Module, name: str) -> None:
    assert not module("left_out").is_left_out(name)


@pytest.mark.parametrize(
    ("name", "left_out"), [("libstdc++.so.6", True), ("libpython3.11.so.1.0", False)]
)
def test_only_linux_has_libraries_of_its_own_for_all_programs(
    module: Module, monkeypatch: pytest.MonkeyPatch, name: str, left_out: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert module("left_out").is_left_out(name) is left_out
    monkeypatch.setattr("sys.platform", "darwin")
    assert not module("left_out").is_left_out(name)


def test_the_bundle_goes_without_torch_and_without_clients_of_the_network(module: Module) -> None:
    assert {"torch", "engine.train", "ssl", "requests", "PySide6.QtNetwork"} <= set(
        module("left_out").MODULES
    )


def test_the_bill_of_materials_names_every_part_once(module: Module, tmp_path: Path) -> None:
    model = tmp_path / "tiny"
    model.mkdir()
    (model / "model.json").write_text("{}", encoding="utf-8")
    module("sbom").write_sbom(tmp_path / "bill.json", model)
    bill = json.loads((tmp_path / "bill.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert bill["metadata"]["component"]["version"] == inkling_version()
    names = [part["bom-ref"] for part in bill["components"]]
    assert len(names) == len(set(names))
    parts = {part["name"].lower() for part in bill["components"]}
    assert {"pyside6_essentials", "onnxruntime", "literata", "tiny"} <= parts
    assert "pyinstaller" not in parts
    for part in bill["components"]:
        assert "hashes" in part or part["purl"].startswith("pkg:pypi/")


def test_programs_stay_programs_and_all_else_is_only_read(
    module: Module, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    starts = {
        "inkling": b"\x7fELF",
        "pandoc": b"\xcf\xfa\xed\xfe",
        "run.sh": b"#!/bin/sh",
        "a.so.1": b"\x7fELF",
        "b.dylib": b"\xcf\xfa\xed\xfe",
        "c.txt": b"text",
    }
    for name, start in starts.items():
        path = tmp_path / "bundle" / "inside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(start)
        path.chmod(0o777)
    module("bundle").date_all(tmp_path / "bundle")
    found = {path.name: path.stat() for path in (tmp_path / "bundle").rglob("*")}
    may_run = {name for name, stat in found.items() if stat.st_mode & 0o111}
    assert may_run == {"inside", "inkling", "pandoc", "run.sh"}
    assert {stat.st_mode & 0o022 for stat in found.values()} == {0}
    assert {int(stat.st_mtime) for stat in found.values()} == {1767225600}

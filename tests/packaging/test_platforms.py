"""What the packages of macOS, Flatpak and the workflows say, beside what the program is."""

from __future__ import annotations

import ast
import plistlib
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
MANIFEST = PACKAGING / "flatpak" / "org.inkling.Inkling.yaml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _plist(name: str) -> dict[str, Any]:
    return plistlib.loads((PACKAGING / "macos" / name).read_bytes())


def _workflow(name: str) -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


# --- macOS


def test_markdown_and_text_are_offered_without_taking_them_over() -> None:
    info = _plist("Info.plist")
    types = {name: each for each in info["CFBundleDocumentTypes"] for name in _names(each)}
    assert types.keys() == {"net.daringfireball.markdown", "public.plain-text"}
    for each in types.values():
        assert (each["LSHandlerRank"], each["CFBundleTypeRole"]) == ("Alternate", "Editor")
    (markdown,) = info["UTImportedTypeDeclarations"]
    assert markdown["UTTypeTagSpecification"]["public.filename-extension"] == ["md", "markdown"]


def _names(kind: dict[str, Any]) -> list[str]:
    return list(kind["LSItemContentTypes"])


def test_macos_hears_which_systems_and_languages_there_are() -> None:
    info = _plist("Info.plist")
    # As CONTRIBUTING.md says of the locked packages.
    assert info["LSMinimumSystemVersion"] == "14.0"
    assert info["NSHighResolutionCapable"] is True
    languages = {path.stem for path in (ROOT / "assets" / "translations").glob("*.ts")}
    assert len(info["CFBundleLocalizations"]) == 1 + len(languages)
    # The version has one source, which the bundle's description reads.
    assert not any(key.startswith("CFBundle") and "Version" in key for key in info)


@pytest.mark.parametrize("name", ["Info.plist", "entitlements.plist"])
def test_nothing_of_the_network_is_asked_for_on_macos(name: str) -> None:
    keys = _plist(name).keys()
    assert not [key for key in keys if re.search("network|NSLocal|Bonjour|Transport", key)]


def test_the_signed_program_may_no_more_than_python_needs() -> None:
    assert _plist("entitlements.plist") == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_the_script_of_the_disk_image_is_one_that_a_shell_reads() -> None:
    shell = shutil.which("sh")
    assert shell is not None
    subprocess.run([shell, "-n", PACKAGING / "macos" / "make-dmg.sh"], check=True)


# --- The bundle's description


def test_the_bundle_takes_along_all_that_the_program_looks_for() -> None:
    spec = (PACKAGING / "bundle" / "inkling.spec").read_text(encoding="utf-8")
    ast.parse(spec)
    for name in re.findall(r'ROOT / "([^"]+)"(?: / "([^"]+)")?(?: / "([^"]+)")?', spec):
        assert ROOT.joinpath(*filter(None, name)).exists(), name
    taken = set(re.findall(r'\(str\(ROOT / "([^"]+)"\), "', spec))
    assert {"assets", "LICENSE", "pyproject.toml"} <= taken


# --- Flatpak


def test_the_flatpak_has_no_network_and_only_the_documents() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert manifest["id"] == MANIFEST.stem
    arguments = manifest["finish-args"]
    assert "--share=network" not in arguments
    assert [each for each in arguments if "filesystem" in each] == ["--filesystem=xdg-documents"]
    assert {"--socket=wayland", "--socket=fallback-x11", "--device=dri"} <= set(arguments)
    (module,) = manifest["modules"]
    assert [source["path"] for source in module["sources"]] == ["../../dist/Inkling.AppDir"]


@pytest.mark.skipif(shutil.which("flatpak-builder") is None, reason="flatpak-builder is not here")
def test_flatpak_builder_reads_the_manifest() -> None:
    subprocess.run(["flatpak-builder", "--show-manifest", MANIFEST], check=True)


# --- Workflows


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_use_fixed_versions_and_may_only_read(path: Path) -> None:
    workflow = _workflow(path.name)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert re.fullmatch(r"[\w/-]+@v\d+\.\d+\.\d+", step.get("uses", "a/b@v1.0.0")), step


def test_the_packages_of_all_three_systems_are_tried_and_uploaded() -> None:
    (job,) = _workflow("packages.yml")["jobs"].values()
    systems = {each["os"].partition("-")[0] for each in job["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu", "windows", "macos"}
    steps = "\n".join(step.get("run", "") for step in job["steps"])
    assert "python dev.py package" in steps
    for command in re.findall(r'"\$PROGRAM" (\w+)', steps):
        assert command in COMMANDS
    assert {"doctor", "complete"} <= set(re.findall(r'"\$PROGRAM" (\w+)', steps))
    uploaded = next(step for step in job["steps"] if "upload" in step.get("uses", ""))
    assert {"dist/*.deb", "dist/*.exe", "dist/*.dmg", "dist/SHA256SUMS"} <= set(
        uploaded["with"]["path"].split()
    )


def test_the_tests_run_on_the_oldest_python_that_is_promised() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = pyproject["project"]["requires-python"].removeprefix(">=")
    for path in WORKFLOWS:
        assert f'python-version: "{oldest}"' in path.read_text(encoding="utf-8")
    steps = [step.get("run") for step in _workflow("tests.yml")["jobs"]["tests"]["steps"]]
    assert "python dev.py test" in steps

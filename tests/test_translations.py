"""The translations say everything that the program says, and nothing is left to be done.

When a test here fails after a change of words: `.venv/bin/pyside6-lupdate` the sources into the
.ts file, translate what is new, and `.venv/bin/pyside6-lrelease` it (CONTRIBUTING.md).
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assets" / "translations"
SOURCES = sorted(FOLDER.glob("*.ts")) or [FOLDER / "inkling_zh_CN.ts"]

Message = tuple[str, str, str, bool]

pytestmark = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)


def _tool(name: str, *arguments: str | Path) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(sysconfig.get_path("scripts")) / f"{name}{suffix}"
    command = [str(part) for part in (program, *arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _entries(path: Path) -> Iterator[tuple[Message, ElementTree.Element]]:
    """The messages in use, each with its translation."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            if translation.get("type") not in ("vanished", "obsolete"):
                yield (
                    (
                        context.findtext("name", ""),
                        message.findtext("source", ""),
                        message.findtext("comment", ""),
                        message.get("numerus") == "yes",
                    ),
                    translation,
                )


def _texts(translation: ElementTree.Element) -> list[str]:
    forms = translation.findall("numerusform")
    return [form.text or "" for form in forms or [translation]]


def test_every_message_of_the_program_is_in_the_file_and_no_other(source: Path, tmp_path: Path):
    fresh = tmp_path / source.name
    language = source.stem.removeprefix("inkling_")
    modules = sorted(path.relative_to(ROOT) for path in (ROOT / "app").rglob("*.py"))
    _tool("pyside6-lupdate", *modules, "-target-language", language, "-ts", fresh)
    wanted = {message for message, _ in _entries(fresh)}
    present = {message for message, _ in _entries(source)}
    assert wanted
    assert present - wanted == set(), "no longer in the program"
    assert wanted - present == set(), "not in the translation file"


def test_every_message_is_translated(source: Path):
    unfinished = [
        message
        for message, translation in _entries(source)
        if translation.get("type") == "unfinished" or not all(_texts(translation))
    ]
    assert unfinished == []


def test_translations_keep_the_places_for_values(source: Path):
    pattern = re.compile(r"\{[^{}]*\}|%L?\d|%n")
    differing = [
        (message[1], text)
        for message, translation in _entries(source)
        for text in _texts(translation)
        if set(pattern.findall(text)) != set(pattern.findall(message[1]))
    ]
    assert differing == []


def test_the_compiled_file_is_current(source: Path, tmp_path: Path):
    compiled = source.with_suffix(".qm")
    fresh = tmp_path / compiled.name
    _tool("pyside6-lrelease", source, "-qm", fresh)
    assert compiled.is_file(), f"{compiled.name} is missing"
    assert compiled.read_bytes() == fresh.read_bytes(), f"{compiled.name} is older than its source"

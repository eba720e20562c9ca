"""A person's styles: found, and erased without a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import EngineError, InvalidRequest, StyleFolders, erase_style, list_styles

_REPORT = {"base": "tiny", "keystrokes_saved_after": 0.4, "installed": None}


@pytest.fixture
def folders(tmp_path: Path) -> StyleFolders:
    places = (tmp_path / each for each in ("training", "adapters", "models", "adapted"))
    return StyleFolders(*places)


def _put(path: Path, record: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record), encoding="utf-8")


def _begin(folders: StyleFolders, name: str) -> None:
    asked = {"base": "tiny", "folder": ["/texts"], "minutes": 30.0}
    _put(folders.work / name / "plan.json", {"asked": asked, "plan": {}})
    _put(folders.work / name / "texts.json", {"training": ["what I wrote"]})


def _teach(folders: StyleFolders, name: str, **more: object) -> None:
    _put(folders.work / name / "report.json", _REPORT | more)
    _put(folders.adapters / name / "adapter.json", {"task": "style", "model": "tiny"})


def test_what_is_taught_and_what_is_begun_is_found(folders: StyleFolders) -> None:
    assert list_styles(folders) == []
    _begin(folders, "novel")
    _teach(folders, "letters")
    _put(folders.work / "notes" / "report.json", _REPORT)
    _put(folders.adapters / "other" / "adapter.json", {"task": "proofread", "model": "tiny"})
    _put(folders.work / "pretrained" / "plan.json", {"asked": {"preset": {}}, "total": 9})
    _put(folders.work / "damaged" / "plan.json", ["asked"])
    letters, notes, novel = list_styles(folders)
    assert (letters.name, letters.adapter, letters.begun) == ("letters", True, False)
    assert letters.report["keystrokes_saved_after"] == 0.4
    assert (notes.name, notes.adapter) == ("notes", False)
    assert (novel.name, novel.begun, novel.paths) == ("novel", True, (Path("/texts"),))
    assert novel.minutes == 30.0
    assert novel.base == "tiny"


def test_erasing_leaves_nothing_of_it_and_all_else(folders: StyleFolders) -> None:
    _begin(folders, "novel")
    _teach(folders, "letters", installed=str(folders.models / "letters"))
    _put(folders.models / "letters" / "model.json", {})
    _put(folders.models / "novel" / "model.json", {})
    _put(folders.merged / "tiny+letters-0123" / "model.json", {})
    erase_style("novel", folders)
    assert not (folders.work / "novel").exists()
    assert (folders.models / "novel").exists()  # a model of that name which is none of its own
    erase_style("letters", folders)
    left = [each.relative_to(folders.work.parent) for each in folders.work.parent.rglob("*.json")]
    assert left == [Path("models/novel/model.json")]
    with pytest.raises(InvalidRequest, match="no style called 'letters'"):
        erase_style("letters", folders)
    with pytest.raises(InvalidRequest):
        erase_style("../models", folders)


def test_what_cannot_be_erased_is_said(
    folders: StyleFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    _teach(folders, "letters")

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("shutil.rmtree", refuse)
    with pytest.raises(EngineError, match=r"could not be erased: .*Permission denied"):
        erase_style("letters", folders)

"""``inkling dictionaries``: listing, importing and removing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Inkling = Callable[..., int]


def test_a_dictionary_can_be_imported_listed_and_removed(
    inkling: Inkling, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "de_AT.aff").write_text("SET UTF-8\n")
    (tmp_path / "de_AT.dic").write_text("1\nJänner\n", encoding="utf-8")
    assert inkling("dictionaries", "import", str(tmp_path / "de_AT.aff"), "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record == {"name": "de_AT", "folder": str(home / "dictionaries"), "imported": True}

    assert inkling("dictionaries", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["dictionaries"]
    assert record in listed
    assert {"en_US", "en_GB"} <= {each["name"] for each in listed}
    assert inkling("dictionaries", "list") == 0
    assert "de_AT" in capsys.readouterr().out

    assert inkling("dictionaries", "remove", "de_AT") == 0
    assert not list((home / "dictionaries").iterdir())


def test_what_is_wrong_with_a_dictionary_is_said(
    inkling: Inkling, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inkling("dictionaries", "import", str(tmp_path / "de_AT.dic")) == 1
    assert "no such file" in capsys.readouterr().err
    assert inkling("dictionaries", "remove", "en_US") == 1
    assert "was not imported" in capsys.readouterr().err
    assert inkling("dictionaries", "remove", "xx") == 1
    assert "no dictionary xx" in capsys.readouterr().err

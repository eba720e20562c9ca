"""``inkling styles``: listing, using, going back and erasing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Inkling = Callable[..., int]


@pytest.fixture
def letters(home: Path) -> Path:
    adapter = home / "adapters" / "letters"
    adapter.mkdir(parents=True)
    about = {"task": "style", "model": "tiny"}
    (adapter / "adapter.json").write_text(json.dumps(about), encoding="utf-8")
    return adapter


def test_a_style_is_listed_used_left_and_erased(
    inkling: Inkling, home: Path, letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def used() -> dict[str, bool]:
        assert inkling("styles", "list", "--json") == 0
        listed = json.loads(capsys.readouterr().out)["styles"]
        return {each["name"]: each["used"] for each in listed}

    assert used() == {"letters": False}
    assert inkling("styles", "use", "letters", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"style": "letters"}
    assert used() == {"letters": True}
    assert inkling("styles", "list") == 0
    assert capsys.readouterr().out.startswith("* letters")
    assert inkling("styles", "revert") == 0
    capsys.readouterr()
    assert used() == {"letters": False}
    assert inkling("styles", "use", "letters") == 0
    assert inkling("styles", "erase", "letters") == 0
    assert "was erased" in capsys.readouterr().out
    assert not letters.exists()
    settings = json.loads((home / "settings.json").read_text(encoding="utf-8"))
    assert settings["style"] == ""
    assert used() == {}


def test_what_is_not_there_is_said(inkling: Inkling, capsys: pytest.CaptureFixture[str]) -> None:
    assert inkling("styles", "use", "novel") == 1
    assert "no style novel" in capsys.readouterr().err
    assert inkling("styles", "erase", "novel") == 1
    assert "no style called 'novel'" in capsys.readouterr().err
    assert inkling("styles", "list") == 0
    assert "none yet" in capsys.readouterr().out

"""``inkling train``: what it says before and after the other process has worked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import train as train_module
from app.core import teaching

Inkling = Callable[..., int]
_MODELS = Path(__file__).parents[3] / "build" / "models"


def test_without_torch_it_says_what_to_install(
    inkling: Inkling, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(teaching, "find_spec", lambda _: None)
    assert inkling("train", "task", "--data", "a", "--weights", "b", "--name", "c") == 1
    assert "extra 'train'" in capsys.readouterr().err


def test_a_packaged_program_says_where_training_is_to_be_had(
    inkling: Inkling, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert inkling("train", "task", "--data", "a", "--weights", "b", "--name", "c") == 1
    assert "pipx install 'inkling[train]'" in capsys.readouterr().err


@pytest.mark.model
def test_what_cannot_be_trained_ends_in_a_sentence(
    inkling: Inkling,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("torch")
    monkeypatch.setenv("INKLING_MODELS", str(_MODELS))
    data = tmp_path / "pairs.jsonl"
    data.write_text('{"prompt": "a"}\n', encoding="utf-8")
    code = inkling("train", "task", "--data", str(data), "--weights", str(data), "--name", "c")
    assert code == 1
    assert "Line 1 of pairs.jsonl" in capfd.readouterr().err


def test_texts_that_are_not_there_end_in_a_sentence(
    inkling: Inkling, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch")
    assert inkling("train", "pretrain", "--corpus", str(tmp_path / "gone"), "--name", "c") == 1
    assert "There is no file or folder" in capfd.readouterr().err


@pytest.mark.parametrize("code", [130, -9])
def test_pretraining_that_is_stopped_says_how_to_go_on(
    code: int,
    inkling: Inkling,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(train_module, "lacking", lambda: None)
    stopped = subprocess.CompletedProcess([], code, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: stopped)
    assert inkling("train", "pretrain", "--corpus", "a", "--name", "c") == 130
    assert "The same command goes on" in capsys.readouterr().err

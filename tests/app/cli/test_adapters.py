"""Adapters from the command line: named, found by their task, and listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.random_adapter import write_random_adapter
from engine import AdapterNotFound, AdapterStatus
from engine.store.manifest import Manifest

_MODEL = Manifest(
    name="fake",
    architecture="llama",
    precision="int8",
    layers=1,
    hidden=32,
    heads=2,
    kv_heads=1,
    head_dim=16,
    ffn=32,
    vocab=40,
    context=64,
    parameters=1,
    bos_id=None,
    eos_id=0,
    add_bos=False,
    stop_ids=(0,),
    source="",
    licence="",
    files={},
)


@pytest.fixture
def own_adapter(home: Path) -> Path:
    """An adapter for proofreading with the model of the test engine, in the person's folder."""
    folder = home / "adapters" / "fixer"
    write_random_adapter(folder, _MODEL, "proofread", prompt="Text: {text}\nCorrected:")
    return folder


def test_proofreading_asks_the_adapter_that_there_is_for_it(
    inkling: Callable[..., int], engine, own_adapter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.answer = "He goes home."
    engine.set_status(replace(engine.status(), adapters=(AdapterStatus("fixer", 1.0, ready=True),)))
    source = "He go home.\n\nHe go home.\n"
    assert inkling("rewrite", "--action", "proofread", "--text", source, "--json") == 0
    assert json.loads(capsys.readouterr().out)["adapter"] == "fixer"
    assert engine.prepared == ["fixer"]
    assert [each.adapter for each in engine.requests] == ["fixer", "fixer"]
    assert engine.requests[0].prompt == "Text: He go home.\nCorrected:"

    assert inkling("rewrite", "--action", "shorter", "--text", source) == 0
    assert engine.requests[-1].adapter == ""


def test_an_adapter_by_name_answers_everything(
    inkling: Callable[..., int],
    engine,
    own_adapter: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine.set_status(replace(engine.status(), adapters=(AdapterStatus("fixer", 1.0, ready=True),)))
    assert inkling("complete", "The old", "--adapter", "fixer") == 0
    assert inkling("rewrite", "--action", "shorter", "The old", "--adapter", "fixer") == 0
    assert engine.prepared == ["fixer", "fixer"]
    assert [each.adapter for each in engine.requests] == ["fixer", "fixer"]
    failed = AdapterStatus("fixer", 0.0, ready=False, error=AdapterNotFound("There is none."))
    engine.set_status(replace(engine.status(), adapters=(failed,)))
    assert inkling("complete", "The old", "--adapter", "fixer") == 1
    assert "There is none." in capsys.readouterr().err


def test_adapters_are_listed_beside_models(
    inkling: Callable[..., int], own_adapter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inkling("models", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["adapters"]
    mine = next(each for each in listed if each["name"] == "fixer")
    assert (mine["task"], mine["model"], mine["path"]) == ("proofread", "fake", str(own_adapter))
    assert inkling("models", "list") == 0
    assert "adapter for fake: proofread" in capsys.readouterr().out

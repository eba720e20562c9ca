"""Fine-tuning end to end on a tiny model: it learns, repeats itself, and fails cleanly."""

from __future__ import annotations

import itertools
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from engine import GenerationRequest, InvalidRequest, LocalEngine, UnsupportedModel
from engine.export.package import open_source
from engine.export.weights import DecoderWeights

torch = pytest.importorskip("torch")
from engine.train.adapting import Event  # noqa: E402
from engine.train.control import Control, Stopped  # noqa: E402
from engine.train.examples import Batch, TrainingDataUnusable  # noqa: E402
from engine.train.gpt import load_weights  # noqa: E402
from engine.train.lora import LoraSettings, add_lora  # noqa: E402
from engine.train.task import TaskReport, TaskSettings, train_task  # noqa: E402
from engine.train.trainer import (  # noqa: E402
    TrainingFailed,
    TrainingSettings,
    rate_at,
    train,
)


@pytest.fixture
def folder(tmp_path: Path, tiny_model: Path) -> Path:
    """A person's folder of models with the tiny one in it."""
    shutil.copytree(tiny_model, tmp_path / "models" / "tiny")
    return tmp_path / "models"


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    lines = [
        json.dumps({"prompt": f"the {word} says", "answer": " nothing at all"})
        for word in ("keeper", "cat", "sea", "lamp", "rope") * 12
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def settings(pairs: Path, weights: Path | None, **changes: object) -> TaskSettings:
    values = {"rows": 8, "epochs": 4.0, "rate": 2e-2, "plain": True, "lora": LoraSettings(8, 16.0)}
    values["work"] = pairs.parent / "training"
    return TaskSettings(pairs, "tiny", weights, "taught", **(values | changes))


def run(task: TaskSettings, folder: Path, control: Control | None = None) -> TaskReport:
    return train_task(task, [folder], control or Control(), lambda _: None)


def stopping_at(number: int) -> tuple[Control, Event]:
    """What stops training after so many steps."""
    control = Control()

    def listen(event: Mapping[str, object]) -> None:
        if event.get("step") == number:
            control.tell("stop")

    return control, listen


def test_a_model_learns_its_examples_and_is_installed(
    pairs: Path, tiny_gguf: Path, folder: Path
) -> None:
    report = run(settings(pairs, tiny_gguf), folder)
    assert report.perplexity_after < 0.05 * report.perplexity_before
    engine = LocalEngine(folder / "taught")
    result = engine.generate(GenerationRequest("the cat says", max_tokens=24))
    assert engine.close()
    assert result.text == " nothing at all"


def test_the_installed_model_is_enough_to_train_on(pairs: Path, folder: Path) -> None:
    report = run(settings(pairs, None), folder)
    assert report.perplexity_after < 0.05 * report.perplexity_before
    assert (folder / "taught" / "model.json").is_file()


def test_the_same_seed_trains_the_same_model(
    pairs: Path, tiny_gguf: Path, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    first = run(settings(pairs, tiny_gguf, epochs=1.0, seed=3), folder)
    second = run(settings(pairs, tiny_gguf, epochs=1.0, seed=3), other)
    assert first.perplexity_after == second.perplexity_after
    weights = "model.weights"
    assert (folder / "taught" / weights).read_bytes() == (other / "taught" / weights).read_bytes()


def test_what_cannot_be_trained_on_leaves_nothing(
    tiny_gguf: Path, folder: Path, tmp_path: Path, pairs: Path
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text('{"prompt": "a", "answer": "b"}\n', encoding="utf-8")
    with pytest.raises(TrainingDataUnusable, match="1 examples"):
        run(settings(few, tiny_gguf), folder)
    with pytest.raises(InvalidRequest, match="there already"):
        run(replace(settings(pairs, tiny_gguf), name="tiny"), folder)
    assert [each.name for each in folder.iterdir()] == ["tiny"]


def test_what_was_stopped_goes_on_to_the_same_adapter(
    pairs: Path, tiny_gguf: Path, folder: Path, tmp_path: Path
) -> None:
    whole = settings(pairs, tiny_gguf, adapter=tmp_path / "whole", work=tmp_path / "once")
    run(whole, folder)
    halved = settings(pairs, tiny_gguf, adapter=tmp_path / "halved", work=tmp_path / "often")
    for number in (3, 9):
        control, listen = stopping_at(number)
        with pytest.raises(Stopped):
            train_task(halved, [folder], control, listen)
    report = run(halved, folder)
    assert report.adapter == str(tmp_path / "halved" / "taught")
    name = Path("taught", "adapter.safetensors")
    assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "halved" / name).read_bytes()
    assert not list((tmp_path / "often" / "taught").glob("state-*"))


def test_choices_are_learnt_and_measured_by_their_probabilities(
    tiny_gguf: Path, folder: Path, tmp_path: Path
) -> None:
    labels = {"cat": " good", "sea": " good", "lamp": " bad", "rope": " bad"}
    path = tmp_path / "choices.jsonl"
    lines = [
        json.dumps({"prompt": f"the {word}", "answer": label, "choices": [" good", " bad"]})
        for word, label in labels.items()
    ]
    path.write_text("\n".join(lines * 15), encoding="utf-8")
    report = run(settings(path, tiny_gguf), folder)
    assert report.accuracy_before is not None
    assert report.accuracy_after == 1.0 > report.accuracy_before


def test_begun_training_of_other_examples_is_left_as_it_is(
    pairs: Path, tiny_gguf: Path, folder: Path
) -> None:
    control, listen = stopping_at(2)
    with pytest.raises(Stopped):
        train_task(settings(pairs, tiny_gguf), [folder], control, listen)
    with pytest.raises(InvalidRequest, match="has begun with other"):
        run(settings(pairs, tiny_gguf, rate=1e-3), folder)
    assert run(settings(pairs, tiny_gguf), folder).perplexity_after < 2


def test_an_adapter_notes_its_prompt_and_is_where_the_next_one_begins(
    pairs: Path, tiny_gguf: Path, folder: Path, tmp_path: Path
) -> None:
    made = {"adapter": tmp_path / "adapters", "prompt": "Say: {text}\nSaid:", "task": "proofread"}
    first = settings(pairs, tiny_gguf, licence="CC0-1.0", **made)
    report = run(first, folder)
    note = json.loads((tmp_path / "adapters" / "taught" / "adapter.json").read_text("utf-8"))
    assert (note["task"], note["prompt"]) == ("proofread", "Say: {text}\nSaid:")
    assert (note["model"], note["licence"], note["rank"]) == ("tiny", "CC0-1.0", 8)
    tensors = tmp_path / "adapters" / "taught" / "adapter.safetensors"
    further = replace(settings(pairs, tiny_gguf, start=tensors, epochs=0.2, **made), name="more")
    second = run(further, folder)
    # An adapter is kept in float16, which moves the figure a little.
    assert second.perplexity_before == pytest.approx(report.perplexity_after, rel=0.02)
    wrong = replace(further, name="wrong", lora=LoraSettings(4, 8.0))
    with pytest.raises(UnsupportedModel, match="another model, rank"):
        run(wrong, folder)


def test_an_undefined_loss_is_skipped_and_ends_training_when_it_stays(tiny_gguf: Path) -> None:
    model = load_weights(DecoderWeights(open_source(tiny_gguf)))
    trained = add_lora(model, LoraSettings(rank=2))
    before = [each.detach().clone() for each in trained]
    with torch.no_grad():
        model.norm.weight.fill_(math.nan)
    batch = Batch(torch.tensor([[1, 2, 3]]), torch.tensor([[2, 3, 4]]))

    def endless() -> Iterable[Batch]:
        while True:
            yield batch

    steps = []
    with pytest.raises(TrainingFailed, match="unchanged"):
        steps.extend(train(model, trained, endless(), TrainingSettings(50), half=False))
    for each, old in zip(trained, before, strict=True):
        assert torch.equal(each, old)


def test_the_rate_rises_and_falls() -> None:
    plan = TrainingSettings(steps=100, rate=1.0, warm_up=10)
    rates = [rate_at(step, plan) for step in range(100)]
    assert rates[:10] == pytest.approx([0.1 * number for number in range(1, 11)])
    assert all(later <= earlier for earlier, later in itertools.pairwise(rates[10:]))
    assert rates[-1] == pytest.approx(0.1, abs=0.01)


def test_from_the_command_line_of_the_engine(pairs: Path, tiny_gguf: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "engine.train", "task", "--data", str(pairs), "--plain"]
    command += ["--model", "tiny", "--weights", str(tiny_gguf), "--name", "taught", "--epochs", "1"]
    command += ["--folders", str(folder), "--work", str(folder.parent / "training")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["perplexity_after"] < record["perplexity_before"]
    assert "step 3 of 3" in done.stderr
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1
    assert "there already" in again.stderr

"""Fine-tuning end to end on a tiny model: it learns, repeats itself, and fails cleanly."""

from __future__ import annotations

import itertools
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine import GenerationRequest, InvalidRequest, LocalEngine
from engine.export.package import open_source
from engine.export.weights import DecoderWeights

torch = pytest.importorskip("torch")
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
    return TaskSettings(pairs, "tiny", weights, "taught", **(values | changes))


def run(task: TaskSettings, folder: Path) -> TaskReport:
    return train_task(task, [folder], lambda *_: None)


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
        train_task(
            TaskSettings(pairs, "tiny", tiny_gguf, "tiny", plain=True, epochs=0.1),
            [folder],
            lambda *_: None,
        )
    assert [each.name for each in folder.iterdir()] == ["tiny"]


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
    command += ["--folders", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["perplexity_after"] < record["perplexity_before"]
    assert "step 3 of 3" in done.stderr
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1
    assert "there already" in again.stderr

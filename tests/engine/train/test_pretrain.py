"""Pre-training end to end on a very small model: it learns, goes on exactly, and fails cleanly."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine import EngineError, GenerationRequest, InvalidRequest, LocalEngine

torch = pytest.importorskip("torch")
from torch import Tensor  # noqa: E402

from engine.train import limits, trainer  # noqa: E402
from engine.train import pretrain as module  # noqa: E402
from engine.train.examples import Batch, TrainingDataUnusable  # noqa: E402
from engine.train.gpt import GPT  # noqa: E402
from engine.train.presets import PRESETS, Preset, make_model  # noqa: E402
from engine.train.pretrain import PretrainReport, PretrainSettings, pretrain  # noqa: E402
from engine.train.trainer import Step  # noqa: E402

_PRESET = Preset(
    320, 2, 32, 2, 64, 32, rows=4, accumulate=2, rate=1e-2, steps=24, check_every=6, patience=9
)
_WORDS = ("keeper", "lamp", "sea", "rope", "gull", "storm", "boat")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    lines = (
        f"The {_WORDS[number % 7]} of day {number} saw the {_WORDS[number * number % 5]}."
        for number in range(700)
    )
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def _settings(corpus: Path, place: Path, **changes: object) -> PretrainSettings:
    values = {"name": "mine", "work": place / "training", "preset": _PRESET}
    return PretrainSettings((corpus,), **(values | changes))


def _run(
    settings: PretrainSettings, on_step: Callable[[Step], None] = lambda _: None
) -> tuple[PretrainReport, list[Step]]:
    steps = []

    def on_progress(stage: str, step: Step | None) -> None:
        if step is not None:
            on_step(step)
            steps.append(step)

    return pretrain(settings, [settings.work.parent / "models"], on_progress), steps


def _interrupt_at(number: int) -> Callable[[Step], None]:
    def stop(step: Step) -> None:
        if step.number == number:
            raise KeyboardInterrupt

    return stop


def test_a_model_learns_from_texts_and_continues_them(corpus: Path, tmp_path: Path) -> None:
    report, steps = _run(_settings(corpus, tmp_path))
    assert report.perplexity_after < 0.25 * report.perplexity_before
    assert report.perplexity_before == pytest.approx(report.vocabulary, rel=0.2)
    assert report.ngram_perplexity is not None
    assert report.ngram_perplexity < report.perplexity_before
    assert report.tokens == len(steps) * 2 * 4 * 32
    engine = LocalEngine(tmp_path / "models" / "mine")
    result = engine.generate(GenerationRequest("The keeper of", max_tokens=8))
    assert engine.close()
    assert " day" in result.text
    kept = tmp_path / "training" / "mine"
    assert json.loads((kept / "report.json").read_text())["model"] == "mine"
    assert ElementTree.parse(kept / "curve.svg").getroot().tag.endswith("svg")
    assert not list(kept.glob("*.safetensors"))


def test_training_that_was_stopped_goes_on_bit_for_bit(corpus: Path, tmp_path: Path) -> None:
    straight, steps = _run(_settings(corpus, tmp_path / "straight"))
    broken = _settings(corpus, tmp_path / "broken")
    for stopped in (3, 17):
        with pytest.raises(KeyboardInterrupt):
            _run(broken, _interrupt_at(stopped))
    assert not (tmp_path / "broken" / "models" / "mine").exists()
    resumed, later = _run(broken)
    assert [(each.number, each.loss) for each in later] == [
        (each.number, each.loss) for each in steps[12:]
    ]
    changed = {"minutes": 0.0, "folder": ""}
    assert dataclasses.replace(resumed, **changed) == dataclasses.replace(straight, **changed)
    weights = "models/mine/model.weights"
    one, other = (tmp_path / place / weights for place in ("straight", "broken"))
    assert one.read_bytes() == other.read_bytes()


def test_a_state_of_another_training_is_not_gone_on_with(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _run(_settings(corpus, tmp_path), _interrupt_at(8))
    with pytest.raises(InvalidRequest, match="other texts or options"):
        _run(_settings(corpus, tmp_path, seed=1))
    state = next((tmp_path / "training" / "mine").glob("state-*.safetensors"))
    state.write_bytes(state.read_bytes()[:1000])
    with pytest.raises(EngineError, match="damaged"):
        _run(_settings(corpus, tmp_path))


def test_it_ends_when_it_gets_no_better_and_keeps_the_best(corpus: Path, tmp_path: Path) -> None:
    wild = dataclasses.replace(_PRESET, rate=3.0, steps=60, check_every=2, patience=3)
    report, _ = _run(_settings(corpus, tmp_path, preset=wild))
    assert report.steps == report.best_step + 3 * 2
    assert report.steps < 60


def test_minutes_settle_how_many_steps_there_are(corpus: Path, tmp_path: Path) -> None:
    report, steps = _run(_settings(corpus, tmp_path, minutes=1e-6))
    assert report.steps == steps[-1].steps == 20


def test_a_loss_that_stays_undefined_ends_it_and_a_lower_rate_goes_on(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        real = trainer.loss_sum

        def loss_sum(model: GPT, batch: Batch) -> Tensor:
            return real(model, batch) * (float("nan") if model.training and seen else 1.0)

        seen: list[Step] = []

        def on_step(step: Step) -> None:
            if step.number == 7:
                seen.append(step)

        broken.setattr(trainer, "loss_sum", loss_sum)
        with pytest.raises(trainer.TrainingFailed, match="lower --rate"):
            _run(_settings(corpus, tmp_path), on_step)
    report, later = _run(_settings(corpus, tmp_path, rate=1e-3))
    assert later[0].number == 13
    assert later[0].rate < 1e-3
    assert report.perplexity_after < report.perplexity_before


def test_a_full_disk_and_a_taken_name_are_said_before_anything(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
        with pytest.raises(EngineError, match="Make room"):
            _run(_settings(corpus, tmp_path))
    (tmp_path / "models" / "mine").mkdir(parents=True)
    with pytest.raises(InvalidRequest, match="there already"):
        _run(_settings(corpus, tmp_path))
    with pytest.raises(InvalidRequest, match="cannot be a model's name"):
        _run(_settings(corpus, tmp_path, name="../mine"))


def test_little_memory_makes_smaller_batches_and_none_is_a_sentence(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = sum(each.numel() for each in make_model(_PRESET, 320).parameters())
    config = module.shapes(_PRESET, 320)
    two = limits.bytes_needed(config, parameters, parameters, 2 * _PRESET.context)
    with monkeypatch.context() as little:
        little.setattr(limits, "available_memory", lambda: two)
        _, steps = _run(_settings(corpus, tmp_path, steps=3), _interrupt_at(99))
        assert {step.tokens for step in steps} == {8 * _PRESET.context}
    with monkeypatch.context() as none:
        none.setattr(limits, "available_memory", lambda: 1000)
        with pytest.raises(limits.TooLittleMemory, match="Close other programs"):
            _run(_settings(corpus, tmp_path, name="other"))


def test_a_disk_that_gets_full_while_training_loses_nothing(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, calls = module.save_state, []

    def fails(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        save(*arguments)

    monkeypatch.setattr(module, "save_state", fails)
    with pytest.raises(OSError, match="No space"):
        _run(_settings(corpus, tmp_path))
    _, later = _run(_settings(corpus, tmp_path))
    assert [each.number for each in later] == list(range(7, 25))


def test_presets_start_as_gpt_2_does() -> None:
    model = make_model(PRESETS["tiny"], 4096)
    assert 3e6 < sum(each.numel() for each in model.parameters()) < 5e6
    model.requires_grad_(requires_grad=False)
    assert float(model.embedding.weight.std()) == pytest.approx(0.02, rel=0.02)
    layer = model.layers[3]
    assert float(layer.attention.qkv.weight.std()) == pytest.approx(0.02, rel=0.02)
    for matrix in (layer.attention.output.weight, layer.ffn.down.weight):
        assert float(matrix.std()) == pytest.approx(0.02 / 12**0.5, rel=0.02)
    with torch.device("meta"):
        small = make_model(PRESETS["small"], 8192)
    assert 28e6 < sum(each.numel() for each in small.parameters()) < 35e6


def test_from_the_command_line_of_the_engine(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "engine.train", "pretrain", "--preset", "tiny"]
    command += ["--name", "mine", "--steps", "2", "--work", str(tmp_path / "training")]
    command += ["--folders", str(tmp_path / "models"), "--corpus"]
    done = subprocess.run([*command, str(corpus)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["perplexity_after"] < record["perplexity_before"]
    assert "step 2 of 2" in done.stderr


def test_texts_with_nothing_to_learn_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "same.txt"
    path.write_text("ha " * 9000, encoding="utf-8")
    with pytest.raises(TrainingDataUnusable, match="are the fewest"):
        _run(_settings(path, tmp_path, preset=dataclasses.replace(_PRESET, context=4096)))

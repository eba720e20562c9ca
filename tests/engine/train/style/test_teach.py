"""A style taught to a very small model, end to end: it learns, goes on exactly, fails cleanly."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine import EngineError, InvalidRequest
from engine.export.safetensors import SafetensorsFile

torch = pytest.importorskip("torch")
from torch import Tensor  # noqa: E402

from engine.train import trainer  # noqa: E402
from engine.train.control import Control, Stopped  # noqa: E402
from engine.train.examples import Batch, TrainingDataUnusable  # noqa: E402
from engine.train.gpt import GPT  # noqa: E402
from engine.train.lora import LoraSettings  # noqa: E402
from engine.train.style import judge  # noqa: E402
from engine.train.style.settings import StyleSettings  # noqa: E402
from engine.train.style.teach import StyleReport, estimate_style, train_style  # noqa: E402

_PEOPLE = ("The keeper", "A gull", "The boat", "Her daughter", "The storm")
_DOES = ("waits for", "forgets", "remembers", "follows", "hides from")
Events = list[Mapping[str, object]]


@pytest.fixture(autouse=True)
def _few_carets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "_CARETS", 60)
    monkeypatch.setattr(judge, "_MOST_SCORED", 6_000)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(14):
        lines = (
            f"{_PEOPLE[(number + line) % 5]} {_DOES[line * line % 5]} the sea of day {line}, "
            f"and {_PEOPLE[line % 4].lower()} {_DOES[(line + number) % 5]} the lamp."
            for line in range(30)
        )
        (folder / f"{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def models(tiny_model: Path, tmp_path: Path) -> Path:
    shutil.copytree(tiny_model, tmp_path / "models" / "tiny")
    return tmp_path / "models"


def _settings(texts: Path, place: Path, **changes: object) -> StyleSettings:
    values: dict[str, object] = {
        "merged": True,
        "rate": 1e-2,
        "length": 48,
        "epochs": 0.6,
        "threads": 1,
        "lora": LoraSettings(8, 16.0),
    }
    work, adapters = place / "training", place / "adapters"
    return StyleSettings((texts,), "tiny", "mine", work, adapters, **(values | changes))


def _run(
    settings: StyleSettings, models: Path, on_event: Callable[..., None] = lambda *_: None
) -> tuple[StyleReport, Events]:
    control, events = Control(), []

    def hear(event: Mapping[str, object]) -> None:
        events.append(event)
        on_event(event, control)

    return train_style(settings, [models], control, hear), events


def _stop_at(step: int) -> Callable[[Mapping[str, object], Control], None]:
    def stop(event: Mapping[str, object], control: Control) -> None:
        if event["event"] == "step" and event["step"] == step:
            control.tell("stop")

    return stop


def test_what_is_better_becomes_an_adapter_and_a_model(
    texts: Path, models: Path, tmp_path: Path
) -> None:
    report, events = _run(_settings(texts, tmp_path), models)
    assert report.better
    assert report.perplexity_after < 0.5 * report.perplexity_before
    assert report.documents == 11
    assert report.held_out_documents == 2
    assert report.words > 5 * report.held_out_words > 0
    assert report.prompt
    assert report.samples == 16
    about = json.loads((tmp_path / "adapters/mine/adapter.json").read_text(encoding="utf-8"))
    assert (about["format"], about["task"], about["model"]) == (1, "style", "tiny")
    assert (about["rank"], about["alpha"], about["layers"]) == (8, 16.0, 2)
    tensors = SafetensorsFile(tmp_path / "adapters/mine/adapter.safetensors")
    assert tensors.shapes()["layers.1.ffn.down.up"] == (64, 8)
    assert (models / "mine" / "model.json").is_file()
    kept = tmp_path / "training" / "mine"
    assert sorted(each.name for each in kept.iterdir()) == ["curve.svg", "report.json"]
    assert ElementTree.parse(kept / "curve.svg").getroot().tag.endswith("svg")
    told = [each["event"] for each in events]
    assert told.index("corpus") < told.index("plan") < told.index("step")
    assert [each["left"] for each in events if each["event"] == "step"][-1] > 0
    with pytest.raises(InvalidRequest, match="there already"):
        _run(_settings(texts, tmp_path), models)


def test_training_that_was_stopped_goes_on_to_the_same_adapter(
    texts: Path, models: Path, tmp_path: Path
) -> None:
    changes = {"merged": False}
    straight, _ = _run(_settings(texts, tmp_path / "one", **changes), models)
    broken = _settings(texts, tmp_path / "two", **changes)
    for step in (3, 11):
        with pytest.raises(Stopped):
            _run(broken, models, _stop_at(step))
    assert not broken.adapters.exists()
    # What the person wrote meanwhile is for another time.
    (texts / "new.txt").write_text("Quite another thing. " * 2000, encoding="utf-8")
    resumed, events = _run(broken, models)
    assert next(each["step"] for each in events if each["event"] == "step") == 12
    changed = {"minutes": 0.0, "folder": "", "adapter": "", "tokens_per_s": 0.0}
    assert dataclasses.replace(resumed, **changed) == dataclasses.replace(straight, **changed)
    one, two = (tmp_path / each / "adapters/mine/adapter.safetensors" for each in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_pause_waits_and_finish_takes_what_there_is(
    texts: Path, models: Path, tmp_path: Path
) -> None:
    def tell(event: Mapping[str, object], control: Control) -> None:
        if event["event"] == "step":
            control.tell("pause" if event["step"] == 4 else "")
            control.tell("finish" if event["step"] == 9 else "")
        if event["event"] == "paused":
            assert list((tmp_path / "training/mine").glob("state-4.safetensors"))
            control.tell("resume")

    report, events = _run(_settings(texts, tmp_path), models, tell)
    told = [each["event"] for each in events]
    assert told.count("paused") == told.count("resumed") == 1
    assert report.steps == report.best_step == 9
    assert report.better


def test_what_is_no_better_is_not_kept(texts: Path, models: Path, tmp_path: Path) -> None:
    report, _ = _run(_settings(texts, tmp_path, rate=1e-9), models)
    assert not report.better
    assert report.adapter is report.installed is None
    assert not (tmp_path / "adapters").exists()
    assert not (models / "mine").exists()


def test_it_ends_when_it_gets_no_better(texts: Path, models: Path, tmp_path: Path) -> None:
    wild = _settings(texts, tmp_path, rate=100.0, epochs=2.0)
    report, events = _run(wild, models)
    steps = next(each["steps"] for each in events if each["event"] == "step")
    assert report.steps < steps
    assert report.best_step < report.steps


def test_an_undefined_loss_is_skipped_and_said(
    texts: Path,
    models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, training = trainer.loss_sum, []

    def loss_sum(model: GPT, batch: Batch) -> Tensor:
        training.append(model.training)
        return real(model, batch) * (float("nan") if sum(training) == 9 else 1.0)

    monkeypatch.setattr(trainer, "loss_sum", loss_sum)
    report, events = _run(_settings(texts, tmp_path), models)
    skipped = [each for each in events if each["event"] == "step" and each["skipped"]]
    assert [each["loss"] for each in skipped] == [None]
    assert report.skipped_steps == 1
    assert report.better


def test_other_options_and_damaged_files_are_not_gone_on_with(
    texts: Path, models: Path, tmp_path: Path
) -> None:
    settings = _settings(texts, tmp_path)
    with pytest.raises(Stopped):
        _run(settings, models, _stop_at(6))
    with pytest.raises(InvalidRequest, match="other options"):
        _run(dataclasses.replace(settings, seed=5), models)
    kept = tmp_path / "training" / "mine"
    whole = (kept / "texts.json").read_bytes()
    (kept / "texts.json").write_bytes(whole[:100])
    with pytest.raises(EngineError, match="damaged"):
        _run(settings, models)
    (kept / "texts.json").write_bytes(whole)
    state = next(kept.glob("state-*.safetensors"))
    state.write_bytes(state.read_bytes()[:1000])
    with pytest.raises(EngineError, match="damaged"):
        _run(settings, models)


def test_texts_that_will_not_do_are_said(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    settings = _settings(folder, tmp_path)
    with pytest.raises(TrainingDataUnusable, match="only 0 characters"):
        _run(settings, models)
    (folder / "a.txt").write_text("Too short to learn from.", encoding="utf-8")
    with pytest.raises(TrainingDataUnusable, match="only 24 characters"):
        estimate_style(settings, [models], lambda _: None)
    with pytest.raises(TrainingDataUnusable, match="no file or folder"):
        _run(_settings(tmp_path / "gone", tmp_path), models)


def test_one_long_file_in_a_western_encoding_is_enough(
    texts: Path, models: Path, tmp_path: Path
) -> None:
    book = tmp_path / "book.txt"
    whole = "\n\n".join(each.read_text(encoding="utf-8") for each in sorted(texts.iterdir()))
    book.write_bytes(whole.replace("sea", "caf\xe9").encode("cp1252"))
    found = estimate_style(_settings(book, tmp_path), [models], lambda _: None)
    assert found["documents"] == found["held_out_documents"] == 1
    assert found["words"] > 5 * found["held_out_words"] > 0
    assert found["seconds"] > 0
    assert not list((tmp_path / "training").glob("*/*"))


def test_a_full_disk_is_said_before_a_step(
    texts: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
        with pytest.raises(EngineError, match="Make room"):
            _run(_settings(texts, tmp_path), models)
    assert _run(_settings(texts, tmp_path), models)[0].better


def test_a_killed_process_goes_on_where_it_last_kept_its_state(
    texts: Path, tiny_gguf: Path, models: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "engine.train", "style", "--folder", str(texts)]
    command += ["--model", "tiny", "--weights", str(tiny_gguf), "--name", "mine", "--events"]
    command += ["--folders", str(models), "--epochs", "1", "--rate", "0.01", "--listen"]
    for option in ("work", "adapters"):
        command += [f"--{option}", str(tmp_path / option)]

    def started() -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    with started() as first:
        assert first.stderr is not None
        for line in first.stderr:
            event = json.loads(line)
            if event["event"] == "validation" and event["step"]:
                reached = event["step"]
                first.kill()
                break
    with started() as second:
        assert second.stdin is not None
        assert second.stderr is not None
        for line in second.stderr:
            event = json.loads(line)
            if event["event"] == "step":
                assert event["step"] == reached + 1
                second.stdin.close()  # as when the window has gone
                break
        second.stderr.read()
    assert second.returncode == 130

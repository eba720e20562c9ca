"""The order of the runs, the processes they run in, and that every figure is asked for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks import measure as module
from benchmarks.measure import Setting, alternate, measure
from benchmarks.report import medians, ratios
from benchmarks.texts import Request
from benchmarks.worker import BenchError, Worker
from engine import LongContextChoice

SETTING = Setting(Path("model"), Path("weights.gguf"), 2, 3, (Request("A text.", "formal"),) * 4)


class FakeWorker:
    """Answers as an engine would; notes who was asked."""

    asked: list[tuple[str, str]]
    other_tokens = False

    def __init__(self, make: Any, *_: object) -> None:
        self.name = make.__name__.removeprefix("make_")

    def __enter__(self) -> FakeWorker:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def call(self, name: str, *arguments: object) -> Any:
        self.asked.append((self.name, name))
        speed = 2.0 if self.name == "ours" else 1.0
        answers: dict[str, Any] = {
            "load_s": 0.1,
            "about": {self.name: "1.0"},
            "prompt": ("text", [1, 2, 3]),
            "tokens": [1, 2, 4] if self.other_tokens else [1, 2, 3],
            "prefill_s": 1 / speed,
            "decode_per_s": speed,
            "first_text_s": (0.02, 0.01, 3),
            "rewrite_s": ([1, 2, 3], 0.5 if arguments[-1:] == (True,) else 1.0),
            "alternatives_s": 0.3 if arguments[1:2] == (3,) else 0.2,
            "peak_bytes": 4e8,
            "long_context": LongContextChoice(True, 4096, 20.0, 16.0, 9),
        }
        return answers[name]


@pytest.fixture
def asked(monkeypatch):
    """What the fake workers were asked, in order."""
    monkeypatch.setattr(module, "Worker", FakeWorker)
    FakeWorker.asked = []
    return FakeWorker.asked


def test_the_engines_take_turns_and_each_begins_half_of_them():
    order: list[str] = []
    alternate([lambda n: order.append(f"a{n}"), lambda n: order.append(f"b{n}")], 3)
    assert order == ["a0", "b0", "b1", "a1", "a2", "b2"]


def test_every_ratio_is_measured(asked):
    ratio = ratios(medians(measure(SETTING, lambda _: None).samples))
    assert ratio["prefill_512"] == ratio["decode_4096"] == 2
    assert ratio["lookup_rewrite"] == 2
    assert ratio["batch3_cost"] == pytest.approx(1.5)
    assert ratio["long_8_bits"] == 1.25
    assert None not in ratio.values()


def test_both_engines_run_equally_often_and_the_warming_up_does_not_count(asked):
    samples = measure(SETTING, lambda _: None).samples
    runs = Counter(asked)
    assert runs["ours", "prefill_s"] == runs["llama", "prefill_s"] == 4
    assert runs["ours", "decode_per_s"] == runs["llama", "decode_per_s"]
    assert len(samples["prefill_512_tokens_per_s"]) == 3
    assert len(samples["llama_decode_1024_tokens_per_s"]) == 3


def test_without_llama_cpp_the_own_figures_are_measured(asked):
    alone = Setting(Path("model"), None, 2, 1, SETTING.requests)
    absolute = medians(measure(alone, lambda _: None).samples)
    assert {name for name, _ in asked} == {"ours"}
    assert "prefill_512_tokens_per_s" in absolute
    assert not any(name.startswith("llama_") for name in absolute)


def test_other_tokens_are_no_comparison(asked, monkeypatch):
    monkeypatch.setattr(FakeWorker, "other_tokens", True)
    with pytest.raises(BenchError, match="different tokens"):
        measure(SETTING, lambda _: None)


def test_a_worker_keeps_its_object_and_says_what_fails():
    with Worker(Counter) as worker:
        assert worker.call("total") == 0
        worker.call("update", "aab")
        assert worker.call("total") == 3
        with pytest.raises(BenchError, match="no_such"):
            worker.call("no_such")
        assert worker.call("most_common", 1) == [("a", 2)]

"""Keys and values of 8 bits after a long context: right, chosen by measuring, and remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import (
    GenerationRequest,
    GenerationResult,
    LocalEngine,
    LongContextChoice,
    long_context_choice,
)
from engine.cancel import CancelToken
from engine.decode import long_context
from engine.decode.long_context import choose
from engine.export import export_model
from engine.runtime.kv_cache import KVShape
from engine.runtime.quantised_cache import QuantisedSession, key_scales
from engine.runtime.session import DecoderSession
from engine.sampling.sampler import log_softmax
from engine.store.manifest import read_manifest
from engine.store.measured import MEASURED_NAME, MeasuredChoices
from engine.tokens.tokenizer import Tokenizer

QUICKER = LongContextChoice(True, 2100, 20.0, 15.0, 5)
SLOWER = LongContextChoice(False, 2100, 20.0, 25.0, 0)


@pytest.fixture(scope="module")
def long_model(make_tiny_gguf: Callable[..., Path], tmp_path_factory) -> Path:
    """The tiny llama with a context of 4096, in full precision."""
    folder = tmp_path_factory.mktemp("long")
    source = make_tiny_gguf(folder / "long.gguf", context=4096)
    export_model(source, folder / "long", name="long", precision="fp32")
    return folder / "long"


def _prompt(engine: LocalEngine, tokens: int) -> str:
    ids = engine.encode(
        "The ferry leaves the island at seven, and nothing in 1998 was meant. " * 99
    )
    return engine.decode(ids[:tokens])


def _answer(
    model: Path, data_dir: Path | None, tokens: int = 2100, **options: bool
) -> tuple[GenerationResult, LongContextChoice | None]:
    engine = LocalEngine(model, threads=1, data_dir=data_dir)
    engine.wait_until_loaded()
    request = GenerationRequest(
        _prompt(engine, tokens), max_tokens=80, logprobs=0, stop=(), **options
    )
    result = engine.generate(request)
    choice = engine.status().long_context
    assert engine.close()
    return result, choice


@pytest.mark.parametrize(
    ("plain", "quantised", "switch_ms", "expected"),
    [
        ([20, 21, 90], [15, 16, 14], 60.0, LongContextChoice(True, 3000, 20, 14, 10)),
        ([20, 21, 19], [19, 20, 18.5], 60.0, LongContextChoice(False, 3000, 19, 18.5, 0)),
        ([20, 20, 20], [25, 30, 26], 60.0, LongContextChoice(False, 3000, 20, 25, 0)),
        ([20, 20, 20], [10, 10, 10], 90_000, LongContextChoice(True, 3000, 20, 10, 256)),
        ([], [], 0.0, LongContextChoice(False, 3000, 0, 0, 0)),
    ],
)
def test_8_bits_have_to_be_clearly_quicker(plain, quantised, switch_ms, expected) -> None:
    assert choose(3000, plain, quantised, switch_ms) == expected


@pytest.mark.parametrize(("factor", "quantised"), [(0.0, True), (1e9, False)])
def test_the_first_long_answer_measures_and_later_ones_know(
    long_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    factor: float,
    quantised: bool,
) -> None:
    monkeypatch.setattr(long_context, "_CLEARLY", factor)
    short, before = _answer(long_model, tmp_path, tokens=300)
    assert before is None
    assert not (tmp_path / MEASURED_NAME).exists()
    first, choice = _answer(long_model, tmp_path)
    assert choice is not None
    assert (choice.quantised, choice.positions) == (quantised, first.prompt_tokens)
    assert min(choice.plain_ms, choice.quantised_ms) > 0
    assert long_context_choice(long_model, tmp_path, threads=1) == choice
    assert long_context_choice(long_model, tmp_path, threads=2) is None

    monkeypatch.setattr(long_context.LongContext, "measure", None)
    again, known = _answer(long_model, tmp_path)
    assert known == choice
    assert (again.token_ids, again.logprobs) == (first.token_ids, first.logprobs)
    assert len(short.token_ids) == len(first.token_ids) == 80


def test_a_slow_machine_measures_less(
    long_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []
    forward = QuantisedSession.forward

    def counting(session: QuantisedSession, *arguments: Any) -> Any:
        passes.append(1)
        return forward(session, *arguments)

    monkeypatch.setattr(QuantisedSession, "forward", counting)
    monkeypatch.setattr(long_context, "_CLEARLY", 1e9)
    found = {}
    for name, most_ms in (("quick", 1e9), ("slow", 0.0001)):
        monkeypatch.setattr(long_context, "_MOST_MS", most_ms)
        passes.clear()
        _answer(long_model, tmp_path / name)
        found[name] = len(passes)
    assert found == {"quick": 7, "slow": 2}


def test_an_answer_goes_over_to_8_bits_and_stays_what_it_is(
    long_model: Path, tmp_path: Path
) -> None:
    found = {}
    for name, choice in (("8 bits", QUICKER), ("32 bits", SLOWER)):
        MeasuredChoices(tmp_path / name, long_model, 1).remember(choice)
        found[name], used = _answer(long_model, tmp_path / name)
        assert used == choice
    plain, quantised = found["32 bits"].logprobs, found["8 bits"].logprobs
    assert [token.token_id for token in quantised[:20]] == [token.token_id for token in plain[:20]]
    apart = [abs(a.logprob - b.logprob) for a, b in zip(plain[:20], quantised[:20], strict=True)]
    # The first token is the prompt's, and five more repay the switch.
    assert max(apart[:6]) == 0.0
    assert 0.0 < max(apart[6:]) < 0.02


@pytest.mark.parametrize("speculation", [False, True])
def test_what_follows_an_8_bit_answer_reads_nothing_of_it(
    long_model: Path, tmp_path: Path, speculation: bool
) -> None:
    MeasuredChoices(tmp_path, long_model, 1).remember(QUICKER)
    engine = LocalEngine(long_model, threads=1, data_dir=tmp_path)
    prompt = _prompt(engine, 2060)
    asked = GenerationRequest(prompt, max_tokens=80, logprobs=0, speculation=speculation)
    first = engine.generate(asked)
    follow_up = GenerationRequest(prompt + first.text, max_tokens=8, logprobs=0)
    warm = engine.generate(follow_up)
    fresh = LocalEngine(long_model, threads=1)
    cold = fresh.generate(follow_up)
    assert warm.timings.reused_tokens > 2000
    assert (warm.token_ids, warm.logprobs) == (cold.token_ids, cold.logprobs)
    assert engine.close()
    assert fresh.close()


def test_where_8_bits_cannot_be_had_the_answer_comes_as_ever(
    long_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.runtime.quantised_cache.quantised_graph", lambda _: b"no graph")
    measured, choice = _answer(long_model, tmp_path / "new")
    assert choice == LongContextChoice(False, measured.prompt_tokens, 0.0, 0.0, 0)
    MeasuredChoices(tmp_path / "old", long_model, 1).remember(QUICKER)
    again, choice = _answer(long_model, tmp_path / "old")
    assert choice is not None
    assert not choice.quantised
    assert len(measured.token_ids) == 80
    assert again.token_ids == measured.token_ids


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}'])
def test_a_damaged_memory_of_measurements_is_as_none(
    long_model: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / MEASURED_NAME).write_text(text)
    choices = MeasuredChoices(tmp_path, long_model, 1)
    assert choices.recall() is None
    choices.remember(QUICKER)
    assert choices.recall() == QUICKER
    kept = json.loads((tmp_path / MEASURED_NAME).read_text())
    (key,) = [name for name in kept if name != "x"]
    (tmp_path / MEASURED_NAME).write_text(json.dumps({key: {"another": "version"}}))
    assert choices.recall() is None


def test_the_scales_hold_however_far_keys_are_turned() -> None:
    angles = np.linspace(0, np.pi, 100)
    turned = np.stack([np.cos(angles), np.sin(angles)], axis=-1)[None, None]
    keys = 3 * turned.astype(np.float32)
    early = key_scales(keys[:, :, :5])
    assert np.abs(keys / early).max() < 127.5


@pytest.mark.model
def test_the_real_model_says_the_same_with_8_bits(
    default_model: Path, report: Callable[[str], None]
) -> None:
    manifest = read_manifest(default_model)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    session = DecoderSession(default_model, shape, manifest.vocab, 2)
    text = (Path(__file__).parents[3] / "docs" / "engine.md").read_text(encoding="utf-8")
    ids = Tokenizer(default_model / "tokenizer.json").encode(text)
    start, cancel, cache = 2200, CancelToken(), session.new_cache()
    assert len(ids) > start + 40
    for begin in range(0, start, 100):
        session.forward(cache, ids[begin : begin + 100], 1, cancel)
    quantised = QuantisedSession(default_model, session)
    copy = quantised.copy_of(cache, start + 40)
    divergences = []
    for place in range(start, start + 40):
        plain = log_softmax(session.forward(cache, [ids[place]], 1, cancel)[0])
        coarse = log_softmax(quantised.forward(copy, place, [ids[place]], 1, cancel)[0])
        divergences.append(float((np.exp(plain) * (plain - coarse)).sum()))
    report(
        f"8-bit keys and values after {start} tokens: KL {np.mean(divergences):.4f} nats a token"
    )
    assert np.mean(divergences) < 0.006

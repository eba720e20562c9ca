"""Adapters switched by request: each answers as itself, and nobody waits who did not ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.random_adapter import write_random_adapter
from engine import (
    AdapterDamaged,
    AdapterNotFound,
    EngineStatus,
    FinishReason,
    GenerationRequest,
    GenerationResult,
    Lane,
    LocalEngine,
)
from engine.export.merge import merge_adapter
from engine.store.adapters import ADAPTER_WEIGHTS, read_adapter
from engine.store.manifest import read_manifest
from engine.store.merged import MERGED_FOLDER

PROMPT = "The ferry leaves the island at seven, and the"


@pytest.fixture(scope="module")
def adapters(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("adapters")
    for number, name in enumerate(("first", "second", "third")):
        write_random_adapter(folder / name, read_manifest(tiny_model), seed=number)
    return folder


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def engine(tiny_model: Path, adapters: Path, data_dir: Path) -> Iterator[LocalEngine]:
    made = LocalEngine(tiny_model, adapters=[adapters], data_dir=data_dir)
    assert made.wait_until_loaded()
    yield made
    assert made.close()


def answer(engine: LocalEngine, adapter: str = "", prompt: str = PROMPT) -> GenerationResult:
    return engine.generate(GenerationRequest(prompt, max_tokens=24, adapter=adapter))


def answer_of(package: Path) -> tuple[int, ...]:
    engine = LocalEngine(package)
    ids = answer(engine).token_ids
    assert engine.close()
    return ids


def test_each_request_is_answered_by_its_own_adapter(
    engine: LocalEngine, tiny_model: Path, adapters: Path, tmp_path: Path
) -> None:
    expected = {"": answer_of(tiny_model)}
    for name in ("first", "second"):
        merge_adapter(tiny_model, read_adapter(adapters / name), tmp_path / name)
        expected[name] = answer_of(tmp_path / name)
    assert len({*expected.values()}) == 3
    for name in ("", "first", "", "second", "first", "first", "", "second"):
        assert answer(engine, name).token_ids == expected[name]


def test_what_one_adapter_read_is_not_reused_by_another(engine: LocalEngine) -> None:
    assert answer(engine).timings.reused_tokens == 0
    assert answer(engine, "first").timings.reused_tokens == 0
    assert answer(engine, "second").timings.reused_tokens == 0
    for name in ("", "first", "second"):
        assert answer(engine, name).timings.reused_tokens > 0


def test_scores_and_offers_are_the_adapters_own(engine: LocalEngine) -> None:
    plain, adapted = engine.score(PROMPT), engine.score(PROMPT, adapter="first")
    assert plain.mean_nll != adapted.mean_nll
    assert engine.score(PROMPT).mean_nll == plain.mean_nll
    labels, neutral = [" cat", " sea"], ["It is"]
    ways = {
        name: [each.logprob for each in engine.score_candidates(PROMPT, labels, neutral)]
        if not name
        else [
            each.prior_logprob
            for each in engine.score_candidates(PROMPT, labels, neutral, adapter=name)
        ]
        for name in ("", "first", "second")
    }
    assert ways["first"] != ways["second"]
    request = GenerationRequest(PROMPT, gate=0.01, max_tokens=4)
    assert engine.offers([request]) != engine.offers([request], adapter="first")


def test_others_go_on_while_an_adapter_is_made_ready(
    tiny_model: Path, adapters: Path, tmp_path: Path
) -> None:
    engine = LocalEngine(tiny_model, adapters=[adapters], data_dir=tmp_path)
    assert engine.wait_until_loaded()
    paused, done, seen = threading.Event(), threading.Event(), list[EngineStatus]()

    def watch(status: EngineStatus) -> None:
        seen.append(status)
        if any(not each.ready for each in status.adapters):
            paused.wait(60)  # on the adapter's own thread

    engine.subscribe(watch)
    results = []

    def on_chunk(chunk: object) -> None:
        if (result := getattr(chunk, "result", None)) is not None:
            results.append(result)
            done.set()

    request = GenerationRequest(PROMPT, lane=Lane.REWRITE, max_tokens=8, adapter="first")
    engine.submit(request, on_chunk)
    assert not done.is_set()
    paused.set()
    assert done.wait(60)
    assert results[0].finish_reason is FinishReason.LENGTH
    shares = [each.progress for status in seen for each in status.adapters]
    assert shares == sorted(shares)
    assert len({*shares}) > 2
    assert engine.status().adapters[0].ready
    assert engine.close()


def test_a_request_that_waits_for_its_adapter_can_be_cancelled(
    tiny_model: Path, adapters: Path, tmp_path: Path
) -> None:
    engine = LocalEngine(tiny_model, adapters=[adapters], data_dir=tmp_path)
    request = GenerationRequest(PROMPT, adapter="first")
    results = []
    engine.submit(request, lambda chunk: results.append(chunk.result))
    engine.cancel(request.request_id)
    answer(engine)
    assert [result.finish_reason for result in results if result] == [FinishReason.CANCELLED]
    assert engine.close(timeout=30)


def test_a_merged_package_is_made_once_and_tidied_away_when_another_replaces_it(
    tiny_model: Path, adapters: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    write_random_adapter(folder / "mine", read_manifest(tiny_model), seed=5)

    def used() -> tuple[tuple[int, ...], dict[Path, int]]:
        engine = LocalEngine(tiny_model, adapters=[folder], data_dir=tmp_path)
        ids = answer(engine, "mine").token_ids
        assert engine.close(timeout=30)
        made = (tmp_path / MERGED_FOLDER).iterdir()
        return ids, {each: (each / "model.weights").stat().st_mtime_ns for each in made}

    first, made = used()
    assert len(made) == 1
    assert used() == (first, made)
    for each in (folder / "mine").iterdir():
        each.unlink()
    (folder / "mine").rmdir()
    write_random_adapter(folder / "mine", read_manifest(tiny_model), seed=6)
    second, others = used()
    assert second != first
    assert len(others) == 1
    assert not {*others} & {*made}


def test_a_damaged_merged_package_is_made_again(
    tiny_model: Path, adapters: Path, tmp_path: Path
) -> None:
    def used() -> tuple[int, ...]:
        engine = LocalEngine(tiny_model, adapters=[adapters], data_dir=tmp_path)
        try:
            return answer(engine, "first").token_ids
        finally:
            assert engine.close(timeout=30)

    expected = used()
    (place,) = (tmp_path / MERGED_FOLDER).iterdir()
    raw = (place / "model.weights").read_bytes()
    (place / "model.weights").write_bytes(raw[: len(raw) // 2])
    assert used() == expected


def test_what_is_wrong_with_an_adapter_is_said_and_the_model_goes_on(
    engine: LocalEngine, tiny_model: Path, tmp_path: Path
) -> None:
    write_random_adapter(tmp_path / "broken", read_manifest(tiny_model))
    weights = tmp_path / "broken" / ADAPTER_WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-4] + b"none")
    with pytest.raises(AdapterDamaged, match="have changed"):
        answer(engine, str(tmp_path / "broken"))
    with pytest.raises(AdapterNotFound, match="first, second"):
        answer(engine, "fourth")
    with pytest.raises(AdapterNotFound):
        engine.score(PROMPT, adapter="fourth")
    failed = {each.name: each for each in engine.status().adapters}
    assert isinstance(failed["fourth"].error, AdapterNotFound)
    assert answer(engine).finish_reason is FinishReason.LENGTH


def test_the_longest_unused_adapter_makes_room_for_a_third(engine: LocalEngine) -> None:
    answers = {name: answer(engine, name).token_ids for name in ("first", "second", "third")}
    assert [each.name for each in engine.status().adapters if each.ready] == ["second", "third"]
    assert answer(engine, "first").token_ids == answers["first"]
    assert [each.name for each in engine.status().adapters if each.ready] == ["first", "third"]

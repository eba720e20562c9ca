"""The real model makes an accepted text again to the character, whatever it did before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.provenance.replay import Obstacle, Replayed, replay
from app.core.provenance.sources import Kind, Recipe, Source, from_plain, to_plain
from app.services.generations import GenerationLog, LoggedEngine
from engine import (
    ChatMessage,
    GenerationRequest,
    LocalEngine,
    Role,
    chat_request,
    completion_request,
    rewrite_request,
)

pytestmark = pytest.mark.model
PROSE = (
    "The harbour was quiet that morning, and the old men who usually sat along the wall had "
    "not yet come down. Maria counted the boats twice before she was sure that one of them "
    "was missing. She walked back to the office, took the telephone off the hook and "
)
MISTAKES = (
    "He go to the market yesterday and buyed three apple. The weather were nice and he is happy "
    "about the prices, which was lower than usually."
)
SUGGESTION = completion_request(PROSE.removesuffix(" hook and "), gate=0.2)
ASKED = completion_request(PROSE[:-3])
assert SUGGESTION is not None
assert ASKED is not None
INSTRUCTION = "Rewrite this text so that it is clear and easy to read."
REWRITE = rewrite_request(MISTAKES, INSTRUCTION, max_tokens=40)
CHAT = chat_request([ChatMessage(Role.USER, "Name three uses of a lighthouse.")], max_tokens=30)
REQUESTS: dict[str, tuple[GenerationRequest, int]] = {
    "a suggestion": (SUGGESTION, 0),
    "one that was asked for": (ASKED, 0),
    "another candidate": (replace(ASKED, alternatives=4), 2),
    "a rewrite with drafts": (REWRITE, 0),
    "one without": (replace(REWRITE, speculation=False), 0),
    "a fresh version by a seed of the engine's": (
        rewrite_request(MISTAKES, INSTRUCTION, temperature=0.7, max_tokens=40),
        0,
    ),
    "an answer": (CHAT, 0),
}
OTHER = completion_request(PROSE[: len(PROSE) // 2] + "something else was going on, and")
assert OTHER is not None


@pytest.fixture(scope="module")
def engine(default_model: Path) -> Iterator[LocalEngine]:
    local = LocalEngine(default_model)
    local.wait_until_loaded()
    yield local
    local.close(5.0)


def make(engine: LocalEngine, request: GenerationRequest, choice: int) -> Recipe:
    """Have it made, and read its record as it was written."""
    log = GenerationLog()
    request = replace(request, request_id=request.request_id + 10_000_000)
    result = LoggedEngine(engine, log).generate(request)
    text = [result.text, *(other.text for other in result.alternatives)][choice]
    recipe = log.answered(text, request.request_id)
    assert recipe is not None
    assert recipe.output == text
    written = json.dumps(to_plain(Source(Kind.OTHER, 0.0, recipe=recipe)))
    again = from_plain(json.loads(written)).recipe
    assert again is not None
    assert again.request is not None
    assert again.request.sampling.seed == result.seed
    return again


@pytest.mark.parametrize("name", REQUESTS)
def test_a_text_is_made_again_with_any_cache(engine: LocalEngine, default_model: Path, name: str):
    request, choice = REQUESTS[name]
    recipe = make(engine, request, choice)
    assert recipe.output.strip()
    befores = {
        "warm": [],
        "warm with something else": [OTHER],
        "warm with its beginning": [replace(request, max_tokens=1, gate=0.0, alternatives=1)],
    }
    for state, before in befores.items():
        for number, other in enumerate(before):
            engine.generate(replace(other, request_id=20_000_000 + number))
        assert replay(engine, recipe) == Replayed(recipe.output, recipe.output, same=True), state
    cold = LocalEngine(default_model)
    try:
        cold.wait_until_loaded()
        assert replay(cold, recipe) == Replayed(recipe.output, recipe.output, same=True)
    finally:
        cold.close(5.0)


def test_a_text_is_made_again_in_another_process(
    engine: LocalEngine, default_model: Path, tmp_path: Path
) -> None:
    recipes = [make(engine, *REQUESTS[name]) for name in ("a suggestion", "a rewrite with drafts")]
    record = tmp_path / "record.json"
    sources = [to_plain(Source(Kind.OTHER, 0.0, recipe=recipe)) for recipe in recipes]
    record.write_text(json.dumps(sources), encoding="utf-8")
    script = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from app.core.provenance.replay import replay\n"
        "from app.core.provenance.sources import from_plain\n"
        "from engine import LocalEngine\n"
        "engine = LocalEngine(Path(sys.argv[1]))\n"
        "engine.wait_until_loaded()\n"
        "for plain in json.loads(Path(sys.argv[2]).read_text(encoding='utf-8')):\n"
        "    print(replay(engine, from_plain(plain).recipe).same)\n"
        "engine.close(5.0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(default_model), str(record)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[4],
    )
    assert done.stdout.split() == ["True", "True"]


def test_a_changed_seed_or_prompt_is_told_apart(engine: LocalEngine) -> None:
    request, choice = REQUESTS["a fresh version by a seed of the engine's"]
    recipe = make(engine, request, choice)
    assert recipe.request is not None
    seed = recipe.request.sampling.seed
    assert seed is not None
    sampling = replace(recipe.request.sampling, seed=seed + 1)
    other = replace(recipe, request=replace(recipe.request, sampling=sampling))
    outcome = replay(engine, other)
    assert isinstance(outcome, Replayed)
    assert not outcome.same


def test_another_model_is_not_asked(engine: LocalEngine) -> None:
    recipe = make(engine, *REQUESTS["a suggestion"])
    other = replace(recipe.circumstances, model_sha256="0" * 64)
    assert replay(engine, replace(recipe, circumstances=other)) is Obstacle.OTHER_MODEL
    assert replay(engine, recipe.without_prompt()) is Obstacle.NO_PROMPT

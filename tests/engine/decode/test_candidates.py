from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import (
    ChatMessage,
    ContextOverflow,
    FakeEngine,
    InvalidRequest,
    LocalEngine,
    MissingEngine,
    ModelNotFound,
    Role,
)
from engine.decode import candidates as candidates_module
from engine.decode.candidates import candidate_scores
from engine.export import export_model
from engine.runtime.session import DecoderSession

PROMPT = "The keeper's daughter watches"


_candidates = st.lists(
    st.text(st.sampled_from("  aehrtst.\n海"), min_size=1, max_size=12), min_size=1, max_size=6
)


@settings(deadline=None)
@given(candidates=_candidates)
def test_each_is_as_probable_as_the_score_of_the_whole_text_says(
    tiny: LocalEngine, candidates: list[str]
) -> None:
    read = len(tiny.encode(PROMPT))
    for candidate, found in zip(candidates, tiny.score_candidates(PROMPT, candidates), strict=True):
        whole = tiny.score(PROMPT + candidate)
        # The first token of a text is not scored, and the last of the prompt may be spelt anew.
        last = [token.logprob for token in whole.tokens][-found.tokens :]
        assert found.text == candidate
        assert found.tokens >= len(whole.tokens) + 1 - read
        assert found.logprob == pytest.approx(math.fsum(last), abs=0.02)
        assert found.mean_logprob == pytest.approx(found.logprob / found.tokens)


def test_the_probabilities_of_all_next_tokens_are_one_in_sum(tiny: LocalEngine) -> None:
    message = (ChatMessage(Role.USER, "Which?"),)
    texts = [tiny.decode([index]) for index in range(448)]
    single = [text for text in dict.fromkeys(texts) if text and len(tiny.encode(text)) == 1]
    scores = tiny.score_candidates(message, single)
    assert all(score.tokens == 1 for score in scores)
    # A few tokens are missing: the special ones and halves of characters.
    assert 0.4 < math.fsum(math.exp(score.logprob) for score in scores) <= 1.0001


@pytest.mark.parametrize("candidates", [[" a", " b"], [" the sea", " the", " the seat"]])
def test_the_order_of_the_candidates_does_not_matter(
    tiny: LocalEngine, candidates: list[str]
) -> None:
    there = tiny.score_candidates(PROMPT, candidates, ["It is", "So"])
    back = tiny.score_candidates(PROMPT, candidates[::-1], ["It is", "So"])
    for one, other in zip(there, back[::-1], strict=True):
        assert one.text == other.text
        assert one.logprob == pytest.approx(other.logprob, abs=1e-3)
        assert one.probability == pytest.approx(other.probability, abs=1e-3)


LABELS = [" sea", " the keeper", " it's late", " the island, perhaps", " nothing in the letter was"]


def test_company_does_not_change_how_probable_a_candidate_is(tiny: LocalEngine) -> None:
    together = tiny.score_candidates(PROMPT, LABELS)
    assert {score.tokens <= 4 for score in together} == {True, False}
    for label, found in zip(LABELS, together, strict=True):
        assert tiny.score_candidates(PROMPT, [label])[0].logprob == found.logprob


def test_in_full_precision_a_batch_gives_what_single_passes_give(
    tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_model(tiny_gguf, tmp_path / "exact", name="exact", precision="fp32")
    engine = LocalEngine(tmp_path / "exact")
    together = engine.score_candidates(PROMPT, LABELS, ["So"])
    monkeypatch.setattr(candidates_module, "_BATCH_BYTES", 0)
    engine.score_candidates("The ferry", ["a", "b"])  # another text in between
    for score, alone in zip(together, engine.score_candidates(PROMPT, LABELS, ["So"]), strict=True):
        assert score.logprob == pytest.approx(alone.logprob, abs=1e-4)
        assert score.probability == pytest.approx(alone.probability, abs=1e-4)
    assert engine.close()


def test_labels_take_a_pass_for_each_of_their_tokens_and_not_for_each_label(
    tiny: LocalEngine, passes: list[int]
) -> None:
    labels = [" aa", " bb", " cc", " dd", " ee", " ff", " gg", " hh"]
    scores = tiny.score_candidates("The ferry leaves the island", labels)
    longest = max(score.tokens for score in scores)
    assert 1 < longest <= 4
    assert len(passes) == longest  # the first one reads the text
    assert min(passes[1:]) > longest


def test_what_the_labels_are_worth_anyway_is_found_once(
    tiny: LocalEngine, passes: list[int]
) -> None:
    def ask(text: str) -> None:
        tiny.score_candidates(text, [" the sea", " the stairs"], ["N/A:", "...:"])

    ask("Nothing was meant for her:")
    first = len(passes)
    ask("Perhaps when the harbour is rebuilt:")
    assert len(passes) - first == first // 3


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each pass of the model has had."""
    found: list[int] = []
    run = DecoderSession.run_pass

    def counting(
        session: DecoderSession, binding: object, rows: list[list[int]], *others: Any
    ) -> None:
        found.append(len(rows))
        run(session, binding, rows, *others)

    monkeypatch.setattr(DecoderSession, "run_pass", counting)
    return found


def test_the_prior_is_the_mean_probability_after_the_neutral_prompts() -> None:
    sums = [math.log(0.2), math.log(0.1)]
    priors = [[math.log(0.4), math.log(0.01)], [math.log(0.2), math.log(0.03)]]
    plain = candidate_scores(["a", "b"], [1, 2], sums, [])
    assert [score.probability for score in plain] == pytest.approx([2 / 3, 1 / 3])
    assert [score.prior_logprob for score in plain] == [None, None]
    divided = candidate_scores(["a", "b"], [1, 2], sums, priors)
    assert [math.exp(score.prior_logprob or 0) for score in divided] == pytest.approx([0.3, 0.02])
    # 0.2 / 0.3 against 0.1 / 0.02
    assert [score.probability for score in divided] == pytest.approx([2 / 17, 15 / 17])
    assert divided[1].mean_logprob == pytest.approx(math.log(0.1) / 2)


def test_a_prompt_in_place_of_the_neutral_one_leaves_nothing_to_choose(tiny: LocalEngine) -> None:
    scores = tiny.score_candidates(PROMPT, [" the", " her own", " 1998"], [PROMPT])
    assert [score.probability for score in scores] == pytest.approx([1 / 3] * 3, abs=1e-3)


@pytest.mark.parametrize(
    ("prompt", "candidates"), [(PROMPT, []), (PROMPT, ["a", ""]), ("", ["a", "b"])]
)
def test_nothing_to_choose_or_to_read_is_refused_in_a_sentence(
    tiny: LocalEngine, prompt: str, candidates: list[str]
) -> None:
    with pytest.raises(InvalidRequest):
        tiny.score_candidates(prompt, candidates)


def test_too_long_a_prompt_is_refused_and_not_cut(tiny: LocalEngine) -> None:
    with pytest.raises(ContextOverflow):
        tiny.score_candidates(PROMPT * 200, ["a", "b"])


@pytest.mark.model
def test_the_real_model_knows_a_capital(engine: LocalEngine) -> None:
    cities = [" Paris", " London", " a city with many more people than any other"]
    scores = engine.score_candidates("The capital of France is", cities)
    assert max(scores, key=lambda score: score.probability).text == " Paris"
    assert math.fsum(score.probability for score in scores) == pytest.approx(1)
    for city, score in zip(cities, scores, strict=True):
        alone = engine.score_candidates("The capital of France is", [city])[0]
        assert alone.logprob == pytest.approx(score.logprob, abs=1e-4)
    # The prompt's space belongs to the word, as the model has read such texts.
    assert engine.score_candidates("The capital of France is ", ["Paris"])[
        0
    ].logprob == pytest.approx(scores[0].logprob, abs=0.02)


def test_engines_without_a_model_have_the_same_face() -> None:
    fake = FakeEngine()
    assert [score.probability for score in fake.score_candidates("a", ["b", "c"])] == [0.5, 0.5]
    assert fake.asked == [("a", ("b", "c"), ())]
    with pytest.raises(ModelNotFound):
        MissingEngine(ModelNotFound("There is none.")).score_candidates("a", ["b"])

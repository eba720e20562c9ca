from __future__ import annotations

import pytest

from engine import CancelToken, CandidateScore, FakeEngine, InvalidRequest, evaluate_sentiment

LINES = (
    '{"id": "1", "text": "Lovely.", "label": "positive"}\n'
    '{"id": "2", "text": "Awful.", "label": "negative"}\n'
    '{"id": "3", "text": "Lovely, they said.", "label": "negative"}\n'
)


class Glad(FakeEngine):
    """Finds "positive" likely after a text with "Lovely" in it."""

    def score_candidates(self, prompt, candidates, neutral=(), **more):
        super().score_candidates(prompt, candidates, neutral)
        glad = 0.9 if "Lovely" in prompt.rsplit("Review:")[-1] else 0.2
        return tuple(
            CandidateScore(each, 1, 0, 0, None, glad if "positive" in each else 1 - glad)
            for each in candidates
        )


def test_the_likeliest_label_is_the_answer() -> None:
    engine, shares = Glad(), []
    found = evaluate_sentiment(LINES, engine, progress=shares.append)
    assert found is not None
    assert found.figures[""]["accuracy"].value == pytest.approx(2 / 3)
    assert found.details == {"right_by_label": {"negative": [1, 2], "positive": [1, 1]}}
    assert shares[-1] == 1.0
    assert all(neutral for _, _, neutral in engine.asked)


def test_an_adapters_own_prompt_needs_no_prior() -> None:
    engine = Glad()
    evaluate_sentiment(LINES, engine, "Review: {text}\nMood:", divide_prior=False)
    prompt, candidates, neutral = engine.asked[0]
    assert (prompt, neutral) == ("Review: Lovely.\nMood:", ())
    assert candidates == (" negative", " positive")


def test_one_label_and_a_cancelled_evaluation_have_no_result() -> None:
    with pytest.raises(InvalidRequest, match="same label"):
        evaluate_sentiment(LINES.split("\n")[0], Glad())
    cancel = CancelToken()
    cancel.cancel()
    assert evaluate_sentiment(LINES, Glad(), cancel=cancel) is None

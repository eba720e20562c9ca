"""Tone: a probability for each paragraph, on a scale that the model itself was measured on."""

from __future__ import annotations

from engine import CancelToken, CandidateScore, FakeEngine, ToneReader
from engine.tasks.tone import fitted


class Leaning(FakeEngine):
    """Prefers the second label whatever comes, and a little less after a glad text."""

    def score_candidates(self, prompt, candidates, neutral=(), **more):
        super().score_candidates(prompt, candidates, neutral)
        text = prompt.rsplit("Review:" if "Review:" in prompt else "Text:")[-1]
        glad = any(word in text for word in ("lovely", "still", "gripping", "spotless", "Best"))
        odds = -5.0 + 2.0 * glad
        return tuple(
            CandidateScore(each, 1, value, value, None, 0.5)
            for each, value in zip(candidates, (odds, 0.0), strict=True)
        )


def test_a_model_that_leans_to_one_side_is_read_on_its_own_scale() -> None:
    reader = ToneReader(Leaning())
    assert reader.positive("A lovely evening.") > 0.5
    assert reader.positive("A wet evening.") < 0.5


def test_each_paragraph_is_read_without_its_marks() -> None:
    text = "# The lovely title\n\nA wet evening.\n\n- a lovely\n- list\n\n---\n"
    found = list(ToneReader(Leaning()).read(text))
    assert [text[each.start : each.end] for each in found] == [
        "A wet evening.",
        "- a lovely\n- list",
    ]
    assert found[1].positive > found[0].positive


def test_known_texts_are_read_once_and_reading_can_be_stopped() -> None:
    engine, cancel = Leaning(), CancelToken()
    reader = ToneReader(engine)
    reading = reader.read("One.\n\nTwo.\n\nThree.", cancel)
    next(reading)
    asked = len(engine.asked)
    next(reading)
    assert len(engine.asked) - asked < 5
    cancel.cancel()
    assert list(reading) == []


def test_an_adapter_that_was_taught_is_believed_as_it_is() -> None:
    engine = Leaning()
    reader = ToneReader(engine, "sentiment", "Review: {text}\nSentiment:")
    assert reader.positive("A lovely evening.") < 0.5
    assert len(engine.asked) == 1
    assert reader.adapter == "sentiment"


def test_the_scale_has_its_middle_between_the_sides() -> None:
    scale = fitted([(1.0, True), (3.0, True), (-7.0, False), (-5.0, False)])
    assert scale.value(-2.0) == 0.0
    assert scale.value(2.0) > 0 > scale.value(-6.0)

from __future__ import annotations

import math

import pytest

from engine import (
    CancelToken,
    FakeEngine,
    InvalidRequest,
    ScoreResult,
    TokenLogprob,
    WordOffer,
    WordOffers,
    evaluate_perplexity,
)
from engine.evaluate.perplexity import documents

PROSE = ("the ferry leaves the island at seven and the keeper watches it go " * 8).strip()


class Knowing(FakeEngine):
    """Gives every byte but the first the probability 1/4, and knows every next word."""

    def score(self, text: str) -> ScoreResult:
        tokens = tuple(TokenLogprob(1, "a", -math.log(4)) for _ in text.encode()[1:])
        return ScoreResult(tokens, math.log(4), 4.0, 64, 32)

    def offers(self, requests, progress=None, cancel=None):
        found = []
        for request in requests:
            place = PROSE.index(request.prompt[-40:]) + len(request.prompt[-40:])
            found.append(
                WordOffers((WordOffer(PROSE[place : PROSE.find(" ", place + 1)], 0.9),), 1)
            )
        return tuple(found)


def test_documents_are_parted_by_lines_of_hyphens() -> None:
    assert documents("One.\n\nTwo.\n---\nThree -- four.\n---  \n---\n") == [
        "One.\n\nTwo.",
        "Three -- four.",
    ]


def test_prediction_and_typing_are_measured() -> None:
    shares: list[float] = []
    found = evaluate_perplexity(f"{PROSE}\n---\n{PROSE}", Knowing(), 200, shares.append)
    assert found is not None
    figures = found.figures[""]
    assert figures["perplexity"].value == pytest.approx(4.0)
    size = len(PROSE)
    assert figures["bits_per_byte"].value == pytest.approx(2 * (size - 1) / size)
    assert figures["next_word"].value == 1.0
    assert 0.5 < figures["keystrokes_saved"].value < 1.0
    assert (found.items, found.details) == (2, {"tokens": 2 * (size - 1)})
    assert shares == sorted(shares)


def test_without_a_sample_nothing_is_typed() -> None:
    found = evaluate_perplexity("Short.", Knowing(), 0)
    assert found is not None
    assert set(found.figures[""]) == {"perplexity", "bits_per_byte"}


def test_a_short_document_has_nothing_to_type() -> None:
    found = evaluate_perplexity(f"Short.\n---\n{PROSE}", Knowing(), 200)
    assert found is not None
    assert found.figures[""]["next_word"].value == 1.0


def test_a_file_without_text_is_said_and_a_cancelled_one_has_no_result() -> None:
    with pytest.raises(InvalidRequest, match="no text"):
        evaluate_perplexity("---\n\n---", Knowing(), 0)
    cancel = CancelToken()
    cancel.cancel()
    assert evaluate_perplexity("One.", Knowing(), 0, None, cancel) is None


@pytest.mark.model
def test_plain_english_is_predicted_better_than_shuffled_words(engine) -> None:
    plain = "The rain had stopped by the time we reached the station, and the train was late."
    mixed = " ".join(sorted(plain.split(), key=lambda word: word[::-1]))
    one, two = (evaluate_perplexity(text, engine, 0) for text in (plain, mixed))
    assert one is not None
    assert two is not None
    assert one.figures[""]["perplexity"].value * 5 < two.figures[""]["perplexity"].value

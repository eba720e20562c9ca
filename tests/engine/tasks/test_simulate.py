"""A replay counts what a typist would see, take and save."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import (
    GATES,
    CancelToken,
    FakeEngine,
    LocalEngine,
    WordOffer,
    completion_request,
    simulate,
)
from engine.tasks.ngram import DocumentNgrams
from engine.tasks.simulate import CaretOffers, Passage, figures

PROSE = (
    "The ferry leaves the island at seven in the morning, and the keeper's daughter watches it go "
    "from the stairs of the lighthouse. She has watched it every day for a year. The captain knows "
    "her, and lifts his hat when the ferry passes the lighthouse, and she lifts her hand. "
)


def passage(text: str, offers: dict[int, CaretOffers], start: int = 1) -> Passage:
    nothing = CaretOffers(None)
    return Passage(
        text, start, len(text), {place: offers.get(place, nothing) for place in range(len(text))}
    )


def typed(text: str, probability: float = 0.9) -> CaretOffers:
    return CaretOffers(WordOffer(text, probability))


def test_a_right_word_costs_one_key() -> None:
    found = figures([passage("x walking home", {2: typed("walking")})], 0.5)
    assert found.keystrokes_saved == pytest.approx(6 / 13)
    assert (found.shows_per_100_words, found.wrong_shows_per_100_words) == (50.0, 0.0)
    assert found.characters_shown_per_kept == 1.0


def test_a_wrong_word_is_one_show_as_long_as_it_stays() -> None:
    offers = {2: typed("walking"), 3: typed("alking"), 4: typed("lking")}
    found = figures([passage("x walked home", offers)], 0.5)
    assert found.keystrokes_saved == 0.0
    assert (found.shows_per_100_words, found.wrong_shows_per_100_words) == (50.0, 50.0)
    assert found.coverage == pytest.approx(3 / 12)
    assert found.precision_when_shown == 0.0


def test_a_beginning_of_the_word_that_comes_is_wrong() -> None:
    found = figures([passage("x walking home", {2: typed("walk")})], 0.5)
    assert found.wrong_shows_per_100_words == 50.0


def test_what_does_not_pass_the_gate_or_saves_a_letter_is_not_shown() -> None:
    offers = {2: typed("walking", 0.4), 8: typed("g")}
    assert figures([passage("x walking home", offers)], 0.5).shows_per_100_words == 0.0


def test_a_space_comes_with_a_word_that_was_taken() -> None:
    offers = {2: typed("walking"), 9: CaretOffers(None, WordOffer(" home", 0.9), space=True)}
    found = figures([passage("x walking home", offers)], 0.5)
    assert found.keystrokes_saved == pytest.approx((13 - 3) / 13)


def test_a_space_that_was_wrong_gives_way_to_what_is_typed() -> None:
    offers = {2: typed("walking"), 9: CaretOffers(None, WordOffer(" home", 0.9), space=True)}
    found = figures([passage("x walking, no", offers)], 0.5)
    assert found.keystrokes_saved == pytest.approx(6 / 12)
    assert found.wrong_shows_per_100_words == pytest.approx(50.0)


def test_the_document_itself_is_the_baseline() -> None:
    known = DocumentNgrams()
    known.learn("The old lighthouse stood. The old lighthouse fell. The old ")
    assert known.offer("", spaced=True).text == "lighthouse"
    assert known.offer("li", spaced=False).text == "ghthouse"
    assert known.offer("zz", spaced=False) is None


def test_a_cancelled_replay_gives_nothing() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert simulate(FakeEngine(), [PROSE * 2], cancel=cancel) is None
    assert simulate(FakeEngine(), ["too short"]) is None


def test_a_sample_has_the_size_asked_for_and_is_the_same_again() -> None:
    engine = FakeEngine()
    shares: list[float] = []
    report = simulate(engine, [PROSE * 4, PROSE * 3], sample=300, seed=5, progress=shares.append)
    assert report is not None
    assert report.positions == 300
    assert shares[-1] == 1.0
    assert report == simulate(engine, [PROSE * 4, PROSE * 3], sample=300, seed=5)
    assert report != simulate(engine, [PROSE * 4, PROSE * 3], sample=300, seed=6)


@pytest.mark.model
def test_the_replay_offers_what_a_suggestion_would(engine: LocalEngine) -> None:
    requests = []
    for caret in (120, 121, 123, 126, 160, 163):
        request = completion_request(PROSE[:caret], gate=GATES["eager"])
        assert request is not None
        requests.append(request)
    taken = completion_request(PROSE[:125], gate=GATES["eager"], taken=True)
    assert taken is not None
    requests.append(taken)
    offered = engine.offers(requests)
    assert offered is not None
    shown = 0
    for request, words in zip(requests, offered, strict=True):
        result = engine.generate(request)
        likely = words.offers[0] if words.offers else WordOffer("", 0.0)
        if likely.probability >= request.gate and len(likely.text) > 1:
            assert result.text.startswith(likely.text)
            assert result.confidence == pytest.approx(likely.probability, abs=0.01)
        else:
            assert (result.text, result.confidence) == ("", 0.0)
        shown += bool(result.text)
    assert shown


@pytest.mark.model
def test_a_surer_gate_shows_less_and_is_right_more_often(engine: LocalEngine) -> None:
    report = simulate(engine, [PROSE * 2], sample=120, seed=1)
    assert report is not None
    covered = [each.coverage for each in report.curve]
    assert covered == sorted(covered, reverse=True)
    assert report.no_gate.coverage >= covered[0] > report.figures.coverage > 0
    assert report.figures.precision_when_shown > report.no_gate.precision_when_shown


@pytest.mark.model
def test_a_gate_leaves_out_the_words_it_does_not_trust(engine: LocalEngine) -> None:
    request = completion_request("Once upon a time there was a girl. Once upon a t", gate=0.5)
    assert request is not None
    assert engine.generate(request).text.startswith("ime")
    assert engine.generate(replace(request, gate=0.9999)).text == ""


def test_the_default_gate_is_one_of_the_names() -> None:
    assert list(GATES) == ["quiet", "balanced", "eager"]
    assert sorted(GATES.values(), reverse=True) == list(GATES.values())


def test_every_request_gets_its_words(tiny: LocalEngine) -> None:
    done: list[int] = []
    requests = [completion_request(PROSE[:caret]) for caret in range(20, 60)]
    offered = tiny.offers([each for each in requests if each is not None], done.append)
    assert offered is not None
    assert len(offered) == done[-1] == 40

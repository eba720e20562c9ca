"""What the person types chooses among the candidates."""

from __future__ import annotations

from app.editor.attempt import Attempt


def _attempt(*candidates: str) -> Attempt:
    return Attempt("The keeper", "", 0, 10, 1, candidates=list(candidates))


def test_the_text_shown_is_followed_first() -> None:
    attempt = _attempt(" came home", " climbed", " came back")
    assert attempt.follow(" came")
    assert attempt.rest == " home"
    assert attempt.context == "The keeper came"


def test_the_best_candidate_that_fits_is_promoted() -> None:
    attempt = _attempt(" came home", " climbed up", " clapped")
    assert attempt.follow(" cl")
    assert attempt.rest == "imbed up"
    assert attempt.follow("a")
    assert attempt.rest == "pped"
    assert not attempt.follow("x")
    assert attempt.rest == "pped"


def test_one_that_is_typed_to_its_end_is_of_no_use_unless_it_grows() -> None:
    assert not _attempt(" up").follow(" up")
    growing = _attempt(" up")
    growing.request_id = 1
    assert growing.follow(" up")
    growing.grow(" up there")
    assert growing.rest == " there"


def test_turning_goes_round_those_that_fit() -> None:
    attempt = _attempt(" came home", " climbed", " came back", " came")
    assert attempt.follow(" came")
    assert attempt.turn(1)
    assert attempt.rest == " back"
    assert attempt.turn(1)
    assert attempt.rest == " home"
    assert attempt.turn(-1)
    assert attempt.rest == " back"
    assert not _attempt(" alone").turn(1)


def test_a_candidate_found_later_begins_where_it_was_asked_for() -> None:
    attempt = _attempt(" came home")
    attempt.follow(" came")
    attempt.add(" c", "limbed")
    attempt.add(" c", "ame home")
    attempt.add(" c", "")
    assert attempt.candidates == [" came home", " climbed"]

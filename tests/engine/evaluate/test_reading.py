from __future__ import annotations

import json

import pytest

from engine import CancelToken, FakeEngine, InvalidRequest, LocalEngine
from engine.evaluate.items import read_items
from engine.evaluate.reading import (
    Reading,
    ReadingQuestion,
    evaluate_reading,
    holds_answer,
    overlaps,
    reading_item,
    score_reading,
)

ITEM = {
    "passage": "The hut has six beds. Mr Tomasi keeps the key. It was built of larch in 1931.",
    "questions": [
        {"q": "Who keeps the key?", "a": ["Mr Tomasi"], "span": "Mr Tomasi keeps the key"},
        {"q": "How many beds are there?", "a": ["six"], "span": "The hut has six beds"},
        {"q": "What does a ticket for the cable car cost?", "a": [], "span": None},
    ],
}
THERE = ReadingQuestion("Who keeps the key?", ("Mr Tomasi", "the forester"), "Mr Tomasi keeps it")
NOT_THERE = ReadingQuestion("Who built it?", (), None)


def test_what_a_person_is_shown_is_judged() -> None:
    found = score_reading(
        [THERE, THERE, NOT_THERE, NOT_THERE],
        [
            Reading("Mr Tomasi keeps it.", supported=True, answer="It is the Forester."),
            Reading("The hut has six beds.", supported=False),
            Reading("The hut has six beds.", supported=False),
            Reading("The hut has six beds.", supported=True, answer="Mr Tomasi."),
        ],
    )
    assert {name: figure.value for name, figure in found.items()} == {
        "quote_hit": 0.5,
        "abstain_right": 0.5,
        "abstain_false": 0.5,
        "answer_match": 0.5,
    }


@pytest.mark.parametrize(
    ("quote", "span", "right"),
    [
        ("Mr Tomasi keeps the key.", "keeps the key", True),
        ("keeps the key", "Mr  Tomasi keeps the\nkey.", True),
        ("He is old, but keeps the key safe", "keeps the key safe in a tin", True),
        ("The hut has six beds.", "keeps the key", False),
        ("The keeper", "the key", False),
        ("", "the key", False),
    ],
)
def test_overlap_is_of_words(quote: str, span: str, *, right: bool) -> None:
    assert overlaps(quote, span) is right


def test_an_answer_counts_as_whole_words() -> None:
    assert holds_answer("They cost £13 each.", ["13"])
    assert not holds_answer("They cost 130.", ["13"])
    assert holds_answer("\u4e00\u5171\u5341\u4e8c\u4ea9\u3002", ["\u5341\u4e8c\u4ea9"])


@pytest.mark.parametrize(
    "change",
    [
        {"passage": 3},
        {"questions": "none"},
        {"questions": [{"q": "Who?", "a": ["she"], "span": "not in it"}]},
        {"questions": [{"q": "Who?", "a": "she", "span": None}]},
    ],
)
def test_an_ill_formed_item_is_named_by_its_line(change: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest, match="Line 1"):
        read_items(json.dumps(ITEM | change), reading_item)


def test_it_can_be_cancelled() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert evaluate_reading(json.dumps(ITEM), FakeEngine(), cancel=cancel) is None


@pytest.mark.model
def test_the_real_model_reads_a_text(engine: LocalEngine) -> None:
    shares: list[float] = []
    found = evaluate_reading(json.dumps(ITEM), engine, shares.append)
    assert found is not None
    assert (found.task, found.items, shares[-1]) == ("reading", 3, 1.0)
    assert found.figures[""]["quote_hit"].value == 1.0
    assert found.figures[""]["abstain_right"].value == 1.0

from __future__ import annotations

import pytest

from engine import CancelToken, InvalidRequest, Proofreader
from engine.evaluate.items import read_items, text_field
from engine.evaluate.proofread import (
    ProofreadItem,
    evaluate_proofreading,
    proofread_item,
    score_proofreading,
)
from engine.proofread.rules import Finding

WRONG = ProofreadItem("She have an cat.", "She has a cat.", ("agreement", "article"))
RIGHT = ProofreadItem("He is well.", "He is well.", ())
SPLICE = ProofreadItem("It rained, we left.", "It rained. We left.", ("comma_splice",))


def test_perfect_corrections_score_one() -> None:
    found = score_proofreading([WRONG, RIGHT], [WRONG.target, RIGHT.target])
    assert (found.precision.value, found.recall.value, found.f05.value) == (1.0, 1.0, 1.0)
    assert (found.over_correction.value, found.exact.value) == (0.0, 1.0)
    assert found.recall_by_type == {"agreement": (1, 1), "article": (1, 1)}


def test_edits_are_counted_one_by_one() -> None:
    # One of two right edits made, and one wrong one.
    found = score_proofreading([WRONG], ["She has an dog."])
    assert (found.precision.value, found.recall.value) == (0.5, 0.5)
    assert found.f05.value == pytest.approx(0.5)
    # F0.5 counts precision twice as much: 1.25 * P * R / (0.25 * P + R).
    careful = score_proofreading([WRONG], ["She has an cat."])
    assert careful.f05.value == pytest.approx(1.25 * 1.0 * 0.5 / (0.25 * 1.0 + 0.5))


def test_changing_what_is_right_is_over_correction() -> None:
    found = score_proofreading([WRONG, RIGHT, RIGHT], [WRONG.source, "He is good.", RIGHT.target])
    assert found.over_correction.value == 0.5
    assert found.over_correction.low < 0.5 < found.over_correction.high
    assert found.recall.value == 0.0


@pytest.mark.parametrize(
    ("output", "right"),
    [
        ("It rained. We left.", 1),
        ("It rained; we left.", 1),
        ("It rained, so we left.", 1),
        ("It rained and we left.", 1),
        ("It rained, we leave.", 0),
        ("It rained, we left.", 0),
    ],
)
def test_sentences_may_be_parted_in_other_ways(output: str, right: int) -> None:
    found = score_proofreading([SPLICE], [output])
    assert found.recall_by_type == {"comma_splice": (right, 1)}
    assert found.exact.value == (output == SPLICE.target)


def test_an_error_that_takes_two_edits_gives_both_its_kind() -> None:
    item = ProofreadItem(
        "Many informations came, we decide.",
        "Much information came, we decided.",
        ("plural", "tense"),
    )
    assert score_proofreading([item], [item.source]).recall_by_type == {
        "plural": (0, 2),
        "tense": (0, 1),
    }


LINES = (
    '{"id": "a", "source": "Teh cat.", "target": "The cat.", "errors": ["spelling"]}\n\n'
    '{"id": "b", "source": "A dog.", "target": "A dog.", "errors": []}\n'
)


def _teh(text: str) -> list[Finding]:
    return [Finding(0, 3, ("The",), "Teh", "Typo", "")] if text.startswith("Teh") else []


def test_each_way_is_measured_on_the_items_of_a_file() -> None:
    shares: list[float] = []
    ways = {"rules": Proofreader([_teh], None), "none": Proofreader([], None)}
    found = evaluate_proofreading(LINES, ways, shares.append)
    assert found is not None
    assert found.items == 2
    assert found.figures["rules"]["f05"].value == 1.0
    assert found.figures["none"]["f05"].value == 0.0
    assert found.details["recall_by_type"]["rules"] == {"spelling": (1, 1)}
    assert shares == [0.25, 0.5, 0.75, 1.0]


def test_a_cancelled_evaluation_has_no_result() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert evaluate_proofreading(LINES, {"none": Proofreader([], None)}, None, cancel) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no items"),
        ('{"source": "a", "target": "b", "errors": []}\n{"source": 1}', "Line 2"),
        ('{"source": "a", "target": "b"}', "errors"),
        ('{"source": "a", "target": "b", "errors": [1]}', "list of texts"),
        ("[1, 2]", "Line 1"),
        ("words", "Line 1"),
    ],
)
def test_a_file_of_something_else_is_said(text: str, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        read_items(text, proofread_item)


def test_items_can_be_of_any_kind() -> None:
    assert read_items('{"a": "x"}\n\n{"a": "y"}', lambda each: text_field(each, "a")) == ("x", "y")

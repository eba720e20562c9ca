from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.proofread.edits import apply_edits, tokens, word_edits


def _pairs(old: str, new: str) -> list[tuple[str, str]]:
    return [(old[edit.start : edit.end], edit.text) for edit in word_edits(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("All is well.", "All is well.", []),
        ("My friends was here.", "My friends were here.", [("was", "were")]),
        (
            "my colleague speak",
            "my colleagues speaks",
            [("colleague", "colleagues"), ("speak", "speaks")],
        ),
        ("He open shop.", "He opened a shop.", [("open", "opened"), ("", "a ")]),
        ("on the the table", "on the table", [("the ", "")]),
        ("I saw alot of rain.", "I saw a lot of rain.", [("alot", "a lot")]),
        ("I suggested to take it.", "I suggested taking it.", [("to take", "taking")]),
        ("I know him since May.", "I have known him since May.", [("know", "have known")]),
        ("It didn't arrive.", "It hasn't arrived.", [("didn't arrive", "hasn't arrived")]),
        ("The bus was full, we waited.", "The bus was full. We waited.", [(", we", ". We")]),
        ("It rained the tent is wet.", "It rained. The tent is wet.", [(" the", ". The")]),
        (
            "I like very much the cake.",
            "I like the cake very much.",
            [("very much the cake", "the cake very much")],
        ),
        ("The life is hard.", "Life is hard.", [("The life", "Life")]),
        (
            "his grandparent's, and mine",
            "his grandparents', and mine",
            [("grandparent's", "grandparents'")],
        ),
    ],
)
def test_each_edit_can_be_judged_by_itself(old: str, new: str, edits) -> None:
    assert _pairs(old, new) == edits


def test_some_of_the_edits_can_be_made_without_the_others() -> None:
    old = "She  have two cat and\ta dogs."
    edits = word_edits(old, "She has two cats and a dog.")
    assert len(edits) == 3
    assert apply_edits(old, edits[1:2]) == "She  have two cats and\ta dogs."
    assert apply_edits(old, edits) == "She  has two cats and\ta dog."


def test_edits_are_the_same_however_the_white_space_lies() -> None:
    [one] = word_edits("a  b, c", "a, c")
    [two] = word_edits("a b,  c", "a, c")
    assert one.key == two.key
    assert one != two


def test_numbers_and_contractions_are_whole() -> None:
    assert [each.text for each in tokens("It's 9.14, or 1,000 km.")] == [
        "It's", "9.14", ",", "or", "1,000", "km", "."
    ]  # fmt: skip


def test_very_long_differing_texts_are_one_edit() -> None:
    old, new = " ".join(f"a{n}" for n in range(600)), " ".join(f"b{n}" for n in range(600))
    assert len(word_edits(old, new)) == 1


_parts = st.sampled_from(["a", "b", "is", "The", " ", " ", ",", ".", "'s", "\u00e9", "\n"])
_texts = st.lists(_parts, max_size=30).map("".join)


@given(_texts, _texts)
def test_all_edits_together_give_the_new_text_but_for_white_space(old: str, new: str) -> None:
    edits = word_edits(old, new)
    made = apply_edits(old, edits)
    assert [each.text for each in tokens(made)] == [each.text for each in tokens(new)]
    assert all(one.end <= two.start for one, two in itertools.pairwise(edits))

"""What counts as a usable rewrite, and what is lost."""

from __future__ import annotations

import pytest

from engine.evaluate.rewrite import (
    RewriteItem,
    RewriteOutput,
    holds,
    is_usable,
    score_rewriting,
)

LONG = "It is my personal opinion that we should probably meet on 8 May at the old mill."


@pytest.mark.parametrize(
    ("action", "result", "usable"),
    [
        ("shorter", "We should meet on 8 May at the old mill.", True),
        ("shorter", LONG.replace("probably ", ""), False),
        ("simpler", "I think we should meet on 8 May at the old mill.", True),
        ("simpler", LONG.replace("should probably", "unquestionably"), False),
        ("bullets", "- meet\n- on 8 May\n- at the old mill", True),
        ("bullets", "- meet on 8 May", False),
        ("formal", "I believe that we should meet at the old mill on 8 May, if possible.", True),
        ("formal", "Meet.", False),
        ("friendly", LONG, False),
        ("friendly", "", False),
    ],
)
def test_what_was_asked_for_makes_a_result_usable(action, result, usable):
    assert is_usable(action, LONG, result) is usable


def test_a_string_counts_only_as_whole_words():
    assert holds("Room 13 is free.", "13")
    assert not holds("Room 130 is free.", "13")
    assert holds("ask hugh", "Hugh")
    assert holds("it is £94 in all", "£94")


def test_the_shares_are_of_strings_texts_pieces_and_losses():
    item = RewriteItem(LONG, "shorter", ("8 May", "mill", "opinion"))
    other = RewriteItem("Call Mr Venn on 4410.", "formal", ("Venn", "4410"))
    figures = score_rewriting(
        [item, other],
        [
            RewriteOutput("We should meet at the mill.", 1, 0),
            RewriteOutput("Call Mr Venn on 4410.", 3, 2),
        ],
    )
    assert figures["must_keep"].value == 3 / 5
    assert figures["usable"].value == 1 / 2
    assert figures["refused"].value == 2 / 4
    assert figures["flagged"].value == 1 / 2, "the date is told of, the opinion is not"

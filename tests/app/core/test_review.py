"""A review never holds half a proposal, and what is decided in it adds up exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.proposal import proposed
from app.core.reasons import Reason
from app.core.review import Change, Decision, Review, rebased

WORDS = st.lists(
    st.sampled_from(
        ["a", "the", "cat", "cats", "sat", "\n", " ", ".", "你", "好", "42", "\U0001f600"]
    ),
    max_size=14,
).map(" ".join)
TEXTS = WORDS | st.text("ab \n.,'\u4e2d\u00e9\u0301\U0001f600", max_size=20)
DECISIONS = st.lists(st.sampled_from([Decision.ACCEPTED, Decision.REJECTED]), max_size=40)


def reviewed(source: str, result: str) -> Review:
    return Review(source).with_more(proposed(source, result))


def numbers(review: Review) -> list[int]:
    return [change.number for change in review.changes]


def is_well_formed(review: Review) -> bool:
    at = 0
    for change in review.changes:
        if change.start < at or review.text[change.start : change.end] != change.text:
            return False
        at = change.end
    return "".join(piece.text for piece in review.pieces()) == review.text


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_all_accepted_is_the_result_and_all_rejected_the_source(source: str, result: str) -> None:
    review = reviewed(source, result)
    assert is_well_formed(review)
    assert review.result() == result
    assert review.source() == source
    accepted = review.decided(numbers(review), Decision.ACCEPTED)
    assert accepted.text == result
    assert is_well_formed(accepted)
    assert not accepted.open
    rejected = review.decided(numbers(review), Decision.REJECTED)
    assert (rejected.text, rejected.result()) == (source, source)
    assert accepted.decided(numbers(review), Decision.OPEN).text == source


@settings(deadline=None)
@given(TEXTS, TEXTS, DECISIONS)
def test_any_mix_of_decisions_is_well_formed(
    source: str, result: str, decisions: list[Decision]
) -> None:
    review = reviewed(source, result)
    expected = {}
    for number, decision in zip(numbers(review), decisions, strict=False):
        splices = review.splices([number], decision)
        text = review.text
        for splice in splices:
            text = text[: splice.start] + splice.text + text[splice.end :]
        review = review.decided([number], decision)
        expected[number] = decision
        assert review.text == text
        assert is_well_formed(review)
    assert review.source() == source
    for change in review.changes:
        assert change.decision == expected.get(change.number, Decision.OPEN)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.integers(0, 30), st.integers(0, 5), st.text("xy ", max_size=4))
def test_an_edit_shifts_the_changes_around_it_and_corrupts_none(
    source: str, result: str, position: int, removed: int, inserted: str
) -> None:
    review = reviewed(source, result)
    position = min(position, len(source))
    removed = min(removed, len(source) - position)
    edited = review.edited(position, removed, inserted)
    assert edited.text == source[:position] + inserted + source[position + removed :]
    assert is_well_formed(edited)
    by = len(inserted) - removed
    for change in review.changes:
        after = edited.find(change.number)
        if change.end < position:
            assert after == change
        elif change.start > position + removed:
            assert after is not None
            assert (after.start, after.old, after.new) == (
                change.start + by,
                change.old,
                change.new,
            )
        elif position < change.end and change.start < position + removed:
            assert after is None


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_changes_of_a_text_that_was_edited_are_taken_to_where_their_words_are(
    source: str, result: str, now: str
) -> None:
    review = Review(now).with_more(rebased(proposed(source, result), source, now))
    assert is_well_formed(review)
    assert rebased(proposed(source, result), source, source) == proposed(source, result)


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_pieces_that_come_one_by_one_add_up(one: str, new: str, two: str, newer: str) -> None:
    source = f"{one}\n\n{two}"
    review = Review(source).with_more(proposed(one, new))
    review = review.with_more(proposed(two, newer, len(one) + 2))
    assert is_well_formed(review)
    assert review.result() == f"{new}\n\n{newer}"


def test_a_change_that_touches_another_is_left_out() -> None:
    review = Review("He have dogs.").with_more([Change(0, 3, "have", "has")])
    again = review.with_more([Change(0, 0, "He have", "They have"), Change(1, 8, "dogs", "dog")])
    assert [change.new for change in again.changes] == ["has", "dog"]
    assert numbers(again) == [0, 1]


def test_an_insertion_stands_behind_a_word() -> None:
    (before,) = proposed("Dog barks.", "The Dog barks.")
    assert (before.old, before.new) == ("Dog", "The Dog")
    (inside,) = proposed("two dogs", "two old dogs")
    assert (inside.start, inside.old, inside.new) == (3, "", " old")


def test_neighbouring_words_are_corrected_one_by_one() -> None:
    found = proposed("He has recieved teh letter.", "He has received the letter.")
    assert [(each.old, each.new) for each in found] == [("recieved", "received"), ("teh", "the")]
    assert {each.reason for each in found} == {Reason.SPELLING}


@pytest.mark.parametrize(
    ("source", "result", "reason"),
    [
        ("He have two dogs.", "He has two dogs.", Reason.AGREEMENT),
        ("I recieve it.", "I receive it.", Reason.SPELLING),
        ("She is teacher.", "She is a teacher.", Reason.ARTICLE),
        ("Yesterday I go home.", "Yesterday I went home.", Reason.TENSE),
        ("I like it", "I like it.", Reason.PUNCTUATION),
        ("we met in paris.", "we met in Paris.", Reason.CAPITALISATION),
        ("I dont know.", "I don't know.", Reason.APOSTROPHE),
        ("I have dog two.", "I have two dog.", Reason.WORD_ORDER),
        ("I don't know.", "I do not know.", Reason.TONE),
        ("He dont know that their", "They don't know there", Reason.WORDING),
        ("A large number of people came.", "Many people came.", Reason.SHORTENED),
        ("It is very, very, very long.", "It is long.", Reason.LEFT_OUT),
        ("It rains.", "It rains, and the streets are full of water.", Reason.ADDED),
        ("a  b", "a b", Reason.SPACING),
        ("One. Two.", "- One.\n- Two.", Reason.LAYOUT),
        ("我昨天去了北京。", "我昨天去北京。", Reason.LEFT_OUT),
    ],
)
def test_each_change_says_why(source: str, result: str, reason: Reason) -> None:
    assert next(each.reason for each in proposed(source, result)) == reason


def test_what_the_guards_find_is_flagged_at_its_change() -> None:
    source = "He have paid 42 euros to Anna."
    found = proposed(source, "He has paid 24 euros to Anna.")
    assert [bool(each.flags) for each in found] == [False, True]
    review = Review(source).with_more(found)
    assert [each.new for each in review.flagged] == ["24"]
    everywhere = proposed("I do not like it.", "I like it.")
    assert everywhere[0].flags[0].kind == "negation"

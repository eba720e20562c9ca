from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.library.words import content_words, sentences, stem, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "group",
    [
        "keeper keepers keeper's keepers'",
        "climb climbs climbed climbing",
        "use uses used using",
        "carry carries carried carrying",
        "stop stops stopped stopping",
        "win wins winning won",
        "city cities",
    ],
)
def test_forms_of_one_word_are_alike(group: str) -> None:
    assert len({stem(word) for word in group.split()}) == 1


@pytest.mark.parametrize("pair", ["glass glade", "thing then", "bus but", "red ring", "king kin"])
def test_different_words_stay_apart(pair: str) -> None:
    first, second = pair.split()
    assert stem(first) != stem(second)


def test_chinese_counts_by_character() -> None:
    assert words("\u4f60\u597d world") == ["\u4f60", "\u597d", "world"]


def test_small_words_count_only_where_there_is_nothing_else() -> None:
    assert content_words("Who is the keeper?") == {stem("keeper")}
    assert content_words("What is it?") == {"what", "is", "it"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It weighs 4.2 kg. Dr. Stan agreed.", ["It weighs 4.2 kg.", "Dr. Stan agreed."]),
        ("From 8 p.m. and on. Then stop.", ["From 8 p.m. and on.", "Then stop."]),
        ("She said \u201cNo.\u201d Then left.", ["She said \u201cNo.\u201d", "Then left."]),
        ("A line\nthat wraps. Next.", ["A line\nthat wraps.", "Next."]),
        ("- one thing\n- another", ["- one thing", "- another"]),
        ("\u4f60\u597d\u3002\u518d\u89c1\uff01", ["\u4f60\u597d\u3002", "\u518d\u89c1\uff01"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text())
def test_sentences_hold_every_visible_character_once_and_in_order(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.integers(1, 4000))
def test_endless_sentences_are_cut(length: int) -> None:
    assert all(len(part) <= 1200 for part in split("word " * length))

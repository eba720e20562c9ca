"""Positions and counts of wild text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.counts import count_line, count_words, reading_minutes
from app.core.goal import WordTally
from app.core.line_counts import LineCounts
from app.core.offsets import from_utf16, to_utf16, utf16_length

LINES = st.lists(
    st.sampled_from(["", " ", "one two.", "\u706f\u5854\u3002", "Three \U0001f600! Four"]),
    min_size=1,
    max_size=8,
)
TEXTS = st.text(st.sampled_from("a\u00e9\u4e2d\U0001f600\U0010ffff\ud83d\ude00"))


@settings(deadline=None)
@given(text=TEXTS, index=st.integers(0, 40))
def test_positions_come_back(text: str, index: int):
    index = min(index, len(text))
    assert utf16_length(text) == len(text) + sum(c > "\uffff" for c in text)
    assert to_utf16(text, index) == utf16_length(text[:index])
    assert from_utf16(text, to_utf16(text, index)) == index


@settings(deadline=None)
@given(text=TEXTS)
def test_a_position_inside_a_pair_or_past_the_end_is_moved_back(text: str):
    units = [index for index, c in enumerate(text) for _ in range(1 + (c > "\uffff"))]
    assert [from_utf16(text, position) for position in range(len(units))] == units
    assert from_utf16(text, len(units) + 5) == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\u2028--\u2026", 0),
        ("Don't count well-known e.g. twice", 5),
        ("3.14 and 1,000", 4),
        ("na\u00efve nai\u0308ve", 2),
        ("它有四个字。", 5),
        ("我用Inkling写作", 5),
        ("\U00020000\u3005", 2),
        ("カタカナー", 5),
        ("한국어 문장", 2),
        ("नमस्ते दुनिया", 2),
        ("a\u00a0b\u2028c_d", 4),
    ],
)
def test_words_are_counted_as_writers_do(text: str, words: int):
    assert count_words(text) == words


@settings(deadline=None)
@given(lines=st.lists(st.text().map(lambda line: line.replace("\n", ""))))
def test_lines_can_be_counted_one_by_one(lines: list[str]):
    assert count_words("\n".join(lines)) == sum(map(count_words, lines))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", 0),
        ("...", 0),
        ("A heading", 1),
        ("One. Two! Three? \u201cFour.\u201d Five", 5),
        ("Mr. Smith, i.e. J. Smith, paid 3.50 at once.", 1),
        ("Well\u2026 perhaps.", 2),
        ("\u4e00\u53e5\u3002\u4e24\u53e5\uff01\u201c\u4e09\u53e5\uff1f\u201d\u56db\u53e5", 4),
        ("*Loud.* Quiet.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: int):
    assert count_line(text)[4] == sentences


def test_chinese_is_counted_by_its_characters():
    words, characters, spaces, han, sentences = count_line(
        "\u706f\u5854 keeper\u8bf4\uff1a\u597d\u3002"
    )
    assert (words, characters, spaces, han, sentences) == (5, 13, 1, 4, 1)
    assert reading_minutes(510, 510) == 2
    assert reading_minutes(510 + 230, 510) == 3


@settings(deadline=None)
@given(
    before=LINES,
    edits=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), LINES), max_size=4),
    budget=st.integers(1, 30),
)
def test_counts_of_lines_follow_edits(
    before: list[str], edits: list[tuple[int, int, list[str]]], budget: int
):
    lines = list(before)
    counts = LineCounts()
    counts.load(len(lines))
    for at, size, new in edits:
        counts.count(lines, budget)
        first = min(at, len(lines) - 1)
        last = min(first + size, len(lines) - 1)
        lines[first : last + 1] = new
        counts.splice(first, last, len(new))
    while not counts.count(lines, budget):
        assert not counts.complete
    assert counts.complete
    total = counts.total()
    assert total.words == sum(map(count_words, lines))
    assert total.characters == sum(map(len, lines))
    paragraphs = [key for key, _ in itertools.groupby(lines, lambda line: bool(line.strip()))]
    assert total.paragraphs == sum(paragraphs)
    assert counts.between(0, lines[0], len(lines) - 1, lines[-1]) == total


def test_a_part_of_the_lines_is_counted():
    lines = ["one two", "", "three", "four five"]
    counts = LineCounts()
    counts.load(4)
    counts.count(lines, 10**6)
    part = counts.between(0, "two", 3, "four")
    assert (part.words, part.characters, part.paragraphs, part.sentences) == (3, 12, 2, 3)
    assert counts.between(3, "five", 3, "").words == 1


def test_words_written_are_tallied_by_the_day():
    day = ["2026-11-25"]
    tally = WordTally("2026-11-25", 40, lambda: day[0])
    tally.begin(None)
    assert not tally.count(1000)
    assert tally.added == 40
    assert tally.count(1010)
    assert tally.count(1005)
    assert tally.added == 45
    tally.begin(3)
    tally.count(4)
    assert tally.added == 46
    day[0] = "2026-11-26"
    tally.count(6)
    assert (tally.day, tally.added) == ("2026-11-26", 2)
    tally.restart()
    tally.count(5)
    assert tally.added == -1
    assert WordTally("2026-11-25", 40, lambda: "2026-11-27").added == 0


def test_reading_time_is_rounded_up():
    assert [reading_minutes(words) for words in (0, 1, 230, 231)] == [0, 1, 1, 2]

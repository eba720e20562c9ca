"""Finding: the same as ``re`` where that can tell, within limits where it cannot."""

from __future__ import annotations

import contextlib
import re
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.find import (
    BadPattern,
    Matches,
    Query,
    Template,
    compile_query,
    find_all,
    replace_all,
    replacement_of,
)

LETTERS = "aAb .\u00e9\u4e2d\U0001f600\n"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=40)
PIECES = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "\u4e2d",
        "\U0001f600",
        "a*",
        "b+",
        "(a)",
        "(a|b)",
        "[^a]",
        "a?",
        r"\n",
        "^",
        "$",
    ]
)
EXPRESSIONS = st.lists(PIECES, min_size=1, max_size=4).map("".join)


def places(query: Query, text: str) -> list[tuple[int, int]]:
    return list(find_all(compile_query(query), text).matches)


@settings(deadline=None)
@given(text=TEXTS, wanted=st.text(st.sampled_from(LETTERS), min_size=1, max_size=3))
def test_plain_text_is_found_wherever_it_stands(text: str, wanted: str):
    exact = [match.span() for match in re.finditer(re.escape(wanted), text)]
    assert places(Query(wanted, match_case=True), text) == exact
    either = [match.span() for match in re.finditer(re.escape(wanted), text, re.IGNORECASE)]
    assert places(Query(wanted), text) == either


@settings(deadline=None)
@given(text=TEXTS, expression=EXPRESSIONS)
def test_expressions_find_what_re_finds(text: str, expression: str):
    expected = [match.span() for match in re.finditer(expression, text, re.MULTILINE)]
    assert places(Query(expression, regular_expression=True, match_case=True), text) == expected


@settings(deadline=None)
@given(text=TEXTS, expression=EXPRESSIONS, at=st.integers(0, 40), size=st.integers(0, 40))
def test_only_a_part_is_searched(text: str, expression: str, at: int, size: int):
    start = min(at, len(text))
    end = min(start + size, len(text))
    pattern = compile_query(Query(expression, regular_expression=True, match_case=True))
    expected = [m.span() for m in re.compile(expression, re.MULTILINE).finditer(text, start, end)]
    assert list(find_all(pattern, text, start, end).matches) == expected


@pytest.mark.parametrize(
    ("wanted", "text", "count"),
    [
        ("cat", "cat, concat; cat's Cat cats", 3),
        ("灯塔", "老灯塔看守人走上灯塔。", 2),
        ("keeper", "看守人keeper说", 1),
        ("-", "a - b-c", 2),
        ("na\u00efve", "na\u00efve na\u00efvely", 1),
        ("\U0001f600", "\U0001f600\U0001f600 a\U0001f600", 3),
    ],
)
def test_whole_words(wanted: str, text: str, count: int):
    assert len(places(Query(wanted, whole_words=True), text)) == count


@settings(deadline=None)
@given(text=TEXTS, at=st.integers(0, 40), removed=st.integers(0, 10), inserted=TEXTS)
def test_matches_follow_edits(text: str, at: int, removed: int, inserted: str):
    position = min(at, len(text))
    removed = min(removed, len(text) - position)
    edited = text[:position] + inserted + text[position + removed :]
    found = find_all(compile_query(Query("a")), text).matches
    before = list(found)
    found.follow(position, removed, len(inserted))
    assert all(edited[start:end] in ("a", "A") for start, end in found)
    untouched = [
        place for place in before if place[1] <= position or place[0] >= position + removed
    ]
    assert len(found) == len(untouched)


def test_the_matches_around_a_place():
    matches = Matches(np.array([2, 10, 20]), np.array([5, 10, 24]))
    assert matches.touching(0, 2) == []
    assert matches.touching(4, 21) == [(2, 5), (10, 10), (20, 24)]
    assert [matches.at_or_after(at) for at in (0, 2, 3, 20, 21)] == [0, 0, 1, 2, 3]
    assert matches.index(10, 10) == 1
    assert matches.index(10, 11) is None


@settings(deadline=None)
@given(text=TEXTS, expression=EXPRESSIONS)
def test_replacing_all_is_what_re_does(text: str, expression: str):
    pattern = compile_query(Query(expression, regular_expression=True, match_case=True))
    template = Template(r"<\0>", pattern, literal=False)
    replacements = replace_all(pattern, template, text)
    assert replacements is not None
    units = text.encode("utf-16-le")
    for one in reversed(replacements):
        units = units[: 2 * one.start] + one.text.encode("utf-16-le") + units[2 * one.end :]
    expected = re.sub(expression, r"<\g<0>>", text, flags=re.MULTILINE)
    assert units.decode("utf-16-le") == expected


def test_groups_in_the_replacement():
    pattern = compile_query(Query(r"(?P<first>\w+) (\w+)(!)?", regular_expression=True))
    template = Template(r"\2,\t\g<first>\3\\\n", pattern, literal=False)
    assert replacement_of(pattern, template, "Jane Doe", (0, 8), 8) == "Doe,\tJane\\\n"
    assert replacement_of(pattern, template, "Jane Doe", (1, 8), 8) == "Doe,\tane\\\n"
    assert replacement_of(pattern, template, "Jane", (0, 4), 4) is None


def test_without_expressions_the_replacement_is_taken_as_it_is():
    pattern = compile_query(Query("a"))
    template = Template(r"\1\n", pattern, literal=True)
    assert replacement_of(pattern, template, "a", (0, 1), 1) == r"\1\n"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("(a", "not closed"),
        ("[a", "not closed"),
        ("a)", "without"),
        ("ab*?+*", "character"),
        ("*", "character 1"),
        ("a{3,2}", "{ }"),
        (r"\2", "a group"),
        ("(?P=x)", "a group"),
        ("[z-a]", "backwards"),
        ("a\\", "twice"),
        (r"\p{Nonsense}", "kind of characters"),
        ("(?z)", "goes wrong"),
        ("(?P<1>a)", "goes wrong"),
    ],
)
def test_a_wrong_expression_is_told_in_words(expression: str, words: str):
    for whole in (False, True):
        with pytest.raises(BadPattern, match=re.escape(words)):
            compile_query(Query(expression, regular_expression=True, whole_words=whole))


@settings(deadline=None)
@given(text=st.text(st.sampled_from("()[]{}*+?|\\^$.a1-,<>P=!:"), max_size=8))
def test_any_text_is_a_pattern_or_a_sentence(text: str):
    with contextlib.suppress(BadPattern):
        find_all(compile_query(Query(text, regular_expression=True)), "aaa1", limit_s=0.2)


@pytest.mark.parametrize("wrong", ["\\", r"\q", r"\3", r"\g<nobody>", r"\g<1"])
def test_a_wrong_replacement_is_told_in_words(wrong: str):
    pattern = compile_query(Query("(a)", regular_expression=True))
    with pytest.raises(BadPattern, match="replacement"):
        Template(wrong, pattern, literal=False)


ENDLESS = Query("(a|aa)+$", regular_expression=True)
ENDLESS_TEXT = "aa b\n" * 20 + "a" * 60 + "b"


def test_an_endless_pattern_is_stopped_and_what_it_found_is_kept():
    pattern = compile_query(ENDLESS)
    found = find_all(pattern, ENDLESS_TEXT, limit_s=0.05)
    assert not found.complete
    assert len(found.matches) == 0
    template = Template("", pattern, literal=False)
    assert replace_all(pattern, template, ENDLESS_TEXT, limit_s=0.05) is None


def test_an_endless_pattern_lets_other_threads_run():
    ticks = 0
    search = threading.Thread(
        target=find_all, args=(compile_query(ENDLESS), ENDLESS_TEXT), kwargs={"limit_s": 0.3}
    )
    search.start()
    while search.is_alive():
        ticks += 1
        search.join(0.001)
    assert ticks > 3


def test_a_search_nobody_waits_for_ends():
    pattern = compile_query(Query("a"))
    found = find_all(pattern, "a" * 10_000, cancelled=lambda: True)
    assert not found.complete
    assert len(found.matches) < 1000

"""Headings are found, and after edits they are those a fresh reading finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.editor.outline import Heading, Outline

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "words",
            "# One",
            "## Two 😀",
            "===",
            "---",
            "```",
            "~~~~",
            "- item",
            "a: b",
            "> # q",
            "a | b",
            "--|--",
            "<!--",
            "-->",
        ]
    ),
    min_size=1,
    max_size=12,
)


def outline_of(lines: list[str]) -> list[Heading]:
    outline = Outline()
    outline.load(len(lines))
    assert outline.read(lines, 10**9)
    return outline.headings(lines)


def titles(text: str) -> list[tuple[int, int, str]]:
    return [(one.line, one.level, one.title) for one in outline_of(text.split("\n"))]


def test_both_kinds_of_headings():
    text = (
        "# One\n\nTwo\n===\n\nThree\n  -----  \n###### Six ######\n#seven\n####### seven\n #  Eight"
    )
    assert titles(text) == [
        (0, 1, "One"),
        (2, 1, "Two"),
        (5, 2, "Three"),
        (7, 6, "Six"),
        (10, 1, "Eight"),
    ]


def test_a_heading_of_two_lines_begins_at_the_first():
    assert titles("\nA long\ntitle\n---\nnext") == [(1, 2, "A long title")]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# no\nno\n===\n```",
        "~~~ python\n```\n# no\n~~~",
        "---\ntitle: x\n# no\n---",
        "> # no\n> no\n---",
        "- no\n---",
        "\n---\n\n***\n",
        "    # no",
        "words\n\n===",
        "<!--\n# no\n-->",
        "a | b\n--|--\n1 | 2\n---",
    ],
)
def test_what_is_no_heading(text: str):
    assert titles(text) == []


def test_a_heading_after_code_and_front_matter():
    text = "---\ntitle: x\n---\n# Yes\n```\n# no\n```\n# Yes"
    assert [line for line, _, _ in titles(text)] == [3, 7]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# *A* **b** `c` __d__ ~~e~~", "A b c d e"),
        ("# snake_case and 2 \\* 3", "snake_case and 2 * 3"),
        ("# [The keeper](a.md) says", "The keeper says"),
        ("# 第一章 灯塔", "第一章 灯塔"),
        ("#", ""),
    ],
)
def test_titles_are_read_as_words(line: str, title: str):
    assert titles(line)[0][2] == title


@settings(deadline=None)
@given(
    before=LINES,
    edits=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), LINES), max_size=4),
    budget=st.integers(1, 40),
)
def test_after_edits_it_is_as_read_anew(
    before: list[str], edits: list[tuple[int, int, list[str]]], budget: int
):
    lines = list(before)
    outline = Outline()
    outline.load(len(lines))
    for at, size, new in edits:
        outline.read(lines, budget)
        first = min(at, len(lines) - 1)
        last = min(first + size, len(lines) - 1)
        lines[first : last + 1] = new
        outline.splice(first, last, len(new))
    while not outline.read(lines, budget):
        pass
    assert outline.headings(lines) == outline_of(lines)


def test_an_edit_reads_no_more_than_it_must():
    class Counted(list[str]):
        looks = 0

        def __getitem__(self, number):
            self.looks += 1
            return super().__getitem__(number)

    lines = Counted(["words"] * 1000)
    outline = Outline()
    outline.load(len(lines))
    outline.read(lines, 10**9)
    lines[500] = "# Now a heading"
    outline.splice(500, 500, 1)
    lines.looks = 0
    assert outline.read(lines, 10**9)
    assert lines.looks <= 4

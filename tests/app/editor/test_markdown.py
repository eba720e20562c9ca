"""Markdown's structure is seen as CommonMark has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editor.markdown import NORMAL, Kind, read_line


def _kinds(line: str, kind: Kind) -> list[str]:
    spans, _ = read_line(line, NORMAL)
    return [line[s.start : s.end] for s in spans if s.kind is kind]


@pytest.mark.parametrize(
    ("line", "emphasis", "strong"),
    [
        ("a *b* c", ["*b*"], []),
        ("a **b** c", [], ["**b**"]),
        ("***b***", ["***b***"], ["**b**"]),
        ("**a *b* c**", ["*b*"], ["**a *b* c**"]),
        ("*a **b** c*", ["*a **b** c*"], ["**b**"]),
        ("snake_case_word and 2 * 3 * 4", [], []),
        ("_under_ and __twice__", ["_under_"], ["__twice__"]),
        (r"\*not\* this", [], []),
        ("`*code*` *em*", ["*em*"], []),
        ("un*frigging*believable", ["*frigging*"], []),
        ("* a list *item*", ["*item*"], []),
        ("**one*", ["*one*"], []),
        ("**unclosed *both", [], []),
        ("他说*很好*。", ["*很好*"], []),
        ("[some *words*](a_b_c)", ["*words*"], []),
        ("**", [], []),
    ],
)
def test_emphasis(line: str, emphasis: list[str], strong: list[str]) -> None:
    assert _kinds(line, Kind.EMPHASIS) == emphasis
    assert _kinds(line, Kind.STRONG) == strong


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a `b` c", ["`b`"]),
        ("``a ` b`` `c`", ["``a ` b``", "`c`"]),
        ("`unclosed", []),
        ("``a` b", []),
    ],
)
def test_code_spans(line: str, code: list[str]) -> None:
    assert _kinds(line, Kind.CODE) == code


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("see [words](address) and <https://a.b/c_d>", ["words", "<https://a.b/c_d>"]),
        ("at https://a.b/c_d_e, then", ["https://a.b/c_d_e"]),
        ("![picture](a.png)", ["picture"]),
        ("a < b > c [not a link]", []),
    ],
)
def test_links(line: str, links: list[str]) -> None:
    assert _kinds(line, Kind.LINK) == links


@pytest.mark.parametrize(
    ("line", "heading"),
    [("# One", 1), ("###### Six", 6), ("   ## Two", 2), ("#", 1), ("#tag", 0), ("####### 7", 0)],
)
def test_headings(line: str, heading: int) -> None:
    spans, _ = read_line(line, NORMAL)
    levels = [s.level for s in spans if s.kind is Kind.HEADING]
    assert levels == ([heading] if heading else [])


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("- item", ["- "]),
        ("12) item", ["12) "]),
        ("- [x] done", ["- [x]"]),
        ("> > quoted", ["> > "]),
        ("> - item", ["> ", "- "]),
        ("---", ["---"]),
        ("* * *", ["* * *"]),
        ("===", ["==="]),
        ("-5 degrees", []),
    ],
)
def test_marks(line: str, marks: list[str]) -> None:
    assert _kinds(line, Kind.MARK) == marks


def _states(text: str) -> list[bool]:
    state, states = NORMAL, []
    for number, line in enumerate(text.split("\n")):
        _, state = read_line(line, state, number == 0)
        states.append(state != NORMAL)
    return states


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("```\na\n```\nb", [True, True, False, False]),
        ("````\n```\n````", [True, True, False]),
        ("~~~ py\n```\n~~~~", [True, True, False]),
        ("``` a `b` ```", [False]),
        ("  ```\nx\n  ```", [True, True, False]),
        ("```\nx\n``` not closing", [True, True, True]),
        ("---\ntitle: a\ntags:\n  - b\n---\ntext", [True, True, True, True, False, False]),
        ("---\nProse after a rule.", [True, False]),
        ("a\n---\nb", [False, False, False]),
    ],
)
def test_fences_and_front_matter(text: str, inside: list[bool]) -> None:
    assert _states(text) == inside


@given(
    line=st.text(st.sampled_from("*_`~[]()<>\\#->=! \tab1.é😀中"), max_size=80),
    state=st.sampled_from([NORMAL, 1, 2 + 6, 2 + 7]),
    first=st.booleans(),
)
def test_odd_input_gives_spans_within_the_line(line: str, state: int, first: bool) -> None:
    spans, after = read_line(line, state, first)
    assert after >= NORMAL
    assert all(0 <= span.start <= span.end <= len(line) for span in spans)


@pytest.mark.parametrize("piece", ["*a ", "`", "[", "_a*", "**a", "<", "*a*", "\\"])
def test_long_odd_lines_are_read_in_bounded_steps(piece: str) -> None:
    spans, _ = read_line(piece * (19_000 // len(piece)), NORMAL)
    assert len(spans) <= 4 * 19_000

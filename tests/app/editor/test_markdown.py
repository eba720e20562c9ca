"""Markdown's structure is seen as CommonMark has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editor.markdown import NORMAL, TABLE, Kind, Role, is_code, read_line, role_of, state_after


def _kinds(line: str, kind: Kind) -> list[str]:
    spans = read_line(line, NORMAL)
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
    spans = read_line(line, NORMAL)
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


def _states(text: str) -> list[int]:
    states: list[int] = []
    before = None
    for line in text.split("\n"):
        states.append(state_after(line, states[-1] if states else NORMAL, before))
        before = line
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
    assert [is_code(state) for state in _states(text)] == inside


@pytest.mark.parametrize(
    ("line", "following", "role"),
    [
        ("Title", "===", Role.HEADING_1),
        ("Title", "---", Role.HEADING_2),
        ("Title", "-", Role.HEADING_2),
        ("", "---", Role.PLAIN),
        ("- item", "---", Role.PLAIN),
        ("# Title", "===", Role.PLAIN),
        ("a | b", "--|:-:", Role.TABLE_HEAD),
        ("| a | b |", "|---|---|", Role.TABLE_HEAD),
        ("| a | b |", "|---|", Role.PLAIN),
        ("words", "more", Role.PLAIN),
        ("words", None, Role.PLAIN),
    ],
)
def test_what_the_next_line_makes_of_a_line(line: str, following: str | None, role: Role) -> None:
    assert role_of(line, NORMAL, following) is role


def test_a_table_goes_on_while_there_are_cells() -> None:
    table = "a | b\n--|--\n1 | 2\n3 | 4\n\nx | y"
    assert _states(table) == [NORMAL, TABLE, TABLE, TABLE, NORMAL, NORMAL]
    spans = read_line("| a \\| b | *c* |", TABLE)
    assert [(s.start, s.end) for s in spans if s.kind is Kind.MARK][:3] == [
        (0, 1),
        (9, 10),
        (15, 16),
    ]
    assert spans[0].kind is Kind.TABLE
    assert any(span.kind is Kind.EMPHASIS for span in spans)


def test_a_comment_of_several_lines() -> None:
    states = _states("<!-- one\ntwo\nthree --> after\nfour")
    assert [bool(state) for state in states] == [True, True, False, False]
    assert not any(is_code(state) for state in states)
    spans = read_line("three --> after", states[1])
    assert [(s.start, s.end, s.kind) for s in spans] == [(0, 9, Kind.COMMENT)]


@pytest.mark.parametrize(
    ("line", "kind", "found"),
    [
        ("a ~~b~~ c ~d~ ~~~e~~~", Kind.STRIKE, ["~~b~~", "~d~"]),
        ("- [x] done *it*", Kind.DONE, ["done *it*"]),
        ("- [ ] open", Kind.DONE, []),
        ("a <!-- b --> c", Kind.COMMENT, ["<!-- b -->"]),
        ("as said[^1] <b>x</b>", Kind.MARK, ["[^1]", "<b>", "</b>"]),
        ("[^1]: see *there*", Kind.MARK, ["[^1]: ", "*", "*"]),
        ("[name]: https://a.b", Kind.LINK, ["https://a.b"]),
        ("[words][name] and ![p][q]", Kind.LINK, ["words", "p"]),
        ("2 < 3 and a <b", Kind.MARK, []),
    ],
)
def test_extensions_and_comments(line: str, kind: Kind, found: list[str]) -> None:
    assert sorted(_kinds(line, kind)) == sorted(found)


@given(
    line=st.text(st.sampled_from("*_`~|[]()<>\\#->=!:^ \tab1.é😀中"), max_size=80),
    state=st.sampled_from([NORMAL, 1, 2, 3, 4 + 6, 4 + 7]),
    role=st.sampled_from(Role),
    first=st.booleans(),
    before=st.sampled_from(["", "a | b", "---", "words"]),
)
def test_odd_input_gives_spans_within_the_line(
    line: str, state: int, role: Role, first: bool, before: str
) -> None:
    spans = read_line(line, state, role, first, before)
    assert state_after(line, state, None if first else before) >= NORMAL
    assert role_of(line, state, before) in Role
    assert all(0 <= span.start <= span.end <= len(line) for span in spans)


@pytest.mark.parametrize("piece", ["*a ", "`", "[", "_a*", "**a", "<", "<a ", "~a", "*a*", "\\"])
def test_long_odd_lines_are_read_in_bounded_steps(piece: str) -> None:
    spans = read_line(piece * (19_000 // len(piece)), NORMAL)
    assert len(spans) <= 4 * 19_000

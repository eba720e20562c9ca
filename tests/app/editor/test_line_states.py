"""What is open after a line is the same as if the document were read from its start."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.editor.line_states import LineStates
from app.editor.markdown import NORMAL, is_code, state_after

LINES = st.lists(
    st.sampled_from(["words", "", "---", "```", "~~~", "a | b", "--|--", "<!--", "-->", "key: x"]),
    min_size=1,
    max_size=12,
)


def _afresh(lines: list[str]) -> list[int]:
    states = [NORMAL]
    for number, line in enumerate(lines):
        states.append(state_after(line, states[-1], lines[number - 1] if number else None))
    return states


@given(lines=LINES, data=st.data())
def test_states_follow_any_edits(lines: list[str], data: st.DataObject) -> None:
    states = LineStates(lines)
    for _ in range(data.draw(st.integers(1, 5))):
        asked = data.draw(st.integers(0, len(lines)))
        assert states.before(asked) == _afresh(lines)[asked]
        first = data.draw(st.integers(0, len(lines) - 1))
        last = data.draw(st.integers(first, len(lines) - 1))
        new = data.draw(LINES)
        lines[first : last + 1] = new
        states.splice(first, last, len(new))
    assert [states.before(n) for n in range(len(lines) + 1)] == _afresh(lines)


def test_a_fence_far_above_counts_after_an_edit() -> None:
    lines = ["words"] * 5_000
    states = LineStates(lines)
    assert not is_code(states.before(4_999))
    lines[0] = "```"
    states.splice(0, 0, 1)
    assert is_code(states.before(4_999))
    lines[0] = "words"
    states.splice(0, 0, 1)
    assert not is_code(states.before(4_999))

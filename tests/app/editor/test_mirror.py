"""The mirror cuts out windows, counts words, and narrows changes exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.counts import count_words
from app.editor.mirror import DocumentMirror, narrowed

WORDS = st.text(st.sampled_from("ab \n😀中"), max_size=40)


@given(text=WORDS, at=st.integers(0, 40), limit=st.integers(0, 50))
def test_windows_on_either_side_of_a_place(text: str, at: int, limit: int) -> None:
    mirror = DocumentMirror()
    mirror.load(text.split("\n"))
    at = min(at, len(text))
    number = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    assert mirror.text_before(number, column, limit) == text[max(0, at - limit) : at]
    assert mirror.text_after(number, column, limit) == text[at : at + limit]
    start = at - column
    u16 = len(text[:start].encode("utf-16-le")) // 2
    assert mirror.code_points_before(number, u16) == start


@given(old=WORDS, new=WORDS, tail=WORDS)
def test_narrowing_keeps_the_change_whole(old: str, new: str, tail: str) -> None:
    change = narrowed(0, old, new, tail)
    assert (old if change is None else change.apply(old)) == new


def test_the_caret_decides_where_an_ambiguous_change_was() -> None:
    change = narrowed(10, "Xab", "Xabab", "")
    assert change is not None
    assert (change.position, change.inserted) == (13, "ab")
    change = narrowed(10, "bab", "babab", "ab")
    assert change is not None
    assert (change.position, change.inserted) == (11, "ab")


@given(first=WORDS, second=WORDS, budget=st.integers(1, 20))
def test_words_are_counted_in_steps(first: str, second: str, budget: int) -> None:
    mirror = DocumentMirror()
    mirror.load(first.split("\n"))
    while not mirror.count(budget):
        pass
    assert mirror.counts.total().words == sum(map(count_words, first.split("\n")))
    mirror.splice(0, 0, second.split("\n"))
    while not mirror.count(budget):
        pass
    assert mirror.counts.total().words == sum(map(count_words, mirror.text().split("\n")))

"""Quotations are found again in a source that has changed meanwhile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.citations import (
    Citation,
    citation_from,
    citation_record,
    find_quote,
    marked_words,
    shown_quote,
)

TEXT = "The lamp burns. The keeper  sleeps.\nThe lamp burns."


def citation(quote: str, start: int, *marks: tuple[int, int]) -> Citation:
    return Citation("a.md", "/a.md", quote, start, start + len(quote), 1, marks)


def test_the_old_place_comes_first_then_the_nearest():
    assert find_quote(citation("The lamp burns.", 36), TEXT) == (36, 51)
    assert find_quote(citation("The lamp burns.", 30), TEXT) == (36, 51)
    assert find_quote(citation("The lamp burns.", 2), TEXT) == (0, 15)


def test_other_white_space_is_the_same_words_and_other_words_are_not():
    moved = citation("The keeper\nsleeps.", 99, (4, 10))
    span = find_quote(moved, TEXT)
    assert span == (16, 35)
    assert [TEXT[a:b] for a, b in marked_words(moved, TEXT, *span)] == ["keeper"]
    assert find_quote(citation("The keeper wakes.", 16), TEXT) is None
    assert find_quote(citation("  ", 0), TEXT) is None


@given(st.text(alphabet="ab \n\t", min_size=1), st.data())
def test_what_is_shown_keeps_the_marked_words(quote: str, data: st.DataObject):
    first = data.draw(st.integers(0, len(quote)))
    last = data.draw(st.integers(first, len(quote)))
    shown, ((start, end),) = shown_quote(citation(quote, 0, (first, last)))
    assert shown == " ".join(quote.split())
    assert shown[start:end].split() == quote[first:last].split()


def test_a_citation_is_kept_whole():
    kept = citation("The lamp burns.", 0, (4, 8))
    assert citation_from(citation_record(kept)) == kept

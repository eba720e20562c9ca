from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.tokens.detokenizer import Detokenizer


@given(st.binary(), st.lists(st.integers(0, 8)))
def test_any_cutting_gives_the_text_of_the_whole(data: bytes, cuts: list[int]) -> None:
    detokenizer = Detokenizer()
    shown = ""
    rest = data
    for cut in cuts:
        shown += detokenizer.feed(rest[:cut])
        rest = rest[cut:]
    shown += detokenizer.feed(rest) + detokenizer.finish()
    assert shown == data.decode("utf-8", "replace")


@given(st.text(min_size=1))
def test_half_a_character_is_never_shown(text: str) -> None:
    detokenizer = Detokenizer()
    shown = ""
    for byte in text.encode():
        shown += detokenizer.feed(bytes([byte]))
        assert text.startswith(shown)
    assert shown == text
    assert detokenizer.pending == b""
    assert detokenizer.finish() == ""


def test_a_character_cut_off_by_the_end_becomes_one_mark() -> None:
    detokenizer = Detokenizer()
    assert detokenizer.feed("a海".encode()[:-1]) == "a"
    assert detokenizer.pending == "海".encode()[:-1]
    assert detokenizer.finish() == "\N{REPLACEMENT CHARACTER}"
    assert detokenizer.feed(b"next") == "next"


def test_what_can_no_longer_become_a_character_is_shown_at_once() -> None:
    assert Detokenizer().feed(b"\xe6A") == "\N{REPLACEMENT CHARACTER}A"

"""Words to avoid never come, whatever is drawn, and nothing else is forbidden."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api import SamplingParams
from engine.errors import InvalidRequest
from engine.sampling.avoid import AvoidedWords, TokenSpellings
from engine.sampling.sampler import check_params

_PIECES = [
    *(bytes([each]) for each in range(256)),
    *(
        piece.encode()
        for piece in (
            " del", "delve", " delve", " Delve", "ve", "ved", " delved", "DEL", "VE", " art",
            "art", " party", "\u4f1a", "\u8bae", "\u4f1a\u8bae", " in", " conclusion", "clusion",
            ", in", "In conclusion,", " caf\u00e9", "caf", "\u00e9", "\u00c9", " the", ".", "\n",
        )
    ),
]  # fmt: skip
_SPELLINGS = TokenSpellings(_PIECES)
_WORDS = ("delve", "art", "in conclusion", "\u4f1a\u8bae", "caf\u00e9")


def _ids(*pieces: str) -> list[int]:
    return [_PIECES.index(piece.encode()) for piece in pieces]


@given(st.lists(st.integers(0, len(_PIECES) - 1), max_size=60), st.binary(max_size=8))
def test_no_walk_through_the_allowed_tokens_spells_an_avoided_word(
    drawn: list[int], before: bytes
) -> None:
    avoided = AvoidedWords(_WORDS, _SPELLINGS)
    text = b""
    for token in drawn:
        if token not in avoided.tokens(before + text):
            text += _PIECES[token]
    shown = text.decode("utf-8", "replace")
    for word in _WORDS[:3]:
        # Not where bytes beside it make no character: nobody reads a word there.
        pattern = rf"(?<![\w\ufffd]){re.escape(word)}(?![\w\ufffd])"
        assert not re.search(pattern, " " * bool(not before) + shown, re.IGNORECASE | re.ASCII)
    assert "\u4f1a\u8bae" not in shown


@pytest.mark.parametrize(
    ("tail", "piece", "forbidden"),
    [
        (b"We ", "delve", True),
        (b"We", " Delve", True),
        (b"we del", "ve", True),
        (b"WE DEL", "VE", True),
        (b"we del", "ved", False),
        (b"we", " delved", False),
        (b"model", "ve", False),
        (b"a p", "art", False),
        (b"a ", "art", True),
        (b"a", " party", False),
        ("\u5f00\u4f1a".encode(), "\u8bae", True),
        ("\u5f00".encode(), "\u4f1a\u8bae", True),
        ("\u5f00".encode(), "\u4f1a", False),
        (b"And in", " conclusion", True),
        (b"And within", " conclusion", False),
        (b"And in con", "clusion", True),
        (b"a", " caf\u00e9", True),
        (b"a CAF", "\u00c9", True),
        (b"the ", ".", False),
    ],
)
def test_only_a_word_of_its_own_is_forbidden(tail: bytes, piece: str, forbidden: bool) -> None:
    tokens = AvoidedWords(_WORDS, _SPELLINGS).tokens(tail)
    assert (_ids(piece)[0] in tokens) is forbidden


def test_logits_are_left_alone_but_for_the_forbidden_tokens() -> None:
    avoided = AvoidedWords(_WORDS, _SPELLINGS)
    logits = np.linspace(0, 1, len(_PIECES), dtype=np.float32)
    changed = avoided.without(logits, b"we del")
    differing = set(np.flatnonzero(changed != logits).tolist())
    assert differing == set(avoided.tokens(b"we del").tolist())
    assert set(_ids("ve", " delve")) <= differing
    assert logits[_ids("ve")[0]] > 0  # the array that was given is unchanged


def test_what_was_typed_may_be_spelt_though_it_is_a_word_to_avoid() -> None:
    avoided = AvoidedWords(_WORDS, _SPELLINGS)
    logits = np.zeros(len(_PIECES), np.float32)
    kept = avoided.without(logits, b"we", np.array(_ids(" delve"), np.int64))
    assert kept[_ids(" delve")[0]] == 0


@pytest.mark.parametrize(
    ("before", "text", "allowed"),
    [
        (b"we del", b"ve", False),
        (b"we del", b"ved", True),
        (b"we", b" delve", False),
        (b"we delve", b" into", True),
        (b"in", b" conclusion", False),
        (b"", b" party", True),
    ],
)
def test_whole_words_are_judged_with_what_comes_before(
    before: bytes, text: bytes, allowed: bool
) -> None:
    assert AvoidedWords(_WORDS, _SPELLINGS).allow(before, text) is allowed


@pytest.mark.parametrize("words", [("",), (" ",), ("x" * 101,), ("a",) * 1001])
def test_a_list_that_cannot_be_meant_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(InvalidRequest):
        check_params(SamplingParams(avoid=words))

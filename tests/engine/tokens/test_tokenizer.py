"""The tokenizer against the text itself, and against a second implementation written here."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ModelDamaged
from engine.tokens.tokenizer import Tokenizer, byte_alphabet

_WHITE = frozenset(
    "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")
# What wild text is made of: ranges of code points, and pieces that are easily got wrong.
_RANGES = (
    (0x20, 0x7E), (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xFF), (0x100, 0x24F), (0x300, 0x36F),
    (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x2000, 0x206F),
    (0x2150, 0x218F), (0x2460, 0x24FF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0xE000, 0xE0FF), (0xFB1D, 0xFEFF), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F1E6, 0x1F1FF),
    (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0x10FFF0, 0x10FFFF),
)  # fmt: skip
_PIECES = (
    "don't", "WE'LL", "'s", "'", " 's", "  ", "   x", "\n\n", " \n ", "\r\n", "\t", "1234",
    " 12", "½", "٣٤", "Ⅷ", "<|im_end|>", "<|im_start|>user", "👩‍👩‍👧‍👦", "e\u0301", "…", "—",
    "\ufeff", "\u200b", "\u3000x",
)  # fmt: skip


class PlainBPE:
    """Byte-level BPE in plain Python from a ``tokenizer.json``, digits by themselves."""

    def __init__(self, path: Path) -> None:
        model = json.loads(path.read_text("utf-8"))["model"]
        self._ids: dict[str, int] = model["vocab"]
        merges = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
        self._ranks = {(left, right): rank for rank, (left, right) in enumerate(merges)}
        self._letters = {byte: letter for letter, byte in byte_alphabet().items()}

    def encode(self, text: str) -> list[int]:
        return [
            self._ids[part]
            for piece in _single_digits(text)
            for word in _words(piece)
            for part in self._merge([self._letters[byte] for byte in word.encode()])
        ]

    def _merge(self, parts: list[str]) -> list[str]:
        while len(parts) > 1:
            pairs = list(itertools.pairwise(parts))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            merged: list[str] = []
            for part in parts:
                if merged and (merged[-1], part) == best and not merged[-1].startswith("\0"):
                    merged[-1] = "\0" + merged[-1] + part
                else:
                    merged.append(part)
            parts = [part.removeprefix("\0") for part in merged]
        return parts


def _single_digits(text: str) -> Iterator[str]:
    start = 0
    for place, letter in enumerate(text):
        if unicodedata.category(letter)[0] == "N":
            yield text[start:place]
            yield letter
            start = place + 1
    yield text[start:]


def _kind(letter: str) -> str:
    if letter in _WHITE:
        return "white"
    category = unicodedata.category(letter)[0]
    return category if category in "LN" else "other"


def _words(text: str) -> Iterator[str]:
    """GPT-2's regular expression, by hand."""
    place = 0
    while place < len(text):
        end = _word_end(text, place)
        yield text[place:end]
        place = end


def _word_end(text: str, place: int) -> int:
    for contraction in _CONTRACTIONS:
        if text.startswith(contraction, place):
            return place + len(contraction)
    first = place + (text[place] == " " and place + 1 < len(text))
    if _kind(text[first]) == "white":
        first = place
    end, kind = first, _kind(text[first])
    while end < len(text) and _kind(text[end]) == kind:
        end += 1
    # Of white space before a word the last character is left for the word.
    return end - 1 if kind == "white" and end < len(text) and end - place > 1 else end


def _wild_strings(count: int) -> Iterator[str]:
    source = random.Random(20)
    for _ in range(count):
        parts: list[str] = []
        for _ in range(source.randint(1, 12)):
            if source.random() < 0.4:
                parts.append(source.choice(_PIECES))
                continue
            low, high = source.choice(_RANGES)
            letters = (chr(source.randint(low, high)) for _ in range(source.randint(1, 6)))
            # Code points that only a newer Unicode knows are classed differently by each library.
            parts.extend(letter for letter in letters if unicodedata.category(letter) != "Cn")
        yield "".join(parts)


@pytest.fixture(scope="module")
def tiny(tiny_model: Path) -> Tokenizer:
    return Tokenizer(tiny_model / "tokenizer.json")


@pytest.fixture(scope="module")
def real(default_model: Path) -> Tokenizer:
    return Tokenizer(default_model / "tokenizer.json")


@given(text=st.text())
def test_any_text_comes_back(tiny: Tokenizer, text: str) -> None:
    ids = tiny.encode(text)
    assert tiny.decode(ids) == text
    assert b"".join(map(tiny.token_bytes, ids)) == text.encode()


@pytest.mark.model
@settings(max_examples=400)
@given(text=st.text())
def test_any_text_comes_back_from_the_default_vocabulary(real: Tokenizer, text: str) -> None:
    assert real.decode(real.encode(text)) == _as_spelt_by_default(text)


def _as_spelt_by_default(text: str) -> str:
    """``text`` as SmolLM2 can spell it: its vocabulary lacks these bytes."""
    return re.sub("[\x04\x06\x13\x14\x16\x1d\U00040000-\U000bffff]", "\ufffd", text)


@given(parts=st.lists(st.sampled_from(["<|im_end|>", "<|im_", "end|>", "x", " ", "<|endoftext|>"])))
def test_a_persons_text_never_becomes_a_special_token(tiny: Tokenizer, parts: list[str]) -> None:
    text = "".join(parts)
    ids = tiny.encode(text)
    assert not set(ids) & set(tiny.special_tokens.values())
    assert tiny.decode(ids) == text


def test_special_tokens_of_trusted_text_are_one_token_each(tiny: Tokenizer) -> None:
    start, end = tiny.special_id("<|im_start|>"), tiny.special_id("<|im_end|>")
    ids = tiny.encode_with_specials("<|im_start|>user\nHello<|im_end|>\n")
    assert ids == [start, *tiny.encode("user\nHello"), end, *tiny.encode("\n")]
    assert tiny.decode(ids) == "user\nHello\n"
    assert tiny.token_bytes(end or 0) == b""


def test_lone_surrogates_become_replacement_characters(tiny: Tokenizer) -> None:
    assert tiny.decode(tiny.encode("a\ud800b")) == "a\ufffdb"


def test_a_row_without_a_token_spells_nothing(tiny: Tokenizer) -> None:
    assert tiny.token_bytes(tiny.vocab_size + 5) == b""


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"model": 3}', b"[" * 5000])
def test_a_damaged_file_is_a_damaged_model(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes(content)
    with pytest.raises(ModelDamaged, match=r"tokenizer\.json"):
        Tokenizer(path)


def test_a_missing_file_is_a_damaged_model(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged):
        Tokenizer(tmp_path / "tokenizer.json")


def test_a_second_implementation_agrees_on_wild_text(tiny_model: Path, tiny: Tokenizer) -> None:
    plain = PlainBPE(tiny_model / "tokenizer.json")
    for text in _wild_strings(1000):
        assert tiny.encode(text) == plain.encode(text), ascii(text)


@pytest.mark.model
def test_a_second_implementation_agrees_on_the_default_vocabulary(
    default_model: Path, real: Tokenizer
) -> None:
    plain = PlainBPE(default_model / "tokenizer.json")
    for text in _wild_strings(4000):
        expected = plain.encode(_as_spelt_by_default(text))
        assert real.encode(text) == expected, ascii(text)


@pytest.mark.model
def test_known_ids_of_the_default_vocabulary(real: Tokenizer) -> None:
    assert real.vocab_size == 49_152
    assert (real.special_id("<|endoftext|>"), real.special_id("<|im_end|>")) == (0, 2)
    # Digits one by one, as the model was trained.
    assert [real.decode([index]) for index in real.encode("in 1998")] == [
        "in", " ", "1", "9", "9", "8",
    ]  # fmt: skip

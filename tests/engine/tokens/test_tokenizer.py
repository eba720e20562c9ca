"""The tokenizer against the text itself; ``test_agreement`` compares it with a second one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ModelDamaged
from engine.tokens.tokenizer import Tokenizer


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


@pytest.mark.model
def test_known_ids_of_the_default_vocabulary(real: Tokenizer) -> None:
    assert real.vocab_size == 49_152
    assert (real.special_id("<|endoftext|>"), real.special_id("<|im_end|>")) == (0, 2)
    # Digits one by one, as the model was trained.
    assert [real.decode([index]) for index in real.encode("in 1998")] == [
        "in", " ", "1", "9", "9", "8",
    ]  # fmt: skip

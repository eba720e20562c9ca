"""Tokenizers from GGUF against second ones written here in plain Python."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gguf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer as Trained
from tokenizers import models, pre_tokenizers, trainers

from engine.errors import UnsupportedModel
from engine.export.gguf import GgufFile
from engine.export.tokenizer_file import build_tokenizer, special_tokens
from engine.tokens.tokenizer import Tokenizer, byte_alphabet

Words = Callable[[str], Iterator[str]]

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
    "\ufeff", "\u200b", "\u3000x", "'ſ", "!\n", " .\r\n", "<0x0A>", "<bos>", "12345678", "  \n\tx",
)  # fmt: skip


class PlainBPE:
    """Byte-level BPE: the words of a text by ``words``, each merged by rank.

    ``whole_words`` takes a word that is a token as it is.
    """

    def __init__(
        self,
        ids: Mapping[str, int],
        merges: Sequence[Sequence[str]],
        words: Words,
        *,
        whole_words: bool = False,
    ) -> None:
        self._ids = ids
        self._ranks = {(left, right): rank for rank, (left, right) in enumerate(merges)}
        self._letters = {byte: letter for letter, byte in byte_alphabet().items()}
        self._words = words
        self._whole_words = whole_words

    def encode(self, text: str) -> list[int]:
        return [self._ids[part] for word in self._words(text) for part in self._parts(word)]

    def _parts(self, word: str) -> list[str]:
        letters = [self._letters[byte] for byte in word.encode()]
        if self._whole_words and "".join(letters) in self._ids:
            return ["".join(letters)]
        return self._merge(letters)

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


class PlainSentencePiece:
    """SentencePiece's BPE: of all neighbours that make a piece the best scored join first."""

    def __init__(self, ids: Mapping[str, int], scores: Mapping[str, float]) -> None:
        self._ids = ids
        self._scores = scores

    def encode(self, text: str) -> list[int]:
        parts = list(text.replace(" ", "▁"))
        while True:
            joined = [left + right for left, right in itertools.pairwise(parts)]
            found = [(-self._scores[both], at) for at, both in enumerate(joined) if self._is(both)]
            if not found:
                break
            _, at = min(found)
            parts[at : at + 2] = [joined[at]]
        return [
            index
            for part in parts
            for index in (
                [self._ids[part]]
                if self._is(part)
                else [self._ids[f"<0x{byte:02X}>"] for byte in part.encode()]
            )
        ]

    def _is(self, piece: str) -> bool:
        return piece in self._scores


def gpt2_words(text: str) -> Iterator[str]:
    """GPT-2's regular expression, by hand."""
    return _cut(text, _gpt2_word_end)


def single_digit_words(text: str) -> Iterator[str]:
    """SmolLM's: every digit by itself, then GPT-2's."""
    start = 0
    for place, letter in enumerate(text):
        if unicodedata.category(letter)[0] == "N":
            yield from gpt2_words(text[start:place])
            yield letter
            start = place + 1
    yield from gpt2_words(text[start:])


def llama3_words(text: str) -> Iterator[str]:
    """Llama 3's regular expression, by hand: up to three digits are a word."""
    return _cut(text, lambda text, place: _llama3_word_end(text, place, 3))


def qwen2_words(text: str) -> Iterator[str]:
    """Qwen2's: composed characters, then as Llama 3 but with single digits."""
    composed = unicodedata.normalize("NFC", text)
    return _cut(composed, lambda text, place: _llama3_word_end(text, place, 1))


def wild_strings(count: int) -> Iterator[str]:
    """Strings of letters from all over Unicode and of pieces that are easily got wrong."""
    source = random.Random(20)
    for _ in range(count):
        parts: list[str] = []
        for _ in range(source.randint(1, 12)):
            if source.random() < 0.4:
                parts.append(source.choice(_PIECES))
                continue
            low, high = source.choice(_RANGES)
            letters = (chr(source.randint(low, high)) for _ in range(source.randint(1, 6)))
            parts.extend(filter(is_known_everywhere, letters))
        yield "".join(parts)


def is_known_everywhere(letter: str) -> bool:
    """Whether it is a character: those of a newer Unicode are classed by each library its way."""
    return unicodedata.category(letter) not in ("Cn", "Cs")


def _cut(text: str, word_end: Callable[[str, int], int]) -> Iterator[str]:
    place = 0
    while place < len(text):
        end = word_end(text, place)
        yield text[place:end]
        place = end


def _kind(letter: str) -> str:
    if letter in _WHITE:
        return "white"
    category = unicodedata.category(letter)[0]
    return category if category in "LN" else "other"


def _run_end(text: str, place: int, kind: str) -> int:
    while place < len(text) and _kind(text[place]) == kind:
        place += 1
    return place


def _gpt2_word_end(text: str, place: int) -> int:
    for contraction in _CONTRACTIONS:
        if text.startswith(contraction, place):
            return place + len(contraction)
    first = place + (text[place] == " " and place + 1 < len(text))
    kind = _kind(text[first])
    if kind == "white":
        return _white_end(text, place)
    return _run_end(text, first, kind)


def _white_end(text: str, place: int) -> int:
    """Of white space before a word the last character is left for the word."""
    end = _run_end(text, place, "white")
    return end - 1 if end < len(text) and end - place > 1 else end


def _llama3_word_end(text: str, place: int, digits: int) -> int:
    for contraction in _CONTRACTIONS:
        if text[place : place + len(contraction)].casefold() == contraction:
            return place + len(contraction)
    kind = _kind(text[place])
    after = place + (kind != "L")
    if kind != "N" and text[place] not in "\r\n" and _run_end(text, after, "L") > after:
        return _run_end(text, after, "L")
    if kind == "L":
        return _run_end(text, place, "L")
    if kind == "N":
        return min(_run_end(text, place, "N"), place + digits)
    first = place + (text[place] == " ")
    end = _run_end(text, first, "other")
    if end > first:
        while end < len(text) and text[end] in "\r\n":
            end += 1
        return end
    white = _run_end(text, place, "white")
    line = max(text.rfind("\n", place, white), text.rfind("\r", place, white))
    return line + 1 if line >= 0 else _white_end(text, place)


_CORPUS = [
    "The ferry leaves the island at seven, and the keeper's daughter watches it from the stairs.",
    "It's late;  they've said we'll write again in 1998, 12345 or 2026-11-24 perhaps!\n\n\n",
    "\t\tif x == 'y':\r\n    return [\"yes\", 'no']  # don't -- I'M SURE\n  \n",
    "Der Zug fährt um halb acht, et la rivière est déjà gelée. 海边的灯塔已经很旧了。今天天气很好",
    "مرحبا بالعالم שלום 안녕하세요 नमस्ते 👩‍👩‍👧‍👦🎉🎉 e\u0301 ½ ٣٤",
] * 6  # fmt: skip
_BYTE_LEVEL: dict[str, tuple[Words, bool]] = {
    "gpt-2": (gpt2_words, False),
    "smollm": (single_digit_words, False),
    "llama-bpe": (llama3_words, True),
    "qwen2": (qwen2_words, False),
}
_SPECIALS = ["<|bos|>", "<bos>", "<|im_end|>", "<think>"]
# Strategies that reach what the ranges above reach, but find the smallest example of a difference.
_known = st.characters(exclude_categories=("Cn", "Cs"))
_texts = st.lists(st.one_of(st.text(_known, max_size=6), st.sampled_from(_PIECES))).map("".join)
_many = settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def learnt() -> tuple[list[str], list[list[str]]]:
    """Tokens and merges of byte-level BPE that were learnt across the bounds of words.

    So a word cut anywhere else than by the rules comes out in other tokens.
    """
    trained = Trained(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=6,
    )
    trained.train_from_iterator([" ".join(_CORPUS), *_CORPUS], trainer)
    model = json.loads(trained.to_str())["model"]
    return [*_SPECIALS, *model["vocab"], "Ġzyx"], model["merges"]


@pytest.fixture(scope="module")
def pieces() -> tuple[list[str], list[float], list[int]]:
    """Tokens, scores and kinds of SentencePiece's BPE: specials, bytes, white space, pieces."""
    trained = Trained(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    trainer = trainers.BpeTrainer(vocab_size=900, show_progress=False, limit_alphabet=150)
    trained.train_from_iterator(_CORPUS, trainer)
    vocabulary = json.loads(trained.to_str())["model"]["vocab"]
    # The vocabulary lists characters first and merged pieces by rank: the score falls with it.
    learnt = [token for token in vocabulary if not {"\n", "\t"} & {*token} and token != "▁▁"]
    bytes_ = [f"<0x{value:02X}>" for value in range(256)]
    white = ["\n", "\n\n", "\n\n\n", "\t", "\t\t", "  ", "   ", "<table>"]
    tokens = [*_SPECIALS, *bytes_, *white, *learnt]
    scores = [-1000.0] * (len(tokens) - len(learnt)) + [-float(rank) for rank in range(len(learnt))]
    kinds = [3, 3, 3, 4] + [6] * 256 + [4] * len(white) + [1] * len(learnt)
    return tokens, scores, kinds


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Tokenizer]:
    """``load(metadata)`` takes a vocabulary through a GGUF file and ``tokenizer.json``."""

    def make(**metadata: Any) -> Tokenizer:
        folder = tmp_path_factory.mktemp("vocabulary")
        built = build_tokenizer(_write(folder / "x.gguf", metadata))
        (folder / "tokenizer.json").write_text(built.to_str(), "utf-8")
        return Tokenizer(folder / "tokenizer.json")

    return make


def _write(path: Path, metadata: Mapping[str, Any]) -> GgufFile:
    writer = gguf.GGUFWriter(path, metadata.get("architecture", "llama"))
    for key, value in metadata.items():
        name = key if key == "architecture" else f"tokenizer.{key.replace('__', '.')}"
        if isinstance(value, bool):
            writer.add_bool(name, value)
        elif isinstance(value, str) and key != "architecture":
            writer.add_string(name, value)
        elif isinstance(value, int):
            writer.add_uint32(name, value)
        elif isinstance(value, list):
            writer.add_array(name, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return GgufFile(path)


def _byte_level(learnt: tuple[list[str], list[list[str]]], rules: str) -> dict[str, Any]:
    tokens, merges = learnt
    return {
        "ggml__model": "gpt2",
        "ggml__pre": rules,
        "ggml__tokens": tokens,
        "ggml__token_type": [3, 3, 3, 4] + [1] * (len(tokens) - 4),
        "ggml__merges": [" ".join(pair) for pair in merges],
        "chat_template": "{{ '<think>' }}",
    }


def _pieces(pieces: tuple[list[str], list[float], list[int]], **extra: Any) -> dict[str, Any]:
    tokens, scores, kinds = pieces
    return {
        "ggml__model": "llama",
        "ggml__pre": "default",
        "ggml__tokens": tokens,
        "ggml__scores": scores,
        "ggml__token_type": kinds,
        "ggml__add_space_prefix": False,
        **extra,
    }


@pytest.fixture(scope="module", params=_BYTE_LEVEL)
def byte_level(
    request: pytest.FixtureRequest,
    learnt: tuple[list[str], list[list[str]]],
    load: Callable[..., Tokenizer],
) -> tuple[Tokenizer, PlainBPE]:
    """The tokenizer of each kind of rules, and its second implementation."""
    tokens, merges = learnt
    words, whole = _BYTE_LEVEL[request.param]
    ids = {token: index for index, token in enumerate(tokens) if token not in _SPECIALS}
    plain = PlainBPE(ids, merges, words, whole_words=whole)
    return load(**_byte_level(learnt, request.param)), plain


@pytest.fixture(scope="module")
def sentencepiece(
    pieces: tuple[list[str], list[float], list[int]], load: Callable[..., Tokenizer]
) -> tuple[Tokenizer, Callable[[str], list[int]]]:
    """The tokenizer, and a second implementation that takes runs of white space out first."""
    tokens, scores, kinds = pieces
    ids = {token: index for index, token in enumerate(tokens)}
    scored = {token: scores[ids[token]] for token in tokens if kinds[ids[token]] == 1}
    plain = PlainSentencePiece(ids, scored)
    listed = [token for token in tokens if kinds[ids[token]] == 4 and token != "<think>"]
    runs = re.compile("(" + "|".join(map(re.escape, sorted(listed, key=len, reverse=True))) + ")")

    def encode(text: str) -> list[int]:
        parts = runs.split(text)
        return [
            index
            for place, part in enumerate(parts)
            for index in ([ids[part]] if place % 2 else plain.encode(part))
        ]

    return load(**_pieces(pieces, chat_template="{{ '<think>' }}")), encode


def test_byte_level_tokens_on_wild_text(byte_level: tuple[Tokenizer, PlainBPE]) -> None:
    fast, plain = byte_level
    for text in wild_strings(1500):
        assert fast.encode(text) == plain.encode(text), ascii(text)


@_many
@given(text=_texts)
def test_byte_level_tokens_on_any_text(byte_level: tuple[Tokenizer, PlainBPE], text: str) -> None:
    fast, plain = byte_level
    assert fast.encode(text) == plain.encode(text)


def test_sentencepiece_tokens_on_wild_text(
    sentencepiece: tuple[Tokenizer, Callable[[str], list[int]]],
) -> None:
    fast, plain = sentencepiece
    for text in wild_strings(1500):
        assert fast.encode(text) == plain(text), ascii(text)


@_many
@given(text=_texts)
def test_sentencepiece_tokens_on_any_text(
    sentencepiece: tuple[Tokenizer, Callable[[str], list[int]]], text: str
) -> None:
    fast, plain = sentencepiece
    assert fast.encode(text) == plain(text)
    assert fast.decode(fast.encode(text)) == text.replace("▁", " ")


@pytest.mark.model
def test_the_default_models_tokens_on_wild_text(default_model: Path) -> None:
    path = default_model / "tokenizer.json"
    model = json.loads(path.read_text("utf-8"))["model"]
    merges = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
    plain = PlainBPE(model["vocab"], merges, single_digit_words)
    real = Tokenizer(path)
    for text in wild_strings(4000):
        # Its vocabulary lacks these bytes.
        spelt = re.sub("[\x04\x06\x13\x14\x16\x1d\U00040000-\U000bffff]", "\ufffd", text)
        assert real.encode(text) == plain.encode(spelt), ascii(text)


_forged = st.lists(st.sampled_from([*_SPECIALS, "<|", "|>", "<", ">", "x", " ", "<0x41>"]))


@given(parts=_forged)
def test_no_text_becomes_a_special_token(
    byte_level: tuple[Tokenizer, PlainBPE],
    sentencepiece: tuple[Tokenizer, Callable[[str], list[int]]],
    parts: list[str],
) -> None:
    text = "".join(parts)
    for fast in (byte_level[0], sentencepiece[0]):
        ids = fast.encode(text)
        assert set(fast.special_tokens) == set(_SPECIALS)
        assert not set(ids) & set(fast.special_tokens.values())
        assert fast.decode(ids) == text


def test_trusted_text_has_its_special_tokens(
    sentencepiece: tuple[Tokenizer, Callable[[str], list[int]]],
) -> None:
    fast, _ = sentencepiece
    assert fast.split_specials("<bos>a<|im_end|>\n<think>") == [1, "a", 2, "\n", 3]
    # A run of white space and an HTML tag are text, though they are found before all other pieces.
    assert [fast.token_bytes(index) for index in fast.encode("\n\n<table>")] == [
        b"\n\n",
        b"<table>",
    ]


def test_a_space_is_put_before_a_text_only_where_the_file_says_so(
    pieces: tuple[list[str], list[float], list[int]], load: Callable[..., Tokenizer]
) -> None:
    # Llama 2, which does this, has no runs of white space among its tokens.
    kinds = [5 if kind == 4 else kind for kind in pieces[2]]
    with_space = load(**_pieces(pieces, ggml__token_type=kinds, ggml__add_space_prefix=True))
    without = load(**_pieces(pieces, ggml__token_type=kinds))
    assert with_space.encode("the keeper") == without.encode(" the keeper")
    for text in ("the keeper", " the", "  ", "", "海"):
        assert with_space.decode(with_space.encode(text)) == text


def test_rules_without_a_name_are_gpt2s_only_in_a_gpt2(
    learnt: tuple[list[str], list[list[str]]], load: Callable[..., Tokenizer]
) -> None:
    named = load(**_byte_level(learnt, "gpt-2"))
    unnamed = load(**_byte_level(learnt, "default"), architecture="gpt2")
    assert unnamed.encode("It's 1998!\n") == named.encode("It's 1998!\n")
    with pytest.raises(UnsupportedModel, match="'default'"):
        load(**_byte_level(learnt, "default"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ggml__model": "bert"}, "'bert'"),
        ({"ggml__tokens": ["a", "b"]}, "contradicts itself"),
        ({"ggml__merges": ["a"]}, "merge"),
        ({"ggml__merges": ["a qqq"]}, "merge"),
    ],
)
def test_what_cannot_be_a_vocabulary_is_refused_in_a_sentence(
    learnt: tuple[list[str], list[list[str]]],
    load: Callable[..., Tokenizer],
    changes: dict[str, Any],
    said: str,
) -> None:
    with pytest.raises(UnsupportedModel, match=said):
        load(**{**_byte_level(learnt, "gpt-2"), **changes})


def test_a_vocabulary_without_all_bytes_is_refused(
    pieces: tuple[list[str], list[float], list[int]], load: Callable[..., Tokenizer]
) -> None:
    tokens = ["<0xXX>" if token == "<0x41>" else token for token in pieces[0]]
    with pytest.raises(UnsupportedModel, match="<0x41> is missing"):
        load(**_pieces(pieces, ggml__tokens=tokens))


@pytest.mark.parametrize(
    ("metadata", "add_bos"), [({}, True), ({"ggml__add_bos_token": False}, False)]
)
def test_texts_of_sentencepiece_begin_with_the_start_token_unless_told_otherwise(
    pieces: tuple[list[str], list[float], list[int]],
    tmp_path: Path,
    metadata: dict[str, Any],
    add_bos: bool,
) -> None:
    numbers = {"ggml__bos_token_id": 1, "ggml__eos_token_id": 0}
    source = _write(tmp_path / "x.gguf", _pieces(pieces, **numbers, **metadata))
    special = special_tokens(source, build_tokenizer(source))
    assert (special.bos_id, special.eos_id, special.add_bos) == (1, 0, add_bos)
    assert special.stop_ids == (0, 2)

"""Byte-level BPE as GPT-2, Llama 3 and Qwen2 use it: how each cuts a text into words first.

The rules bear the names of GGUF's ``tokenizer.ggml.pre``. They are those of the models' own
``tokenizer.json`` files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

_LETTERS_DIGITS_REST = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a text becomes words.

    ``pattern`` finds the words, "" for GPT-2's own; ``single_digits`` makes every digit a word
    before that; ``whole_words`` takes a word that is a token as it is, whatever the merges say;
    ``compose`` first brings the text into Unicode's form NFC; ``add_bos`` is what holds where a
    file does not say whether a text begins with the start token.
    """

    pattern: str = ""
    single_digits: bool = False
    whole_words: bool = False
    compose: bool = False
    add_bos: bool = False


_GPT2 = _Rules()
_SINGLE_DIGITS = _Rules(single_digits=True)
_LLAMA3 = _Rules(pattern=_LETTERS_DIGITS_REST % "{1,3}", whole_words=True, add_bos=True)
_QWEN2 = _Rules(pattern=_LETTERS_DIGITS_REST % "", compose=True)

RULES: Mapping[str, _Rules] = {
    "gpt-2": _GPT2,
    "smollm": _SINGLE_DIGITS,
    "starcoder": _SINGLE_DIGITS,
    "refact": _SINGLE_DIGITS,
    "command-r": _SINGLE_DIGITS,
    "codeshell": _SINGLE_DIGITS,
    "exaone": _SINGLE_DIGITS,
    "minerva-7b": _SINGLE_DIGITS,
    "llama-bpe": _LLAMA3,
    "llama3": _LLAMA3,
    "llama-v3": _LLAMA3,
    "qwen2": _QWEN2,
    "deepseek-r1-qwen": _QWEN2,
}


def byte_level_tokenizer(tokens: Sequence[str], merges: Sequence[str], rules: _Rules) -> Tokenizer:
    """A tokenizer with ``tokens`` by id and ``merges`` ("left right", the best first).

    Raises:
        ValueError: a merge is malformed or names something that is no token.
    """
    # A merge's two sides cannot hold a space: bytes below 0x21 have other letters in this alphabet.
    pairs = [(left, right) for left, _, right in (merge.partition(" ") for merge in merges)]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    for left, right in pairs:
        if not {left, right, left + right} <= vocabulary.keys():
            raise ValueError(f"the merge {left!r} with {right!r} names something that is no token")
    tokenizer = Tokenizer(
        models.BPE(vocab=vocabulary, merges=pairs, fuse_unk=False, ignore_merges=rules.whole_words)
    )
    if rules.compose:
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = _pre_tokenizer(rules)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _pre_tokenizer(rules: _Rules) -> pre_tokenizers.PreTokenizer:
    if rules.pattern:
        words = pre_tokenizers.Split(Regex(rules.pattern), "isolated")
        letters = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        return pre_tokenizers.Sequence([words, letters])
    gpt2 = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    if rules.single_digits:
        return pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), gpt2])
    return gpt2

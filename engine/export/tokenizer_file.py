"""``tokenizer.json`` and the special tokens, from the vocabulary inside a GGUF file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from engine.errors import UnsupportedModel
from engine.export.gguf import GgufFile

_CONTROL = 3
_USER_DEFINED = 4

# Texts that end a turn or a document in the families' vocabularies; a model may name only one of
# them as its end token, and go on after the other.
_END_TEXTS = ("<|im_end|>", "<|endoftext|>", "<|end_of_text|>", "<|eot_id|>", "<|end|>", "</s>")


def _gpt2() -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)


def _single_digits() -> pre_tokenizers.PreTokenizer:
    """Every digit by itself, then GPT-2's words, as llama.cpp splits for these names."""
    digits = pre_tokenizers.Digits(individual_digits=True)
    return pre_tokenizers.Sequence([digits, _gpt2()])


# Names as in GGUF's `tokenizer.ggml.pre`; llama.cpp gives these the same two rules.
_PRE_TOKENIZERS: dict[str, Callable[[], pre_tokenizers.PreTokenizer]] = {
    "gpt-2": _gpt2,
    "smollm": _single_digits,
    "starcoder": _single_digits,
    "refact": _single_digits,
    "command-r": _single_digits,
    "codeshell": _single_digits,
    "exaone": _single_digits,
    "minerva-7b": _single_digits,
}


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """The ids of tokens with a meaning of their own."""

    bos_id: int | None
    eos_id: int | None
    add_bos: bool
    stop_ids: tuple[int, ...]


def build_tokenizer(source: GgufFile) -> Tokenizer:
    """The tokenizer of a GGUF file. Raises ``UnsupportedModel`` for kinds that are not known."""
    kind = source.text("tokenizer.ggml.model")
    if kind != "gpt2":
        raise UnsupportedModel(
            f"The file {source.path.name} has a tokenizer of the kind {kind or 'unknown'!r}; "
            "Inkling can use byte-level BPE ('gpt2') only."
        )
    pre = source.text("tokenizer.ggml.pre", "gpt-2")
    make_pre_tokenizer = _PRE_TOKENIZERS.get(pre)
    if make_pre_tokenizer is None:
        raise UnsupportedModel(
            f"The file {source.path.name} splits text by the rules {pre!r}, which Inkling does "
            f"not know. It knows: {', '.join(sorted(_PRE_TOKENIZERS))}."
        )
    tokens = source.value("tokenizer.ggml.tokens", [])
    merges = source.value("tokenizer.ggml.merges", [])
    kinds = source.value("tokenizer.ggml.token_type", [1] * len(tokens))
    vocabulary = {token: index for index, token in enumerate(tokens)}
    if not tokens or len(vocabulary) != len(tokens) or len(kinds) != len(tokens):
        raise UnsupportedModel(
            f"The vocabulary of {source.path.name} is missing or contradicts itself."
        )
    # A merge's two sides cannot hold a space: bytes below 0x21 have other letters in this alphabet.
    pairs = [tuple(merge.split(" ")) for merge in merges]
    if any(len(pair) != 2 for pair in pairs):
        raise UnsupportedModel(f"The merges of {source.path.name} are malformed.")
    try:
        tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=pairs, fuse_unk=False))
    # The library raises plain exceptions: a merge may name a token that is not in the vocabulary.
    except Exception as error:
        raise UnsupportedModel(
            f"The vocabulary of {source.path.name} cannot be used: {error}."
        ) from error
    tokenizer.pre_tokenizer = make_pre_tokenizer()
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [
            AddedToken(token, special=True, normalized=False)
            for token, token_kind in zip(tokens, kinds, strict=True)
            if token_kind in (_CONTROL, _USER_DEFINED)
        ]
    )
    return tokenizer


def special_tokens(source: GgufFile, tokenizer: Tokenizer) -> SpecialTokens:
    """Start, end and stop tokens by the metadata and by their well-known texts."""
    vocab = tokenizer.get_vocab_size()

    def token_id(key: str) -> int | None:
        value = source.value(f"tokenizer.ggml.{key}")
        return value if isinstance(value, int) and 0 <= value < vocab else None

    bos, eos = token_id("bos_token_id"), token_id("eos_token_id")
    special = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
    by_text = [tokenizer.token_to_id(text) for text in _END_TEXTS if text in special]
    stops = {
        stop
        for stop in (eos, token_id("eot_token_id"), token_id("eom_token_id"), *by_text)
        if stop is not None
    }
    add_bos = source.value("tokenizer.ggml.add_bos_token", False) is True and bos is not None
    return SpecialTokens(bos, eos, add_bos, tuple(sorted(stops)))

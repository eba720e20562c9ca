"""``tokenizer.json`` and the special tokens, from the vocabulary inside a GGUF file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import AddedToken, Tokenizer

from engine.errors import UnsupportedModel
from engine.export.byte_level import RULES, byte_level_tokenizer
from engine.export.gguf import GgufFile
from engine.export.sentencepiece import sentencepiece_tokenizer

_NORMAL = 1
_UNKNOWN = 2
_CONTROL = 3
_USER_DEFINED = 4

# Texts that end a turn or a document in the families' vocabularies; a model may name only one of
# them as its end token, and go on after the other.
_END_TEXTS = (
    "<|im_end|>", "<|endoftext|>", "<|end_of_text|>", "<|eot_id|>", "<|eom_id|>", "<|end|>",
    "<end_of_turn>", "</s>",
)  # fmt: skip
_MARKER = re.compile(r"<\|.+\|>|</?(?:start|end)_of_\w+>")


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
    if kind not in ("gpt2", "llama"):
        raise UnsupportedModel(
            f"The file {source.path.name} has a tokenizer of the kind {kind or 'unknown'!r}; "
            "Inkling can use byte-level BPE ('gpt2') and SentencePiece's BPE ('llama')."
        )
    tokens = source.value("tokenizer.ggml.tokens", [])
    kinds = source.value("tokenizer.ggml.token_type", [_NORMAL] * len(tokens))
    scores = source.value("tokenizer.ggml.scores", [-float(index) for index in range(len(tokens))])
    if not tokens or len({*tokens}) != len(tokens) or not len(kinds) == len(scores) == len(tokens):
        raise UnsupportedModel(
            f"The vocabulary of {source.path.name} is missing or contradicts itself."
        )
    try:
        if kind == "gpt2":
            merges = source.value("tokenizer.ggml.merges", [])
            tokenizer = byte_level_tokenizer(tokens, merges, RULES[_rules_name(source)])
        else:
            ordinary = [index for index, each in enumerate(kinds) if each == _NORMAL]
            prefix = source.value("tokenizer.ggml.add_space_prefix", True) is True
            tokenizer = sentencepiece_tokenizer(tokens, scores, ordinary, space_prefix=prefix)
    except ValueError as error:
        raise UnsupportedModel(
            f"The vocabulary of {source.path.name} cannot be used: {error}."
        ) from error
    tokenizer.add_tokens(_added_tokens(tokens, kinds, source.text("tokenizer.chat_template")))
    return tokenizer


def _rules_name(source: GgufFile) -> str:
    """The key of the file's rules in ``RULES``."""
    name = source.text("tokenizer.ggml.pre", "default")
    # Written before the rules had names, or by a converter that did not know them.
    if name == "default" and source.text("general.architecture") == "gpt2":
        return "gpt-2"
    if name not in RULES:
        raise UnsupportedModel(
            f"The file {source.path.name} splits text by the rules {name!r}, which Inkling does "
            f"not know. It knows: {', '.join(sorted(RULES))}."
        )
    return name


def _added_tokens(tokens: Sequence[str], kinds: Sequence[int], template: str) -> list[AddedToken]:
    """The tokens found in a text before all others; ``special`` ones never in a person's text."""
    return [
        AddedToken(
            token,
            special=kind != _USER_DEFINED or has_meaning(token, template),
            normalized=False,
        )
        for token, kind in zip(tokens, kinds, strict=True)
        if kind in (_UNKNOWN, _CONTROL, _USER_DEFINED)
    ]


def has_meaning(token: str, template: str) -> bool:
    """Whether an added token that is not declared as special is a mark and not a piece of text.

    Runs of white space and HTML tags are pieces of text; what the chat template writes around the
    messages is not (``<think>`` of Qwen3), nor is what is written like a special token.
    """
    return not token.isspace() and (token in template or _MARKER.fullmatch(token) is not None)


def special_tokens(source: GgufFile, tokenizer: Tokenizer) -> SpecialTokens:
    """Start, end and stop tokens by the metadata and by their well-known texts."""
    vocab = tokenizer.get_vocab_size()

    def token_id(key: str) -> int | None:
        value = source.value(f"tokenizer.ggml.{key}")
        return value if isinstance(value, int) and 0 <= value < vocab else None

    bos, eos = token_id("bos_token_id"), token_id("eos_token_id")
    named = (eos, token_id("eot_token_id"), token_id("eom_token_id"), *stop_tokens(tokenizer))
    stops = {stop for stop in named if stop is not None}
    add_bos = source.value("tokenizer.ggml.add_bos_token", _adds_bos(source)) is True
    add_bos = add_bos and bos is not None
    return SpecialTokens(bos, eos, add_bos, tuple(sorted(stops)))


def stop_tokens(tokenizer: Tokenizer) -> list[int]:
    """The special tokens that end a turn or a document by their well-known texts."""
    return [
        index
        for index, token in tokenizer.get_added_tokens_decoder().items()
        if token.special and token.content in _END_TEXTS
    ]


def _adds_bos(source: GgufFile) -> bool:
    """Whether texts begin with the start token where the file does not say it."""
    if source.text("tokenizer.ggml.model") == "llama":
        return True
    return RULES[_rules_name(source)].add_bos

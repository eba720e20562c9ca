"""Tokenizer, special tokens, chat template and licence of a source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from engine.export.gguf import GgufFile
from engine.export.huggingface import HuggingFaceFolder, read_json
from engine.export.tokenizer_file import (
    SpecialTokens,
    build_tokenizer,
    special_tokens,
    stop_tokens,
)
from engine.export.tokenizer_json import read_tokenizer_json

_TOKENIZER = "tokenizer.json"
_TEMPLATE = "chat_template.jinja"
_MAX_TEMPLATE_BYTES = 64 * 1024
_MAX_LICENCE = 1000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a model reads and writes text; ``template`` is "" where there is none that fits."""

    tokenizer: Tokenizer
    special: SpecialTokens
    template: str
    licence: str


def read_vocabulary(source: GgufFile | HuggingFaceFolder, rows: int) -> Vocabulary:
    """Read it for an embedding of ``rows`` rows. Raises ``UnsupportedModel``."""
    if isinstance(source, GgufFile):
        tokenizer = build_tokenizer(source)
        template = source.text("tokenizer.chat_template")
        special = special_tokens(source, tokenizer)
        licence = source.text("general.license", "unknown")
    else:
        settings = _optional_json(source.path / "tokenizer_config.json")
        template = _read_template(source.path, settings)
        tokenizer = read_tokenizer_json(source.path / _TOKENIZER, rows, template)
        special = _special_tokens(source, tokenizer, settings)
        licence = "unknown"
    # JSON can hold halves of characters, which no file in UTF-8 can.
    written = template.encode("utf-8", "replace")
    template = written.decode() if len(written) <= _MAX_TEMPLATE_BYTES else ""
    return Vocabulary(tokenizer, special, template, licence[:_MAX_LICENCE])


def _special_tokens(
    source: HuggingFaceFolder, tokenizer: Tokenizer, settings: dict[str, Any]
) -> SpecialTokens:
    """Start, end and stop tokens by all files that may name them."""
    generation = _optional_json(source.path / "generation_config.json")
    size = tokenizer.get_vocab_size()

    def by_text(key: str) -> int | None:
        value = settings.get(key)
        text = value.get("content") if isinstance(value, dict) else value
        return tokenizer.token_to_id(text) if isinstance(text, str) else None

    def by_number(key: str) -> list[int]:
        found: list[int] = []
        for values in (source.config.get(key), generation.get(key)):
            listed = values if isinstance(values, list) else [values]
            found += [each for each in listed if type(each) is int and 0 <= each < size]
        return found

    starts = [
        each for each in (by_text("bos_token"), *by_number("bos_token_id")) if each is not None
    ]
    ends = [each for each in (by_text("eos_token"), *by_number("eos_token_id")) if each is not None]
    start = starts[0] if starts else None
    # What the tokenizer itself puts before a text.
    first = tokenizer.encode("a", add_special_tokens=True).ids[:1]
    return SpecialTokens(
        bos_id=start,
        eos_id=ends[0] if ends else None,
        add_bos=start is not None and first == [start],
        stop_ids=tuple(sorted({*ends, *stop_tokens(tokenizer)}))[:64],
    )


def _read_template(folder: Path, settings: dict[str, Any]) -> str:
    try:
        with (folder / _TEMPLATE).open(encoding="utf-8") as stream:
            return stream.read(_MAX_TEMPLATE_BYTES + 1)
    except (OSError, UnicodeDecodeError):
        pass  # most folders keep it elsewhere
    template = settings.get("chat_template")
    if isinstance(template, list):
        named = {each.get("name"): each for each in template if isinstance(each, dict)}
        template = named.get("default", {}).get("template")
    return template if isinstance(template, str) else ""


def _optional_json(path: Path) -> dict[str, Any]:
    return read_json(path) if path.is_file() else {}

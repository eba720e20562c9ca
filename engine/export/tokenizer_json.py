"""The ``tokenizer.json`` of a Hugging Face folder, checked before a model is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models

from engine.errors import UnsupportedModel
from engine.export.tokenizer_file import has_meaning

MAX_TOKENIZER_BYTES = 64 * 1024 * 1024


def read_tokenizer_json(path: Path, rows: int, template: str = "") -> Tokenizer:
    """The tokenizer in ``path`` for an embedding of ``rows`` rows.

    It is taken as it is but for one thing: added tokens that the chat ``template`` writes become
    special where the file does not say so, so that no text of a person can forge them.

    Raises:
        UnsupportedModel: the file is too large, malformed, of a kind that Inkling does not know,
            or has tokens without a row.
    """
    data = _read(path)
    for token in _list(data, "added_tokens"):
        if isinstance(token, dict) and has_meaning(str(token.get("content", "")), template):
            token["special"] = True
    try:
        tokenizer = Tokenizer.from_str(json.dumps(data))
    # The library's errors have no common base but Exception.
    except Exception as error:
        raise UnsupportedModel(f"The file {path.name} is not a tokenizer: {error}.") from error
    if not isinstance(tokenizer.model, models.BPE) or tokenizer.model.dropout:
        raise UnsupportedModel(
            f"The tokenizer in {path.name} is not plain BPE, which is all that Inkling can use."
        )
    vocabulary = tokenizer.get_vocab(with_added_tokens=True)
    if not _spells_bytes(tokenizer, data, vocabulary):
        raise UnsupportedModel(
            f"The tokenizer in {path.name} cannot spell every text: it is neither byte-level BPE "
            "nor has it a token for each byte."
        )
    highest = max(vocabulary.values())
    if highest >= rows:
        raise UnsupportedModel(
            f"The tokenizer in {path.name} has a token with the number {highest}, and the model's "
            f"embedding has only {rows} rows."
        )
    return tokenizer


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_TOKENIZER_BYTES:
            raise UnsupportedModel(f"The file {path.name} is far too large for a tokenizer.")
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnsupportedModel(f"The file {path} cannot be read: {reason}.") from error
    except (ValueError, RecursionError) as error:
        raise UnsupportedModel(f"The file {path.name} is not valid JSON.") from error
    if not isinstance(data, dict):
        raise UnsupportedModel(f"The file {path.name} is not a tokenizer.")
    return data


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _spells_bytes(
    tokenizer: Tokenizer, data: Mapping[str, Any], vocabulary: Mapping[str, int]
) -> bool:
    if tokenizer.model.byte_fallback:
        return all(f"<0x{value:02X}>" in vocabulary for value in range(256))
    pre = data.get("pre_tokenizer") or {}
    return any(
        isinstance(step, dict) and step.get("type") == "ByteLevel"
        for step in (pre, *_list(pre, "pretokenizers"))
    )

"""Texts as token ids on the disk, mapped into memory: only what a batch needs is read.

A part of the dataset is one long stream: its documents, each ended by the end-of-text token. Files
hold bare little-endian integers (16 bits where the vocabulary allows it); a JSON file beside them
says which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tokenizers
import torch
from tokenizers import decoders, models, pre_tokenizers, trainers

from engine.train.corpus import Corpus
from engine.train.examples import IGNORED, Batch, TrainingDataUnusable

END_OF_TEXT = "<|endoftext|>"
_END_ID = 0
TOKENIZER = "tokenizer.json"
PARTS = ("training", "validation", "held_out")
_ABOUT = "dataset.json"
_PIECE = 1 << 20
_FEWEST_CONTEXTS = 8
_MOST_VALIDATION, _MOST_HELD_OUT = 20_000, 200_000
"""More tokens would take time at each measurement and change its figures little."""

Tokens = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Streams of token ids, uint16 or uint32 [tokens], mapped read-only."""

    training: Tokens
    validation: Tokens
    held_out: Tokens
    vocabulary: int


def train_tokenizer(texts: Sequence[str], vocabulary: int) -> tokenizers.Tokenizer:
    """A byte-level BPE of at most ``vocabulary`` tokens (Radford et al. 2019, section 2.2).

    Every text can be spelt and comes back unchanged; the end-of-text token is number 0.
    """
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        # What is there once cannot be learnt as a whole.
        min_frequency=2,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pieces = (piece for text in texts for piece in _pieces(text))
    tokenizer.train_from_iterator(pieces, trainer)
    # What a text says is text, even where it is written like the special token.
    tokenizer.encode_special_tokens = True
    return tokenizer


def write_dataset(corpus: Corpus, vocabulary: int, context: int, folder: Path) -> None:
    """Train a tokenizer on the training part, and write it and all parts' tokens to ``folder``.

    Raises:
        TrainingDataUnusable: there are too few tokens for a context.
        OSError: the folder cannot be written.
    """
    tokenizer = train_tokenizer(corpus.training, vocabulary)
    size = tokenizer.get_vocab_size()
    kind = "<u2" if size <= 1 << 16 else "<u4"
    counts = {}
    limits = (None, _MOST_VALIDATION, _MOST_HELD_OUT)
    for part, limit in zip(PARTS, limits, strict=True):
        counts[part] = 0
        with (folder / f"{part}.bin").open("wb") as stream:
            for ids in _encoded(getattr(corpus, part), tokenizer):
                room = None if limit is None else limit - counts[part]
                stream.write(np.array(ids[:room], dtype=kind).tobytes())
                counts[part] += len(ids[:room])
    if counts["training"] < _FEWEST_CONTEXTS * context or min(counts.values()) < 2:
        raise TrainingDataUnusable(
            f"The texts come to {counts['training']:,} tokens, and {_FEWEST_CONTEXTS * context:,} "
            "are the fewest that make sense. Nothing was trained. Add more, and different, texts."
        )
    tokenizer.save(str(folder / TOKENIZER))
    about = {"dtype": kind, "vocabulary": size, "tokens": counts}
    (folder / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def open_dataset(folder: Path) -> Dataset:
    """Map what ``write_dataset`` wrote. Raises ``OSError``, or ``ValueError`` if it is damaged."""
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    parts = {}
    for part in PARTS:
        parts[part] = np.memmap(folder / f"{part}.bin", dtype=about["dtype"], mode="r")
        if len(parts[part]) != about["tokens"][part]:
            raise ValueError(f"{part}.bin has lost its end")
    return Dataset(**parts, vocabulary=about["vocabulary"])


def training_batches(
    tokens: Tokens, rows: int, context: int, seed: int, start: int
) -> Iterator[Batch]:
    """Endless batches from number ``start`` on; ``seed`` and its number alone decide each.

    Rows begin anywhere in the stream; all labels count.
    """
    number = start
    while True:
        chance = np.random.default_rng((seed, number))
        places = chance.integers(0, len(tokens) - context, size=rows)
        span = np.stack([tokens[place : place + context + 1] for place in places])
        ids = torch.from_numpy(span.astype(np.int64))
        yield Batch(ids[:, :-1].contiguous(), ids[:, 1:].contiguous())
        number += 1


def measuring_batches(tokens: Tokens, rows: int, context: int) -> Iterator[Batch]:
    """Batches in which each token of the stream but the first is a label once.

    Windows overlap by half, so that a token has at least half a context before it (but for those
    at the stream's beginning).
    """
    stride = context // 2
    batch: list[tuple[Tokens, int]] = []
    scored = 1
    while scored < len(tokens):
        end = min(len(tokens), max(scored + stride, context + 1))
        batch.append((tokens[max(0, end - context - 1) : end], end - scored))
        scored = end
        if len(batch) == rows or scored == len(tokens):
            yield _padded(batch)
            batch = []


def _padded(windows: Sequence[tuple[Tokens, int]]) -> Batch:
    """Windows with how many of their last tokens are labels."""
    length = max(len(window) for window, _ in windows) - 1
    ids = torch.zeros(len(windows), length, dtype=torch.int64)
    labels = torch.full((len(windows), length), IGNORED, dtype=torch.int64)
    for row, (window, count) in enumerate(windows):
        own = torch.from_numpy(window.astype(np.int64))
        ids[row, : len(own) - 1] = own[:-1]
        labels[row, len(own) - 1 - count : len(own) - 1] = own[-count:]
    return Batch(ids, labels)


def _encoded(texts: Sequence[str], tokenizer: tokenizers.Tokenizer) -> Iterator[list[int]]:
    for text in texts:
        for piece in _pieces(text):
            yield tokenizer.encode(piece).ids
        yield [_END_ID]


def _pieces(text: str) -> Iterator[str]:
    """A text in parts of about a megabyte: the library needs a hundred bytes for each token."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            line = text.rfind("\n", start, start + _PIECE)
            end = line + 1 if line > start else start + _PIECE
        yield text[start:end]
        start = end

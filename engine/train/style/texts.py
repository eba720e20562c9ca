"""What a style is learnt from: a person's texts as they were when training began, and their tokens.

They are kept until training is done, so that it goes on with the same ones even if the person has
written on since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.train.corpus import Corpus, read_corpus
from engine.train.examples import TrainingDataUnusable
from engine.train.resume import write_json

_TEXTS = "texts.json"
_FEWEST_TOKENS = 2_000
_CHARACTERS = 200_000
"""What is encoded at once: the library needs a hundred bytes for each token."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['\u2019\-][^\W\u3400-\u9fff]+)*")


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to learn from; Chinese characters count as words."""

    documents: int
    words: int
    held_out_documents: int
    held_out_words: int
    repeated_characters: int


def count(corpus: Corpus) -> Counts:
    """Count the training part, and what is held out."""
    return Counts(
        len(corpus.training),
        sum(map(_words, corpus.training)),
        len(corpus.held_out),
        sum(map(_words, corpus.held_out)),
        corpus.repeated,
    )


def begun_corpus(folder: Path) -> Corpus | None:
    """The texts of training that has begun in ``folder``, if it has.

    Raises ``ValueError``, ``KeyError`` or ``TypeError`` if what was kept is damaged.
    """
    try:
        record = json.loads((folder / _TEXTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    parts = {name: tuple(map(str, record[name])) for name in _PARTS}
    return Corpus(**parts, repeated=int(record["repeated"]))


def new_corpus(paths: Sequence[Path], seed: int) -> Corpus:
    """The texts in files and folders. Raises ``TrainingDataUnusable`` and ``OSError``."""
    corpus = read_corpus(paths, seed)
    if not (corpus.training and corpus.validation and corpus.held_out):
        raise TrainingDataUnusable(
            "There is too little text to hold some of it out for measuring. Nothing was changed. "
            "Add more texts."
        )
    return corpus


def keep_corpus(folder: Path, corpus: Corpus) -> None:
    """Keep the texts in ``folder``. Raises ``OSError``."""
    write_json(folder / _TEXTS, asdict(corpus))


def forget_corpus(folder: Path) -> None:
    """Delete the texts that were kept."""
    (folder / _TEXTS).unlink(missing_ok=True)


def tokens_of(texts: Sequence[str], encode: Callable[[str], list[int]]) -> list[list[int]]:
    """The tokens of each document."""
    return [[token for piece in _pieces(text) for token in encode(piece)] for text in texts]


def require_tokens(documents: Sequence[Sequence[int]]) -> int:
    """How many tokens there are. Raises ``TrainingDataUnusable`` if they are too few."""
    tokens = sum(map(len, documents))
    if tokens < _FEWEST_TOKENS:
        raise TrainingDataUnusable(
            f"The texts come to {tokens:,} tokens, and {_FEWEST_TOKENS:,} are the fewest that make "
            "sense. Nothing was changed. Add more texts."
        )
    return tokens


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    while start < len(text):
        end = min(len(text), start + _CHARACTERS)
        if end < len(text):
            space = text.rfind("\n", start, end)
            end = space if space > start else end
        pieces.append(text[start:end])
        start = end
    return pieces


_PARTS = ("training", "validation", "held_out")

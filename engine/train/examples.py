"""Pairs of prompt and answer as tokens, in batches of similar length.

The loss of supervised fine-tuning is on the answer alone: the model learns to answer, not to ask
(Radford et al. 2018, section 3.2, without the auxiliary objective).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import EngineError

IGNORED = -100
"""Marks positions without a loss, as ``torch.nn.functional.cross_entropy`` expects."""
_MAX_LINE_BYTES = 1 << 20
_SORTED_AT_ONCE = 64
"""Batches whose examples are sorted by length together: little padding, still random order."""


class TrainingDataUnusable(EngineError):
    """The examples cannot be trained on; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One example as text; ``choices`` are the answers to choose from, if it is such a question."""

    prompt: str
    answer: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One example as tokens; the first ``prompt_tokens`` ids have no loss.

    ``rivals`` are the ids with each wrong answer in place of the right one, if there are choices.
    """

    ids: tuple[int, ...]
    prompt_tokens: int
    rivals: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """``ids`` and ``labels``, both int64 [rows, length]; label ``t`` is the id after ``t``."""

    ids: Tensor
    labels: Tensor

    @property
    def answer_tokens(self) -> int:
        """Labels with a loss."""
        return int((self.labels != IGNORED).sum())


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file of JSON lines with ``prompt``, ``answer`` and perhaps ``choices``.

    Raises:
        TrainingDataUnusable: a line is not such an object, or there is none.
        OSError: the file cannot be read.
    """
    pairs = []
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_MAX_LINE_BYTES + 1), b""), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line) if len(line) <= _MAX_LINE_BYTES else None
            except (ValueError, RecursionError):
                record = None
            prompt, answer = (
                (record.get("prompt"), record.get("answer"))
                if isinstance(record, dict)
                else (None, None)
            )
            if not (isinstance(prompt, str) and isinstance(answer, str) and prompt and answer):
                raise TrainingDataUnusable(
                    f"Line {number} of {path.name} is not an object with a prompt and an answer. "
                    "Nothing was trained. Mend the line and start again."
                )
            pairs.append(
                Pair(prompt, answer, _choices((record or {}).get("choices", []), answer, number))
            )
    if not pairs:
        raise TrainingDataUnusable(
            f"{path.name} holds no examples. Nothing was trained. Put a JSON object with a prompt "
            "and an answer on each line."
        )
    return pairs


def _choices(found: object, answer: str, number: int) -> tuple[str, ...]:
    texts = (
        [each for each in found if isinstance(each, str) and each]
        if isinstance(found, list)
        else []
    )
    if texts != found or (texts and answer not in texts):
        raise TrainingDataUnusable(
            f"The choices in line {number} are not a list of texts with the answer among them. "
            "Nothing was trained. Mend the line and start again."
        )
    return tuple(dict.fromkeys(texts))


def make_examples(
    pairs: Sequence[Pair],
    encode_prompt: Callable[[str], Sequence[int]],
    encode: Callable[[str], Sequence[int]],
    end: int,
    longest: int,
) -> list[Example]:
    """The pairs as tokens: the prompt as it is asked, the answer, and ``end``.

    Those of more than ``longest`` tokens are left out. Raises ``TrainingDataUnusable`` if none is
    short enough.
    """
    examples = []
    for pair in pairs:
        asked = encode_prompt(pair.prompt)
        ids = (*asked, *encode(pair.answer), end)
        rivals = tuple(
            (*asked, *encode(other), end) for other in pair.choices if other != pair.answer
        )
        if max(map(len, (ids, *rivals))) <= longest:
            examples.append(Example(ids, len(asked), rivals))
    if not examples:
        raise TrainingDataUnusable(
            f"Every example is longer than {longest} tokens. Nothing was trained. Use shorter "
            "texts, or a greater --length."
        )
    return examples


def batches(examples: Sequence[Example], rows: int, seed: int, first: int = 0) -> Iterator[Batch]:
    """All examples once, ``rows`` at a time, in an order that ``seed`` decides.

    The batches before the ``first`` are left out.
    """
    order = list(range(len(examples)))
    chance = random.Random(seed)
    chance.shuffle(order)
    span = rows * _SORTED_AT_ONCE
    parts = []
    for start in range(0, len(order), span):
        near = sorted(order[start : start + span], key=lambda index: len(examples[index].ids))
        parts += [near[place : place + rows] for place in range(0, len(near), rows)]
    chance.shuffle(parts)
    for part in parts[first:]:
        yield collate([examples[index] for index in part])


def collate(examples: Sequence[Example]) -> Batch:
    """One batch; what is short is padded behind its end, where nothing looks and nothing counts."""
    length = max(len(example.ids) for example in examples) - 1
    ids = torch.zeros(len(examples), length, dtype=torch.int64)
    labels = torch.full((len(examples), length), IGNORED, dtype=torch.int64)
    for row, example in enumerate(examples):
        tokens = torch.tensor(example.ids)
        ids[row, : len(tokens) - 1] = tokens[:-1]
        first = max(1, example.prompt_tokens)
        labels[row, first - 1 : len(tokens) - 1] = tokens[first:]
    return Batch(ids, labels)

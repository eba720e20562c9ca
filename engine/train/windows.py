"""Documents as token windows to train on; no window reaches from one document into another."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

from engine.train.examples import Batch, Example, collate

Documents = Sequence[Sequence[int]]
_SORTED_AT_ONCE = 16
"""Batches whose windows are sorted by length together: little padding, still random order."""


def windows(documents: Documents, length: int, first: int, start: Sequence[int]) -> list[Example]:
    """Every document cut into windows of ``length`` labels, the first of ``first`` alone.

    ``start`` is put before each (the token some models begin with). Every token of a document is a
    label exactly once, but for its first one where nothing comes before it.
    """
    cut = []
    for ids in documents:
        begin, end = 0, first
        while begin < len(ids):
            # The token before the labels, so that the first of them follows from something.
            before = ids[max(0, begin - 1) : begin]
            cut.append(
                Example((*start, *before, *ids[begin:end]), max(1, len(start) + len(before)))
            )
            begin, end = end, end + length
    return [each for each in cut if len(each.ids) > each.prompt_tokens]


def training_batches(
    documents: Documents, length: int, rows: int, start: Sequence[int], seed: int, skip: int
) -> Iterator[Batch]:
    """Endless batches of up to ``rows * length`` labels, without the first ``skip``.

    Each time through the documents they are cut elsewhere and come in another order; ``seed`` and
    a batch's number alone decide what is in it.
    """
    return itertools.islice(_endless(documents, length, rows, start, seed), skip, None)


def measuring_batches(
    documents: Documents, length: int, rows: int, start: Sequence[int], most: int
) -> list[Batch]:
    """Batches in which about ``most`` tokens, evenly from all documents, are labels once."""
    cut = windows(documents, length, length, start)
    count = max(1, min(len(cut), most // length))
    chosen = [cut[place * len(cut) // count] for place in range(count)]
    return [collate(chosen[at : at + rows]) for at in range(0, len(chosen), rows)]


def _endless(
    documents: Documents, length: int, rows: int, start: Sequence[int], seed: int
) -> Iterator[Batch]:
    for epoch in itertools.count():
        chance = random.Random(f"{seed} {epoch}")
        cut = windows(documents, length, chance.randint(length // 2, length), start)
        chance.shuffle(cut)
        parts: list[list[Example]] = []
        span = rows * _SORTED_AT_ONCE
        for at in range(0, len(cut), span):
            near = sorted(cut[at : at + span], key=lambda each: len(each.ids))
            parts += _filled(near, rows * (length + 1 + len(start)))
        chance.shuffle(parts)
        yield from map(collate, parts)


def _filled(examples: Sequence[Example], room: int) -> Iterator[list[Example]]:
    """Examples in the order given, as many together as fit into ``room`` tokens with padding."""
    part: list[Example] = []
    longest = 0
    for example in examples:
        longest = max(longest, len(example.ids))
        if part and longest * (len(part) + 1) > room:
            yield part
            part, longest = [], len(example.ids)
        part.append(example)
    if part:
        yield part

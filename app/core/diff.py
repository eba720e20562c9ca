"""What changed between two texts, word by word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.align import align
from app.core.characters import HAN, KANA, marks

DiffKind = Literal["equal", "delete", "insert", "replace"]


@dataclass(frozen=True, slots=True)
class DiffSpan:
    """A stretch of both texts; ``old`` is "" for an insertion and ``new`` for a deletion."""

    kind: DiffKind
    old: str
    new: str


def word_diff(old: str, new: str) -> list[DiffSpan]:
    """The spans that turn ``old`` into ``new``; their parts put together are the texts exactly.

    Words are compared whole, Chinese and kana by character, and an emoji or a letter with its
    accents is never cut. No two neighbours are of a kind, and between two "equal" ones there is
    exactly one change: changes that only white space on one line parts are one, since nobody
    reads them as two.
    """
    return _joined(_spans(_tokens(old), _tokens(new)))


def _spans(before: list[str], after: list[str]) -> Iterator[DiffSpan]:
    """Words and line ends are aligned first: spaces agree everywhere and would mislead."""
    old_words = [index for index, token in enumerate(before) if _is_solid(token)]
    new_words = [index for index, token in enumerate(after) if _is_solid(token)]
    pairs = align([before[i] for i in old_words], [after[j] for j in new_words])
    i = j = 0
    for old_place, new_place in [*pairs, (len(old_words), len(new_words))]:
        next_i = old_words[old_place] if old_place < len(old_words) else len(before)
        next_j = new_words[new_place] if new_place < len(new_words) else len(after)
        yield from _gap(before[i:next_i], after[j:next_j])
        if next_i < len(before):
            yield DiffSpan("equal", before[next_i], after[next_j])
        i, j = next_i + 1, next_j + 1


def _gap(before: Sequence[str], after: Sequence[str]) -> Iterator[DiffSpan]:
    """What lies between two words that agree: white space at its edges may agree too."""
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    for part in (
        (before[:head], after[:head]),
        (before[head : len(before) - tail], after[head : len(after) - tail]),
        (before[len(before) - tail :], after[len(after) - tail :]),
    ):
        yield _span("".join(part[0]), "".join(part[1]))


def _is_solid(part: str) -> bool:
    return part == "\n" or not part.isspace()


def _span(old: str, new: str) -> DiffSpan:
    if old == new:
        return DiffSpan("equal", old, new)
    if not old:
        return DiffSpan("insert", old, new)
    return DiffSpan("delete" if not new else "replace", old, new)


def _joined(spans: Iterator[DiffSpan]) -> list[DiffSpan]:
    """Neighbours of a kind as one, and changes that only a space parts."""
    runs: list[_Run] = []
    for span in spans:
        if not (span.old or span.new):
            continue
        same = span.kind == "equal"
        if not runs or runs[-1].same != same:
            if not same and len(runs) > 1 and runs[-1].is_blank():
                blank = runs.pop()
                runs[-1].old += blank.old
                runs[-1].new += blank.new
            else:
                runs.append(_Run(same, [], []))
        runs[-1].old.append(span.old)
        runs[-1].new.append(span.new)
    return [_span("".join(run.old), "".join(run.new)) for run in runs]


@dataclass(slots=True)
class _Run:
    same: bool
    old: list[str]
    new: list[str]

    def is_blank(self) -> bool:
        return all(part.isspace() and "\n" not in part for part in self.old)


def _tokens(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _token()).findall(text)


_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*|\n|[^\S\n]+|.", re.DOTALL)


@functools.cache
def _token() -> re.Pattern[str]:
    letter = rf"[^\W_{HAN}{KANA}][{marks()}\u200c\u200d\u00ad]*"
    cluster = rf".[{marks()}]*"
    return re.compile(
        rf"[{HAN}{KANA}][{marks()}]*|(?:{letter})+(?:['\u2019](?:{letter})+)*|\n|[^\S\n]+"
        rf"|[\U0001f1e6-\U0001f1ff]{{2}}|{cluster}(?:\u200d{cluster})*",
        re.DOTALL,
    )

"""Rewriting measured: whether what was asked for came, and whether what matters is still there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.errors import InvalidRequest
from engine.evaluate.intervals import Interval, measured, share
from engine.evaluate.items import read_items, text_field, texts_field
from engine.evaluate.report import Evaluation, Progress
from engine.rewriting.guards import findings
from engine.rewriting.library import ActionLibrary
from engine.rewriting.rewriter import PieceDone, Rewriter, rewritten

_ITEM = re.compile(r"^\s*(?:[-*+\u2022]|\d+[.)])\s", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_LEAST_ITEMS = 3
_SHORTER, _SIMPLER_LONGEST = 0.8, 1.2
_TONE = (0.6, 1.4)


@dataclass(frozen=True, slots=True)
class RewriteItem:
    """A text, the name of an action, and strings that the result has to have."""

    source: str
    action: str
    must_keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RewriteOutput:
    """What became of a text: ``refused`` of its ``pieces`` were left as they were."""

    text: str
    pieces: int
    refused: int


def rewrite_item(record: dict[str, Any]) -> RewriteItem:
    """An item from its JSON object. Raises ``KeyError`` and ``TypeError``."""
    return RewriteItem(
        text_field(record, "source"), text_field(record, "action"), texts_field(record, "must_keep")
    )


def evaluate_rewriting(
    text: str,
    engine: TextEngine,
    library: ActionLibrary,
    folders: Sequence[Path] = (),
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Rewrite the items of a file's ``text`` by their actions (blocking).

    None if it was cancelled. Raises ``InvalidRequest`` for a file of something else or an action
    that there is not, and the ``EngineError`` that the model fails with.
    """
    items = read_items(text, rewrite_item)
    outputs: list[RewriteOutput] = []
    for item in items:
        action = library.find(item.action)
        if action is None:
            raise InvalidRequest(f"There is no action called {item.action!r}.")
        rewriter = Rewriter(engine, action, folders=folders)
        done = [
            event for event in rewriter.run(item.source, cancel) if isinstance(event, PieceDone)
        ]
        if cancel is not None and cancel.cancelled():
            return None
        refused = sum(not each.verdict.usable for each in done)
        outputs.append(RewriteOutput(rewritten(item.source, done), len(done), refused))
        if progress is not None:
            progress(len(outputs) / len(items))
    actions = sorted({item.action for item in items})
    by_action = {
        name: {
            key: round(figure.value, 4)
            for key, figure in score_rewriting(
                *zip(*_of(name, items, outputs), strict=True)
            ).items()
        }
        for name in actions
    }
    return Evaluation(
        "rewrite", len(items), {"": score_rewriting(items, outputs)}, {"by_action": by_action}
    )


def _of(
    name: str, items: Sequence[RewriteItem], outputs: Sequence[RewriteOutput]
) -> list[tuple[RewriteItem, RewriteOutput]]:
    return [pair for pair in zip(items, outputs, strict=True) if pair[0].action == name]


def score_rewriting(
    items: Sequence[RewriteItem], outputs: Sequence[RewriteOutput]
) -> dict[str, Interval]:
    """Judge the results, one for each item.

    ``must_keep`` is the share of the strings that are still there, ``usable`` that of the texts
    which changed as was asked for, ``refused`` that of the pieces which were left as they were, and
    ``flagged`` that of the strings lost which a finding tells of.
    """
    rows: list[list[float]] = []
    for item, output in zip(items, outputs, strict=True):
        lost = [each for each in item.must_keep if not holds(output.text, each)]
        told = " ".join(each.text for each in findings(item.source, output.text))
        flagged = sum(_within(each, told) for each in lost)
        usable = is_usable(item.action, item.source, output.text)
        wanted = len(item.must_keep)
        row = [wanted - len(lost), wanted, int(usable), 1]
        rows.append([*row, output.refused, output.pieces, flagged, len(lost)])
    return {
        "must_keep": measured(rows, lambda sums: share(sums[..., 0], sums[..., 1])),
        "usable": measured(rows, lambda sums: share(sums[..., 2], sums[..., 3])),
        "refused": measured(rows, lambda sums: share(sums[..., 4], sums[..., 5])),
        "flagged": measured(rows, lambda sums: share(sums[..., 6], sums[..., 7])),
    }


def holds(text: str, wanted: str) -> bool:
    """Whether ``wanted`` is in ``text`` as whole words; capitals do not count."""
    pattern = rf"(?<!\w){re.escape(wanted.casefold())}(?!\w)"
    return re.search(pattern, text.casefold()) is not None


def is_usable(action: str, source: str, result: str) -> bool:
    """Whether ``result`` changed as an action asks: its length, its words, or its form.

    ``shorter`` has a fifth fewer words or more, ``simpler`` shorter words and at most a fifth more
    of them, ``bullets`` three items or more, any other between 0.6 and 1.4 times the words. An
    unchanged copy is not usable.
    """
    if source.split() == result.split() or not result.strip():
        return False
    had, has = len(source.split()), len(result.split())
    if action == "shorter":
        return has <= _SHORTER * had
    if action == "simpler":
        return has <= _SIMPLER_LONGEST * had and _mean_length(result) < _mean_length(source)
    if action == "bullets":
        return len(_ITEM.findall(result)) >= _LEAST_ITEMS
    return _TONE[0] * had <= has <= _TONE[1] * had


def _within(wanted: str, told: str) -> bool:
    """Whether a finding tells of ``wanted``, or of the part of it that matters."""
    words = _WORD.findall(wanted.casefold())
    known = set(_WORD.findall(told.casefold()))
    return any(word in known for word in words)


def _mean_length(text: str) -> float:
    words = _WORD.findall(text)
    return sum(map(len, words)) / len(words) if words else 0.0

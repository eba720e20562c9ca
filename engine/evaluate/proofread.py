"""Proofreading measured: the edits that were made against those that should have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.cancel import CancelToken
from engine.evaluate.intervals import Figures, Interval, Sums, measured, share
from engine.evaluate.items import read_items, text_field, texts_field
from engine.evaluate.report import Evaluation, Progress
from engine.proofread.edits import Edit, word_edits
from engine.proofread.proofreader import Proofreader, corrected

_JOINED = frozenset({"run_on", "comma_splice"})
"""Two sentences written as one; parting them has more than one right way."""
_PARTING = frozenset(
    ". ; ! ? and but or so yet nor because since although though while as when if which who".split()
)


@dataclass(frozen=True, slots=True)
class ProofreadItem:
    """A text and its least correction; ``errors`` names the kinds of its errors, if any."""

    source: str
    target: str
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProofreadFigures:
    """Shares from 0 to 1.

    ``precision``, ``recall`` and ``f05`` (precision counting twice as much as recall) are of single
    edits; ``over_correction`` is the share of texts without errors that were changed, ``exact``
    that of all texts that became their target. ``recall_by_type`` has, for each kind of error, how
    many were put right, and how many there are.
    """

    precision: Interval
    recall: Interval
    f05: Interval
    over_correction: Interval
    exact: Interval
    recall_by_type: Mapping[str, tuple[int, int]]

    def by_name(self) -> dict[str, Interval]:
        """The figures that have an interval."""
        names = ("precision", "recall", "f05", "over_correction", "exact")
        return {name: getattr(self, name) for name in names}


def proofread_item(record: dict[str, Any]) -> ProofreadItem:
    """An item from its JSON object. Raises ``KeyError`` and ``TypeError``."""
    return ProofreadItem(
        text_field(record, "source"), text_field(record, "target"), texts_field(record, "errors")
    )


def evaluate_proofreading(
    text: str,
    ways: Mapping[str, Proofreader],
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Proofread the items of a file's ``text`` in each of some ways (blocking).

    None if it was cancelled. Raises ``InvalidRequest`` for a file of something else, and the
    ``EngineError`` that a model fails with.
    """
    items = read_items(text, proofread_item)
    total = len(items) * len(ways)
    figures: dict[str, ProofreadFigures] = {}
    for number, (way, proofreader) in enumerate(ways.items()):
        outputs: list[str] = []
        for item in items:
            found = proofreader.corrections(item.source, cancel=cancel)
            if found is None:
                return None
            outputs.append(corrected(item.source, found))
            if progress is not None:
                progress((number * len(items) + len(outputs)) / total)
        figures[way] = score_proofreading(items, outputs)
    return Evaluation(
        "proofread",
        len(items),
        {way: each.by_name() for way, each in figures.items()},
        {"recall_by_type": {way: each.recall_by_type for way, each in figures.items()}},
    )


def score_proofreading(items: Sequence[ProofreadItem], outputs: Sequence[str]) -> ProofreadFigures:
    """Judge the corrected texts, one for each item.

    An edit is right where the same words come in place of the same words as in the target. In
    ``recall_by_type`` sentences run together are also right with another mark or a conjunction.
    """
    rows: list[list[float]] = []
    kinds: dict[str, tuple[int, int]] = {}
    for item, output in zip(items, outputs, strict=True):
        wanted = word_edits(item.source, item.target)
        made = word_edits(item.source, output)
        keys = {edit.key for edit in made}
        right = sum(edit.key in keys for edit in wanted)
        sound = not item.errors
        rows.append(
            [right, len(made), len(wanted), sound, sound and bool(made), output == item.target, 1]
        )
        for kind, edit in _with_kinds(wanted, item.errors):
            found, there = kinds.get(kind, (0, 0))
            good = edit.key in keys or (kind in _JOINED and _parted(edit, made))
            kinds[kind] = found + good, there + 1
    return ProofreadFigures(
        precision=measured(rows, lambda sums: share(sums[..., 0], sums[..., 1])),
        recall=measured(rows, lambda sums: share(sums[..., 0], sums[..., 2])),
        f05=measured(rows, _f05),
        over_correction=measured(rows, lambda sums: share(sums[..., 4], sums[..., 3])),
        exact=measured(rows, lambda sums: share(sums[..., 5], sums[..., 6])),
        recall_by_type=dict(sorted(kinds.items())),
    )


def _f05(sums: Sums) -> Figures:
    """F-measure (van Rijsbergen 1979) with beta 0.5, from right, made and wanted edits."""
    return share(1.25 * sums[..., 0], sums[..., 1] + 0.25 * sums[..., 2])


def _with_kinds(edits: Sequence[Edit], errors: Sequence[str]) -> list[tuple[str, Edit]]:
    """Each edit with its kind of error: kinds come in the order of the text, one for an edit.

    Where one error takes several edits the kinds are spread evenly.
    """
    if not errors:
        return []
    return [(errors[place * len(errors) // len(edits)], edit) for place, edit in enumerate(edits)]


def _parted(wanted: Edit, made: Sequence[Edit]) -> bool:
    """Whether an edit at the place of the wanted one parts the sentences in another sound way."""
    return any(
        edit.first <= wanted.last
        and edit.last >= wanted.first
        and any(word.casefold() in _PARTING for word in edit.words)
        for edit in made
    )

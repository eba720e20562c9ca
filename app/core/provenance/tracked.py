"""Origins that follow a text through its edits, and through undo and redo exactly.

Each edit is kept with the runs that it removed, under the key of the undo step that it belongs to;
going back to a key puts them in again. Typing on in one place only counts, so that a key press
costs the same however long the text is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.provenance.runs import EARLIER, TYPED, Run, Runs

_MOST_STEPS = 50_000


@dataclass(slots=True)
class _Step:
    key: int
    position: int
    removed: tuple[Run, ...]
    inserted: tuple[Run, ...]


class TrackedRuns:
    """The runs of a text that is being edited.

    A key is a number that grows with each undo step and shrinks with each undo; edits of one step
    have the same.
    """

    def __init__(self, runs: Runs, key: int = 0) -> None:
        self._runs = runs
        self._steps: list[_Step] = []
        self._done = 0
        """How many of the steps are in the text; those behind are undone."""
        self._key = key
        self._typing: list[int] | None = None
        """Key, position and length of what was typed in one place and is not in the runs yet."""

    @property
    def key(self) -> int:
        """The key of the last edit, undo or redo."""
        return self._key

    def runs(self) -> Runs:
        """The origins as they are now; not to be changed by others."""
        self._settle()
        return self._runs

    def type(self, key: int, position: int, inserted: int) -> None:
        """So many code points were typed, and nothing was removed."""
        typing = self._typing
        if typing is not None and typing[0] == key and typing[1] + typing[2] == position:
            typing[2] += inserted
            return
        self._settle()
        self._key = key
        self._typing = [key, position, inserted]

    def replace(self, key: int, position: int, removed: int, inserted: Sequence[Run]) -> None:
        """Runs were put in the place of ``removed`` code points.

        Raises ``ValueError`` if the text is shorter than that.
        """
        self._settle()
        self._key = key
        del self._steps[self._done :]
        old = self._runs.replace(position, removed, inserted)
        self._steps.append(_Step(key, position, old, tuple(inserted)))
        if len(self._steps) > _MOST_STEPS:
            del self._steps[: _MOST_STEPS // 2]
        self._done = len(self._steps)

    def go(self, key: int, length: int) -> bool:
        """Undo or redo to ``key``; False, and nothing is done, if ``length`` does not come out."""
        self._settle()
        done, size = self._done, len(self._runs)
        while done and self._steps[done - 1].key > key:
            done -= 1
            size += _size(self._steps[done].removed) - _size(self._steps[done].inserted)
        if done == self._done:
            while done < len(self._steps) and self._steps[done].key <= key:
                size += _size(self._steps[done].inserted) - _size(self._steps[done].removed)
                done += 1
        if size != length:
            return False
        while self._done > done:
            self._done -= 1
            step = self._steps[self._done]
            self._runs.replace(step.position, _size(step.inserted), step.removed)
        while self._done < done:
            step = self._steps[self._done]
            self._runs.replace(step.position, _size(step.removed), step.inserted)
            self._done += 1
        self._key = key
        return True

    def forget_steps(self) -> None:
        """Remember no earlier states: what follows cannot be told by them."""
        self._settle()
        self._steps.clear()
        self._done = 0

    def rebase(self, runs: Runs) -> bool:
        """Begin with other runs of the same text, and edit them in the same way since.

        For what is known only after editing began. False, and nothing is done, if they do not fit.
        """
        self._settle()
        before = len(self._runs) - sum(
            _size(step.inserted) - _size(step.removed) for step in self._steps[: self._done]
        )
        if len(runs) != before or self._done < len(self._steps):
            return False
        for step in self._steps:
            step.removed = runs.replace(step.position, _size(step.removed), step.inserted)
        self._runs = runs
        return True

    def origins(self) -> set[str]:
        """Every origin in the text, or that undo or redo can bring back."""
        self._settle()
        found = self._runs.origins()
        for step in self._steps:
            found.update(origin for _, origin in step.removed)
            found.update(origin for _, origin in step.inserted)
        return found - {TYPED, EARLIER}

    def _settle(self) -> None:
        typing, self._typing = self._typing, None
        if typing is not None:
            self.replace(typing[0], typing[1], 0, [(typing[2], TYPED)])


def _size(runs: Sequence[Run]) -> int:
    return sum(length for length, _ in runs)

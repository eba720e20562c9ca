"""The origin of each code point of a text, as runs that follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TYPED = ""
"""Written by the person while Inkling looked on."""
EARLIER = "?"
"""There before Inkling followed the text, or changed by another program: nobody knows."""

Run = tuple[int, str]
"""So many code points, and the name of their origin."""


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` of a text came from ``origin``."""

    start: int
    end: int
    origin: str


class Runs:
    """The origins of a whole text; neighbours differ and no run is empty."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._runs = joined(runs)
        self._length = sum(length for length, _ in self._runs)

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Runs) and self._runs == other._runs

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Runs({self._runs!r})"

    def runs(self) -> tuple[Run, ...]:
        """All of them, in order."""
        return tuple(self._runs)

    def cut(self, start: int, end: int) -> tuple[Run, ...]:
        """The runs of code points ``start`` to ``end``."""
        found: list[Run] = []
        place = 0
        for length, origin in self._runs:
            if place >= end:
                break
            inside = min(end, place + length) - max(start, place)
            if inside > 0:
                found.append((inside, origin))
            place += length
        return tuple(found)

    def replace(self, position: int, removed: int, inserted: Sequence[Run]) -> tuple[Run, ...]:
        """Put ``inserted`` in the place of ``removed`` code points, whose runs it returns.

        Raises ``ValueError`` if there are not as many; then nothing is changed.
        """
        end = position + removed
        if position < 0 or removed < 0 or end > self._length:
            raise ValueError(f"{position}+{removed} is not within {self._length}")
        runs = self._runs
        first, place = 0, 0
        while first < len(runs) and place + runs[first][0] < position:
            place += runs[first][0]
            first += 1
        last, last_place = first, place
        while last < len(runs) and last_place < end:
            last_place += runs[last][0]
            last += 1
        if last < len(runs) and last_place == end:
            # The neighbour behind may go on with what is put in.
            last_place += runs[last][0]
            last += 1
        touched = runs[first:last]
        old: list[Run] = []
        head: list[Run] = []
        tail: list[Run] = []
        for length, origin in touched:
            stop = place + length
            if place < position:
                head.append((min(stop, position) - place, origin))
            inside = min(stop, end) - max(place, position)
            if inside > 0:
                old.append((inside, origin))
            if stop > end:
                tail.append((stop - max(place, end), origin))
            place = stop
        runs[first:last] = joined([*head, *inserted, *tail])
        if first and first < len(runs) and runs[first - 1][1] == runs[first][1]:
            runs[first - 1 : first + 1] = [(runs[first - 1][0] + runs[first][0], runs[first][1])]
        self._length += sum(length for length, _ in inserted) - removed
        return tuple(old)

    def spans(self, start: int = 0, end: int | None = None) -> list[Span]:
        """Those that were not typed and are known, as far as they touch ``start`` to ``end``."""
        found = []
        place = 0
        end = self._length if end is None else end
        for length, origin in self._runs:
            if place >= end:
                break
            if origin not in (TYPED, EARLIER) and place + length > start:
                found.append(Span(place, place + length, origin))
            place += length
        return found

    def at(self, position: int) -> Span | None:
        """The run that has the code point, whatever its origin; None behind the end."""
        place = 0
        for length, origin in self._runs:
            if place <= position < place + length:
                return Span(place, place + length, origin)
            place += length
        return None

    def origins(self) -> set[str]:
        """Every origin that some code point has."""
        return {origin for _, origin in self._runs}

    def shares(self) -> dict[str, int]:
        """Code points by origin."""
        counts: dict[str, int] = {}
        for length, origin in self._runs:
            counts[origin] = counts.get(origin, 0) + length
        return counts


def joined(runs: Iterable[Run]) -> list[Run]:
    """The runs without empty ones, neighbours of one origin as one."""
    result: list[Run] = []
    for length, origin in runs:
        if length <= 0:
            continue
        if result and result[-1][1] == origin:
            result[-1] = (result[-1][0] + length, origin)
        else:
            result.append((length, origin))
    return result


def taken(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The part of ``runs`` from ``start`` to ``end``, counted from their beginning."""
    return list(Runs(runs).cut(start, end))

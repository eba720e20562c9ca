"""What of a replaced text keeps its origin: lines that stay or move, and words that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.core.align import align
from app.core.diff import word_diff
from app.core.provenance.runs import EARLIER, Run, joined, taken

_MOST_CHARACTERS = 2_000_000
_MOST_IN_A_GAP = 40_000
"""Words are compared up to here; a longer stretch without an equal line is all new."""


def carried(removed: str, runs: Sequence[Run], inserted: str, fresh: str) -> list[Run]:
    """The runs of ``inserted``, which took the place of ``removed`` with its ``runs``.

    Lines and words that are in both keep their origin, also where lines were moved; all else is of
    the origin ``fresh``. Of texts too long to compare nobody knows.
    """
    if not removed or all(origin == fresh for _, origin in runs):
        return joined([(len(inserted), fresh)])
    if len(removed) + len(inserted) > _MOST_CHARACTERS:
        return joined([(len(inserted), EARLIER)])
    if "\n" not in removed and "\n" not in inserted:
        return joined(_words(removed, runs, inserted, fresh))
    return joined(_lines(removed, runs, inserted, fresh))


def _words(removed: str, runs: Sequence[Run], inserted: str, fresh: str) -> list[Run]:
    if len(removed) + len(inserted) > _MOST_IN_A_GAP:
        return [(len(inserted), fresh)]
    result: list[Run] = []
    place = 0
    for span in word_diff(removed, inserted):
        if span.kind == "equal":
            result += taken(runs, place, place + len(span.old))
        else:
            result.append((len(span.new), fresh))
        place += len(span.old)
    return result


def _lines(removed: str, runs: Sequence[Run], inserted: str, fresh: str) -> list[Run]:
    old, new = removed.splitlines(keepends=True), inserted.splitlines(keepends=True)
    old = _ended(old)
    new = _ended(new)
    starts = _starts(old)
    pairs = align(old, new)
    stay_old = {i for i, _ in pairs}
    # A line that is gone here and new there was moved; blank ones are everywhere.
    moved: dict[str, list[int]] = defaultdict(list)
    for i in reversed(range(len(old))):
        if i not in stay_old and old[i].strip():
            moved[old[i].rstrip("\n")].append(i)
    result: list[Run] = []
    from_old = from_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        gap_old, gap_new = range(from_old, i), range(from_new, j)
        comes = {k: moved[key].pop() for k in gap_new if moved.get(key := new[k].rstrip("\n"))}
        gone = set(comes.values())
        result += _gap(
            [k for k in gap_old if k not in gone],
            list(gap_new),
            comes,
            (old, new, starts),
            runs,
            fresh,
        )
        if i < len(old):
            result += taken(runs, starts[i], starts[i] + len(old[i]))
        from_old, from_new = i + 1, j + 1
    return _exactly(result, len(inserted), fresh)


def _gap(
    gone: list[int],
    came: list[int],
    comes: dict[int, int],
    lines: tuple[list[str], list[str], list[int]],
    runs: Sequence[Run],
    fresh: str,
) -> list[Run]:
    old, new, starts = lines
    before: list[Run] = []
    for i in gone:
        before += taken(runs, starts[i], starts[i] + len(old[i]))
    text = "".join(old[i] for i in gone)
    result: list[Run] = []
    at = 0
    while at < len(came):
        k = came[at]
        if k in comes:
            i = comes[k]
            same = min(len(old[i]), len(new[k]))
            result += taken(runs, starts[i], starts[i] + same)
            result.append((len(new[k]) - same, fresh))
            at += 1
            continue
        stop = at
        while stop < len(came) and came[stop] not in comes:
            stop += 1
        piece = "".join(new[each] for each in came[at:stop])
        result += _words(text, before, piece, fresh) if text else [(len(piece), fresh)]
        text, before = "", []  # what is gone is compared with the first stretch that came
        at = stop
    return result


def _ended(lines: list[str]) -> list[str]:
    """Lines cut at line feeds only, as the page has them."""
    whole = "".join(lines)
    parts = whole.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _starts(lines: Sequence[str]) -> list[int]:
    starts = []
    place = 0
    for line in lines:
        starts.append(place)
        place += len(line)
    return starts


def _exactly(runs: list[Run], length: int, fresh: str) -> list[Run]:
    found = sum(size for size, _ in runs)
    return runs if found == length else [(length, fresh)]

"""Which items of two sequences belong together: a longest common subsequence."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence

_MAX_BITS = 1 << 29
"""Above this product of lengths (64 MiB of rows) only items that occur once are compared."""

Pairs = list[tuple[int, int]]


def align(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs ``(index in old, index in new)`` of equal items, both rising.

    As many pairs as can be; for very long, very different sequences a good many.
    """
    return _align(old, new, 0, 0)


def _align(old: Sequence[str], new: Sequence[str], old_from: int, new_from: int) -> Pairs:
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = [(old_from + k, new_from + k) for k in range(head)]
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    find = _longest if len(middle[0]) * len(middle[1]) <= _MAX_BITS else _by_anchors
    pairs += [(old_from + head + i, new_from + head + j) for i, j in find(*middle)]
    old_end, new_end = old_from + len(old) - tail, new_from + len(new) - tail
    return pairs + [(old_end + k, new_end + k) for k in range(tail)]


def _longest(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Bit-parallel (Hyyr\u00f6 2004): row j has a 0 at bit i where the length grows at old[i]."""
    if not old or not new:
        return []
    places: dict[str, int] = {}
    for index, item in enumerate(old):
        places[item] = places.get(item, 0) | 1 << index
    full = (1 << len(old)) - 1
    rows = [full]
    for item in new:
        row = rows[-1]
        common = row & places.get(item, 0)
        rows.append(((row + common) | (row - common)) & full)
    pairs: Pairs = []
    i, j = len(old), len(new)
    while i and j:
        bit = 1 << (i - 1)
        if rows[j] & bit:
            i -= 1
        elif not rows[j - 1] & bit:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    pairs.reverse()
    return pairs


def _by_anchors(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs of items that occur once in both, in rising order, and what lies between (patience)."""
    in_old, in_new = Counter(old), Counter(new)
    once = {item: j for j, item in enumerate(new) if in_new[item] == 1 == in_old.get(item)}
    anchors = _rising([(i, once[item]) for i, item in enumerate(old) if item in once])
    if not anchors:
        return []
    pairs: Pairs = []
    a = b = 0
    for i, j in [*anchors, (len(old), len(new))]:
        pairs += _align(old[a:i], new[b:j], a, b)
        if i < len(old):
            pairs.append((i, j))
        a, b = i + 1, j + 1
    return pairs


def _rising(pairs: Pairs) -> Pairs:
    """The longest part of ``pairs``, sorted by the first, whose seconds rise too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect.bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        at[place : place + 1] = [index]
    chain: Pairs = []
    index = at[-1] if at else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]

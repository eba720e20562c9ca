r"""Line ends of a file: made "\n" in memory and given back when it is written."""

from __future__ import annotations

import re

from app.core.align import align

_LINE_END = re.compile(r"\r\n|\r|\n")


def split_line_ends(text: str) -> tuple[str, str, bool]:
    r"""``text`` with "\n" line ends, its commonest line end, and whether it has several kinds."""
    if "\r" not in text:
        return text, "\n", False
    found = dict.fromkeys(("\r\n", "\n", "\r"), 0)
    for match in _LINE_END.finditer(text):
        found[match.group()] += 1
    commonest = max(found, key=lambda kind: found[kind])
    return _LINE_END.sub("\n", text), commonest, sum(map(bool, found.values())) > 1


def end_lines(text: str, original: str, usual: str) -> str:
    r"""``text`` with the line ends of ``original``, the text it was made from.

    A line that is unchanged keeps its end, one that replaces another takes that one's, and a new
    line gets ``usual``.
    """
    old_lines = _LINE_END.split(original)
    old_ends = _LINE_END.findall(original)
    lines = text.split("\n")
    ends = [usual] * (len(lines) - 1)
    i = j = 0
    for old_index, index in [*align(old_lines, lines), (len(old_lines), len(lines))]:
        if old_index - i == index - j:
            for offset in range(index - j):
                _copy_end(old_ends, i + offset, ends, j + offset)
        if index < len(lines):
            _copy_end(old_ends, old_index, ends, index)
        i, j = old_index + 1, index + 1
    return "".join(part for pair in zip(lines, [*ends, ""], strict=True) for part in pair)


def _copy_end(old_ends: list[str], i: int, ends: list[str], j: int) -> None:
    if i < len(old_ends) and j < len(ends):
        ends[j] = old_ends[i]

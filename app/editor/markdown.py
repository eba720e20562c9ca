"""Which characters of a line mean what in Markdown, one line at a time.

Follows CommonMark 0.31 where a line alone can tell; what needs the whole document (link
definitions, emphasis over several lines) is left plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

NORMAL = 0
FRONT_MATTER = 1
_FENCE = 2
"""States from here on are open fences: the kind of the fence and its length are coded in."""
_LONGEST_LINE = 20_000
_DEEPEST = 32
"""Emphasis open at once; bounds the work on odd input."""


class Kind(StrEnum):
    """What a span of text is."""

    HEADING = "heading"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    CODE_BLOCK = "code block"
    QUOTE = "quote"
    LINK = "link"
    MARK = "mark"
    """Characters that are there for Markdown's sake."""
    FRONT = "front matter"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` of a line are of a kind; ``level`` is a heading's."""

    start: int
    end: int
    kind: Kind
    level: int = 0


_OPEN_FENCE = re.compile(r"\s*(?:(`{3,})[^`]*|(~{3,}).*)$")
_FRONT_LINE = re.compile(r"\s*(?:$|#|- |[\w\"'.-]+\s*:(?:\s|$)|\s\s*\S)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\](?=\s))?|$)")
_ATOM = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<auto><(?:[a-z][a-z0-9+.-]{1,31}:|[^\s<>@]+@)[^\s<>]*>)"
    r"|(?P<bare>\bhttps?://[^\s<>()]*[^\s<>().,;:!?'\"*_])"
    r"|(?P<link>!?\[(?P<words>[^\[\]\n]*)\]\((?P<address>[^()\s]*(?:[ \t]+\"[^\"]*\")?)\))",
    re.IGNORECASE,
)
_ANY_INLINE = re.compile(r"[\\`<\[*_]|https?://", re.IGNORECASE)
_RUN = re.compile(r"\*+|_+")


def read_line(line: str, state: int, first: bool = False) -> tuple[list[Span], int]:
    """The spans of a line and the state after it.

    ``state`` is the state after the line before; ``first`` says that this is the document's first
    line, where front matter may begin. Spans may overlap; later ones refine earlier ones.
    """
    size = len(line)
    if first and line.rstrip() == "---":
        return [Span(0, size, Kind.FRONT)], FRONT_MATTER
    if state == FRONT_MATTER:
        if line.rstrip() in ("---", "..."):
            return [Span(0, size, Kind.FRONT)], NORMAL
        if _FRONT_LINE.match(line):
            return [Span(0, size, Kind.FRONT)], FRONT_MATTER
        state = NORMAL
    if state >= _FENCE:
        closed = _closes_fence(line, state)
        kind = Kind.MARK if closed else Kind.CODE_BLOCK
        return [Span(0, size, Kind.CODE_BLOCK), Span(0, size, kind)], NORMAL if closed else state
    if match := _OPEN_FENCE.match(line):
        opened = _fence_state(match.group(1) or match.group(2))
        return [Span(0, size, Kind.CODE_BLOCK), Span(0, size, Kind.MARK)], opened
    return _read_text(line), NORMAL


def _fence_state(fence: str) -> int:
    return _FENCE + 2 * min(len(fence), 1000) + (fence[0] == "~")


def _closes_fence(line: str, state: int) -> bool:
    length, tilde = divmod(state - _FENCE, 2)
    marks = line.strip()
    return len(marks) >= length and not marks.strip("~" if tilde else "`")


def _read_text(line: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    if match := _QUOTE.match(line):
        start = match.end()
        spans += [Span(start, len(line), Kind.QUOTE), Span(0, start, Kind.MARK)]
    rest = line[start:]
    if _RULE.match(rest) or _UNDERLINE.match(rest):
        return [*spans, Span(start, len(line), Kind.MARK)]
    if match := _HEADING.match(rest):
        level = len(match.group(1))
        spans.append(Span(start, len(line), Kind.HEADING, level))
        spans.append(Span(start, start + match.end(), Kind.MARK))
        start += match.end()
    elif match := _ITEM.match(rest):
        spans.append(Span(start, start + match.end(), Kind.MARK))
        start += match.end()
    if len(line) <= _LONGEST_LINE and _ANY_INLINE.search(line, start):
        spans += _read_inline(line, start)
    return spans


def _read_inline(line: str, start: int) -> list[Span]:
    spans: list[Span] = []
    taken = bytearray(len(line))
    position = start
    while match := _ATOM.search(line, position):
        position = match.end()
        begin, end = match.span()
        if match.group("ticks"):
            end = _code_end(line, match.group("ticks"), position)
            if not end:
                continue
            ticks = len(match.group("ticks"))
            spans.append(Span(begin, end, Kind.CODE))
            spans += [Span(begin, begin + ticks, Kind.MARK), Span(end - ticks, end, Kind.MARK)]
            position = end
        elif match.group("link"):
            words_begin, words_end = match.span("words")
            spans.append(Span(words_begin, words_end, Kind.LINK))
            spans += [Span(begin, words_begin, Kind.MARK), Span(words_end, end, Kind.MARK)]
            # The words of a link may hold emphasis; its address may not.
            taken[words_end:end] = b"\1" * (end - words_end)
            continue
        elif not match.group("escape"):
            spans.append(Span(begin, end, Kind.LINK))
        taken[begin:end] = b"\1" * (end - begin)
    return spans + _read_emphasis(line, start, taken)


def _code_end(line: str, ticks: str, position: int) -> int:
    """Where the code span that ``ticks`` opened ends, 0 if it does not."""
    while (found := line.find(ticks, position)) >= 0:
        end = found
        while end < len(line) and line[end] == "`":
            end += 1
        if end - found == len(ticks):
            return end
        position = end
    return 0


@dataclass(slots=True)
class _Run:
    """A run of asterisks or underscores; ``start`` and ``end`` are what is left of it."""

    mark: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool


def _read_emphasis(line: str, start: int, taken: bytearray) -> list[Span]:
    """Matches delimiter runs as CommonMark's appendix describes."""
    spans: list[Span] = []
    openers: list[_Run] = []
    for match in _RUN.finditer(line, start):
        if taken[match.start()]:
            continue
        run = _classify(line, match.start(), match.end())
        if run.closes:
            _close(run, openers, spans)
        if run.opens and run.end > run.start:
            openers.append(run)
            del openers[:-_DEEPEST]
    return spans


def _close(closer: _Run, openers: list[_Run], spans: list[Span]) -> None:
    while closer.end > closer.start:
        found = next((i for i in reversed(range(len(openers))) if _pairs(openers[i], closer)), None)
        if found is None:
            return
        opener = openers[found]
        size = 2 if min(opener.end - opener.start, closer.end - closer.start) >= 2 else 1
        begin, end = opener.end - size, closer.start + size
        spans.append(Span(begin, end, Kind.STRONG if size == 2 else Kind.EMPHASIS))
        spans += [Span(begin, begin + size, Kind.MARK), Span(end - size, end, Kind.MARK)]
        opener.end = begin
        closer.start = end
        del openers[found + (opener.end > opener.start) :]


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.mark != closer.mark:
        return False
    if not (opener.closes or closer.opens):
        return True
    total = opener.length + closer.length
    return bool(total % 3) or not (opener.length % 3 or closer.length % 3)


def _classify(line: str, start: int, end: int) -> _Run:
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    left = not after.isspace() and (
        not _punctuation(after) or before.isspace() or _punctuation(before)
    )
    right = not before.isspace() and (
        not _punctuation(before) or after.isspace() or _punctuation(after)
    )
    if line[start] == "*":
        opens, closes = left, right
    else:
        opens = left and (not right or _punctuation(before))
        closes = right and (not left or _punctuation(after))
    return _Run(line[start], start, end, end - start, opens, closes)


def _punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()

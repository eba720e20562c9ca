"""Which characters of a line mean what in Markdown, from the line and a little around it.

Follows CommonMark 0.31 where the state after the line before and the line that follows can tell,
with the tables, tasks, footnotes and struck-through words of its extensions; what needs the whole
document (link definitions, emphasis over several lines) is left plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

NORMAL = 0
TABLE = 1
"""Below the second line of a table."""
COMMENT = 2
FRONT_MATTER = 3
_FENCE = 4
"""States from here on are open fences: the kind of the fence and its length are coded in."""
MAX_STATE = _FENCE + 2 * 1000 + 1
_LONGEST_LINE = 20_000
_DEEPEST = 32
"""Emphasis open at once; bounds the work on odd input."""


def is_code(state: int) -> bool:
    """Whether what follows a line with this state is fenced code or front matter."""
    return state >= FRONT_MATTER


class Role(IntEnum):
    """What the line that follows makes of a line."""

    PLAIN = 0
    HEADING_1 = 1
    HEADING_2 = 2
    TABLE_HEAD = 3


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
    STRIKE = "struck through"
    TABLE = "table"
    HEAD = "head of a table"
    COMMENT = "comment"
    DONE = "task that is done"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` of a line are of a kind; ``level`` is a heading's."""

    start: int
    end: int
    kind: Kind
    level: int = 0


_OPEN_FENCE = re.compile(r"\s*(?:(`{3,})[^`]*|(~{3,}).*)$")
_FRONT_LINE = re.compile(r"\s*(?:$|#|- |[\w\"'.-]+\s*:(?:\s|$)|\s\s*\S)")
_COMMENT_LINE = re.compile(r" {0,3}<!--")
_DASHES = re.compile(r" {0,3}-+[ \t]*$")
_DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_NO_PARAGRAPH = re.compile(
    r"\s*$|\t| {4}| {0,3}(?:(?:#{1,6}|[-+*]|\d{1,9}[.)])(?:[ \t]|$)|`{3,}|~{3,}|[<>])"
)
_DEFINITION = re.compile(r" {0,3}\[(?P<note>\^)?[^\[\]]+\]:[ \t]*(?P<rest>.*)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\](?=\s))?|$)")
_ATOM = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<auto><(?:[a-z][a-z0-9+.-]{1,31}:|[^\s<>@]+@)[^\s<>]*>)"
    r"|(?P<comment><!--.*?(?:-->|$))"
    r"|(?P<tag></?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>)"
    r"|(?P<note>\[\^[^\[\]\s]+\])"
    r"|(?P<bare>\bhttps?://[^\s<>()]*[^\s<>().,;:!?'\"*_])"
    r"|(?P<link>!?\[(?P<words>[^\[\]\n]*)\]"
    r"(?:\((?P<address>[^()\s]*(?:[ \t]+\"[^\"]*\")?)\)|\[[^\[\]]+\]))",
    re.IGNORECASE,
)
_ANY_INLINE = re.compile(r"[\\`<\[*_~]|https?://", re.IGNORECASE)
_RUN = re.compile(r"\*+|_+|~+")


def role_of(line: str, state: int, following: str | None) -> Role:
    """What ``following``, the next line, makes of a line; ``state`` is that before the line."""
    if not following or state not in (NORMAL, TABLE):
        return Role.PLAIN
    if "-" in following and "|" in line and _is_delimiters(following, line):
        return Role.TABLE_HEAD
    if _UNDERLINE.match(following) and not _NO_PARAGRAPH.match(line):
        return Role.HEADING_1
    if _DASHES.match(following) and not _NO_PARAGRAPH.match(line):
        return Role.HEADING_2
    return Role.PLAIN


def state_after(line: str, state: int, before: str | None) -> int:
    """The state after a line.

    ``state`` is that before it and ``before`` the line before, None for the document's first line,
    where front matter may begin.
    """
    if before is None and line.rstrip() == "---":
        return FRONT_MATTER
    if state == FRONT_MATTER:
        if line.rstrip() in ("---", "..."):
            return NORMAL
        if _FRONT_LINE.match(line):
            return FRONT_MATTER
    elif state >= _FENCE:
        return NORMAL if _closes_fence(line, state) else state
    elif state == COMMENT:
        return NORMAL if "-->" in line else COMMENT
    elif state == TABLE and "|" in line:
        return TABLE
    if ("```" in line or "~~~" in line) and (match := _OPEN_FENCE.match(line)):
        return _fence_state(match.group(1) or match.group(2))
    if "<!--" in line and _COMMENT_LINE.match(line) and "-->" not in line:
        return COMMENT
    if before is not None and "|" in before and "-" in line and _is_delimiters(line, before):
        return TABLE
    return NORMAL


def read_line(
    line: str, state: int, role: Role = Role.PLAIN, first: bool = False, before: str = ""
) -> list[Span]:
    """The spans of a line. Spans may overlap; later ones refine earlier ones.

    ``state`` is the state before the line, ``role`` what the next line makes of it, ``before`` the
    line before; ``first`` says that it is the document's first line.
    """
    size = len(line)
    if first and line.rstrip() == "---":
        return [Span(0, size, Kind.FRONT)]
    if state == FRONT_MATTER and (line.rstrip() in ("---", "...") or _FRONT_LINE.match(line)):
        return [Span(0, size, Kind.FRONT)]
    if state >= _FENCE:
        kind = Kind.MARK if _closes_fence(line, state) else Kind.CODE_BLOCK
        return [Span(0, size, Kind.CODE_BLOCK), Span(0, size, kind)]
    if state == COMMENT:
        end = line.find("-->")
        return [Span(0, end + 3 if end >= 0 else size, Kind.COMMENT)]
    if _OPEN_FENCE.match(line):
        return [Span(0, size, Kind.CODE_BLOCK), Span(0, size, Kind.MARK)]
    if _COMMENT_LINE.match(line) and "-->" not in line:
        return [Span(0, size, Kind.COMMENT)]
    if state == TABLE and "|" in line:
        return _read_row(line, Kind.TABLE)
    if role is Role.TABLE_HEAD:
        return _read_row(line, Kind.HEAD)
    if "|" in before and "-" in line and _is_delimiters(line, before):
        return [Span(0, size, Kind.TABLE), Span(0, size, Kind.MARK)]
    if role is not Role.PLAIN:
        return [Span(0, size, Kind.HEADING, int(role)), *_read_inline(line, 0)]
    return _read_text(line)


def _is_delimiters(line: str, head: str) -> bool:
    """Whether a line is the second one of a table that begins with ``head``."""
    return bool(_DELIMITERS.match(line)) and _cells(line) == _cells(head)


def _cells(row: str) -> int:
    row = row.strip()
    return len(_PIPE.findall(row)) + 1 - row.startswith("|") - (len(row) > 1 and row.endswith("|"))


def _read_row(line: str, kind: Kind) -> list[Span]:
    spans = [Span(0, len(line), kind)]
    spans += [Span(match.start(), match.end(), Kind.MARK) for match in _PIPE.finditer(line)]
    return spans + (_read_inline(line, 0) if len(line) <= _LONGEST_LINE else [])


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
    elif match := _DEFINITION.match(rest):
        words = start + match.start("rest")
        spans.append(Span(start, words, Kind.MARK))
        if not match["note"]:
            return [*spans, Span(words, len(line), Kind.LINK)]
        start = words
    elif match := _ITEM.match(rest):
        if match.group().rstrip()[-3:].lower() == "[x]":
            words = len(rest) - len(rest[match.end() :].lstrip())
            spans.append(Span(start + words, len(line), Kind.DONE))
        spans.append(Span(start, start + match.end(), Kind.MARK))
        start += match.end()
    if len(line) <= _LONGEST_LINE:
        spans += _read_inline(line, start)
    return spans


def _read_inline(line: str, start: int) -> list[Span]:
    spans: list[Span] = []
    if not _ANY_INLINE.search(line, start):
        return spans
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
        elif match.group("comment"):
            spans.append(Span(begin, end, Kind.COMMENT))
        elif match.group("tag") or match.group("note"):
            spans.append(Span(begin, end, Kind.MARK))
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
        kind = Kind.STRONG if size == 2 else Kind.EMPHASIS
        if opener.mark == "~":
            size, kind = opener.length, Kind.STRIKE
        begin, end = opener.end - size, closer.start + size
        spans.append(Span(begin, end, kind))
        spans += [Span(begin, begin + size, Kind.MARK), Span(end - size, end, Kind.MARK)]
        opener.end = begin
        closer.start = end
        del openers[found + (opener.end > opener.start) :]


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.mark != closer.mark:
        return False
    if opener.mark == "~":
        return opener.length == closer.length <= 2
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
    if line[start] in "*~":
        opens, closes = left, right
    else:
        opens = left and (not right or _punctuation(before))
        closes = right and (not left or _punctuation(after))
    return _Run(line[start], start, end, end - start, opens, closes)


def _punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()

"""Splits Markdown into what may be rewritten and what has to stay exactly as it is.

Front matter, code, tables, headings' marks and numbers, list and quotation marks, link definitions,
lines of HTML and empty lines are fixed; joining all parts gives back the very text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.library.words import sentences
from engine.rewriting.action import ActionPiece

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\s*\$\$")
_HEADING = re.compile(r"(?P<mark>[ ]{0,3}\#{1,6}[ \t]+(?:(?:\d+\.)*\d+[.)]?[ \t]+)?)(?P<text>.*?)"
                      r"(?P<end>[ \t]+\#+[ \t]*)?$")  # fmt: skip
_MARK = re.compile(
    r"(?:[ \t]*(?:>[ \t]?|[-*+\u2022][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+"
    r"|\[\^[^\]\s]+\]:[ \t]+))+"
)
_ITEM = re.compile(r"[ \t]*(?:[-*+\u2022]|\d{1,9}[.)]|\[\^[^\]\s]+\]:)[ \t]")
_QUOTE = re.compile(r"(?:[ \t]*>[ \t]?)+")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_UNDER_HEADER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
_DEFINITION = re.compile(r"[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+")
_HTML = re.compile(r"\s*</?[A-Za-z!][^>\n]*>?")
_IMAGE_ALONE = re.compile(r"\s*!\[[^\]\n]*\]\([^)\n]*\)\s*$")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, code points ``start`` to ``end``.

    ``rewritable`` ones are pieces for the model. ``prefix`` begins each of their lines but the
    first in the text, as the ``> `` of a quotation does.
    """

    text: str
    start: int
    rewritable: bool
    prefix: str = ""
    heading: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def plain(self) -> str:
        """The text without what begins and ends its lines."""
        lines = [line.removeprefix(self.prefix).strip() for line in self.text.split("\n")]
        return "\n".join(line for line in lines if line)

    def put(self, result: str) -> str:
        """``result`` in the place of the text, with the prefix before its further lines."""
        return result.replace("\n", f"\n{self.prefix}")


def split_parts(
    text: str, piece: ActionPiece = ActionPiece.PARAGRAPH, *, headings: bool = False
) -> tuple[Part, ...]:
    """The parts of ``text``, all of it in order; the text of no part is empty.

    Pieces are sentences, paragraphs (items of lists, and quotations, on their own), or the whole
    text between its outer white space. Headings are pieces only with ``headings``.
    """
    if piece is ActionPiece.WHOLE:
        return tuple(_whole(text))
    return tuple(_joined(_finer(_blocks(text), piece, headings=headings)))


def joined_items(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, with the white space between sentences of one line made part of the first.

    So each of these sentences can become a line of its own.
    """
    waiting: Part | None = None
    for part in parts:
        if waiting is not None and _only_space(part):
            waiting = replace(waiting, text=waiting.text + part.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = part if part.rewritable else None
        if waiting is None:
            yield part
    if waiting is not None:
        yield waiting


def _only_space(part: Part) -> bool:
    return not part.rewritable and not part.text.strip() and "\n" not in part.text


def _whole(text: str) -> Iterator[Part]:
    lead = len(text) - len(text.lstrip())
    tail = len(text.rstrip())
    for start, end in ((0, lead), (lead, tail), (max(lead, tail), len(text))):
        if end > start:
            yield Part(text[start:end], start, rewritable=start == lead and tail > lead)


def _finer(parts: Iterator[Part], piece: ActionPiece, *, headings: bool) -> Iterator[Part]:
    """The parts with white space cut off, and pieces made as small as wanted."""
    for part in parts:
        if not part.rewritable or (part.heading and not headings) or not _WORDS.search(part.text):
            yield Part(part.text, part.start, rewritable=False)
            continue
        at = 0
        spans = [(0, len(part.text))]
        if piece is ActionPiece.SENTENCE and not part.heading:
            spans = list(sentences(part.text, 0, len(part.text)))
        for start, end in spans:
            body = part.text[start:end]
            start += len(body) - len(body.lstrip())
            end = start + len(body.strip())
            if start > at:
                yield Part(part.text[at:start], part.start + at, rewritable=False)
            words = part.text[start:end]
            yield Part(words, part.start + start, bool(_WORDS.search(words)), part.prefix)
            at = end
        if at < len(part.text):
            yield Part(part.text[at:], part.start + at, rewritable=False)


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Fixed parts that follow one another as one, and no empty ones."""
    fixed = ""
    start = 0
    for part in parts:
        if part.rewritable:
            if fixed:
                yield Part(fixed, start, rewritable=False)
            fixed = ""
            yield part
            start = part.end
        else:
            fixed += part.text
    if fixed:
        yield Part(fixed, start, rewritable=False)


def _rows(lines: list[str]) -> set[int]:
    """Which lines are rows of tables."""
    rows = {number for number, line in enumerate(lines) if _ROW.match(line)}
    for number, line in enumerate(lines):
        if not _UNDER_HEADER.match(line) or not number or "|" not in lines[number - 1]:
            continue
        rows |= {number - 1, number}
        while number + 1 < len(lines) and "|" in lines[number + 1]:
            number += 1
            rows.add(number)
    return rows


def _blocks(text: str) -> Iterator[Part]:
    """Fixed lines, and the paragraphs between them."""
    front = _FRONT.match(text)
    at = front.end() if front else 0
    if front:
        yield Part(front.group(), 0, rewritable=False)
    lines = text[at:].split("\n")
    rows = _rows(lines)
    paragraph = _Paragraph()
    verbatim = _Verbatim()
    for number, line in enumerate(lines):
        end = "\n" if number + 1 < len(lines) else ""
        fixed = verbatim.takes(line) or number in rows or _is_fixed(line)
        if fixed or not line.strip():
            yield from paragraph.taken()
            yield Part(line + end, at, rewritable=False)
        elif heading := _HEADING.match(line):
            yield from paragraph.taken()
            yield from _heading(heading, at, end)
        else:
            yield from paragraph.add(at, line, end)
        at += len(line) + len(end)
    yield from paragraph.taken()


def _is_fixed(line: str) -> bool:
    bare = _QUOTE.sub("", line, count=1)
    return any(pattern.match(bare) for pattern in (_RULE, _DEFINITION, _HTML, _IMAGE_ALONE))


def _heading(match: re.Match[str], start: int, end: str) -> Iterator[Part]:
    mark, text, tail = match["mark"], match["text"], (match["end"] or "") + end
    yield Part(mark, start, rewritable=False)
    yield Part(text, start + len(mark), rewritable=True, heading=True)
    yield Part(tail, start + len(mark) + len(text), rewritable=False)


class _Verbatim:
    """Follows blocks of code and formulas from line to line."""

    def __init__(self) -> None:
        self._fence = ""
        self._formula = False
        self._after_blank = True
        self._in_list = False

    def takes(self, line: str) -> bool:
        """Whether the next line belongs to one."""
        bare = _QUOTE.sub("", line, count=1)
        verbatim = self._fenced(bare) or self._in_formula(bare) or self._indented(line)
        blank = not bare.strip()
        if _ITEM.match(bare):
            self._in_list = True
        elif not blank and self._after_blank and not line[:1].isspace():
            self._in_list = False
        self._after_blank = blank or (verbatim and self._after_blank)
        return verbatim

    def _fenced(self, line: str) -> bool:
        mark = _FENCE.match(line)
        if self._fence:
            closes = mark and mark[1].startswith(self._fence) and not line[mark.end() :].strip()
            self._fence = "" if closes else self._fence
            return True
        self._fence = mark[1] if mark else ""
        return bool(mark)

    def _in_formula(self, line: str) -> bool:
        if self._formula:
            self._formula = not line.rstrip().endswith("$$")
            return True
        opens = bool(_FORMULA.match(line))
        self._formula = opens and (line.strip() == "$$" or not line.rstrip().endswith("$$"))
        return opens

    def _indented(self, line: str) -> bool:
        code = re.match(r"(?: {4}|\t)\s*\S", line)
        return bool(code) and self._after_blank and not self._in_list


class _Paragraph:
    """The lines of one paragraph as they come."""

    def __init__(self) -> None:
        self._start = 0
        self._text = ""
        self._prefix = ""
        self._ends = False

    def add(self, start: int, line: str, end: str) -> Iterator[Part]:
        """One more line; gives what it ends."""
        mark = _MARK.match(line)
        marked = mark.group() if mark else ""
        indent = line[: len(line) - len(line.lstrip())]
        quote = _QUOTE.match(line)
        prefix = quote.group() if quote else indent
        begins = bool(_ITEM.match(line[len(prefix) :] if quote else line))
        depth = (prefix.count(">"), self._prefix.count(">"))
        same = self._text and not begins and not self._ends and depth[0] == depth[1]
        if same:
            self._text += line + end
        else:
            yield from self.taken()
            shown = marked if begins else prefix
            if shown:
                yield Part(shown, start, rewritable=False)
            self._start, self._text = start + len(shown), line[len(shown) :] + end
            if begins:
                quoted = prefix if quote else indent
                self._prefix = quoted + " " * (len(marked) - len(quoted))
            else:
                self._prefix = prefix
        self._ends = bool(_HARD_BREAK.search(line))

    def taken(self) -> Iterator[Part]:
        """The paragraph so far, which ends here."""
        if self._text:
            yield Part(self._text, self._start, rewritable=True, prefix=self._prefix)
        self._text = ""
        self._ends = False

"""The text of a PDF as Markdown, read by PDFium in a process of its own with limits.

A PDF has no paragraphs, only letters with places and sizes: paragraphs are made of lines that
follow each other closely, headings of lines in a larger type than the rest.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.core.formats.errors import (
    DAMAGED,
    NO_TEXT_IN_PDF,
    PROTECTED_PDF,
    TOO_BIG,
    TOO_SLOW,
    FormatError,
)

PDF_COMMAND = "pdf-reader"
"""What a packaged Inkling is called with to be the process that reads."""
_SECONDS = 120
_MEMORY_MB = 2048
_EAST = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_ENDS = re.compile("[.!?:\u3002\uff01\uff1f\uff1a\u2026\u201d\"')\\]]$")
_BULLET = re.compile(r"^[\u2022\u25cf\u25aa\u2023\u25e6\u00b7\u2013-]\s+(?=\S)")
_NUMBER = re.compile(r"^\(?\d{1,3}[.)]\s+(?=\S)")
_PAGE_NUMBER = re.compile(
    r"^[-\u2013 ]*(?:page|\u7b2c)?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*\u9875?[-\u2013 ]*$", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the size of its type, and its place in points from the page's top."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float
    page: int


def pdf_as_markdown(path: Path, seconds: float = _SECONDS) -> str:
    """The text of a PDF. Raises ``FormatError``."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, PDF_COMMAND, str(path.absolute())]
    else:
        command = [sys.executable, "-P", "-m", "app.core.formats.pdf_reader", str(path.absolute())]
    try:
        done = subprocess.run(  # noqa: S603 - this program itself, without a shell
            command,
            cwd=Path(__file__).parents[3],
            capture_output=True,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise FormatError(TOO_SLOW, name=path.name, seconds=round(seconds)) from error
    if done.returncode == 3:
        raise FormatError(PROTECTED_PDF, name=path.name)
    if done.returncode == 4:
        raise FormatError(TOO_BIG, name=path.name, size=_MEMORY_MB)
    if done.returncode != 0:
        raise FormatError(DAMAGED, name=path.name)
    lines = [Line(*json.loads(each)) for each in done.stdout.decode("utf-8").splitlines()]
    if not lines:
        raise FormatError(NO_TEXT_IN_PDF, name=path.name)
    return lines_as_markdown(lines)


def lines_as_markdown(lines: Sequence[Line]) -> str:
    """Paragraphs, headings and lists, as far as places and sizes tell them."""
    lines = _without_margins(lines)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted((size for size in sizes if size > body * 1.12), reverse=True)
    measure = _measure(lines, body)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, measure):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    parts = []
    for paragraph in paragraphs:
        text = _joined(each.text for each in paragraph)
        size = round(paragraph[0].size, 1)
        if size in larger and len(text) < 200:
            level = min(1 + larger.index(size), 4)
            parts.append(f"{'#' * level} {text}")
        else:
            parts.append(_BULLET.sub("- ", text))
    return _with_gaps(parts)


def _with_gaps(parts: list[str]) -> str:
    """The paragraphs with empty lines between them, but for the items of one list."""
    text = ""
    for before, part in zip(["", *parts], parts, strict=False):
        same = before.startswith("- ") and part.startswith("- ")
        same = same or bool(_NUMBER.match(before) and _NUMBER.match(part))
        text += ("" if not text else "\n" if same else "\n\n") + part
    return text + "\n"


def _without_margins(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and running heads, which stand at the edges of each page."""
    edges: set[int] = set()
    by_page: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(number)
    for numbers in by_page.values():
        ordered = sorted(numbers, key=lambda number: lines[number].top)
        edges.update((ordered[0], ordered[-1]))
    words = Counter(re.sub(r"\d+", "#", lines[number].text) for number in edges)
    often = {text for text, times in words.items() if times >= 3 and times > len(by_page) / 3}

    def is_margin(number: int) -> bool:
        text = lines[number].text
        return number in edges and (
            re.sub(r"\d+", "#", text) in often or bool(_PAGE_NUMBER.match(text))
        )

    return [line for number, line in enumerate(lines) if not is_margin(number)]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in the text: the size of its type in any unit, the rest in points.

    ``em`` is how wide a large letter is, ``gap`` how far lines are apart, ``right`` where they end.
    """

    size: float
    em: float
    gap: float
    right: float


def _measure(lines: Sequence[Line], size: float) -> _Measure:
    text = [line for line in lines if abs(line.size - size) < 0.05 * size]
    heights = [line.bottom - line.top for line in text] or [10.0]
    gaps = [
        after.top - before.bottom
        for before, after in itertools.pairwise(text)
        if before.page == after.page and 0 < after.top - before.bottom < 4 * median(heights)
    ]
    right = max((line.right for line in lines), default=0.0)
    return _Measure(size, 1.25 * median(heights), median(gaps) if gaps else 0.0, right)


def _goes_on(paragraph: list[Line], line: Line, usual: _Measure) -> bool:
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.06 * usual.size:
        return False
    if _BULLET.match(line.text) or _NUMBER.match(line.text):
        return False
    if line.page != last.page:
        return not _ENDS.search(last.text) and last.right > usual.right - 6 * usual.em
    if line.top - last.bottom > 1.35 * usual.gap + 0.15 * usual.em:
        return False
    indented = line.left > last.left + 0.8 * usual.em and len(paragraph) > 1
    short = last.right < usual.right - 8 * usual.em and bool(_ENDS.search(last.text))
    # A line that ends early and a next one that begins elsewhere are items or lines of their own.
    early = last.right < usual.right - 12 * usual.em
    elsewhere = abs(line.left - last.left) > 0.5 * usual.em
    return not indented and not short and not (early and elsewhere)


def _joined(lines: Iterable[str]) -> str:
    text = ""
    for line in lines:
        line = line.strip()
        if text.endswith("\u00ad") or (re.search(r"[^\W\d]-$", text) and line[:1].islower()):
            text = text[:-1] + line
        elif not text or (_EAST.match(text[-1]) and _EAST.match(line[:1])):
            text += line
        else:
            text += " " + line
    return text

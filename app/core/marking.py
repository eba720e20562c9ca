"""Putting Markdown's marks around words, taking them away, and heading levels."""

from __future__ import annotations

import re

from app.core.characters import HAN, KANA
from app.core.lines import LineEdit, Lines, Place, Selection, caret_at
from app.core.lists import read_item

STRONG, EMPHASIS, CODE, STRIKE = "**", "*", "`", "~~"
_WORD = re.compile(rf"(?:(?![{HAN}{KANA}])[\w'\u2019-])+")
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+$", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_DEEPEST = 6


def is_address(text: str) -> bool:
    """Whether a text is a web or mail address and nothing else."""
    return bool(_ADDRESS.match(text))


def toggle_mark(lines: Lines, selection: Selection, mark: str) -> LineEdit | None:
    """Put ``mark`` around what is selected, or take it away where it stands already.

    Without a selection it is the word at the caret, or an empty pair with the caret in it. Several
    lines get a pair each, since emphasis does not reach over paragraphs; None if all are empty.
    """
    if selection.empty:
        return _toggle_at_caret(lines, selection.caret, mark)
    parts = [part for part in _parts(lines, selection) if part[1] < part[2]]
    if not parts:
        return None
    undo = all(_has(lines[number], start, end, mark) for number, start, end in parts)
    changed = {}
    for number, start, end in parts:
        if _has(lines[number], start, end, mark) == undo:
            changed[number] = _toggled(lines[number], start, end, mark)
    numbers = selection.touched()
    first, last = parts[0], parts[-1]
    _, start, _ = changed.get(first[0], ("", first[1], 0))
    _, _, end = changed.get(last[0], ("", 0, last[2]))
    if len(parts) > 1 and not undo:  # With their marks, so that the command can be given again.
        start -= len(mark) * (first[0] in changed)
        end += len(mark) * (last[0] in changed)
    ends = Place(first[0], start), Place(last[0], end)
    if selection.anchor > selection.caret:
        ends = ends[1], ends[0]
    new = tuple(changed[n][0] if n in changed else lines[n] for n in numbers)
    return LineEdit(numbers.start, numbers.stop, new, Selection(*ends))


def make_link(lines: Lines, selection: Selection, address: str = "") -> LineEdit | None:
    """Make a link of what is selected within a line, or of the word at the caret.

    ``address`` is where it leads, for instance from the clipboard. The caret goes to the part that
    is still missing.
    """
    if selection.start.line != selection.end.line:
        return None
    line, number = lines[selection.caret.line], selection.caret.line
    start, end = selection.start.column, selection.end.column
    if selection.empty:
        start, end = _word_at(line, start)
    words = line[start:end]
    if is_address(words):
        words, address = "", words
    new = f"{line[:start]}[{words}]({address}){line[end:]}"
    in_words = start + 1
    in_address = start + len(words) + 3
    caret = in_words if not words else in_address
    if words and address:
        caret = in_address + len(address) + 1
    return LineEdit(number, number + 1, (new,), caret_at(number, caret))


def change_heading(lines: Lines, selection: Selection, step: int) -> LineEdit | None:
    """Make the selected headings a level deeper (+1) or higher (-1).

    Where none of the lines is a heading, +1 makes them headings of the first level; None if
    nothing changes.
    """
    chosen = selection.touched()
    items = {n: read_item(lines[n]) for n in chosen}
    bodies = {n: lines[n][len(item.quote) :].lstrip(" ") for n, item in items.items()}
    headings = {n: match for n, body in bodies.items() if (match := _HEADING.match(body))}
    changed = {}
    for number in chosen:
        match = headings.get(number)
        others = bool(headings) or not bodies[number].strip()
        if match is None and (step < 0 or (others and len(chosen) > 1)):
            continue
        level = (len(match[1]) if match else 0) + step
        if level > _DEEPEST:
            continue
        body = bodies[number][match.end() :] if match else bodies[number]
        quote = items[number].quote
        changed[number] = quote + ("#" * level + " " if level else "") + body
    if not changed:
        return None

    def shifted(place: Place) -> Place:
        if place.line not in changed:
            return place
        growth = len(changed[place.line]) - len(lines[place.line])
        return Place(place.line, max(0, place.column + growth))

    after = Selection(shifted(selection.anchor), shifted(selection.caret))
    new = tuple(changed.get(number, lines[number]) for number in chosen)
    return LineEdit(chosen.start, chosen.stop, new, after)


def _toggle_at_caret(lines: Lines, caret: Place, mark: str) -> LineEdit:
    line, column, size = lines[caret.line], caret.column, len(mark)
    if line[:column].endswith(mark) and line[column:].startswith(mark):
        new = line[: column - size] + line[column + size :]
        return LineEdit(caret.line, caret.line + 1, (new,), caret_at(caret.line, column - size))
    start, end = _word_at(line, column)
    if start == end:
        new = line[:column] + mark + mark + line[column:]
        return LineEdit(caret.line, caret.line + 1, (new,), caret_at(caret.line, column + size))
    new, begin, _ = _toggled(line, start, end, mark)
    return LineEdit(
        caret.line, caret.line + 1, (new,), caret_at(caret.line, begin + column - start)
    )


def _word_at(line: str, column: int) -> tuple[int, int]:
    """Where the word begins and ends that the caret is in; at its end does not count."""
    for match in _WORD.finditer(line):
        if match.start() <= column < match.end():
            return match.span()
    return column, column


def _parts(lines: Lines, selection: Selection) -> list[tuple[int, int, int]]:
    """Line, start and end of what is selected in each line, without its marker and white space."""
    parts = []
    for number in selection.touched():
        line = lines[number]
        start = selection.start.column if number == selection.start.line else 0
        end = selection.end.column if number == selection.end.line else len(line)
        start = max(start, len(read_item(line).prefix)) if start < end else start
        chosen = line[start:end]
        start += len(chosen) - len(chosen.lstrip())
        end -= len(chosen) - len(chosen.rstrip())
        parts.append((number, start, end))
    return parts


def _has(line: str, start: int, end: int, mark: str) -> bool:
    """Whether the part has the mark, at its ends or just beside them."""
    return _inside(line, start, end, mark) or _around(line, start, end, mark)


def _around(line: str, start: int, end: int, mark: str) -> bool:
    before = len(line[:start]) - len(line[:start].rstrip(mark[0]))
    after = len(line[end:]) - len(line[end:].lstrip(mark[0]))
    return _counts(min(before, after), mark)


def _inside(line: str, start: int, end: int, mark: str) -> bool:
    part = line[start:end]
    core = part.strip(mark[0])
    if not core:
        return False
    before = len(part) - len(part.lstrip(mark[0]))
    after = len(part) - len(part.rstrip(mark[0]))
    return _counts(min(before, after), mark)


def _counts(marks: int, mark: str) -> bool:
    """Whether so many of the mark's character hold the mark: three asterisks hold both."""
    if mark == EMPHASIS:
        return bool(marks % 2)
    return marks >= len(mark)


def _toggled(line: str, start: int, end: int, mark: str) -> tuple[str, int, int]:
    """The line with the mark put around the part or taken away, and where the part is then."""
    size = len(mark)
    if _around(line, start, end, mark):
        new = line[: start - size] + line[start:end] + line[end + size :]
        return new, start - size, end - size
    if _inside(line, start, end, mark):
        new = line[:start] + line[start + size : end - size] + line[end:]
        return new, start, end - 2 * size
    new = line[:start] + mark + line[start:end] + mark + line[end:]
    return new, start + size, end + size

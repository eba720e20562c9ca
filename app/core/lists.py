"""Lists and quotes of Markdown as they are written: going on, indenting, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.lines import LineEdit, Lines, Place, Selection, caret_at

_REACH = 1_000
"""Lines on either side of an edit within which numbers follow it."""
_LINE_INDENT = 4
_LINE = re.compile(
    r"(?P<quote>(?: {0,3}>[ \t]?)*)"
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<marker>[-+*](?=[ \t]|$)|(?P<number>\d{1,9})(?P<stop>[.)](?=[ \t]|$)|\u3001))"
    r"(?P<gap>[ \t]*)"
    r"(?P<task>\[[ xX]\](?:[ \t]+|$))?)?"
)
_INNER_QUOTE = re.compile(r" {0,3}>[ \t]?$")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")


class ListKind(StrEnum):
    """What a line can be made."""

    BULLETS = "bullets"
    NUMBERS = "numbers"
    TASKS = "tasks"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Item:
    """A line taken apart; put together again they are the line."""

    quote: str
    indent: str
    marker: str
    """"" for a line that is no item of a list."""
    gap: str
    task: str
    body: str
    number: int | None = None
    """Of an item of a numbered list."""
    stop: str = ""
    """What follows the number."""

    @property
    def prefix(self) -> str:
        """All that comes before what was written."""
        return self.quote + self.indent + self.marker + self.gap + self.task

    @property
    def width(self) -> int:
        """Columns that it is indented by within its quote."""
        return len(self.indent.expandtabs(4))

    @property
    def content(self) -> int:
        """The column that its text begins in, which what belongs to it is indented to."""
        return self.width + len(self.marker) + max(1, len(self.gap))

    def numbered(self, number: int) -> Item:
        """The same item with another number."""
        return replace(self, marker=f"{number}{self.stop}", number=number)

    def __str__(self) -> str:
        return self.prefix + self.body


def read_item(line: str) -> Item:
    """Take a line apart."""
    match = _LINE.match(line)
    if match is None:  # Every part of it may be missing.
        raise AssertionError(line)
    quote, indent = match["quote"], match["indent"]
    if match["marker"] and _RULE.match(line, len(quote)):
        return Item(quote, indent, "", "", "", line[len(quote) + len(indent) :])
    return Item(
        quote,
        indent,
        match["marker"] or "",
        match["gap"] or "",
        match["task"] or "",
        line[match.end() :],
        int(match["number"]) if match["number"] else None,
        match["stop"] or "",
    )


def new_line(lines: Lines, selection: Selection) -> LineEdit | None:
    """What Enter does in a list or a quote; None elsewhere, and with a selection.

    The next line is an item or a quote as well. An item without words ends its list, a nested one
    goes a level up first.
    """
    if not selection.empty:
        return None
    number, column = selection.caret.line, selection.caret.column
    item = read_item(lines[number])
    if not (item.marker or item.quote) or column < len(item.prefix):
        return None
    if not item.body.strip():
        if item.marker and item.indent:
            return indent_lines(lines, selection, -1)
        shorter = item.quote if item.marker else ""
        return LineEdit(number, number + 1, (shorter,), caret_at(number, len(shorter)))
    rest = lines[number][column:].lstrip(" \t")
    following = replace(item, task="[ ] " if item.task else "", body=rest)
    if item.number is not None:
        following = following.numbered(item.number + 1)
    edit = LineEdit(
        number,
        number + 1,
        (lines[number][:column], str(following)),
        caret_at(number + 1, len(following.prefix)),
    )
    return renumbered(lines, edit)


def line_in_item(lines: Lines, selection: Selection) -> LineEdit | None:
    """A new line that belongs to the same item or quote; None where there is neither."""
    number, column = selection.caret.line, selection.caret.column
    item = read_item(lines[number])
    if not selection.empty or not (item.marker or item.quote) or column < len(item.prefix):
        return None
    prefix = item.quote + (" " * item.content if item.marker else item.indent)
    head, rest = lines[number][:column], lines[number][column:].lstrip(" \t")
    return LineEdit(number, number + 1, (head, prefix + rest), caret_at(number + 1, len(prefix)))


def indents(lines: Lines, selection: Selection) -> bool:
    """Whether Tab indents here, rather than putting in a tab."""
    return len(selection.touched()) > 1 or (
        bool(read_item(lines[selection.caret.line]).marker) and selection.empty
    )


def indent_lines(lines: Lines, selection: Selection, step: int) -> LineEdit | None:
    """Indent the selected lines (+1) or take an indent back (-1); None if nothing changes.

    An item goes below the one before it, and takes along what belongs to it.
    """
    chosen = selection.touched()
    first = read_item(lines[chosen.start])
    if first.marker:
        chosen = range(chosen.start, max(chosen.stop, _branch_end(lines, chosen.start)))
    size = _step_size(lines, chosen.start, first, step)
    changed, grown = [], {}
    for number in chosen:
        item = read_item(lines[number])
        if step > 0:
            blank = not (item.marker or item.body)
            indent = item.indent if blank else " " * size + item.indent
        else:
            indent = _less(item.indent, size)
        changed.append(str(replace(item, indent=indent)))
        grown[number] = len(item.quote), len(indent) - len(item.indent)
    if not any(shift for _, shift in grown.values()):
        return None

    def shifted(place: Place) -> Place:
        start, shift = grown.get(place.line, (0, 0))
        at_start = place.column <= start and not selection.empty
        return place if at_start else Place(place.line, max(start, place.column + shift))

    after = Selection(shifted(selection.anchor), shifted(selection.caret))
    edit = LineEdit(chosen.start, chosen.stop, tuple(changed), after)
    return renumbered(lines, edit, restart=True)


def toggle_list(lines: Lines, selection: Selection, kind: ListKind) -> LineEdit | None:
    """Make the selected lines items of a kind, or plain again if all of them are; None if empty."""
    chosen = selection.touched()
    items = [read_item(lines[number]) for number in chosen]
    wanted = [len(items) == 1 or bool(item.body.strip() or item.marker) for item in items]
    if not any(wanted):
        return None
    undo = all(_is(item, kind) for item, want in zip(items, wanted, strict=True) if want)
    changed, grown, count = [], {}, 0
    for number, item, want in zip(chosen, items, wanted, strict=True):
        made = item
        if want:
            count += 1
            made = _plain(item, kind) if undo else _made(item, kind, count)
        changed.append(str(made))
        grown[number] = len(item.prefix), len(made.prefix)

    def shifted(place: Place) -> Place:
        before, after = grown.get(place.line, (0, 0))
        return Place(place.line, max(0, place.column - before) + after)

    after = Selection(shifted(selection.anchor), shifted(selection.caret))
    if not selection.empty:  # the lines as a whole, so that the command can be given again
        after = Selection(Place(chosen.start, 0), Place(chosen.stop - 1, len(changed[-1])))
    return LineEdit(chosen.start, chosen.stop, tuple(changed), after)


def toggle_done(lines: Lines, selection: Selection) -> LineEdit | None:
    """Tick the selected tasks, or take the ticks off if all are; None where there is no task."""
    chosen = selection.touched()
    items = [read_item(lines[number]) for number in chosen]
    if not any(item.task for item in items):
        return None
    mark = "[x]" if any(item.task.startswith("[ ]") for item in items) else "[ ]"
    changed = tuple(
        str(replace(item, task=mark + item.task[3:]) if item.task else item) for item in items
    )
    return LineEdit(chosen.start, chosen.stop, changed, selection)


def renumbered(lines: Lines, edit: LineEdit, *, restart: bool = False) -> LineEdit:
    """``edit`` with the numbers of its list going on through it and after it.

    What comes before the edit keeps its numbers, and lists whose numbers are all the same stay so.
    With ``restart`` a list that begins within the edit begins with 1.
    """
    top, bottom = edit.first, edit.last
    while top > 0 and edit.first - top < _REACH and _belongs(lines[top - 1]):
        top -= 1
    while bottom < len(lines) and bottom - edit.last < _REACH and _belongs(lines[bottom]):
        bottom += 1
    before = [read_item(lines[number]) for number in range(top, edit.first)]
    old = [read_item(lines[number]) for number in range(edit.first, edit.last)]
    after = [read_item(lines[number]) for number in range(edit.last, bottom)]
    same = _number([*before, *old, *after], len(before) + len(old) + len(after), None, set())[1]
    edited = [read_item(line) for line in edit.lines]
    given = 1 if restart else old[0].number
    items, _ = _number([*before, *edited, *after], len(before), given, same)
    changed = [str(item) for item in items[len(before) :]]
    last = bottom
    while last > edit.last and changed[-1] == lines[last - 1]:
        changed.pop()
        last -= 1

    def shifted(place: Place) -> Place:
        index = place.line - edit.first
        if not 0 <= index < len(edited):
            return place
        growth = len(items[len(before) + index].prefix) - len(edited[index].prefix)
        inside = place.column > len(edited[index].quote + edited[index].indent)
        return Place(place.line, place.column + growth) if inside else place

    selection = Selection(shifted(edit.selection.anchor), shifted(edit.selection.caret))
    return LineEdit(edit.first, last, tuple(changed), selection)


@dataclass(slots=True)
class _Level:
    """A list that is going on."""

    quote: int
    width: int
    content: int
    number: int | None
    stop: str


def _number(
    items: list[Item], start: int, given: int | None, same: set[tuple[int, str]]
) -> tuple[list[Item], set[tuple[int, str]]]:
    """Number the items from index ``start`` on; a list that begins there begins with ``given``.

    Also returns the lists (by indent and stop) with twice the same number before ``start``.
    """
    levels: list[_Level] = []
    repeated: set[tuple[int, str]] = set()
    result = []
    for index, item in enumerate(items):
        if item.marker:
            quote = item.quote.count(">")
            while levels and (levels[-1].quote != quote or item.width < levels[-1].width):
                levels.pop()
            level = levels[-1] if levels and item.width < levels[-1].content else None
            if item.number is not None:
                expected = _expected(item, level, same)
                if expected is None and index == start and given is not None:
                    expected = given
                if level is not None and level.number == item.number and level.stop == item.stop:
                    repeated.add((item.width, item.stop))
                if index >= start and expected is not None:
                    item = item.numbered(expected)
            if level is not None:
                levels.pop()
            levels.append(_Level(quote, item.width, item.content, item.number, item.stop))
        result.append(item)
    return result, repeated


def _expected(item: Item, level: _Level | None, same: set[tuple[int, str]]) -> int | None:
    if level is None or level.number is None or level.stop != item.stop:
        return None
    return level.number + ((level.width, level.stop) not in same)


def _belongs(line: str) -> bool:
    """Whether a line can be inside of a list: an item, something indented, or nothing."""
    item = read_item(line)
    return bool(item.marker or item.indent or not item.body) and not _FENCE.match(line)


def _branch_end(lines: Lines, number: int) -> int:
    """The line behind an item and all that is indented below it."""
    item = read_item(lines[number])
    end = follow = number + 1
    while follow < len(lines) and follow - number < _REACH:
        below = read_item(lines[follow])
        if below.quote.count(">") != item.quote.count(">"):
            break
        if below.marker or below.body:
            if below.width <= item.width:
                break
            end = follow + 1
        follow += 1
    return end


def _step_size(lines: Lines, number: int, item: Item, step: int) -> int:
    """Columns from a line to the level below (+1) or above (-1) it."""
    if not item.marker:
        return _LINE_INDENT
    above = number - 1
    while above >= 0 and number - above < _REACH and _belongs(lines[above]):
        other = read_item(lines[above])
        if other.marker and step > 0 and other.width <= item.width:
            return max(1, other.content - item.width)
        if other.marker and step < 0 and other.width < item.width:
            return item.width - other.width
        above -= 1
    return item.content - item.width if step > 0 else item.width


def _less(indent: str, size: int) -> str:
    """``indent`` without its first ``size`` columns."""
    return " " * max(0, len(indent.expandtabs(4)) - size) if size else indent


def _is(item: Item, kind: ListKind) -> bool:
    if kind is ListKind.QUOTE:
        return bool(item.quote)
    if kind is ListKind.TASKS:
        return bool(item.task)
    if kind is ListKind.NUMBERS:
        return item.number is not None
    return bool(item.marker) and item.number is None and not item.task


def _plain(item: Item, kind: ListKind) -> Item:
    if kind is ListKind.QUOTE:
        return replace(item, quote=_INNER_QUOTE.sub("", item.quote))
    return replace(item, marker="", gap="", task="", number=None)


def _made(item: Item, kind: ListKind, count: int) -> Item:
    if kind is ListKind.QUOTE:
        return replace(item, quote="> " + item.quote)
    if kind is ListKind.NUMBERS:
        return replace(item, marker=f"{count}.", gap=" ", task="", number=count, stop=".")
    bullet = item.marker if item.marker and item.number is None else "-"
    task = (item.task or "[ ] ") if kind is ListKind.TASKS else ""
    return replace(item, marker=bullet, gap=item.gap or " ", task=task, number=None, stop="")

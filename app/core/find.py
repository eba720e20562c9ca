"""Finding and replacing in a text, within a time limit that any pattern keeps to.

Patterns are those of the library ``regex``, which is ``re``'s language and more. Unlike ``re`` it
lets other threads run while it matches and stops at a time limit, so that a pattern that would
try for hours (such as ``(a|aa)+$``) costs a second of one thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from app.core.characters import HAN, KANA
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.core.offsets import utf16_positions

TIME_LIMIT_S = 2.0
"""How long a search may take."""
_LOOKS = 256
"""Matches between two looks at the clock and at ``cancelled``."""

_WRONG = (
    ("missing )", QT_TRANSLATE_NOOP("Errors", "A group that begins with ( is not closed.")),
    (
        "unterminated character set",
        QT_TRANSLATE_NOOP("Errors", "A set that begins with [ is not closed."),
    ),
    ("unbalanced parenthesis", QT_TRANSLATE_NOOP("Errors", "There is a ) without a ( before it.")),
    (
        "repeat greater than",
        QT_TRANSLATE_NOOP("Errors", "In a repetition {{ }} the first number is the greater one."),
    ),
    (
        "repeat",
        QT_TRANSLATE_NOOP("Errors", "At character {place} there is nothing to repeat."),
    ),
    (
        "group reference",
        QT_TRANSLATE_NOOP("Errors", "The pattern refers to a group that it does not have."),
    ),
    (
        "unknown group",
        QT_TRANSLATE_NOOP("Errors", "The pattern refers to a group that it does not have."),
    ),
    (
        "end of pattern",
        QT_TRANSLATE_NOOP("Errors", "A \\ stands at the end; for a backslash, write it twice."),
    ),
    (
        "bad character range",
        QT_TRANSLATE_NOOP("Errors", "A range in [ ] runs backwards at character {place}."),
    ),
    (
        "unknown property",
        QT_TRANSLATE_NOOP("Errors", "At character {place} a kind of characters is unknown."),
    ),
)
_ELSE = QT_TRANSLATE_NOOP(
    "Errors", "This is not a regular expression: at character {place} it goes wrong."
)
_ESCAPE = QT_TRANSLATE_NOOP(
    "Errors",
    "In the replacement, after a \\ comes a digit, g<name>, n, t or another \\.",
)
_NO_GROUP = QT_TRANSLATE_NOOP(
    "Errors", "The replacement speaks of group {group}, which the pattern does not have."
)


class BadPattern(Telling):
    """The pattern or its replacement makes no sense."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; ``text`` is taken literally unless ``regular_expression``.

    In a regular expression ``^`` and ``$`` stand for the ends of lines.
    """

    text: str
    regular_expression: bool = False
    whole_words: bool = False
    match_case: bool = False


class Matches:
    """Where a text matches, in order, in code points; follows edits of the text."""

    def __init__(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self._starts = starts
        self._ends = ends

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return int(self._starts[index]), int(self._ends[index])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts.tolist(), self._ends.tolist(), strict=True)

    def index(self, start: int, end: int) -> int | None:
        """The number of the match with exactly this place."""
        found = self.at_or_after(start)
        return found if found < len(self) and self[found] == (start, end) else None

    def at_or_after(self, position: int) -> int:
        """The number of the first match that begins there or later; ``len`` if none does."""
        return int(np.searchsorted(self._starts, position, "left"))

    def touching(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches with a character between ``start`` and ``end``."""
        first = int(np.searchsorted(self._ends, start, "right"))
        last = int(np.searchsorted(self._starts, end, "left"))
        return [self[index] for index in range(first, last)]

    def follow(self, position: int, removed: int, inserted: int) -> None:
        """Keep step with an edit: what it touched is gone, what comes after it has moved."""
        first = int(np.searchsorted(self._ends, position, "right"))
        last = max(first, int(np.searchsorted(self._starts, position + removed, "left")))
        if last > first:
            kept = np.r_[0:first, last : len(self)]
            self._starts, self._ends = self._starts[kept], self._ends[kept]
        self._starts[first:] += inserted - removed
        self._ends[first:] += inserted - removed


@dataclass(frozen=True, slots=True)
class Found:
    """The matches, all of them only if ``complete``: the search was not stopped."""

    matches: Matches
    complete: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Replacement:
    """UTF-16 units ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


def compile_query(query: Query) -> regex.Pattern[str]:
    """The pattern of a query. Raises ``BadPattern`` in words that a person understands."""
    text = query.text if query.regular_expression else regex.escape(query.text, special_only=True)
    flags = regex.MULTILINE | (0 if query.match_case else regex.IGNORECASE)
    try:
        pattern = regex.compile(text, flags)
        return regex.compile(_as_words(text), flags) if query.whole_words else pattern
    except regex.error as error:
        template = next((words for sign, words in _WRONG if sign in error.msg), _ELSE)
        raise BadPattern(template, place=(error.pos or 0) + 1) from error
    except (OverflowError, RecursionError) as error:
        raise BadPattern(_ELSE, place=1) from error


def find_all(
    pattern: regex.Pattern[str],
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    limit_s: float = TIME_LIMIT_S,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found:
    """Where ``pattern`` matches between ``start`` and ``end``, as far as ``limit_s`` allows.

    The pattern sees what stands before ``start``, and ``end`` as the text's end.
    """
    begun = time.perf_counter()
    starts: list[int] = []
    ends: list[int] = []
    matches = pattern.finditer(text, start, end, concurrent=True, timeout=limit_s)
    complete = True
    try:
        for count, match in enumerate(matches):
            starts.append(match.start())
            ends.append(match.end())
            if count % _LOOKS == 0 and (cancelled() or time.perf_counter() - begun > limit_s):
                complete = False
                break
    except TimeoutError:
        complete = False
    found = Matches(np.array(starts, np.int64), np.array(ends, np.int64))
    return Found(found, complete, time.perf_counter() - begun)


class Template:
    r"""What a match is replaced by.

    For a regular expression, ``\1`` to ``\9`` and ``\g<name>`` stand for what a group matched,
    ``\0`` for the whole match, ``\n`` for a line break, ``\t`` for a tab, ``\\`` for ``\``.
    """

    def __init__(self, text: str, pattern: regex.Pattern[str], *, literal: bool) -> None:
        """Raises ``BadPattern`` if ``text`` speaks of a group that ``pattern`` does not have."""
        self._parts: list[str | int] = [text] if literal else []
        if not literal:
            self._read(text, pattern)

    def expand(self, match: regex.Match[str]) -> str:
        """The new text for a match; a group that took no part is empty."""
        return "".join(
            part if isinstance(part, str) else match.group(part) or "" for part in self._parts
        )

    def _read(self, text: str, pattern: regex.Pattern[str]) -> None:
        last = 0
        for match in _ESCAPED.finditer(text):
            self._parts.append(text[last : match.start()])
            self._parts.append(_unescaped(match, pattern))
            last = match.end()
        self._parts.append(text[last:])


_ESCAPED = regex.compile(r"\\(?:(?P<sign>[nt\\])|(?P<group>\d)|g<(?P<name>\w+)>|(?P<bad>))")


def _unescaped(match: regex.Match[str], pattern: regex.Pattern[str]) -> str | int:
    if sign := match.group("sign"):
        return {"n": "\n", "t": "\t", "\\": "\\"}[sign]
    name = match.group("group") or match.group("name")
    if name is None:
        raise BadPattern(_ESCAPE)
    known = pattern.groupindex.get(name)
    group = int(name) if name.isdecimal() else known
    if group is None or group > pattern.groups:
        raise BadPattern(_NO_GROUP, group=name)
    return group


def replacement_of(
    pattern: regex.Pattern[str],
    template: Template,
    text: str,
    place: tuple[int, int],
    end: int | None = None,
) -> str | None:
    """What the match at ``place`` is replaced by; None if it no longer matches there."""
    try:
        match = pattern.match(text, place[0], end, timeout=0.05)
    except TimeoutError:
        return None
    return template.expand(match) if match is not None and match.span() == place else None


def replace_all(
    pattern: regex.Pattern[str],
    template: Template,
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    limit_s: float = TIME_LIMIT_S,
) -> list[Replacement] | None:
    """All replacements in order; None if finding them would take longer than ``limit_s``."""
    places: list[tuple[int, int]] = []
    texts: list[str] = []
    try:
        for match in pattern.finditer(text, start, end, concurrent=True, timeout=limit_s):
            places.append(match.span())
            texts.append(template.expand(match))
    except TimeoutError:
        return None
    units = utf16_positions(text, np.array(places, np.int64).reshape(-1, 2)).tolist()
    return [Replacement(first, last, new) for (first, last), new in zip(units, texts, strict=True)]


def _as_words(pattern: str) -> str:
    # Chinese is written without spaces, so each of its characters is at a word's edge.
    letter = rf"[^\W{HAN}{KANA}]"
    return f"(?:(?<!{letter})|(?!{letter}))(?:{pattern})(?:(?!{letter})|(?<!{letter}))"

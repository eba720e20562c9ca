"""Two versions of a sentence as single edits of words, which can be told apart and applied alone.

Words are aligned so that as few change as possible and those that change are alike (the aligned
edits of Felice et al. 2016, "Automatic Extraction of Learner Errors", simplified). Neighbouring
changes are one edit, unless each turns one word into a word like it; words that are only moved are
one edit, and so are a mark that ends a sentence and the capital after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:['\u2019]\w+)*|[^\w\s]")
_ALIKE = 0.5
"""Words of which this share of the letters agrees may be two forms of one."""
_MOST_CELLS = 250_000
"""Above this product of word counts the differing part is one edit."""
_FARTHEST = 12
"""Words that a moved word may have jumped over."""

_AUXILIARIES = frozenset(
    "to am is are was were be been being have has had having do does did will would shall should "
    "can could may might must not".split()
)

_LONGEST_ARTICLE = 3
_INSIDE_WORDS = frozenset("'\u2019-")

_Step = tuple[int, int, int, int]
"""Tokens ``a`` to ``b`` of the old text become ``c`` to ``d`` of the new one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark at code points ``start`` to ``end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` of the old text are replaced by ``text``.

    ``first`` and ``last`` say which of its tokens go and ``words`` what comes in their place; edits
    are the same where these are, however the white space lies.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    words: tuple[str, ...]

    @property
    def key(self) -> tuple[int, int, tuple[str, ...]]:
        """What makes two edits of one text the same."""
        return self.first, self.last, self.words


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of ``text``, in order."""
    return [Token(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text)]


def word_edits(old: str, new: str) -> list[Edit]:
    """The edits that turn ``old`` into ``new``, in order and apart from each other.

    White space between words that stay is left as it is.
    """
    before, after = tokens(old), tokens(new)
    steps = _aligned([each.text for each in before], [each.text for each in after])
    steps = _with_moves(_merged(steps, (old, before), (new, after)), before, after)
    return [_edit(step, (old, before), (new, after)) for step in steps]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with those of its edits made that are given."""
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """The steps that are no copies: a word into one like it, a word out, or a word in."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if not a and not b:
        return []
    if len(a) * len(b) > _MOST_CELLS:
        return [(head, head + len(a), head, head + len(b))]
    costs = _costs(a, b)
    steps: list[_Step] = []
    i, j = len(a), len(b)
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + _change(a[i - 1], b[j - 1]):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                steps.append((head + i, head + i + 1, head + j, head + j + 1))
        elif i and here == costs[i - 1][j] + 1:
            i -= 1
            steps.append((head + i, head + i + 1, head + j, head + j))
        else:
            j -= 1
            steps.append((head + i, head + i, head + j, head + j + 1))
    return steps[::-1]


def _costs(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """The least cost from every beginning of ``old`` to every beginning of ``new``."""
    rows = [[float(j) for j in range(len(new) + 1)]]
    for i, word in enumerate(old, 1):
        above, row = rows[-1], [float(i)]
        for j, other in enumerate(new, 1):
            changed = above[j - 1] + _change(word, other)
            row.append(min(changed, above[j] + 1, row[j - 1] + 1))
        rows.append(row)
    return rows


def _change(old: str, new: str) -> float:
    """What it costs to turn a word into another; 2 is a word out and another in."""
    if old == new:
        return 0.0
    if old.casefold() == new.casefold():
        return 0.25
    if not old[0].isalnum() or not new[0].isalnum():
        return 1.5 if not old[0].isalnum() and not new[0].isalnum() else 2.5
    alike = SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False).ratio()
    return 1.5 - alike if alike >= _ALIKE else 2.5


def _merged(
    steps: Sequence[_Step], old: tuple[str, Sequence[Token]], new: tuple[str, Sequence[Token]]
) -> list[_Step]:
    """Neighbours as one, but for those that can be judged and made one without the other."""
    merged: list[_Step] = []
    for step in steps:
        if merged and _touch(merged[-1], step) and not _apart(merged[-1], step, old, new):
            merged[-1] = (merged[-1][0], step[1], merged[-1][2], step[3])
        else:
            merged.append(step)
    return merged


def _touch(one: _Step, two: _Step) -> bool:
    return one[1] == two[0] and one[3] == two[2]


def _apart(
    one: _Step, two: _Step, old: tuple[str, Sequence[Token]], new: tuple[str, Sequence[Token]]
) -> bool:
    """Whether two neighbouring steps are edits of their own."""
    (old_text, before), (new_text, after) = old, new
    gaps = _between(old_text, before, two[0]), _between(new_text, after, two[2])
    if gaps[0] != gaps[1] or not (_is_change(one) or _is_change(two)):
        return False
    gone = [each.text.casefold() for each in before[one[0] : two[1]]]
    come = [each.text.casefold() for each in after[one[2] : two[3]]]
    if not gone or not come:
        return False
    if not gaps[0] and not _INSIDE_WORDS.isdisjoint((*gone, *come)):
        return False
    marks = (*gone[:-1], *come[:-1])
    if gone[-1] == come[-1] and not any(each[0].isalnum() for each in marks):
        return False  # a new full stop, and the capital after it
    first = {each.text.casefold() for each in (*before[one[0] : one[1]], *after[one[2] : one[3]])}
    longer = max(len(gone[-1]), len(come[-1])) > _LONGEST_ARTICLE
    if _is_change(two) and longer and any(map(_is_auxiliary, first)):
        return False  # one form of a verb
    return "".join(gone) != "".join(come)  # not "a lot" for "alot"


def _is_auxiliary(word: str) -> bool:
    return word in _AUXILIARIES or word.endswith("n't")


def _is_change(step: _Step) -> bool:
    return step[1] - step[0] == 1 == step[3] - step[2]


def _with_moves(steps: list[_Step], before: Sequence[Token], after: Sequence[Token]) -> list[_Step]:
    """What goes at one place and comes at the next is one edit over all between."""
    found: list[_Step] = []
    for step in steps:
        if found and _is_move(found[-1], step, before, after):
            found[-1] = (found[-1][0], step[1], found[-1][2], step[3])
        else:
            found.append(step)
    return found


def _is_move(one: _Step, two: _Step, before: Sequence[Token], after: Sequence[Token]) -> bool:
    def gone(step: _Step) -> list[str]:
        return [each.text.casefold() for each in before[step[0] : step[1]]]

    def come(step: _Step) -> list[str]:
        return [each.text.casefold() for each in after[step[2] : step[3]]]

    if two[0] - one[1] > _FARTHEST:
        return False
    out_in = not come(one) and not gone(two) and gone(one) == come(two)
    return out_in or (not gone(one) and not come(two) and come(one) == gone(two))


def _edit(step: _Step, old: tuple[str, Sequence[Token]], new: tuple[str, Sequence[Token]]) -> Edit:
    """The edit with as much of the white space around it as it needs."""
    (old_text, before), (new_text, after) = old, new
    first, last, begin, finish = step
    start, end = _gap(old_text, before, first, last)
    from_, to = _gap(new_text, after, begin, finish)
    gone, come = old_text[start:end], new_text[from_:to]
    if gone[:1].isspace() and come[:1].isspace():
        start += len(gone) - len(gone.lstrip())
        gone, come = gone.lstrip(), come.lstrip()
    if gone[-1:].isspace() and come[-1:].isspace():
        end -= len(gone) - len(gone.rstrip())
        come = come.rstrip()
    words = tuple(each.text for each in after[begin:finish])
    return Edit(start, end, come, first, last, words)


def _gap(text: str, found: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Code points from the token before ``first`` to the one at ``last``."""
    start = found[first - 1].end if first else 0
    return start, found[last].start if last < len(found) else len(text)


def _between(text: str, found: Sequence[Token], place: int) -> str:
    """What stands between a token and the one before it."""
    start, end = _gap(text, found, place, place)
    return text[start:end]

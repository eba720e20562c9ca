"""Guards: what of a text a rewrite dropped, added or changed that it should have kept.

Numbers, names, dates, links, negations and quoted words are compared; other ways to write the same
number or date count as the same. Made for English, with numbers, dates and negations in Chinese.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.rewriting.details import Detail, details, plain_words
from engine.rewriting.names import WORD, own_words, stem
from engine.rewriting.negations import lost_negations

FindingKind = Literal["number", "name", "date", "link", "negation", "quote"]
Where = Literal["dropped", "added", "changed"]

_KINDS: tuple[FindingKind, ...] = ("number", "name", "date", "link", "quote")
_PLACEHOLDER = re.compile(
    r"\[(?:your|name|date|insert|recipient|address|company|sender|title)[^\]\n]*\](?!\()", re.I
)
_HAN_NUMBERS = dict(enumerate("零一二三四五六七八九十"))
_PAIRS = frozenset({"both", "couple", "pair", "twice", "double", "两", "双"})
_ALIKE = 0.6
_AROUND = re.compile(r"(\w*)\W*$")


@dataclass(frozen=True, slots=True)
class GuardFinding:
    """Something exact that a rewrite did not keep.

    ``text`` is as it is in the source, or in the result where it was added; ``new`` is what a
    changed one became.
    """

    kind: FindingKind
    text: str
    where: Where
    new: str = ""


def findings(source: str, result: str) -> tuple[GuardFinding, ...]:
    """What ``result``, a rewrite of ``source``, dropped, added or changed, in order of the texts.

    A heuristic that would rather miss something than cry wolf; each finding is given once.
    """
    found: list[tuple[int, GuardFinding]] = []
    for match in _PLACEHOLDER.finditer(result):
        if match.group() not in source:
            found.append((match.start(), GuardFinding("name", match.group(), "added")))
            result = result.replace(match.group(), "," * len(match.group()))
    ours, theirs = details(source), details(result)
    source_words, result_words = plain_words(source), plain_words(result)
    for kind in _KINDS:
        mine = [each for each in ours if each.kind == kind]
        other = [each for each in theirs if each.kind == kind]
        gone = [each for each in mine if not _kept(each, theirs, result, result_words)]
        new = [each for each in other if not _kept(each, ours, source, source_words)]
        found += _paired(kind, gone, new, source, result)
    for at, text in lost_negations(source, result):
        found.append((at, GuardFinding("negation", text, "dropped")))
    for at, text in lost_negations(result, source):
        found.append((at, GuardFinding("negation", text, "added")))
    ordered = sorted(found, key=lambda each: (each[1].where == "added", each[0]))
    return tuple(dict.fromkeys(finding for _, finding in ordered))


def _kept(each: Detail, others: Sequence[Detail], text: str, words: str) -> bool:
    """Whether the other text, with the details ``others``, has this one too."""
    if any(each.same(other) for other in others):
        return True
    if each.kind == "link":
        return each.text.casefold() in text.casefold()
    if each.kind == "quote":
        return f" {next(iter(each.keys))} " in words
    if each.kind == "name":
        return _name_kept(each.text, text)
    key = next(iter(each.keys))
    if each.kind == "number":
        return _number_kept(key, others, text, words)
    return _date_kept(key, others)


def _name_kept(name: str, text: str) -> bool:
    """Whether the last word of ``name`` is there: first names and titles are often left out."""
    stems = {stem(word) for word in WORD.findall(text)}
    stems |= {part for each in stems for part in each.split("-")}
    return own_words(name)[-1] in stems or stem(name) in stems


def _number_kept(key: str, others: Sequence[Detail], text: str, words: str) -> bool:
    if key == "2" and any(
        f" {each} " in words or (each in "两双" and each in text) for each in _PAIRS
    ):
        return True
    if key == "1" and re.search(r" (?:one|once|a|an|single) ", words):
        return True
    if key.isdigit() and len(key) < 3 and _HAN_NUMBERS.get(int(key), "-") in text:
        return True
    # "8 and 22 September" names the month once; "10:42" may be written 10.42.
    days = {each.split()[0] for other in others if other.kind == "date" for each in other.keys}
    times = {each.replace(":", ".") for other in others for each in other.keys}
    return key in days or (not key.isdigit() and key.replace(":", ".") in times)


def _date_kept(key: str, others: Sequence[Detail]) -> bool:
    dates = {each for other in others if other.kind == "date" for each in other.keys}
    numbers = {each for other in others if other.kind == "number" for each in other.keys}
    first, _, second = key.partition(" ")
    if first == "month":
        return any(each.split()[-1] == second for each in dates if each[0].isdigit())
    months = {each.split()[-1] for each in dates if not each.startswith("weekday")}
    return first in numbers and second in months


def _paired(
    kind: FindingKind, gone: list[Detail], new: list[Detail], source: str, result: str
) -> list[tuple[int, GuardFinding]]:
    """Dropped and added ones, those together that stand in each other's place."""
    found: list[tuple[int, GuardFinding]] = []
    left = list(new)
    for old in gone:
        match = next((each for each in left if _replaces(old, each, source, result)), None)
        if match is None:
            found.append((old.start, GuardFinding(kind, old.text, "dropped")))
        else:
            left.remove(match)
            found.append((old.start, GuardFinding(kind, old.text, "changed", match.text)))
    found += [
        (each.start, GuardFinding(kind, each.text, "added"))
        for each in left
        if kind != "name" or not _all_known(each.text, source)
    ]
    return found


def _all_known(name: str, source: str) -> bool:
    words = {stem(word) for word in WORD.findall(source)}
    return all(each in words for each in own_words(name))


def _replaces(old: Detail, new: Detail, source: str, result: str) -> bool:
    """Whether ``new`` stands where ``old`` stood: they are alike, or so is what is around them."""
    if difflib.SequenceMatcher(None, old.text.casefold(), new.text.casefold()).ratio() >= _ALIKE:
        return True
    if old.kind in ("link", "quote"):
        return False
    before = _word_before(source, old.start), _word_before(result, new.start)
    after = _word_after(source, old.end), _word_after(result, new.end)
    return (before[0] == before[1] and bool(before[0])) or (after[0] == after[1] and bool(after[0]))


def _word_before(text: str, at: int) -> str:
    match = _AROUND.search(text[max(0, at - 30) : at])
    return match[1].casefold() if match else ""


def _word_after(text: str, at: int) -> str:
    match = re.match(r"\W*(\w+)", text[at : at + 30])
    return match[1].casefold() if match else ""

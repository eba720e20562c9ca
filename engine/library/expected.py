"""What kind of thing a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.library.kinds import (
    AGE,
    CLOCK,
    COLOUR,
    DATE,
    DEGREES,
    LENGTH,
    MONEY,
    MONTH,
    NAME,
    NUMBER,
    OFTEN,
    PLACE,
    REASON,
    ROLE,
    SIZE,
    SPAN,
    SPEED,
    TELEPHONE,
    WEEKDAY,
    WEIGHT,
    YEAR,
    people,
)
from engine.library.words import stem, words

OPEN = 0.5
"""Where a question does not tell what kind of thing it wants, or a sentence holds it in part."""
_FORM = re.compile(r"\bhow (?:long|old|far|often|soon|come)\b|\bwhat (?:is|was) the name\b", re.I)
_COUNTED = re.compile(r"\bhow many (?:of the |other |more )?(?:\w+ly )?([a-z][\w-]*)")
_ANYBODY = frozenset({"peopl", "person", "men", "women", "household"})
_NEAR = 4
"""Words between a number and what it counts, adjectives mostly."""


_Finder = Callable[[str], Iterable[re.Match[str]]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a question asks for a kind of thing, how a sentence gives it, and how in part."""

    asks: re.Pattern[str]
    full: _Finder
    part: _Finder | None = None
    marked: bool = True
    """Whether what is found is the answer, and not only where it begins."""


def _kind(
    asks: str,
    full: re.Pattern[str] | _Finder,
    part: re.Pattern[str] | None = None,
    *,
    marked: bool = True,
) -> _Kind:
    finder = full.finditer if isinstance(full, re.Pattern) else full
    return _Kind(re.compile(asks), finder, part.finditer if part else None, marked)


_ROLES = (
    r"(?:\w{2,}(?:er|or|ist|ian|man|woman|ant|ess|maker)|child|boy|girl|son|daughter|mother|father|"
    r"sister|brother|wife|husband|aunt|uncle|student|doctor|vet|nurse|king|queen|cook|friend|"
    r"cousin|chief|guide|monk|priest|captain|clerk|person|owner)"
)
_PRICE = (
    r"costs?|price|fee|charged?|pa(?:y|id)|rent|wage|earn(?:ed)?|fine|sold|subscription|deposit"
)
_KINDS = (
    _kind(
        rf"\b(?:{_PRICE})\b.*\bhow much|\bhow much\b.*\b(?:{_PRICE})\b|\bwhat\b.*\b(?:{_PRICE})\b",
        MONEY,
    ),
    _kind(r"\bwhat year\b|\bwhich year\b", YEAR),
    _kind(r"\b(?:what|which) month\b", MONTH),
    _kind(r"\b(?:what|which) (?:day|days|date)\b", DATE, WEEKDAY),
    _kind(r"\b(?:what|which) (?:time|hour)\b", CLOCK),
    _kind(r"\bhow long\b", SPAN, LENGTH),
    _kind(r"\bhow often\b|\bhow many times\b|\bhow frequently\b", OFTEN),
    _kind(r"\bhow old\b|\bwhat age\b|\bthe age of\b", AGE, NUMBER),
    _kind(r"\bhow (?:hot|cold|warm)\b|\btemperature\b", DEGREES),
    _kind(r"\bhow heavy\b|\bwhat weight\b|\bhow much\b.*\bweigh", WEIGHT),
    _kind(r"\bhow fast\b|\bwhat speed\b", SPEED),
    _kind(r"\bhow (?:tall|high|deep|wide|far|thick|broad)\b|\bwhat distance\b", LENGTH, SIZE),
    _kind(r"\bhow (?:big|large|loud|strong|bright)\b|\bwhat size\b", SIZE, NUMBER),
    _kind(r"\bhow much\b|\bhow early\b|\bhow late\b|\bhow soon\b|\bby how much\b", NUMBER),
    _kind(r"\b(?:telephone|phone|mobile|fax) number\b", TELEPHONE),
    _kind(r"\bin what way\b|\bhow\b.*\bcalled\b", NAME),
    _kind(
        r"\b(?:what|which) (?:is|was) the .*\bnumber\b|\b(?:percentage|share|proportion)\b", NUMBER
    ),
    _kind(r"\bwhat colou?r\b", COLOUR),
    _kind(r"\bwhen\b(?!.*\b(?:how|who|what|where|why)\b)", DATE, CLOCK),
    _kind(r"\bwho(?:se|m)?\b", people, ROLE),
    _kind(
        rf"\bname of (?:the |his |her |my |our )?(?:\w+ )?{_ROLES}|{_ROLES}['\u2019]s? name\b",
        people,
    ),
    _kind(rf"\bwhat (?:is|was) (?:the |his |her |my |our )?(?:\w+ )?{_ROLES}\b.* called\b", people),
    _kind(r"\b(?:name|called)\b", NAME),
    _kind(r"\bwhere\b", PLACE, marked=False),
    _kind(r"\bwhy\b", REASON, marked=False),
    _kind(r"\u591a\u5c11|\u51e0", NUMBER),
)


def answer_likelihood(question: str, sentence: str) -> float:
    """1 when ``sentence`` holds the kind of thing ``question`` asks for, 0 when it does not.

    0.5 where the question does not tell, or the sentence holds it in part: a number, but of other
    things than are to be counted. "How many" wants a number of just these, "How long" a number of
    minutes or days, "When" a time, "Who" a person, "Where" a place, "Why" a reason. What the
    question itself says is no answer to it.
    """
    asked = question.strip().casefold()
    counted = _COUNTED.search(asked)
    if counted is not None and "how many times" not in asked:
        return _count_likelihood(counted[1], sentence, asked)
    kind = next((each for each in _KINDS if each.asks.search(asked)), None)
    if kind is None:
        return OPEN
    if _holds(kind.full, sentence, asked):
        return 1.0
    return OPEN if kind.part is not None and _holds(kind.part, sentence, asked) else 0.0


def expected_words(question: str, sentence: str) -> list[tuple[int, int]]:
    """Where ``sentence`` holds numbers, times, money or names if ``question`` asks for those."""
    asked = question.strip().casefold()
    if _COUNTED.search(asked):
        return _places(NUMBER.finditer, sentence, asked)
    kind = next((each for each in _KINDS if each.asks.search(asked)), None)
    if kind is None or not kind.marked:
        return []
    found = _places(kind.full, sentence, asked)
    return found or (_places(kind.part, sentence, asked) if kind.part is not None else [])


def without_question_form(question: str) -> str:
    """``question`` without words that only say what kind of answer is wanted ("how long")."""
    return _FORM.sub(" ", question)


def _count_likelihood(counted: str, sentence: str, asked: str) -> float:
    numbers = [match for match in NUMBER.finditer(sentence) if not _said(match, asked)]
    if not numbers:
        return 0.0
    wanted = stem(counted)
    if wanted in _ANYBODY:
        return 1.0
    if any(wanted in words(sentence[each.end() :])[:_NEAR] for each in numbers):
        return 1.0
    return OPEN if wanted in words(sentence) else 0.0


def _holds(find: _Finder, sentence: str, asked: str) -> bool:
    return bool(_places(find, sentence, asked))


def _places(find: _Finder, sentence: str, asked: str) -> list[tuple[int, int]]:
    return [match.span() for match in find(sentence) if not _said(match, asked)]


def _said(match: re.Match[str], asked: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_bare(match))}(?!\w)", asked))


def _bare(match: re.Match[str]) -> str:
    return match.group().strip("\"'\u201c\u2018(").casefold()

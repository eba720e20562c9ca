"""What kind of thing a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import re

_NUMBER_WORDS = (
    "half twice one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million billion dozen quarter third once"
).replace(" ", "|")
_NUMBER = re.compile(
    rf"\d[\d.,]*|\b(?:{_NUMBER_WORDS})\b|[\u4e00\u4e8c\u4e09-\u5341\u767e\u5343\u4e07]", re.I
)
_TIME = re.compile(
    r"\d+|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|"
    r"winter|morning|noon|evening|night|midnight|dawn|year|month|week|day|hour|minute|o'clock|"
    rf"before|after|until|{_NUMBER_WORDS})s?\b",
    re.I,
)
_MONEY = re.compile(
    r"[\u00a3$\u20ac\u00a5]|\b(?:euro|pound|dollar|penn(?:y|ies)|pence|cent|yuan|free)s?\b", re.I
)
_NAME = re.compile(
    r"(?<=[\w,;:\u2014-]\s)[\"'\u201c\u2018(]?[A-Z][\w'\u2019-]+|^[A-Z]\w+\s[A-Z]\w+"
)
_REASON = re.compile(
    r"\b(?:because|since|therefore|due to|owing to|so that|so as|in order|reasons?|after|for)\b"
    r"|, (?:as|so)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:in|at|on|under|near|by|from|to|behind|above|below|inside|outside)\b", re.I
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|old|far|often|tall|high|big|large|heavy|wide|deep|thick|fast|hot|"
    r"cold)\b|\bwhat (?:percentage|share|proportion|temperature|price|age|number|speed|weight|"
    r"distance|year)\b|\u591a\u5c11|\u51e0",
    re.I,
)


_FORM = re.compile(r"\bhow (?:long|old|far|often|soon|come)\b|\bwhat (?:is|was) the name\b", re.I)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:costs?|price|fee|charged?|paid|rent)\b.*\bhow much|"
            r"\bhow much\b.*\b(?:costs?|price|fee|charged?|rent)\b|"
            r"\bwhat\b.*\b(?:cost|price|fee|rent)\b"
        ),
        _MONEY,
    ),
    (_QUANTITY, _NUMBER),
    (
        re.compile(
            r"\bwhen\b(?!.*\b(?:how|who|what|where|why)\b)|\bwhat (?:date|day|time|month)\b"
        ),
        _TIME,
    ),
    (re.compile(r"\bwho(?:se|m)?\b|\bwhat (?:is|was) the name\b"), _NAME),
    (re.compile(r"\bwhere\b"), _PLACE),
    (re.compile(r"\bwhy\b"), _REASON),
)
"""How a question asks, and what a sentence that answers it holds."""


def answer_likelihood(question: str, sentence: str) -> float:
    """1 when ``sentence`` holds the kind of thing ``question`` asks for, 0 when it does not.

    0.5 where the question does not tell: "How many" wants a number, "When" a time, "Who" a name,
    "Where" a place, "Why" a reason. What the question itself says is no answer to it.
    """
    asked = question.strip().casefold()
    kind = next((answer for ask, answer in _KINDS if ask.search(asked)), None)
    if kind is None:
        return 0.5
    return 1.0 if any(_answers(match, asked, kind) for match in kind.finditer(sentence)) else 0.0


def expected_words(question: str, sentence: str) -> list[tuple[int, int]]:
    """Where ``sentence`` holds numbers, times, money or names if ``question`` asks for those."""
    asked = question.strip().casefold()
    kind = next((answer for ask, answer in _KINDS if ask.search(asked)), None)
    if kind is None or kind in (_PLACE, _REASON):
        return []
    return [match.span() for match in kind.finditer(sentence) if not _said(match, asked)]


def _answers(match: re.Match[str], asked: str, kind: re.Pattern[str]) -> bool:
    # Days and months are written like names.
    return not _said(match, asked) and not (kind is _NAME and _bare(match) in _DAYS)


def _said(match: re.Match[str], asked: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_bare(match))}(?!\w)", asked))


def _bare(match: re.Match[str]) -> str:
    return match.group().strip("\"'\u201c\u2018(").casefold()


def without_question_form(question: str) -> str:
    """``question`` without words that only say what kind of answer is wanted ("how long")."""
    return _FORM.sub(" ", question)

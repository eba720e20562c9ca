"""Words and sentences of a text, for matching a question with what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['\u2019][^\W_]+)?")
_CHARACTER = re.compile(rf"[{_CJK}]")
_BOUNDARY = re.compile(
    r"[.!?\u2026]+[\"'\u201d\u2019)\]]*\s+(?=[^a-z\s])"  # not before a small letter: "8 p.m. and"
    r"|[\u3002\uff01\uff1f]+[\u201d\u2019\u300d\u300f\uff09]*\s*"
    r"|\n\s*(?=(?:[-*+>|]|\#{1,6}|\d{1,3}[.)])\s)"  # a list item or heading begins
    r"|(?<=\n)(?:\s*\n)+"
)
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|cf|e\.g|i\.e|[A-Z]))\.\s+$")
_LONGEST_SENTENCE = 1_200
_STOP_WORDS = frozenset(
    "a an and any are as at be been but by can could did do does done for from get had has have he "
    "her him his how i if in into is it its itself many may me might much must my no not of on one "
    "or our shall she should so some than that the their them then there these they this those to "
    "up was we were what when where which who whom whose why will with would you your".split()
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "used:use using:use uses:use won:win got:get gotten:get found:find sold:sell bought:buy "
        "made:make built:build led:lead "
        "held:hold kept:keep left:leave lost:lose paid:pay said:say sent:send told:tell took:take "
        "taken:take went:go gone:go came:come gave:give given:give knew:know known:know saw:see "
        "seen:see wrote:write written:write began:begin begun:begin broke:break broken:break "
        "chose:choose chosen:choose drove:drive driven:drive fell:fall fallen:fall grew:grow "
        "grown:grow met:meet ran:run spoke:speak spoken:speak spent:spend stood:stand taught:teach "
        "thought:think caught:catch brought:bring felt:feel slept:sleep meant:mean heard:hear "
        "rose:rise risen:rise wore:wear worn:wear born:bear died:die children:child men:man "
        "women:woman people:person feet:foot mice:mouse"
    ).split()
)
_GROUPS = (
    "repair mend fix",
    "start begin",
    "end finish",
    "buy purchase",
    "cost price",
    "mail post",
    "ill sick",
    "big large",
    "trip journey",
    "photograph photo picture",
    "phone telephone",
    "bicycle bike",
    "error mistake",
    "choose select",
    "job profession occupation",
    "doctor physician",
    "shop store",
    "wage salary",
    "ship boat vessel liner",
    "child kid",
    "speak talk",
    "build construct",
    "need require",
    "get receive obtain",
    "allow permit",
    "forbid prohibit",
    "happen occur",
    "quick fast",
    "rule regulation",
    "help assist",
)
"""Words that ask for, or tell, much the same."""
_VOWELS = frozenset("aeiouy")


def words(text: str) -> list[str]:
    """The stems of all words of ``text``, in order; Han, kana and hangul count one by one."""
    return [stem(word) for word in _WORD.findall(text.casefold())]


def word_spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end (code points) and stem of all words of ``text``, in order."""
    return [
        (match.start(), match.end(), stem(match.group().casefold()))
        for match in _WORD.finditer(text)
    ]


def content_words(text: str) -> set[str]:
    """The stems that carry meaning; all stems where ``text`` has only small words."""
    found = _WORD.findall(text.casefold())
    return {stem(word) for word in found if word not in _STOP_WORDS} or set(map(stem, found))


def is_character(stem: str) -> bool:
    """Whether a word is one Han, kana or hangul character, which mean little alone."""
    return len(stem) == 1 and _CHARACTER.match(stem) is not None


def stem(word: str) -> str:
    """A light English stem of a lower-case word: without possessive, -s, -ed, -ing and final e.

    It only has to make forms of one word alike ("winning", "wins"), not to be a word. Common
    irregular forms ("won") are listed, and a few words that mean the same ("mend", "repair").
    """
    form = _form(word)
    return _SAME.get(form, form)


def _form(word: str) -> str:
    word = word.replace("\u2019", "'").removesuffix("'s").removesuffix("'")
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and not _VOWELS.isdisjoint(base):
            word = base[:-1] if base[-1] == base[-2] and base[-1] not in "ls" else base
            break
    word = word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_SAME = {_form(word): _form(group.split()[0]) for group in _GROUPS for word in group.split()[1:]}


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of the sentences of ``text[start:end]``, without the white space around them.

    A line break inside a paragraph ends no sentence unless a list item or a heading follows;
    abbreviations and decimal points do not either. Very long ones are cut at a space.
    """
    position = start
    for match in _BOUNDARY.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(position, match.end() - 12), match.end()):
            continue
        yield from _cut(text, position, match.end())
        position = match.end()
    yield from _cut(text, position, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        middle = space + 1 if space >= 0 else start + _LONGEST_SENTENCE
        yield from _trimmed(text, start, middle)
        start = middle
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = text[start:end]
    first = start + len(body) - len(body.lstrip())
    last = start + len(body.rstrip())
    if first < last:
        yield first, last

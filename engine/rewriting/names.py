"""Names in a text, found by their capitals.

A heuristic for English that would rather miss a name than cry wolf: words that begin a sentence
count only in capitals throughout or beside another capitalised word.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:[.'\u2019-][^\W\d_]+)*")
TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "st"})
_SENTENCE_END = re.compile(r"(?:[.!?:;\u2026][\"'\u201d\u2019)\]*_]*|[\u3002\uff01\uff1f]|\n)\s*$")
_LIST_OR_QUOTE = re.compile(
    r"(?:^|\n)[\s#>*+\-\d.)\"'\u201c\u2018(\[_|\u2022]*$|[\"\u201c\u2018(\[]\**$"
)
_NOT_NAMES = frozenset(
    "i i'm i'd i'll i've i\u2019m i\u2019d i\u2019ll i\u2019ve ok dear hi hello thanks regards "
    "sincerely yours thank best kind hey monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december".split()
)
_MAX_SHARE = 0.34
"""Above this share of capitalised words it is a title, or a language that writes nouns so."""


def names(text: str) -> list[tuple[int, str]]:
    """Runs of capitalised words that are not merely the first of a sentence, and where."""
    matches = list(WORD.finditer(text))
    capital = [match for match in matches if match.group()[0].isupper()]
    inside = [match for match in capital if not _starts_sentence(text, match.start())]
    if len(matches) > 8 and len(inside) > _MAX_SHARE * len(matches):
        return []
    found: list[tuple[int, str]] = []
    run: list[re.Match[str]] = []
    for match in [*capital, None]:
        if match is not None and run and _touch(text, run[-1], match):
            run.append(match)
            continue
        if name := _name(text, run):
            found.append(name)
        run = [match] if match is not None else []
    return found


def stem(word: str) -> str:
    """A word of a name in small letters, without its possessive ending."""
    return re.sub(r"['\u2019]s?$", "", word.casefold())


def own_words(name: str) -> list[str]:
    """The stems of a name's words, without titles; all where there are only titles."""
    stems = [stem(word) for word in WORD.findall(name)]
    return [each for each in stems if each not in TITLES] or stems


def _touch(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    between = text[left.end() : right.start()]
    return between == " " or (between == ". " and left.group().casefold() in TITLES)


def _name(text: str, run: list[re.Match[str]]) -> tuple[int, str] | None:
    if run and _starts_sentence(text, run[0].start()) and not _sure(run[0].group()):
        run = run[1:]
    run = [match for match in run if match.group().casefold() not in _NOT_NAMES]
    if not run or (len(run) == 1 and len(run[0].group()) < 2):
        return None
    name = text[run[0].start() : run[-1].end()]
    return run[0].start(), re.sub(r"['\u2019]s$", "", name)


def _sure(word: str) -> bool:
    """Whether a word is a name even at the start of a sentence."""
    return (len(word) > 1 and word.isupper()) or word.casefold() in TITLES


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 80) : start]
    title = before.rstrip().removesuffix(".").rsplit(None, 1)[-1:]
    if title and before.rstrip().endswith(".") and title[0].casefold() in TITLES:
        return False
    if start <= 80 and not before.strip():
        return True
    return bool(_SENTENCE_END.search(before) or _LIST_OR_QUOTE.search(before[-40:]))

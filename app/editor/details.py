"""What a rewrite must not lose: numbers, links, names and negations of its source."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'）)\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\d+(?:[.,:/\u2013-]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[.'\u2019-][^\W\d_]+)*")
_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"(?:[.!?:;\u2026][\"'\u201d\u2019)\]*_]*|[\u3002\uff01\uff1f]|\n)\s*$")
_LIST_OR_QUOTE = re.compile(r"(?:^|\n)[\s#>*+\-\d.)\"'\u201c\u2018(\[_]*$|[\"\u201c\u2018(\[]$")
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "st"})
_NOT_NAMES = frozenset({"i", "i'm", "i'd", "i'll", "i've", "ok"})
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|nowhere|without|cannot|\w+n['\u2019]t)\b",
    re.IGNORECASE,
)
_HAN_NEGATION = re.compile("[不没沒無无未勿莫]")
_SMALL_NUMBERS = dict(
    enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
)
_HAN_NUMBERS = dict(enumerate("零一二三四五六七八九十"))
_MAX_NAME_SHARE = 0.34
"""Above this share of capitalised words it is a title, or a language that writes nouns so."""


def lost_details(source: str, result: str) -> tuple[str, ...]:
    """Numbers, links, names and the last negation of ``source`` that ``result`` no longer has.

    In order of appearance, each once. A heuristic for English and Chinese that would rather miss
    a name than cry wolf: words that begin a sentence count as names only in capitals throughout or
    beside another capitalised word.
    """
    found: list[tuple[int, str]] = []
    folded = result.casefold()
    links = [(match.start(), match.group().rstrip(".,;:!?")) for match in _LINK.finditer(source)]
    found.extend(item for item in links if item[1].casefold() not in folded)
    rest = _LINK.sub(lambda match: " " * len(match.group()), source)
    found.extend(_lost_numbers(rest, result))
    found.extend(_lost_names(rest, result))
    found.extend(_lost_negation(rest, result))
    return tuple(dict.fromkeys(text for _, text in sorted(found)))


def _lost_numbers(source: str, result: str) -> list[tuple[int, str]]:
    kept = {_plain(number) for number in _NUMBER.findall(result)}
    words = {word.casefold() for word in _WORD.findall(result)}
    lost = []
    for match in _NUMBER.finditer(source):
        number = _plain(match.group())
        small = int(number) if number.isdigit() and len(number) < 3 else -1
        spelled = _SMALL_NUMBERS.get(small, "-") in words or _HAN_NUMBERS.get(small, "-") in result
        if number not in kept and not spelled:
            lost.append((match.start(), match.group()))
    return lost


def _plain(number: str) -> str:
    return _GROUPING.sub("", number)


def _lost_names(source: str, result: str) -> list[tuple[int, str]]:
    words = {_stem(word) for word in _WORD.findall(result)}
    return [
        (start, name)
        for start, name in _names(source)
        if _stem(_WORD.findall(name)[-1]) not in words
    ]


def _names(source: str) -> list[tuple[int, str]]:
    """Runs of capitalised words that are not merely the first of a sentence."""
    matches = list(_WORD.finditer(source))
    capital = [m for m in matches if m.group()[0].isupper()]
    inside = [m for m in capital if not _starts_sentence(source, m.start())]
    if len(matches) > 8 and len(inside) > _MAX_NAME_SHARE * len(matches):
        return []
    names: list[tuple[int, str]] = []
    run: list[re.Match[str]] = []
    for match in [*capital, None]:
        if match is not None and run and _touch(source, run[-1], match):
            run.append(match)
            continue
        if name := _name(source, run):
            names.append(name)
        run = [match] if match is not None else []
    return names


def _touch(source: str, left: re.Match[str], right: re.Match[str]) -> bool:
    between = source[left.end() : right.start()]
    return between == " " or (between == ". " and left.group().casefold() in _TITLES)


def _name(source: str, run: list[re.Match[str]]) -> tuple[int, str] | None:
    if run and _starts_sentence(source, run[0].start()) and not _sure(run[0].group()):
        run = run[1:]
    run = [match for match in run if match.group().casefold() not in _NOT_NAMES]
    if not run or (len(run) == 1 and len(run[0].group()) < 2):
        return None
    name = source[run[0].start() : run[-1].end()]
    return run[0].start(), re.sub(r"['\u2019]s$", "", name)


def _sure(word: str) -> bool:
    """Whether a word is a name even at the start of a sentence."""
    return (len(word) > 1 and word.isupper()) or word.casefold() in _TITLES


def _starts_sentence(source: str, start: int) -> bool:
    before = source[:start]
    title = before.rstrip().removesuffix(".").rsplit(None, 1)[-1:]
    if title and before.rstrip().endswith(".") and title[0].casefold() in _TITLES:
        return False
    return bool(_SENTENCE_END.search(before) or _LIST_OR_QUOTE.search(before[-40:]))


def _stem(word: str) -> str:
    return re.sub(r"['\u2019]s$", "", word.casefold())


def _lost_negation(source: str, result: str) -> list[tuple[int, str]]:
    for pattern in (_NEGATION, _HAN_NEGATION):
        match = pattern.search(source)
        if match and not _NEGATION.search(result) and not _HAN_NEGATION.search(result):
            return [(match.start(), match.group())]
    return []

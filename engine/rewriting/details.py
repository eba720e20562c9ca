"""What a text says exactly: its links, dates, numbers, names and quoted words, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from engine.rewriting.names import names

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'）)\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MONTHS = (
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? "
    "sep(?:t(?:ember)?)? oct(?:ober)? nov(?:ember)? dec(?:ember)?"
).split()
_DAYS = "mon tues? wednes thurs? fri satur sun".split()
_MONTH = "|".join(_MONTHS)
_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year{0}>(?:1[5-9]|20)\d\d))?"
_DATE = re.compile(
    rf"\b(?P<day1>{_DAY_NUMBER})\s+(?:of\s+)?(?P<month1>{_MONTH})\b\.?{_YEAR.format(1)}"
    rf"|\b(?P<month2>{_MONTH})\b\.?\s+(?:the\s+)?(?P<day2>{_DAY_NUMBER})\b(?!:){_YEAR.format(2)}"
    r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year3>\d{4})\b"
    r"|(?P<han>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?i:in|by|since|until|till|of|from|to|next|last|this|before|after|late|early|mid|during"
    rf"|and|or|through|every|each)[ -](?P<month>(?=[A-Z])(?i:{_MONTH}))\b"
)
_WEEKDAY = re.compile(rf"\b(?=[A-Z])(?P<day>(?i:{'|'.join(_DAYS)}))(?i:day)?s?\b")
_SHORT_DAYS = frozenset({"wednes", "satur", "sun", "fri"})
"""What these are without "day" is no weekday, or too often another word."""
_UNITS = {
    "£": "pound", "$": "dollar", "€": "euro", "¥": "yuan", "%": "percent", "pounds": "pound",
    "pound": "pound", "dollars": "dollar", "dollar": "dollar", "euros": "euro", "euro": "euro",
    "yuan": "yuan", "元": "yuan", "per cent": "percent", "percent": "percent",
}  # fmt: skip
_SCALES = {
    "thousand": 1000, "million": 1000000, "billion": 1000000000, "k": 1000, "bn": 1000000000,
    "万": 10000, "亿": 100000000,
}  # fmt: skip
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
_NUMBER = re.compile(
    r"(?P<sign>[£$€¥])?\s?(?P<digits>\d+(?:[.,:/\u2013-]\d+)*)(?:st|nd|rd|th)?"
    r"(?:\s?(?P<scale>thousand|million|billion|bn|k|万|亿)(?![a-z]))?"
    r"(?:\s?(?P<unit>%|per cent|percent|pounds?|dollars?|euros?|yuan|元)(?![a-z]))?",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[- ](?P<ones>{'|'.join(_SMALL[1:10])})"
    rf"|(?P<word>{'|'.join(_SMALL[2:] + _TENS)}))\b(?!-)",
    re.IGNORECASE,
)
_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_QUOTED = re.compile(r'"([^"\n]{2,200})"|“([^”\n]{2,200})”|「([^」\n]{1,200})」|«([^»\n]{2,200})»')
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Detail:
    """Something exact at code points ``start`` to ``end``; two are one where ``keys`` meet.

    ``unit`` is that of a number, "" where it has none.
    """

    kind: str
    text: str
    start: int
    end: int
    keys: frozenset[str]
    unit: str = ""

    def same(self, other: Detail) -> bool:
        """Whether both say the same."""
        units = self.unit == other.unit or not self.unit or not other.unit
        return self.kind == other.kind and units and not self.keys.isdisjoint(other.keys)


def details(text: str) -> list[Detail]:
    """All details of ``text`` but negations, in order."""
    found = [*_quotes(text)]
    links = [
        _detail("link", match.start(), match.group().rstrip(".,;:!?"))
        for match in _LINK.finditer(text)
    ]
    rest = _without(text, links)
    dates = [*_dates(rest)]
    rest = _without(rest, dates)
    numbers = [*_numbers(rest)]
    people = [_detail("name", start, name) for start, name in names(rest)]
    return sorted([*found, *links, *dates, *numbers, *people], key=lambda each: each.start)


def plain_words(text: str) -> str:
    """The words of ``text`` in small letters with single spaces around each."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _detail(kind: str, start: int, text: str) -> Detail:
    return Detail(kind, text, start, start + len(text), frozenset({text.casefold()}))


def _without(text: str, found: list[Detail]) -> str:
    for each in found:
        # A full stop keeps the words around from being taken for one name.
        blank = "." if each.kind == "link" else ","
        text = text[: each.start] + blank * (each.end - each.start) + text[each.end :]
    return text


def _quotes(text: str) -> list[Detail]:
    found = []
    for match in _QUOTED.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        keys = frozenset({plain_words(words).strip()})
        found.append(Detail("quote", words, match.start(), match.end(), keys))
    return [each for each in found if each.keys != {""}]


def _dates(text: str) -> list[Detail]:
    found = []
    for match in _DATE.finditer(text):
        shown = match.group().rstrip(".")
        end = match.start() + len(shown)
        found.append(Detail("date", shown, match.start(), end, _date_keys(match)))
    for pattern in (_MONTH_ALONE, _WEEKDAY):
        for match in pattern.finditer(text):
            name = "month" if pattern is _MONTH_ALONE else "day"
            start, end = match.start(name), match.end()
            taken = any(start < each.end and each.start < end for each in found)
            word = match[name].casefold()
            short = end - match.end(name) == 0
            if taken or (short and name == "day" and word in _SHORT_DAYS):
                continue
            key = f"month {_month(word)}" if name == "month" else f"weekday {word[:3]}"
            found.append(Detail("date", text[start:end], start, end, frozenset({key})))
    return sorted(found, key=lambda each: each.start)


def _date_keys(match: re.Match[str]) -> frozenset[str]:
    if match["iso"]:
        _, month, day = match["iso"].split("-")
        return frozenset({f"{int(day)} {int(month)}"})
    if match["one"]:
        one, two = int(match["one"]), int(match["two"])
        return frozenset({f"{one} {two}", f"{two} {one}"})
    if match["han"]:
        month, day = re.findall(r"\d+", match["han"])[-2:]
        return frozenset({f"{int(month)} {int(day)}", f"{int(day)} {int(month)}"})
    day = re.sub(r"\D", "", match["day1"] or match["day2"])
    return frozenset({f"{int(day)} {_month((match['month1'] or match['month2']).casefold())}"})


def _month(name: str) -> int:
    return next(place for place, each in enumerate(_MONTHS, 1) if each[:3] == name[:3])


def _numbers(text: str) -> list[Detail]:
    found = []
    for match in _NUMBER.finditer(text):
        shown = match.group().strip()
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        unit = _UNITS.get((match["unit"] or match["sign"] or "").casefold(), "")
        key = frozenset({_value(match["digits"], match["scale"])})
        found.append(Detail("number", shown, start, start + len(shown), key, unit))
    rest = _without(text, found)
    for match in _WORD_NUMBER.finditer(rest):
        word = match["word"] or match["tens"]
        value = _WORD_VALUES[word.casefold()]
        value += _WORD_VALUES[match["ones"].casefold()] if match["ones"] else 0
        key = frozenset({str(value)})
        found.append(Detail("number", match.group(), match.start(), match.end(), key))
    return sorted(found, key=lambda each: each.start)


def _value(digits: str, scale: str | None) -> str:
    plain = _GROUPING.sub("", digits)
    if re.fullmatch(r"\d+(?:\.\d+)?", plain) and len(plain) < 20 and (scale or plain[0] != "0"):
        number = Decimal(plain) * _SCALES.get((scale or "").casefold(), 1)
        return f"{number.normalize():f}"
    return plain

"""How English writes the kinds of things that questions ask for: numbers, times, people, places."""

from __future__ import annotations

import re

_NUMERAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand|million|billion|dozen"
)
_COUNT = rf"(?:\d[\d.,]*|\b(?:one|an?|half an?|{_NUMERAL})(?:[- ](?:{_NUMERAL}|one))*)"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SEASONS = "spring|summer|autumn|winter"
_PERIODS = "second|minute|hour|day|night|week|fortnight|month|year|decade|century|centurie|season"
DAYS_AND_MONTHS = frozenset(f"{_WEEKDAYS}|{_MONTHS}".split("|"))


def _pattern(body: str, *, exact: bool = False) -> re.Pattern[str]:
    return re.compile(body, 0 if exact else re.IGNORECASE)


NUMBER = _pattern(
    rf"\d[\d.,]*\d|\d|\b(?:no|none|{_NUMERAL}|half|third|quarter|twice|once|pair)\b(?:[- "
    rf"](?:{_NUMERAL}"
    r"|one))*|\bone (?=in|per|of)|[\u4e00\u4e8c\u4e09-\u5341\u767e\u5343\u4e07]"
)
MONEY = _pattern(
    r"[\u00a3$\u20ac\u00a5]\s?\d[\d.,]*|\b(?:free|nothing)\b|"
    rf"{_COUNT}\s(?:euro|pound|dollar|penn(?:y|ie)|pence|cent|yuan|crown|franc|shilling|"
    rf"copper|coin|"
    r"rouble|krona|kroner|mark|guinea|halfpenn(?:y|ie))s?\b|\b(?:a|half a) (?:penny|copper|coin)\b|"
    r"\d[\d.,]* (?:a|per) (?:week|month|year|day|head|person|kilo|piece)\b|\u5143"
)
YEAR = _pattern(r"\b(?:1[0-9]{3}|2[01][0-9]{2}|[3-9][0-9]{3})s?\b")
MONTH = _pattern(rf"\b(?:{_MONTHS})\b")
WEEKDAY = _pattern(rf"\b(?:{_WEEKDAYS})s?\b")
CLOCK = _pattern(
    rf"\b(?:at|from|until|till|by|before|after|past|to|about) (?:about |half past |a quarter "
    rf"(?:past|to) )?"
    rf"(?:\d{{1,2}}(?::\d\d)?|{_NUMERAL}|one)\b(?! (?:{_PERIODS}|per|deg|euro|pound|crown|"
    rf"metre|people)s?)"
    r"|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b|\bo'clock\b|\b(?:noon|midnight|dawn|dusk|sunset|"
    r"sunrise|morning|evening|afternoon|night)s?\b"
)
DATE = _pattern(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})\b(?: \d{{1,2}}\b)?|{YEAR.pattern}|"
    rf"{WEEKDAY.pattern}|"
    rf"\b(?:in|last|next|every|this|each) (?:early |late |mid-?)?(?:{_SEASONS})\b|"
    rf"\b(?:last|next|this|every|first|second|each) (?:week|month|year|night|morning|evening|"
    rf"term)\b|"
    rf"{_COUNT} (?:{_PERIODS})s? (?:ago|later|earlier|before|after|afterwards|beforehand)\b|"
    rf"\b(?:after|within|in|for) {_COUNT} (?:{_PERIODS})s?\b|\b(?:yesterday|today|tomorrow|"
    rf"tonight)\b|"
    r"\b(?:christmas|easter|half-term|holidays|soon as|as soon)\b|\d+[\u5e74\u6708\u65e5]"
)
SPAN = _pattern(
    rf"{_COUNT}(?: and a half)?(?: (?:more|full|whole|long|working))? (?:{_PERIODS})s?\b|"
    rf"\b(?:overnight|all (?:night|day|year|winter|summer)|a (?:whole )?(?:{_PERIODS}))\b|"
    rf"\bhalf an hour\b|\buntil \w+|\b(?:seven|{_NUMERAL}) (?=with|without)"
)
OFTEN = _pattern(
    r"\b(?:every|each|once|twice|daily|weekly|monthly|yearly|annually|always|never|seldom|rarely|"
    rf"hourly)\b|{_COUNT} times\b|\b(?:a|per) (?:day|week|month|year|hour)\b"
)
AGE = _pattern(
    rf"\b(?:aged?|at|was|is|turned|over|under|be|am|are|until he was|until she was) (?:about |"
    rf"only |the age of )?"
    rf"(?:\d{{1,3}}|(?:{_NUMERAL})(?:-\w+)?)\b(?! (?:metre|mile|per|deg|euro|pound|in the))|"
    rf"{_COUNT}[- ](?:year|month)s?[- ]old\b"
)
_LENGTH_UNITS = (
    r"mm|cm|m|km|millimetre|centimetre|metre|kilometre|meter|kilometer|mile|yard|foot|feet|"
    r"inch|inche|"
    r"finger|hand|pace|storey|fathom"
)
LENGTH = _pattern(
    rf"{_COUNT}(?: and a half)?\s?(?:{_LENGTH_UNITS})s?\b|\b(?:a|half a) (?:mile|metre)\b"
)
SIZE = _pattern(
    rf"{LENGTH.pattern}|\bas (?:big|large|wide|tall|long|thick|small|deep|high|bright|loud) as\b|"
    r"\b(?:the size|the height|the width|twice the|half the) of\b|\b(?:smaller|larger|bigger) "
    r"than\b|"
    rf"{_COUNT}\s?(?:square|cubic|acres?|hectares?|gigabytes?|megabytes?|decibels?|litres?)\b"
)
WEIGHT = _pattern(
    rf"{_COUNT}\s?(?:kg|g|mg|kilo|kilogram|gram|gramme|ton|tonne|pound|ounce|stone|"
    rf"hundredweight)s?\b"
)
SPEED = _pattern(
    rf"{_COUNT}\s?(?:km/h|mph|knots?|(?:miles|kilometres|metres|words|pages|turns|litres)?\s?"
    r"(?:an hour|per hour|a minute|per minute|a second|per second|an? hour))"
)
TELEPHONE = _pattern(r"\+?\d[\d ()/-]{4,}\d")
DEGREES = _pattern(rf"{_COUNT}\s?(?:\u00b0|degrees?\b)")
COLOUR = _pattern(
    r"\b(?:red|blue|green|yellow|black|white|brown|grey|gray|orange|purple|violet|pink|gold|golden|"
    r"silver|scarlet|crimson|cream|beige|turquoise)\b"
)
NAME = _pattern(
    r"(?<=[\w,;:\u2014-]\s)[\"'\u201c\u2018(]?[A-Z][\w'\u2019-]+|"
    r"^[A-Z][\w'\u2019-]+(?=\s[A-Z][a-z])|"
    r"[\"\u201c\u2018][A-Z]\w+",
    exact=True,
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lady|Aunt|Uncle|Old|Father|Sister|Brother)"
_CAPITAL = r"[A-Z\u00c0-\u00de][a-z\u00df-\u024f][\w'\u2019-]*"
_RUN = _pattern(
    rf"(?:{_TITLE}\.? )?(?:[A-Z]\. ?)*{_CAPITAL}(?:\s(?:de |van |von |der )*{_CAPITAL})*",
    exact=True,
)
_BEFORE_PLACE = _pattern(r"\b(?:in|at|from|of|near|to|on|off|the|around|across|over)\s$")
_NO_PERSON = frozenset(
    "street road lane square park school bridge river weir hill house inn hall press trust library "
    "company ltd island cape bay lake harbour mill farm church university college station sea "
    "ocean "
    "county hotel club society".split()
)
_BEGINNERS = frozenset(
    "i the it he she we they this there that a an in on at if when our my his her you no for "
    "as but "
    "and or so by from to with before after while since because what who how where why dear please "
    "each every all some most many one two three then now here not nobody everybody visitors "
    "people "
    "members its their these those our your".split()
)
_DOES = _pattern(r"\s(?:\w+ly )?\w+(?:s|ed|t|ew|ook|ame|ave|an|ote|oke|id|aw)\b|['\u2019]s\b|,")


def people(sentence: str) -> list[re.Match[str]]:
    """The names of persons in ``sentence``: capitals that are not those of a place or a day."""
    found = []
    for match in _RUN.finditer(sentence):
        names = match.group().split()
        if (re.match(rf"{_TITLE}\b", match.group()) and len(names) > 1) or _is_person(
            match, names, sentence
        ):
            found.append(match)
    return found


def _is_person(match: re.Match[str], names: list[str], sentence: str) -> bool:
    low = [name.casefold() for name in names]
    if _BEFORE_PLACE.search(sentence, 0, match.start()) or not _NO_PERSON.isdisjoint(low):
        return False
    if all(name in DAYS_AND_MONTHS or name in _BEGINNERS for name in low):
        return False
    begins = match.start() == 0 or sentence[: match.start()].rstrip()[-1:] in (".", "!", "?")
    if not begins:
        return True
    return low[0] not in _BEGINNERS and (len(names) > 1 or bool(_DOES.match(sentence, match.end())))


ROLE = _pattern(
    r"\b(?:an?|the|his|her|my|our|their|by|some|one|two) (?:\w+ ){0,2}?(?:\w{3,}(?:er|or|ist|"
    r"ian|man|men|"
    r"woman|women|ant|ee|ess)s?|students?|aunt|uncle|mother|father|sister|brother|daughter|"
    r"son|wife|"
    r"husband|boys?|girls?|child|children|doctor|nurse|cook|clerk|judge|guide|vet|friend|"
    r"cousin|family|"
    r"crew|firm|company|council|committee|board|police|volunteers?|pupils?|monks?|king|queen|"
    r"landlady|landlord)\b|^(?:males|females|women|men|children|members|volunteers)\b"
)
PLACE = _pattern(
    r"\b(?:in|at|on|under|near|by|from|to|behind|above|below|inside|outside|beside|between|"
    r"opposite|"
    r"next to|beyond|along|across|into|through|off|over)\b"
)
REASON = _pattern(
    r"\b(?:because|since|therefore|due to|owing to|so that|so as|in order|reasons?|after|for|"
    r"until|lest)\b"
    r"|, (?:as|so|or)\b|\bto (?:make|keep|see|let|prove|avoid|save|stop|show|protect)\b"
)

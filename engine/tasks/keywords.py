"""What a text is about, in a few words: phrases that come often, early, and as a surprise.

Candidates are runs of words without small words among them, within a sentence; in Chinese, runs of
characters that come more than once with different neighbours (branching entropy). A phrase counts
for more the oftener it comes, the earlier it comes first, and the less the model expected it there:
a word that any text would have is expected, one that this text is about is not, until it has come.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.api import TextEngine
from engine.library.words import content_words, sentences, stem

_LONGEST_PHRASE = 3
_MAX_SCORED = 12_000
"""Characters whose surprise the model is asked for; what comes first in a text introduces it."""
_WORD = re.compile(
    r"[^\W\d_\u3400-\u9fff]+(?:['\u2019-][^\W\d_\u3400-\u9fff]+)*|\d[\d.,:]*|[^\w\s]"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_HAN_SMALL = frozenset(
    "\u7684\u4e86\u662f\u5728\u548c\u4e5f\u5c31\u90fd\u800c\u53ca\u4e0e\u7740\u6216\u4e00\u4e2a"
    "\u6211\u4f60\u4ed6\u5979\u5b83\u4eec\u8fd9\u90a3\u6709\u4e0d\u4eba\u4e0a\u4e2d\u5927\u4e3a"
    "\u6765\u5230\u8bf4\u8981\u53bb\u4f1a\u7740\u6ca1\u770b\u597d\u81ea\u5df1\u4e48\u88ab\u628a"
    "\u4ece\u5bf9\u4e8e\u4ee5\u53ef\u80fd\u5f88\u6700\u53c8\u518d\u5417\u5462\u5427\u4e4b\u5176"
    "\u8ba9\u7ed9\u5c06\u5e76\u4f46\u56e0\u6240\u5982\u679c\u65f6\u5019"
)
_PLAIN = frozenset(
    "said says say told asked went came made make got get take took put also just still even only "
    "very more most much many less least few several other another each every both next last first "
    "second one two three four five six seven eight nine ten year years day days week weeks month "
    "months time times way thing things lot people new old good bad long short high low big small "
    "own same different now then ago again always never often soon later earlier since until while "
    "because however therefore although though yet already about after before between into over "
    "under around through during within without against among per cent percent nobody somebody "
    "everybody anyone everyone someone something nothing anything everything whoever whatever well "
    "back down out off away here either neither too don't doesn't didn't isn't wasn't won't can't "
    "couldn't wouldn't shouldn't i'm i've i'd i'll he's she's it's that's there's we've we're we'd "
    "you're you've you'd you'll they've they're they'd let's third half whole let see want wants "
    "wanted need needs like likes know knows knew think thought going come comes keep keeps use "
    "used using find found give gave gives given help work works worked start started try tried "
    "seem seems became become becomes left right able least rather quite almost enough really "
    "perhaps hung hang held hold "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase as it is written in the text, how often it comes, and what it is worth."""

    text: str
    count: int
    value: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    key: tuple[str, ...]
    start: int
    end: int


def keywords(
    text: str,
    engine: TextEngine | None = None,
    *,
    count: int = 10,
    progress: Callable[[float], None] | None = None,
) -> tuple[Keyword, ...]:
    """The ``count`` best keywords of a text, best first (blocking if there is an engine).

    Raises the ``EngineError`` that scoring fails with.
    """
    found = [*_english(text), *_chinese(text)]
    surprise = _surprise(text[:_MAX_SCORED], engine) if engine is not None and found else None
    if progress is not None:
        progress(1.0)
    groups: dict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    for each in found:
        groups[each.key].append(each)
    counts = {key: len(group) for key, group in groups.items()}
    ranked = sorted(
        (
            Keyword(_best_form(group), len(group), _value(key, group, counts, len(text), surprise))
            for key, group in groups.items()
        ),
        key=lambda each: (-each.value, each.text),
    )
    return tuple(_distinct(ranked, count))


def _english(text: str) -> Iterator[_Candidate]:
    for start, end in sentences(text, 0, len(text)):
        run: list[re.Match[str]] = []
        for match in _WORD.finditer(text, start, end):
            if _carries_meaning(match.group()):
                run.append(match)
                for size in range(1, min(_LONGEST_PHRASE, len(run)) + 1):
                    yield _phrase(text, run[-size:])
            else:
                run = []


def _phrase(text: str, run: list[re.Match[str]]) -> _Candidate:
    start, end = run[0].start(), run[-1].end()
    key = tuple(stem(match.group().casefold()) for match in run)
    return _Candidate(text[start:end], key, start, end)


def _carries_meaning(word: str) -> bool:
    lower = word.casefold().replace("\u2019", "'")
    if not word[:1].isalpha() or len(word) < 2 or lower in _PLAIN or lower.endswith("ly"):
        return False
    return stem(lower) in content_words(f"inkling {lower}")  # which keeps small words if alone


def _chinese(text: str) -> Iterator[_Candidate]:
    places: dict[str, list[int]] = defaultdict(list)
    for run in _HAN_RUN.finditer(text):
        whole = run.group()
        for start in range(len(whole)):
            for size in range(2, min(6, len(whole) - start) + 1):
                part = whole[start : start + size]
                if not _HAN_SMALL.isdisjoint(part):
                    break
                places[part].append(run.start() + start)
    often = {part: at for part, at in places.items() if len(at) > 1}
    for part, at in often.items():
        longer = any(
            len(other) > len(part) and part in other and len(often[other]) >= len(at)
            for other in often
        )
        if not longer and _varied(text, at, len(part)):
            for start in at:
                yield _Candidate(part, (part,), start, start + len(part))


def _varied(text: str, at: list[int], size: int) -> bool:
    """Whether a run has different neighbours on either side, and so ends where a word does."""
    left = {text[start - 1 : start] for start in at}
    right = {text[start + size : start + size + 1] for start in at}
    return min(len(left), len(right)) > 1


def _surprise(text: str, engine: TextEngine) -> list[float]:
    """How little each character was expected, in nats: a token's evenly over its characters."""
    found = engine.score(text).tokens
    spread: list[float] = []
    for token in found:
        size = max(1, len(token.text))
        spread += [-token.logprob / size] * size
    missing = len(text) - len(spread)
    return [0.0] * max(0, missing) + spread[max(0, -missing) :]


def _value(
    key: tuple[str, ...],
    group: list[_Candidate],
    counts: Counter[tuple[str, ...]] | dict[tuple[str, ...], int],
    length: int,
    surprise: list[float] | None,
) -> float:
    first = group[0]
    often = 1 + math.log(len(group))
    early = 1 / (1 + 2 * first.start / max(1, length))
    named = all(each.text[:1].isupper() for each in group) and first.text.isascii()
    unexpected = 1.0
    if surprise is not None and first.end <= len(surprise):
        nats = sum(surprise[first.start : first.end]) / len(key)
        unexpected = min(2.0, 0.4 + nats / 8)
    together = 1.0
    if len(key) > 1:
        # A phrase that comes once is worth it only where its words hardly come without each other.
        alone = max(counts.get((part,), 1) for part in key)
        one = len(group) > 1 and 2 * len(group) > alone
        name = all(word[:1].isupper() for word in first.text.split())
        together = 1.3 if one or name else 0.75
    return often * (0.5 + early) * unexpected * together * (1.2 if named else 1.0)


def _best_form(group: list[_Candidate]) -> str:
    """The form that comes most; in small letters where it is written so anywhere."""
    forms = Counter(each.text for each in group)
    lower = [form for form in forms if form == form.lower()]
    return max(lower or forms, key=lambda form: (forms[form], -len(form)))


def _distinct(ranked: list[Keyword], count: int) -> Iterator[Keyword]:
    """The best, none of which is part of another."""
    taken: list[set[str]] = []
    left = count
    for each in ranked:
        if not left:
            return
        mine = {stem(word) for word in each.text.casefold().split()}
        if any(mine <= other or other <= mine for other in taken):
            continue
        taken.append(mine)
        left -= 1
        yield each

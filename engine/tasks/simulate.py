"""A typist who replays a text: how often suggestions are right, and how many keys they save.

The definitions are in docs/completion.md. What is offered at each caret comes from the engine's own
search, once; the gates are then applied to it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.api import GenerationRequest, TextEngine, WordOffer
from engine.cancel import CancelToken
from engine.decode.suggest import LEAST_NEW, SPACE_LIKELY, new_characters
from engine.tasks.complete import (
    GATES,
    MAX_CONTEXT_CHARACTERS,
    completion_request,
    takes_place_of_space,
)
from engine.tasks.ngram import DocumentNgrams

SKIPPED = 200
"""Characters at the beginning that are only read."""
CURVE = tuple(step / 20 for step in range(2, 20))
"""The gates of a curve."""
_STRETCH = 240
"""Characters that a sample takes in a row, so that a typist can type them."""
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_GOES_ON = re.compile(r"\w|['\u2019]\w")


@dataclass(frozen=True, slots=True)
class GateFigures:
    """What a gate does. Shares are from 0 to 1.

    ``coverage``, ``precision_when_shown`` and ``wrong_show_rate`` are about all carets by
    themselves; the others about a typist, who takes every right word at once with one key.
    """

    gate: float
    coverage: float
    precision_when_shown: float
    wrong_show_rate: float
    keystrokes_saved: float
    shows_per_100_words: float
    wrong_shows_per_100_words: float
    characters_shown_per_kept: float


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Carets of one kind: how many, at what share of them something is shown, and is right."""

    positions: int
    coverage: float
    precision_when_shown: float


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What a simulation found; ``figures`` are those at the gate that was asked for.

    ``no_gate`` shows the likeliest word everywhere, and ``next_words`` says how often that is right
    where a word begins. ``ngram`` offers what the text itself has had
    (see ``DocumentNgrams``), at the same gate.
    """

    model: str
    positions: int
    words: int
    figures: GateFigures
    curve: tuple[GateFigures, ...]
    word_starts: PlaceFigures
    inside_words: PlaceFigures
    no_gate: GateFigures
    next_words: PlaceFigures
    ngram: GateFigures
    ngram_curve: tuple[GateFigures, ...]


@dataclass(frozen=True, slots=True)
class CaretOffers:
    """The likeliest word at a caret.

    ``typed`` is for when all before was typed by hand. ``taken`` is for when the last word was
    taken with a key and so is complete; ``space`` says whether a space came with it.
    """

    typed: WordOffer | None
    taken: WordOffer | None = None
    space: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Carets ``start`` to ``end`` of a text, and what is offered at each."""

    text: str
    start: int
    end: int
    offers: Mapping[int, CaretOffers]


@dataclass(slots=True)
class _Tally:
    keys: int = 0
    characters: int = 0
    words: int = 0
    shows: int = 0
    wrong: int = 0
    shown_characters: int = 0
    kept_characters: int = 0
    carets: list[tuple[bool, bool]] = field(default_factory=list)
    """Of each caret whether something is shown, and whether it is right."""


def simulate(
    engine: TextEngine,
    texts: Sequence[str],
    *,
    gate: float = GATES["balanced"],
    sample: int | None = None,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
    cancel: CancelToken | None = None,
) -> SimulationReport | None:
    """Replay ``texts`` (blocking); None if it was cancelled, or there is no caret to look at.

    ``sample`` limits it to about so many carets, in stretches drawn with ``seed``. The engine's
    other requests go first. ``progress`` gets shares from 0 to 1 on the engine's thread.
    """
    drawn = _drawn(texts, sample, seed)
    requests = [
        (number, offset, taken)
        for number, stretches in enumerate(drawn)
        for start, end in stretches
        for offset in range(start, end)
        for taken in ((False, True) if _is_word_end(texts[number], offset) else (False,))
    ]
    if not requests:
        return None

    def told(done: int) -> None:
        if progress is not None:
            progress(done / len(requests))

    found = engine.offers(
        (_request(texts[number], offset, taken) for number, offset, taken in requests),
        told,
        cancel,
    )
    if found is None:
        return None
    model = engine.status().model
    offers: list[dict[int, CaretOffers]] = [{} for _ in texts]
    for (number, offset, taken), words in zip(requests, found, strict=True):
        best = words.offers[0] if words.offers else None
        if taken:
            typed = offers[number][offset].typed
            offers[number][offset] = CaretOffers(typed, best, words.space >= SPACE_LIKELY)
        else:
            offers[number][offset] = CaretOffers(best)
    passages = _passages(texts, drawn, offers)
    baseline = _passages(texts, drawn, list(map(_ngram_offers, texts, drawn)))
    return report(passages, baseline, gate, model.name if model else "")


def report(
    passages: Sequence[Passage], baseline: Sequence[Passage], gate: float, model: str
) -> SimulationReport:
    """The figures of passages, and of the same ones with the baseline's offers."""
    starts = list(_of_kind(passages, _is_word_start))
    inside = _of_kind(passages, _is_inside)
    return SimulationReport(
        model=model,
        positions=sum(each.end - each.start for each in passages),
        words=sum(_words(each) for each in passages),
        figures=figures(passages, gate),
        curve=tuple(figures(passages, each) for each in CURVE),
        word_starts=_place_figures(starts, gate),
        inside_words=_place_figures(inside, gate),
        no_gate=figures(passages, 0.0),
        next_words=_place_figures(starts, 0.0),
        ngram=figures(baseline, gate),
        ngram_curve=tuple(figures(baseline, each) for each in CURVE),
    )


def figures(passages: Sequence[Passage], gate: float) -> GateFigures:
    """What ``gate`` does in ``passages``."""
    tally = _Tally()
    for passage in passages:
        _type(passage, gate, tally)
        tally.words += _words(passage)
        tally.carets += [
            _judged(passage, offset, gate) for offset in range(passage.start, passage.end)
        ]
    shown = sum(shown for shown, _ in tally.carets)
    right = sum(right for _, right in tally.carets)
    hundreds = max(tally.words, 1) / 100
    return GateFigures(
        gate=gate,
        coverage=_share(shown, len(tally.carets)),
        precision_when_shown=_share(right, shown),
        wrong_show_rate=_share(shown - right, len(tally.carets)),
        keystrokes_saved=_share(tally.characters - tally.keys, tally.characters),
        shows_per_100_words=tally.shows / hundreds,
        wrong_shows_per_100_words=tally.wrong / hundreds,
        characters_shown_per_kept=_share(tally.shown_characters, tally.kept_characters),
    )


def _type(passage: Passage, gate: float, tally: _Tally) -> None:
    """Type a passage with the suggestions that pass ``gate``.

    A suggestion that is right is taken with one key. A wrong one stays on the page as long as the
    letters typed are its own, and is one show however long that is.
    """
    text, place, taken, standing = passage.text, passage.start, False, ""
    while place < passage.end:
        caret = passage.offers[place]
        offer = caret.taken if taken else caret.typed
        word = standing or _shown(offer, gate, taken)
        in_space = taken and caret.space
        if in_space:
            # The space came with the word before. What is not a letter will take its place.
            word = word.lstrip()
            if text[place] != " " and not takes_place_of_space(text[place], _line(text, place)):
                tally.keys += 1  # Backspace
        following = place + (in_space and text[place] == " ")
        taken = False
        if word and word != standing:
            tally.shows += 1
            tally.shown_characters += len(word)
        if word and (following > place or not in_space) and _is_right(text, following, word):
            tally.keys += 1
            tally.kept_characters += len(word)
            place, taken, standing = following + len(word), True, ""
            continue
        tally.wrong += bool(word) and word != standing
        if following < passage.end:
            tally.keys += 1
            standing = word[1:] if word[:1] == text[following] else ""
            following += 1
        place = following
    tally.characters += place - passage.start


def _line(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 : place]


def _judged(passage: Passage, offset: int, gate: float) -> tuple[bool, bool]:
    word = _shown(passage.offers[offset].typed, gate)
    return bool(word), bool(word) and _is_right(passage.text, offset, word)


def _shown(offer: WordOffer | None, gate: float, taken: bool = False) -> str:
    """What of an offer is shown: all or nothing."""
    if offer is None or offer.probability < gate or new_characters(offer.text, taken) < LEAST_NEW:
        return ""
    return offer.text


def _is_right(text: str, offset: int, word: str) -> bool:
    return text.startswith(word, offset) and not _GOES_ON.match(text, offset + len(word))


def _place_figures(carets: Iterable[tuple[Passage, int]], gate: float) -> PlaceFigures:
    judged = [_judged(passage, offset, gate) for passage, offset in carets]
    shown = sum(shown for shown, _ in judged)
    right = sum(right for _, right in judged)
    return PlaceFigures(len(judged), _share(shown, len(judged)), _share(right, shown))


def _of_kind(
    passages: Sequence[Passage], kind: Callable[[str, int], bool]
) -> Iterator[tuple[Passage, int]]:
    for passage in passages:
        for offset in range(passage.start, passage.end):
            if kind(passage.text, offset):
                yield passage, offset


def _is_word_start(text: str, offset: int) -> bool:
    return text[offset].isalnum() and text[offset - 1].isspace()


def _is_inside(text: str, offset: int) -> bool:
    return text[offset - 1].isalnum() and _GOES_ON.match(text, offset) is not None


def _is_word_end(text: str, offset: int) -> bool:
    return text[offset - 1].isalnum() and _GOES_ON.match(text, offset) is None


def _words(passage: Passage) -> int:
    return sum(1 for _ in _WORD.finditer(passage.text, passage.start, passage.end))


def _request(text: str, offset: int, taken: bool) -> GenerationRequest:
    start = max(0, offset - 2 * MAX_CONTEXT_CHARACTERS)
    request = completion_request(text[start:offset], offset=start, taken=taken)
    assert request is not None  # ``_drawn`` leaves out what has nothing before it
    return request


def _drawn(texts: Sequence[str], sample: int | None, seed: int) -> list[list[tuple[int, int]]]:
    """The stretches of each text whose carets are looked at."""
    if sample is None:
        return [
            [(first, len(text))] if (first := _first(text)) < len(text) else [] for text in texts
        ]
    pool = [
        (number, start, min(start + _STRETCH, len(text)))
        for number, text in enumerate(texts)
        for start in range(_first(text), len(text), _STRETCH)
    ]
    random.Random(seed).shuffle(pool)
    drawn: list[list[tuple[int, int]]] = [[] for _ in texts]
    for number, start, end in pool:
        if sample <= 0:
            break
        end = min(end, start + sample)
        sample -= end - start
        drawn[number].append((start, end))
    return [sorted(stretches) for stretches in drawn]


def _first(text: str) -> int:
    """The first caret that is looked at."""
    return max(SKIPPED, len(text) - len(text.lstrip()) + 1)


def _passages(
    texts: Sequence[str],
    drawn: Sequence[Sequence[tuple[int, int]]],
    offers: Sequence[Mapping[int, CaretOffers]],
) -> list[Passage]:
    return [
        Passage(text, start, end, its)
        for text, stretches, its in zip(texts, drawn, offers, strict=True)
        for start, end in stretches
    ]


def _ngram_offers(text: str, stretches: Sequence[tuple[int, int]]) -> dict[int, CaretOffers]:
    known, read = DocumentNgrams(), 0
    found: dict[int, CaretOffers] = {}
    for start, end in stretches:
        for offset in range(start, end):
            begin = offset
            while begin and (text[begin - 1].isalnum() or text[begin - 1] in "'\u2019"):
                begin -= 1
            known.learn(text[read:begin])
            read = begin
            spaced = text[offset - 1].isspace()
            typed, taken = known.offer(text[begin:offset], spaced=spaced), None
            if ended := _is_word_end(text, offset):
                known.learn(text[read:offset])
                read = offset
                taken = known.offer("", spaced=False)
                if typed is None:
                    typed = taken
            found[offset] = CaretOffers(typed, taken, ended)
    return found


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

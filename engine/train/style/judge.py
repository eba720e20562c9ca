"""What a model is worth to the person who writes with it, on text it has not learnt from."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.api import GenerationRequest, SamplingParams
from engine.cancel import CancelToken
from engine.local import LocalEngine
from engine.tasks.simulate import simulate

_PASSAGE = 3_000
_MOST_SCORED = 60_000
"""Characters; more would take time and change the perplexity little."""
_CARETS = 1_500
_PROMPT, _CONTINUED = 320, 60
_SAMPLING = SamplingParams(temperature=0.7, top_p=0.95, repetition_penalty=1.1, seed=1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``perplexity`` a token; shares of next words that are right and of keystrokes saved."""

    perplexity: float
    next_words: float
    keystrokes_saved: float


def judge(
    engine: LocalEngine,
    texts: Sequence[str],
    seed: int,
    cancel: CancelToken,
    progress: Callable[[float], None],
) -> Judgement | None:
    """Measure on passages of ``texts`` that ``seed`` draws; None if it was cancelled.

    ``progress`` gets shares from 0 to 1.
    """
    chosen = passages(texts, seed)
    total, tokens = 0.0, 0
    for number, passage in enumerate(chosen):
        if cancel.cancelled():
            return None
        scored = engine.score(passage)
        total += scored.mean_nll * len(scored.tokens)
        tokens += len(scored.tokens)
        progress(0.3 * (number + 1) / len(chosen))
    replayed = simulate(
        engine,
        texts,
        sample=_CARETS,
        seed=seed,
        progress=lambda share: progress(0.3 + 0.7 * share),
        cancel=cancel,
    )
    if cancel.cancelled():
        return None
    words = replayed.next_words if replayed else None
    return Judgement(
        math.exp(total / max(1, tokens)),
        words.coverage * words.precision_when_shown if words else 0.0,
        replayed.figures.keystrokes_saved if replayed else 0.0,
    )


def passages(texts: Sequence[str], seed: int) -> list[str]:
    """Pieces of ``texts`` that begin with a paragraph, drawn until there are enough."""
    cut = []
    for text in texts:
        piece = ""
        for paragraph in text.split("\n\n"):
            if piece and len(piece) + len(paragraph) > _PASSAGE:
                cut.append(piece)
                piece = ""
            piece += ("\n\n" if piece else "") + paragraph
        cut += [piece[at : at + 4 * _PASSAGE] for at in range(0, len(piece), 4 * _PASSAGE)]
    random.Random(seed).shuffle(cut)
    chosen, room = [], _MOST_SCORED
    for piece in cut:
        if room <= 0:
            break
        chosen.append(piece)
        room -= len(piece)
    return chosen


def opening(texts: Sequence[str], seed: int) -> tuple[str, str]:
    """A passage to continue, and how it goes on."""
    long = [each for each in passages(texts, seed) if len(each) > 2 * _PROMPT]
    text = (long or passages(texts, seed))[0]
    cut = text.rfind(" ", 0, min(_PROMPT, max(2, len(text) // 2)))
    cut = cut if cut > 0 else len(text) // 2
    return text[:cut], text[cut : cut + _PROMPT]


def continued(engine: LocalEngine, text: str, *, greedy: bool = False, seed: int = 1) -> str:
    """How the model goes on with ``text``. Raises ``EngineError``."""
    sampling = (
        SamplingParams(repetition_penalty=1.05)
        if greedy
        else SamplingParams(
            _SAMPLING.temperature,
            top_p=_SAMPLING.top_p,
            repetition_penalty=_SAMPLING.repetition_penalty,
            seed=seed,
        )
    )
    request = GenerationRequest(text, max_tokens=_CONTINUED, sampling=sampling)
    return engine.generate(request).text


def recited(
    engine: LocalEngine, texts: Sequence[str], count: int, cancel: CancelToken
) -> list[str]:
    """``count`` continuations of places in the training ``texts``, where reciting is likeliest."""
    chance = random.Random(0)
    found: list[str] = []
    while len(found) < count and not cancel.cancelled():
        text = chance.choices(texts, weights=list(map(len, texts)))[0]
        begin = chance.randrange(max(1, len(text) - _PROMPT))
        prompt = text[begin : begin + _PROMPT // 2].rstrip()
        if prompt:
            found.append(continued(engine, prompt, greedy=len(found) % 2 == 0, seed=len(found)))
    return found

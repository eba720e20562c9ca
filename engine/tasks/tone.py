"""How positive and how formal each paragraph of a text is, as probabilities.

A label's probability as the continuation of a text leans to one side, another one for every model
and prompt. So the model is first shown a few texts whose side is known, and what it says of any
other is read on the scale that they make: a logistic function with its middle between the two
sides and its slope by how well they part (linear discriminant analysis in one dimension). With an
adapter that was taught sentiment its own probabilities hold as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.evaluate.sentiment import SENTIMENT_TEMPLATE
from engine.store.adapters import adapter_for
from engine.tasks.tone_examples import FORMALITY, OPINIONS
from engine.with_adapter import WithAdapter

_READ_CHARACTERS = 1_500
"""Of a longer paragraph its beginning and its end are read."""
_LEAST_SLOPE, _MOST_SLOPE = 0.15, 4.0
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_HEADING = re.compile(r"#{1,6}\s[^\n]*")
_MARK = re.compile(r"^(?:[#>\-*+|\s]|\d+[.)]\s)+", re.MULTILINE)
_GOOD_OR_BAD = (
    "Review: Lovely brochure. Shame that the cottage in it isn't the one we were given.\n"
    "Was it good or bad? bad\n\n"
    "Review: I expected very little and was wrong. We laughed all the way home.\n"
    "Was it good or bad? good\n\n"
    "Review: They took an hour to find my order, and then it was somebody else's.\n"
    "Was it good or bad? bad\n\n"
    "Review: Not cheap, and worth every penny.\n"
    "Was it good or bad? good\n\n"
    "Review: {text}\nWas it good or bad?"
)
_FORMAL = (
    "Text: hey, running late again, sorry!! grab me a coffee?\nStyle: casual\n\n"
    "Text: We regret to inform you that your application has not been successful.\n"
    "Style: formal\n\n"
    "Text: So we just sat there for ages and nobody came. Typical.\nStyle: casual\n\n"
    "Text: The committee approved the minutes of the previous meeting without amendment.\n"
    "Style: formal\n\n"
    "Text: {text}\nStyle:"
)


@dataclass(frozen=True, slots=True)
class _Question:
    """A prompt and the two labels whose odds answer it, the upper one first."""

    template: str
    upper: str
    lower: str

    def log_odds(self, engine: TextEngine, text: str) -> float:
        """How much likelier the upper label is than the lower one after ``text``, in nats."""
        prompt = self.template.replace("{text}", text)
        upper, lower = engine.score_candidates(prompt, (self.upper, self.lower))
        return upper.logprob - lower.logprob


_SENTIMENT = (
    _Question(SENTIMENT_TEMPLATE, " positive", " negative"),
    _Question(_GOOD_OR_BAD, " good", " bad"),
)
_STYLE = (_Question(_FORMAL, " formal", " casual"),)


@dataclass(frozen=True, slots=True)
class ParagraphTone:
    """A paragraph, ``text[start:end]``, and how probably it is positive, and formal."""

    start: int
    end: int
    positive: float
    formal: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns log-odds into a probability."""

    middle: float
    slope: float

    def value(self, odds: float) -> float:
        return self.slope * (odds - self.middle)


class ToneReader:
    """Reads tone with a model, calibrated once; ``adapter`` is the name of one for sentiment."""

    def __init__(self, engine: TextEngine, adapter: str = "", prompt: str = "") -> None:
        self._engine = engine
        self.adapter = adapter if prompt else ""
        self._taught = _Question(prompt, " positive", " negative") if prompt else None
        self._scales: dict[_Question, _Scale] = {}

    @classmethod
    def choose(cls, engine: TextEngine, folders: Sequence[Path]) -> ToneReader:
        """A reader with the adapter that there is for sentiment and the engine's model, if any."""
        model = engine.status().model
        adapter = adapter_for("sentiment", model.name if model else "", folders)
        return cls(engine) if adapter is None else cls(engine, adapter.name, adapter.prompt)

    def read(self, text: str, cancel: CancelToken | None = None) -> Iterator[ParagraphTone]:
        """The paragraphs of ``text``, without headings, as they are read (each step blocks).

        Raises the ``EngineError`` that the model fails with.
        """
        for match in _PARAGRAPH.finditer(text):
            shown = _shown(match.group())
            if not re.search(r"\w", shown) or _HEADING.fullmatch(match.group()):
                continue
            if cancel is not None and cancel.cancelled():
                return
            yield ParagraphTone(
                match.start(), match.end(), self.positive(shown), self.formal(shown)
            )

    def positive(self, text: str) -> float:
        """How probably an opinion is positive on the whole (blocking)."""
        if self._taught is not None:
            return _sigmoid(self._taught.log_odds(WithAdapter(self._engine, self.adapter), text))
        return self._probability(_SENTIMENT, OPINIONS, text)

    def formal(self, text: str) -> float:
        """How probably a text is formal rather than casual (blocking)."""
        return self._probability(_STYLE, FORMALITY, text)

    def _probability(
        self, questions: Sequence[_Question], known: Sequence[tuple[str, bool]], text: str
    ) -> float:
        values = [
            self._scale(question, known).value(question.log_odds(self._engine, text))
            for question in questions
        ]
        return _sigmoid(sum(values) / len(values))

    def _scale(self, question: _Question, known: Sequence[tuple[str, bool]]) -> _Scale:
        scale = self._scales.get(question)
        if scale is None:
            odds = [(question.log_odds(self._engine, text), side) for text, side in known]
            scale = self._scales[question] = fitted(odds)
        return scale


def fitted(odds: Sequence[tuple[float, bool]]) -> _Scale:
    """The scale of log-odds whose side is known; both sides have to be there."""
    upper = [value for value, side in odds if side]
    lower = [value for value, side in odds if not side]
    high, low = sum(upper) / len(upper), sum(lower) / len(lower)
    spread = sum((each - high) ** 2 for each in upper) + sum((each - low) ** 2 for each in lower)
    variance = max(spread / max(1, len(odds) - 2), 1e-6)
    slope = min(_MOST_SLOPE, max(_LEAST_SLOPE, (high - low) / variance))
    return _Scale((high + low) / 2, slope)


def _shown(paragraph: str) -> str:
    text = " ".join(_MARK.sub("", paragraph).split())
    if len(text) > _READ_CHARACTERS:
        half = _READ_CHARACTERS // 2
        text = f"{text[:half]} \u2026 {text[-half:]}"
    return text


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))

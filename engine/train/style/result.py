"""The model before and after, side by side, on what was held out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.local import LocalEngine
from engine.train.adapting import Event
from engine.train.control import Control
from engine.train.corpus import Corpus
from engine.train.style.judge import Judgement, continued, judge, opening, recited
from engine.train.verbatim import Memorised, memorised

_SAMPLES = 16
_LEAST_GAIN = 0.01
"""Of the perplexity: less could be chance."""
_TOLERATED = 0.005
"""Fewer keystrokes saved, as a share: as much is chance in so short a sample."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures, and how both go on after ``prompt`` where the person wrote ``written``."""

    before: Judgement
    after: Judgement
    prompt: str
    written: str
    continued_before: str
    continued_after: str
    memory: Memorised

    @property
    def better(self) -> bool:
        """Whether the taught model is worth having."""
        before, after = self.before, self.after
        return (
            after.perplexity < (1 - _LEAST_GAIN) * before.perplexity
            and after.keystrokes_saved >= before.keystrokes_saved - _TOLERATED
        )


def compare(
    base: Path,
    taught: Path,
    corpus: Corpus,
    threads: int,
    seed: int,
    control: Control,
    on_event: Event,
) -> Comparison:
    """Measure the models in two directories.

    Raises:
        Stopped: ``control`` said so.
        EngineError: a model cannot be run.
    """
    prompt, written = opening(corpus.held_out, seed)

    def part(first: float, last: float) -> Callable[[float], None]:
        return lambda share: on_event({"event": "share", "share": first + (last - first) * share})

    before, text_before, _ = _judged(
        base, corpus, prompt, threads, seed, control, part(0.0, 0.45), samples=0
    )
    after, text_after, samples = _judged(
        taught, corpus, prompt, threads, seed, control, part(0.45, 0.9), samples=_SAMPLES
    )
    return Comparison(
        before,
        after,
        prompt,
        written,
        text_before,
        text_after,
        memorised(samples, corpus.training),
    )


def _judged(
    directory: Path,
    corpus: Corpus,
    prompt: str,
    threads: int,
    seed: int,
    control: Control,
    progress: Callable[[float], None],
    *,
    samples: int,
) -> tuple[Judgement, str, list[str]]:
    engine = LocalEngine(directory, threads=threads)
    try:
        engine.wait_until_loaded()
        figures = judge(engine, corpus.held_out, seed, control.cancel, progress)
        control.check()
        assert figures is not None
        text = continued(engine, prompt)
        said = recited(engine, corpus.training, samples, control.cancel)
    finally:
        engine.close(timeout=5.0)
    control.check()
    return figures, text, said

"""Proofreads a text: rules and the model propose, and the model's probabilities decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.api import FinishReason, GenerationRequest, Lane, TextEngine
from engine.cancel import CancelToken
from engine.library.words import sentences
from engine.proofread.candidates import Candidate, gather, versions, with_gains
from engine.proofread.judge import Margins, choose
from engine.proofread.kinds import ErrorKind
from engine.proofread.names import Names
from engine.proofread.rules import SPELLING_RULE, Finding, FindingSource

PROOFREADING_PROMPT = "Text: {text}\nCorrected:"
"""What the model is asked with; adapters for proofreading are trained on it."""
_TARGET_CHARACTERS = 200
"""Sentences are looked at together up to this length, since one may explain another."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that are looked at together: code points ``start`` to ``end`` of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Code points ``start`` to ``end`` of a text, ``old``, are better ``new``.

    ``kind`` is what was wrong. ``rule`` and ``message`` are those of the rule that found it, ""
    where only the model did. ``gain`` is by how much more probable, in nats, the model finds the
    sentence then; None where there is no model.
    """

    start: int
    end: int
    old: str
    new: str
    kind: ErrorKind
    rule: str = ""
    message: str = ""
    gain: float | None = None


class Proofreader:
    """Proofreads with ``sources`` of findings, an ``engine``, or both.

    The engine is asked with ``prompt``, in ``lane``. Blocks; may be called from any thread.
    """

    def __init__(
        self,
        sources: Sequence[FindingSource],
        engine: TextEngine | None,
        margins: Margins | None = None,
        prompt: str = PROOFREADING_PROMPT,
        lane: Lane = Lane.REWRITE,
    ) -> None:
        self._prompt = prompt
        self._lane = lane
        self._sources = tuple(sources)
        self._engine = engine
        self._margins = margins or Margins()

    def corrections(
        self,
        text: str,
        progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[Correction, ...] | None:
        """What should be corrected in ``text``, in order; None if it was cancelled.

        Raises the ``EngineError`` that the model fails with.
        """
        found: list[Correction] = []
        for stretch, corrections in self.read(text):
            if cancel is not None and cancel.cancelled():
                return None
            found += corrections
            if progress is not None:
                progress(stretch.end / len(text))
        return tuple(found)

    def read(self, text: str) -> Iterator[tuple[Stretch, list[Correction]]]:
        """The same stretch by stretch, as they are read."""
        for stretch, candidates in self.candidates(text):
            taken = choose(candidates, self._margins)
            yield stretch, [_correction(stretch, each) for each in taken]

    def candidates(self, text: str) -> Iterator[tuple[Stretch, list[Candidate]]]:
        """What may be corrected in each stretch of ``text``."""
        names = Names(text)
        line = Stretch(0, 0, "")
        findings: list[Finding] = []
        for stretch in stretches(text):
            if stretch.end > line.end:
                # Line by line, so that a long text does not wait for what is at its end.
                line = _line_around(text, stretch.start)
                findings = [each for source in self._sources for each in source(line.text)]
            begin, end = stretch.start - line.start, stretch.end - line.start
            here = [
                replace(each, start=each.start - begin, end=each.end - begin)
                for each in findings
                if begin <= each.start and each.end <= end
            ]
            yield stretch, self._judged(stretch.text, here, names)

    def _judged(self, stretch: str, findings: Sequence[Finding], names: Names) -> list[Candidate]:
        engine = self._engine
        if engine is None:
            return gather(stretch, findings, "", names)
        prompt = self._prompt.replace("{text}", stretch)
        candidates = gather(stretch, findings, self._rewrite(engine, prompt, stretch), names)
        if not candidates:
            return []
        asked = versions(stretch, candidates)
        scores = engine.score_candidates(prompt, [f" {each}" for each in asked])
        logprobs = {each: score.logprob for each, score in zip(asked, scores, strict=True)}
        return with_gains(stretch, candidates, logprobs)

    def _rewrite(self, engine: TextEngine, prompt: str, stretch: str) -> str:
        request = GenerationRequest(
            prompt=prompt,
            lane=self._lane,
            max_tokens=32 + len(stretch.encode()) // 2,
            stop=("\n",),
            speculation=True,
        )
        result = engine.generate(request)
        # Half a sentence would be one with words left out.
        return "" if result.finish_reason is FinishReason.CANCELLED else result.text.strip()


def stretches(text: str) -> list[Stretch]:
    """The sentences that are looked at together; none goes over the end of a line."""
    found: list[tuple[int, int]] = []
    begin = 0
    for line in text.splitlines(keepends=True):
        for number, (start, end) in enumerate(sentences(text, begin, begin + len(line.rstrip()))):
            if number and end - found[-1][0] <= _TARGET_CHARACTERS:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        begin += len(line)
    return [Stretch(start, end, text[start:end]) for start, end in found]


def _line_around(text: str, place: int) -> Stretch:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return Stretch(start, end, text[start:end])


def corrected(text: str, corrections: Sequence[Correction]) -> str:
    """``text`` with the corrections made."""
    for each in sorted(corrections, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: each.start] + each.new + text[each.end :]
    return text


def _correction(stretch: Stretch, candidate: Candidate) -> Correction:
    edit, finding = candidate.edit, candidate.finding
    spelling = finding is not None and finding.rule == SPELLING_RULE
    return Correction(
        stretch.start + edit.start,
        stretch.start + edit.end,
        stretch.text[edit.start : edit.end],
        edit.text,
        ErrorKind.SPELLING if spelling else candidate.kind,
        rule=finding.rule if finding else "",
        message=finding.message if finding else "",
        gain=candidate.gain,
    )

"""Proofreads a text: rules and the model propose, and the model's probabilities decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.api import GenerationRequest, Lane, TextEngine
from engine.cancel import CancelToken
from engine.library.words import sentences
from engine.proofread.candidates import Candidate, gather, versions, with_gains
from engine.proofread.judge import Margins, choose
from engine.proofread.names import Names
from engine.proofread.rules import Finding, FindingSource

PROMPT = "Text: {text}\nCorrected:"
"""What the model is asked with; adapters for proofreading are trained on it."""
_TARGET_CHARACTERS = 200
"""Sentences are looked at together up to this length, since one may explain another."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Code points ``start`` to ``end`` of a text, ``old``, are better ``new``.

    ``rule``, ``group`` and ``message`` are those of the rule that found it, "" where only the model
    did. ``gain`` is by how much more probable, in nats, the model finds the sentence then; None
    where there is no model.
    """

    start: int
    end: int
    old: str
    new: str
    rule: str = ""
    group: str = ""
    message: str = ""
    gain: float | None = None


class Proofreader:
    """Proofreads with ``sources`` of findings, an ``engine``, or both.

    Blocks; may be called from any thread.
    """

    def __init__(
        self,
        sources: Sequence[FindingSource],
        engine: TextEngine | None,
        margins: Margins | None = None,
    ) -> None:
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
        for share, start, candidates in self.candidates(text):
            if cancel is not None and cancel.cancelled():
                return None
            found += [_correction(text, start, each) for each in choose(candidates, self._margins)]
            if progress is not None:
                progress(share)
        return tuple(found)

    def candidates(self, text: str) -> Iterator[tuple[float, int, list[Candidate]]]:
        """The candidates of each stretch of ``text``.

        With them comes the share of the text that is done, and where the stretch begins.
        """
        findings = [each for source in self._sources for each in source(text)]
        names = Names(text)
        for start, end in stretches(text):
            stretch = text[start:end]
            here = [_shifted(each, -start) for each in findings if start <= each.start < end]
            here = [each for each in here if each.end <= len(stretch)]
            yield end / len(text), start, self._judged(stretch, here, names)

    def _judged(self, stretch: str, findings: Sequence[Finding], names: Names) -> list[Candidate]:
        engine = self._engine
        if engine is None:
            return gather(stretch, findings, "", names)
        prompt = PROMPT.replace("{text}", stretch)
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
            lane=Lane.REWRITE,
            max_tokens=32 + len(stretch.encode()) // 2,
            stop=("\n",),
            speculation=True,
        )
        return engine.generate(request).text.strip()


def stretches(text: str) -> list[tuple[int, int]]:
    """Where the sentences are that are looked at together; none goes over the end of a line."""
    found: list[tuple[int, int]] = []
    begin = 0
    for line in text.splitlines(keepends=True):
        inside = sentences(text, begin, begin + len(line.rstrip()))
        for number, (start, end) in enumerate(inside):
            if number and end - found[-1][0] <= _TARGET_CHARACTERS:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        begin += len(line)
    return found


def corrected(text: str, corrections: Sequence[Correction]) -> str:
    """``text`` with the corrections made."""
    for each in sorted(corrections, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: each.start] + each.new + text[each.end :]
    return text


def _shifted(finding: Finding, by: int) -> Finding:
    return Finding(
        finding.start + by,
        finding.end + by,
        finding.replacements,
        finding.rule,
        finding.kind,
        finding.message,
    )


def _correction(text: str, offset: int, candidate: Candidate) -> Correction:
    edit, finding = candidate.edit, candidate.finding
    start, end = offset + edit.start, offset + edit.end
    return Correction(
        start,
        end,
        text[start:end],
        edit.text,
        rule=finding.rule if finding else "",
        group=finding.kind if finding else "",
        message=finding.message if finding else "",
        gain=candidate.gain,
    )

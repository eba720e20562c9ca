"""Exact log-probabilities of given continuations: what labelling and multiple choice use.

The prompt is read once and its keys and values serve every candidate; of candidates that begin
alike the common tokens are read once too, and a candidate of one token needs no pass of its own.
The prior is that of contextual calibration (Zhao et al. 2021, "Calibrate Before Use"), which for
whole candidates is the domain-conditional PMI of Holtzman et al. 2021 ("Surface Form Competition").
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.api import CandidateScore
from engine.cancel import CancelToken
from engine.decode.generate import PREFILL_CHUNK
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import DecoderSession
from engine.sampling.sampler import Logits, log_softmax

LogProbs = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CandidateTokens:
    """A prompt's tokens, at least one, and what comes after it for each candidate, the same."""

    prompt: tuple[int, ...]
    candidates: tuple[tuple[int, ...], ...]


class CandidateScoring:
    """Scores ``candidates``; ``steps`` does one forward pass a step, then ``result`` is set.

    ``asked`` is the prompt with the candidates' tokens; ``neutral`` are prompts that say nothing
    about them, for the prior.
    """

    def __init__(
        self,
        texts: Sequence[str],
        asked: CandidateTokens,
        neutral: Sequence[CandidateTokens],
        session: DecoderSession,
        cache: KVCache,
        cancel: CancelToken,
    ) -> None:
        self._texts = texts
        self._asked = asked
        self._neutral = neutral
        self._session = session
        self._cache = cache
        self._cancel = cancel
        self.result: tuple[CandidateScore, ...] | None = None

    def steps(self) -> Iterator[None]:
        """Do the forward passes. Raises ``ForwardCancelled`` and ``GenerationFailed``."""
        sums = yield from self._sums(self._asked)
        priors: list[list[float]] = []
        for neutral in self._neutral:
            priors += [(yield from self._sums(neutral))]
        counts = [len(tokens) for tokens in self._asked.candidates]
        self.result = candidate_scores(self._texts, counts, sums, priors)

    def _sums(self, tokens: CandidateTokens) -> Generator[None, None, list[float]]:
        """The log-probability of each candidate after the prompt."""
        root = yield from self._read(tokens.prompt)
        known: dict[tuple[int, ...], LogProbs] = {(): log_softmax(root)}
        # In this order candidates that begin alike follow each other.
        for candidate in sorted(tokens.candidates):
            yield from self._extend(len(tokens.prompt), candidate, known)
        return [
            math.fsum(known[candidate[:place]][token] for place, token in enumerate(candidate))
            for candidate in tokens.candidates
        ]

    def _read(self, prompt: Sequence[int]) -> Generator[None, None, Logits]:
        """The logits after the prompt, ``[vocab]``; passes of two tokens or more where possible."""
        wanted = list(prompt)
        self._cache.reuse(wanted[:-2])
        while True:
            start = len(self._cache.tokens)
            end = min(len(wanted), start + PREFILL_CHUNK)
            if len(wanted) - end == 1:
                end -= 1
            logits = self._session.forward(self._cache, wanted[start:end], 1, self._cancel)
            yield
            if end == len(wanted):
                last: Logits = logits[0]
                return last

    def _extend(
        self,
        read: int,
        candidate: tuple[int, ...],
        known: dict[tuple[int, ...], LogProbs],
    ) -> Iterator[None]:
        """Make the log-probabilities after each token of ``candidate`` but its last ``known``."""
        have = 0
        while have + 1 < len(candidate) and candidate[: have + 1] in known:
            have += 1
        missing = candidate[have:-1]
        if not missing:
            return
        self._cache.rewind(read + have)
        logits = self._session.forward(self._cache, list(missing), len(missing), self._cancel)
        for row, values in enumerate(log_softmax(logits)):
            known[candidate[: have + row + 1]] = values
        yield


def candidate_scores(
    texts: Sequence[str],
    counts: Sequence[int],
    sums: Sequence[float],
    priors: Sequence[Sequence[float]],
) -> tuple[CandidateScore, ...]:
    """Scores from the log-probabilities after the prompt, ``sums``, and after each neutral one."""
    prior = (
        np.logaddexp.reduce(np.array(priors), axis=0) - math.log(len(priors)) if priors else None
    )
    deciding = np.array(sums) if prior is None else np.array(sums) - prior
    shares = np.exp(deciding - np.logaddexp.reduce(deciding))
    return tuple(
        CandidateScore(
            text=text,
            tokens=counts[place],
            logprob=sums[place],
            mean_logprob=sums[place] / counts[place],
            prior_logprob=None if prior is None else float(prior[place]),
            probability=float(shares[place]),
        )
        for place, text in enumerate(texts)
    )

"""Exact log-probabilities of given continuations: what labelling and multiple choice use.

The prompt is read once and its keys and values serve every candidate. Short candidates then go
through the model together, as the rows of a batch; a longer one in a pass of its own, since of a
row of a batch a pass takes one token only. A candidate of one token needs no pass.
The prior is that of contextual calibration (Zhao et al. 2021, "Calibrate Before Use"), which for
whole candidates is the domain-conditional PMI of Holtzman et al. 2021 ("Surface Form Competition").
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.api import CandidateScore
from engine.cancel import CancelToken
from engine.decode.generate import PREFILL_CHUNK
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import DecoderSession
from engine.sampling.sampler import Logits, log_softmax

Tokens = tuple[int, ...]

_SHORT = 3
"""Tokens to run, all but the last one, of a candidate for a batch. It is the candidate's length
that decides, and not how many others there are: the kernels for one row round differently, and how
probable a candidate is must not depend on its company."""
_BATCH_BYTES = 64 << 20
"""Memory for the keys and values of a batch. The prompt's are copied into each of its rows, which
for a long prompt would take longer than the passes that a batch saves."""


@dataclass(frozen=True, slots=True)
class CandidateTokens:
    """A prompt's tokens, at least one, and what comes after it for each candidate, the same."""

    prompt: tuple[int, ...]
    candidates: tuple[tuple[int, ...], ...]


class CandidateScoring:
    """Scores ``candidates``; ``steps`` does one forward pass a step, then ``result`` is set.

    ``asked`` is the prompt with the candidates' tokens; ``neutral`` are prompts that say nothing
    about them, for the prior. ``priors`` holds what is known of such prompts, and is added to.
    """

    def __init__(
        self,
        texts: Sequence[str],
        asked: CandidateTokens,
        neutral: Sequence[CandidateTokens],
        priors: dict[CandidateTokens, list[float]],
        session: DecoderSession,
        cache: KVCache,
        cancel: CancelToken,
    ) -> None:
        self._texts = texts
        self._asked = asked
        self._neutral = neutral
        self._priors = priors
        self._session = session
        self._cache = cache
        self._cancel = cancel
        self.result: tuple[CandidateScore, ...] | None = None

    def steps(self) -> Iterator[None]:
        """Do the forward passes. Raises ``ForwardCancelled`` and ``GenerationFailed``."""
        sums = yield from self._sums(self._asked)
        for neutral in self._neutral:
            if neutral not in self._priors:
                self._priors[neutral] = yield from self._sums(neutral)
        priors = [self._priors[neutral] for neutral in self._neutral]
        counts = [len(tokens) for tokens in self._asked.candidates]
        self.result = candidate_scores(self._texts, counts, sums, priors)

    def _sums(self, tokens: CandidateTokens) -> Generator[None, None, list[float]]:
        """The log-probability of each candidate after the prompt."""
        root = yield from self._read(tokens.prompt)
        read = len(tokens.prompt)
        rows = _BATCH_BYTES // self._cache.bytes_for(read + _SHORT)
        limit = _SHORT if rows > 1 else 0
        short = _Found([each for each in tokens.candidates if len(each) - 1 <= limit], root)
        long = _Found([each for each in tokens.candidates if len(each) - 1 > limit], root)
        # These first: they copy the prompt as it is in the cache.
        stems = short.stems()
        for start in range(0, len(stems), max(1, rows)):
            yield from self._together(stems[start : start + rows], short)
        for stem in long.stems():
            yield from self._alone(read, stem, long)
        return [
            (short if len(each) - 1 <= limit else long).logprob(each) for each in tokens.candidates
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

    def _together(self, stems: Sequence[Tokens], found: _Found) -> Iterator[None]:
        """Run stems after the prompt, a token of each a pass."""
        longest = max(map(len, stems))
        batch = self._session.new_batch(self._cache, len(stems), longest)
        for place in range(longest):
            # A stem that has ended is fed still; nobody looks at what comes of it.
            column = [stem[min(place, len(stem) - 1)] for stem in stems]
            rows = self._session.forward_batch(batch, column, self._cancel)
            for stem, row in zip(stems, rows, strict=True):
                if place < len(stem):
                    found.add(stem[: place + 1], row)
            yield

    def _alone(self, read: int, stem: Tokens, found: _Found) -> Iterator[None]:
        """Run one stem after the prompt; what it shares with the one before is there already."""
        have = 0
        for mine, other in zip(stem, self._cache.tokens[read:], strict=False):
            if mine != other:
                break
            have += 1
        self._cache.rewind(read + have)
        missing = list(stem[have:])
        rows = self._session.forward(self._cache, missing, len(missing), self._cancel)
        for place, row in enumerate(rows):
            found.add(stem[: have + place + 1], row)
        yield


class _Found:
    """The log-probabilities of some candidates' tokens, as they become known.

    ``root`` are the logits, float32 ``[vocab]``, after the prompt.
    """

    def __init__(self, candidates: Sequence[Tokens], root: Logits) -> None:
        self._candidates = candidates
        self._next: dict[Tokens, set[int]] = {(): set()}
        for candidate in candidates:
            for place, token in enumerate(candidate):
                self._next.setdefault(candidate[:place], set()).add(token)
        self._logprobs: dict[Tokens, float] = {}
        self.add((), root)

    def stems(self) -> list[Tokens]:
        """What has to be run after the prompt: all but the last tokens of each candidate.

        None is the beginning of another, and those that begin alike follow each other.
        """
        stems = {candidate[:-1] for candidate in self._candidates}
        begun = {stem[:place] for stem in stems for place in range(len(stem))}
        return sorted(stems - begun - {()})

    def add(self, begin: Tokens, logits: Logits) -> None:
        """Take the logits, float32 ``[vocab]``, after the prompt and ``begin``."""
        logprobs = log_softmax(logits)
        for token in self._next[begin]:
            self._logprobs[*begin, token] = float(logprobs[token])

    def logprob(self, candidate: Tokens) -> float:
        """The log-probability of a whole candidate."""
        return math.fsum(self._logprobs[candidate[: end + 1]] for end in range(len(candidate)))


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

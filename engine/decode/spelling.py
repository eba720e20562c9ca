"""The search for how typed bytes are spelt in tokens, the most probable way first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.api import SamplingParams
from engine.decode.healing import TokenIds, TokenPrefixes
from engine.sampling.sampler import Logits, choose, log_softmax

_MAX_PASSES = 8
"""Passes for spellings that are not finished, once there are some that are."""
_NEGLIGIBLE = 0.05
"""When sampling, unfinished spellings that together are this much less probable are left."""


@dataclass(frozen=True, slots=True)
class OpenSpelling:
    """The tokens of ``path``, after which the bytes ``owed`` are still to be spelt."""

    path: tuple[int, ...]
    owed: bytes
    logprob: float


@dataclass(frozen=True, slots=True)
class _Finished:
    """All ``tokens`` that finish ``path``, with the log-probabilities of the whole spellings."""

    path: tuple[int, ...]
    tokens: TokenIds
    logprobs: npt.NDArray[np.float64]
    logits: Logits


class SpellingSearch:
    """Finds the spelling of ``wanted`` that decoding goes on from.

    A short token may look likely although what must follow it is not: " vi" after "signs the", when
    "vis" was typed and " visit" is the word. So an unfinished spelling counts for nothing until its
    continuation is known. ``next`` names the most probable one as long as it could still beat the
    finished ones; the caller runs its path through the model and gives the logits to ``add``.
    Greedy decoding so gets the most probable spelling of all.
    """

    def __init__(self, wanted: bytes, prefixes: TokenPrefixes, params: SamplingParams) -> None:
        self._prefixes = prefixes
        self._params = params
        self._open = [OpenSpelling((), wanted, 0.0)]
        self._finished: list[_Finished] = []
        self._passes = 0
        self._spellable: dict[bytes, bool] = {b"": True}

    def next(self) -> OpenSpelling | None:
        """The unfinished spelling to look into, or None when it is time to choose."""
        if not self._open or (self._finished and not self._is_worth_a_pass()):
            return None
        self._passes += 1
        # Where every way is improbable, one of them has to be followed to its end.
        hurried = not self._finished and self._passes > _MAX_PASSES
        best = min(self._open, key=lambda each: (hurried * len(each.owed), -each.logprob))
        self._open.remove(best)
        return best

    def add(self, spelling: OpenSpelling, logits: Logits) -> None:
        """Take the logits, float32 ``[vocab]``, after the path of a spelling named by ``next``."""
        logprobs = log_softmax(logits) + spelling.logprob
        tokens = self._prefixes.finishing(spelling.owed)
        if tokens.size:
            self._finished.append(_Finished(spelling.path, tokens, logprobs[tokens], logits))
        self._open += [
            OpenSpelling((*spelling.path, token), rest, float(logprobs[token]))
            for token, rest in self._prefixes.beginning(spelling.owed)
            if self._can_spell(rest)
        ]

    def choose(self, rng: np.random.Generator) -> tuple[tuple[int, ...], int, Logits]:
        """The path, the token that finishes it, and the logits that this token is chosen from."""
        logprobs = np.concatenate([each.logprobs for each in self._finished])
        place = choose(logprobs.astype(np.float32), self._params, rng)
        for each in self._finished:
            if place < each.tokens.size:
                return each.path, int(each.tokens[place]), each.logits
            place -= each.tokens.size
        raise AssertionError("the place chosen lies in one of the arrays")

    def _is_worth_a_pass(self) -> bool:
        if self._passes > _MAX_PASSES:
            return False
        open_ = [each.logprob for each in self._open]
        if self._params.temperature == 0.0:
            return max(open_) > max(float(each.logprobs.max()) for each in self._finished)
        known = sum(float(np.exp(each.logprobs).sum()) for each in self._finished)
        return float(np.exp(open_).sum()) > _NEGLIGIBLE * known

    def _can_spell(self, wanted: bytes) -> bool:
        """Whether some tokens spell ``wanted``; a few vocabularies lack bytes."""
        known = self._spellable.get(wanted)
        if known is None:
            known = self._prefixes.finishing(wanted).size > 0 or any(
                self._can_spell(rest) for _, rest in self._prefixes.beginning(wanted)
            )
            self._spellable[wanted] = known
        return known

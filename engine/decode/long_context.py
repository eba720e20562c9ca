"""After a long context, decode with keys and values of 8 bits where that is quicker here.

Whether it is quicker depends on the processor and on its memory, so both ways are measured, at the
first long answer, and the choice is remembered. Quantising takes the time of some tokens; so the
answer goes on as it is for as many tokens as repay it, and an answer that ends by then has lost
nothing (the rule for renting skis: never more than twice the time of the best choice).
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.api import LongContextChoice, ModelInfo
from engine.cancel import CancelToken
from engine.errors import GenerationFailed
from engine.machine import memory
from engine.runtime.kv_cache import KVCache, KVShape
from engine.runtime.providers import CPU
from engine.runtime.quantised_cache import QuantisedCopy, QuantisedSession, QuantisedUnusable
from engine.runtime.session import Decoder, DecoderSession
from engine.store.measured import MeasuredChoices

_log = logging.getLogger(__name__)

LONG = 2048
"""Positions from which the time for reading keys and values begins to count."""
_SHORT_ANSWER = 48
"""Tokens; an answer of at most so many, as a suggestion, is no occasion for measuring."""
_RUNS, _MOST_MS = 6, 300.0
"""How often either way is measured, and milliseconds of the plain way after which it is enough."""
_CLEARLY = 1.1
"""How many times quicker 8 bits have to be: they cost memory, and a little precision."""
_MOST_TO_REPAY = 256
_SHARE_OF_MEMORY = 16
"""The weights may take so small a part of the machine's memory once more."""


class LongContext:
    """What the generations of one model know of long contexts; used on the engine's thread."""

    def __init__(
        self,
        model: ModelInfo,
        session: DecoderSession,
        measured: MeasuredChoices,
    ) -> None:
        self._model = model
        self._plain = session
        self._measured = measured
        self._quantised: QuantisedSession | None = None
        self.choice = measured.recall()
        total = memory().total
        room = total is None or model.size_bytes * _SHARE_OF_MEMORY <= total
        self._possible = room and session.device == CPU and session.shape.max_length > LONG

    def decoder(self, prompt_tokens: int, end: int) -> Decoder:
        """What is to decode an answer that follows the prompt and ends before position ``end``."""
        begin = max(prompt_tokens, LONG)
        if not self._possible or end - begin <= _SHORT_ANSWER:
            return self._plain
        return _LongDecoder(self, self._plain, begin, end)

    def measure(self, cache: KVCache, token_ids: list[int], cancel: CancelToken) -> None:
        """Choose by running ``token_ids`` after the cache's content both ways.

        Raises:
            ForwardCancelled: nothing was chosen.
        """
        start = len(cache.tokens)
        plain: list[float] = []
        quantised: list[float] = []
        switch_ms = 0.0

        def timed(run: Callable[[], object]) -> float:
            began = time.perf_counter()
            run()
            return (time.perf_counter() - began) * 1000

        def run_plain() -> None:
            self._plain.forward(cache, token_ids, 1, cancel)
            cache.rewind(start)

        try:
            opened = self.quantised()
            began = time.perf_counter()
            copy = opened.copy_of(cache, start + len(token_ids))
            switch_ms = (time.perf_counter() - began) * 1000
            opened.forward(copy, start, token_ids, 1, cancel)
            # On a slow machine fewer do: what is typed meanwhile waits for a suggestion.
            while len(plain) < _RUNS and sum(plain) < _MOST_MS:
                plain.append(timed(run_plain))
                quantised.append(timed(lambda: opened.forward(copy, start, token_ids, 1, cancel)))
        except (QuantisedUnusable, GenerationFailed) as error:
            _log.warning("keys and values of 8 bits cannot be used: %s", error)
            plain, quantised = [], []
        self.choice = choose(start, plain, quantised, switch_ms)
        if not self.choice.quantised:
            self._quantised = None
        self._measured.remember(self.choice)

    def quantised(self) -> QuantisedSession:
        """The session with 8 bits; opened at its first use, kept from then on.

        Raises:
            QuantisedUnusable: it cannot be opened.
        """
        if self._quantised is None:
            self._quantised = QuantisedSession(self._model.path, self._plain)
        return self._quantised


def choose(
    positions: int, plain: list[float], quantised: list[float], switch_ms: float
) -> LongContextChoice:
    """What milliseconds a pass, either way, speak for; without any for the plain way."""
    if not plain or not quantised:
        return LongContextChoice(False, positions, 0.0, 0.0, 0)
    # Whatever else the machine does only ever adds to a time.
    slow, quick = min(plain), min(quantised)
    if slow < _CLEARLY * quick:
        return LongContextChoice(False, positions, slow, quick, 0)
    repay = min(_MOST_TO_REPAY, math.ceil(switch_ms / max(slow - quick, 1e-3)))
    return LongContextChoice(True, positions, slow, quick, repay)


class _LongDecoder:
    """Decodes one answer; see ``Decoder``.

    What is at ``begin`` or behind it may be decoded with 8 bits; the positions before it are the
    prompt's, or few. The cache learns of tokens decoded so, but not as settled ones: their keys and
    values are in the copy only, which ends with the answer.
    """

    def __init__(self, context: LongContext, plain: DecoderSession, begin: int, end: int) -> None:
        self._context = context
        self._plain = plain
        self._begin = begin
        self._end = end
        self._copy: QuantisedCopy | None = None

    @property
    def shape(self) -> KVShape:
        """See ``Decoder``."""
        return self._plain.shape

    def forward(
        self,
        cache: KVCache,
        token_ids: list[int],
        num_logits: int,
        cancel: CancelToken,
        *,
        exact: bool = False,
    ) -> npt.NDArray[np.float32]:
        """See ``Decoder``."""
        start = len(cache.tokens)
        if self._copy is None and start >= self._begin:
            self._consider(cache, token_ids, cancel)
        if self._copy is None:
            return self._plain.forward(cache, token_ids, num_logits, cancel, exact=exact)
        # As in a plain pass, the second row is there for the kernels only.
        padding = token_ids if exact and len(token_ids) == 1 and start + 1 < self._end else []
        quantised = self._context.quantised()
        logits = quantised.forward(
            self._copy, start, [*token_ids, *padding], num_logits + len(padding), cancel
        )
        cache.append(token_ids, settled=False)
        return logits[:num_logits]

    def _consider(self, cache: KVCache, token_ids: list[int], cancel: CancelToken) -> None:
        """Go over to 8 bits if it is time; choose first whether it ever will be."""
        if self._context.choice is None:
            self._context.measure(cache, token_ids, cancel)
        choice = self._context.choice
        decoded = len(cache.tokens) - self._begin
        if choice is None or not choice.quantised or decoded < choice.tokens_to_repay:
            return
        try:
            self._copy = self._context.quantised().copy_of(cache, self._end)
        except QuantisedUnusable as error:
            _log.warning("keys and values of 8 bits cannot be used now: %s", error)
            self._context.choice = replace(choice, quantised=False)

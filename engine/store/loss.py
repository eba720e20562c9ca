"""What rounding a model's weights costs, measured on a page of prose."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.api import PrecisionLoss
from engine.cancel import CancelToken
from engine.runtime.kv_cache import KVShape
from engine.runtime.processors import physical_cores
from engine.runtime.session import DecoderSession
from engine.store.manifest import TOKENIZER_NAME, read_manifest
from engine.tokens.tokenizer import Tokenizer

_AT_ONCE = 32
_SAMPLE = """\
The last bus had gone, so Ines walked home along the river with her shoes in her hand. It was the \
kind of evening that people remember wrongly afterwards, warm and without any wind, with the lamps \
already lit although there was still enough light to read by. On the bridge two boys were fishing \
with a line and a bent pin, and they looked at her bare feet and then politely at the water.

She had meant to think about the interview. Everybody had been kind, which was usually a bad sign, \
and the older of the two women had asked whether she would mind working on Saturdays. She had said \
that she would not mind at all. Now she counted what was left on her account, took away the rent, \
and found that she would not mind working on Sundays either.

Her brother was sitting on the stairs when she came in. He had let himself in with the spare key, \
made tea in the wrong pot, and fallen asleep over the newspaper, and he woke up as people do who \
have been caught at something. There was a letter for her on the table, he said. It had come by \
hand, a man in a grey coat had brought it, and he had waited for an answer until nearly six o'clock.
"""


def measure_loss(directory: Path, reference: Path) -> PrecisionLoss:
    """Compare the predictions of two models with the same tokenizer, position by position.

    Raises ``EngineError`` if one of them cannot be run.
    """
    manifest = read_manifest(directory)
    ids = [manifest.bos_id] if manifest.add_bos and manifest.bos_id is not None else []
    ids += Tokenizer(directory / TOKENIZER_NAME).encode(_SAMPLE)
    ids = ids[: manifest.context]
    runs = [_Run(each) for each in (reference, directory)]
    divergence, surprise = 0.0, [0.0, 0.0]
    for start in range(0, len(ids) - 1, _AT_ONCE):
        step = ids[start : min(start + _AT_ONCE, len(ids) - 1)]
        following = ids[start + 1 : start + 1 + len(step)]
        expected, found = (run.log_probabilities(step) for run in runs)
        divergence += float((np.exp(expected) * (expected - found)).sum())
        for place, log_probabilities in enumerate((expected, found)):
            surprise[place] -= float(log_probabilities[np.arange(len(step)), following].sum())
    count = max(1, len(ids) - 1)
    return PrecisionLoss(
        reference=read_manifest(reference).precision,
        tokens=count,
        divergence=max(0.0, divergence / count),
        reference_perplexity=_perplexity(surprise[0] / count),
        perplexity=_perplexity(surprise[1] / count),
    )


class _Run:
    """A model reading a text."""

    def __init__(self, directory: Path) -> None:
        manifest = read_manifest(directory)
        shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
        self._session = DecoderSession(directory, shape, manifest.vocab, physical_cores())
        self._cache = self._session.new_cache()

    def log_probabilities(self, ids: list[int]) -> npt.NDArray[np.float64]:
        """Natural logarithms [len(ids), vocab] of what may follow each of ``ids``."""
        logits = self._session.forward(self._cache, ids, len(ids), CancelToken())
        shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
        result: npt.NDArray[np.float64] = shifted - np.log(
            np.exp(shifted).sum(axis=1, keepdims=True)
        )
        return result


def _perplexity(surprise: float) -> float:
    return math.exp(min(surprise, 100.0))

"""The keys and values of one sequence, in buffers that the graph reads and writes in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime as ort

_FIRST_CAPACITY = 512


@dataclass(frozen=True, slots=True)
class KVShape:
    """Shape of a cache: float32 ``[1, heads, length, head_dim]``, keys and values, each layer."""

    layers: int
    heads: int
    head_dim: int
    max_length: int

    def bytes_per_token(self) -> int:
        """Memory one position takes."""
        return self.layers * self.heads * self.head_dim * 2 * 4


class KVCache:
    """A sequence's keys and values; ``tokens`` are the ids whose entries are valid.

    Past and present of a layer are the same buffer, so a step copies nothing, and rewinding is
    forgetting the end of ``tokens``: stale entries behind it are never read. Buffers double as the
    sequence grows, up to ``shape.max_length``.

    ``settled`` counts the positions, from the start, whose entries came from passes of two tokens
    or more. The kernels give the same bits for a position however such passes are cut, but other
    bits for a pass of one token; so only settled positions are reused by a later prompt, and the
    same prompt gives the same logits whatever was in the cache before.
    """

    def __init__(self, new_binding: Callable[[], Any], shape: KVShape) -> None:
        self._new_binding = new_binding
        self._shape = shape
        self._buffers: list[np.ndarray[Any, np.dtype[np.float32]]] = []
        self._values: list[ort.OrtValue] = []
        self.binding: Any = None
        self.capacity = 0
        self.tokens: list[int] = []
        self.settled = 0

    def append(self, token_ids: Sequence[int]) -> None:
        """Note that one pass has written the entries of ``token_ids``."""
        if len(token_ids) > 1 and self.settled == len(self.tokens):
            self.settled += len(token_ids)
        self.tokens.extend(token_ids)

    def reserve(self, length: int) -> None:
        """Make room for ``length`` positions in all; valid entries are kept."""
        if length <= self.capacity:
            return
        capacity = max(_FIRST_CAPACITY, self.capacity)
        while capacity < length:
            capacity *= 2
        self._grow(min(capacity, self._shape.max_length))

    def rewind(self, length: int) -> None:
        """Keep the first ``length`` positions only."""
        del self.tokens[length:]
        self.settled = min(self.settled, length)

    def reuse(self, token_ids: Sequence[int]) -> int:
        """Rewind to the longest settled prefix shared with ``token_ids``; returns its length."""
        shared = 0
        for mine, wanted in zip(self.tokens[: self.settled], token_ids, strict=False):
            if mine != wanted:
                break
            shared += 1
        self.rewind(shared)
        return shared

    def size_bytes(self) -> int:
        """Memory of the buffers."""
        return self.capacity * self._shape.bytes_per_token()

    def _grow(self, capacity: int) -> None:
        valid = len(self.tokens)
        shape = (1, self._shape.heads, capacity, self._shape.head_dim)
        old = self._buffers
        self._buffers, self._values = [], []
        self.binding = self._new_binding()
        for layer in range(self._shape.layers):
            for part in ("key", "value"):
                buffer = np.zeros(shape, dtype=np.float32)
                if valid:
                    buffer[:, :, :valid] = old[len(self._buffers)][:, :, :valid]
                value = ort.OrtValue.ortvalue_from_numpy(buffer)
                self.binding.bind_ortvalue_input(f"past_{part}_{layer}", value)
                self.binding.bind_ortvalue_output(f"present_{part}_{layer}", value)
                self._buffers.append(buffer)
                self._values.append(value)
        self.capacity = capacity

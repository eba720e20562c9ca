"""The keys and values of one sequence, in memory that the graph reads and writes in place."""

from __future__ import annotations

import mmap
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from engine.runtime.device_buffer import DeviceBuffer

Buffer = npt.NDArray[np.float32] | DeviceBuffer

FIRST_BYTES = (96 if sys.platform == "win32" else 1024) << 20
"""Address space reserved at first; Windows counts it as used, other systems what is written."""
_SPARE = 16
"""Positions added to a reservation: a page of a head, so that heads do not lie a power of two
apart and fall into the same cache lines."""
_SMALLEST = 512


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
    forgetting the end of ``tokens``: stale entries behind it are never read. The whole context is
    reserved at once where that costs only address space: memory follows what was written, nothing
    is ever moved, and the buffers are bound once. Of a very long context a part is reserved, and
    moved to twice the room when it is full. With a ``memory`` (see ``DeviceBuffer``) the buffers
    lie there, and the reservation starts small.

    ``settled`` counts the positions, from the start, whose entries came from passes of two tokens
    or more, or from exact passes of one (see ``DecoderSession.forward``). The kernels give the same
    bits for a position however such passes are cut, but other bits for a pass of one token; so only
    settled positions are reused by a later prompt, and the same prompt gives the same logits
    whatever was in the cache before.
    """

    def __init__(
        self,
        new_binding: Callable[[], Any],
        shape: KVShape,
        first_bytes: int = FIRST_BYTES,
        memory: str = "",
    ) -> None:
        self._new_binding = new_binding
        self._shape = shape
        self._memory = memory
        self._first = _SMALLEST
        if not memory:
            self._first = max(_SMALLEST, first_bytes // shape.bytes_per_token())
        self.buffers: list[Buffer] = []
        """Keys and values of each layer in turn, float32 ``[1, heads, >= capacity, head_dim]``."""
        self._written = 0
        self.binding: Any = None
        self.capacity = 0
        self.tokens: list[int] = []
        self.settled = 0
        self.owner: object = None
        """The session that it was made for, where several sessions share a pool."""
        self._last: tuple[int, npt.NDArray[np.float32]] | None = None
        """Logits that were remembered, and after how many positions."""

    def append(self, token_ids: Sequence[int], *, settled: bool) -> None:
        """Note that one pass has written the entries of ``token_ids``, and with which bits."""
        if settled and self.settled == len(self.tokens):
            self.settled += len(token_ids)
        self.tokens.extend(token_ids)

    def reserve(self, length: int) -> None:
        """Make room for ``length`` positions in all; valid entries are kept."""
        self._written = max(self._written, length)
        if length <= self.capacity:
            return
        capacity = max(self._first, self.capacity)
        while capacity < length:
            capacity *= 2
        self._grow(min(capacity, self._shape.max_length))

    def rewind(self, length: int) -> None:
        """Keep the first ``length`` positions only."""
        del self.tokens[length:]
        self.settled = min(self.settled, length)
        if self._last is not None and self._last[0] > length:
            self._last = None

    def shared(self, token_ids: Sequence[int]) -> int:
        """How many settled positions, from the start, hold the same tokens as ``token_ids``."""
        count = 0
        for mine, wanted in zip(self.tokens[: self.settled], token_ids, strict=False):
            if mine != wanted:
                break
            count += 1
        return count

    def reuse(self, token_ids: Sequence[int]) -> int:
        """Rewind to the longest settled prefix shared with ``token_ids``; returns its length."""
        shared = self.shared(token_ids)
        self.rewind(shared)
        return shared

    def remember(self, logits: npt.NDArray[np.float32]) -> None:
        """Keep the logits ``[vocab]`` that follow the last position, if that is settled."""
        if self.settled == len(self.tokens):
            logits.setflags(write=False)
            self._last = len(self.tokens), logits

    def recall(self, token_ids: Sequence[int]) -> npt.NDArray[np.float32] | None:
        """The logits after ``token_ids`` where they are remembered; then it holds just these."""
        if self._last is None or self._last[0] != len(token_ids):
            return None
        if self.tokens[: len(token_ids)] != list(token_ids):
            return None
        self.rewind(len(token_ids))
        return self._last[1]

    def copy_prefix(self, source: KVCache, length: int) -> None:
        """Hold what ``source``, of the same session, holds in its first ``length`` positions."""
        self.rewind(0)
        self.reserve(length)
        for mine, theirs in zip(self.buffers, source.buffers, strict=True):
            mine[:, :, :length] = theirs[:, :, :length]
        self.tokens = source.tokens[:length]
        self.settled = min(length, source.settled)

    def bytes_for(self, length: int) -> int:
        """Memory that ``length`` positions take."""
        return length * self._shape.bytes_per_token()

    def size_bytes(self) -> int:
        """Memory in use: that of every position ever written."""
        return self.bytes_for(self._written)

    def _grow(self, capacity: int) -> None:
        valid = len(self.tokens)
        old = self.buffers
        self.binding = self._new_binding()
        self.buffers = bind_buffers(self.binding, self._shape, 1, capacity, self._memory)
        for mine, theirs in zip(self.buffers, old, strict=False):
            mine[:, :, :valid] = theirs[:, :, :valid]
        self.capacity = capacity


class KVBatch:
    """The keys and values of ``rows`` sequences of equal length that begin as ``source`` does."""

    def __init__(
        self,
        new_binding: Callable[[], Any],
        shape: KVShape,
        source: KVCache,
        rows: int,
        room: int,
        memory: str = "",
    ) -> None:
        self.rows = rows
        self.length = len(source.tokens)
        self.binding = new_binding()
        self._buffers = bind_buffers(self.binding, shape, rows, self.length + room, memory)
        for mine, theirs in zip(self._buffers, source.buffers, strict=True):
            mine[:, :, : self.length] = theirs[:, :, : self.length]


def bind_buffers(
    binding: Any,
    shape: KVShape,
    rows: int,
    capacity: int,
    device: str = "",
    dtype: type[np.float32 | np.int8] = np.float32,
) -> list[Buffer]:
    """Bind new buffers, each as past and present of one layer's keys or values.

    Those in the memory of a ``device`` are float32.
    """
    length = capacity + _SPARE
    size = np.dtype(dtype).itemsize * rows * shape.heads * length * shape.head_dim
    memory = None if device else _lazy_memory(2 * shape.layers * size)
    buffers: list[Buffer] = []
    for layer in range(shape.layers):
        for part in ("key", "value"):
            dimensions = (rows, shape.heads, length, shape.head_dim)
            buffer: Buffer
            if memory is None:
                buffer = DeviceBuffer(dimensions, device)
                value = buffer.value
            else:
                buffer = np.ndarray(dimensions, dtype, memory, len(buffers) * size)
                # The binding keeps the value; its memory is the buffer's, which the caller keeps.
                value = ort.OrtValue.ortvalue_from_numpy(buffer)
            binding.bind_ortvalue_input(f"past_{part}_{layer}", value)
            binding.bind_ortvalue_output(f"present_{part}_{layer}", value)
            buffers.append(buffer)
    return buffers


def _lazy_memory(size: int) -> mmap.mmap:
    """Zeroed private memory that the system provides page by page as it is written.

    Arrays of NumPy will not do: it asks for huge pages, which fill with the first byte of each.
    """
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0)
    memory = mmap.mmap(-1, size, flags=flags)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        with suppress(OSError):  # a kernel built without huge pages
            memory.madvise(mmap.MADV_NOHUGEPAGE)
    return memory

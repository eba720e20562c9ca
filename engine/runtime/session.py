"""The ONNX Runtime session of one exported decoder, and one forward pass of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from engine.cancel import CancelToken
from engine.errors import DeviceUnusable, GenerationFailed, ModelDamaged
from engine.runtime.kv_cache import FIRST_BYTES, KVBatch, KVCache, KVShape
from engine.runtime.providers import CPU, DeviceWish, open_on_device

_PROVIDERS = ["CPUExecutionProvider"]


class ForwardCancelled(Exception):
    """A forward pass was stopped by its cancel token; the cache is as before the pass."""


class Decoder(Protocol):
    """What the decoding of one answer asks of a session."""

    @property
    def shape(self) -> KVShape:
        """The shape of its caches."""
        ...

    def forward(
        self,
        cache: KVCache,
        token_ids: list[int],
        num_logits: int,
        cancel: CancelToken,
        *,
        exact: bool = False,
    ) -> npt.NDArray[np.float32]:
        """See ``DecoderSession``."""
        ...


class DecoderSession:
    """A loaded decoder graph: token ids in, logits out, keys and values written into a cache.

    The providers are named explicitly, since ONNX Runtime's own choice includes one that talks to
    a network service. ``device`` is the title of what multiplies the matrices; where that is not
    what ``wish`` asks for, ``notice`` says why, and the processor does all.

    Raises:
        ModelDamaged: ONNX Runtime cannot open the graph or its weights.
    """

    def __init__(
        self,
        model_dir: Path,
        shape: KVShape,
        vocab_size: int,
        threads: int,
        wish: DeviceWish = DeviceWish.CPU,
    ) -> None:
        ort.disable_telemetry_events()
        graph = model_dir / "model.onnx"
        started = time.perf_counter()
        self.device, self._memory, self._longest_pass = CPU, "", 0
        self.notice: DeviceUnusable | None = None
        on_device = None
        try:
            on_device = open_on_device(
                graph, shape.heads, shape.head_dim, lambda: session_options(threads), wish
            )
        except DeviceUnusable as error:
            self.notice = error
        if on_device is not None:
            self._session = on_device.session
            self.device, self._memory = on_device.title, on_device.memory
            self._longest_pass = on_device.longest_pass
        else:
            try:
                self._session = ort.InferenceSession(
                    str(graph), session_options(threads), providers=_PROVIDERS
                )
            # ONNX Runtime's errors have no common base but Exception.
            except Exception as error:
                raise ModelDamaged(model_dir, "ONNX Runtime cannot open it") from error
        self.load_ms = (time.perf_counter() - started) * 1000
        self.shape = shape
        self.vocab_size = vocab_size
        self.threads = threads

    def providers(self) -> list[str]:
        """The execution providers in use."""
        return list(self._session.get_providers())

    def new_cache(self, first_bytes: int = FIRST_BYTES) -> KVCache:
        """An empty cache for one sequence; ``first_bytes`` of address space to begin with."""
        return KVCache(self._session.io_binding, self.shape, first_bytes, self._memory)

    def forward(
        self,
        cache: KVCache,
        token_ids: list[int],
        num_logits: int,
        cancel: CancelToken,
        *,
        exact: bool = False,
    ) -> npt.NDArray[np.float32]:
        """Run ``token_ids`` after the cache's content and append them to it.

        Returns the logits of the last ``num_logits`` positions, float32 ``[num_logits, vocab]``;
        the array is the caller's own. With ``exact`` a pass of one token gives the same bits as a
        longer one, at the cost of one of two: kernels of their own for one row round differently.

        Raises:
            ForwardCancelled: the token was set; the cache's length is unchanged.
            GenerationFailed: the runtime failed; the cache's length is unchanged.
        """
        if 0 < self._longest_pass < len(token_ids):
            return self._forward_in_parts(cache, token_ids, num_logits, cancel)
        total = len(cache.tokens) + len(token_ids)
        room = total < self.shape.max_length
        # The second row is there for the kernels only: what it writes lies behind what counts.
        padding = token_ids if exact and len(token_ids) == 1 and room else []
        total += len(padding)
        cache.reserve(total)
        logits = np.empty((1, num_logits + len(padding), self.vocab_size), dtype=np.float32)
        self.run_pass(cache.binding, [[*token_ids, *padding]], total, logits, cancel)
        cache.append(token_ids, settled=len(token_ids) + len(padding) > 1)
        result: npt.NDArray[np.float32] = logits[0, :num_logits]
        return result

    def _forward_in_parts(
        self, cache: KVCache, token_ids: list[int], num_logits: int, cancel: CancelToken
    ) -> npt.NDArray[np.float32]:
        """As ``forward``, in several passes."""
        before, step = len(cache.tokens), self._longest_pass
        first = len(token_ids) - num_logits
        found = []
        try:
            for start in range(0, len(token_ids), step):
                part = token_ids[start : start + step]
                wanted = min(len(part), max(0, start + len(part) - first))
                logits = self.forward(cache, part, max(1, wanted), cancel, exact=True)
                found.append(logits[-wanted:] if wanted else logits[:0])
        except (ForwardCancelled, GenerationFailed):
            cache.rewind(before)
            raise
        return np.concatenate(found)

    def new_batch(self, source: KVCache, rows: int, room: int) -> KVBatch:
        """``rows`` copies of what ``source`` holds, each with ``room`` for more positions."""
        return KVBatch(self._session.io_binding, self.shape, source, rows, room, self._memory)

    def forward_batch(
        self, batch: KVBatch, token_ids: list[int], cancel: CancelToken
    ) -> npt.NDArray[np.float32]:
        """Run one token of each row after what the batch holds, in one pass.

        Returns the logits after each, float32 ``[rows, vocab]``, with the bits that ``forward``
        gives for that row alone. Raises as ``forward``.
        """
        logits = np.empty((batch.rows, 1, self.vocab_size), dtype=np.float32)
        rows = [[token] for token in token_ids]
        self.run_pass(batch.binding, rows, batch.length + 1, logits, cancel)
        batch.length += 1
        result: npt.NDArray[np.float32] = logits[:, 0]
        return result

    def run_pass(
        self,
        binding: Any,
        rows: list[list[int]],
        total: int,
        logits: npt.NDArray[np.float32],
        cancel: CancelToken,
        graph: ort.InferenceSession | None = None,
    ) -> None:
        """One pass over ``rows`` of new tokens that end at position ``total``; fills ``logits``.

        With ``graph`` in a session on another form of the model, to which ``binding`` belongs.
        """
        inputs = {
            "input_ids": np.array(rows, dtype=np.int64),
            "seqlens_k": np.full(len(rows), total - 1, dtype=np.int32),
            "total_sequence_length": np.array(total, dtype=np.int32),
            "num_logits": np.array([logits.shape[1]], dtype=np.int64),
        }
        for name, value in inputs.items():
            binding.bind_cpu_input(name, value)
        output = ort.OrtValue.ortvalue_from_numpy(logits)
        binding.bind_ortvalue_output("logits", output)
        run_options = ort.RunOptions()
        run_options.log_severity_level = 4
        cancel.on_cancel(lambda: setattr(run_options, "terminate", True))
        if cancel.cancelled():
            raise ForwardCancelled
        try:
            (graph or self._session).run_with_iobinding(binding, run_options)
        # As above: no common base class.
        except Exception as error:
            if cancel.cancelled():
                raise ForwardCancelled from error
            raise GenerationFailed(
                "The model stopped with an error while generating. Your text is unchanged. "
                f"Try again; if it happens again, restart Inkling. ({error})"
            ) from error


def session_options(threads: int) -> ort.SessionOptions:
    """New options for a session on so many threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    return options

"""llama.cpp through the C functions that llama-cpp-python binds, timed as Inkling's engine is.

The functions themselves and not the package's classes, which copy logits and cost time in Python:
what is compared is llama.cpp at its best. The greedy choice is NumPy's, for both engines.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import numpy.typing as npt

_BATCH = 2048
"""Tokens of one call; llama.cpp reads them in passes of 512, its default."""


_SILENT = llama_cpp.llama_log_callback(lambda *_: None)
"""Instead of llama.cpp's log: what fails is told by what its functions return."""


class Llama:
    """One model and one sequence. Times are in seconds."""

    def __init__(self, gguf: Path, threads: int, context: int) -> None:
        llama_cpp.llama_log_set(_SILENT, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        started = time.perf_counter()
        options = llama_cpp.llama_model_default_params()
        self._model = llama_cpp.llama_load_model_from_file(str(gguf).encode(), options)
        if not self._model:
            raise OSError(f"llama.cpp cannot open {gguf.name}")
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = context
        settings.n_batch = _BATCH
        settings.n_threads = settings.n_threads_batch = threads
        self._context = llama_cpp.llama_new_context_with_model(self._model, settings)
        if not self._context:
            raise MemoryError(f"llama.cpp cannot make a context of {context} tokens")
        self._load_s = time.perf_counter() - started
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._size = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        self._read: list[int] = []

    def load_s(self) -> float:
        """Opening the file and making a context."""
        return self._load_s

    def about(self) -> Mapping[str, str]:
        """The versions of what runs."""
        return {"llama-cpp-python": version("llama-cpp-python")}

    def tokens(self, text: str) -> list[int]:
        """The token ids of a text without special tokens."""
        given = text.encode()
        ids = (llama_cpp.llama_token * (len(given) + 8))()
        count = llama_cpp.llama_tokenize(
            self._vocabulary, given, len(given), ids, len(ids), False, False
        )
        return list(ids[:count])

    def prefill_s(self, ids: Sequence[int]) -> float:
        """Reading a prompt up to the choice of the first token."""
        self._rewind(0)
        started = time.perf_counter()
        self._forward(ids)
        self._best()
        return time.perf_counter() - started

    def decode_per_s(self, ids: Sequence[int], tokens: int) -> float:
        """Tokens a second after the first; the prompt stays in the cache for the next time."""
        kept = len(ids) - 1 if self._read[: len(ids)] == list(ids) else 0
        self._rewind(kept)
        self._forward(ids[kept:])
        token = self._best()
        started = time.perf_counter()
        for _ in range(tokens - 1):
            self._forward([token])
            token = self._best()
        return (tokens - 1) / (time.perf_counter() - started)

    def peak_bytes(self) -> int | None:
        """The most memory this process has had; None where the system does not tell."""
        if sys.platform == "win32":
            return None
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024

    def _rewind(self, length: int) -> None:
        llama_cpp.llama_memory_seq_rm(self._memory, 0, length, -1)
        del self._read[length:]

    def _forward(self, ids: Sequence[int]) -> None:
        for part in _parts(ids, _BATCH):
            tokens = (llama_cpp.llama_token * len(part))(*part)  # the batch only points to it
            batch = llama_cpp.llama_batch_get_one(tokens, len(part))
            if llama_cpp.llama_decode(self._context, batch) != 0:
                raise RuntimeError("llama.cpp failed")
            self._read += part

    def _logits(self) -> npt.NDArray[np.float32]:
        """Of the last token: float32 ``[vocab]``, valid until the next pass."""
        pointer: Any = llama_cpp.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, (self._size,))

    def _best(self) -> int:
        return int(self._logits().argmax())


def _parts(ids: Sequence[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])

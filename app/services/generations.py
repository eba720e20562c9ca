"""What the model was asked lately and what it gave, so that text in the page can be traced to it.

Every request goes through here, whoever makes it; a text that is put into the page is looked up by
its request, or by its words: those of a suggestion together with the words before it, since the
prompt of a suggestion is just these.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.core.provenance.sources import Circumstances, Recipe, prompt_hash
from app.core.version import inkling_version, library_version
from engine import (
    ChunkCallback,
    EngineStatus,
    FinishReason,
    ForwardingEngine,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    TextEngine,
)

_UNFINISHED = (FinishReason.CANCELLED, FinishReason.TIME, FinishReason.ERROR)
_MOST = 400
"""Requests that are remembered: a few megabytes of prompts."""
_AROUND = (40, 20, 10, 5)
_LEAST = 8
"""Fewer code points say nothing of which answer they are from."""
_CONTEXT = 160
"""Code points before a suggestion by which it is recognised."""


@dataclass(slots=True)
class _Asked:
    request: GenerationRequest
    text: list[str] = field(default_factory=list)
    result: GenerationResult | None = None
    circumstances: Circumstances = field(default_factory=Circumstances)

    def outputs(self) -> Iterator[str]:
        """The answer as far as it came, and its alternatives."""
        if self.result is None:
            yield "".join(self.text)
        else:
            yield self.result.text
            yield from (other.text for other in self.result.alternatives)


@dataclass(frozen=True, slots=True)
class Piece:
    """So many code points of a text, and how they were made, where that is known."""

    length: int
    recipe: Recipe | None


class GenerationLog:
    """The last requests with their answers; used from any thread."""

    def __init__(self) -> None:
        self._asked: OrderedDict[int, _Asked] = OrderedDict()
        self._lock = threading.Lock()
        self._program = inkling_version()
        self._runtime = library_version("onnxruntime") or ""

    def begin(self, request: GenerationRequest, status: EngineStatus) -> None:
        """A request was made."""
        if request.max_tokens == 0:
            return  # it only reads
        with self._lock:
            self._asked[request.request_id] = _Asked(
                request, circumstances=self.circumstances(request, status)
            )
            while len(self._asked) > _MOST:
                self._asked.popitem(last=False)

    def add(self, chunk: GenerationChunk, status: EngineStatus) -> None:
        """Some of an answer came, or its end."""
        with self._lock:
            asked = self._asked.get(chunk.request_id)
            if asked is None:
                return
            if chunk.text:
                asked.text.append(chunk.text)
            if chunk.result is not None:
                self._end(asked, chunk.result, status)

    def end(self, result: GenerationResult, status: EngineStatus) -> None:
        """An answer came as a whole."""
        with self._lock:
            asked = self._asked.get(result.request_id)
            if asked is not None:
                self._end(asked, result, status)

    def suggested(self, before: str, text: str) -> list[Piece]:
        """How ``text``, which was suggested after ``before``, was made: its pieces in order."""
        pieces: list[Piece] = []
        context, rest = before[-_CONTEXT:], text
        with self._lock:
            newest_first = list(reversed(self._asked.values()))
        while rest:
            length, recipe = _made(context, rest, newest_first)
            pieces.insert(0, Piece(length, recipe))
            rest = rest[: len(rest) - length]
        return pieces

    def answered(self, text: str, request_id: int | None = None) -> Recipe | None:
        """How ``text`` was made: by that request, or the last one whose answer has it."""
        with self._lock:
            known = self._asked.get(request_id) if request_id is not None else None
            newest_first = list(reversed(self._asked.values()))
        words = text.strip()
        if known is not None:
            choice = next((n for n, out in enumerate(known.outputs()) if words in out), 0)
            return _recipe(known, choice)
        if not words:
            return None
        for asked in newest_first:
            for choice, output in enumerate(asked.outputs()):
                if words in output:
                    return _recipe(asked, choice)
        return None

    def with_words(self, before: str, words: str, whole: str) -> Recipe | None:
        """How ``words``, a part of ``whole`` after about ``before``, were made.

        ``whole`` is put together from several answers: the last one that has the words with what
        stands beside them there, as much of it as can be found.
        """
        place = _place(before, words, whole)
        if place is None:
            return None
        for around in _AROUND:
            start, end = max(0, place - around), place + len(words) + around
            start = max(start, whole.rfind("\n", 0, place) + 1)
            line_end = whole.find("\n", place + len(words))
            needle = whole[start : end if line_end < 0 else min(end, line_end)].strip()
            if len(needle) >= _LEAST and (recipe := self.answered(needle)) is not None:
                return recipe
        return None

    def _end(self, asked: _Asked, result: GenerationResult, status: EngineStatus) -> None:
        asked.result = result
        asked.circumstances = self.circumstances(asked.request, status)
        if asked.request.sampling.seed is None:
            # From here on it can be asked again just as it was.
            sampling = replace(asked.request.sampling, seed=result.seed)
            asked.request = replace(asked.request, sampling=sampling)

    def circumstances(self, request: GenerationRequest, status: EngineStatus) -> Circumstances:
        """What would answer the request now."""
        model = status.model
        adapter = next((each for each in status.adapters if each.name == request.adapter), None)
        return Circumstances(
            model.name if model else "",
            model.sha256 if model else "",
            request.adapter,
            adapter.sha256 if adapter else "",
            status.device,
            status.threads,
            self._runtime,
            self._program,
        )


def _place(before: str, words: str, whole: str) -> int | None:
    """Where in ``whole`` the words stand: of several places the one with most of ``before``."""
    best, longest = None, -1
    at = whole.find(words)
    while at >= 0:
        same = 0
        while same < min(len(before), at) and before[-1 - same] == whole[at - 1 - same]:
            same += 1
        if same > longest:
            best, longest = at, same
        at = whole.find(words, at + 1)
    return best


def _made(context: str, text: str, newest_first: Sequence[_Asked]) -> tuple[int, Recipe | None]:
    """How the end of ``text`` was made, and how many code points that is."""
    wanted = context + text
    for asked in newest_first:
        prompt = asked.request.prompt
        if not isinstance(prompt, str):
            continue
        for choice, output in enumerate(asked.outputs()):
            whole = prompt + output
            # A prompt that begins later than the words before the text has fewer of them.
            needle = wanted[-len(whole) :]
            end = whole.rfind(needle) + len(needle)
            if len(needle) < len(text) or end < len(needle) or end <= len(prompt):
                continue
            return min(len(text), end - len(prompt)), _recipe(asked, choice)
    return len(text), None


def _recipe(asked: _Asked, choice: int) -> Recipe | None:
    if asked.request.sampling.seed is None:
        # Taken while it came: its seed is not known yet.
        return None
    return Recipe(
        asked.circumstances,
        prompt_hash(asked.request.prompt),
        list(asked.outputs())[choice],
        asked.result is not None and asked.result.finish_reason not in _UNFINISHED,
        choice,
        asked.request,
    )


class LoggedEngine(ForwardingEngine):
    """Implements ``TextEngine`` by an engine, and notes in a log what that is asked and gives."""

    def __init__(self, engine: TextEngine, log: GenerationLog) -> None:
        super().__init__(engine)
        self._log = log

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``."""
        self._log.begin(request, self._engine.status())

        def heard(chunk: GenerationChunk) -> None:
            self._log.add(chunk, self._engine.status())
            on_chunk(chunk)

        self._engine.submit(request, heard)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """See ``TextEngine``."""
        self._log.begin(request, self._engine.status())
        result = self._engine.generate(request)
        self._log.end(result, self._engine.status())
        return result

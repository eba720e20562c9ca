"""The engine's one narrow face: a protocol, frozen requests and results.

Everything here crosses threads, so everything is immutable. Callbacks are called on the engine's
own thread and must return quickly.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from engine.cancel import CancelToken
from engine.errors import EngineError

_request_ids = itertools.count(1)


class Lane(StrEnum):
    """A stream of requests in which the newest replaces the older; declared by priority."""

    COMPLETE = "complete"
    REWRITE = "rewrite"
    CHAT = "chat"
    READ = "read"
    """Reading ahead: what is to be in the cache before anybody asks."""
    CHECK = "check"
    """Reading a whole text through, which gives way to all that a person waits for."""


class Role(StrEnum):
    """Who speaks in a conversation."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class FinishReason(StrEnum):
    """Why a generation ended."""

    STOP = "stop"
    """The model's end token, or one of the request's stop strings."""
    LENGTH = "length"
    """``max_tokens`` were generated, or the context is full."""
    TIME = "time"
    """``max_ms`` were spent."""
    CANCELLED = "cancelled"
    """Cancelled, replaced by a newer request of its lane, or the engine closed."""
    ERROR = "error"
    """It failed; ``GenerationChunk.error`` says how."""


class EngineState(StrEnum):
    """What the engine is doing."""

    LOADING = "loading"
    READY = "ready"
    THINKING = "thinking"
    FAILED = "failed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SamplingParams:
    """How the next token is chosen from the logits; the default is greedy decoding.

    ``temperature`` 0 means greedy. ``top_k`` 0, ``top_p`` 1 and ``min_p`` 0 switch that filter
    off. ``repetition_penalty`` is CTRL's (Keskar et al. 2019), over the last ``repetition_window``
    tokens of prompt and answer. ``seed`` None picks one at random; the result says which.
    ``avoid`` are words and phrases that do not come, in any case of their letters, each as a word
    of its own.
    """

    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    repetition_window: int = 256
    seed: int | None = None
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn of a conversation."""

    role: Role
    content: str


Prompt = str | tuple[ChatMessage, ...]
"""Plain text to continue, or a conversation to answer."""


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One thing to generate.

    ``prompt`` is plain text to continue (too long: its end is kept) or chat messages (too long: the
    oldest turns are dropped, system message and last message are kept). With ``max_tokens`` 0 the
    prompt is only read, so that a later request that begins like it finds it in the cache.
    ``heal`` lets the first tokens re-spell the last, unfinished word of a plain prompt. ``max_ms``
    is a time budget in milliseconds from when the prompt is read, 0 for none. ``logprobs`` asks for
    the log-probability of each chosen token and that many alternatives; None for neither.
    ``speculation`` drafts tokens from the prompt and verifies several in one pass: the same choice
    from the same logits, sooner where the answer copies much of the prompt. ``alternatives`` is how
    many answers are wanted in all, each beginning with another token; they are made together, and
    the first is the one that is streamed and that a request for one would get. With ``gate`` above
    0 only words come that are at least so probable, given those before them and the letters typed,
    and a space after the last one where one is likely; the sampling does not matter then. With
    ``word_done`` the prompt's last word is known to have ended. ``revision`` comes back unchanged.
    ``adapter`` is the name of the adapter that answers, "" for the model as it is; where it has to
    be made ready first (``EngineStatus.adapters`` says how far that is), this request waits for it
    and no other does.
    """

    prompt: Prompt
    lane: Lane = Lane.CHAT
    max_tokens: int = 256
    max_ms: float = 0.0
    sampling: SamplingParams = field(default_factory=SamplingParams)
    stop: tuple[str, ...] = ()
    heal: bool = False
    logprobs: int | None = None
    speculation: bool = False
    alternatives: int = 1
    gate: float = 0.0
    word_done: bool = False
    revision: int = 0
    adapter: str = ""
    request_id: int = field(default_factory=lambda: next(_request_ids))


@dataclass(frozen=True, slots=True)
class PromptSize:
    """What of a model's context a prompt takes: ``tokens`` of at most ``limit``.

    The limit leaves room for the answer; to keep it, the oldest ``dropped`` messages of a
    conversation are left out and not counted.
    """

    tokens: int
    limit: int
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A token with its natural-log probability and the most probable alternatives, best first."""

    token_id: int
    text: str
    logprob: float
    top: tuple[tuple[int, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds, and tokens per second; ``reused_tokens`` came from the cache."""

    load_ms: float
    prefill_ms: float
    first_token_ms: float
    decode_tokens_per_s: float
    reused_tokens: int = 0


@dataclass(frozen=True, slots=True)
class GenerationChunk:
    """New text of a running generation; the last chunk carries ``result``."""

    request_id: int
    lane: Lane
    revision: int
    text: str
    result: GenerationResult | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer to the same prompt."""

    text: str
    token_ids: tuple[int, ...]
    finish_reason: FinishReason


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """A finished generation, whole. ``error`` is set when ``finish_reason`` is ``ERROR``.

    ``alternatives`` are the further answers that were asked for, the likeliest beginning first.
    ``confidence`` is the probability of the first word of a request with a gate, 0 without one.
    """

    request_id: int
    text: str
    token_ids: tuple[int, ...]
    finish_reason: FinishReason
    prompt_tokens: int
    seed: int
    model: str
    timings: Timings
    logprobs: tuple[TokenLogprob, ...] = ()
    error: EngineError | None = None
    alternatives: tuple[Alternative, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class PrecisionLoss:
    """What fewer bits cost: two precisions of one model, on ``tokens`` tokens of prose.

    ``divergence`` is the mean Kullback-Leibler divergence from the reference, in nats a token.
    """

    reference: str
    tokens: int
    divergence: float
    reference_perplexity: float
    perplexity: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a person may want to know of a model; ``loss`` where it was measured."""

    name: str
    path: Path
    architecture: str
    precision: str
    parameters: int
    context_length: int
    vocab_size: int
    size_bytes: int
    licence: str
    source: str
    loss: PrecisionLoss | None = None
    cache_bytes_per_token: int = 0
    """Memory that the keys and values of one token take."""
    sha256: str = ""
    """One hash of all files of the package: graph, weights, tokenizer and template."""


@dataclass(frozen=True, slots=True)
class AdapterInfo:
    """An adapter (LoRA): a small change of a model's matrices for one task.

    ``model`` is the name of the model it was made for, ``rank`` and ``alpha`` are of the change
    ``alpha / rank * up @ down`` of the matrices ``targets``. ``prompt`` has ``{text}`` where the
    text of a request goes, "" where the adapter wants no prompt of its own. ``sha256`` is that of
    its weights.
    """

    name: str
    path: Path
    task: str
    model: str
    architecture: str
    layers: int
    hidden: int
    vocab: int
    rank: int
    alpha: float
    targets: tuple[str, ...]
    prompt: str
    licence: str
    origin: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AdapterStatus:
    """An adapter that was asked for: on its way (``progress`` 0 to 1), ready, or why it is not."""

    name: str
    progress: float
    ready: bool
    error: EngineError | None = None
    sha256: str = ""
    """That of its weights, once it is ready."""


@dataclass(frozen=True, slots=True)
class CacheUsage:
    """Bytes of keys and values that are kept of earlier requests, and of how many sequences."""

    budget_bytes: int
    used_bytes: int = 0
    sequences: int = 0


@dataclass(frozen=True, slots=True)
class LongContextChoice:
    """Which keys and values decode quicker after a long context, as measured on this machine.

    ``quantised`` means those of 8 bits rather than 32. ``plain_ms`` and ``quantised_ms`` are what a
    step took either way after ``positions`` tokens, 0 where that could not be measured. An answer
    goes over to 8 bits once it has ``tokens_to_repay`` tokens.
    """

    quantised: bool
    positions: int
    plain_ms: float
    quantised_ms: float
    tokens_to_repay: int


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """A snapshot of the engine's state; ``progress`` runs from 0 to 1 while loading.

    ``cache`` is as it was when the last request ended.
    """

    state: EngineState
    progress: float = 0.0
    lane: Lane | None = None
    model: ModelInfo | None = None
    load_ms: float = 0.0
    tokens_per_s: float = 0.0
    error: EngineError | None = None
    cache: CacheUsage | None = None
    device: str = ""
    """What computes: "CPU", "WebGPU", "CUDA", "DirectML" or "Core ML"; "" while loading."""
    notice: EngineError | None = None
    """Why it is not the graphics card, where one was asked for or found."""
    long_context: LongContextChoice | None = None
    """None until it was measured."""
    adapters: tuple[AdapterStatus, ...] = ()
    """Those that were asked for, by name, as far as they are still in memory."""
    threads: int = 0
    """How many compute; the last bits of a number may depend on it."""


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """Log-probability of each token of a text given those before it in its window.

    ``tokens`` excludes a first token that nothing predicts. ``perplexity`` is ``exp(mean_nll)``.
    """

    tokens: tuple[TokenLogprob, ...]
    mean_nll: float
    perplexity: float
    context: int
    stride: int


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """How probable a candidate is as the continuation of a prompt; logarithms are natural.

    ``logprob`` is the sum over the candidate's ``tokens`` tokens and ``mean_logprob`` their mean.
    ``prior_logprob`` is the same sum after prompts that say nothing (the logarithm of the mean
    probability), None where none was given. ``probability`` is the candidate's share among all
    candidates, the prior divided out where there is one; it is 1 in sum.
    """

    text: str
    tokens: int
    logprob: float
    mean_logprob: float
    prior_logprob: float | None
    probability: float


@dataclass(frozen=True, slots=True)
class WordOffer:
    """A word that may come next, or the rest of the one begun, and its probability.

    ``text`` is what of it is still to type, with the space before it where that is too.
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class WordOffers:
    """Words that may come next, the likeliest first.

    ``space`` is the probability of a space, where the last word is known to have ended.
    """

    offers: tuple[WordOffer, ...]
    space: float = 0.0


ChunkCallback = Callable[[GenerationChunk], None]
StatusCallback = Callable[[EngineStatus], None]


class TextEngine(Protocol):
    """Generates text. Safe to call from any thread; no call but ``result``-like waits blocks."""

    def status(self) -> EngineStatus:
        """The state at this moment."""
        ...

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:
        """Call ``listener`` on every change of state; returns a function that unsubscribes."""
        ...

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """Queue a request; it cancels the older one of its lane. Never blocks.

        ``on_chunk`` gets the new text as it comes and always, exactly once, a last chunk with a
        result, errors and cancellation included.
        """
        ...

    def cancel(self, request_id: int) -> None:
        """Cancel that request within one step; unknown or finished ids are ignored."""
        ...

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """Submit and wait. Raises ``EngineError`` if the generation failed."""
        ...

    def measure(self, request: GenerationRequest) -> PromptSize:
        """What ``request``'s prompt will take of the context (blocks while the model loads).

        Raises:
            InvalidRequest: nothing to answer, or a conversation for a model that only continues.
            ContextOverflow: system message and last message alone are too long.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Number of tokens of ``text``, without special tokens; raises while none is loaded."""
        ...

    def prepare_adapter(self, name: str) -> None:
        """Make an adapter ready for later requests; never blocks, and the status tells of it."""
        ...

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        """Log-probabilities of a text (blocking; meant for the command line and tools)."""
        ...

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        neutral: Sequence[Prompt] = (),
        *,
        adapter: str = "",
    ) -> tuple[CandidateScore, ...]:
        """Exact log-probabilities of ``candidates`` as continuations of ``prompt`` (blocking).

        The results are in the order of ``candidates``. ``neutral`` are prompts of the same form
        that say nothing, for instance with "N/A" for the text; given them, how probable each
        candidate is anyway is divided out (Zhao et al. 2021, Holtzman et al. 2021). Runs in the
        background, after all requests of the lanes.

        Raises:
            InvalidRequest: no candidate, an empty one, or a prompt that leaves nothing to read.
            ContextOverflow: prompt and candidate together are longer than the model's context.
        """
        ...

    def offers(
        self,
        requests: Iterable[GenerationRequest],
        progress: Callable[[int], None] | None = None,
        cancel: CancelToken | None = None,
        *,
        adapter: str = "",
    ) -> tuple[WordOffers, ...] | None:
        """The words that each of ``requests`` chooses from if it has a gate (blocking).

        For requests in the order of a text, of which each goes on where the last one began, this
        costs a few passes a word; all are read with ``adapter``. ``progress`` gets the number of
        requests done, on the engine's thread, where the requests are drawn too. None if it was
        cancelled. Runs in the background, after all requests of the lanes.
        """
        ...

    def close(self, timeout: float = 0.5) -> bool:
        """Cancel everything and end the engine thread; True if it ended in ``timeout`` seconds."""
        ...

"""What is measured and in which order: the engines take turns, so that both see the same machine.

Whatever else the machine does changes from second to second; a pair of runs shares it. Every other
pair is run the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.texts import Request, prose
from benchmarks.worker import BenchError, Worker

PREFILL = 512
DECODE = (128, 1024, 4096)
REUSE = 1024
_DECODED = 32
_CONTEXT = 4352
"""Of llama.cpp, which sets its memory aside at once: the longest prompt and some more."""
_SMALL_CONTEXT = 1024
_CHARACTERS_A_TOKEN = 6
_ENDINGS = (" and", " but", " so", " then", " where")


@dataclass(frozen=True, slots=True)
class Setting:
    """The same for both engines; ``gguf`` None measures Inkling's alone."""

    model: Path
    gguf: Path | None
    threads: int
    repeat: int
    requests: tuple[Request, ...]
    decode: tuple[int, ...] = DECODE
    loads: int = 3


@dataclass(slots=True)
class Measured:
    """All samples of each figure, in the figure's unit, and what ran."""

    samples: dict[str, list[float]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    texts_that_differ: int = 0
    """Rewrites with speculation that are not those without, of all requests."""

    def add(self, name: str, value: float) -> None:
        """Add a sample of figure ``name``."""
        self.samples.setdefault(name, []).append(value)


def make_ours(model: Path, threads: int) -> object:
    """Inkling's engine, in a worker's process."""
    from benchmarks.ours import Ours

    return Ours(model, threads)


def make_llama(gguf: Path, threads: int, context: int) -> object:
    """llama.cpp, in a worker's process."""
    from benchmarks.llama import Llama

    return Llama(gguf, threads, context)


def measure(setting: Setting, on_step: Callable[[str], None]) -> Measured:
    """Measure everything; ``on_step`` is told what. Raises ``BenchError``."""
    measured = Measured()
    on_step("loading, and memory")
    for _ in range(setting.loads):
        with Worker(make_ours, setting.model, setting.threads) as ours:
            _load(measured, ours, "")
            prompt, ids = _prompt(setting, ours, "Memory:", PREFILL)
            ours.call("decode_per_s", prompt, 128)
            _peak(measured, ours, "")
        if setting.gguf is not None:
            with Worker(make_llama, setting.gguf, setting.threads, _SMALL_CONTEXT) as llama:
                _load(measured, llama, "llama_")
                llama.call("decode_per_s", ids, 128)
                _peak(measured, llama, "llama_")
    with Worker(make_ours, setting.model, setting.threads) as ours:
        measured.about |= ours.call("about")
        if setting.gguf is None:
            _compare(setting, measured, ours, None, on_step)
        else:
            with Worker(make_llama, setting.gguf, setting.threads, _CONTEXT) as llama:
                measured.about |= llama.call("about")
                _compare(setting, measured, ours, llama, on_step)
        on_step("first token of a completion")
        _reuse(setting, measured, ours)
        on_step("three alternatives in one batch")
        _alternatives(setting, measured, ours)
        on_step(f"rewriting {len(setting.requests)} texts, with speculation and without")
        _rewrites(setting, measured, ours)
        # Last, since it opens the weights once more.
        if setting.decode == DECODE:
            on_step("a long answer with keys and values of 8 bits")
            _long_answer(setting, measured, ours)
    return measured


def alternate(turns: Sequence[Callable[[int], None]], repeat: int) -> None:
    """Take all ``turns``, ``repeat`` times over: A B, B A, A B, ...; each is told how often."""
    for number in range(repeat):
        for turn in turns if number % 2 == 0 else reversed(turns):
            turn(number)


def _compare(
    setting: Setting,
    measured: Measured,
    ours: Worker,
    llama: Worker | None,
    on_step: Callable[[str], None],
) -> None:
    """The figures that both engines have."""
    on_step(f"prefill of {PREFILL} tokens")
    # One more than counts, to warm up: buffers are made, and the clock rises.
    numbers = range(setting.repeat + 1)
    prompts = [_prompt(setting, ours, f"{number}: prefill", PREFILL) for number in numbers]
    if llama is not None and any(llama.call("tokens", text) != ids for text, ids in prompts):
        raise BenchError("The two engines cut the same text into different tokens.")

    def prefill(prefix: str, worker: Worker, kind: int) -> Callable[[int], None]:
        def turn(number: int) -> None:
            speed = PREFILL / worker.call("prefill_s", prompts[number][kind])
            if number:
                measured.add(f"{prefix}prefill_{PREFILL}_tokens_per_s", speed)

        return turn

    turns = [prefill("", ours, 0)] + ([prefill("llama_", llama, 1)] if llama else [])
    alternate(turns, len(prompts))
    for size in setting.decode:
        on_step(f"decoding at {size} tokens")
        prompt, ids = _prompt(setting, ours, "Decode:", size)

        def decode(
            prefix: str, worker: Worker, given: str | list[int], size: int = size
        ) -> Callable[[int], None]:
            def turn(number: int) -> None:
                speed = worker.call("decode_per_s", given, _DECODED)
                if number:  # the first reads the prompt
                    measured.add(f"{prefix}decode_{size}_tokens_per_s", speed)

            return turn

        turns = [decode("", ours, prompt)] + ([decode("llama_", llama, ids)] if llama else [])
        alternate(turns, setting.repeat + 1)


def _reuse(setting: Setting, measured: Measured, ours: Worker) -> None:
    """One more typed token on a context that was just read, and a context that was not."""
    prompt, ids = _prompt(setting, ours, "Reuse:", REUSE)
    ours.call("first_text_s", prompt)
    for number in range(setting.repeat):
        typed = prompt + _ENDINGS[number % len(_ENDINGS)]
        whole, inside, reused = ours.call("first_text_s", typed)
        if reused < len(ids) - 1:
            raise BenchError(f"Only {reused} of {len(ids)} tokens were found in the cache.")
        measured.add("reuse_first_token_ms", 1000 * inside)
        measured.add("reuse_first_text_ms", 1000 * whole)
    for number in range(setting.repeat):
        fresh, _ = _prompt(setting, ours, f"{number}. Fresh", REUSE)
        whole, inside, _ = ours.call("first_text_s", fresh)
        measured.add("fresh_first_token_ms", 1000 * inside)
        measured.add("fresh_first_text_ms", 1000 * whole)


def _alternatives(setting: Setting, measured: Measured, ours: Worker) -> None:
    """One continuation and three of the same prompt, which is in the cache."""
    prompt, _ = _prompt(setting, ours, "Three:", DECODE[0])
    names = {1: "one_alternative_ms", 3: "three_alternatives_ms"}

    def alternatives(count: int) -> Callable[[int], None]:
        def turn(number: int) -> None:
            seconds = ours.call("alternatives_s", prompt, count, _DECODED)
            if number:
                measured.add(names[count], 1000 * seconds)

        return turn

    alternate([alternatives(count) for count in names], setting.repeat + 1)


def _rewrites(setting: Setting, measured: Measured, ours: Worker) -> None:
    """Each request with speculation and without, alternately first."""
    tokens = {False: 0, True: 0}
    seconds = {False: 0.0, True: 0.0}
    for number, request in enumerate(setting.requests):
        texts = {}
        for speculation in (False, True) if number % 2 else (True, False):
            ids, took = ours.call("rewrite_s", request, speculation)
            texts[speculation] = ids
            if took:
                tokens[speculation] += len(ids) - 1
                seconds[speculation] += took
        measured.texts_that_differ += texts[False] != texts[True]
    for speculation, name in ((False, "plain"), (True, "lookup")):
        speed = tokens[speculation] / max(seconds[speculation], 1e-9)
        measured.add(f"{name}_rewrite_tokens_per_s", speed)


def _long_answer(setting: Setting, measured: Measured, ours: Worker) -> None:
    """What the engine itself measures at its first long answer after a long prompt."""
    prompt, _ = _prompt(setting, ours, "Decode:", DECODE[-1])
    choice = ours.call("long_context", prompt)
    if choice is not None and choice.quantised_ms:
        measured.add("long_step_8_bits_ms", choice.quantised_ms)
        measured.add("long_step_ms", choice.plain_ms)


def _prompt(setting: Setting, ours: Worker, first: str, tokens: int) -> tuple[str, list[int]]:
    text = prose(setting.requests, _CHARACTERS_A_TOKEN * tokens)
    prompt, ids = ours.call("prompt", text, first, tokens)
    return prompt, ids


def _load(measured: Measured, worker: Worker, prefix: str) -> None:
    measured.add(f"{prefix}load_ms", 1000 * worker.call("load_s"))


def _peak(measured: Measured, worker: Worker, prefix: str) -> None:
    peak = worker.call("peak_bytes")
    if peak is not None:
        measured.add(f"{prefix}peak_memory_mb", peak / 1e6)

"""The texts that are measured with: requests to rewrite, and prose of an exact number of tokens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.worker import BenchError

SHIPPED = Path(__file__).with_name("requests.jsonl")
_EVALUATION = ("proofread.jsonl", "rewrite.jsonl")


@dataclass(frozen=True, slots=True)
class Request:
    """A text and what is to be done with it: the name of an action, or an instruction."""

    source: str
    action: str


def read_requests(path: Path) -> list[Request]:
    """Lines of JSON with ``source`` and ``action``; without an action it is proofreading."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [Request(each["source"], each.get("action", "proofread")) for each in records]


def find_requests(evaluation: Path | None, count: int) -> list[Request]:
    """``count`` requests of the files in the folder, the same number of each; or those shipped.

    Raises ``BenchError`` where the folder has none of the files.
    """
    paths = [evaluation / name for name in _EVALUATION] if evaluation else [SHIPPED]
    files = [read_requests(path) for path in paths if path.is_file()]
    if not files:
        raise BenchError(f"{evaluation} has neither {' nor '.join(_EVALUATION)}.")
    return [request for file in files for request in spread(file, -(-count // len(files)))]


def spread(items: Sequence[Request], count: int) -> list[Request]:
    """``count`` items, evenly chosen over all."""
    count = min(count, len(items))
    return [items[number * len(items) // count] for number in range(count)]


def prose(requests: Iterable[Request], characters: int) -> str:
    """The requests' texts one after the other, again and again, ``characters`` long or more."""
    text = " ".join(request.source for request in requests)
    return " ".join([text] * (1 + characters // len(text)))


def exact_prompt(
    encode: Callable[[str], list[int]],
    decode: Callable[[Sequence[int]], str],
    text: str,
    first: str,
    tokens: int,
) -> str:
    """A prompt of exactly ``tokens`` tokens that begins with ``first`` and goes on with ``text``.

    Tokens cut off at a number may be spelt by others once the rest is away; then the prose begins
    a word later. Raises ``ValueError`` where ``text`` is too short.
    """
    words = text.split()
    while words:
        ids = encode(" ".join([first, *words]))[:tokens]
        prompt = decode(ids)
        if len(ids) == tokens and encode(prompt) == ids:
            return prompt
        del words[0]
    raise ValueError(f"There is too little text for a prompt of {tokens} tokens.")

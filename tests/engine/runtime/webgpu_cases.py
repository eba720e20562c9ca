"""Runs the engine on a graphics card, in a process of its own; prints what it did as JSON.

A process of its own, since the plug-in stays registered, reads its environment once, and a driver
that crashes takes its process along.

    python webgpu_cases.py CASE DEVICE MODEL_DIRECTORY
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from engine import DeviceWish, GenerationRequest, LocalEngine, open_sockets

Report = dict[str, object]
_LONG = "The ferry leaves the island at seven, and the keeper watches it from the stairs. " * 32


def whole(engine: LocalEngine) -> Report:
    """Grow a cache beyond its first reservation, reuse, copy and rewind it, and share it."""
    prompts = (_LONG, _LONG + "It's late", _LONG[:200], _LONG[:400], _LONG)
    texts = [engine.generate(GenerationRequest(text, max_tokens=12)).text for text in prompts]
    several = engine.generate(GenerationRequest("The ferry", max_tokens=6, alternatives=3))
    return {
        "prompt_tokens": engine.count_tokens(_LONG),
        "texts": texts,
        "alternatives": [other.text for other in several.alternatives],
        "perplexity": engine.score(_LONG[:300]).perplexity,
        "sockets": open_sockets(),
    }


def short(engine: LocalEngine) -> Report:
    """The first words of a long request, which is cancelled while the next one is computed."""
    request = GenerationRequest("The old lighthouse keeper climbed the", max_tokens=400)
    pieces: list[str] = []

    def on_text(piece: str) -> None:
        pieces.append(piece)
        if len(pieces) == 3:
            threading.Timer(0.5, engine.cancel, [request.request_id]).start()

    result = engine.generate(request, on_text)
    return {"text": "".join(pieces[:3]), "ended": result.finish_reason.value}


def loading(engine: LocalEngine) -> Report:
    """Only load."""
    return {"loaded": engine.wait_until_loaded()}


_CASES: dict[str, Callable[[LocalEngine], Report]] = {
    "whole": whole,
    "short": short,
    "loading": loading,
}


def main(case: str, device: str, model: str) -> None:
    """Run one case and print its report."""
    engine = LocalEngine(Path(model), device=DeviceWish(device))
    try:
        engine.wait_until_loaded()
        report = _CASES[case](engine)
        status = engine.status()
    finally:
        engine.close(60)
    notice = str(status.notice) if status.notice else None
    print(json.dumps({"device": status.device, "notice": notice, **report}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])

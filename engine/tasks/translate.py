"""Translating, and the second line of a couplet, by a model that can; and finding out if it can.

Whether a model can is measured, not asked: how likely it finds the right translation of a few
short sentences, and whether it finds it likelier than the translations of the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams, TextEngine
from engine.cancel import CancelToken
from engine.errors import EngineError, InvalidRequest

LANGUAGES: dict[str, str] = {
    "en": "English",
    "zh": "Chinese",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "ja": "Japanese",
}
"""The languages that can be asked for, by their codes."""

_PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("The weather is good today.", "\u4eca\u5929\u5929\u6c14\u5f88\u597d\u3002"),
        (
            "My brother works in a hospital.",
            "\u6211\u54e5\u54e5\u5728\u533b\u9662\u5de5\u4f5c\u3002",
        ),
        ("Where is the train station?", "\u706b\u8f66\u7ad9\u5728\u54ea\u91cc\uff1f"),
        (
            "I bought three books yesterday.",
            "\u6211\u6628\u5929\u4e70\u4e86\u4e09\u672c\u4e66\u3002",
        ),
    ),
    "fr": (
        ("The weather is good today.", "Il fait beau aujourd'hui."),
        ("My brother works in a hospital.", "Mon fr\u00e8re travaille dans un h\u00f4pital."),
        ("Where is the train station?", "O\u00f9 est la gare ?"),
        ("I bought three books yesterday.", "J'ai achet\u00e9 trois livres hier."),
    ),
    "de": (
        ("The weather is good today.", "Das Wetter ist heute sch\u00f6n."),
        ("My brother works in a hospital.", "Mein Bruder arbeitet in einem Krankenhaus."),
        ("Where is the train station?", "Wo ist der Bahnhof?"),
        ("I bought three books yesterday.", "Ich habe gestern drei B\u00fccher gekauft."),
    ),
    "es": (
        ("The weather is good today.", "Hoy hace buen tiempo."),
        ("My brother works in a hospital.", "Mi hermano trabaja en un hospital."),
        ("Where is the train station?", "\u00bfD\u00f3nde est\u00e1 la estaci\u00f3n de tren?"),
        ("I bought three books yesterday.", "Compr\u00e9 tres libros ayer."),
    ),
    "it": (
        ("The weather is good today.", "Oggi il tempo \u00e8 bello."),
        ("My brother works in a hospital.", "Mio fratello lavora in un ospedale."),
        ("Where is the train station?", "Dov'\u00e8 la stazione?"),
        ("I bought three books yesterday.", "Ieri ho comprato tre libri."),
    ),
    "ja": (
        (
            "The weather is good today.",
            "\u4eca\u65e5\u306f\u5929\u6c17\u304c\u3044\u3044\u3067\u3059\u3002",
        ),
        (
            "My brother works in a hospital.",
            "\u5144\u306f\u75c5\u9662\u3067\u50cd\u3044\u3066\u3044\u307e\u3059\u3002",
        ),
        ("Where is the train station?", "\u99c5\u306f\u3069\u3053\u3067\u3059\u304b\u3002"),
        (
            "I bought three books yesterday.",
            "\u6628\u65e5\u3001\u672c\u3092\u4e09\u518a\u8cb7\u3044\u307e\u3057\u305f\u3002",
        ),
    ),
}
_COUPLETS = (
    ("\u6625\u98ce", "\u79cb\u6708"),
    ("\u660e\u6708\u677e\u95f4\u7167", "\u6e05\u6cc9\u77f3\u4e0a\u6d41"),
    ("\u767d\u65e5\u4f9d\u5c71\u5c3d", "\u9ec4\u6cb3\u5165\u6d77\u6d41"),
    ("\u6d77\u5185\u5b58\u77e5\u5df1", "\u5929\u6daf\u82e5\u6bd4\u90bb"),
)
_LEAST_RIGHT = 0.99
"""Share of the probability that the right translations have among all: those of a model that
translates have nearly all of it."""
_LEAST_BITS_SAVED = 0.45
"""Share of a translation's information that its source takes away, for a model that translates."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_PARAGRAPH = re.compile(r"[^\n]+|\n+")


@dataclass(frozen=True, slots=True)
class Capability:
    """What was measured: ``right`` of ``asked`` sentences had their translation as the likeliest.

    ``saved`` is the mean share of a translation's information that its source takes away.
    """

    able: bool
    right: int
    asked: int
    saved: float


def can_translate(engine: TextEngine, target: str, source: str = "en") -> Capability:
    """Whether the model translates from ``source`` to ``target``, two codes (blocking).

    Between two languages neither of which is English the worse of both with English decides.
    """
    if source == target:
        raise InvalidRequest("The text is in that language already. Choose another one.")
    if source != "en" and target != "en":
        first, second = can_translate(engine, "en", source), can_translate(engine, target)
        return min(first, second, key=lambda each: (each.able, each.saved))
    other = target if source == "en" else source
    pairs = _PAIRS[other] if source == "en" else tuple((b, a) for a, b in _PAIRS[other])
    return _measured(engine, pairs, lambda text: _plain_prompt(text, source, target))


def can_pair(engine: TextEngine) -> Capability:
    """Whether the model knows how the second line of a couplet answers the first (blocking)."""
    return _measured(engine, _COUPLETS[1:], _couplet_prompt)


def translation_request(text: str, target: str) -> GenerationRequest:
    """The request that translates one paragraph; greedy, since there is little to choose."""
    return GenerationRequest(
        prompt=(
            ChatMessage(
                Role.SYSTEM,
                "You are a translator. Answer with the translation only, and keep Markdown marks, "
                "numbers and names.",
            ),
            ChatMessage(Role.USER, f"Translate into {LANGUAGES[target]}:\n\n{text.strip()}"),
        ),
        lane=Lane.CHAT,
        max_tokens=64 + len(text.encode()),
        sampling=SamplingParams(repetition_penalty=1.05, seed=0),
    )


def translated(
    text: str,
    target: str,
    engine: TextEngine,
    *,
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[str]:
    """The translation, paragraph by paragraph (each step blocks); line breaks as they were."""
    pieces = _PARAGRAPH.findall(text)
    for number, piece in enumerate(pieces, 1):
        if cancel is not None and cancel.cancelled():
            return
        yield piece if not piece.strip() else _answer(engine, translation_request(piece, target))
        if progress is not None:
            progress(number / len(pieces))


def couplet_request(first: str, *, seed: int | None = None) -> GenerationRequest:
    """The request for a second line to ``first``: as many characters, each answering its own."""
    line = first.strip()
    if not _HAN.search(line):
        raise InvalidRequest("A couplet begins with a line in Chinese. Write or select one first.")
    return GenerationRequest(
        prompt=_couplet_prompt(line),
        lane=Lane.CHAT,
        max_tokens=3 * len(line) + 8,
        sampling=SamplingParams(temperature=0.8, top_k=40, top_p=0.9, seed=seed),
        stop=("\n",),
        alternatives=4,
    )


def fits_couplet(first: str, second: str) -> bool:
    """Whether a second line has as many Chinese characters as the first, and repeats none of it."""
    one, two = _HAN.findall(first), _HAN.findall(second)
    return len(one) == len(two) and not any(a == b for a, b in zip(one, two, strict=True))


def language_of(text: str) -> str:
    """``zh``, ``ja`` or ``en`` by the script; other languages in Latin letters count as English."""
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    han = len(_HAN.findall(text))
    return "zh" if 3 * han > len(text.replace(" ", "")) else "en"


def _plain_prompt(text: str, source: str, target: str) -> str:
    return f"{LANGUAGES[source]}: {text}\n{LANGUAGES[target]}:"


def _couplet_prompt(line: str) -> str:
    first, second = _COUPLETS[0]
    above, below = "\u4e0a\u8054\uff1a", "\u4e0b\u8054\uff1a"
    return f"{above}{first}\n{below}{second}\n\n{above}{line}\n{below}"


def _measured(
    engine: TextEngine, pairs: tuple[tuple[str, str], ...], prompt: Callable[[str], str]
) -> Capability:
    rights = [right for _, right in pairs]
    spaced = [text if prompt("")[-1] == "\uff1a" else " " + text for text in rights]
    right, saved, share = 0, 0.0, 0.0
    for number, (text, _) in enumerate(pairs):
        scores = engine.score_candidates(prompt(text), spaced, (prompt("..."),))
        best = max(range(len(scores)), key=lambda at: scores[at].probability)
        right += best == number
        mine = scores[number]
        share += mine.probability / len(pairs)
        saved += (1 - mine.logprob / (mine.prior_logprob or -math.inf)) / len(pairs)
    able = right == len(pairs) and share >= _LEAST_RIGHT and saved >= _LEAST_BITS_SAVED
    return Capability(able, right, len(pairs), saved)


def _answer(engine: TextEngine, request: GenerationRequest) -> str:
    result = engine.generate(request)
    if not result.text.strip():
        raise EngineError("The model gave no translation. Your text is unchanged; try again.")
    return result.text.strip()

"""Several ideas or ways to go on at once, made together and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from engine.api import GenerationRequest, GenerationResult, Lane, SamplingParams
from engine.errors import InvalidRequest
from engine.library.words import content_words

_CONTEXT_CHARACTERS = 2_400
_ALIKE = 0.6
"""Texts that share more of their words than this say the same."""
_TOKENS = {"continuations": 48, "ideas": 40}
_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)]*(?=\s|$)|[\u3002\uff01\uff1f]")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*+\u2022])\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
MOST_AT_ONCE = 8
"""What the engine makes together."""


class BrainstormKind(StrEnum):
    """What is wanted."""

    CONTINUATIONS = "continuations"
    """Ways to go on from the text."""
    IDEAS = "ideas"
    """Short ideas about a subject."""


def brainstorm_request(
    text: str, kind: BrainstormKind, count: int, *, seed: int | None = None, adapter: str = ""
) -> GenerationRequest:
    """The request whose answer and alternatives are the ideas.

    For continuations ``text`` is what to go on from, for ideas the subject. ``count`` is from 1 to
    ``MOST_AT_ONCE``. Raises ``InvalidRequest`` where there is nothing to go on.
    """
    if not text.strip():
        raise InvalidRequest("There is nothing to go on. Write or select a few words first.")
    if kind is BrainstormKind.CONTINUATIONS:
        prompt = text[-_CONTEXT_CHARACTERS:].rstrip(" ")
    else:
        prompt = _ideas_prompt(" ".join(text[:_CONTEXT_CHARACTERS].split()))
    return GenerationRequest(
        prompt=prompt,
        lane=Lane.CHAT,
        max_tokens=_TOKENS[kind.value],
        sampling=SamplingParams(
            temperature=0.9, top_k=60, top_p=0.95, repetition_penalty=1.1, seed=seed
        ),
        stop=("\n",),
        alternatives=max(1, min(MOST_AT_ONCE, count)),
        adapter=adapter if kind is BrainstormKind.CONTINUATIONS else "",
    )


def _ideas_prompt(subject: str) -> str:
    # What the examples are like the answers will be: short, and each of another kind.
    if _HAN.search(subject):
        return (
            "\u5173\u4e8e\u201c\u793e\u533a\u82b1\u56ed\u201d\u7684\u70b9\u5b50\uff1a\n"
            "- \u7ed9\u6bcf\u5757\u5730\u6302\u4e0a\u79cd\u690d\u8005\u7684\u540d\u5b57\u3002\n"
            "- \u529e\u4e00\u6b21\u79cd\u5b50\u4ea4\u6362\u4f1a\u3002\n\n"
            f"\u5173\u4e8e\u201c{subject}\u201d\u7684\u70b9\u5b50\uff1a\n-"
        )
    return (
        "Ideas for a community garden:\n"
        "- Hang a sign with the grower's name on every plot.\n"
        "- Swap seeds with the school on a Saturday in March.\n"
        "- Build one long table where everybody eats in August.\n\n"
        "Ideas for a story about a lighthouse:\n"
        "- The keeper is afraid of the dark.\n"
        "- A ship answers the light, but it sank forty years ago.\n"
        "- The light is to be sold, and only the gulls object.\n\n"
        f"Ideas for {subject.rstrip('.:')}:\n-"
    )


def ideas_of(result: GenerationResult, kind: BrainstormKind, before: str = "") -> tuple[str, ...]:
    """What came, tidied: whole sentences where there are any, none that says what another does.

    ``before`` is the text that continuations go on from; they begin with a space where it needs
    one.
    """
    texts = [result.text, *(each.text for each in result.alternatives)]
    tidied = (_tidied(each, kind) for each in texts)
    kept = distinct(each for each in tidied if each)
    if kind is BrainstormKind.CONTINUATIONS:
        return tuple(_joined(each, before) for each in kept)
    return tuple(kept)


def distinct(texts: Iterable[str], known: Sequence[str] = ()) -> list[str]:
    """Those of ``texts`` that are like none before them and none of ``known``."""
    seen = [content_words(each) for each in known]
    kept = []
    for text in texts:
        mine = content_words(text)
        alike = (len(mine & other) / max(1, len(mine | other)) for other in seen)
        if any(share > _ALIKE for share in alike):
            continue
        seen.append(mine)
        kept.append(text)
    return kept


def _tidied(text: str, kind: BrainstormKind) -> str:
    text = text.split("\n", 1)[0]
    ends = [match.end() for match in _END.finditer(text)]
    if kind is BrainstormKind.IDEAS:
        text = _NUMBER.sub("", text).strip()
        ends = [match.end() for match in _END.finditer(text)]
        return text[: ends[0]] if ends else text
    return text[: ends[-1]] if ends else text.rstrip()


def _joined(text: str, before: str) -> str:
    return text.lstrip() if not before or before[-1:].isspace() else text

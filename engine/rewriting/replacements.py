"""Phrases of an action that are replaced by rule: a list is right where a small model is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_VOWEL = re.compile(r"\b([Aa])(n?) (?=(\w))")
_HARD = re.compile(r"(?:uni|use|usu|euro|one|once|hour|honest|hono)", re.IGNORECASE)


_CONTRACTED = re.compile(r"'(?:s|m|re|ve|ll|d)$")
_WORD_FOLLOWS = re.compile(r"\s+\w")
_HELD_BEFORE = re.compile(r"(?:\b(?:not|as|so|how|too|no|never|thank you)|n['\u2019]t)\s+$", re.I)
_HELD_AFTER = re.compile(r"\s+(?:much|few|than|same|well|best|first|last)\b", re.IGNORECASE)


def _spare(before: str, after: str) -> bool:
    """Whether one word between them can be left out: "not very" is not "not"."""
    return not _HELD_BEFORE.search(before) and not _HELD_AFTER.match(after)


def replaced(text: str, table: Mapping[str, str]) -> str:
    """``text`` with the phrases of ``table`` replaced, the longest first.

    They are whole words. A phrase without capitals is found however it is written, and what stands
    for it begins as it did; one with capitals is found only so. Before what is left out at the
    beginning of a sentence the next word takes over the capital.
    """
    if not table:
        return text
    pattern, lower = _compiled(tuple(table.items()))

    def put(match: re.Match[str]) -> str:
        found = match.group()
        key = " ".join(found.casefold().replace("\u2019", "'").split())
        new = table.get(found, lower.get(key, found))
        after = text[match.end() :]
        if _CONTRACTED.search(new) and not _WORD_FOLLOWS.match(after):
            return found  # "what it is." has no short form
        if not new and " " not in found and not _spare(text[: match.start()], after):
            return found
        if not new:
            return "\0" if found[:1].isupper() else ""
        return new[:1].upper() + new[1:] if found[:1].isupper() else new

    result = pattern.sub(put, text)
    if result == text:
        return text
    result = re.sub(r"\0[ ,]*(\w?)", lambda match: match[1].upper(), result)
    result = re.sub(r" {2,}", " ", result)
    result = re.sub(r" +([,.;:!?])", r"\1", result)
    result = re.sub(r",+([,.])", r"\1", result)
    return _articles(text, result).strip()


@lru_cache(maxsize=32)
def _compiled(items: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    phrases = sorted((phrase for phrase, _ in items), key=len, reverse=True)
    parts = []
    for phrase in phrases:
        words = re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['\u2019]")
        edges = (r"(?<![\w'\u2019-])" if phrase[:1].isalnum() else "",
                 r"(?![\w'\u2019-])" if phrase[-1:].isalnum() else "")  # fmt: skip
        body = edges[0] + words + edges[1]
        parts.append(body if phrase != phrase.lower() else f"(?i:{body})")
    lower = {
        " ".join(phrase.casefold().replace("\u2019", "'").split()): new for phrase, new in items
    }
    return re.compile("|".join(parts)), lower


def _articles(source: str, result: str) -> str:
    """``result`` with "a" and "an" as the words after them want it, where these are new."""
    before = set(re.findall(r"\ban? \w+", source, re.IGNORECASE))

    def fit(match: re.Match[str]) -> str:
        rest = result[match.end() : match.end() + 20]
        word = re.match(r"\w+", rest)
        if word is None or f"{match.group()}{word.group()}" in before:
            return match.group()
        vowel = rest[0] in "aeiouAEIOU"
        if _HARD.match(rest):
            vowel = rest[0] in "hH"
        return f"{match[1]}{'n' if vowel else ''} "

    return _VOWEL.sub(fit, result)

"""Mistakes with marks and capitals: apostrophes, run-on sentences, comma splices."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from engine.train.mistakes.grammar import noun_tag
from engine.train.mistakes.words import STARTERS, Words, put, small, starts

_CONTRACTED = ("n't", "'re", "'ve", "'ll", "'m", "'d", "'s")


def apostrophe(words: Words, _chance: Random) -> list[Words]:
    """An apostrophe left out, put into a plural or in the wrong place."""
    found: list[Words] = []
    lows = [word.lower for word in words]
    for index, word in enumerate(words):
        low = word.lower
        if "'" in low:
            found += [_raw(words, index, word.core.replace("'", ""))] * 2
            if low.endswith("n't") and len(low) > 4:
                found.append(_raw(words, index, word.core[:-3] + "'nt"))
            if low.endswith("'s") and low not in ("it's", "he's", "she's", "that's"):
                found.append(_raw(words, index, word.core[:-2] + "s'"))
        elif word.after.startswith("'") and low.endswith("s"):
            found.append(_with_after(words, index, word.after[1:]))
            found.append(
                _raw(_with_after(words, index, word.after[1:]), index, word.core[:-1] + "'s")
            )
        elif noun_tag(lows, index) == "NNS" and low.endswith("s"):
            found.append(_raw(words, index, word.core[:-1] + "'s"))
        if low in ("its", "it's"):
            found += [put(words, index, "it's" if low == "its" else "its")] * 3
        if low in ("whose", "theirs", "yours", "hers", "ours"):
            found.append(_raw(words, index, word.core[:-1] + "'s" if low != "whose" else "who's"))
    return found


def _raw(words: Words, index: int, core: str) -> Words:
    return (*words[:index], replace(words[index], core=core), *words[index + 1 :])


def _with_after(words: Words, index: int, after: str) -> Words:
    return (*words[:index], replace(words[index], after=after), *words[index + 1 :])


def run_on(words: Words, _chance: Random) -> list[Words]:
    """Two sentences with nothing between them."""
    return _joined(words, "")


def comma_splice(words: Words, _chance: Random) -> list[Words]:
    """Two sentences with a comma between them."""
    return _joined(words, ",")


def _joined(words: Words, mark: str) -> list[Words]:
    found = []
    for index in starts(words):
        if not index or words[index - 1].after != "." or words[index].before:
            continue
        first = words[index]
        if first.lower in ("and", "but", "or", "so", "because", "which"):
            continue  # with a comma that would be right
        name = first.core != "I" and first.lower not in STARTERS
        joined = replace(first, core=first.core if name or first.core == "I" else small(first))
        left = replace(words[index - 1], after=mark)
        found.append((*words[: index - 1], left, joined, *words[index + 1 :]))
    return found


def capital(words: Words, _chance: Random) -> list[Words]:
    """A capital left out, or put where none belongs."""
    found: list[Words] = []
    beginnings = set(starts(words))
    for index, word in enumerate(words):
        core = word.core
        if core == "I" or core.startswith("I'"):
            found += [_raw(words, index, core.lower())] * 3
        elif core[:1].isupper() and core[1:].islower():
            found += [_raw(words, index, core.lower())] * (1 if index in beginnings else 3)
        elif core.islower() and noun_tag([core], 0) == "NN" and len(core) > 4:
            found += [_raw(words, index, core.capitalize())] if index % 3 == 0 else []
    return found


def question(words: Words, _chance: Random) -> list[Words]:
    """A full stop where a question ends, or no mark at all at the end."""
    last = words[-1]
    if last.after == "?":
        return [_with_after(words, len(words) - 1, ".")]
    return []

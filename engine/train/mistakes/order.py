"""Words in the wrong place."""

from __future__ import annotations

from random import Random

from engine.train.mistakes.grammar import BE, MODALS, classes, is_noun, verb_tags
from engine.train.mistakes.verbs import inversion
from engine.train.mistakes.words import Words, bare, swap

_ADVERBS = frozenset(
    """always never often usually sometimes also only already just still probably even really
    almost ever recently finally not hardly rarely both all""".split()
)
_LAST = frozenset("well much carefully slowly quickly yesterday today again early late".split())


def word_order(words: Words, chance: Random) -> list[Words]:
    """Adverbs, adjectives, particles and question words where they do not belong."""
    found = inversion(words, chance)
    lows = [word.lower for word in words]
    for index in range(len(words) - 1):
        if not bare(words, index):
            continue
        one, two = lows[index], lows[index + 1]
        inside = index + 2 <= len(words)
        if one in _ADVERBS and (verb_tags(two) or two in BE):
            found += [swap(words, index, index + 1)] * 3
        if two in _ADVERBS and (one in BE | MODALS or one in ("have", "has", "had", "don't")):
            found += [swap(words, index, index + 1)] * 3
        if classes(one) == {"ADJ"} and is_noun(two):
            found += [swap(words, index, index + 1)] * 2
        if one in ("very", "too", "so", "enough", "quite") and classes(two) & {"ADJ", "ADV"}:
            found.append(swap(words, index, index + 1))
        if one in ("up", "out", "off", "down", "back", "on") and two in ("the", "my", "it"):
            found.append(swap(words, index, index + 1))
        if inside and two in _LAST and is_noun(one):
            found += _before_object(words, lows, index)
        # What editing and fast typing leave behind.
        if index and chance.random() < 0.15:
            found.append(swap(words, index, index + 1))
    return found


def _before_object(words: Words, lows: list[str], index: int) -> list[Words]:
    """``speaks good English well`` as ``speaks well good English``."""
    for verb in range(index - 1, max(index - 4, -1), -1):
        if verb_tags(lows[verb]) and bare(words, verb):
            adverb, objects = words[index + 1], words[verb + 1 : index + 1]
            if adverb.after:
                return []
            return [(*words[: verb + 1], adverb, *objects, *words[index + 2 :])] * 3
    return []

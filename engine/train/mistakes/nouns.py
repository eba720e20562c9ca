"""Mistakes around nouns: articles, number, and how much or how many."""

from __future__ import annotations

from random import Random

from engine.train.mistakes.grammar import (
    DETERMINERS,
    PREPOSITIONS,
    classes,
    form,
    is_noun,
    noun_tag,
    verb_tags,
)
from engine.train.mistakes.words import Words, add, drop, put

_UNCOUNTABLE = frozenset(
    """information advice furniture equipment homework luggage baggage news research feedback
    traffic knowledge evidence software hardware progress weather money bread music rice milk help
    work staff behaviour behavior experience stuff cutlery rubbish scenery training
    underwear paper""".split()
)
_QUANTITY = {
    "much": "many",
    "many": "much",
    "few": "little",
    "little": "few",
    "less": "fewer",
    "fewer": "less",
    "number": "amount",
    "amount": "number",
    "these": "this",
    "those": "that",
    "every": "all",
    "each": "all",
    "another": "other",
    "other": "another",
}
_IRREGULAR = {
    "people": "peoples",
    "children": "childrens",
    "men": "mans",
    "women": "womans",
    "feet": "foots",
    "teeth": "tooths",
    "mice": "mouses",
    "knives": "knifes",
    "wives": "wifes",
    "leaves": "leafs",
    "shelves": "shelfs",
    "lives": "lifes",
    "halves": "halfs",
    "criteria": "criterias",
    "sheep": "sheeps",
    "series": "serie",
}
_ONE = frozenset("a an one every each another this".split())
_SEVERAL = frozenset(
    """many few several these those two three four five six seven eight nine ten twelve twenty both
    some all most other various different hundred""".split()
)


def article(words: Words, _chance: Random) -> list[Words]:
    """An article left out, put in or taken for another."""
    found: list[Words] = []
    for index, word in enumerate(words[:-1]):
        low = word.lower
        if low in ("a", "an", "the") and not word.after and word.core != "A":
            found += [drop(words, index)] * 3
            found.append(
                put(words, index, "the" if low != "the" else _indefinite(words, index + 1))
            )
            if low != "the":
                found += [put(words, index, "an" if low == "a" else "a")] * 2
    for index in range(1, len(words)):
        before, low = words[index - 1], words[index].lower
        if before.after or words[index].before or before.lower in DETERMINERS:
            continue
        after_verb = before.lower in PREPOSITIONS or (
            verb_tags(before.lower) and before.core.islower()
        )
        if after_verb and is_noun(low):
            found.append(add(words, index, "the"))
            if low in _UNCOUNTABLE or noun_tag([low], 0) == "NN":
                found.append(add(words, index, _indefinite(words, index)))
        if before.lower == "in" and words[index].core[:1].isupper() and len(low) > 3:
            found.append(add(words, index, "the"))
    return found


def _indefinite(words: Words, index: int) -> str:
    return "an" if words[index].lower[:1] in ("a", "e", "i", "o", "u") else "a"


def plural(words: Words, _chance: Random) -> list[Words]:
    """A noun in the wrong number, or a number that things like that do not have."""
    found: list[Words] = []
    lows = [word.lower for word in words]
    for index, low in enumerate(lows):
        before = lows[index - 1] if index else ""
        if not words[index].core.islower():
            continue
        if (
            low in _UNCOUNTABLE
            and "NOUN" in classes(low)
            and before not in ("to", "i", "we", "they")
        ):
            found += [put(words, index, low + "s")] * 2
        elif noun_tag(lows, index) == "NNS":
            single = form(low, "NOUN", "NN")
            found += (
                [put(words, index, single)] * (3 if before in _SEVERAL else 1) if single else []
            )
        elif noun_tag(lows, index) == "NN" and before in _ONE:
            several = form(low, "NOUN", "NNS")
            found += [put(words, index, several)] if several else []
        if low in _IRREGULAR:
            found += [put(words, index, _IRREGULAR[low])] * 2
    return found


def quantity(words: Words, _chance: Random) -> list[Words]:
    """``much`` for ``many``, ``less`` for ``fewer``, ``this`` for ``these``."""
    found: list[Words] = []
    for index, word in enumerate(words[:-1]):
        other, next_ = _QUANTITY.get(word.lower), words[index + 1].lower
        if other and not word.after and ("NOUN" in classes(next_) or next_ == "of"):
            found.append(put(words, index, other))
    return found

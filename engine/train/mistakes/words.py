"""A sentence as words that can be replaced, left out, added and moved without hurting its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_PARTS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces: marks, the word itself (maybe nothing), marks."""

    before: str
    core: str
    after: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.core.lower()


Words = tuple[Word, ...]


def split(text: str) -> Words:
    """The words of ``text``; runs of white space count as one space."""
    words = []
    for part in text.split():
        match = _PARTS.match(part)
        before, core, after = match.groups() if match else ("", part, "")
        words.append(Word(before, core, after))
    return tuple(words)


def join(words: Words) -> str:
    """The text again."""
    return " ".join(word.before + word.core + word.after for word in words)


def like(core: str, model: str) -> str:
    """``core`` with the capital that ``model`` begins with."""
    return core[:1].upper() + core[1:] if model[:1].isupper() and model != "I" else core


def put(words: Words, index: int, core: str) -> Words:
    """Another word in that place, written with a capital where that one was."""
    old = words[index]
    return (*words[:index], replace(old, core=like(core, old.core)), *words[index + 1 :])


def drop(words: Words, index: int) -> Words:
    """Without that word; its marks go to its neighbours, its capital to the next."""
    gone, rest = words[index], list(words[index + 1 :])
    left = list(words[:index])
    if rest:
        rest[0] = replace(
            rest[0], before=gone.before + rest[0].before, core=like(rest[0].core, gone.core)
        )
    if left and gone.after:
        left[-1] = replace(left[-1], after=gone.after + left[-1].after)
    return (*left, *rest)


def add(words: Words, index: int, core: str) -> Words:
    """With one word more, before that of ``index``; at a start it takes the capital over."""
    next_ = words[index]
    if index == 0 or ends_sentence(words[index - 1]):
        first = Word(next_.before, like(core, next_.core), "")
        return (
            *words[:index],
            first,
            replace(next_, before="", core=small(next_)),
            *words[index + 1 :],
        )
    return (*words[:index], Word("", core, ""), *words[index:])


def swap(words: Words, first: int, second: int) -> Words:
    """With two words in each other's place; marks and capitals stay where they are."""
    one, two = words[first], words[second]
    changed = list(words)
    changed[first] = replace(one, core=like(small(two), one.core))
    changed[second] = replace(two, core=small(one))
    return tuple(changed)


def small(word: Word) -> str:
    """The word as it is inside a sentence, as far as that can be told."""
    core = word.core
    return core.lower() if core.lower() in STARTERS else core


def ends_sentence(word: Word) -> bool:
    """Whether a sentence ends with that word."""
    return any(mark in word.after for mark in ".!?:")


def starts(words: Words) -> Iterator[int]:
    """The first words of the sentences."""
    for index in range(len(words)):
        if index == 0 or ends_sentence(words[index - 1]):
            yield index


def bare(words: Words, index: int) -> bool:
    """Whether nothing stands between that word and the next."""
    return index + 1 < len(words) and not words[index].after and not words[index + 1].before


STARTERS = frozenset(
    """a about above after again all also although always an and another any are as at be because
    been before being both but by can could did do does during each either even every everybody
    everyone everything few finally first for from had has have he her here hers him his how however
    if in instead into is it its just last later let many maybe me meanwhile might more most much my
    neither never next no nobody none nor not nothing now of often on once one only or other our
    ours over perhaps please quite rather several she should since so some somebody someone
    something sometimes soon still such than that the their them then there these they this those
    though through thus to today together tomorrow tonight too two three under unless until up us
    usually very was we well were what when where which while who whose why will with without would
    yes yesterday yet you your yours it's that's there's he's she's they're we're you're i'm don't
    didn't doesn't isn't wasn't weren't won't can't couldn't wouldn't shouldn't let's""".split()
)
"""Words that are no names: at the start of a sentence their capital is the sentence's."""

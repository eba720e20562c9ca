"""Mistakes with small words: prepositions, words left out, doubled or taken for others."""

from __future__ import annotations

from random import Random

from engine.train.mistakes.grammar import classes, verb_tags
from engine.train.mistakes.words import Words, add, drop, put

_OTHERS = {
    "in": ("on", "at", "to", "into"),
    "on": ("in", "at", "to", "about"),
    "at": ("in", "on", "to"),
    "to": ("for", "in", "at"),
    "for": ("since", "to", "of", "during"),
    "of": ("from", "for", "in", "about"),
    "with": ("by", "of", "from"),
    "from": ("of", "by", "since"),
    "by": ("with", "from", "until", "of"),
    "about": ("of", "for", "on"),
    "into": ("in", "to"),
    "onto": ("on",),
    "during": ("while", "in", "for"),
    "since": ("from", "for"),
    "until": ("by", "till to"),
    "between": ("among", "from"),
    "through": ("by", "from"),
    "against": ("to",),
    "over": ("on",),
    "towards": ("against", "for"),
}
_NO_PREPOSITION = {
    "discuss": "about",
    "discussed": "about",
    "discussing": "about",
    "enter": "into",
    "entered": "in",
    "reach": "to",
    "reached": "to",
    "marry": "with",
    "married": "with",
    "answer": "to",
    "answered": "to",
    "contact": "to",
    "contacted": "to",
    "mention": "about",
    "mentioned": "about",
    "lack": "of",
    "lacks": "of",
    "emphasise": "on",
    "emphasize": "on",
    "request": "for",
    "requested": "for",
    "approach": "to",
    "approached": "to",
    "tell": "to",
    "told": "to",
    "ask": "to",
    "asked": "to",
    "phone": "to",
    "phoned": "to",
    "call": "to",
    "called": "to",
    "visit": "to",
    "visited": "to",
    "attend": "to",
    "attended": "at",
    "join": "to",
    "joined": "to",
    "describe": "about",
    "go": "to",
    "went": "to",
    "going": "to",
    "return": "back",
    "returned": "back",
    "repeat": "again",
    "despite": "of",
    "near": "to",
    "next": "on",
    "last": "in",
}
_HERE = frozenset("home abroad here there downtown upstairs downstairs".split())
_OBJECTS = _HERE | frozenset("me him her us them you the my this that a his every".split())
_MISSED = frozenset(
    """to be is are was were am been a an the of it that and in on for at with have has had do does
    did will would can i he she we they you there not as if so by from who""".split()
)

_GROUPS = """
their there they're | your you're | its it's | to too | then than | lose loose | affect effect
accept except | advice advise | quite quiet | weather whether | who's whose | passed past
break brake | principal principle | hear here | know now | know no | no know | new knew
write right | peace piece | were where we're | buy by bye | led lead | complement compliment
desert dessert | wear where | week weak | meet meat | see sea | sale sail | threw through
through thorough | thorough through | board bored | hole whole | allowed aloud | course coarse
form from | lets let's | breath breathe | since sense | choose chose | live leave | leave live
rise raise | lie lay | sit seat | tell say | told said | say tell | said told | make do | made did
do make | of have | have of | of off | off of | if of | an and | and an | on in | be by | now no
one won | some sum | two too | hour our | our are | are our | for four | great grate | steal steel
wait weight | wood would | would wood | sight site | plain plane | role roll | pair pear
fair fare | flower flour | root route | shore sure | stationery stationary | dairy diary
personal personnel | costume custom | than that | that than | them then | then them | thing think
think thing | though thought | thought though | through though | where were | when went
want won't | want went | with which | which witch | as has | his is | is his | he the | the they
they the | this these | these this | it is | it if | can can't | few view | found fund | felt fell
fill feel | feel fill | cost coast | close cloths | clothes cloths | work walk | hard hardly
late lately | learn teach | taught learned | borrow lend | lent borrowed | bring take
remember remind | reminded remembered | look see | watch see | economic economical
historic historical | sensible sensitive | besides beside | alone lonely | everyday every
sometimes sometime | maybe may | already all | altogether all | very much | so such | such so
too very | like as | as like | actual current | until unless | because cause | except accept
device devise | practice practise | insure ensure | ensure insure | proceed precede
discreet discrete | illicit elicit | wary weary | bare bear | heel heal | waste waist | idle idol
current currant | whom who | less few | anyone any | everyone every | something some
another other
"""


def _partners() -> dict[str, tuple[str, ...]]:
    partners: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS.replace("\n", " | ").split("|"):
        names = group.split()
        for name in names[:1] if len(names) == 2 else names:
            partners[name] = partners.get(name, ()) + tuple(
                other for other in names if other != name
            )
    return partners


_TAKEN_FOR = _partners()
_BOTH_WAYS = frozenset(
    "your you're its it's their there they're to too then than whose who's".split()
)


def preposition(words: Words, _chance: Random) -> list[Words]:
    """A preposition left out, put in or taken for another."""
    found: list[Words] = []
    for index, word in enumerate(words):
        low = word.lower
        after = words[index + 1].lower if index + 1 < len(words) else ""
        if low in _OTHERS and not (low == "to" and "VB" in verb_tags(after)):
            found += [put(words, index, other) for other in _OTHERS[low]]
            if index and not word.after:
                found.append(drop(words, index))
        extra = _NO_PREPOSITION.get(low)
        place = low in ("go", "went", "going")
        if extra and not word.after and after in (_HERE if place else _OBJECTS):
            found += [add(words, index + 1, extra)] * 3
    return found


def missing(words: Words, _chance: Random) -> list[Words]:
    """A small word left out."""
    found = []
    for index, word in enumerate(words):
        if word.lower in _MISSED and not word.after and not word.before and len(words) > 3:
            found.append(drop(words, index))
        elif index and words[index - 1].lower in ("to", "will", "can") and not word.after:
            found += [drop(words, index)] if "VERB" in classes(word.lower) else []
    return found


def doubled(words: Words, _chance: Random) -> list[Words]:
    """A word written twice."""
    return [
        (*words[: index + 1], *words[index:])
        for index, word in enumerate(words)
        if word.core.isalpha()
        and not word.after
        and not word.before
        and word.lower not in ("that", "had", "very")
        for _ in range(4 if word.lower in _MISSED else 1)
        if index or word.core == "I"
    ]


def confused(words: Words, _chance: Random) -> list[Words]:
    """A word taken for one that sounds or looks like it, or that learners mix up with it."""
    found: list[Words] = []
    for index, word in enumerate(words):
        low = word.lower
        for other in _TAKEN_FOR.get(low, ()):
            if low == "have" and (not index or words[index - 1].lower not in _MODAL_PASTS):
                continue
            if low == "i" or (low == "that" and other == "than" and index == 0):
                continue
            found += [put(words, index, other)] * (6 if low in _BOTH_WAYS else 1)
            if low == "have":
                found += [put(words, index, other)] * 4
    return found


_MODAL_PASTS = frozenset("should could would might must shouldn't couldn't wouldn't".split())

"""Which class a word may be of, and its other forms, from lemminflect's dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lemminflect import getAllInflections, getAllLemmas, getInflection

BE = frozenset("am is are was were be been being".split())
MODALS = frozenset("can could will would shall should may might must".split())
SINGULAR = frozenset("he she it this that everyone everybody someone somebody nobody each".split())
PLURAL = frozenset("we they you these those both many several few people children".split())
SUBJECTS = frozenset("i you he she it we they who there".split())
DETERMINERS = frozenset(
    """a an the this that these those my your his her its our their some any no each every either
    neither another much many few several all both one two three four five six seven eight nine
    ten""".split()
)
PREPOSITIONS = frozenset(
    """in on at to for of with from by about into onto over under after before during since through
    between against without within along across behind near until towards among around""".split()
)
_SMALL = (
    DETERMINERS
    | PREPOSITIONS
    | BE
    | MODALS
    | SUBJECTS
    | frozenset(
        """and or but so if than as not do does did has have had because when while where what which
        how why whose whom me him us them very too also just only then there here now up down out
        off back away more most less least well even still yet never always often""".split()
    )
)


@lru_cache(maxsize=1 << 16)
def classes(word: str) -> frozenset[str]:
    """Universal classes (NOUN, VERB, ADJ, ADV) that the lower-case ``word`` may be of."""
    if word in _SMALL or not word.isalpha():
        return frozenset()
    return frozenset(getAllLemmas(word)) & {"NOUN", "VERB", "ADJ", "ADV"}


@lru_cache(maxsize=1 << 16)
def tags(word: str, kind: str) -> frozenset[str]:
    """The Penn tags that ``word`` may have as a ``kind``, for instance VBD and VBN."""
    found = set()
    for lemma in getAllLemmas(word, upos=kind).get(kind, ()):
        forms = getAllInflections(lemma, upos=kind)
        found |= {tag for tag, ways in forms.items() if word in ways}
        # Of regular verbs the dictionary has one past form for both.
        if "VBD" in found and "VBN" not in forms:
            found.add("VBN")
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def form(word: str, kind: str, tag: str) -> str | None:
    """``word`` of class ``kind`` as ``tag``, or None where there is no other such form."""
    for lemma in getAllLemmas(word, upos=kind).get(kind, ()):
        forms = getInflection(lemma, tag=tag)
        if forms and forms[0] != word:
            return str(forms[0])
    return None


def is_noun(word: str) -> bool:
    """Whether ``word`` is a noun and not also a verb or an adjective."""
    return classes(word) == {"NOUN"}


def noun_tag(lows: Sequence[str], index: int) -> str:
    """NN or NNS where the word at ``index`` is a noun by itself or by the word before; else ""."""
    word, before = lows[index], lows[index - 1] if index else ""
    kinds = classes(word)
    if "NOUN" not in kinds:
        return ""
    led = before in DETERMINERS | PREPOSITIONS or classes(before) == {"ADJ"}
    if kinds != {"NOUN"} and (not led or before in ("to", "this", "that")):
        return ""
    found = tags(word, "NOUN")
    # The dictionary knows plurals without an ending of words that mostly have one.
    return "NN" if "NN" in found else "NNS" if "NNS" in found else ""


def verb_tags(word: str) -> frozenset[str]:
    """The tags that ``word`` may have as a verb; none where it is no verb."""
    return tags(word, "VERB") if "VERB" in classes(word) else frozenset()

"""What kind of error an edit mends, told from the words it changes and those beside them.

No tagger: small closed lists of English words and the endings of the others, in the order of how
telling they are (after the error types of Bryant et al. 2017, "ERRANT", much reduced).
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from engine.proofread.edits import Edit, tokens


class ErrorKind(StrEnum):
    """What was wrong."""

    SPELLING = "spelling"
    CAPITALISATION = "capitalisation"
    APOSTROPHE = "apostrophe"
    PUNCTUATION = "punctuation"
    RUN_ON = "run_on"
    COMMA_SPLICE = "comma_splice"
    ARTICLE = "article"
    PREPOSITION = "preposition"
    AGREEMENT = "agreement"
    TENSE = "tense"
    VERB_FORM = "verb_form"
    PLURAL = "plural"
    HOMOPHONE = "homophone"
    WORD_ORDER = "word_order"
    MISSING_WORD = "missing_word"
    DOUBLED_WORD = "doubled_word"
    EXTRA_WORD = "extra_word"
    WORDING = "wording"


_ARTICLES = frozenset("a an the".split())
_PREPOSITIONS = frozenset(
    "about above across after against along among around at before behind below between by down "
    "during for from in inside into near of off on onto out over past since through till to toward "
    "towards under until up upon via with within without".split()
)
_SOUND_ALIKE = tuple(
    frozenset(each.split("/"))
    for each in (
        "their/there/they're your/you're its/it's to/too/two then/than affect/effect "
        "hear/here where/were/wear/we're whose/who's principal/principle passed/past of/have "
        "lose/loose quiet/quite weather/whether by/buy/bye no/know new/knew right/write "
        "hole/whole peace/piece brake/break accept/except advice/advise practice/practise "
        "complement/compliment stationary/stationery desert/dessert led/lead bare/bear "
        "for/four hour/our threw/through week/weak wait/weight waist/waste which/witch "
        "aloud/allowed board/bored cereal/serial coarse/course die/dye fair/fare flour/flower "
        "heal/heel him/hymn made/maid mail/male meat/meet one/won pair/pear/pare plain/plane "
        "role/roll sail/sale scene/seen sight/site some/sum steal/steel tail/tale way/weigh "
        "choose/chose were/where"
    ).split()
)
_NUMBERS_OF_BE = tuple(
    frozenset(each.split("/"))
    for each in (
        "is/are/am was/were has/have does/do doesn't/don't isn't/aren't wasn't/weren't "
        "hasn't/haven't"
    ).split()
)
_AUXILIARIES = frozenset(
    "am is are was were be been being has have had do does did will would shall should can could "
    "may might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't "
    "wouldn't".split()
)
_IRREGULAR = tuple(
    frozenset(each.split("/"))
    for each in (
        "be/am/is/are/was/were/been have/has/had do/does/did/done go/goes/went/gone "
        "see/saw/seen take/took/taken give/gave/given come/came become/became get/got/gotten "
        "make/made say/said know/knew/known think/thought tell/told find/found leave/left "
        "feel/felt bring/brought buy/bought catch/caught teach/taught begin/began/begun "
        "write/wrote/written eat/ate/eaten drink/drank/drunk drive/drove/driven "
        "speak/spoke/spoken break/broke/broken choose/chose/chosen fall/fell/fallen "
        "forget/forgot/forgotten hear/heard hold/held keep/kept lose/lost meet/met pay/paid "
        "put run/ran sell/sold send/sent sing/sang/sung sit/sat sleep/slept spend/spent "
        "stand/stood swim/swam/swum throw/threw/thrown understand/understood wake/woke/woken "
        "wear/wore/worn win/won ring/rang/rung rise/rose/risen build/built fly/flew/flown "
        "grow/grew/grown lend/lent steal/stole/stolen shake/shook/shaken"
    ).split()
)
_SUBJECTS = frozenset("i you he she it we they who which that there this everyone nobody".split())
_BEFORE_NOUNS = frozenset(
    "a an the this that these those my your his her its our their some any many few several much "
    "two three four five six seven eight nine ten both all no every each other more most of "
    "little".split()
)
_PLURALS = tuple(
    frozenset(each.split("/"))
    for each in "man/men woman/women child/children person/people foot/feet tooth/teeth".split()
)
_LIKE = 0.6


def error_kind(text: str, edit: Edit) -> ErrorKind:
    """The kind of error that ``edit`` mends in ``text``."""
    found = [each.text for each in tokens(text)]
    gone, come = found[edit.first : edit.last], list(edit.words)
    before = found[edit.first - 1].casefold() if edit.first else ""
    after = found[edit.last].casefold() if edit.last < len(found) else ""
    old, new = [each.casefold() for each in gone], [each.casefold() for each in come]
    return (
        _of_marks(old, new)
        or _of_words_in_or_out(old, new, before, after)
        or _of_one_word(old, new, before, after)
        or _of_several(old, new)
    )


def _of_marks(old: Sequence[str], new: Sequence[str]) -> ErrorKind | None:
    words = [[each for each in side if each[0].isalnum()] for side in (old, new)]
    if words[0] != words[1]:
        return None
    if list(old) == list(new):
        return ErrorKind.CAPITALISATION
    if "." in new and "." not in old:
        return ErrorKind.COMMA_SPLICE if "," in old else ErrorKind.RUN_ON
    if {"'", "\u2019"} & {*old, *new}:
        return ErrorKind.APOSTROPHE
    return ErrorKind.PUNCTUATION


def _of_words_in_or_out(
    old: Sequence[str], new: Sequence[str], before: str, after: str
) -> ErrorKind | None:
    if sorted(old) == sorted(new):
        return ErrorKind.WORD_ORDER
    if old and new and (set(old) - set(new)) and (set(new) - set(old)):
        return None
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    only = list(longer)
    for word in shorter:
        if word not in only:
            return None
        only.remove(word)
    if longer is old and len(only) == 1 and only[0] in (before, after):
        return ErrorKind.DOUBLED_WORD
    if all(word in _ARTICLES for word in only):
        return ErrorKind.ARTICLE
    if all(word in _PREPOSITIONS and word != "to" for word in only):
        return ErrorKind.PREPOSITION
    if longer is new:
        return ErrorKind.MISSING_WORD
    if only == ["to"]:
        return ErrorKind.VERB_FORM
    return ErrorKind.TENSE if all(word in _AUXILIARIES for word in only) else ErrorKind.EXTRA_WORD


def _of_one_word(
    old: Sequence[str], new: Sequence[str], before: str, after: str
) -> ErrorKind | None:
    if len(old) != 1 or len(new) != 1:
        return None
    one, two = old[0].replace("\u2019", "'"), new[0].replace("\u2019", "'")
    pair = {one, two}
    tests = (
        (pair <= _ARTICLES, ErrorKind.ARTICLE),
        (any(pair <= group for group in _NUMBERS_OF_BE), ErrorKind.AGREEMENT),
        (any(pair <= group for group in _SOUND_ALIKE), ErrorKind.HOMOPHONE),
        (pair <= _PREPOSITIONS, ErrorKind.PREPOSITION),
        (one.replace("'", "") == two.replace("'", ""), ErrorKind.APOSTROPHE),
        (any(pair <= group for group in _PLURALS), ErrorKind.PLURAL),
    )
    for holds, kind in tests:
        if holds:
            return kind
    return _of_form(one, two, before, after)


def _of_form(one: str, two: str, before: str, after: str) -> ErrorKind | None:
    """Two forms of a word, by their endings."""
    if any({one, two} <= group for group in _IRREGULAR) or (
        one in _AUXILIARIES and two in _AUXILIARIES
    ):
        return ErrorKind.TENSE
    if _stem(one) != _stem(two):
        return ErrorKind.SPELLING if _alike(one, two) else None
    if one.endswith("ing") != two.endswith("ing"):
        return ErrorKind.VERB_FORM
    if one.endswith("ed") != two.endswith("ed"):
        return ErrorKind.TENSE
    if one.endswith("s") == two.endswith("s"):
        return ErrorKind.SPELLING
    if before in _SUBJECTS or after in _BEFORE_NOUNS:
        return ErrorKind.PLURAL if before in _BEFORE_NOUNS - _SUBJECTS else ErrorKind.AGREEMENT
    return ErrorKind.PLURAL


def _of_several(old: Sequence[str], new: Sequence[str]) -> ErrorKind:
    rest = {*old, *new}
    if "to" in old and any(word.endswith("ing") for word in new):
        return ErrorKind.VERB_FORM
    if rest & _AUXILIARIES:
        return ErrorKind.TENSE
    if "".join(old) == "".join(new) or (_alike("".join(old), "".join(new)) and len(old) == 1):
        return ErrorKind.SPELLING
    return ErrorKind.WORDING


def _stem(word: str) -> str:
    for ending in ("ies", "ied", "ying"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + "y"
    for ending in ("ing", "ed", "es", "s"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 2:
            if ending in ("ing", "ed") and len(base) > 2 and base[-1] == base[-2]:
                base = base[:-1]
            return base.removesuffix("e")
    return word.removesuffix("e")


def _alike(one: str, two: str) -> bool:
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _LIKE

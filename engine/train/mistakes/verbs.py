"""Mistakes with verbs: agreement, tense and form."""

from __future__ import annotations

from random import Random

from engine.train.mistakes.grammar import (
    BE,
    DETERMINERS,
    MODALS,
    PLURAL,
    PREPOSITIONS,
    SINGULAR,
    classes,
    form,
    noun_tag,
    verb_tags,
)
from engine.train.mistakes.words import Words, add, bare, drop, ends_sentence, put, swap

_AGREE = {
    "is": ("are",),
    "are": ("is",),
    "was": ("were",),
    "were": ("was",),
    "has": ("have",),
    "have": ("has",),
    "does": ("do",),
    "do": ("does",),
    "am": ("is", "are"),
    "doesn't": ("don't",),
    "don't": ("doesn't",),
    "isn't": ("aren't",),
    "aren't": ("isn't",),
    "wasn't": ("weren't",),
    "weren't": ("wasn't",),
    "hasn't": ("haven't",),
    "haven't": ("hasn't",),
    "there's": ("there are",),
}
_PAST_CUES = frozenset(
    "yesterday ago last was were had did when then before after once until while".split()
)
_PRESENT_CUES = frozenset("now today usually every always often sometimes never is are".split())
_NOT_FINITE = MODALS | {"to", "not", "let", "do", "does", "did", "don't", "didn't", "doesn't"}
_TO_INFINITIVE = frozenset(
    """want wanted wants decide decided hope hoped plan planned agree agreed refuse refused promise
    promised need needed expect expected offer offered learn learned manage managed""".split()
)
_GERUND = frozenset(
    """enjoy enjoyed enjoys finish finished avoid avoided suggest suggested mind keep kept stop
    stopped consider considered practise practised imagine admit admitted recommend recommended
    spend spent worth""".split()
)
_BARE = frozenset("let lets make makes made help helped see saw hear heard watch watched".split())
_OBJECTS = frozenset("me you him her us them it".split())


def agreement(words: Words, _chance: Random) -> list[Words]:
    """A verb in the number that its subject is not in."""
    found = []
    lows = [word.lower for word in words]
    for index, word in enumerate(words):
        low, before = word.lower, words[index - 1].lower if index else ""
        if before in _NOT_FINITE or (low in ("have", "do", "be") and before in ("i", "to")):
            continue
        for other in _AGREE.get(low, ()):
            found += [put(words, index, other)] * 2
        if index and not words[index - 1].after and not ends_sentence(words[index - 1]):
            number = noun_tag(lows, index - 1)
            found += [put(words, index, other) for other in _other_number(before, number, low)]
    return found


def _other_number(subject: str, number: str, verb: str) -> list[str]:
    kinds = verb_tags(verb)
    if "VBZ" in kinds and (subject in SINGULAR or number == "NN" or subject == "who"):
        base = form(verb, "VERB", "VB")
        return [base] * 2 if base else []
    if "VBP" in kinds and (subject in PLURAL | {"i"} or number == "NNS"):
        third = form(verb, "VERB", "VBZ")
        return [third] if third else []
    return []


def tense(words: Words, _chance: Random) -> list[Words]:
    """A verb in another tense than the rest of the sentence asks for."""
    lows = [word.lower for word in words]
    past = [index for index, low in enumerate(lows) if _is_past(lows, index)]
    cued = bool(_PAST_CUES & set(lows)) or len(past) > 1
    found = []
    for index in past:
        if cued:
            subject = lows[index - 1]
            third = subject in ("he", "she", "it") or noun_tag(lows, index - 1) == "NN"
            now = form(lows[index], "VERB", "VBZ" if third else "VBP")
            found += [put(words, index, now)] if now else []
    for index, low in enumerate(lows):
        if low in ("was", "were") and cued and len(past) > 0:
            found.append(put(words, index, "is" if low == "was" else "are"))
        if low == "had" and cued:
            found.append(put(words, index, "have"))
        if low in ("have", "has", "had") and index + 1 < len(words):
            found += _perfect(words, lows, index)
        if low in ("would", "could") and cued:
            found.append(put(words, index, "will" if low == "would" else "can"))
        habit = index and "VBZ" in verb_tags(low) and _PRESENT_CUES & set(lows)
        if habit and (lows[index - 1] in SINGULAR or noun_tag(lows, index - 1) == "NN"):
            found += _put_all(words, index, "VBD")
    return found


def _is_past(lows: list[str], index: int) -> bool:
    kinds = verb_tags(lows[index])
    if "VBD" not in kinds or "VB" in kinds or not index:
        return False
    before = lows[index - 1]
    if before in BE | MODALS | DETERMINERS | PREPOSITIONS | {"have", "has", "had", "been"}:
        return False
    return not (before.endswith(("'s", "'ve", "'d", "n't")))


def _perfect(words: Words, lows: list[str], index: int) -> list[Words]:
    """The present perfect beside "since" and "for" as a present or a past."""
    after = index + 1
    if lows[after] == "been" and lows[index] != "had" and {"since", "for"} & set(lows):
        subject = lows[index - 1] if index else ""
        be = "am" if subject == "i" else "is" if lows[index] == "has" else "are"
        return [put(drop(words, after), index, be)] * 3
    if "VBN" not in verb_tags(lows[after]):
        return []
    if lows[index] == "had":
        simple = form(lows[after], "VERB", "VBD") or lows[after]
        return [put(drop(words, index), index, simple)] if "by" in lows or "already" in lows else []
    tag = "VBZ" if lows[index] == "has" else "VBP"
    present = form(lows[after], "VERB", tag)
    past = form(lows[after], "VERB", "VBD") or lows[after]
    found: list[Words] = []
    if present and {"since", "for"} & set(lows):
        found.append(put(drop(words, index), index, present))
    if {"already", "yet", "ever", "never", "just", "since"} & set(lows):
        found.append(put(drop(words, index), index, past))
    return found


def verb_form(words: Words, _chance: Random) -> list[Words]:
    """The wrong form after another verb, a modal, "to", "have" or "be"."""
    found: list[Words] = []
    lows = [word.lower for word in words]
    for index, low in enumerate(lows):
        if index and bare(words, index - 1) and (verb_tags(low) or low in BE):
            found += next((ways for rule in _AFTER if (ways := rule(words, lows, index))), [])
        if low in ("used", "supposed") and index + 1 < len(lows) and lows[index + 1] == "to":
            found += [put(words, index, low[:-1])] * 2
    return found


def _after_to(words: Words, lows: list[str], index: int) -> list[Words]:
    low = lows[index]
    if lows[index - 1] != "to" or "VB" not in verb_tags(low) or words[index].core[:1].isupper():
        return []
    found = _put_all(words, index, "VBG", "VBD", "VBZ")
    if index > 1 and lows[index - 2] in _TO_INFINITIVE:
        found.append(drop(words, index - 1))
        if gerund := form(low, "VERB", "VBG"):
            found.append(put(drop(words, index - 1), index - 1, gerund))
    return found


def _after_modal(words: Words, lows: list[str], index: int) -> list[Words]:
    if lows[index - 1] not in MODALS or "VB" not in verb_tags(lows[index]):
        return []
    return [*_put_all(words, index, "VBZ", "VBD", "VBG"), add(words, index, "to")]


def _after_do(words: Words, lows: list[str], index: int) -> list[Words]:
    before = lows[index - 1]
    if before not in ("did", "didn't", "doesn't", "does", "don't"):
        return []
    if "VB" not in verb_tags(lows[index]):
        return []
    tags = ("VBD", "VBZ") if before.startswith("did") else ("VBZ",)
    return _put_all(words, index, *tags, *tags)


def _after_have(words: Words, lows: list[str], index: int) -> list[Words]:
    if lows[index - 1] not in _HAVE or "VBN" not in verb_tags(lows[index]):
        return []
    return _put_all(words, index, "VB", "VBG", "VBD", "VBD", "VBD")


def _after_be(words: Words, lows: list[str], index: int) -> list[Words]:
    low, kinds = lows[index], verb_tags(lows[index])
    if lows[index - 1] not in BE:
        return []
    if "VBG" in kinds and low.endswith("ing"):
        return _put_all(words, index, "VB")
    if "VBN" in kinds and "VB" not in kinds:
        return _put_all(words, index, "VB", "VBG", "VBD", "VBD")
    return []


def _after_preposition(words: Words, lows: list[str], index: int) -> list[Words]:
    if lows[index - 1] not in PREPOSITIONS - {"to"} or not lows[index].endswith("ing"):
        return []
    return _put_all(words, index, "VB", "VB", "VBD")


def _after_gerund_verb(words: Words, lows: list[str], index: int) -> list[Words]:
    low = lows[index]
    base = form(low, "VERB", "VB") if low.endswith("ing") else None
    if lows[index - 1] not in _GERUND or base is None:
        return []
    other = put(words, index, base)
    return [other, add(other, index, "to"), add(other, index, "to")]


def _after_object(words: Words, lows: list[str], index: int) -> list[Words]:
    bare_verb = index > 1 and lows[index - 1] in _OBJECTS and lows[index - 2] in _BARE
    if not bare_verb or "VB" not in verb_tags(lows[index]):
        return []
    return [*_put_all(words, index, "VBG"), add(words, index, "to")]


def _after_speaker(words: Words, lows: list[str], index: int) -> list[Words]:
    """``I seen``."""
    if lows[index - 1] not in _SPEAKERS or "VBD" not in verb_tags(lows[index]):
        return []
    return _put_all(words, index, "VBN")


_AFTER = (
    _after_to,
    _after_modal,
    _after_do,
    _after_have,
    _after_be,
    _after_preposition,
    _after_gerund_verb,
    _after_object,
    _after_speaker,
)
_HAVE = frozenset("have has had haven't hasn't hadn't i've we've".split())
_SPEAKERS = frozenset("i we they he she you".split())


def _put_all(words: Words, index: int, *tags: str) -> list[Words]:
    """The verb at ``index`` in each of the forms ``tags`` that differs from it."""
    low = words[index].lower
    return [put(words, index, other) for tag in tags if (other := form(low, "VERB", tag))]


def comparison(words: Words, _chance: Random) -> list[Words]:
    """Adjectives for adverbs and the other way, doubled and wrong comparatives."""
    found: list[Words] = []
    lows = [word.lower for word in words]
    for index, low in enumerate(lows):
        kinds = classes(low)
        if low.endswith("ly") and kinds == {"ADV"} and index and words[index].core.islower():
            plain = low[:-3] + "y" if low.endswith("ily") else low[:-2]
            if "ADJ" in classes(plain):
                found.append(put(words, index, plain))
        if low == "well" and index and verb_tags(lows[index - 1]):
            found.append(put(words, index, "good"))
        compared = "ADJ" in kinds and low.endswith(("er", "est")) and form(low, "ADJ", "JJ")
        if index and compared and lows[index - 1] not in ("more", "most", "much", "far", "even"):
            found.append(add(words, index, "more" if low.endswith("er") else "most"))
        if low in ("more", "most") and index + 1 < len(words) and "ADJ" in classes(lows[index + 1]):
            found.append(drop(words, index) if index else words)
        if low.endswith("ed") and low[:-2] + "ing" in _FELT and index:
            found.append(put(words, index, low[:-2] + "ing"))
        if low in _FELT and index:
            found.append(put(words, index, low[:-3] + "ed"))
    return found


_FELT = frozenset(
    """interesting boring tiring exciting confusing surprising frightening annoying disappointing
    embarrassing relaxing shocking""".split()
)


def inversion(words: Words, _chance: Random) -> list[Words]:
    """Questions in the order of statements, and statements about questions in that of questions."""
    found: list[Words] = []
    lows = [word.lower for word in words]
    asks = {"what", "where", "when", "why", "how", "who", "which"}
    movable = (BE | MODALS | {"have", "has", "did", "do", "does", "had"}) - {"be", "been", "being"}
    for index in range(len(words) - 2):
        if lows[index] in asks:
            one, two = lows[index + 1], lows[index + 2]
            if one in movable and (two in SINGULAR | PLURAL | {"i"}):
                found.append(swap(words, index + 1, index + 2))
                if one in ("did", "do", "does"):
                    found.append(drop(words, index + 1))
            elif two in movable and one in SINGULAR | PLURAL | {"i"} and index:
                found += [swap(words, index + 1, index + 2)] * 3
            elif one in ("the", "my", "your", "his", "her", "our", "their") and index:
                found += _moved_verb(words, lows, index, movable)
        first = index == 0 or ends_sentence(words[index - 1])
        if first and lows[index] in movable and lows[index + 1] in SINGULAR | PLURAL | {"i"}:
            asked = lows[index] in ("do", "does", "did")
            found.append(drop(words, index) if asked else swap(words, index, index + 1))
    return found


def _moved_verb(words: Words, lows: list[str], index: int, movable: frozenset[str]) -> list[Words]:
    """``where the station is`` as ``where is the station``."""
    for verb in range(index + 2, min(index + 5, len(words))):
        if lows[verb] in movable and noun_tag(lows, verb - 1):
            moved = (*words[: index + 1], words[verb], *words[index + 1 : verb], *words[verb + 1 :])
            after, last = words[verb].after, moved[verb]
            if after:
                return []
            return [(*moved[:verb], last, *moved[verb + 1 :])] * 3
    return []

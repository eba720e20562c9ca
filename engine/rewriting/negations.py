"""Negations, in English and Chinese: words that turn what is said into its opposite."""

from __future__ import annotations

import re

_NOT = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|nowhere|without|cannot|can\s?not"
    r"|\w+n['\u2019]t)\b(?:\s+(?P<next>[^\W\d_]{2,}))?",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:no (?:later|more|less|fewer|sooner|longer|doubt|matter|problem|worries)|not (?:only"
    r"|later|earlier|more|less|fewer|sooner|least|to mention|just)|nothing (?:but|short)"
    r"|why not|if not|or not|no\.\s?\d)\b",
    re.IGNORECASE,
)
_MILD = re.compile(
    r"\b(?:un(?:able|less|likely|available|necessary|known|clear|sure|safe|wanted|able)|im(?:possible"
    r"|proper)|in(?:correct|valid|complete|eligible|appropriate|sufficient|stead)|dis(?:allow|agree|"
    r"approv|continu|like)\w*|fail\w*|refus\w+|avoid\w*|prohibit\w*|forbid\w*|forbad\w*|prevent\w*"
    r"|lack\w*|refrain\w*|hardly|barely|rarely|seldom|scarcely|only|except\w*|exclud\w*|exempt\w*"
    r"|ban(?:s|ned)?|den(?:y|ies|ied)|missing|stop\w*|free of|save where|non-?\w+|declin\w+"
    r"|optional|otherwise|miss(?:ed|es)?|too \w+ to|keep \w+ (?:closed|off|away)|out of|nil)\b",
    re.IGNORECASE,
)
_HAN = re.compile("[不没沒無无未勿莫别]")


def lost_negations(source: str, result: str) -> list[tuple[int, str]]:
    """Negations of ``source``, with the word they deny, that ``result`` no longer has.

    Negations are counted, since they may be put in many ways: "not allowed" and "forbidden" are
    both one. Which of them went is told by the words that follow.
    """
    ours, theirs = _hard(source), _hard(result)
    others = len(theirs) + len(_MILD.findall(result)) + len(_HAN.findall(result))
    shortage = len(ours) - others
    if shortage <= 0:
        lost: list[tuple[int, str]] = []
    else:
        kept = {match["next"].casefold()[:5] for match in theirs if match["next"]}
        gone = [each for each in ours if (each["next"] or "-").casefold()[:5] not in kept]
        lost = [(each.start(), each.group()) for each in (gone or ours)[:shortage]]
    han = _HAN.search(source)
    if han and not others:
        lost.append((han.start(), source[han.start() : han.start() + 2]))
    return lost


def _hard(text: str) -> list[re.Match[str]]:
    excused = [match.span() for match in _NO_DENIAL.finditer(text)]
    return [
        match
        for match in _NOT.finditer(text)
        if not any(start <= match.start() < end for start, end in excused)
    ]

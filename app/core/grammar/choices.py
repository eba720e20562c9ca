"""What a person chose about the rules: which are on, and what is right all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.core.grammar.client import GrammarFinding
from app.core.offsets import from_utf16
from engine import UNSURE_RULES

ON, OFF = "on", "off"
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def rules_off(chosen: Mapping[str, str]) -> frozenset[str]:
    """The rules that are off: the unsure ones and those ``chosen`` off, but for those chosen on."""
    off = {name for name, state in chosen.items() if state == OFF}
    on = {name for name, state in chosen.items() if state == ON}
    return (UNSURE_RULES | off) - on


def switched(chosen: Mapping[str, str], rule: str, *, on: bool) -> dict[str, str]:
    """The choices with a rule on or off; what is usual needs no choice."""
    others = {name: state for name, state in chosen.items() if name != rule}
    if on == (rule not in UNSURE_RULES):
        return others
    return others | {rule: ON if on else OFF}


def place_of(finding: GrammarFinding, line: str) -> str:
    """A name for a finding in a line that it keeps while the words beside it stay."""
    start, end = from_utf16(line, finding.start), from_utf16(line, finding.end)
    before = _WORD.findall(line[:start])[-1:]
    after = _WORD.findall(line[end:])[:1]
    return "|".join((finding.rule, *before, f"[{finding.text}]", *after))


def is_own_word(finding: GrammarFinding, accepts: Callable[[str], bool]) -> bool:
    """Whether a finding would change nothing but words that the person takes for right."""
    kept = set(_WORD.findall(" ".join(finding.replacements[:1])))
    changed = [word for word in _WORD.findall(finding.text) if word not in kept]
    return bool(changed) and all(map(accepts, changed))

"""What kind of error a rule's finding is, told from what it would change."""

from __future__ import annotations

from types import MappingProxyType

from engine.proofread.edits import word_edits
from engine.proofread.kinds import ErrorKind, error_kind
from engine.proofread.rules import SPELLING_RULE, Finding

_AROUND = 120
"""Code points at each side that may tell the kind."""
_BY_GROUP = MappingProxyType(
    {
        "Agreement": ErrorKind.AGREEMENT,
        "BoundaryError": ErrorKind.SPELLING,
        "Capitalization": ErrorKind.CAPITALISATION,
        "Punctuation": ErrorKind.PUNCTUATION,
        "Repetition": ErrorKind.DOUBLED_WORD,
        "Spelling": ErrorKind.SPELLING,
        "Typo": ErrorKind.SPELLING,
    }
)


def finding_kind(text: str, finding: Finding) -> ErrorKind:
    """The kind of error that ``finding`` is in ``text``.

    That of its first replacement; where there is none, or it changes several things, that of the
    rule's group.
    """
    if finding.rule == SPELLING_RULE:
        return ErrorKind.SPELLING
    begin = max(0, finding.start - _AROUND)
    here = text[begin : finding.end + _AROUND]
    for replacement in finding.replacements[:1]:
        changed = here[: finding.start - begin] + replacement + here[finding.end - begin :]
        edits = word_edits(here, changed)
        if len(edits) == 1:
            return error_kind(here, edits[0])
    return _BY_GROUP.get(finding.kind, ErrorKind.WORDING)

"""A rule's finding is of the kind that its first replacement mends."""

from __future__ import annotations

import pytest

from engine.proofread.finding_kinds import finding_kind
from engine.proofread.kinds import ErrorKind
from engine.proofread.rules import SPELLING_RULE, Finding


@pytest.mark.parametrize(
    ("text", "old", "new", "kind"),
    [
        ("This is an test of it.", "an", "a", ErrorKind.ARTICLE),
        ("We saw the the parcel.", "the the", "the", ErrorKind.DOUBLED_WORD),
        ("She have it.", "have", "has", ErrorKind.AGREEMENT),
        ("He left. its late.", "its", "Its", ErrorKind.CAPITALISATION),
    ],
)
def test_what_would_be_changed_tells_the_kind(
    text: str, old: str, new: str, kind: ErrorKind
) -> None:
    start = text.index(old)
    finding = Finding(start, start + len(old), (new,), "AnyRule", "Miscellaneous", "")
    assert finding_kind(text, finding) is kind


def test_without_a_replacement_the_rules_group_tells_it() -> None:
    def kind_of(group: str, rule: str = "AnyRule") -> ErrorKind:
        return finding_kind("any words", Finding(0, 3, (), rule, group, ""))

    assert kind_of("Agreement") is ErrorKind.AGREEMENT
    assert kind_of("NoSuchGroup") is ErrorKind.WORDING
    assert kind_of("Miscellaneous", SPELLING_RULE) is ErrorKind.SPELLING


def test_the_kind_is_told_far_inside_a_long_text() -> None:
    text = "word " * 5000 + "an test" + " word" * 5000
    start = text.index("an test")
    finding = Finding(start, start + 2, ("a",), "AnA", "Miscellaneous", "")
    assert finding_kind(text, finding) is ErrorKind.ARTICLE

from __future__ import annotations

import pytest

from engine.proofread.guards import guard, prose_only


@pytest.mark.parametrize(
    ("before", "old", "new", "why"),
    [
        ("It cost ", "15", "50", "number"),
        ("I arrived on ", "3rd", "third", "number"),
        ("I do ", "not ", "", "negation"),
        ("I ", "can", "can't", "negation"),
        ("We met ", "Okafor", "Orator", "name"),
        ("We met ", "Anna", "her", "name"),
        ("He ", "dont", "doesn't", None),
        ("The ", "River", "river", None),
        ("in ", "Febuary", "February", None),
        ("", "Their", "There", None),
        ("It rained. ", "Them", "They", None),
        ("and ", "was was", "was", None),
        ("so ", "I", "we", None),
    ],
)
def test_numbers_names_and_negations_stay(before: str, old: str, new: str, why: str | None) -> None:
    assert guard(before, old, new) == why


@pytest.mark.parametrize(
    "text", ["run `teh` now", "see https://a.org/teh/x now", "ask a.teh@b.org now", "a <teh> tag"]
)
def test_code_and_addresses_are_no_prose(text: str) -> None:
    start = text.index("teh")
    assert not prose_only(text, start, start + 3)
    assert prose_only(text, len(text) - 3, len(text))

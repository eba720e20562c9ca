from __future__ import annotations

import pytest

from engine import Proofreader
from engine.proofread.names import Names
from engine.proofread.rules import SPELLING_RULE, Finding


@pytest.mark.parametrize(
    ("text", "word", "replacement", "name"),
    [
        ("We met Okafor there.", "Okafor", "Orator", True),
        ("We met Okafor's son.", "Okafor's", "Orator's", True),
        ("Priya called.", "Priya", "Pica", True),
        ("Malton is near. Malton is old.", "Malton", "Melton", True),
        ("Definately not.", "Definately", "Definitely", False),
        ("It is on Teusday.", "Teusday", "Tuesday", False),
        ("He recieved it.", "recieved", "received", False),
        ("He said: Recieved today.", "Recieved", "Received", False),
    ],
)
def test_a_name_is_known_by_its_capital_and_its_company(
    text: str, word: str, replacement: str, *, name: bool
) -> None:
    assert Names(text).is_name(word, replacement) is name


def test_a_name_is_not_corrected_without_a_model() -> None:
    text = "We met Okafer and recieved tea."

    def source(given: str) -> list[Finding]:
        return [
            Finding(7, 13, ("Okafor",), SPELLING_RULE, "Spelling", ""),
            Finding(18, 26, ("received",), SPELLING_RULE, "Spelling", ""),
        ]

    found = Proofreader([source], None).corrections(text)
    assert found is not None
    assert [each.new for each in found] == ["received"]

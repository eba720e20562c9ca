from __future__ import annotations

from pathlib import Path

import pytest

from app.core.spelling.client import SpellingClient
from app.core.spelling.dictionaries import Dictionary
from app.core.spelling.findings import SpellingFindings
from app.core.spelling.personal import Accepted

FOLDER = Path(__file__).parents[4] / "assets" / "dictionaries"
US, GB = Dictionary("en_US", FOLDER), Dictionary("en_GB", FOLDER)


@pytest.fixture(scope="module")
def client():
    made = SpellingClient()
    yield made
    made.close()


def _words(text: str, findings: SpellingFindings) -> dict[str, tuple[str, ...]]:
    return {text[each.start : each.end]: each.replacements for each in findings(text)}


def test_a_word_that_one_of_the_dictionaries_has_is_right(client) -> None:
    text = "The colour and the color of the \U0001f600 begining."
    assert list(_words(text, SpellingFindings(client, [US]))) == ["colour", "begining"]
    both = _words(text, SpellingFindings(client, [US, GB]))
    assert list(both) == ["begining"]
    assert "beginning" in both["begining"]


def test_places_are_those_of_the_whole_text(client) -> None:
    text = "One line.\n\U0001f600 Anothr line.\n"
    [found] = SpellingFindings(client, [US])(text)
    assert text[found.start : found.end] == "Anothr"


def test_names_get_no_suggestions_and_own_words_are_right(client) -> None:
    text = "We met Okafor and Zoltan."
    findings = SpellingFindings(client, [US], Accepted(["Zoltan"]))
    assert _words(text, findings) == {"Okafor": ()}


def test_without_a_dictionary_nothing_is_found(client) -> None:
    assert SpellingFindings(client, [])("begining") == []

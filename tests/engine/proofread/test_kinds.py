from __future__ import annotations

import pytest

from engine.proofread.edits import word_edits
from engine.proofread.kinds import error_kind


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("I recieved it.", "I received it.", "spelling"),
        ("We met in october.", "We met in October.", "capitalisation"),
        ("The dogs bowl.", "The dog's bowl.", "apostrophe"),
        ("Lets go.", "Let's go.", "apostrophe"),
        ("However we left.", "However, we left.", "punctuation"),
        ("It rained we left.", "It rained. We left.", "run_on"),
        ("It rained, we left.", "It rained. We left.", "comma_splice"),
        ("She ate a apple.", "She ate an apple.", "article"),
        ("He is engineer.", "He is an engineer.", "article"),
        ("We arrived to Rome.", "We arrived in Rome.", "preposition"),
        ("We discussed about it.", "We discussed it.", "preposition"),
        ("My friends was late.", "My friends were late.", "agreement"),
        ("She walk home.", "She walks home.", "agreement"),
        ("Yesterday I go home.", "Yesterday I went home.", "tense"),
        ("Last week we walk home.", "Last week we walked home.", "tense"),
        ("I know him since May.", "I have known him since May.", "tense"),
        ("I suggested to take it.", "I suggested taking it.", "verb_form"),
        ("He enjoys swim.", "He enjoys swimming.", "verb_form"),
        ("Two of the box broke.", "Two of the boxes broke.", "plural"),
        ("There were three child.", "There were three children.", "plural"),
        ("Put it over their.", "Put it over there.", "homophone"),
        ("I should of known.", "I should have known.", "homophone"),
        ("He bought leather old bags.", "He bought old leather bags.", "word_order"),
        ("I want go home.", "I want to go home.", "missing_word"),
        ("It is on the the table.", "It is on the table.", "doubled_word"),
        ("It is very much good.", "It is very good.", "extra_word"),
        ("They are big glad.", "They are very glad.", "wording"),
    ],
)
def test_the_kind_is_told_from_the_words(old: str, new: str, kind: str) -> None:
    [edit] = word_edits(old, new)
    assert error_kind(old, edit) == kind

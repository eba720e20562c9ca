"""Each kind makes the mistakes it is named for, of texts that give rise to them."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("lemminflect")
from engine.train.mistakes.generate import MISTAKES, Mistake
from engine.train.mistakes.marks import (
    apostrophe,
    capital,
    comma_splice,
    question,
    run_on,
)
from engine.train.mistakes.nouns import article, plural, quantity
from engine.train.mistakes.order import word_order
from engine.train.mistakes.small_words import (
    confused,
    doubled,
    missing,
    preposition,
)
from engine.train.mistakes.typos import misspell, spelling
from engine.train.mistakes.verbs import agreement, comparison, tense, verb_form
from engine.train.mistakes.words import join, split

CASES = [
    (agreement, "She walks to work.", "She walk to work."),
    (agreement, "The boxes on the shelf are full.", "The boxes on the shelf is full."),
    (agreement, "They know the way.", "They knows the way."),
    (tense, "Yesterday we met and talked.", "Yesterday we met and talk."),
    (tense, "I have lived here since May.", "I live here since May."),
    (tense, "We have been here since May.", "We are here since May."),
    (verb_form, "He can swim.", "He can swims."),
    (verb_form, "He can swim.", "He can to swim."),
    (verb_form, "They have gone home.", "They have went home."),
    (verb_form, "It did not work, so we did stop.", "It did not work, so we did stopped."),
    (verb_form, "I want to leave.", "I want leaving."),
    (verb_form, "I enjoy reading.", "I enjoy to read."),
    (verb_form, "Let me go now.", "Let me to go now."),
    (verb_form, "I saw him.", "I seen him."),
    (verb_form, "I used to smoke.", "I use to smoke."),
    (article, "We saw a film.", "We saw film."),
    (article, "I ate an apple today.", "I ate a apple today."),
    (article, "The road is in Wales now.", "The road is in the Wales now."),
    (plural, "She gave us advice today.", "She gave us advices today."),
    (plural, "I bought two chairs.", "I bought two chair."),
    (plural, "Every student came.", "Every students came."),
    (quantity, "There are many chairs.", "There are much chairs."),
    (comparison, "This one is better.", "This one is more better."),
    (comparison, "It was a boring film.", "It was a bored film."),
    (comparison, "She sang beautifully.", "She sang beautiful."),
    (preposition, "We listened to music.", "We listened music."),
    (preposition, "We meet on Monday.", "We meet in Monday."),
    (preposition, "We discussed the plan.", "We discussed about the plan."),
    (missing, "It is time to go home.", "It is time go home."),
    (doubled, "It fell on the floor.", "It fell on the the floor."),
    (confused, "They left their coats.", "They left there coats."),
    (confused, "It should have worked.", "It should of worked."),
    (confused, "I did not know it.", "I did not no it."),
    (word_order, "I always eat breakfast.", "I eat always breakfast."),
    (word_order, "Ask what it is.", "Ask what is it."),
    (word_order, "Tell me where the station is now.", "Tell me where is the station now."),
    (word_order, "Where is he going?", "Where he is going?"),
    (apostrophe, "It's late.", "Its late."),
    (apostrophe, "The cars stopped.", "The car's stopped."),
    (apostrophe, "They didn't come.", "They did'nt come."),
    (run_on, "It rained. We stayed in.", "It rained we stayed in."),
    (comma_splice, "It rained. We stayed in.", "It rained, we stayed in."),
    (comma_splice, "It rained. Anna left.", "It rained, Anna left."),
    (capital, "Then I saw Paris.", "Then i saw Paris."),
    (capital, "Then I saw Paris.", "Then I saw paris."),
    (question, "Are you there?", "Are you there."),
    (spelling, "It is definitely late.", "It is definately late."),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), CASES)
def test_what_each_kind_makes(kind: Mistake, right: str, wrong: str) -> None:
    assert wrong in {join(ways) for ways in kind(split(right), Random(0))}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (agreement, "They want to have it."),
        (comma_splice, "It rained. And we stayed in."),
        (run_on, "One sentence only."),
        (question, "A statement."),
        (quantity, "So many of them."),
    ],
)
def test_what_would_be_right_is_not_made(kind: Mistake, text: str) -> None:
    made = {join(ways) for ways in kind(split(text), Random(0))}
    assert text not in made
    assert "They want to has it." not in made
    assert "It rained, and we stayed in." not in made


def test_every_kind_is_covered_here() -> None:
    assert {kind for kind, _, _ in CASES} == set(MISTAKES)


def test_a_slip_keeps_the_first_letter() -> None:
    chance = Random(0)
    slips = {misspell("garden", chance) for _ in range(200)}
    assert len(slips) > 20
    assert {slip[0] for slip in slips} == {"g"}

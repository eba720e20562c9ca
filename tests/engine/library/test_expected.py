from __future__ import annotations

import pytest

from engine.library.expected import answer_likelihood


@pytest.mark.parametrize(
    ("question", "sentence", "likely"),
    [
        ("How many codes can it hold?", "It holds ten codes.", 1.0),
        ("How many codes can it hold?", "It holds codes.", 0.0),
        ("How tall does it grow?", "It grows on salty ground.", 0.0),
        ("What does it cost?", "A ticket costs 1.70 euros.", 1.0),
        ("What does it cost?", "The cost is discussed in 3 places.", 0.0),
        ("When did it open?", "It opened on 4 November.", 1.0),
        ("When did it open?", "It opened to applause.", 0.0),
        ("Who led the study?", "It was led by Mirela Stan.", 1.0),
        ("Who led the study in Rome?", "The study in Rome was led on Monday.", 0.0),
        ("Why is it closed?", "It is closed because of rot.", 1.0),
        ("Where is it?", "It stands near the harbour.", 1.0),
        ("Is it blue?", "Perhaps.", 0.5),
        ("How many plots are there?", "There are nineteen plots.", 1.0),
        ("How many plots are there?", "A plot costs 41 pounds, and 3 are free.", 0.5),
        ("How many people came?", "Nine volunteers came.", 1.0),
        ("How long does it run?", "It runs for eleven hours.", 1.0),
        ("How long does it run?", "It runs on 3 batteries.", 0.0),
        ("How often is it oiled?", "It is oiled once a month.", 1.0),
        ("How old was she?", "At fourteen she flew alone; she was fourteen.", 1.0),
        ("What is his telephone number?", "He lives at number 2.", 0.0),
        ("What is his telephone number?", "Ring 0114 496 0123.", 1.0),
        ("What was the dentist's name?", "A dentist in Lowick mended it.", 0.0),
        ("What was the dentist's name?", "The dentist, Ilse Brandt, mended it.", 1.0),
        ("What was the ship called?", "It was bought for the liner Aurelia.", 1.0),
        ("Who built it?", "It was built near Linnet Weir.", 0.0),
        ("Who gave it?", "A brewer gave it.", 0.5),
        ("In which month did it open?", "It opened in May.", 1.0),
        ("What year was it?", "There were 30 of them.", 0.0),
        ("What colour is it?", "It is a green van.", 1.0),
    ],
)
def test_likelihood(question: str, sentence: str, likely: float) -> None:
    assert answer_likelihood(question, sentence) == likely

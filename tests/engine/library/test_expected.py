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
    ],
)
def test_likelihood(question: str, sentence: str, likely: float) -> None:
    assert answer_likelihood(question, sentence) == likely

from __future__ import annotations

import pytest

from engine import clean_rewrite


@pytest.mark.parametrize(
    ("answer", "source", "cleaned"),
    [
        ("  A better line. ", "A line.", "A better line."),
        ("Here is the text:\n\nA better line.", "A line.", "A better line."),
        ('"A better line."', "A line.", "A better line."),
        ('"A better line."', '"A line."', '"A better line."'),
        ("A better line.\n\nThis version is clearer.", "A line.", "A better line."),
        ("One.\n\nTwo.", "First.\n\nSecond.", "One.\n\nTwo."),
        ("Dear Ann,\n\nThank you.", "thanks ann", "Dear Ann,\n\nThank you."),
        ("Better.", "\n  Line.\n", "\n  Better.\n"),
        ("", "Line.", ""),
    ],
)
def test_an_answer_loses_its_wrapping_and_keeps_the_outer_space(answer, source, cleaned) -> None:
    assert clean_rewrite(answer, source) == cleaned

"""The words of a quotation that are marked as its support."""

from __future__ import annotations

import pytest

from engine import supporting_words


@pytest.mark.parametrize(
    ("question", "quote", "marked"),
    [
        (
            "How many bees does the hive hold?",
            "The hive at the bottom holds about forty thousand bees in summer.",
            ["hive", "holds", "forty thousand bees"],
        ),
        (
            "When did the lighthouse open?",
            "The lighthouse opened on 3 May 1911; its keeper was Tom Reed.",
            ["lighthouse opened", "3 May 1911"],
        ),
        ("Who kept it?", "It was kept by Tom Reed.", ["kept", "Tom", "Reed"]),
        ("灯塔是谁看守的？", "灯塔由老王看守。", ["灯塔", "看守"]),
        ("Why?", "Nothing.", []),
    ],
)
def test_words_of_the_question_and_what_it_asks_for(question: str, quote: str, marked: list[str]):
    found = [quote[start:end] for start, end in supporting_words(question, quote)]
    assert [word for part in found for word in part.split()] == [
        word for part in marked for word in part.split()
    ]

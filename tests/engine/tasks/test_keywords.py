"""Keywords name what a text is about, in English and Chinese."""

from __future__ import annotations

from engine import keywords

ENGLISH = (
    "The ferry at Tarn Point lost money. Ferenc Holub hung a bell on each bank of the river. "
    "Whoever wants the ferry rings the bell. By September the ferry carried more lorries, and "
    "Ferenc Holub was pleased with the bell."
)
CHINESE = (
    "\u56fe\u4e66\u9986\u7684\u9605\u89c8\u5ba4\u8981\u5173\u4e86\u3002\u8bfb\u8005\u8bf4\uff0c\u9605\u89c8\u5ba4\u662f\u4ed6\u4eec\u7684\u5bb6\u3002"
    "\u9986\u957f\u628a\u9605\u89c8\u5ba4\u7684\u4e66\u9001\u7ed9\u56fe\u4e66\u9986\u65c1\u8fb9\u7684\u5b66\u6821\uff0c\u56fe\u4e66\u9986\u4e0d\u518d\u5f00\u3002"
)


def test_what_comes_often_and_names_come_first() -> None:
    found = [each.text for each in keywords(ENGLISH, count=5)]
    assert {"ferry", "bell", "Ferenc Holub"} <= set(found)


def test_none_is_part_of_another_and_small_words_are_none() -> None:
    found = [each.text.casefold() for each in keywords(ENGLISH, count=20)]
    assert "holub" not in found
    assert not {"the", "each", "whoever", "more"} & set(found)


def test_chinese_words_are_found_by_their_neighbours() -> None:
    found = {each.text for each in keywords(CHINESE)}
    assert {"\u9605\u89c8\u5ba4", "\u56fe\u4e66\u9986"} <= found
    assert not any("\u7684" in each for each in found)


def test_counts_are_those_of_the_text_and_an_empty_text_has_none() -> None:
    counts = {each.text: each.count for each in keywords(ENGLISH, count=20)}
    assert counts["ferry"] == 3
    assert keywords("") == ()

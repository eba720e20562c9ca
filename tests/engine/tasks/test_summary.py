"""Summaries quote the text, keep to their length, and let no invented sentence through."""

from __future__ import annotations

import pytest

from engine import CancelToken, FakeEngine, InvalidRequest, SummaryLength, summarise
from engine.tasks.grounded import grounding
from engine.tasks.summary import choose_sentences, parts, score_parts, summary_words, word_count

TEXT = (
    "# The ferry\n\n"
    "The ferry at Tarn Point lost money for eleven years. It carries nine cars across the river. "
    "Ferenc Holub hung a bell on each bank in April.\n\n"
    "- Fuel for the ferry fell by half in the first month.\n"
    "- Lorry drivers want fixed times on the river.\n\n"
    "He has promised the drivers two fixed times a day from next year. The weather was fine."
)


def test_every_sentence_of_a_summary_stands_in_the_text() -> None:
    found = summarise(TEXT, None, count=3)
    assert found is not None
    assert len(found.sentences) == 3
    for each in found.sentences:
        assert " ".join(TEXT[each.start : each.end].split()) == each.text
    assert [each.start for each in found.sentences] == sorted(
        each.start for each in found.sentences
    )


def test_headings_and_marks_of_lists_are_not_quoted() -> None:
    texts = [each.text for part in parts(TEXT) for each in part]
    assert texts[0].startswith("The ferry at Tarn")
    assert "Fuel for the ferry fell by half in the first month." in texts


@pytest.mark.parametrize("length", list(SummaryLength))
def test_a_summary_is_at_most_a_third_of_the_text(length: SummaryLength) -> None:
    long = " ".join(
        f"The {i}th visitor of the museum wrote a letter about lamp {i}." for i in range(90)
    )
    found = summarise(long, None, length=length)
    assert found is not None
    assert found.words <= word_count(long) / 3
    assert found.words <= summary_words(length, word_count(long))


def test_longer_summaries_have_more_words() -> None:
    sizes = [summary_words(length, 900) for length in SummaryLength]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 3


def test_long_texts_are_read_in_parts_with_progress() -> None:
    long = " ".join(f"The {i}th visitor of the museum wrote about lamp {i}." for i in range(300))
    shares: list[float] = []
    engine = FakeEngine()
    read = list(score_parts(long, engine, progress=shares.append))
    assert len(read) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    longest = max(len(prompt) for prompt, _, _ in engine.asked)
    assert longest < 6_000


def test_a_cancelled_summary_has_no_result() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert summarise(TEXT, FakeEngine(), cancel=cancel) is None


def test_nothing_to_summarise_is_said() -> None:
    with pytest.raises(InvalidRequest, match="whole sentence"):
        summarise("# A heading\n\nWords.", None)


def test_what_is_said_already_is_not_said_again() -> None:
    text = (
        "The council will close the reading room in October. "
        "The reading room will be closed by the council in October. "
        "Volunteers want to raise money for the roof."
    )
    read = list(score_parts(text, None))
    chosen = [each.text for each in choose_sentences(read, count=2)]
    assert "Volunteers want to raise money for the roof." in chosen


def test_chinese_is_counted_and_split() -> None:
    text = "\u56fe\u4e66\u9986\u5c06\u5728\u5341\u6708\u5173\u95ed\u9605\u89c8\u5ba4\u3002" * 3
    assert len([each for part in parts(text) for each in part]) == 3


@pytest.mark.parametrize(
    ("sentence", "sound"),
    [
        ("The ferry at Tarn Point lost money for eleven years.", True),
        ("Ferenc Holub hung bells, and fuel fell by half.", True),
        ("The ferry lost money for twelve years.", False),
        ("The ferry carries 30 cars.", False),
        ("Ferenc Holub sold the ferry to Marcus Vance.", False),
        ("The submarine was scrapped after an expensive inquiry.", False),
    ],
)
def test_a_sentence_that_adds_something_is_refused(sentence: str, sound: bool) -> None:
    assert grounding(sentence, TEXT).sound is sound

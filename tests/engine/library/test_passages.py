from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.library.passages import rank_passages, split_passages

MANUAL = (
    "# Dehydrator\n\nWash the trays in warm soapy water. They can go in a dishwasher.\n\n"
    "Herbs need only 35 degrees and are\nusually ready in three hours.\n\n"
    "If the red light flashes twice, the machine has overheated."
)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=3000))
def test_passages_are_what_the_source_says_at_that_place(text: str) -> None:
    for passage in split_passages("s", text):
        assert passage.text == text[passage.start : passage.end]
        assert passage.line == text.count("\n", 0, passage.start) + 1


def test_long_paragraphs_are_split_at_sentence_ends() -> None:
    text = "This is one plain sentence of the paragraph. " * 100
    passages = split_passages("s", text)
    assert len(passages) > 3
    assert all(len(passage.text) <= 700 for passage in passages)
    assert all(passage.text.endswith(".") for passage in passages)


def test_the_quotation_is_the_sentence_and_knows_its_place() -> None:
    best = rank_passages(split_passages("m.md", MANUAL), "What temperature do herbs need?")[0]
    quote = best.quote
    assert quote.text.startswith("Herbs need only 35 degrees")
    assert MANUAL[quote.start : quote.end] == quote.text
    assert (quote.source, quote.line) == ("m.md", 5)


def test_the_kind_of_thing_asked_for_decides_between_equal_sentences() -> None:
    text = "The bridge was much discussed. The bridge opened in 1968. The bridge is narrow."
    best = rank_passages(split_passages("s", text), "When did the bridge open?")[0]
    assert "1968" in best.quote.text


def test_a_sentence_that_refers_back_is_quoted_with_the_one_before() -> None:
    text = "The keypad is by the door. It holds up to ten codes."
    best = rank_passages(split_passages("s", text), "How many codes does it hold?")[0]
    assert best.quote.text == text


def test_nothing_in_common_is_no_passage() -> None:
    assert rank_passages(split_passages("s", MANUAL), "choir tenors") == []
    assert rank_passages([], "herbs") == []
    assert rank_passages(split_passages("s", MANUAL), "???") == []


def test_the_same_question_gets_the_same_order() -> None:
    passages = split_passages("s", MANUAL)
    assert rank_passages(passages, "red light") == rank_passages(passages, "red light")

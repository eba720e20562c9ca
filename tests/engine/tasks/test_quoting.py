from __future__ import annotations

import pytest

from engine import FakeEngine, LocalEngine, find_evidence
from engine.library.passages import rank_sentences, split_passages
from engine.tasks.quoting import answer_probability, can_score, features, sentence_value
from engine.tasks.reading_weights import ANSWER, RANK

TEXT = (
    "The ferry crosses the river below the mill. The first ferry, in 1831, was drawn by a blind "
    "horse called Captain. A car pays five pounds."
)
QUESTION = "What animal pulled the first ferry?"


def test_sentences_come_with_what_is_before_them() -> None:
    first, second, third = rank_sentences(split_passages("a.md", TEXT), QUESTION)
    assert second.coverage > first.coverage > third.coverage
    assert second.with_previous == f"{first.quote.text}\n{second.quote.text}"
    assert TEXT[third.quote.start : third.quote.end] == "A car pays five pounds."


def test_the_kind_of_thing_asked_for_counts() -> None:
    kinds = rank_sentences(split_passages("a.md", TEXT), "How much does a car pay?")
    assert [each.expected for each in kinds] == [0.0, 0.0, 1.0]


def test_the_models_scores_raise_value_and_probability() -> None:
    sentence = rank_sentences(split_passages("a.md", TEXT), QUESTION)[1]
    assert sentence_value(sentence, 1.5) > sentence_value(sentence, 0.0)
    low, high = answer_probability(sentence, 0.0), answer_probability(sentence, 1.5)
    assert 0 < low < high < 1


def test_a_sentence_without_what_is_asked_for_is_hardly_an_answer() -> None:
    sentences = rank_sentences(split_passages("a.md", TEXT), "How many pounds does a car pay?")
    assert [each.expected for each in sentences] == [0.0, 0.0, 1.0]
    none, _, right = (answer_probability(each, 1.0) for each in sentences)
    assert right > 2 * none


def test_every_constant_has_its_feature() -> None:
    sentence = rank_sentences(split_passages("a.md", TEXT), QUESTION)[0]
    known = features(sentence, 0.5)
    assert set(RANK) | set(ANSWER) - {"intercept"} == set(known)


def test_other_languages_are_chosen_by_words_alone() -> None:
    engine = FakeEngine()
    text = (
        "\u8336\u56ed\u4e00\u5171\u5341\u4e8c\u4ea9\u3002\u8868\u59d0\u963f\u5170\u5356\u8336\u3002"
    )
    evidence = find_evidence([("\u8336.md", text)], "\u8c01\u5728\u5356\u8336\uff1f", engine)
    assert not can_score("\u8c01\u5728\u5356\u8336\uff1f")
    assert evidence.nearest
    assert engine.asked == []


def test_no_passage_no_quotation() -> None:
    evidence = find_evidence([("a.md", TEXT)], "Zebras?")
    assert (evidence.citations, evidence.nearest) == ((), ())


@pytest.mark.model
def test_the_real_model_finds_what_words_do_not(engine: LocalEngine) -> None:
    found = find_evidence([("a.md", TEXT)], QUESTION, engine)
    assert "blind horse" in found.nearest[0].quote
    evidence = find_evidence(
        [("a.md", TEXT)], "What was the horse of the first ferry called?", engine
    )
    assert evidence.supported
    assert "Captain" in evidence.citations[0].quote
    assert evidence.citations[0].support == evidence.nearest[1].support


@pytest.mark.model
def test_what_is_declined_still_shows_the_nearest(engine: LocalEngine) -> None:
    evidence = find_evidence([("a.md", TEXT)], "Why was the mill painted green?", engine)
    assert not evidence.supported
    assert "below the mill" in evidence.nearest[0].quote

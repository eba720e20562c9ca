from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import InvalidRequest, LocalEngine, classify, classify_request

POSITIVE = (
    "I love it. It works well, it looks lovely, and my daughter thanks me for it every day.",
    "What a wonderful evening: warm people, excellent food, and music to remember for years.",
)
NEGATIVE = (
    "It broke on the second day, the shop refused to help, and I want my money back.",
    "A terrible hotel: dirty rooms, rude staff, and a horrible smell. We left early.",
)


@pytest.fixture(scope="module")
def engine(default_model: Path) -> Iterator[LocalEngine]:
    made = LocalEngine(default_model)
    made.wait_until_loaded()
    yield made
    assert made.close()


@pytest.mark.model
@pytest.mark.parametrize("text", [*POSITIVE, *NEGATIVE])
def test_what_is_plain_is_labelled_rightly(engine: LocalEngine, text: str) -> None:
    request = classify_request(text, ["positive", "negative"], template="Text: {text}\nSentiment:")
    positive, negative = classify(engine, request)
    assert (positive.probability > negative.probability) == (text in POSITIVE)


def test_a_label_follows_the_template_as_a_word() -> None:
    assert classify_request("x", ["a", " b "]).candidates == (" a", " b")
    spaced = classify_request("x", ["a", "b"], template="{text}\n")
    assert spaced.candidates == ("a", "b")


def test_the_prior_is_taken_from_the_same_prompt_without_the_text() -> None:
    request = classify_request("Some words.", ["a", "b"], template="<{text}>{labels}")
    assert request.prompt == "<Some words.>a, b"
    assert all(each.startswith("<") and each.endswith(">a, b") for each in request.neutral)
    assert not any("Some words" in each for each in request.neutral)
    assert classify_request("x", ["a", "b"], divide_prior=False).neutral == ()


@pytest.mark.parametrize("labels", [[], ["a"], ["a", "a "], ["a", " "]])
def test_labels_have_to_be_different_words(labels: list[str]) -> None:
    with pytest.raises(InvalidRequest):
        classify_request("x", labels)

from __future__ import annotations

from engine import SamplingParams, answer_grounding, ask_request, find_evidence

SOURCES = [
    ("trams.txt", "Line A opened in 1932. A single ticket costs 1.70 euros."),
    ("hens.txt", "Hens stop laying for several reasons. The moult lasts eight weeks."),
]


def test_the_best_source_comes_first() -> None:
    evidence = find_evidence(SOURCES, "What does a single ticket cost?")
    assert evidence.supported
    assert evidence.citations[0].source == "trams.txt"
    assert "1.70 euros" in evidence.citations[0].quote


def test_no_support_no_evidence() -> None:
    assert not find_evidence(SOURCES, "Who conducts the choir?").supported
    assert not find_evidence([], "Who conducts the choir?").supported
    assert not find_evidence([("empty", "")], "Who?").supported


def test_the_request_holds_the_passages_and_the_question() -> None:
    question = "How long does the moult last?"
    evidence = find_evidence(SOURCES, question)
    request = ask_request(evidence, question, sampling=SamplingParams(seed=4))
    prompt = request.prompt[-1]
    assert not isinstance(prompt, str)
    assert "The moult lasts eight weeks." in prompt.content
    assert prompt.content.endswith(question)
    assert request.sampling.seed == 4


def test_saying_that_it_is_the_answer_adds_nothing_to_the_quotations() -> None:
    question = "How many visitors did the museum have?"
    source = ("museum.pdf", "The museum had 81,250 visitors in the year 2022.")
    evidence = find_evidence([source], question)
    assert answer_grounding("The answer is: 81,250.", evidence, question) == 1.0
    assert answer_grounding("The answer is: Napoleon.", evidence, question) == 0.0

from __future__ import annotations

import pytest

from engine import CancelToken, ErrorKind, Proofreader, corrected
from engine.proofread.candidates import Candidate, gather, versions, with_gains
from engine.proofread.edits import word_edits
from engine.proofread.judge import Margins, choose
from engine.proofread.kinds import error_kind
from engine.proofread.names import Names
from engine.proofread.proofreader import stretches
from engine.proofread.rules import SPELLING_RULE, Finding


def _finding(text: str, old: str, *new: str) -> Finding:
    start = text.index(old)
    return Finding(start, start + len(old), new, "Rule", "Kind", "Because.")


def _candidates(old: str, new: str) -> list[Candidate]:
    return [Candidate(edit, error_kind(old, edit), rewritten=True) for edit in word_edits(old, new)]


def test_what_rules_and_model_propose_comes_once() -> None:
    text = "She have an cat."
    found = gather(text, [_finding(text, "an", "a", "the")], "She has a cat.", Names(text))
    by_text = {each.edit.text: each for each in found}
    assert set(by_text) == {"a", "the", "has"}
    assert by_text["a"].finding is not None
    assert by_text["a"].rewritten
    assert by_text["the"].rank == 1
    assert by_text["has"].finding is None


@pytest.mark.parametrize(
    "rewrite", ["The weather is nice today and I am happy to help you.", "", "It cost 30 euros."]
)
def test_a_rewrite_that_is_another_text_or_breaks_a_number_proposes_nothing(rewrite: str) -> None:
    text = "It cost 13 euros."
    assert gather(text, [], rewrite, Names(text)) == []


def test_an_edit_is_judged_alone_and_in_the_company_of_the_others() -> None:
    text = "my colleague speak"
    candidates = _candidates(text, "my colleagues speaks")
    asked = versions(text, candidates)
    assert asked[0] == text
    assert set(asked) == {
        text, "my colleagues speak", "my colleague speaks", "my colleagues speaks"
    }  # fmt: skip
    logprobs = {
        text: -9.0,
        "my colleagues speak": -6.0,
        "my colleague speaks": -8.5,
        "my colleagues speaks": -7.0,
    }
    first, second = with_gains(text, candidates, logprobs)
    assert (first.gain, first.company) == (3.0, 1.5)
    assert (second.gain, second.company) == (0.5, -1.0)


def _judged(text: str, new: str, gain: float, finding: Finding | None = None, **more) -> Candidate:
    [edit] = word_edits(text, new)
    return Candidate(edit, error_kind(text, edit), finding, gain=gain, company=gain, **more)


def test_only_what_gains_enough_is_taken() -> None:
    text = "She have an cat."
    rule = _finding(text, "an", "a")
    margins = Margins(rule=2.0, model=1.0, both=-1.0)

    def taken(*candidates: Candidate) -> list[str]:
        return [each.edit.text for each in choose(candidates, margins)]

    assert taken(_judged(text, "She have a cat.", 1.9, rule)) == []
    assert taken(_judged(text, "She have a cat.", 2.1, rule)) == ["a"]
    assert taken(_judged(text, "She have a cat.", -0.5, rule, rewritten=True)) == ["a"]
    assert taken(_judged(text, "She has an cat.", 0.9, rewritten=True)) == []
    assert taken(_judged(text, "She have a cat.", 3.0, rule, name=True)) == []
    assert taken(
        _judged(text, "She have a cat.", 3.0, rule), _judged(text, "She has an cat.", 2.0)
    ) == ["has", "a"]


def test_words_that_only_the_model_puts_in_need_more_and_dictionaries_less() -> None:
    text = "She saw wierd cat."
    margins = Margins(spelling=-4.0, model=0.5, words=8.0, near=3.0)

    def taken(candidate: Candidate) -> bool:
        return choose([candidate], margins) == [candidate]

    assert not taken(_judged(text, "She saw the very wierd cat.", 7.0, rewritten=True))
    assert taken(_judged(text, "She saw the very wierd cat.", 8.5, rewritten=True))
    word = Finding(8, 13, ("weird",), SPELLING_RULE, "Spelling", "")
    assert taken(_judged(text, "She saw weird cat.", -3.0, word))
    assert not taken(_judged(text, "She saw weird cat.", -5.0, word))
    assert not taken(_judged(text, "She saw weird cat.", 9.0, word, near=True))
    assert not taken(_judged(text, "She sees wierd cat.", 2.0, rewritten=True, near=True))
    assert taken(_judged(text, "She sees wierd cat.", 4.0, rewritten=True, near=True))


def test_either_of_a_doubled_word_may_go_but_not_both() -> None:
    text = "We saw the the cat."
    found = gather(text, [_finding(text, "the the", "the")], "We saw the cat.", Names(text))
    assert len(found) == 1
    assert found[0].rewritten
    assert found[0].finding is not None


def test_what_a_rule_would_do_where_the_model_does_something_is_near_it() -> None:
    text = "It was late, she eat an apple."
    found = gather(
        text, [_finding(text, "eat", "eats")], "It was late, she ate an apple.", Names(text)
    )
    assert {each.edit.text: each.near for each in found} == {"ate": True, "eats": True}


def test_of_what_excludes_each_other_the_surer_is_taken() -> None:
    text = "They was late."
    one, two = _judged(text, "They were late.", 4.0), _judged(text, "They is late.", 6.0)
    assert [each.edit.text for each in choose([one, two], Margins())] == ["is"]


def test_without_a_model_a_rules_first_replacement_is_taken() -> None:
    text = "Teh cat sat on teh mat.\nI do not know teh `teh`."

    def source(given: str) -> list[Finding]:
        starts = [place for place in range(len(given)) if given.startswith("teh", place)]
        return [Finding(each, each + 3, ("the", "ten"), "Teh", "Typo", "") for each in starts]

    found = Proofreader([source], None).corrections(text)
    assert found is not None
    assert [(each.old, each.new, each.rule, each.gain) for each in found] == [
        ("teh", "the", "Teh", None)
    ] * 2
    assert all(text[each.start : each.end] == each.old for each in found)
    assert {each.kind for each in found} == {ErrorKind.SPELLING}
    assert corrected(text, found) == "Teh cat sat on the mat.\nI do not know the `teh`."


def test_it_can_be_cancelled_and_says_how_far_it_is() -> None:
    shares: list[float] = []
    cancel = CancelToken()
    proofreader = Proofreader([], None)
    assert proofreader.corrections("One.\nTwo.", shares.append) == ()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    cancel.cancel()
    assert proofreader.corrections("One.", cancel=cancel) is None


def test_sentences_are_looked_at_together_but_not_over_a_line_end() -> None:
    text = "It rained. We left.\n\n" + "This one is long enough to stand alone, I think. " * 6
    found = [each.text for each in stretches(text)]
    assert all(text[each.start : each.end] == each.text for each in stretches(text))
    assert found[0] == "It rained. We left."
    assert all(len(each) <= 200 for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.model
def test_the_model_corrects_what_it_is_sure_of_and_leaves_the_rest(engine) -> None:
    text = "She walked to the station. I beleive he have two brothers."
    proofreader = Proofreader([], engine, Margins(model=-100.0))
    found = proofreader.corrections(text)
    assert found is not None
    assert all(each.gain is not None for each in found)
    assert Proofreader([], engine, Margins(model=1e9)).corrections(text) == ()

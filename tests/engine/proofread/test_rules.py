from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.proofread.rules import (
    SPELLING_RULE,
    UNSURE_RULES,
    Dialect,
    Finding,
    Rules,
    with_spelling,
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules()


def test_a_finding_says_where_what_and_why(rules: Rules) -> None:
    text = "Café food is an test."
    [found] = [each for each in rules(text) if each.rule == "AnA"]
    assert (text[found.start : found.end], found.replacements[0]) == ("an", "a")
    assert found.message


def test_findings_come_in_the_order_of_the_text(rules: Rules) -> None:
    found = rules("I recieved the the parcel.")
    assert [each.rule for each in found] == [SPELLING_RULE, "RepeatedWords"]
    assert found[1].replacements == ("the",)
    assert rules("The parcel is here.") == []


def test_what_is_to_be_put_in_is_a_replacement_of_the_whole_stretch(rules: Rules) -> None:
    text = "We left early however it rained."
    for each in rules(text):
        assert all(new != text[each.start : each.end] for new in each.replacements)


def test_a_rule_can_be_switched_off_and_an_unknown_one_does_no_harm() -> None:
    rules = Rules(off=["RepeatedWords", "NoSuchRule"])
    assert [each.rule for each in rules("I recieved the the parcel.")] == [SPELLING_RULE]


def test_rules_are_switched_off_and_on_without_loading_anew() -> None:
    rules = Rules()
    text = "This is the the parcel with an test."
    assert [each.rule for each in rules(text)] == ["RepeatedWords", "AnA"]
    rules.switch_off(["AnA"])
    assert [each.rule for each in rules(text)] == ["RepeatedWords"]
    rules.switch_off([])
    assert [each.rule for each in rules(text)] == ["RepeatedWords", "AnA"]


def test_every_rule_but_spelling_is_listed_once_with_its_group(rules: Rules) -> None:
    listed = {each.name: each for each in rules.catalogue()}
    assert len(listed) == len(rules.catalogue()) > 800
    assert listed["PronounVerbAgreement"].group == "Pronouns and Possession"
    assert listed["RepeatedWords"].description
    assert SPELLING_RULE not in listed
    assert listed.keys() >= UNSURE_RULES


def test_the_markup_of_markdown_is_no_prose() -> None:
    rules = Rules(markdown=True)
    text = "# A heading\n\nWe saw `an test` and [an link](http://an.test/x)."
    assert [text[each.start : each.end] for each in rules(text)] == ["an"]
    assert rules(text)[0].start == text.index("an link")


def test_matters_of_taste_and_words_that_may_be_twice_are_no_findings(rules: Rules) -> None:
    assert rules("We had had enough of the lorry, and said that that man was right.") == []
    assert any(each.rule == "CompoundNouns" for each in Rules(off=[])("It is in the back room."))
    assert rules("It is in the back room.") == []


def test_the_better_dictionary_decides_which_words_are_wrong() -> None:
    text = "My neighbour smiled at an cueca beggining."

    def rules(given: str) -> list[Finding]:
        return [
            Finding(3, 12, ("neighbor",), SPELLING_RULE, "Spelling", ""),
            Finding(23, 25, ("a",), "AnA", "Grammar", ""),
            Finding(32, 41, ("begging",), SPELLING_RULE, "Spelling", ""),
        ]

    def spelling(given: str) -> list[Finding]:
        return [
            Finding(26, 31, (), SPELLING_RULE, "Spelling", "Unknown."),
            Finding(32, 41, ("beginning",), SPELLING_RULE, "Spelling", "Unknown."),
        ]

    found = with_spelling(rules, spelling)(text)
    assert [(each.start, each.replacements) for each in found] == [
        (23, ("a",)),
        (26, ()),
        (32, ("beginning", "begging")),
    ]


def test_words_are_those_of_the_dialect(rules: Rules) -> None:
    british = Rules(Dialect.BRITISH)
    assert [each.rule for each in rules("My neighbour smiled.")] == [SPELLING_RULE]
    assert british("My neighbour smiled.") == []


def test_several_threads_may_ask_at_once(rules: Rules) -> None:
    texts = [f"This is an test number {number}." for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(rules, texts))
    assert all(each and each[0].replacements[0] == "a" for each in found)

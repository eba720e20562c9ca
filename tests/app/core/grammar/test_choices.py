"""What a person chose about the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.grammar.choices import is_own_word, place_of, rules_off, switched
from app.core.grammar.client import GrammarFinding
from app.core.grammar.dialects import FOLLOW, dialect_for, looks_english
from app.core.grammar.words import plain_description, plain_name
from app.core.spelling.dictionaries import Dictionary
from engine import UNSURE_RULES, Dialect, ErrorKind, RuleInfo


def _finding(start: int, text: str, new: str, rule: str = "AnA") -> GrammarFinding:
    return GrammarFinding(start, start + len(text), text, (new,), rule, ErrorKind.ARTICLE, "")


def test_rules_are_off_by_choice_and_unsure_ones_by_themselves() -> None:
    assert rules_off({}) == UNSURE_RULES
    chosen = switched(switched({}, "AnA", on=False), "SplitWords", on=True)
    assert rules_off(chosen) == (UNSURE_RULES | {"AnA"}) - {"SplitWords"}
    assert switched(switched(chosen, "AnA", on=True), "SplitWords", on=False) == {}


def test_a_place_keeps_its_name_while_the_words_beside_it_stay() -> None:
    line = "We saw an test of an test here."
    first, second = _finding(7, "an", "a"), _finding(18, "an", "a")
    assert place_of(first, line) != place_of(second, line)
    longer = "Yesterday " + line
    assert place_of(_finding(17, "an", "a"), longer) == place_of(first, line)
    assert place_of(_finding(7, "an", "a", "Other"), line) != place_of(first, line)


def test_what_would_change_only_the_persons_own_words_is_no_finding() -> None:
    own = {"iPhone"}.__contains__
    assert is_own_word(_finding(0, "iPhone", "IPhone"), own)
    assert is_own_word(_finding(0, "an iPhone", "an IPhone"), own)
    assert not is_own_word(_finding(0, "an iPhone", "a iPhone"), own)
    assert not is_own_word(_finding(0, "iPhone iPhone", "iPhone"), own)


@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        ("en_US", Dialect.AMERICAN),
        ("en_GB", Dialect.BRITISH),
        ("en_AU", Dialect.AUSTRALIAN),
        ("en_CA", Dialect.CANADIAN),
        ("en_ZA", Dialect.BRITISH),
        ("de_DE", None),
    ],
)
def test_the_dialect_follows_the_spelling(name: str, dialect: Dialect | None) -> None:
    assert dialect_for(FOLLOW, Dictionary(name, Path())) is dialect


def test_a_dialect_is_chosen_for_english_alone() -> None:
    assert dialect_for("canadian", Dictionary("en_US", Path())) is Dialect.CANADIAN
    assert dialect_for("canadian", Dictionary("fr_CA", Path())) is None
    assert dialect_for(FOLLOW, None) is None


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("We saw it.", True),
        ("a", False),
        ("\u4ed6\u8bf4 hello \u7136\u540e\u8d70\u4e86", False),
        ("Caf\u00e9 food is good", True),
        ("12 + 13", False),
        ("\u041c\u044b \u0432\u0438\u0434\u0435\u043b\u0438 the test", False),
    ],
)
def test_only_what_is_mostly_english_is_asked_about(text: str, english: bool) -> None:
    assert looks_english(text) is english


def test_rules_are_named_in_plain_words() -> None:
    assert plain_name("RepeatedWords") == "Repeated words"
    assert plain_name("IDontKnow") == "I dont know"
    rule = RuleInfo("X", "", "Corrects `a\n  b` to **c**, see [this](http://x).")
    assert plain_description(rule) == "Corrects \u201ca b\u201d to c, see this."

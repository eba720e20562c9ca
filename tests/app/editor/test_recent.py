"""Suggestions made a moment ago are found again at the same place only."""

from __future__ import annotations

from app.editor.recent import RecentSuggestions


def test_found_where_it_was_made_and_where_it_was_typed_into() -> None:
    recent = RecentSuggestions()
    recent.add("The keeper", "", " climbed")
    assert recent.find("The keeper", "") == " climbed"
    assert recent.find("The keeper cl", "") == "imbed"
    assert recent.find("The keeper climbed", "") == ""


def test_not_found_elsewhere() -> None:
    recent = RecentSuggestions()
    recent.add("The keeper", "", " climbed")
    assert recent.find("The keeper", "after") == ""
    assert recent.find("Not The keeper", "") == ""
    assert recent.find("The keepe", "") == ""
    recent.clear()
    assert recent.find("The keeper", "") == ""


def test_a_long_context_is_known_by_its_end() -> None:
    recent = RecentSuggestions()
    recent.add("x" * 500, "", " yes")
    assert recent.find("y" + "x" * 400, "") == " yes"
    assert recent.find("x" * 100, "") == ""


def test_the_one_unused_for_longest_is_forgotten() -> None:
    recent = RecentSuggestions(capacity=2)
    recent.add("one", "", "1")
    recent.add("two", "", "2")
    assert recent.find("one", "") == "1"
    recent.add("three", "", "3")
    assert recent.find("two", "") == ""
    assert recent.find("one", "") == "1"


def test_much_is_remembered_by_default() -> None:
    recent = RecentSuggestions()
    for number in range(250):
        recent.add(f"{number} ", "", "x")
    assert recent.find("0 ", "") == "x"
    recent.add("another", "", "x")
    assert recent.find("1 ", "") == ""

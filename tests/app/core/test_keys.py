"""Keys of the person's own: nobody's twice, and none that writing needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.commands import COMMANDS, MENUS, SUGGESTION, WINDOW, CommandSpec
from app.core.keys import holder, keys_of, more_keys, rebound, refusal

BY_ID = {command.id: command for command in COMMANDS}
NEW, OPEN = BY_ID["file.new"], BY_ID["file.open"]
TAKE = BY_ID["suggestion.take"]
KEYS = [*"Ctrl+Alt+N Ctrl+N Ctrl+O Tab Esc F2 x Ctrl+Left Alt+F4 Alt+F".split(), ""]


def _clashes(keys: dict[str, str]) -> list[tuple[str, str]]:
    bound = [command for command in COMMANDS if keys[command.id]]
    return [
        (one.id, other.id)
        for one in bound
        if (other := holder(keys[one.id], one, keys)) is not None
    ]


def test_without_own_keys_each_command_has_the_tables():
    assert keys_of({}) == {command.id: command.shortcut for command in COMMANDS}
    assert _clashes(keys_of({})) == []


def test_a_key_taken_over_leaves_its_owner_without():
    own = rebound({}, NEW, "Ctrl+O")
    assert own == {"file.new": "Ctrl+O", "file.open": ""}
    keys = keys_of(own)
    assert (keys["file.new"], keys["file.open"]) == ("Ctrl+O", "")


def test_the_usual_key_needs_no_note():
    assert rebound(rebound({}, NEW, "Ctrl+O"), NEW, "Ctrl+N") == {"file.open": ""}
    assert rebound({"file.open": ""}, OPEN, "Ctrl+O") == {}


def test_a_command_can_be_left_without_a_key():
    assert keys_of(rebound({}, NEW, ""))["file.new"] == ""


def test_one_of_several_keys_goes_to_whoever_wants_it_and_the_usual_one_stays():
    several = next(command for command in COMMANDS if command.also)
    extra = several.also[0]
    assert holder(extra, NEW if several is not NEW else OPEN, keys_of({})) is several
    command = NEW if several is not NEW else OPEN
    own = rebound({}, command, extra)
    assert own == {command.id: extra}
    assert keys_of(own)[several.id] == several.shortcut
    assert extra in more_keys(keys_of({}))[several.id]
    assert extra not in more_keys(keys_of(own))[several.id]


def test_keys_of_a_later_version_survive():
    own = rebound({"from.the.future": "Ctrl+J"}, NEW, "F2")
    assert own == {"from.the.future": "Ctrl+J", "file.new": "F2"}


def test_the_suggestions_keys_meet_the_windows_but_not_each_other_elsewhere():
    keys = keys_of({})
    assert holder("Ctrl+N", TAKE, keys) is NEW
    assert holder("Tab", NEW, keys) is TAKE
    other = CommandSpec("elsewhere.take", "Take", NEW.menu, "Tab", context="elsewhere")
    assert holder("Tab", other, keys) is None
    assert holder("", NEW, keys) is None


@given(st.dictionaries(st.sampled_from([*BY_ID, "no.such"]), st.sampled_from(KEYS)))
def test_whatever_the_file_says_no_key_means_two_things(own: dict[str, str]):
    keys = keys_of(own)
    assert set(keys) == set(BY_ID)
    assert _clashes(keys) == []
    assert [key for name, key in keys.items() if refusal(key, BY_ID[name])] == []


@given(
    st.dictionaries(st.sampled_from(list(BY_ID)), st.sampled_from(KEYS)),
    st.sampled_from(COMMANDS),
    st.sampled_from(["Ctrl+Alt+N", "Ctrl+N", "Ctrl+O", "F2", ""]),
)
def test_what_was_rebound_is_so_afterwards(own: dict[str, str], command: CommandSpec, key: str):
    assert keys_of(rebound(own, command, key))[command.id] == key


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("x", "writing"),
        ("Shift+?", "writing"),
        ("Tab", "writing"),
        ("Esc", "writing"),
        ("Return", "writing"),
        ("Home", "writing"),
        ("Ctrl+Left", "caret"),
        ("Ctrl+Z", "caret"),
        ("Shift+Del", "caret"),
        ("Alt+F4", "system"),
        ("Alt+F", "menu"),
    ],
)
def test_keys_that_are_needed_otherwise_are_refused_in_words(key: str, word: str):
    assert word in refusal(key, NEW)


@pytest.mark.parametrize("key", ["F2", "Shift+F5", "Ctrl+J", "Ctrl++", "Alt+Shift+F", ""])
def test_other_keys_are_free(key: str):
    assert refusal(key, NEW) == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_may_always_have_the_key_it_came_with(command: CommandSpec):
    assert refusal(command.shortcut, command) == ""


def test_a_suggestion_may_be_taken_by_any_key_that_writes_nothing():
    assert TAKE.context == SUGGESTION != WINDOW
    for key in ("Esc", "Return", "Right", "End", "Ctrl+Right"):
        assert refusal(key, TAKE) == ""
    for key in ("a", "Space", "Backspace", "Shift+A"):
        assert "writing" in refusal(key, TAKE)


def test_every_menu_keeps_its_letter():
    for menu in MENUS:
        assert "menu" in refusal(f"Alt+{menu[menu.index('&') + 1].upper()}", NEW)

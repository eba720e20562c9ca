"""The tables of commands and settings, and the files of settings and conversation."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.core.assets import asset
from app.core.commands import COMMANDS, MENUS, SUGGESTION, WINDOW
from app.core.paths import app_paths
from app.core.setting import SECTIONS, Kind, Setting
from app.core.settings import SETTINGS, SettingsStore
from app.core.titles import plain
from engine import load_actions

TEXT_KEYS = (
    "Ctrl+Left Ctrl+Right Ctrl+Up Ctrl+Down Ctrl+Home Ctrl+End Ctrl+Shift+Left Ctrl+Shift+Right "
    "Ctrl+Backspace Ctrl+Del Shift+Ins Ctrl+Ins Shift+Del Tab Shift+Tab Esc Return Ctrl+Y Alt+F4"
).split()
DAMAGED = [b"{", b"[1]", b"\xff", b"[" * 100_000, b"null", b'{"a":']


def test_no_two_commands_share_an_id_or_a_key():
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    for shown in (True, False):
        there = [each for each in COMMANDS if (each.context == SUGGESTION) == shown]
        keys = [command.shortcut for command in there if command.shortcut]
        assert len({key.casefold() for key in keys}) == len(keys)


def test_no_command_takes_a_key_from_text_editing():
    keys = {command.shortcut for command in COMMANDS if command.context == WINDOW}
    assert keys.isdisjoint(TEXT_KEYS)
    typed = [key for key in keys if key and "+" not in key and not key.startswith("F")]
    assert typed == [], "a key without a modifier is text"


def test_menus_open_by_keys_of_their_own_that_no_command_has():
    letters = [menu[menu.index("&") + 1].upper() for menu in MENUS]
    assert len(set(letters)) == len(letters)
    assert {command.shortcut for command in COMMANDS}.isdisjoint(f"Alt+{c}" for c in letters)
    assert {command.menu for command in COMMANDS} == set(MENUS)


def test_every_built_in_action_is_a_command_with_its_title_and_key():
    commands = {command.id: command for command in COMMANDS}
    library = load_actions([asset("prompts")])
    assert library.problems == ()
    for action in library.actions:
        command = commands[f"rewrite.{action.name}"]
        assert plain(command.title).casefold() == action.title.rstrip("\u2026").casefold()
        assert command.shortcut == action.shortcut


def test_every_default_is_accepted_and_every_number_has_a_range():
    for setting in SETTINGS:
        assert setting.accepts(setting.default), setting.name
        if type(setting.default) is int:
            assert setting.minimum < setting.maximum, setting.name


def test_every_setting_that_is_shown_has_its_section_and_names_for_its_choices():
    for setting in SETTINGS:
        assert bool(setting.title) == (setting.section in SECTIONS), setting.name
        if setting.title:
            assert len(setting.choice_titles) == len(setting.choices), setting.name
            assert not setting.unit or setting.kind is Kind.NUMBER, setting.name


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        (Setting("a", True), Kind.SWITCH),
        (Setting("a", 1, maximum=2), Kind.NUMBER),
        (Setting("a", "x", choices=("x",)), Kind.CHOICE),
        (Setting("a", ""), Kind.TEXT),
        (Setting("a", "", font=True), Kind.FONT),
        (Setting("a", []), Kind.LIST),
    ],
)
def test_how_a_setting_is_edited_follows_from_what_it_is(setting: Setting, kind: Kind):
    assert setting.kind is kind


def test_a_setting_can_be_given_back_the_value_it_came_with(tmp_path: Path):
    store = SettingsStore(tmp_path / "settings.json")
    store.set("ghost.delay_ms", 900)
    assert not store.is_default("ghost.delay_ms")
    store.reset("ghost.delay_ms")
    assert store.is_default("ghost.delay_ms")


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("ghost.delay_ms", True), ("editor.font_size", 0), ("recent_files", [1])],
)
def test_a_value_that_does_not_fit_is_refused_and_ignored_in_the_file(
    tmp_path: Path, name: str, value: object
):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: value}))
    store = SettingsStore(path)
    default = next(setting.default for setting in SETTINGS if setting.name == name)
    assert store.get(name) == default
    with pytest.raises(ValueError, match="cannot be"):
        store.set(name, value)  # type: ignore[arg-type]


def test_settings_come_back_and_unknown_ones_survive(tmp_path: Path):
    path = tmp_path / "new" / "settings.json"
    path.parent.mkdir()
    path.write_text('{"from.the.future": {"a": [1]}}')
    store = SettingsStore(path)
    store.set("theme", "night")
    store.set("recent_files", ["na\udcffme.md"])
    store.save()
    again = SettingsStore(path)
    assert again.get("theme") == "night"
    assert again.get("recent_files") == ["na\udcffme.md"]
    assert json.loads(path.read_text())["from.the.future"] == {"a": [1]}


def test_what_another_process_saved_meanwhile_survives(tmp_path: Path):
    path = tmp_path / "settings.json"
    window = SettingsStore(path)
    window.set("recent_files", ["a.md"])
    other = SettingsStore(path)
    other.set("theme", "night")
    other.save()
    window.save()
    assert SettingsStore(path).get("theme") == "night"
    assert SettingsStore(path).get("recent_files") == ["a.md"]


def test_listeners_hear_of_changes_only_and_until_they_leave(tmp_path: Path):
    store = SettingsStore(tmp_path / "settings.json")
    heard: list[tuple[str, object]] = []
    leave = store.subscribe(lambda name, value: heard.append((name, value)))
    store.set("theme", "system")
    store.set("theme", "sepia")
    leave()
    leave()
    store.set("theme", "paper")
    assert heard == [("theme", "sepia")]


def test_a_list_that_was_got_is_the_callers_own(tmp_path: Path):
    store = SettingsStore(tmp_path / "settings.json")
    store.get("recent_files").append("x")
    mine = ["a"]
    store.set("recent_files", mine)
    mine.append("b")
    assert store.get("recent_files") == ["a"]
    assert SettingsStore(tmp_path / "other.json").get("recent_files") == []


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_settings_are_kept_and_the_defaults_hold(tmp_path: Path, content: bytes):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    store = SettingsStore(path)
    assert store.get("theme") == "system"
    store.save()
    assert (tmp_path / "settings.json.damaged").read_bytes() == content
    assert SettingsStore(path).get("ghost.enabled") is True


def test_one_folder_holds_all_of_a_portable_copy(tmp_path: Path):
    paths = app_paths({"INKLING_HOME": str(tmp_path)})
    assert (paths.config, paths.data, paths.models) == (tmp_path, tmp_path, (tmp_path / "models",))
    named = os.pathsep.join(["one", "", "two"])
    paths = app_paths({"INKLING_HOME": str(tmp_path), "INKLING_MODELS": named})
    assert paths.models == (Path("one"), Path("two"), tmp_path / "models")
    assert app_paths({}).data.name == "Inkling"

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.commands import COMMANDS, SUGGESTION
from app.core.counts import count_words
from app.core.diff import word_diff
from app.core.edits import apply_edits, difference
from app.core.offsets import from_utf16, to_utf16, utf16_length
from app.core.settings import SETTINGS, SettingsStore


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_spans_of_a_diff_are_both_texts(old, new) -> None:
    spans = word_diff(old, new)
    assert "".join(span.old for span in spans) == old
    assert "".join(span.new for span in spans) == new
    assert all((span.kind == "equal") == (span.old == span.new) for span in spans)


def test_a_diff_is_by_word_and_by_han_character() -> None:
    kinds = [(s.kind, s.old, s.new) for s in word_diff("she go home", "she went home")]
    assert ("replace", "go", "went") in kinds
    changed = [
        s
        for s in word_diff("\u6211\u7231\u5317\u4eac", "\u6211\u60f3\u5317\u4eac")
        if s.kind != "equal"
    ]
    assert [(s.old, s.new) for s in changed] == [("\u7231", "\u60f3")]


@given(st.text(max_size=40))
def test_offsets_agree_with_utf16(text) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
    for index in range(len(text) + 1):
        assert from_utf16(text, to_utf16(text, index)) == index


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("I don't know.", 3),
        ("\u4f60\u597d\uff0c\u4e16\u754c", 4),
        ("a \u2014 b", 2),
        ("caf\xe9 na\xefve", 2),
    ],
)
def test_words_are_counted_as_writers_do(text, words) -> None:
    assert count_words(text) == words


def test_settings_come_back_and_unknown_ones_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"from.the.future": 1, "editor.font_size": "huge"}))
    store = SettingsStore(path)
    assert store.get("editor.font_size") == next(
        setting.default for setting in SETTINGS if setting.name == "editor.font_size"
    )
    store.set("theme", "night")
    store.save()
    assert SettingsStore(path).get("theme") == "night"
    assert json.loads(path.read_text())["from.the.future"] == 1
    with pytest.raises(ValueError, match="theme"):
        store.set("theme", "pink")


def test_damaged_settings_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{")
    assert SettingsStore(path).get("theme") == "system"
    assert any(other.read_text() == "{" for other in tmp_path.iterdir() if other != path)


def test_no_two_commands_share_a_key_or_a_name() -> None:
    keys = [(each.shortcut, each.context == SUGGESTION) for each in COMMANDS if each.shortcut]
    assert len(keys) == len(set(keys))
    assert len(COMMANDS) == len({command.id for command in COMMANDS})


@given(old=st.text("ab\U0001f600\n", max_size=12), new=st.text("ab\U0001f600\n", max_size=12))
def test_the_difference_of_two_texts_makes_one_into_the_other(old: str, new: str):
    edit = difference(old, new)
    assert apply_edits(old, [edit]) == new
    assert not (edit.removed and edit.inserted and old[edit.position] == edit.inserted[0])

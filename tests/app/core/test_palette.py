"""Commands are found by a few letters, in Chinese as in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fuzzy import match_word
from app.core.palette import MOST_RECENT, Entry, find, remembered

ENTRIES = (
    Entry("file.save", "Save", "Save", "File"),
    Entry("file.save_as", "Save As", "Save As", "File"),
    Entry("view.zoom_in", "Zoom In", "Zoom In", "View"),
    Entry("view.night", "Night", "Night", "View"),
    Entry("write.suggest", "Suggest While Writing", "Suggest While Writing", "Write"),
    Entry("chat.add", "Add the Selection", "Add the Selection", "Chat"),
)
CHINESE = (
    Entry("file.save", "保存", "Save", "文件"),
    Entry("file.save_as", "另存为", "Save As", "文件"),
    Entry("view.zoom_in", "放大", "Zoom In", "视图"),
)


def _ids(query: str, entries=ENTRIES, recent=()) -> list[str]:
    return [found.entry.id for found in find(query, entries, recent)]


@pytest.mark.parametrize(
    ("word", "text", "positions"),
    [
        ("sa", "Save As", (0, 1)),
        ("sas", "Save As", (0, 5, 6)),  # a whole word beats letters here and there
        ("sn", "Suggest Now", (0, 8)),
        ("sav", "Save As", (0, 1, 2)),
        ("zi", "Zoom In", (0, 5)),
        ("in", "Zoom In", (5, 6)),
        ("ss", "Suggest Selection", (0, 8)),
        ("存", "另存为", (1,)),
        ("ｓａｖ", "Save", (0, 1, 2)),
        ("SAV", "save", (0, 1, 2)),
        ("é", "Cafe\u0301", None),
        ("as", "Save", None),
        ("sss", "Save As", None),
        ("", "Save", ()),
        ("a", "", None),
    ],
)
def test_the_letters_are_found_where_a_person_would_look(word, text, positions):
    match = match_word(word, text)
    assert (match.positions if match else None) == positions


@given(st.text(max_size=12), st.text(max_size=30))
def test_a_match_is_a_subsequence_whatever_the_texts(word: str, text: str):
    match = match_word(word, text)
    if match is not None:
        assert list(match.positions) == sorted(set(match.positions))
        found = "".join(text[place] for place in match.positions)
        assert found == word or match_word(found, word) is not None


@given(st.text(min_size=1, max_size=30), st.data())
def test_letters_taken_in_order_are_always_found(text: str, data):
    places = data.draw(st.sets(st.integers(0, len(text) - 1), max_size=8))
    assert match_word("".join(text[place] for place in sorted(places)), text) is not None


@given(st.text(alphabet="ab c", max_size=9), st.text(alphabet="ab c", max_size=9))
def test_more_text_behind_never_makes_a_match_worse(text: str, more: str):
    for word in ("a", "ab", "bc", "aba"):
        short, long = match_word(word, text), match_word(word, text + more)
        assert short is None or (long is not None and long.score >= short.score)


def test_beginnings_of_words_come_before_the_middle():
    assert _ids("sa")[:2] == ["file.save", "file.save_as"]
    assert _ids("zo")[0] == "view.zoom_in"
    assert _ids("ni")[0] == "view.night"


def test_words_may_come_in_any_order_and_from_the_menu():
    assert _ids("in zoom") == ["view.zoom_in"]
    assert _ids("view night") == ["view.night"]
    assert _ids("file") == ["file.save", "file.save_as"]
    assert _ids("zoom nowhere") == []


def test_a_chinese_interface_is_searched_in_both_languages():
    assert _ids("保", CHINESE) == ["file.save"]
    assert _ids("存", CHINESE) == ["file.save", "file.save_as"]
    assert _ids("zoom", CHINESE) == ["view.zoom_in"]
    by_english = find("save", CHINESE, ())[0]
    assert by_english.in_english == (0, 1, 2, 3)
    assert by_english.in_title == ()
    assert find("放", CHINESE, ())[0].in_title == (0,)


def test_recent_commands_lead_when_nothing_is_typed_and_among_equals():
    assert _ids("", recent=["view.night", "file.save_as"])[:3] == [
        "view.night",
        "file.save_as",
        "file.save",
    ]
    assert len(_ids("")) == len(ENTRIES)
    assert _ids("s", recent=["write.suggest"])[0] == "write.suggest"
    assert _ids("zoom", recent=["file.save"]) == ["view.zoom_in"]


def test_what_was_used_is_remembered_once_and_not_for_ever():
    recent: list[str] = []
    for name in [*"abcabc", *"defghijk"]:
        recent = remembered(recent, name)
    assert recent == list("kjihgfed")
    assert len(recent) == MOST_RECENT

"""Links, code and notes come through a rewrite as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rewriting.inline import mask, restore

MARKUP = st.sampled_from(
    ["[a link](https://a.example/b)", "`code()`", "``a ` b``", "**bold words**", "*one*", "_two_",
     "[^1]", "<https://b.example>", "https://c.example/d?e", "$x^2$", "![alt](c.png)",
     "a@b.example", "[ref][1]", "~~gone~~", "<br>", " plain words ", ". ", "中文"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(MARKUP | st.text(max_size=8), max_size=8).map(" ".join))
def test_what_did_not_change_loses_nothing_needed(text):
    masked = mask(text)
    restored, lost = restore(masked.shown, masked)
    assert lost == ()
    for each in masked.kept:
        assert each.markup in restored or not each.needed


@pytest.mark.parametrize(
    ("text", "shown", "result", "expected"),
    [
        ("See [the rules](u) now.", "See the rules now.", "Look at the rules.",
         "Look at [the rules](u)."),
        ("See [the rules](u) now.", "See the rules now.", "The rules, please.",
         "[The rules](u), please."),
        ("Run `make all` first.", "Run `make all` first.", "First, run make all.",
         "First, run `make all`."),
        ("It is **very** good.", "It is very good.", "It is excellent.", "It is excellent."),
        ("It is **very** good.", "It is very good.", "Very good.", "**Very** good."),
        ("It grew.[^2] Then fell.", "It grew. Then fell.", "It grew. It fell.",
         "It grew.[^2] It fell."),
        ("Snake_case and 2*3*4 stay.", "Snake_case and 2*3*4 stay.", "x", "x"),
    ],
)  # fmt: skip
def test_marks_go_around_the_same_words(text, shown, result, expected):
    masked = mask(text)
    assert masked.shown == shown
    assert restore(result, masked) == (expected, ())


@pytest.mark.parametrize("markup", ["[the rules](u)", "`make`", "https://a.example", "$x$"])
def test_what_is_gone_is_told(markup):
    masked = mask(f"Please see {markup} for it.")
    assert restore("Nothing here.", masked) == ("Nothing here.", (markup,))

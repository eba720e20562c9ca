"""The words of commands."""

from __future__ import annotations

import pytest

from app.windows.actions import plain


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("&New", "New"),
        ("Save &As\u2026", "Save As"),
        ("\u65b0\u5efa(&N)", "\u65b0\u5efa"),
        ("\u6253\u5f00(&O)\u2026", "\u6253\u5f00"),
    ],
)
def test_outside_of_a_menu_a_title_has_no_mnemonic(title: str, words: str):
    assert plain(title) == words

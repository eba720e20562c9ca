"""Prose stays where it is; markup, code and breaks made by hand are out of the way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.proofread.prose import prose_of

TEXT = """---
title: an test
---
# The heading

A paragraph that was broken by hand, as mail used to be
written, with `code` in it.

- an item
> a quotation of
> two lines

```
an test
```
Short line
and another
"""


def test_only_prose_is_left() -> None:
    prose = prose_of(TEXT)
    kept = [line.strip() for line in prose.split("\n") if line.strip()]
    assert kept == [
        "The heading",
        "A paragraph that was broken by hand, as mail used to be written, with `code` in it.",
        "an item",
        "a quotation of",
        "two lines",
        "Short line",
        "and another",
    ]


def test_headings_may_be_left_out() -> None:
    assert "heading" not in prose_of(TEXT, headings=False)
    assert prose_of(TEXT, headings=False)[prose_of(TEXT).index("A par") :][:5] == "A par"


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \n#->`|\u4e2d\U0001f600*"), max_size=200))
def test_everything_is_where_it_was(text: str) -> None:
    prose = prose_of(text)
    assert len(prose) == len(text)
    for was, now in zip(text, prose, strict=True):
        assert now in (was, "\n", " ")

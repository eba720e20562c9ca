"""What is pasted as plain text has nothing unseen in it."""

from __future__ import annotations

import pytest

from app.core.paste import plain_text


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("a\u00a0b\u2009c", "a b c"),
        ("one  \r\ntwo\u2028three\x0b", "one\ntwo\nthree\n"),
        ("soft\u00adhyphen\ufeff\u200b", "softhyphen"),
        ("\u202bleft\u202c", "left"),
        ("👨\u200d👩 and ک\u200cت", "👨\u200d👩 and ک\u200cت"),
        ("\ttab  kept", "\ttab  kept"),
    ],
)
def test_plain_text(pasted: str, plain: str) -> None:
    assert plain_text(pasted) == plain

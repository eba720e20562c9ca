"""Text from elsewhere without what cannot be seen in it."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffc]"
)
"""Not U+200C and U+200D, which some scripts and many emoji are spelled with."""
_TRAILING = re.compile("[ \t]+(?=\n|$)")


def plain_text(text: str) -> str:
    """``text`` with ordinary spaces and line ends, and without characters that format it.

    Soft hyphens, marks of direction, controls and spaces of no width go, as do spaces at the ends
    of lines.
    """
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    return _TRAILING.sub("", _UNSEEN.sub("", text))

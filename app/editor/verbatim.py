"""Keeps characters that Qt's text document would swallow or turn into something else.

``QTextDocument`` takes U+000D, U+2029, U+FDD0 and U+FDD1 for paragraph ends, and the conversion to
``QString`` drops a leading U+FEFF, swaps the bytes after a leading U+FFFE and drops lone
surrogates. Noncharacters stand in for the former inside the document; lone surrogates, which no
encoding can carry, become U+FFFD.
"""

from __future__ import annotations

import re

_STAND_INS = {
    "\r": "\ufdd2",
    "\u2029": "\ufdd3",
    "\ufdd0": "\ufdd4",
    "\ufdd1": "\ufdd5",
    "\ufffe": "\ufdd6",
}
_MARK = "\ufeff"
_MARK_INSIDE = "\ufdd7"
_TO_QT = str.maketrans(_STAND_INS | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)})
_FROM_QT = str.maketrans(
    {inner: outer for outer, inner in _STAND_INS.items()} | {_MARK_INSIDE: _MARK}
)
_SWALLOWED = re.compile("[\r\u2029\ufdd0\ufdd1\ufffe\ud800-\udfff]")
_STANDS_IN = re.compile("[\ufdd2-\ufdd7]")


def to_qt(text: str) -> str:
    """``text`` as the document holds it; as many code points, one UTF-16 unit for each stand-in."""
    if text.startswith(_MARK):
        text = _MARK_INSIDE + text[1:]
    return text.translate(_TO_QT) if _SWALLOWED.search(text) else text


def from_qt(text: str) -> str:
    """What ``to_qt`` was given (lone surrogates excepted)."""
    if text.isascii() or not _STANDS_IN.search(text):
        return text
    return text.translate(_FROM_QT)

"""Between Qt's positions, which count UTF-16 units, and Python's, which count code points."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """Number of UTF-16 units of ``text``."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def to_utf16(text: str, index: int) -> int:
    """The UTF-16 position of the code point at ``index``."""
    return utf16_length(text[:index])


def from_utf16(text: str, position: int) -> int:
    """The index of the code point at a UTF-16 position; inside a pair, of that pair."""
    if text.isascii():
        return min(position, len(text))
    units = 0
    for index, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if units + width > position:
            return index
        units += width
    return len(text)

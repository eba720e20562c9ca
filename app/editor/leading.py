"""Line height for a plain text editor, by way of a font without glyphs.

``QPlainTextEdit`` has no line spacing: its layout puts each line under the last by the line's own
height, and that is the tallest ascent and descent among its fonts. A font that draws nothing but
is tall, named before the reading font, makes every line that tall; all glyphs come from the fonts
after it. So the caret, selection, clicks and scrolling agree with what is drawn, with no layout
code of our own. Where the system refuses the font, lines have the reading font's natural height.
"""

from __future__ import annotations

import struct
from functools import cache
from zlib import crc32

from PySide6.QtGui import QFont, QFontDatabase

_FAMILY = "Inkling Line"
_UNITS = 1000
_ASCENT = 0.7067
"""The part of a line's height that is above the line that letters stand on."""
LINE_SPACING = 150
"""The usual height of a line in hundredths of the text's size."""


def with_leading(font: QFont, percent: int = LINE_SPACING, above: int = 0, below: int = 0) -> QFont:
    """``font`` with lines of so many hundredths of its size, or its own height if that is more.

    ``above`` hundredths are left free over them and ``below`` under them.
    """
    families = tuple(name for name in font.families() if not name.startswith(_FAMILY))
    spacing = _spacing_family(families, percent, above, below)
    if not spacing:
        return font
    tall = QFont(font)
    tall.setFamilies([spacing, *families])
    return tall


@cache
def _spacing_family(families: tuple[str, ...], percent: int, above: int, below: int) -> str:
    """A spacing font of their own for these families: Qt's font cache goes by the first alone."""
    name = f"{_FAMILY} {percent} {above} {below} {crc32(chr(0).join(families).encode()):08x}"
    height = _UNITS * percent // 100
    ascent = round(height * _ASCENT)
    descent = height - ascent + _UNITS * below // 100
    data = spacing_font(name, ascent + _UNITS * above // 100, descent)
    number = QFontDatabase.addApplicationFontFromData(data)
    return name if number >= 0 else ""


def spacing_font(family: str, ascent: int, descent: int) -> bytes:
    """A TrueType file with no glyph but the empty ``.notdef``; heights in 1/1000 of the size.

    Layout of the tables: the OpenType specification 1.9 (ISO/IEC 14496-22).
    """
    tables = {
        b"OS/2": _os2(ascent, descent),
        b"cmap": _cmap(),
        b"glyf": bytes(4),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0),
            *(0, 0, 0, 0, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            *(0x10000, ascent, -descent, 0, _UNITS // 2, 0, 0, 0, 1),
            *(0, 0, 0, 0, 0, 0, 0, 1),
        ),
        b"hmtx": struct.pack(">Hh", _UNITS // 2, 0),
        b"loca": struct.pack(">HH", 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 1, *(0,) * 4, 1, *(0,) * 8),
        b"name": _name(family),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, *(0,) * 5),
    }
    return _assembled(tables)


def _os2(ascent: int, descent: int) -> bytes:
    regular_and_typo_metrics = 0x40 | 0x80
    return struct.pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHHIIhhHHH",
        *(4, _UNITS // 2, 400, 5, 0, 500, 500, 0, 0, 500, 500, 0, 0, 50, 250, 0),
        *(bytes(10), 0, 0, 0, 0, b"NONE", regular_and_typo_metrics, 0xFFFF, 0xFFFF),
        *(ascent, -descent, 0, ascent, descent, 0, 0, 500, 700, 0, 32, 1),
    )


def _cmap() -> bytes:
    """Format 4 with its obligatory last segment only: no character has a glyph."""
    table = struct.pack(">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _name(family: str) -> bytes:
    """Without a style name (2): Qt would ask the reading font for that style, and not for bold."""
    names = {1: family, 3: family, 4: family, 5: "1", 6: family.replace(" ", "")}
    records = texts = b""
    for number, name in names.items():
        encoded = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + texts


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x10000, count, search, power, count * 16 - search)
    offset = len(directory) + 16 * count
    body = b""
    head_at = 0
    for tag, table in sorted(tables.items()):
        position = offset + len(body)
        head_at = position if tag == b"head" else head_at
        directory += tag + struct.pack(">III", _checksum(table), position, len(table))
        body += table + bytes(-len(table) % 4)
    font = bytearray(directory + body)
    adjustment = (0xB1B0AFBA - _checksum(bytes(font))) & 0xFFFFFFFF
    font[head_at + 8 : head_at + 12] = struct.pack(">I", adjustment)
    return bytes(font)


def _checksum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF

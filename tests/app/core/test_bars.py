from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from app.core.bars import Bar, BarPanel, bars_svg

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(*panels: BarPanel) -> ElementTree.Element:
    return ElementTree.fromstring(bars_svg("Title <1>", "caption", panels))


def test_bars_are_as_long_as_their_values_are_large() -> None:
    panel = BarPanel("F", (Bar("a & b", 0.5, 0.4, 0.6, "0.50"), Bar("c", 0.25, 0.1, 0.8, "0.25")))
    picture = _drawn(panel)
    widths = [float(each.get("width")) for each in picture.iter(f"{SVG}rect")][1:]
    assert widths[0] == 2 * widths[1]
    words = "".join(picture.itertext())
    assert all(word in words for word in ("Title <1>", "a & b", "0.25", "caption"))


def test_panels_do_not_overlap_and_zero_can_be_drawn() -> None:
    picture = _drawn(
        BarPanel("One", (Bar("a", 0.0, 0.0, 0.0, "0"),)),
        BarPanel("Two", (Bar("a", 9, 8, 10, "9"),)),
    )
    height = float(picture.get("viewBox").split()[3])
    tops = [float(each.get("y")) for each in picture.iter(f"{SVG}rect") if each.get("y")]
    assert tops == sorted(tops)
    assert tops[-1] + 14 < height

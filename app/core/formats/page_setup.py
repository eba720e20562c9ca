"""How pages are set up for paper and PDF: plain values, kept with the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

PAPERS = MappingProxyType(
    {
        "A4": (210.0, 297.0),
        "A5": (148.0, 210.0),
        "B5": (176.0, 250.0),
        "Letter": (215.9, 279.4),
        "Legal": (215.9, 355.6),
    }
)
"""Width and height in millimetres."""
HEADERS = ("none", "title", "author and title")
NUMBERS = ("none", "page", "page of pages")
LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE"})
"""Where paper is Letter; everywhere else it is A4."""
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper, margins in millimetres, the size of the text in points, and what stands around it."""

    paper: str = "A4"
    landscape: bool = False
    margins: tuple[int, int, int, int] = (25, 25, 25, 25)
    """Left, top, right, bottom."""
    text_size: int = 11
    header: str = "title"
    numbers: str = "page"
    first_page: bool = False
    """Whether the first page has the header too."""

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of a page."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)

    @property
    def body_points(self) -> tuple[float, float]:
        """Width and height of what the margins leave, in points."""
        width, height = self.size_mm
        left, top, right, bottom = self.margins
        return (width - left - right) * _POINTS_PER_MM, (height - top - bottom) * _POINTS_PER_MM


def setup_from(get: Callable[[str], Any], region: str = "") -> PageSetup:
    """The set-up that the settings say; ``region`` is the person's country, for the usual paper."""
    paper = get("page.paper")
    if paper not in PAPERS:
        paper = "Letter" if region in LETTER_REGIONS else "A4"
    margins = [get(f"page.margin_{side}") for side in ("left", "top", "right", "bottom")]
    return PageSetup(
        paper,
        get("page.landscape"),
        (margins[0], margins[1], margins[2], margins[3]),
        get("page.text_size"),
        get("page.header"),
        get("page.numbers"),
        get("page.first_header"),
    )


def setup_values(setup: PageSetup) -> dict[str, Any]:
    """What the settings are for a set-up."""
    left, top, right, bottom = setup.margins
    return {
        "page.paper": setup.paper,
        "page.landscape": setup.landscape,
        "page.margin_left": left,
        "page.margin_top": top,
        "page.margin_right": right,
        "page.margin_bottom": bottom,
        "page.text_size": setup.text_size,
        "page.header": setup.header,
        "page.numbers": setup.numbers,
        "page.first_header": setup.first_page,
    }

"""The texts of the user guide and of the sample document, in each language there is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from app.core.assets import asset

LANGUAGES = ("en", "zh_CN")
SAMPLE = "sample"
CHAPTERS = (
    "start",
    "writing",
    "rewriting",
    "proofreading",
    "asking",
    "documents",
    "styles",
    "privacy",
)
"""Of the guide, in order, a Markdown file each. The list of keys, made by the window, follows."""
KEYS = "keys"
_TITLE = re.compile(r"# (.+)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the guide in Markdown."""

    name: str
    title: str
    text: str


def guide_folder(language: str) -> Path:
    """The folder of the guide in ``language`` ("zh_CN", "en_GB"), else of the English one."""
    chosen = next((name for name in LANGUAGES if name == language), LANGUAGES[0])
    return asset("guide", chosen)


def sample_text(language: str) -> str:
    """The document that teaches by doing. Raises ``OSError``."""
    return (guide_folder(language) / f"{SAMPLE}.md").read_text(encoding="utf-8")


def chapters(language: str) -> tuple[Chapter, ...]:
    """All chapters but the list of keys, in order. Raises ``OSError``."""
    folder = guide_folder(language)
    return tuple(
        chapter_of(name, (folder / f"{name}.md").read_text(encoding="utf-8")) for name in CHAPTERS
    )


def chapter_of(name: str, text: str) -> Chapter:
    """A chapter with the title that its first line gives it."""
    found = _TITLE.match(text)
    return Chapter(name, found.group(1) if found else name, text)

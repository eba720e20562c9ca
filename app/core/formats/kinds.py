"""The table of file formats that Inkling reads and writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.marks import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``title`` is marked in the context "Formats".

    ``reader`` and ``writer`` are pandoc's names, "" where another part of Inkling does the work or
    nothing does; ``reads`` and ``writes`` say whether anything does.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool = True
    writes: bool = True
    reader: str = ""
    writer: str = ""
    without_pandoc: bool = False
    """Whether Qt can write it, more simply, where pandoc is missing."""
    archive: bool = False
    """Whether it is a ZIP archive inside."""

    @property
    def suffix(self) -> str:
        """The usual suffix, with its dot."""
        return self.suffixes[0]


FORMATS: tuple[Format, ...] = (
    Format(
        "docx",
        QT_TRANSLATE_NOOP("Formats", "Word document"),
        (".docx", ".docm"),
        reader="docx",
        writer="docx",
        archive=True,
    ),
    Format(
        "odt",
        QT_TRANSLATE_NOOP("Formats", "OpenDocument text"),
        (".odt",),
        reader="odt",
        writer="odt",
        without_pandoc=True,
        archive=True,
    ),
    Format(
        "pdf",
        QT_TRANSLATE_NOOP("Formats", "PDF"),
        (".pdf",),
        without_pandoc=True,
    ),
    Format(
        "html",
        QT_TRANSLATE_NOOP("Formats", "Web page"),
        (".html", ".htm", ".xhtml"),
        reader="html",
        writer="html5",
        without_pandoc=True,
    ),
    Format(
        "epub",
        QT_TRANSLATE_NOOP("Formats", "E-book (EPUB)"),
        (".epub",),
        reader="epub",
        writer="epub3",
        archive=True,
    ),
    Format("rtf", QT_TRANSLATE_NOOP("Formats", "Rich text"), (".rtf",), writes=False, reader="rtf"),
    Format(
        "txt",
        QT_TRANSLATE_NOOP("Formats", "Plain text"),
        (".txt", ".text"),
        writer="plain",
        without_pandoc=True,
    ),
    Format("md", QT_TRANSLATE_NOOP("Formats", "Markdown"), (".md", ".markdown")),
)
CONTEXT = "Formats"
"""Where the translation file keeps the formats' titles."""
TEXT_FORMATS = frozenset({"txt", "md"})
"""What the page shows as it is."""


def format_named(name: str) -> Format | None:
    """The format of that name."""
    return next((each for each in FORMATS if each.name == name), None)


def format_of(path: Path) -> Format | None:
    """The format that a file's name tells; None for a name that tells none."""
    suffix = path.suffix.lower()
    return next((each for each in FORMATS if suffix in each.suffixes), None)


def is_foreign(path: Path) -> bool:
    """Whether the file has to be converted before the page can show it."""
    found = format_of(path)
    return found is not None and found.name not in TEXT_FORMATS

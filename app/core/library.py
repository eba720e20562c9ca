"""What the library's window shows, and its sentences, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.core.marks import QT_TRANSLATE_NOOP
from engine import LibraryDocument, LibraryFolder, Problem

PROBLEMS: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.UNREADABLE: QT_TRANSLATE_NOOP(
            "Errors", "The file could not be opened; look whether you may read it."
        ),
        Problem.DAMAGED: QT_TRANSLATE_NOOP(
            "Errors",
            "The file is damaged or is not what its name says; open it in its own program and "
            "save it again.",
        ),
        Problem.LOCKED: QT_TRANSLATE_NOOP(
            "Errors", "The file is locked with a password; save a copy without one."
        ),
        Problem.TOO_LARGE: QT_TRANSLATE_NOOP(
            "Errors", "The file holds more text than is indexed; split it into parts."
        ),
        Problem.TOO_SLOW: QT_TRANSLATE_NOOP(
            "Errors", "Reading the file took too long, so it was left out."
        ),
        Problem.NO_TEXT: QT_TRANSLATE_NOOP(
            "Errors", "The file has no text in it, perhaps only pictures of pages."
        ),
    }
)
"""Why a file is not indexed, as a sentence for the person."""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder of the library; ``size`` is that of its indexed files in bytes."""

    path: Path
    files: int
    passages: int
    size: int
    there: bool


@dataclass(frozen=True, slots=True)
class LibraryView:
    """All folders in the order they were added, and the files that could not be read."""

    folders: tuple[FolderRow, ...] = ()
    problems: tuple[LibraryDocument, ...] = ()

    @property
    def files(self) -> int:
        """How many files are indexed."""
        return sum(folder.files for folder in self.folders)

    @property
    def passages(self) -> int:
        """How many passages are indexed."""
        return sum(folder.passages for folder in self.folders)


def library_view(
    folders: Iterable[LibraryFolder], documents: Mapping[Path, Iterable[LibraryDocument]]
) -> LibraryView:
    """The view of ``folders``, with the documents of each by its path."""
    rows, problems = [], []
    for folder in folders:
        held = list(documents.get(folder.path, ()))
        good = [each for each in held if each.problem is None]
        size = sum(each.size_bytes for each in good)
        rows.append(FolderRow(folder.path, len(good), folder.passages, size, folder.there))
        problems += [each for each in held if each.problem is not None]
    return LibraryView(tuple(rows), tuple(problems))

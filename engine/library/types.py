"""What a library says of itself: frozen, to be handed from thread to thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.errors import EngineError
from engine.library.extract.extracted import Problem
from engine.library.passages import Passage


class LibraryError(EngineError):
    """The library cannot do what was asked: a folder that is not there, an index that fails."""


@dataclass(frozen=True, slots=True)
class LibraryFolder:
    """A folder that the person added, with what is indexed of it; ``there`` if it can be seen."""

    path: Path
    documents: int
    passages: int
    problems: int
    there: bool


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """A file of a library. ``problem`` says why its text is not indexed, None if it is."""

    path: Path
    title: str
    size_bytes: int
    passages: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LibraryText:
    """The text of a file as it was indexed, which citations count their places in.

    ``pages`` are the places where pages begin, empty in formats without. ``stale`` says that the
    file has changed since, or is gone.
    """

    path: Path
    title: str
    text: str
    pages: tuple[int, ...]
    stale: bool


@dataclass(frozen=True, slots=True)
class LibraryHit:
    """A passage that answers a query; ``passage.source`` is the file's path.

    ``page`` counts from 1 and is 0 in formats without pages, as ``passage.line`` is in those
    without lines. ``score`` compares the hits of one search: BM25, or where embeddings took part
    the sum of reciprocal ranks.
    """

    passage: Passage
    title: str
    page: int
    score: float


@dataclass(frozen=True, slots=True)
class LibrarySearch:
    """The hits, best first, among how many passages, and the milliseconds that it took.

    ``words_ms`` is for the words, ``meaning_ms`` for the embeddings (0 without). ``rarity`` is
    how much each word of the query tells apart, by its stem.
    """

    hits: tuple[LibraryHit, ...]
    passages: int
    words_ms: float
    meaning_ms: float
    rarity: tuple[tuple[str, float], ...] = ()


class IndexStage(StrEnum):
    """What an index is doing."""

    IDLE = "idle"
    LOOKING = "looking"
    READING = "reading"
    EMBEDDING = "embedding"
    REMOVING = "removing"


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far indexing is: ``done`` of ``total`` files (passages while embedding), and at which."""

    stage: IndexStage
    done: int
    total: int
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a refresh found, in files, and how long it took.

    ``problems`` are the files among ``added`` and ``changed`` that could not be read. ``finished``
    is False where it was cancelled; what was done until then stays done.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[LibraryDocument, ...]
    seconds: float
    finished: bool = True


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the indexer is doing. ``paused`` holds between two files.

    ``report`` is that of the last refresh that came to an end, ``error`` what the last act failed
    with.
    """

    progress: IndexProgress
    paused: bool = False
    report: IndexReport | None = None
    error: EngineError | None = None

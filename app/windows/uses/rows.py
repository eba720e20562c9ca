"""What the other uses of the model work on, and what they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.provenance.sources import Kind
from engine import CancelToken, TextEngine


@dataclass(frozen=True, slots=True)
class SourceText:
    """The selection of a document, or all of it; it begins ``start`` code points into it."""

    title: str
    text: str
    start: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found: a text, perhaps its place in the source, perhaps how positive it is.

    ``kind`` is set where the model wrote it. ``formal`` goes with ``positive``.
    """

    text: str
    start: int = -1
    end: int = -1
    positive: float | None = None
    formal: float = 0.0
    kind: Kind | None = None


Tell = Callable[[float, tuple[Row, ...]], None]
"""Gets the share that is done, and what was found so far; called on any thread."""


@dataclass(frozen=True, slots=True)
class Job:
    """What runs in a thread of its own, with an engine, and gives all that it found."""

    run: Callable[[TextEngine, SourceText, Tell, CancelToken], tuple[Row, ...]]

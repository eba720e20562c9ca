"""Finds what to quote from the sources of a question, away from the interface's thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.citations import UNSAVED, AskedSource, Citation
from app.core.document import load_text
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.services.bridge import EngineBridge
from engine import Citation as FoundCitation
from engine import (
    EngineError,
    GenerationRequest,
    TextEngine,
    ask_request,
    find_evidence,
)

_GONE = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} is not open any more, so it cannot be searched. Nothing was changed. Open it, or "
    "choose other sources.",
)
_EMPTY = QT_TRANSLATE_NOOP(
    "Errors", "There is no text in {name}. Nothing was changed. Choose other sources."
)
_BLANK = re.compile(r"[^\n]")

ReadOpen = Callable[[str], str | None]
"""The text of the document at a place if it is open; called on the interface's thread."""
ReadFile = Callable[[Path], str]
"""The text of a file, extracted; raises ``Telling``. Called on another thread."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted, best first, and the request for the model's sentence about it.

    Without support the citations are what comes nearest, and there is no request.
    """

    citations: tuple[Citation, ...]
    request: GenerationRequest | None
    supported: bool = True


NOTHING_FOUND = Found((), None)
"""What an answer rests on that is not looked for in sources."""


class NothingToSearch(Telling):
    """A source is gone or has no text."""


@dataclass(frozen=True, slots=True)
class _Text:
    source: AskedSource
    text: str | None
    """None where the file is still to be read."""


class EvidenceFinder:
    """Searches documents and files as they are at that moment."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._read_open: ReadOpen = _nothing_open
        self._read_file: ReadFile = _load

    def set_readers(self, read_open: ReadOpen, read_file: ReadFile) -> None:
        """Where the texts come from."""
        self._read_open, self._read_file = read_open, read_file

    def find(
        self,
        question: str,
        sources: Sequence[AskedSource],
        done: Callable[[Found | Exception], None],
    ) -> None:
        """Search; ``done`` gets a ``Found`` or what went wrong, on the interface's thread."""
        texts = [_Text(source, self._read_open(source.place)) for source in sources]
        read = self._read_file
        self._bridge.apart(lambda engine: _search(question, texts, read, engine), done)


def _nothing_open(_place: str) -> str | None:
    return None


def _load(path: Path) -> str:
    return load_text(path).text


def _search(
    question: str, texts: Sequence[_Text], read: ReadFile, engine: TextEngine
) -> Found | Exception:
    try:
        pairs = [(str(number), _part(each, read)) for number, each in enumerate(texts)]
    except Telling as error:
        return error
    try:
        evidence = find_evidence(pairs, question, engine)
    except EngineError:
        # Quoting does not depend on the model; asking for the sentence will tell what is wrong.
        evidence = find_evidence(pairs, question)
    supported = evidence.supported
    citations = tuple(
        Citation(
            source.title, source.place, each.quote, each.start, each.end, each.line, each.marks
        )
        for each in (evidence.citations if supported else evidence.nearest)
        for source in [texts[int(each.source)].source]
    )
    request = ask_request(evidence, question) if supported else None
    return Found(citations, request, supported)


def _part(each: _Text, read: ReadFile) -> str:
    source, text = each.source, each.text
    if text is None:
        if source.place.startswith(UNSAVED):
            raise NothingToSearch(_GONE, name=source.title)
        text = read(Path(source.place))
    part = text[source.start : source.end]
    if not part.strip():
        raise NothingToSearch(_EMPTY, name=source.title)
    # What is before the part keeps its length, so that places are those of the whole text.
    return _BLANK.sub(" ", text[: source.start]) + part


def _citation(found: FoundCitation, source: AskedSource) -> Citation:
    return Citation(
        source.title,
        source.place,
        found.quote,
        found.start,
        found.end,
        found.line,
        found.marks,
    )

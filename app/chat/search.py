"""Finds what to quote from the sources of a question, away from the interface's thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.citations import LIBRARY_PLACE, UNSAVED, AskedSource, Citation
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.core.numerals import numbers_in
from app.services.bridge import EngineBridge
from engine import (
    LINED_SUFFIXES,
    CancelToken,
    EngineError,
    Evidence,
    GenerationRequest,
    Library,
    LibraryError,
    LibraryText,
    TextEngine,
    answer_grounding,
    ask_request,
    find_evidence,
    find_in_library,
)
from engine import Citation as Quotation

_GONE = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} is not open any more, so it cannot be searched. Nothing was changed. Open it, or "
    "choose other sources.",
)
_EMPTY = QT_TRANSLATE_NOOP(
    "Errors", "There is no text in {name}. Nothing was changed. Choose other sources."
)
_BLANK = re.compile(r"[^\n]")
_MOST = 2
"""Quotations that the model is given, of several sources together as of one."""
_GROUNDED = 0.7
"""Below this share of its words in the quotations a sentence is better not believed."""

ReadOpen = Callable[[str], str | None]
"""The text of the document at a place if it is open; called on the interface's thread."""
ReadFile = Callable[[Path], LibraryText]
"""A file's text; raises ``LibraryError`` or ``Telling``. Called on another thread."""
Index = Callable[[], Library | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted, best first, and the request for the model's sentence about it.

    Without support the citations are what comes nearest, and there is no request. ``passages``
    is among how many was looked, in ``search_ms`` milliseconds; choosing the sentences took
    ``score_ms``.
    """

    citations: tuple[Citation, ...]
    request: GenerationRequest | None
    supported: bool = True
    evidence: Evidence | None = None

    def doubted(self, question: str, answer: str) -> bool:
        """Whether the model's ``answer`` says things that the quotations do not."""
        if self.evidence is None or not answer.strip():
            return False
        given = " ".join([question, *(each.quote for each in self.citations)])
        if numbers_in(answer) - numbers_in(given):
            return True
        return answer_grounding(answer, self.evidence, question) < _GROUNDED


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
    """Searches documents, files and the library as they are at that moment."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._read_open: ReadOpen = _nothing_open
        self._read_file: ReadFile | None = None
        self._index: Index = _no_index
        self._cancel = CancelToken()

    def set_readers(self, read_open: ReadOpen, read_file: ReadFile, index: Index) -> None:
        """Where the texts come from."""
        self._read_open, self._read_file, self._index = read_open, read_file, index

    def find(
        self,
        question: str,
        sources: Sequence[AskedSource],
        done: Callable[[Found | Exception], None],
    ) -> None:
        """Search; ``done`` gets a ``Found`` or what went wrong, on the interface's thread."""
        self._cancel = CancelToken()
        library = self._index() if any(s.place == LIBRARY_PLACE for s in sources) else None
        job = _Search(
            question,
            tuple(
                _Text(source, self._read_open(source.place))
                for source in sources
                if source.place != LIBRARY_PLACE
            ),
            library,
            self._read_file,
            self._cancel,
        )
        self._bridge.apart(job.run, done)

    def cancel(self) -> None:
        """Ask the model no further; ``done`` may still be called."""
        self._cancel.cancel()


def _nothing_open(_place: str) -> str | None:
    return None


def _no_index() -> Library | None:
    return None


@dataclass(frozen=True, slots=True)
class _Search:
    question: str
    texts: tuple[_Text, ...]
    library: Library | None
    read: ReadFile | None
    cancel: CancelToken

    def run(self, engine: TextEngine) -> Found | Exception:
        try:
            ready = [self._part(number, each) for number, each in enumerate(self.texts)]
            found = self._with_scores(ready, engine)
        except (Telling, LibraryError) as error:
            return error
        quoted = found.citations if found.supported else found.nearest
        return Found(
            tuple(map(self._citation, quoted)),
            ask_request(found, self.question) if found.supported else None,
            found.supported,
            found,
        )

    def _with_scores(
        self, ready: Sequence[tuple[str, str] | LibraryText], engine: TextEngine
    ) -> Evidence:
        try:
            return self._evidence(ready, engine)
        except LibraryError:
            raise
        except EngineError:
            # Quoting does not depend on the model; asking for the sentence tells what is wrong.
            return self._evidence(ready, None)

    def _evidence(
        self, ready: Sequence[tuple[str, str] | LibraryText], engine: TextEngine | None
    ) -> Evidence:
        found = []
        if ready:
            found.append(find_evidence(ready, self.question, engine, cancel=self.cancel))
        if self.library is not None:
            found.append(find_in_library(self.library, self.question, engine, cancel=self.cancel))
        return joined(found)

    def _part(self, number: int, each: _Text) -> tuple[str, str] | LibraryText:
        source, text = each.source, each.text
        if text is None:
            if source.place.startswith(UNSAVED) or self.read is None:
                raise NothingToSearch(_GONE, name=source.title)
            return self.read(Path(source.place))
        part = text[source.start : source.end]
        if not part.strip():
            raise NothingToSearch(_EMPTY, name=source.title)
        # What is before the part keeps its length, so that places are those of the whole text.
        return str(number), _BLANK.sub(" ", text[: source.start]) + part

    def _citation(self, found: Quotation) -> Citation:
        if found.source.isdecimal():
            source = self.texts[int(found.source)].source
            title, place, lined = source.title, source.place, True
        else:
            place = found.source
            title, lined = Path(place).name, Path(place).suffix.lower() in LINED_SUFFIXES
        return Citation(
            title,
            place,
            found.quote,
            found.start,
            found.end,
            found.line if lined else 0,
            found.marks,
            found.page,
        )


def joined(found: Sequence[Evidence]) -> Evidence:
    """What several searches found together, the best supported first."""
    if len(found) == 1:
        return found[0]
    best = sorted(found, key=lambda each: -each.support)
    return replace(
        best[0],
        citations=tuple(c for each in best for c in each.citations)[:_MOST],
        nearest=tuple(c for each in best for c in each.nearest),
        passages=sum(each.passages for each in found),
        search_ms=sum(each.search_ms for each in found),
        score_ms=sum(each.score_ms for each in found),
    )

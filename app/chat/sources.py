"""What a message is about: the open document, what is selected in it, files, the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.citations import LIBRARY_PLACE, AskedSource
from engine import ContextText

ContextSource = Callable[[], ContextText | None]
PlaceSource = Callable[[], AskedSource]
DOCUMENT, SELECTION, LIBRARY = "document", "selection", "library"


@dataclass(frozen=True, slots=True)
class Source:
    """One of them; ``name`` is what it is removed by."""

    name: str
    title: str


class Sources(QObject):
    """Texts are taken when a message is sent; those of files as they were when they were chosen."""

    changed = Signal()
    document_use_changed = Signal(bool)
    """Whether the person wants the open document used for answers."""
    refused = Signal(str)
    """A sentence: something cannot be used, or is not there any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: dict[str, ContextSource] = {}
        self._used: set[str] = set()
        self._files: dict[str, ContextText] = {}
        self._places: dict[str, PlaceSource] = {}
        self._quoting = False

    def set_place(self, name: str, place: PlaceSource) -> None:
        """Where ``DOCUMENT`` or ``SELECTION`` is, for quotations from it."""
        self._places[name] = place

    def quoting(self) -> bool:
        """Whether answers come from the sources alone, with quotations."""
        return self._quoting

    def set_quoting(self, on: bool) -> None:
        """Answer from the sources alone, with quotations, or not.

        Where nothing is chosen yet, that is the open document. The library is for quoting only.
        """
        if on == self._quoting:
            return
        self._quoting = on
        if not on:
            self._used -= {LIBRARY}
        elif not self.listed() and self._text(DOCUMENT) is not None:
            self.use(DOCUMENT, True)
        self.changed.emit()

    def set_source(self, name: str, source: ContextSource) -> None:
        """Where the text of ``DOCUMENT`` or ``SELECTION`` comes from."""
        self._sources[name] = source

    def uses(self, name: str) -> bool:
        """Whether that goes along with messages."""
        return name in self._used or name in self._files

    def use(self, name: str, on: bool) -> None:
        """Let the document, the selection or the library go along, or not."""
        if name == LIBRARY and on:
            self._quoting = True
        elif on and self._text(name) is None:
            self.refused.emit(self._nothing_yet(name))
            return
        changed = on != (name in self._used)
        self._used = self._used | {name} if on else self._used - {name}
        self.changed.emit()
        if changed and name == DOCUMENT:
            self.document_use_changed.emit(on)

    def add_file(self, name: str, text: ContextText) -> None:
        """Let a file's text go along; ``name`` is the file's place."""
        if not text.text.strip():
            self.refused.emit(self.tr("{name} is empty.").format(name=text.title))
            return
        self._files[name] = text
        self.changed.emit()

    def remove(self, name: str) -> None:
        """Let that go along no longer."""
        if self._files.pop(name, None) is not None:
            self.changed.emit()
        else:
            self.use(name, False)

    def listed(self) -> tuple[Source, ...]:
        """All that goes along, in the order of the texts."""
        titles = (
            (DOCUMENT, self.tr("This document")),
            (SELECTION, self.tr("Selection")),
            (LIBRARY, self.tr("Library")),
        )
        fixed = tuple(Source(name, title) for name, title in titles if name in self._used)
        return fixed + tuple(Source(name, text.title) for name, text in self._files.items())

    def texts(self) -> tuple[ContextText, ...]:
        """The texts as they are now, without those that are gone."""
        found = (self._text(name) for name in (DOCUMENT, SELECTION) if name in self._used)
        return (*(text for text in found if text is not None), *self._files.values())

    def wanted(self) -> tuple[ContextText, ...] | None:
        """The texts as they are now; None, and ``refused``, when one is wanted and gone."""
        for name in (DOCUMENT, SELECTION):
            if name in self._used and self._text(name) is None:
                self.refused.emit(self._gone(name))
                return None
        return self.texts()

    def asked(self) -> tuple[AskedSource, ...] | None:
        """Where to look for what is quoted; None, and ``refused``, when something is missing."""
        if not self.listed() and self._text(DOCUMENT) is not None:
            self.use(DOCUMENT, True)
        if self.wanted() is None:
            return None
        found = [self._places[name]() for name in (DOCUMENT, SELECTION) if name in self._used]
        found += [AskedSource(text.title, name) for name, text in self._files.items()]
        if LIBRARY in self._used:
            found.append(AskedSource(self.tr("Library"), LIBRARY_PLACE))
        if not found:
            self.refused.emit(
                self.tr("Choose first where to look: the document, files or the library.")
            )
            return None
        return tuple(found)

    def _text(self, name: str) -> ContextText | None:
        """What a source gives now; text without a word counts as nothing."""
        source = self._sources.get(name)
        found = source() if source is not None else None
        return found if found is not None and found.text.strip() else None

    def _nothing_yet(self, name: str) -> str:
        if name == DOCUMENT:
            return self.tr("The document is empty, so there is nothing to add yet.")
        return self.tr("Select some text in the document first, then add it here.")

    def _gone(self, name: str) -> str:
        if name == DOCUMENT:
            return self.tr("The document is empty. Remove “This document” or write first.")
        return self.tr("Nothing is selected now. Select text or remove “Selection”.")

"""Spelling for the whole window: the dictionaries, the person's words, and the checking thread."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from app.core.assets import asset
from app.core.paths import AppPaths
from app.core.spelling.client import Misspelling, SpellingClient, SpellingFailed
from app.core.spelling.dictionaries import (
    Dictionary,
    DictionaryError,
    best_for,
    find_dictionaries,
    import_dictionary,
    remove_dictionary,
)
from app.core.spelling.findings import SpellingFindings
from app.core.spelling.personal import (
    NO_LANGUAGE,
    PERSONAL_NAME,
    Accepted,
    DocumentSpelling,
    DocumentSpellings,
    PersonalDictionary,
)
from app.services.worker import Worker

SYSTEM = "system"
"""The language setting that follows the system's own."""
DOCUMENTS_NAME = "spelling-documents.json"


class SpellingService(QObject):
    """Answers the pages' questions on a thread of its own; what it tells arrives on this one."""

    dictionaries_changed = Signal()
    """Other dictionaries are there than before."""
    words_changed = Signal()
    """The person's own words are others."""
    failed = Signal(object)
    """Carries an error for the person: once for each dictionary that cannot be used."""

    def __init__(
        self,
        paths: AppPaths,
        client: SpellingClient | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = paths.dictionaries
        self._client = client or SpellingClient()
        self._personal = PersonalDictionary(paths.data / PERSONAL_NAME)
        self._documents = DocumentSpellings(paths.data / DOCUMENTS_NAME)
        self._dictionaries: tuple[Dictionary, ...] = ()
        self._words: tuple[str, ...] = ()
        self._accepted = Accepted()
        self._broken: set[Dictionary] = set()
        self._closed = False
        expected = (SpellingFailed, DictionaryError, OSError)
        self._worker = Worker("inkling-spelling", expected, self)
        self.find_words()
        self.find_dictionaries()

    # --- dictionaries

    def dictionaries(self) -> tuple[Dictionary, ...]:
        """The dictionaries by name; none before they were looked for the first time."""
        return self._dictionaries

    def dictionary(self, language: str) -> Dictionary | None:
        """The one to use for a language: a name, ``SYSTEM``, or ``NO_LANGUAGE``."""
        if language == NO_LANGUAGE:
            return None
        if language == SYSTEM:
            language = QLocale.system().name()
        found = best_for(language, self._dictionaries)
        return None if found in self._broken else found

    def find_dictionaries(self) -> None:
        """Look for dictionaries again."""
        folder = self._folder
        self._worker.submit(
            lambda: find_dictionaries(folder, asset("dictionaries"), os.environ), self._found
        )

    def import_dictionary(self, path: Path, done: Callable[[Any], None]) -> None:
        """Import a pair of files; ``done`` gets the ``Dictionary`` or the error."""
        self._worker.submit(lambda: import_dictionary(path, self._folder), done)
        self._changed_on_disk()

    def remove_dictionary(self, dictionary: Dictionary, done: Callable[[Any], None]) -> None:
        """Delete an imported dictionary; ``done`` gets None or the error."""
        self._worker.submit(lambda: remove_dictionary(dictionary), done)
        self._changed_on_disk()

    # --- questions

    def check(
        self,
        dictionary: Dictionary,
        lines: Sequence[str],
        capitals: bool,
        done: Callable[[list[tuple[Misspelling, ...]]], None],
    ) -> None:
        """Give ``done`` what is misspelled in each line; nothing where the dictionary fails."""

        def checked(found: Any) -> None:
            if isinstance(found, Exception):
                self._fail(dictionary, found)
                found = [()] * len(lines)
            done(found)

        if not self._closed:
            self._worker.submit(
                lambda: self._client.misspellings(dictionary, lines, capitals=capitals), checked
            )

    def suggest(
        self, dictionary: Dictionary, word: str, done: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Give ``done`` what the word may have been meant to be, in about a tenth of a second."""

        def suggested(found: Any) -> None:
            if isinstance(found, Exception):
                self._fail(dictionary, found)
                found = ()
            done(found)

        if not self._closed:
            self._worker.submit(lambda: self._client.suggest(dictionary, word), suggested)

    def findings(self, dictionary: Dictionary, ignored: Sequence[str]) -> SpellingFindings:
        """A source of findings for a proofreader on another thread; ``ignored`` are right, too."""
        own = Accepted((*self._words, *ignored))
        return SpellingFindings(self._client, [dictionary], own)

    # --- the person's own words

    def words(self) -> tuple[str, ...]:
        """The person's own words."""
        return self._words

    def accepts(self, word: str) -> bool:
        """Whether the word is one of the person's own."""
        return word in self._accepted

    def find_words(self) -> None:
        """Read the personal dictionary again: it is a file that may be edited by hand."""
        self._worker.submit(self._personal.words, self._got_words)

    def add_word(self, word: str) -> None:
        """Put a word into the personal dictionary."""
        self._worker.submit(lambda: self._personal.add(word), self._got_words)

    def remove_word(self, word: str) -> None:
        """Take a word out of the personal dictionary."""
        self._worker.submit(lambda: self._personal.remove(word), self._got_words)

    # --- what documents remember

    def recall(self, document: Path, done: Callable[[DocumentSpelling], None]) -> None:
        """Give ``done`` what was chosen for a document."""
        self._worker.submit(lambda: self._documents.get(document), done)

    def remember(self, document: Path, chosen: DocumentSpelling) -> None:
        """Keep what was chosen for a document."""
        self._worker.submit(lambda: self._documents.put(document, chosen), self._put)

    def close(self) -> bool:
        """End the checking process and the thread; True if it ended in time."""
        self._closed = True
        self._client.close()  # first, so that nothing that waits for an answer holds the thread
        return self._worker.close()

    def _changed_on_disk(self) -> None:
        self._broken.clear()
        # The process keeps what it has loaded.
        self._worker.submit(self._client.restart)
        self.find_dictionaries()

    def _fail(self, dictionary: Dictionary, error: Exception) -> None:
        if dictionary not in self._broken and not self._closed:
            self._broken.add(dictionary)
            self.failed.emit(error)
            self.dictionaries_changed.emit()

    def _found(self, found: Any) -> None:
        if isinstance(found, tuple):
            self._dictionaries = found
            self.dictionaries_changed.emit()

    def _got_words(self, words: Any) -> None:
        if isinstance(words, Exception):
            self.failed.emit(words)
        elif words != self._words:
            self._words = words
            self._accepted = Accepted(words)
            self.words_changed.emit()

    def _put(self, outcome: Any) -> None:
        if isinstance(outcome, Exception):
            self.failed.emit(outcome)

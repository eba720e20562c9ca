"""Words of the person's own: one list for all documents, and what each document has of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.core.files import replace_file, set_aside
from app.core.spelling.words import LONGEST_WORD, lookup_form

PERSONAL_NAME = "personal-dictionary.txt"
"""The file of the person's own words, in the folder of data."""
NO_LANGUAGE = "none"
"""The choice not to check a document."""
_MOST_WORDS = 100_000
_MOST_DOCUMENTS = 500
_MOST_IGNORED = 10_000


class Accepted:
    """Words that are right whatever the dictionary says.

    A word in small letters is right with a capital or in capitals too, one with capitals only as
    it is or all in capitals; both with an apostrophe and an s.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = frozenset(map(lookup_form, words))
        self._capitals = frozenset(word.upper() for word in self._words)

    def __contains__(self, word: str) -> bool:
        word = lookup_form(word)
        return self._holds(word) or self._holds(_owner(word))

    def _holds(self, word: str) -> bool:
        if word in self._words:
            return True
        if word.isupper():
            return word in self._capitals
        return word.istitle() and word.lower() in self._words


def _owner(word: str) -> str:
    for ending in ("'s", "'S", "'"):
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


class PersonalDictionary:
    """A text file of the person's own words, one a line, that may also be edited by hand.

    Other programs of Inkling may write it too: it is read again before each change.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def words(self) -> tuple[str, ...]:
        """The words in the order of the file; none where it cannot be read."""
        try:
            lines = self.path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except OSError:
            return ()
        found = (line.strip() for line in lines)
        kept = (word for word in found if word and not word.startswith("#"))
        return tuple(dict.fromkeys(word for word in kept if len(word) <= LONGEST_WORD))[
            :_MOST_WORDS
        ]

    def add(self, word: str) -> tuple[str, ...]:
        """Put a word at the end; returns all words. Raises ``OSError``."""
        return self._write((*self.words(), lookup_form(word)))

    def remove(self, word: str) -> tuple[str, ...]:
        """Take a word out; returns the others. Raises ``OSError``."""
        return self._write(each for each in self.words() if each != word)

    def _write(self, words: Iterable[str]) -> tuple[str, ...]:
        kept = tuple(dict.fromkeys(words))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{word}\n" for word in kept)
        replace_file(self.path, text.encode("utf-8", "replace"), private=True)
        return kept


@dataclass(frozen=True, slots=True)
class DocumentSpelling:
    """What was chosen for one document.

    ``language`` is a dictionary's name, ``NO_LANGUAGE``, or "" for what fits by itself. ``ignored``
    are words, ``rules`` rules of grammar that find nothing in it, and ``passed`` the places, as
    ``place_of`` names them, that are right as they are.
    """

    language: str = ""
    ignored: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    def ignoring(self, word: str) -> DocumentSpelling:
        """The same choices with one more word ignored."""
        words = dict.fromkeys((*self.ignored, lookup_form(word)))
        return replace(self, ignored=tuple(words)[-_MOST_IGNORED:])

    def without_rule(self, rule: str) -> DocumentSpelling:
        """The same choices with one more rule that finds nothing."""
        return replace(self, rules=tuple(dict.fromkeys((*self.rules, rule))))

    def passing(self, place: str) -> DocumentSpelling:
        """The same choices with one more place that is right as it is."""
        return replace(self, passed=(*self.passed, place)[-_MOST_IGNORED:])


class DocumentSpellings:
    """Keeps the choices of documents by their path in a JSON file, those used last the longest."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, document: Path) -> DocumentSpelling:
        """What was chosen for ``document``."""
        return self._read().get(str(document), DocumentSpelling())

    def put(self, document: Path, chosen: DocumentSpelling) -> None:
        """Remember what was chosen. Raises ``OSError``."""
        every = self._read()
        known = every.pop(str(document), DocumentSpelling())
        if chosen == known:
            return
        if chosen != DocumentSpelling():
            every[str(document)] = chosen
        kept = dict(list(every.items())[-_MOST_DOCUMENTS:])
        self._path.parent.mkdir(parents=True, exist_ok=True)
        plain = {name: asdict(each) for name, each in kept.items()}
        data = json.dumps(plain, ensure_ascii=True, indent=1)
        replace_file(self._path, data.encode("ascii"), private=True)

    def _read(self) -> dict[str, DocumentSpelling]:
        try:
            items = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(name): _chosen(item) for name, item in items.items()}
        except OSError:
            return {}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            set_aside(self._path)
            return {}


def _chosen(item: dict[str, Any]) -> DocumentSpelling:
    # Those of the first versions knew nothing of grammar.
    lists = (item["ignored"], item.get("rules", ()), item.get("passed", ()))
    return DocumentSpelling(str(item["language"]), *(tuple(map(str, each)) for each in lists))

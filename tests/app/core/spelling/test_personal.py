"""The person's own words, and what each document remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.spelling.personal import (
    NO_LANGUAGE,
    Accepted,
    DocumentSpelling,
    DocumentSpellings,
    PersonalDictionary,
)


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("gröbl", True),
        ("Gröbl", True),
        ("GRÖBL", True),
        ("gröbl's", True),
        ("gröbl’s", True),
        ("gRöbl", False),
        ("Brisa", True),
        ("BRISA", True),
        ("brisa", False),
        ("Brisa's", True),
        ("Brisas", False),
        ("McKay", True),
    ],
)
def test_own_words_are_right_in_the_forms_a_writer_uses(word: str, right: bool) -> None:
    assert (word in Accepted(["gro\u0308bl", "Brisa", "McKay"])) is right


def test_the_personal_dictionary_is_a_file_one_can_read_and_edit(tmp_path: Path) -> None:
    own = PersonalDictionary(tmp_path / "new" / "words.txt")
    assert own.words() == ()
    own.add("Brisa")
    assert own.add("o\u2019er") == ("Brisa", "o'er")
    assert own.path.read_text(encoding="utf-8") == "Brisa\no'er\n"
    own.path.write_text("# mine\n\n  zebu \nBrisa\nBrisa\n", encoding="utf-8")
    assert own.words() == ("zebu", "Brisa")
    assert own.remove("zebu") == ("Brisa",)
    assert PersonalDictionary(own.path).words() == ("Brisa",)


def test_a_strange_personal_dictionary_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xff\xfe\x00good\nfine\n")
    assert "fine" in PersonalDictionary(path).words()


def test_documents_remember_their_choices(tmp_path: Path) -> None:
    store = DocumentSpellings(tmp_path / "data" / "documents.json")
    chapter = tmp_path / "chapter.md"
    assert store.get(chapter) == DocumentSpelling()
    chosen = DocumentSpelling("en_GB").ignoring("Kellynch").ignoring("Kellynch")
    store.put(chapter, chosen)
    store.put(tmp_path / "other.md", DocumentSpelling(NO_LANGUAGE))
    again = DocumentSpellings(tmp_path / "data" / "documents.json")
    assert again.get(chapter) == DocumentSpelling("en_GB", ("Kellynch",))
    assert again.get(tmp_path / "other.md").language == NO_LANGUAGE
    again.put(chapter, DocumentSpelling())
    assert store.get(chapter) == DocumentSpelling()


def test_the_documents_used_last_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    every = {f"{number}.md": {"language": "en_GB", "ignored": []} for number in range(500)}
    path.write_text(json.dumps(every))
    store = DocumentSpellings(path)
    store.put(Path("0.md"), DocumentSpelling("en_US"))
    store.put(Path("500.md"), DocumentSpelling("en_US"))
    assert store.get(Path("0.md")).language == "en_US"
    assert store.get(Path("1.md")) == DocumentSpelling()
    assert store.get(Path("500.md")).language == "en_US"


def test_a_damaged_memory_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text('{"a.md": 3}')
    assert DocumentSpellings(path).get(Path("a.md")) == DocumentSpelling()
    assert (tmp_path / "documents.json.damaged").exists()

"""Texts to learn from: whatever files hold, without repeats, split nothing in two parts."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
from engine.train.corpus import clean, read_corpus, read_document, split, without_repeats
from engine.train.examples import TrainingDataUnusable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_text_is_read_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Käse\r\nund café".encode(encoding))
    assert read_document(path) == "Käse\nund café"


def test_cleaning_joins_accents_and_drops_what_nobody_reads() -> None:
    assert clean("\ufeffe\u0301  \r\nb\0\n\n\n\nc\n") == "\u00e9\nb\n\nc"


def test_a_long_paragraph_is_kept_once_and_a_short_one_as_often_as_it_is_there() -> None:
    long = "It was a dark and stormy night, and the keeper had not slept since the lamp went out."
    documents, repeated = without_repeats([f"Yes.\n\n{long}", f"Yes.\n\n{long.upper()}\n\nEnd."])
    assert documents == [f"Yes.\n\n{long}", "Yes.\n\nEnd."]
    assert repeated == len(long)


def test_whole_documents_are_set_apart_where_there_are_enough() -> None:
    documents = [f"{number} " * 100 for number in range(10, 50)]
    rest, held = split(documents, 0.1)
    assert sorted(rest + held) == sorted(documents)
    assert len(held) == 4


def test_the_end_of_each_is_set_apart_where_documents_are_few_or_one_is_huge() -> None:
    huge = "A line.\n\n" * 1000
    for documents in ([huge], [huge, *(["short text\n\n"] * 20)]):
        rest, held = split(documents, 0.1)
        assert sum(map(len, held)) == pytest.approx(0.1 * sum(map(len, documents)), rel=0.1)
        assert rest[0] + held[0] == huge
        assert held[0].startswith("A line.")


def test_parts_of_a_folder_share_nothing_and_depend_on_the_seed(tmp_path: Path) -> None:
    for number in range(40):
        text = f"Story {number}. " + " ".join(str(number * word) for word in range(200))
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    corpus = read_corpus([tmp_path], seed=1)
    parts = [set(corpus.training), set(corpus.validation), set(corpus.held_out)]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 40
    assert all(parts)
    assert read_corpus([tmp_path], seed=1) == corpus
    assert read_corpus([tmp_path], seed=2) != corpus


def test_what_is_missing_or_too_little_is_said(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataUnusable, match="There is no file or folder"):
        read_corpus([tmp_path / "nowhere"], seed=0)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(TrainingDataUnusable, match="only 0 characters"):
        read_corpus([tmp_path], seed=0)

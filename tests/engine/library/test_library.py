"""A library finds what is in its folders, follows their changes, and forgets on request."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import (
    IndexControl,
    IndexProgress,
    IndexStage,
    IndexStatus,
    Library,
    LibraryError,
    LibraryIndexer,
    find_in_library,
)
from engine.library.extract.process import ReadFile
from engine.library.extract.server import answer

BOILER = "# The boiler\n\nThe boiler is checked every October. Mr Quill brings his own ladder.\n"
FERRY = "The ferry leaves at seven. A car pays five pounds, a zzyzxword nothing.\n"
TEA = "\u8336\u56ed\u4e00\u5171\u5341\u4e8c\u4ea9\u3002\u8868\u59d0\u963f\u5170\u5356\u8336\u3002"


def read_here(path: Path, known: str) -> ReadFile:
    """Reads in this process, where a test has no need of another."""
    from engine.library.extract.process import _read_file

    return _read_file(answer({"path": str(path), "known": known}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    (made / "inner").mkdir(parents=True)
    (made / "boiler.md").write_text(BOILER, "utf-8")
    (made / "inner" / "ferry.txt").write_text(FERRY, "utf-8")
    (made / "\u8336.txt").write_text(TEA, "utf-8")
    (made / ".hidden.md").write_text("boiler", "utf-8")
    (made / "picture.png").write_bytes(b"boiler")
    return made


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Library:
    made = Library(tmp_path / "index", reader=read_here)
    made.add(folder)
    return made


def test_questions_find_passages_with_their_exact_place(library: Library, folder: Path) -> None:
    report = library.refresh()
    assert (report.added, report.problems, report.finished) == (3, (), True)
    found = library.search("When is the boiler checked?")
    hit = found.hits[0]
    assert (hit.passage.source, hit.title) == (str(folder / "boiler.md"), "The boiler")
    assert BOILER[hit.passage.start : hit.passage.end] == hit.passage.text
    assert (hit.passage.line, hit.page, found.passages) == (1, 0, 3)
    assert found.words_ms > 0


@pytest.mark.parametrize(
    "query", ["\u8336\u56ed\u591a\u5927\uff1f", "\u5341\u4e8c\u4ea9", "\u8c01\u5356\u8336"]
)
def test_chinese_is_found_by_two_characters(library: Library, query: str) -> None:
    library.refresh()
    assert library.search(query).hits[0].title == "\u8336"


def test_nothing_in_a_query_is_an_operator(library: Library) -> None:
    library.refresh()
    for query in ('"', "boiler AND", "NEAR(", "a* -b", "body:ferry", "", "\u3002", "' OR 1"):
        library.search(query)


def test_changes_are_followed(library: Library, folder: Path) -> None:
    library.refresh()
    ferry, boiler = folder / "inner" / "ferry.txt", folder / "boiler.md"
    ferry.unlink()
    boiler.write_text(BOILER.replace("October", "Maytime"), "utf-8")
    (folder / "new.md").write_text("Kestrels nest in the tower.", "utf-8")
    report = library.refresh()
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 1)
    assert not library.search("ferry").hits
    assert library.search("kestrels").hits
    assert "Maytime" in library.search("boiler checked").hits[0].passage.text


def test_a_file_that_was_only_touched_is_not_read_again(library: Library, folder: Path) -> None:
    library.refresh()
    os.utime(folder / "boiler.md", ns=(1, 1))
    report = library.refresh()
    assert (report.changed, report.unchanged) == (0, 3)
    text = library.text(folder / "boiler.md")
    assert text is not None
    assert not text.stale


def test_what_is_removed_is_on_no_byte_of_the_disk(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept.md").write_text("Kestrels nest in the tower.", "utf-8")
    library.add(other)
    library.refresh()
    assert b"zzyzxword" in _bytes(tmp_path / "index")
    assert library.remove(folder)
    assert not library.remove(folder)
    left = _bytes(tmp_path / "index")
    assert b"zzyzxword" not in left
    assert b"ferry" not in left
    assert library.search("kestrels").hits
    assert [each.path for each in library.folders()] == [other]
    assert (folder / "inner" / "ferry.txt").is_file()


def test_a_drive_that_was_taken_out_keeps_its_place(library: Library, folder: Path) -> None:
    library.refresh()
    folder.rename(folder.with_name("away"))
    assert library.refresh().removed == 0
    assert library.search("boiler").hits
    assert [each.there for each in library.folders()] == [False]


def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(
    library: Library, folder: Path
) -> None:
    (folder / "broken.docx").write_bytes(b"PK\3\4 no archive")
    (folder / "empty.txt").write_text(" \n", "utf-8")
    report = library.refresh()
    assert {(each.path.name, each.problem) for each in report.problems} == {
        ("broken.docx", "damaged"),
        ("empty.txt", "no_text"),
    }
    assert library.search("boiler").hits
    assert library.folders()[0].problems == 2
    assert library.refresh().unchanged == 5


def test_what_was_cancelled_goes_on_later(library: Library) -> None:
    control = IndexControl()

    def tell(progress: IndexProgress) -> None:
        if progress.stage is IndexStage.READING and progress.done == 1:
            control.cancel()

    report = library.refresh(tell, control)
    assert (report.added, report.finished) == (1, False)
    assert library.refresh().added == 2


def test_a_damaged_index_is_made_anew(library: Library, folder: Path, tmp_path: Path) -> None:
    library.refresh()
    (tmp_path / "index" / "index.sqlite3").write_bytes(b"not a database at all" * 1000)
    (tmp_path / "index" / "index.sqlite3-wal").unlink(missing_ok=True)
    again = Library(tmp_path / "index", reader=read_here)
    assert [each.path for each in again.folders()] == [folder]
    assert again.refresh().added == 3


def test_a_folder_that_is_not_there_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no folder"):
        library.add(tmp_path / "nowhere")


def test_answers_cite_the_file(library: Library, folder: Path) -> None:
    library.refresh()
    evidence = find_in_library(library, "When is the boiler checked?")
    best = evidence.citations[0]
    assert (best.source, best.title) == (str(folder / "boiler.md"), "The boiler")
    assert BOILER[best.start : best.end] == best.quote
    assert [best.quote[first:last] for first, last in best.marks] == [
        "boiler",
        "checked",
        "October",
    ]
    assert best.line == 3


class Watched:
    """Listens to an indexer and waits for what it says."""

    def __init__(self, indexer: LibraryIndexer) -> None:
        self.seen: list[IndexStatus] = []
        self._changed = threading.Condition()
        indexer.subscribe(self._hear)

    def _hear(self, status: IndexStatus) -> None:
        with self._changed:
            self.seen.append(status)
            self._changed.notify_all()

    def wait(self, what: str) -> IndexStatus:
        """Until there is a report or an error."""
        with self._changed:
            assert self._changed.wait_for(
                lambda: getattr(self.seen[-1], what) if self.seen else 0, 20
            )
            return self.seen[-1]


@pytest.fixture
def indexer(tmp_path: Path) -> Iterator[LibraryIndexer]:
    made = LibraryIndexer(Library(tmp_path / "index", reader=read_here))
    yield made
    assert made.close(10)


def test_the_indexer_adds_and_says_how_far_it_is(indexer: LibraryIndexer, folder: Path) -> None:
    watched = Watched(indexer)
    indexer.add(folder)
    status = watched.wait("report")
    assert status.report is not None
    assert status.report.added == 3
    assert status.progress.stage is IndexStage.IDLE
    reading = [each.progress for each in watched.seen if each.progress.stage is IndexStage.READING]
    assert [(each.done, each.total) for each in reading] == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_paused_indexer_goes_on_when_told(indexer: LibraryIndexer, folder: Path) -> None:
    watched = Watched(indexer)
    indexer.pause()
    indexer.add(folder)
    assert indexer.status().paused
    assert indexer.status().report is None
    indexer.resume()
    assert watched.wait("report").report is not None


def test_the_indexer_tells_what_failed(indexer: LibraryIndexer, tmp_path: Path) -> None:
    watched = Watched(indexer)
    indexer.add(tmp_path / "nowhere")
    assert "There is no folder" in str(watched.wait("error").error)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_a_place_that_cannot_be_written_is_said_only_when_the_index_is_used(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be", encoding="utf-8")
    library = Library(tmp_path / "home")
    with pytest.raises(LibraryError, match="cannot be used"):
        library.folders()
    (tmp_path / "home").unlink()
    assert library.folders() == ()

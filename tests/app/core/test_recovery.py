"""What the journal has taken is there after any death, and only the dead are inherited from."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import edits as edits_module
from app.core import journal as journal_module
from app.core.edits import Edit, EditedText, apply_edits
from app.core.journal import Journal, JournalError

ROOT = Path(__file__).resolve().parents[3]
PIECES = st.text(st.sampled_from("ab\n\u00a0\u4e2d\U0001f600\ud800"), max_size=12)


def plain(text: str, edit: Edit) -> str:
    return text[: edit.position] + edit.inserted + text[edit.position + edit.removed :]


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = start = draw(PIECES)
    edits = []
    for _ in range(draw(st.integers(0, 25))):
        position = draw(st.integers(0, len(text)))
        removed = draw(st.integers(0, len(text) - position))
        edit = Edit(position, removed, draw(PIECES))
        edits.append(edit)
        text = plain(text, edit)
    return start, edits


def die(journal: Journal) -> None:
    """End as a killed program does: nothing is tidied up, the system frees the lock."""
    journal._database.close()
    journal._lock._stream.close()


@settings(deadline=None)
@given(history=histories(), size=st.sampled_from([1, 2, 5, 1 << 14]))
def test_edited_text_is_what_slicing_gives(history: tuple[str, list[Edit]], size: int):
    text, edits = history
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits_module, "_PIECE", size)
        edited = EditedText(text)
        for edit in edits:
            text = plain(text, edit)
            edited.apply(edit)
            assert str(edited) == text
            assert len(edited) == len(text)


@pytest.mark.parametrize(
    "edit", [Edit(-1, 0, "x"), Edit(4, 0, "x"), Edit(2, 2, ""), Edit(1, -1, "")]
)
def test_an_edit_that_does_not_fit_is_refused(edit: Edit):
    with pytest.raises(ValueError, match="not within"):
        apply_edits("abc", [edit])


@settings(deadline=None)
@given(history=histories(), rows=st.sampled_from([1, 3, 1000]))
def test_a_dead_programs_text_is_recovered(
    tmp_path_factory: pytest.TempPathFactory, history: tuple[str, list[Edit]], rows: int
):
    folder = tmp_path_factory.mktemp("journal")
    text, edits = history
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal_module, "_FOLD_ROWS", rows)
        journal = Journal(folder)
        journal.open_document("d", None, text)
        for edit in edits:
            journal.record("d", edit)
        die(journal)
    later = Journal(folder)
    found = later.unsaved()
    later.close()
    if not edits:
        assert found == []
        return
    assert [item.text for item in found] == [apply_edits(text, edits)]
    assert found[0].path is None
    assert found[0].base == text
    assert found[0].complete


def test_path_and_fingerprint_come_back_even_of_a_name_that_is_no_text(tmp_path: Path):
    path = Path(os.fsdecode(b"na\xffme.md"))
    journal = Journal(tmp_path)
    journal.open_document("d", path, "one", "print")
    journal.record("d", [Edit(3, 0, " two"), Edit(0, 3, "1")])
    die(journal)
    later = Journal(tmp_path)
    [found] = later.unsaved()
    assert (found.path, found.fingerprint, found.base, found.text) == (
        path,
        "print",
        "one",
        "1 two",
    )
    later.close()


def test_saved_and_closed_documents_are_not_offered(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.open_document("saved", None, "")
    journal.record("saved", Edit(0, 0, "text"))
    journal.mark_saved("saved", tmp_path / "a.md", "print")
    journal.open_document("closed", None, "")
    journal.record("closed", Edit(0, 0, "text"))
    journal.close_document("closed")
    journal.open_document("again", None, "")
    journal.record("again", Edit(0, 0, "text"))
    journal.mark_saved("again", tmp_path / "b.md", "print")
    journal.record("again", Edit(4, 0, "s"))
    journal.checkpoint("whole", None, "unsaved from the start", dirty=True)
    die(journal)
    later = Journal(tmp_path)
    assert [(d.doc_id, d.text, d.base) for d in later.unsaved()] == [
        ("whole", "unsaved from the start", "unsaved from the start"),
        ("again", "texts", "text"),
    ]
    later.close()


def test_living_programs_keep_their_documents(tmp_path: Path):
    first, second = Journal(tmp_path), Journal(tmp_path)
    for journal, name in ((first, "first"), (second, "second")):
        journal.open_document(name, None, "")
        journal.record(name, Edit(0, 0, name))
    assert first.unsaved() == []
    assert second.unsaved() == []
    die(first)
    third = Journal(tmp_path)
    assert [found.text for found in second.unsaved()] == ["first"]
    assert third.unsaved() == [], "a second program must not open the same text"
    assert [found.text for found in second.unsaved()] == ["first"], "not settled yet"
    second.close_document("first")
    assert second.unsaved() == []
    second.record("second", Edit(6, 0, "!"))
    die(second)
    assert [found.text for found in third.unsaved()] == ["second!"]
    third.close()


def test_what_one_program_left_undecided_is_offered_by_the_next(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.checkpoint("d", None, "text", dirty=True)
    die(journal)
    for _ in range(3):
        journal = Journal(tmp_path)
        assert [found.text for found in journal.unsaved()] == ["text"]
        journal.close()


def test_a_recovered_text_is_written_on_and_its_origin_stays_known(tmp_path: Path):
    text = "disk"
    journal = Journal(tmp_path)
    journal.open_document("d", tmp_path / "a.md", text)
    for typed in ("one", "two"):
        journal.record("d", [Edit(0, 0, typed)])
        text = typed + text
        die(journal)
        journal = Journal(tmp_path)
        [found] = journal.unsaved()
        assert (found.text, found.base) == (text, "disk")
        journal.resume("d")
    die(journal)


def test_an_edit_that_cannot_be_is_refused_and_harms_nothing(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.open_document("d", None, "abc")
    with pytest.raises(JournalError, match="protected again"):
        journal.record("d", [Edit(0, 0, "x"), Edit(9, 0, "y")])
    with pytest.raises(JournalError, match="does not follow"):
        journal.record("other", Edit(0, 0, "x"))
    journal.record("d", Edit(3, 0, "d"))
    die(journal)
    later = Journal(tmp_path)
    assert [found.text for found in later.unsaved()] == ["abcd"]
    later.close()


def test_a_recovery_stops_before_an_edit_that_does_not_fit(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.open_document("d", None, "abc")
    journal.record("d", [Edit(3, 0, "d"), Edit(4, 0, "e"), Edit(5, 0, "f")])
    journal._database.execute("UPDATE edits SET removed = 2 WHERE position = 4")
    die(journal)
    later = Journal(tmp_path)
    [found] = later.unsaved()
    assert (found.text, found.complete) == ("abcd", False)
    later.close()


def damaged(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if "damaged" in name)


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_journal_is_kept_and_a_new_one_begun(tmp_path: Path, content: bytes):
    (tmp_path / "journal.sqlite").write_bytes(content)
    journal = Journal(tmp_path)
    assert journal.unsaved() == []
    journal.open_document("d", None, "")
    journal.record("d", Edit(0, 0, "text"))
    die(journal)
    later = Journal(tmp_path)
    assert [found.text for found in later.unsaved()] == ["text"]
    later.close()
    assert (tmp_path / damaged(tmp_path)[0]).read_bytes() == content


def test_a_journal_of_another_version_is_kept(tmp_path: Path):
    with sqlite3.connect(tmp_path / "journal.sqlite") as database:
        database.execute("CREATE TABLE notes (a)")
    database.close()
    journal = Journal(tmp_path)
    journal.open_document("d", None, "")
    journal.close()
    assert damaged(tmp_path)


def test_damage_found_later_is_told_and_documents_can_be_opened_anew(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.checkpoint("d", None, "text", dirty=True)
    journal._database.execute("UPDATE texts SET body = x'ff'")
    die(journal)
    later = Journal(tmp_path)
    with pytest.raises(JournalError, match="save it often"):
        later.unsaved()
    assert damaged(tmp_path)
    later.open_document("e", None, "")
    later.record("e", Edit(0, 0, "new"))
    later.close()


def test_a_full_disk_and_a_locked_file_are_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.core.journal_file._BUSY_S", 0.0)
    journal = Journal(tmp_path)
    journal.open_document("d", None, "")
    other = sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalError, match="locked"):
        journal.record("d", Edit(0, 0, "lost"))
    other.execute("ROLLBACK")
    other.close()
    journal._database.execute("PRAGMA max_page_count = 8")
    with pytest.raises(JournalError, match="full"):
        journal.record("d", Edit(0, 0, "x" * 100_000))
    journal._database.execute("PRAGMA max_page_count = 1000000")
    journal.record("d", Edit(0, 0, "kept"))
    die(journal)
    assert damaged(tmp_path) == []
    later = Journal(tmp_path)
    assert [found.text for found in later.unsaved()] == ["kept"]
    later.close()


def test_a_folder_that_cannot_be_used_gives_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="Your text is here"):
        Journal(tmp_path / "file" / "journal")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_journal_is_for_its_owner_alone(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.open_document("d", None, "secret")
    modes = {p.name: p.stat().st_mode & 0o077 for p in tmp_path.glob("journal.sqlite*")}
    journal.close()
    assert set(modes.values()) == {0}


def test_what_was_given_up_is_not_left_in_the_file(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.open_document("d", None, "")
    journal.record("d", Edit(0, 0, "a confidential sentence"))
    journal.close_document("d")
    journal.close()
    assert all(b"confidential" not in path.read_bytes() for path in tmp_path.iterdir())
    assert [path.name for path in tmp_path.iterdir()] == ["journal.sqlite"]


_WRITER = """
import sys
from pathlib import Path
from app.core.journal import Edit, Journal
journal = Journal(Path(sys.argv[1]))
journal.open_document("d", None, "")
for number in range(10**9):
    journal.record("d", Edit(number, 0, "abcdefghij"[number % 10]))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
@pytest.mark.parametrize("acknowledged", [1, 40, 1500])
def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int):
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(acknowledged):
            writer.stdout.readline()
        other = Journal(tmp_path)
        assert other.unsaved() == [], "the writer lives"
        writer.send_signal(signal.SIGKILL)
        last = int((writer.stdout.readlines() or [str(acknowledged - 1)])[-1])
    [found] = other.unsaved()
    other.close()
    assert len(found.text) >= last + 1
    assert found.text == ("abcdefghij" * (len(found.text) // 10 + 1))[: len(found.text)]

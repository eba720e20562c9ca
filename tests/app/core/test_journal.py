from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.core.edits import Edit
from app.core.journal import Journal

WRITER = """
import sys
from pathlib import Path
from app.core.edits import Edit
from app.core.journal import Journal
journal = Journal(Path(sys.argv[1]))
journal.open_document("doc", None, "")
number = 0
while True:
    journal.record("doc", [Edit(number, 0, "x")])
    number += 1
    print(number, flush=True)
"""


def test_no_acknowledged_edit_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        for _ in range(50):
            program.stdout.readline()
        while_alive = Journal(tmp_path)
        assert while_alive.unsaved() == []
        while_alive.close()
        program.kill()
        acknowledged = 50 + len(program.stdout.readlines())
    journal = Journal(tmp_path)
    (found,) = journal.unsaved()
    journal.close()
    assert found.path is None
    assert len(found.text) >= acknowledged


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=4)), max_size=12))
def test_edits_replay_to_the_text(tmp_path_factory, changes) -> None:
    folder = tmp_path_factory.mktemp("journal")
    text = "The old keeper \U0001f58b climbed"
    journal = Journal(folder)
    journal.open_document("doc", Path("a.md"), text)
    for place, length, inserted in changes:
        position = min(place, len(text))
        removed = min(length, len(text) - position)
        journal.record("doc", [Edit(position, removed, inserted)])
        text = text[:position] + inserted + text[position + removed :]
    journal.close()
    again = Journal(folder)
    found = again.unsaved()
    again.close()
    assert [document.text for document in found] == ([text] if changes else [])


def test_a_closed_document_is_not_offered(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.open_document("doc", None, "")
    journal.record("doc", [Edit(0, 0, "given up")])
    journal.close_document("doc")
    journal.close()
    again = Journal(tmp_path)
    assert again.unsaved() == []
    again.close()


def test_a_damaged_journal_is_set_aside(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    (database,) = [path for path in tmp_path.iterdir() if path.suffix == ".sqlite"]
    database.write_bytes(b"not a database at all" * 100)
    journal = Journal(tmp_path)
    journal.open_document("doc", None, "")
    journal.record("doc", [Edit(0, 0, "text")])
    journal.close()
    again = Journal(tmp_path)
    assert [document.text for document in again.unsaved()] == ["text"]
    again.close()

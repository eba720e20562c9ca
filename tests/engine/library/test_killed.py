"""An index whose program is killed in the middle goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engine import Library
from tests.engine.library.test_library import read_here

_ROOT = Path(__file__).parents[3]
_PROGRAM = """
import os, signal, sys
from pathlib import Path
from engine import Library
sys.path.insert(0, sys.argv[3])
from tests.engine.library.test_library import read_here
library = Library(Path(sys.argv[1]), reader=read_here)
def tell(progress):
    if progress.done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
library.refresh(tell)
"""
_FILES = 12


def test_killed_between_any_two_files(tmp_path: Path) -> None:
    folder, home = tmp_path / "papers", tmp_path / "index"
    folder.mkdir()
    for number in range(_FILES):
        (folder / f"{number:02}.txt").write_text(f"Note {number}. Word{number} is here.", "utf-8")
    library = Library(home, reader=read_here)
    library.add(folder)
    for at in (1, 3, 5):
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(home), str(at), str(_ROOT)],
            cwd=_ROOT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == -9, done.stderr
    assert library.folders()[0].documents == 1 + 3 + 5
    report = library.refresh()
    assert (report.added, report.unchanged) == (_FILES - 9, 9)
    for number in range(_FILES):
        assert len(library.search(f"word{number}").hits) == 1


def test_searching_goes_on_while_another_writes(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"Kestrels nest in tower {name}.", "utf-8")
    library = Library(tmp_path / "index", reader=read_here)
    library.add(folder)
    counts: list[int] = []
    library.refresh(lambda _: counts.append(len(library.search("kestrels").hits)))
    assert counts == sorted(counts)
    assert counts[-1] == 3

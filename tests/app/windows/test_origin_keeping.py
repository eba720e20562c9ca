"""Where text came from is there again after saving, after a crash, and after renaming."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.core.provenance.sources import Kind, Made
from app.core.provenance.store import OriginStore, file_key
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def generated(window: MainWindow) -> list[str]:
    tracker = window.origins.tracker(window.desk.current())
    text = window.editor.text()
    return [text[span.start : span.end] for span in tracker.runs().spans()]


def write(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.editor, "typed ")
    window.editor.insert_generated("made", made=Made(Kind.ANSWER))
    qtbot.keyClicks(window.editor, " typed")


def save(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    document = window.documents
    with qtbot.waitSignal(document.saved):
        document._write(path, document._format, None, None)


def show(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.open_files([path])
    qtbot.waitUntil(lambda: window.documents.path() == path)


def test_a_saved_file_is_opened_with_its_origins(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    write(window, qtbot)
    save(window, qtbot, path)
    assert path.read_text(encoding="utf-8") == "typed made typed"
    window.desk.close_current()
    show(window, qtbot, path)
    qtbot.waitUntil(lambda: generated(window) == ["made"])


def test_a_file_that_was_renamed_keeps_them_by_its_text(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path, other = tmp_path / "a.md", tmp_path / "b.md"
    write(window, qtbot)
    save(window, qtbot, path)
    window.desk.close_current()
    path.rename(other)
    show(window, qtbot, other)
    qtbot.waitUntil(lambda: generated(window) == ["made"])


def test_what_another_program_changed_is_not_known_and_the_rest_is(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    window.editor.insert_generated("a line that was made\n", made=Made(Kind.ANSWER))
    write(window, qtbot)
    save(window, qtbot, path)
    window.desk.close_current()
    path.write_text("a line that was made\nanother line", encoding="utf-8")
    show(window, qtbot, path)
    qtbot.waitUntil(lambda: generated(window) == ["a line that was made\n"])


def test_unsaved_text_has_its_origins_after_the_next_start(
    open_window, qtbot: QtBot, engine: FakeEngine
) -> None:
    window = open_window(engine)
    qtbot.waitUntil(lambda: window._to_open is None)
    write(window, qtbot)
    window.end()
    window.close()
    again = open_window(FakeEngine())
    qtbot.waitUntil(lambda: again.editor.text() == "typed made typed")
    qtbot.waitUntil(lambda: generated(again) == ["made"])


def test_erasing_leaves_nothing_here_or_in_what_was_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    path = tmp_path / "a.md"
    write(window, qtbot)
    save(window, qtbot, path)
    store = OriginStore(paths.data / "origins.sqlite")
    qtbot.waitUntil(lambda: store.find(file_key(path)) is not None)
    window.origins.keeper(window.desk.current()).erase()
    assert generated(window) == []
    qtbot.waitUntil(lambda: store.find(file_key(path)) is None)
    store.close()


def test_a_record_in_the_file_is_never_shown_and_tells_another_computer(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settings: SettingsStore, paths: AppPaths
) -> None:
    settings.set("origin.in_files", True)
    path, other = tmp_path / "a.md", tmp_path / "b.txt"
    write(window, qtbot)
    save(window, qtbot, path)
    written = path.read_text(encoding="utf-8")
    assert written.startswith("typed made typed\n<!-- inkling-origin\n")
    assert written.count("-->") == 1
    assert window.editor.text() == "typed made typed"
    assert not window.documents.is_modified()
    save(window, qtbot, other)
    assert other.read_text(encoding="utf-8") == "typed made typed"
    window.desk.close_current()
    store = OriginStore(paths.data / "origins.sqlite")
    for each in (path, other):
        qtbot.waitUntil(lambda each=each: store.find(file_key(each)) is not None)
        store.erase(file_key(each))
    store.close()
    show(window, qtbot, path)
    assert window.editor.text() == "typed made typed"
    qtbot.waitUntil(lambda: generated(window) == ["made"])
    settings.set("origin.in_files", False)
    qtbot.keyClicks(window.editor, "!")
    save(window, qtbot, path)
    assert path.read_text(encoding="utf-8") == "!typed made typed"

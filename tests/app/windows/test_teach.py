"""The window that teaches a style, on a process that speaks as the training does."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.core.teaching import Lacking, Phase
from app.services import teaching as service_module
from app.windows import teach as teach_module
from app.windows.main import MainWindow
from app.windows.teach import TeachWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # offscreen says so

_REPORT = {
    "model": "novel",
    "base": "tiny",
    "words": 87_823,
    "held_out_words": 12_741,
    "perplexity_before": 31.6,
    "perplexity_after": 25.3,
    "next_words_before": 0.33,
    "next_words_after": 0.36,
    "keystrokes_saved_before": 0.405,
    "keystrokes_saved_after": 0.43,
    "better": True,
    "samples": 16,
    "samples_copied": 0,
    "longest_copy": "",
    "prompt": "The keeper climbed the stairs and",
    "written": " sighed.",
    "continued_before": "was happy.",
    "continued_after": "sighed, as he had every evening.",
    "installed": None,
}
_PROCESS = """
import json, pathlib, sys, time
place, estimate, report = pathlib.Path(sys.argv[1]), sys.argv[2] == "estimate", sys.argv[3]
def say(**event):
    sys.stderr.write(json.dumps(event) + "\\n"); sys.stderr.flush()
def put(folder, name, text):
    (place / folder / "novel").mkdir(parents=True, exist_ok=True)
    (place / folder / "novel" / name).write_text(text)
say(event="corpus", documents=11, words=87823, held_out_documents=2, held_out_words=12741)
if estimate:
    print(json.dumps({"most_seconds": 2156.2})); sys.exit(0)
put("training", "plan.json", json.dumps(
    {"asked": {"base": "tiny", "folder": ["/texts/novel"], "minutes": 40.0}}))
say(event="plan", steps=146, seconds=2156.2)
say(event="stage", stage="training")
say(event="validation", step=0, loss=3.7)
say(event="step", step=1, steps=146, loss=3.6, left=1800, skipped=False)
for line in sys.stdin:
    word = line.strip()
    if word in ("pause", "resume"):
        say(event=word + "d")
    if word == "fail":
        say(event="error", kind="TooLittleMemory", sentence="There is too little memory.")
        sys.exit(1)
    if word == "finish":
        put("training", "report.json", report)
        if json.loads(report)["better"]:
            put("adapters", "adapter.json", json.dumps({"task": "style", "model": "tiny"}))
        (place / "training" / "novel" / "plan.json").unlink()
        print(report); sys.exit(0)
    if word == "stop":
        sys.exit(130)
(place / "ended").touch()
sys.exit(130)
"""

Teach = Callable[..., TeachWindow]


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, object]:
    """What the process will report; it replaces the one with torch."""
    report: dict[str, object] = dict(_REPORT)

    def command(*_: object, estimate: bool) -> list[str]:
        place, kind = str(tmp_path / "home"), "estimate" if estimate else "train"
        return [sys.executable, "-c", _PROCESS, place, kind, json.dumps(report)]

    monkeypatch.setattr(service_module, "command", command)
    monkeypatch.setattr(teach_module, "lacking", lambda: None)
    return report


@pytest.fixture
def teach(window: MainWindow, process: dict[str, object]) -> TeachWindow:
    window.actions_by_id["tools.teach"].trigger()
    shown = window.findChild(TeachWindow)
    assert shown is not None
    assert shown.isVisible()
    return shown


def _click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _begin(teach: TeachWindow, window: MainWindow, qtbot: QtBot) -> None:
    assert not teach.start_button.isEnabled()
    teach.look_at(Path("/texts/novel"))
    state = window.teaching.service
    qtbot.waitUntil(lambda: state.state.phase is Phase.LOOKED)
    assert "words in 11 documents" in teach.state.text()
    assert "about 36 minutes" in teach.state.text()
    teach.minutes.setValue(20)
    assert "about 20 minutes" in teach.state.text()
    _click(qtbot, teach.start_button)
    qtbot.waitUntil(lambda: state.state.step == 1)
    assert "Step 1 of 146, about 30 minutes left" in teach.state.text()


def _finish(teach: TeachWindow, window: MainWindow, qtbot: QtBot) -> None:
    _begin(teach, window, qtbot)
    _click(qtbot, teach.finish_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.DONE)


def test_from_a_folder_to_a_style_that_is_used(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot
) -> None:
    _begin(teach, window, qtbot)
    assert not teach.plot.grab().isNull()
    assert window.teaching.button.isVisible()
    _click(qtbot, teach.pause_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.PAUSED)
    assert "Paused" in teach.state.text()
    assert teach.pause_button.text() == "Go On"
    _click(qtbot, teach.pause_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.TRAINING)
    _click(qtbot, teach.finish_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.DONE)
    outcome = teach.outcome
    assert outcome.isVisible()
    assert "20% less unsure" in outcome.words.text()
    shown = [
        [outcome.table.item(row, column).text() for column in (1, 2)]
        for row in range(outcome.table.rowCount())
    ]
    assert shown == [["31.6", "25.3"], ["33.0%", "36.0%"], ["40.5%", "43.0%"]]
    assert outcome.after.toPlainText() == "sighed, as he had every evening."
    assert "none repeats more than 50" in outcome.memory.text()
    _click(qtbot, outcome.here_button)
    assert window.teaching.choice.here() == "novel"
    assert window.teaching.choice.everywhere() == ""
    assert "This document: novel." in teach.styles.words.text()


def test_a_style_is_for_one_document_or_for_all_and_can_be_left(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot
) -> None:
    _finish(teach, window, qtbot)
    choice = window.teaching.choice
    _click(qtbot, teach.outcome.everywhere_button)
    assert (choice.here(), choice.everywhere()) == ("novel", "novel")
    window.desk.new()
    assert choice.here() == "novel"
    teach.styles.list.setCurrentRow(0)
    _click(qtbot, teach.styles.here_button)
    assert (choice.here(), choice.everywhere()) == ("", "novel")
    window.desk.show_previous()
    assert choice.here() == "novel"


def test_a_document_keeps_its_style_when_it_gets_a_file(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot, tmp_path: Path, saved_as
) -> None:
    _finish(teach, window, qtbot)
    _click(qtbot, teach.outcome.here_button)
    window.editor.insert_generated("The keeper.")
    saved_as.name = str(tmp_path / "keeper.md")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: window.documents.path() is not None)
    assert window.teaching.choice.here() == "novel"
    window.desk.new()
    assert window.teaching.choice.here() == ""


def test_what_is_thrown_away_is_gone(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot, tmp_path: Path, answers
) -> None:
    _finish(teach, window, qtbot)
    _click(qtbot, teach.outcome.everywhere_button)
    teach.tabs.setCurrentWidget(teach.outcome)
    _click(qtbot, teach.outcome.away_button)
    assert answers.asked == ["Erase novel?"]
    assert window.teaching.choice.here() == "novel"
    answers.choice = "Erase"
    _click(qtbot, teach.outcome.away_button)
    assert window.teaching.choice.everywhere() == ""
    assert not list((tmp_path / "home").glob("*/novel"))
    assert teach.styles.list.count() == 1


def test_what_is_no_help_is_not_offered(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot, process: dict[str, object]
) -> None:
    process["better"] = False
    process |= {"samples_copied": 2, "longest_copy": "as he had every evening " * 3}
    _finish(teach, window, qtbot)
    assert "no help" in teach.outcome.words.text()
    assert not teach.outcome.here_button.isVisible()
    assert "2 repeat more than 50" in teach.outcome.memory.text()
    teach.tabs.setCurrentWidget(teach.styles)
    teach.styles.select("novel")
    assert not teach.styles.here_button.isEnabled()
    assert teach.styles.erase_button.isEnabled()


def test_it_goes_on_while_the_window_is_closed_and_later(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot
) -> None:
    _begin(teach, window, qtbot)
    teach.close()
    assert window.teaching.service.state.running
    _click(qtbot, window.teaching.button)
    assert teach.isVisible()
    _click(qtbot, teach.stop_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.STOPPED)
    assert not window.teaching.button.isVisible()
    assert "What was learnt is kept" in teach.state.text()
    assert teach.start_button.text() == "Go On"
    _click(qtbot, teach.start_button)
    qtbot.waitUntil(lambda: window.teaching.service.state.step == 1)


def test_leaving_asks_and_ends_the_process(
    teach: TeachWindow, window: MainWindow, qtbot: QtBot, tmp_path: Path, answers
) -> None:
    _begin(teach, window, qtbot)
    window.close()
    assert window.isVisible()
    assert answers.asked == ["Inkling is still learning your style."]
    answers.choice = "Quit"
    thread = window.teaching.service.process_thread()
    assert thread is not None
    window.close()
    assert not window.isVisible()
    thread.join(10)
    assert not thread.is_alive()


def test_what_was_begun_is_offered_at_the_next_start(
    window: MainWindow, process: dict[str, object], qtbot: QtBot, tmp_path: Path
) -> None:
    plan = {"asked": {"base": "tiny", "folder": ["/texts/novel"], "minutes": 25.0}}
    (tmp_path / "home" / "training" / "novel").mkdir(parents=True)
    (tmp_path / "home" / "training" / "novel" / "plan.json").write_text(json.dumps(plan))
    window.actions_by_id["tools.teach"].trigger()
    teach = window.findChild(TeachWindow)
    assert "you can go on with it" in teach.state.text()
    _click(qtbot, teach.start_button)
    lesson = window.teaching.service.lesson
    assert (lesson.name, lesson.minutes, lesson.paths) == ("novel", 25.0, (Path("/texts/novel"),))


def test_an_error_is_a_sentence(teach: TeachWindow, window: MainWindow, qtbot: QtBot) -> None:
    _begin(teach, window, qtbot)
    window.teaching.service.tell("fail")
    qtbot.waitUntil(lambda: window.teaching.service.state.phase is Phase.FAILED)
    assert teach.state.text() == "There is too little memory."
    assert teach.start_button.isEnabled()


def test_without_torch_it_says_how_to_get_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teach_module, "lacking", lambda: Lacking.TORCH)
    window.actions_by_id["tools.teach"].trigger()
    teach = window.findChild(TeachWindow)
    assert "pip install torch" in teach.state.text()
    assert not teach.choose_button.isEnabled()
    assert not teach.start_button.isEnabled()


def test_a_packaged_program_says_where_teaching_is_to_be_had(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teach_module, "lacking", lambda: Lacking.PART)
    window.actions_by_id["tools.teach"].trigger()
    teach = window.findChild(TeachWindow)
    assert "pipx install 'inkling[train]'" in teach.state.text()
    assert not teach.choose_button.isEnabled()


def test_enter_presses_the_button_that_has_the_focus(
    teach: TeachWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(True) or "")
    teach.choose_button.setFocus()
    qtbot.keyClick(teach.choose_button, Qt.Key.Key_Return)
    assert asked
    assert teach.isVisible()

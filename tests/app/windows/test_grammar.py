"""Grammar in the window: its commands, its settings, and the list of rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.editor.grammar_check import GrammarCheck
from app.windows.grammar import grammar_of
from app.windows.main import MainWindow
from app.windows.rules_dialog import RulesDialog
from engine import UNSURE_RULES, Dialect, RuleInfo

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")

RULES = (
    RuleInfo("AnA", "Miscellaneous", "Checks `a` and `an`."),
    RuleInfo("RepeatedWords", "Miscellaneous", "Finds words written twice."),
    RuleInfo("SplitWords", "Closed Compounds", "Finds words that belong together."),
)


@pytest.fixture(autouse=True)
def soon(settings: SettingsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.set("spelling.language", "en_US")
    monkeypatch.setattr(GrammarCheck, "PAUSE_MS", 20)
    monkeypatch.setattr(GrammarCheck, "LOAD_MS", 0)


def _found(window: MainWindow) -> list[str]:
    grammar = window.grammar.current()
    block = window.editor.document().begin()
    texts = []
    while block.isValid():
        texts += [found.text for found in grammar.findings(block)]
        block = block.next()
    return texts


def _shows(qtbot: QtBot, window: MainWindow, *texts: str) -> None:
    def shown() -> None:
        assert window.grammar.current().check.is_done()
        assert _found(window) == list(texts)

    qtbot.waitUntil(shown, timeout=20_000)


def test_grammar_is_checked_and_can_be_switched_off_and_on(
    window: MainWindow, settings: SettingsStore, qtbot: QtBot
) -> None:
    window.editor.load_text("We saw an test.")
    _shows(qtbot, window, "an")
    toggle = window.actions_by_id["grammar.toggle"]
    assert toggle.isChecked()
    toggle.trigger()
    assert settings.get("grammar.enabled") is False
    assert _found(window) == []
    settings.set("grammar.enabled", True)
    assert toggle.isChecked()
    _shows(qtbot, window, "an")


def test_a_rule_that_is_switched_off_is_off_in_every_document_and_stays_so(
    window: MainWindow, settings: SettingsStore, qtbot: QtBot
) -> None:
    window.editor.load_text("We saw an test of the the parcel.")
    _shows(qtbot, window, "an", "the the")
    window.grammar.current().menu.switched_off.emit("AnA")
    _shows(qtbot, window, "the the")
    assert settings.get("grammar.rules") == {"AnA": "off"}
    window.desk.new()
    window.editor.load_text("We saw an test of the the other parcel.")
    _shows(qtbot, window, "the the")
    settings.reset("grammar.rules")
    _shows(qtbot, window, "an", "the the")


def test_the_dialect_is_a_setting(window: MainWindow, settings: SettingsStore) -> None:
    settings.set("grammar.dialect", "british")
    assert window.grammar.current().dialect() in (Dialect.BRITISH, None)
    assert grammar_of(window.desk.current()) is window.grammar.current()


def test_what_is_ignored_is_remembered_with_the_file(
    open_window, engine, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "letter.md"
    path.write_text("We saw an test of the the parcel and an test more.", encoding="utf-8")
    window = open_window(engine)
    window.open_files([path])
    _shows(qtbot, window, "an", "the the", "an")
    grammar = window.grammar.current()
    grammar.silence("RepeatedWords")
    grammar.pass_by(0, grammar.findings(window.editor.document().begin())[0])
    _shows(qtbot, window, "an")
    window.end()

    again = open_window(type(engine)())
    again.open_files([path])
    _shows(qtbot, again, "an")


@pytest.fixture
def dialog(window: MainWindow, settings: SettingsStore, qtbot: QtBot) -> RulesDialog:
    dialog = RulesDialog(window.grammar.service, settings, Dialect.AMERICAN, window)
    qtbot.addWidget(dialog)
    dialog.show_rules(RULES)
    dialog.show()
    return dialog


def _shown(dialog: RulesDialog) -> list[str]:
    return [item.text(0) for item in dialog.items() if not item.isHidden()]


def test_rules_are_switched_one_by_one_and_all_back(
    dialog: RulesDialog, settings: SettingsStore
) -> None:
    states = [item.checkState(0) is Qt.CheckState.Checked for item in dialog.items()]
    assert states == [rule.name not in UNSURE_RULES for rule in RULES]
    dialog.items()[0].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.items()[2].setCheckState(0, Qt.CheckState.Checked)
    assert settings.get("grammar.rules") == {"AnA": "off", "SplitWords": "on"}
    assert dialog.reset.isEnabled()
    dialog.reset.click()
    assert settings.get("grammar.rules") == {}
    assert not dialog.reset.isEnabled()
    assert [each.checkState(0) is Qt.CheckState.Checked for each in dialog.items()] == states


def test_rules_are_found_by_name_and_by_what_they_look_for(dialog: RulesDialog) -> None:
    dialog.search.setText("twice")
    assert _shown(dialog) == ["Repeated words"]
    dialog.search.setText("AnA")
    assert _shown(dialog) == ["An a"]
    dialog.search.setText("compounds together")
    assert _shown(dialog) == ["Split words"]
    dialog.search.setText("")
    assert len(_shown(dialog)) == len(RULES)


def test_the_command_shows_harpers_own_rules(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, RulesDialog)
        qtbot.waitUntil(lambda: len(dialog.items()) > 800, timeout=20_000)
        counted.append(len(dialog.items()))
        return 0

    monkeypatch.setattr(RulesDialog, "exec", look)
    window.actions_by_id["grammar.rules"].trigger()
    assert counted

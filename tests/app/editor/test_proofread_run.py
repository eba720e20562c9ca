"""Proofreading on the page with the adapter that ships, by the real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.assets import asset
from app.editor.editor import Editor
from app.editor.review_card import ReviewCard
from app.editor.rewrite import RewriteController
from app.services.bridge import EngineBridge
from engine import FakeEngine, LocalEngine

TEXT = "She walk to the station yesterday. The station is old."
RIGHT = "She walked to the station yesterday. The station is old."


@pytest.mark.model
def test_the_adapter_corrects_and_its_changes_can_be_accepted(
    qtbot: QtBot, editor: Editor, default_model: Path, tmp_path: Path
) -> None:
    folders = [asset("models")]
    bridge = EngineBridge(LocalEngine(default_model, data_dir=tmp_path, adapters=folders))
    editor.load_text(TEXT)
    controller = RewriteController(editor, bridge)
    controller.panel().setParent(editor)
    controller.set_adapter_folders(folders)
    card = controller.panel()
    assert isinstance(card, ReviewCard)
    controller.start("proofread")
    qtbot.waitUntil(lambda: card.offer() is not None, timeout=60_000)
    controller.accept_all()
    assert editor.text() == RIGHT
    assert bridge.close()


def test_a_model_without_an_adapter_is_asked_in_words(
    qtbot: QtBot, editor: Editor, tmp_path: Path
) -> None:
    engine = FakeEngine()
    bridge = EngineBridge(engine)
    editor.load_text(TEXT)
    controller = RewriteController(editor, bridge)
    controller.panel().setParent(editor)
    controller.set_adapter_folders([tmp_path])
    controller.start("proofread")
    qtbot.waitUntil(lambda: bool(engine.requests))
    controller.cancel()
    bridge.close()

"""Errors speak the language of the interface, and lose no detail where they cannot."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from app.core.assets import asset
from app.core.document import DocumentError, TextFormat, load_text, save_text
from app.core.journal import Journal, JournalError
from app.services.sentences import said, why
from engine import (
    ContextOverflow,
    EngineClosed,
    EngineError,
    GenerationFailed,
    InvalidRequest,
    ModelDamaged,
    ModelNotFound,
)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load("inkling_zh_CN", str(asset("translations")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


ENGINE = [
    ModelNotFound("There is no model called 'x'."),
    ModelDamaged(Path("models/tiny"), "the file model.onnx is missing"),
    ContextOverflow(8192, 12345),
    InvalidRequest("The model tiny only continues text."),
    EngineClosed("The engine was closed."),
    GenerationFailed("The model stopped (details)."),
    EngineError("The model could not be loaded."),
]


@pytest.mark.parametrize("error", ENGINE, ids=lambda error: type(error).__name__)
def test_in_english_an_error_of_the_engine_keeps_its_details(error: EngineError, qapp):
    assert said(error) == str(error)


@pytest.mark.parametrize("error", ENGINE, ids=lambda error: type(error).__name__)
def test_in_chinese_it_is_chinese(error: EngineError, chinese):
    assert re.search("[\u4e00-\u9fff]", said(error))
    rest = re.sub(r"`[^`]*`|models/tiny|Inkling", "", said(error))
    assert not re.search("[A-Za-z]", rest)


def test_the_values_of_an_error_are_kept(chinese):
    assert "12,345" in said(ContextOverflow(8192, 12345))
    assert str(Path("models/tiny")) in said(ModelDamaged(Path("models/tiny"), "gone"))


def _document_errors(folder: Path) -> Iterator[DocumentError]:
    (folder / "binary.md").write_bytes(b"\0")
    tries = (
        lambda: load_text(folder),
        lambda: load_text(folder / "missing.md"),
        lambda: load_text(folder / "binary.md"),
        lambda: load_text(Path(os.devnull)),
        lambda: save_text(folder / "missing" / "a.md", "x", TextFormat()),
        lambda: save_text(folder / "a.md", "\ud800", TextFormat()),
        lambda: save_text(folder / "a.md", "\u706f", TextFormat("cp1252")),
        lambda: save_text(folder / "binary.md", "x", TextFormat(), "another"),
    )
    for attempt in tries:
        with pytest.raises(DocumentError) as caught:
            attempt()
        yield caught.value


def test_what_goes_wrong_with_files_is_said_in_chinese(tmp_path: Path, chinese):
    for error in _document_errors(tmp_path):
        rest = said(error)
        for name in (tmp_path.name, *map(str, error.values.values()), "UTF-8"):
            rest = rest.replace(name, "")
        assert re.search("[\u4e00-\u9fff]", rest)
        assert not re.search("[A-Za-z]", rest), said(error)


def test_a_reason_is_translated_inside_its_sentence(tmp_path: Path, chinese):
    with pytest.raises(DocumentError) as caught:
        load_text(tmp_path / "missing.md")
    assert "no such file" in str(caught.value)
    assert "\u6ca1\u6709\u8fd9\u4e2a\u6587\u4ef6" in said(caught.value)


def test_a_journal_that_is_not_there_is_said_in_chinese(tmp_path: Path, chinese):
    (tmp_path / "journal").write_text("a file", encoding="utf-8")
    with pytest.raises(JournalError) as caught:
        Journal(tmp_path / "journal")
    assert not re.search("[A-Za-z]", said(caught.value))
    assert not isinstance(caught.value, sqlite3.Error)


def test_a_reason_without_words_of_its_own_is_the_systems(qapp):
    assert why(OSError(errno.ENOSPC, "whatever")) == "no space left on device"
    assert why(OSError(errno.EXDEV, "Invalid Cross-Device Link")) == "invalid cross-device link"

"""Documents of other programs in the window: opened as Markdown, exported, printed, pasted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.core.formats.exporting import Source
from app.core.formats.importing import Changes, read_document
from app.core.formats.kinds import format_named
from app.core.formats.page_setup import PageSetup
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.core.reasons import Reason
from app.core.review import Change
from app.services.formats import data_of, plan
from app.windows.export_dialog import ExportDialog
from app.windows.main import MainWindow
from app.windows.page_setup_dialog import PageSetupDialog
from app.windows.preview_dialog import PreviewDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
TEXT = "# The Lamp\n\nIt was **dark**, and the keeper\u2019s 灯 was out.\n\n- one\n- two\n"


def _written(path: Path, text: str = TEXT) -> Path:
    target = format_named(path.suffix[1:])
    assert target is not None
    pandoc = Pandoc(find_pandoc())
    made = plan(Source(text, path.stem), target, pandoc)
    path.write_bytes(data_of(made, PageSetup(), pandoc))
    return path


def _settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.exchange.conversions.busy(), timeout=20_000)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QDialog]:
    """Dialogs of ours are shown and left to the test, which says what they answer."""
    dialogs: list[QDialog] = []

    def show(dialog: QDialog) -> int:
        dialogs.append(dialog)
        QApplication.instance().setProperty("answer", 0)
        return int(dialog.result())

    for kind in (ExportDialog, PageSetupDialog, PreviewDialog):
        monkeypatch.setattr(kind, "exec", show)
    return dialogs


@pytest.mark.parametrize("ending", ["docx", "odt", "html", "epub", "pdf"])
def test_a_document_opens_as_markdown_and_its_file_is_left_alone(
    ending: str, window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    file = _written(tmp_path / f"lamp.{ending}")
    before = file.read_bytes()
    window.open_files([file])
    qtbot.waitUntil(lambda: "The Lamp" in window.editor.text(), timeout=20_000)
    assert "keeper\u2019s 灯 was out" in window.editor.text()
    assert window.documents.path() is None
    assert window.documents.title() == "lamp.md"
    assert window.documents.is_modified()
    assert "stays as it is" in window.notice.text()
    assert file.read_bytes() == before
    if ending != "pdf":
        assert window.editor.text().rstrip("\n").endswith("- one\n- two")
        assert "**dark**" in window.editor.text()


def test_a_damaged_document_is_refused_with_a_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    file = tmp_path / "broken.docx"
    file.write_bytes(b"PK\x03\x04 nothing")
    window.open_files([file])
    qtbot.waitUntil(lambda: "damaged" in window.notice.text(), timeout=20_000)
    assert window.editor.text() == ""


def test_saving_a_converted_document_offers_markdown_beside_the_original(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, saved_as
):
    file = _written(tmp_path / "lamp.docx")
    before = file.read_bytes()
    window.open_files([file])
    qtbot.waitUntil(lambda: "The Lamp" in window.editor.text(), timeout=20_000)
    saved_as.name = str(tmp_path / "lamp.md")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: window.documents.path() is not None)
    assert (tmp_path / "lamp.md").read_text(encoding="utf-8").startswith("# The Lamp")
    assert file.read_bytes() == before


def test_a_word_name_in_save_as_leads_to_the_export(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, saved_as, shown: list[QDialog]
):
    file = _written(tmp_path / "lamp.docx")
    before = file.read_bytes()
    window.editor.insert_generated("Mine.")
    saved_as.name = str(file)
    window.actions_by_id["file.save_as"].trigger()
    _settled(window, qtbot)
    assert isinstance(shown[0], ExportDialog)
    assert shown[0].formats.currentData() == "docx"
    assert file.read_bytes() == before


def test_the_export_tells_what_is_lost_before_anything_is_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    source = Source("# A\n\n$x^2$ <!-- note --> ![p](https://example.org/p.png)\n", "a")
    dialog = ExportDialog(
        window.exchange.conversions, source, format_named("docx"), lambda: None, window
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.plan() is not None, timeout=20_000)
    words = dialog.report.text()
    assert "Formulas" in words
    assert "HTML" in words
    assert "not fetched: 1" in words
    window.exchange.exporter.write(dialog.plan(), tmp_path / "a.docx")
    _settled(window, qtbot)
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    assert "a.docx was written" in window.notice.text()


def test_a_failed_export_leaves_the_old_file(window: MainWindow, qtbot: QtBot, tmp_path: Path):
    made = plan(Source("x\n", "a"), format_named("odt"), Pandoc(find_pandoc()))
    window.exchange.exporter.write(made, tmp_path / "nowhere" / "a.odt")
    _settled(window, qtbot)
    assert "could not be written" in window.notice.text()


def test_tracked_changes_are_asked_about(window: MainWindow, qtbot: QtBot, tmp_path: Path, answers):
    marks = 'author="A" date="2026-01-01T00:00:00Z"'
    tracked = f"[new]{{.insertion {marks}}}[old]{{.deletion {marks}}} text.\n"
    pandoc, folder = Pandoc(find_pandoc()), tmp_path / "run"
    folder.mkdir()
    file = tmp_path / "tracked.docx"
    file.write_bytes(
        pandoc.convert(["-f", "markdown", "-t", "docx"], tracked.encode(), folder, "tracked")
    )
    for answer, text in (
        ("Accept All", "new text.\n"),
        ("Reject All", "old text.\n"),
        ("Keep Marked", "{++new++}{--old--} text.\n"),
    ):
        answers.choice = answer
        window.open_files([file])
        qtbot.waitUntil(lambda text=text: window.editor.text() == text, timeout=20_000)
    answers.choice = QMessageBox.StandardButton.Cancel
    window.open_files([file])
    _settled(window, qtbot)
    assert len(window.desk.tabs()) == 3


def test_copy_as_rich_text_and_paste_as_markdown(window: MainWindow, qtbot: QtBot):
    window.editor.insert_generated("A **bold** word.\n")
    window.actions_by_id["edit.copy_rich"].trigger()
    _settled(window, qtbot)
    data = QGuiApplication.clipboard().mimeData()
    assert "<strong>bold</strong>" in data.html()
    assert data.text() == "A **bold** word.\n"
    window.actions_by_id["file.new"].trigger()
    window.actions_by_id["edit.paste_markdown"].trigger()
    _settled(window, qtbot)
    assert window.editor.text() == "A **bold** word."
    window.editor.undo()
    assert window.editor.text() == ""


def test_pasting_a_web_page_keeps_its_structure_and_fetches_nothing(
    window: MainWindow, qtbot: QtBot
):
    data = QMimeData()
    data.setHtml(
        "<html><body><!--StartFragment--><h2>Sea</h2><ul><li>a<ul><li>b</li></ul></li></ul>"
        "<p><a href='https://example.org/x'>x</a> <img src='https://example.org/y.png' alt='y'>"
        "</p><script>alert(1)</script><!--EndFragment--></body></html>"
    )
    QGuiApplication.clipboard().setMimeData(data)
    window.actions_by_id["edit.paste_markdown"].trigger()
    _settled(window, qtbot)
    assert window.editor.text() == (
        "## Sea\n\n- a\n  - b\n\n[x](https://example.org/x) ![y](https://example.org/y.png)"
    )


def test_page_setup_is_kept(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    def choose(dialog: PageSetupDialog) -> int:
        dialog.paper.setCurrentText("A5")
        dialog.margins[0].setValue(12)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(PageSetupDialog, "exec", choose)
    window.actions_by_id["file.page_setup"].trigger()
    setup = window.exchange.setup()
    assert setup.paper == "A5"
    assert setup.margins == (12, 25, 25, 25)


def test_the_preview_shows_every_page(window: MainWindow, qtbot: QtBot):
    source = Source("# One\n\n" + "Words and words. " * 2000, "one")
    dialog = PreviewDialog(window.exchange.conversions, source, PageSetup(), window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view.count() > 3, timeout=20_000)
    _settled(window, qtbot)
    assert dialog.status.text() == f"Page 1 of {dialog.view.count()}"


def test_printing_into_a_file_takes_the_pages_that_were_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    window.editor.insert_generated("Words and words. " * 3000)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)
    window.exchange.printing.print_on(printer, PageSetup())
    _settled(window, qtbot)
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as pdf:
        assert len(pdf) == 2


def test_a_review_on_the_page_is_exported_with_its_changes_tracked(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, saved_as
):
    window.editor.insert_generated("# Note\n\nShe have gone.\n\nThe end.\n")
    page = window.rewrite.page
    page.begin(8, "She have gone.")
    page.propose([Change(0, 4, "have", "has", Reason.AGREEMENT)])
    saved_as.name = str(tmp_path / "note-review.docx")
    window.actions_by_id["file.export_review"].trigger()
    _settled(window, qtbot)
    pandoc = Pandoc(find_pandoc())
    file = tmp_path / "note-review.docx"
    texts = [read_document(file, pandoc, changes=how).text for how in Changes]
    assert texts[0] == "# Note\n\nShe has gone.\n\nThe end.\n"
    assert texts[1] == "# Note\n\nShe have gone.\n\nThe end.\n"
    assert "{--have--}{++has++}" in texts[2]
    assert "{>>Agreement<<}" in texts[2]
    assert "every change tracked" in window.notice.text()


def test_without_a_review_a_sentence_says_how_to_get_one(window: MainWindow):
    window.actions_by_id["file.export_review"].trigger()
    assert "no rewrite under review" in window.notice.text()

"""The open document and its file: opening, saving, and never losing a word on the way."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.core.document import (
    ChangedOnDisk,
    EncodingLoss,
    LoadedText,
    TextFormat,
    encoding_name,
    load_text,
    save_text,
)
from app.core.edits import difference
from app.core.files import sweep_temporaries
from app.core.find import Replacement
from app.core.formats.kinds import FORMATS, is_foreign
from app.core.journal import Edit, RecoveredDocument
from app.core.settings import MAX_RECENT_FILES, SettingsStore
from app.editor.editor import Editor
from app.editor.mirror import Origin, TextChange
from app.editor.verbatim import from_qt
from app.services.recovery import RecoveryService
from app.services.sentences import said
from app.services.worker import Worker

Then = Callable[[], None]

_LINES_FOR_NAME = 20
_LONGEST_LINE = 200
_LONGEST_NAME = 30
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u2026]+')
_NOT_THIS_FILE = "changed"
"""A fingerprint that no file has."""


class DocumentController(QObject):
    """Connects an editor with a file on disk and with the journal."""

    changed = Signal()
    """The path or the modified mark is another one."""
    remarked = Signal(str)
    """A sentence for the person about this document or what was tried with it."""
    export_wanted = Signal(object)
    """The name that was chosen to save under is that of another program's format."""
    shown = Signal()
    """A text was put in: that of a file, or one that a crash left."""
    saved = Signal()
    """The text, or what it was a moment ago, is in the file."""
    forgotten = Signal(str)
    """What is unsaved is no longer protected; carries the name it had in the journal."""

    def __init__(
        self,
        editor: Editor,
        settings: SettingsStore,
        recovery: RecoveryService,
        files: Worker,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._settings = settings
        self._recovery = recovery
        self._window = window
        self._worker = files
        self._path: Path | None = None
        self._format = TextFormat()
        self._fingerprint: str | None = None
        self._name = ""
        """What a document without a file is called: its first words."""
        self._suggested: Path | None = None
        """Where a document that was converted would be saved."""
        self._told = ""
        """Why the document could not be saved by itself."""
        self._saving = False
        self._after_saving: Then | None = None
        self.origins = ""
        """The record of origins that the file had when it was opened; "" where it had none."""
        self.annotate: Callable[[Path], str] = _no_annotation
        """What to write into a file behind the text, which is no part of it."""
        self.doc_id = secrets.token_hex(8)
        """The document's name in the journal."""
        recovery.begin(self.doc_id, None, "")
        editor.edited.connect(self._edited)
        editor.document().modificationChanged.connect(self._modification_changed)
        self._adopt(None, "", TextFormat(), None)

    def path(self) -> Path | None:
        """The document's file; None while it was never saved."""
        return self._path

    def encoding(self) -> str:
        """Python's name of the encoding that the file is in."""
        return self._format.encoding

    def fingerprint(self) -> str | None:
        """That of the file as it was read or written last; None while it was never saved."""
        return self._fingerprint

    def is_at(self, path: Path) -> bool:
        """Whether ``path`` is the document's file, by whatever name."""
        return self._path is not None and _same_file(self._path, path)

    def title(self) -> str:
        """The document's name."""
        known = self._path or self._suggested
        return known.name if known else self._name or self.tr("Untitled")

    def folder(self) -> Path | None:
        """Where the addresses of the document's pictures begin."""
        known = self._path or self._suggested
        return known.parent if known else None

    def is_modified(self) -> bool:
        """Whether there are unsaved changes."""
        return self._editor.document().isModified()

    def is_saving(self) -> bool:
        """Whether the file is being written."""
        return self._saving

    def when_saved(self, then: Then) -> None:
        """Run ``then`` once the save that goes on has succeeded."""
        self._after_saving = then

    def is_unsettled(self) -> bool:
        """Whether there are changes that are not in the file, or not yet."""
        return self._saving or self.is_modified()

    @Slot()
    def save(self, then: Then | None = None) -> None:
        """Save to the document's file, asking for one if it has none; then run ``then``."""
        if self._path is None:
            self.save_as(then)
        else:
            self._write(self._path, self._format, self._fingerprint, then)

    def save_quietly(self) -> None:
        """Save changes to the document's file without a question; say once why it cannot be."""
        if self._path is not None and self.is_modified() and not self._saving:
            self._write(self._path, self._format, self._fingerprint, None, quiet=True)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there; then run ``then``."""
        words = " ".join(_NOT_IN_NAMES.sub(" ", self.title()).split())
        name = words.strip(" .") or self.tr("Untitled")
        start = self._path or self._suggested or Path.home() / f"{name}.md"
        dialog = QFileDialog(self._window, self.tr("Save As"), str(start.parent), file_filters())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(start.suffix.removeprefix(".") or "md")
        dialog.selectFile(start.name)
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        names = dialog.selectedFiles()
        dialog.deleteLater()
        if accepted and names:
            path = Path(names[0])
            if is_foreign(path) and not self.is_at(path):
                # Markdown under that name would be a damaged file to the program it is for.
                self.export_wanted.emit(path)
            else:
                self._write(path, self._format, None, then)

    def settle(self, then: Then) -> None:
        """Run ``then`` once unsaved changes are saved or given up; not at all on Cancel."""
        if self._saving:
            self._after_saving = lambda: self.settle(then)
            return
        if not self.is_modified():
            then()
            return
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setText(self.tr("Save the changes to {name}?").format(name=self.title()))
        box.setInformativeText(self.tr("Your changes will be lost if you do not save them."))
        box.setWindowTitle(self.tr("Unsaved Changes"))
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        if answer == buttons.Save:
            self.save(then)
        elif answer == buttons.Discard:
            then()

    def forget(self) -> None:
        """Have the journal forget this document: it was saved or given up."""
        self._recovery.forget(self.doc_id)
        self.forgotten.emit(self.doc_id)

    # --- loading

    def show(self, loaded: LoadedText) -> None:
        """Show what was read of a file."""
        self.origins = loaded.origins
        self._adopt(loaded.path, loaded.text, loaded.format, loaded.fingerprint)
        self._recovery.begin(self.doc_id, loaded.path, loaded.text)
        self.shown.emit()
        self._remember(loaded.path)
        if loaded.guessed:
            self.remarked.emit(
                self.tr(
                    "{name} was read in {encoding}, which is a guess: nothing in the file says. "
                    "File > Read in Another Encoding changes that."
                ).format(name=loaded.path.name, encoding=encoding_name(loaded.format.encoding))
            )
        if loaded.mixed:
            self.remarked.emit(
                self.tr(
                    "{name} has several kinds of line ends. Saving keeps each line\u2019s own; "
                    "saving under another name makes them all the same."
                ).format(name=loaded.path.name)
            )

    def show_draft(self, text: str) -> None:
        """Show a text that has no file and is not missed unless it is changed."""
        self._adopt(None, text, TextFormat(), None)
        self._recovery.begin(self.doc_id, None, text)
        self.shown.emit()

    def show_converted(self, text: str, suggested: Path) -> None:
        """Show the text of a converted document, which has no file of its own yet."""
        self._adopt(None, "", TextFormat(), None)
        self._recovery.begin(self.doc_id, None, "")
        self._suggested = suggested
        self._editor.load_text(text)
        self._recovery.record(self.doc_id, Edit(0, 0, text))
        self._editor.document().setModified(True)
        self.changed.emit()

    def take_over(self, loaded: LoadedText) -> None:
        """Make the text what the file holds now, as one undo step; the caret stays in its place."""
        edit = difference(self._editor.text(), loaded.text)
        start, end = (
            self._editor.u16_of(place) for place in (edit.position, edit.position + edit.removed)
        )
        with self._editor.bringing(Origin.ELSEWHERE):
            self._editor.replace_ranges([Replacement(start, end, edit.inserted)])
        self._format, self._fingerprint = loaded.format, loaded.fingerprint
        self._recovery.begin(self.doc_id, loaded.path, loaded.text)
        self._editor.document().setModified(False)

    def show_recovered(self, recovered: RecoveredDocument, on_disk: object) -> None:
        """Show a text that was never saved; ``on_disk`` is what was read of its file, if it was."""
        text_format, expected = TextFormat(), None
        if isinstance(on_disk, LoadedText):
            text_format = on_disk.format
            # A file that is no longer what the lost edits began from is asked about when saving.
            same = on_disk.text == recovered.base
            expected = on_disk.fingerprint if same else _NOT_THIS_FILE
        self._recovery.forget(self.doc_id)
        self.doc_id = recovered.doc_id
        self._recovery.resume(self.doc_id)
        self._adopt(recovered.path, recovered.text, text_format, expected)
        self._editor.document().setModified(True)
        self.shown.emit()

    def _adopt(
        self, path: Path | None, text: str, text_format: TextFormat, fingerprint: str | None
    ) -> None:
        self._path, self._format, self._fingerprint = path, text_format, fingerprint
        self._suggested = None
        self._editor.load_text(text)
        self._name = "" if path else _first_words(self._editor.document())
        self.changed.emit()

    # --- saving

    def _write(
        self,
        path: Path,
        text_format: TextFormat,
        expected: str | None,
        then: Then | None,
        *,
        quiet: bool = False,
    ) -> None:
        if self._saving:
            self._after_saving = lambda: self.save(then)
            return
        self._saving = True
        text, revision = self._editor.text(), self._editor.revision()

        def done(outcome: Any) -> None:
            self._saving = False
            waiting, self._after_saving = self._after_saving, None
            if isinstance(outcome, str):
                self._saved(path, text_format, outcome, text, revision, then)
                if waiting is not None:
                    waiting()
            elif quiet:
                self._not_saved_quietly(outcome)
                if waiting is not None:
                    waiting()
            else:
                self._not_saved(outcome, path, text_format, expected, then)

        whole = text + self.annotate(path)
        self._worker.submit(lambda: save_text(path, whole, text_format, expected), done)

    def _saved(
        self,
        path: Path,
        text_format: TextFormat,
        fingerprint: str,
        text: str,
        revision: int,
        then: Then | None,
    ) -> None:
        self._path, self._format, self._fingerprint = path, text_format, fingerprint
        self._told = ""
        self._remember(path)
        current = self._editor.revision() == revision
        self._editor.document().setModified(not current)
        self._recovery.begin(self.doc_id, path, text)
        if not current:
            self._recovery.record(self.doc_id, Edit(0, len(text), self._editor.text()))
        self.saved.emit()
        self.changed.emit()
        if then is not None:
            # What was typed during the save is unsaved again, and is asked about again.
            self.settle(then)

    def _not_saved_quietly(self, error: Exception) -> None:
        words = said(error)
        # What another program changed is asked about as soon as it is noticed.
        if words != self._told and not isinstance(error, ChangedOnDisk):
            self._told = words
            self.remarked.emit(words)

    def _not_saved(
        self,
        error: Exception,
        path: Path,
        text_format: TextFormat,
        expected: str | None,
        then: Then | None,
    ) -> None:
        if isinstance(error, EncodingLoss):
            question = self.tr(
                "{name} is written in {encoding}, which does not have every character of your "
                "text. Nothing was saved yet; in UTF-8 all of it can be kept."
            ).format(name=path.name, encoding=encoding_name(text_format.encoding))
            utf8 = TextFormat("utf-8", False, text_format.line_ending)
            self._ask(
                question,
                (self.tr("Save as UTF-8"), lambda: self._write(path, utf8, expected, then)),
            )
        elif isinstance(error, ChangedOnDisk):
            question = self.tr(
                "Another program has changed {name} since it was opened. Nothing was saved yet. "
                "Save under another name to keep both versions."
            ).format(name=path.name)
            self._ask(
                question,
                (self.tr("Save under another name\u2026"), lambda: self.save_as(then)),
                (
                    self.tr("Replace the other version"),
                    lambda: self._write(path, text_format, None, then),
                ),
            )
        else:
            self.remarked.emit(said(error))

    def _ask(self, text: str, *answers: tuple[str, Then]) -> None:
        """Ask, with Cancel as a last answer; the first is the safe one that Enter takes."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Saving"))
        box.setText(text)
        runs = {
            box.addButton(title, QMessageBox.ButtonRole.AcceptRole): run for title, run in answers
        }
        box.setDefaultButton(next(iter(runs)))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        run = next((run for button, run in runs.items() if button is box.clickedButton()), None)
        box.deleteLater()
        if run is not None:
            run()

    # --- following the editor

    @Slot(object)
    def _edited(self, change: TextChange) -> None:
        self._recovery.record(
            self.doc_id, Edit(change.position, len(change.removed), change.inserted)
        )
        if self._path is None:
            self._find_name()

    @Slot()
    def _modification_changed(self) -> None:
        self.changed.emit()

    def _find_name(self) -> None:
        name = _first_words(self._editor.document())
        if name != self._name:
            self._name = name
            self.changed.emit()

    def _remember(self, path: Path) -> None:
        names: list[str] = self._settings.get("recent_files")
        others = [name for name in names if name != str(path)]
        self._settings.set("recent_files", [str(path), *others][:MAX_RECENT_FILES])


def file_filters() -> str:
    """The kinds of files that are offered to open and save."""
    return QCoreApplication.translate(
        "DocumentController", "Text and Markdown (*.md *.markdown *.txt *.text);;All files (*)"
    )


def open_filters() -> str:
    """The kinds of files that are offered to open: those that are converted too."""
    endings = " ".join(f"*{end}" for each in FORMATS if each.reads for end in each.suffixes)
    documents = QCoreApplication.translate("DocumentController", "Documents")
    return f"{documents} ({endings});;{file_filters()}"


def _no_annotation(_path: Path) -> str:
    return ""


def read_file(path: Path) -> LoadedText:
    """Read a text file, and tidy up after interrupted saves beside it."""
    sweep_temporaries(path.parent)
    return load_text(path)


def _same_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first == second


def _first_words(document: QTextDocument) -> str:
    block = document.begin()
    for _ in range(_LINES_FOR_NAME):
        words = " ".join(from_qt(block.text()[:_LONGEST_LINE]).strip("#*_>-` \t").split())
        if words or not block.isValid():
            break
        block = block.next()
    if len(words) <= _LONGEST_NAME:
        return words
    cut = words[:_LONGEST_NAME]
    return (cut.rpartition(" ")[0] or cut) + "\u2026"

"""The commands that bring documents in from other programs and take them out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.core.formats.exporting import Source
from app.core.formats.importing import Changes, Imported, has_tracked_changes, read_document
from app.core.formats.page_setup import PageSetup, setup_from, setup_values
from app.core.paths import AppPaths
from app.core.settings import MAX_RECENT_FILES, SettingsStore
from app.editor.picture_peek import PicturePeek
from app.services.conversions import Conversions
from app.services.sentences import said
from app.windows.desk import Desk
from app.windows.documents import DocumentController
from app.windows.encoding import EncodingChoice
from app.windows.export import Exporter
from app.windows.export_review import ReviewExport
from app.windows.notice import Notice
from app.windows.page_setup_dialog import PageSetupDialog
from app.windows.printing import Printing
from app.windows.rich_text import RichText
from app.windows.tab import DocumentTab

_PATIENCE_MS = 500
"""So long a conversion may take before anything is said of it."""


class Exchange(QObject):
    """Opens documents of other programs, exports, prints, and copies with formatting."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        desk: Desk,
        settings: SettingsStore,
        paths: AppPaths,
        notice: Notice,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._settings = settings
        self._pictures = paths.data / "pictures"
        self._notice = notice
        self._window = window
        self.conversions = Conversions(self)
        self._told: str = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._say_working)
        self._working: list[str] = []
        self.conversions.began.connect(self._began)
        self.conversions.ended.connect(self._ended)
        self.exporter = Exporter(
            self.conversions, settings, self.source, self.setup, self.show_page_setup, window
        )
        self.printing = Printing(self.conversions, self.source, self.setup, window)
        self.rich_text = RichText(self.conversions, lambda: desk.current(), self)
        self.encoding = EncodingChoice(desk, self.conversions, window)
        self.review = ReviewExport(desk, self.conversions, window)
        parts = self.exporter, self.printing, self.rich_text, self.encoding, self.review
        for part in parts:
            part.remarked.connect(self.remarked)
        desk.set_converter(self.open)
        desk.for_each(self._follow)

    def handlers(self) -> Mapping[str, Callable[..., None]]:
        """The commands' handlers."""
        return {
            "file.encoding": self.encoding.choose,
            "file.export": self.exporter.show,
            "file.export_review": self.review.ask,
            "file.page_setup": self.show_page_setup,
            "file.preview": self.printing.preview,
            "file.print": self.printing.print,
            "edit.copy_rich": self.rich_text.copy,
            "edit.paste_markdown": self.rich_text.paste,
        }

    def close(self) -> None:
        """Stop what is being converted."""
        self._patience.stop()
        self.conversions.close()

    def source(self) -> Source:
        """The document in front, to be written elsewhere."""
        document = self._desk.current().document
        name = Path(document.title()).stem if document.folder() else document.title()
        return Source(self._desk.current().editor.text(), name, document.folder())

    def setup(self) -> PageSetup:
        """How pages are set up."""
        region = QLocale.territoryToCode(QLocale.system().territory())
        return setup_from(self._settings.get, region)

    @Slot()
    def show_page_setup(self) -> None:
        """Let the person change paper, margins and what stands around the text."""
        dialog = PageSetupDialog(self.setup(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            for name, value in setup_values(dialog.setup()).items():
                self._settings.set(name, value)
        dialog.deleteLater()

    # --- opening

    def open(self, path: Path) -> None:
        """Open a document of another program as Markdown in a tab of its own."""
        what = self.tr("Opening {name}\u2026").format(name=path.name)

        def looked(outcome: Any) -> None:
            if isinstance(outcome, Exception):
                self.remarked.emit(said(outcome))
            elif outcome:
                self._ask_about_changes(path)
            else:
                self._read(path, Changes.ACCEPT)

        self.conversions.run(what, lambda _pandoc, _stop: has_tracked_changes(path), looked)

    def _ask_about_changes(self, path: Path) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Tracked Changes"))
        box.setText(self.tr("{name} has changes that were tracked in Word.").format(name=path.name))
        box.setInformativeText(
            self.tr(
                "Open it with all of them accepted, with none of them, or with both versions "
                "between marks, {marks}, and comments?"
            ).format(marks="{++ ++} {-- --}")
        )
        role = QMessageBox.ButtonRole.AcceptRole
        answers = {
            box.addButton(self.tr("Accept All"), role): Changes.ACCEPT,
            box.addButton(self.tr("Keep Marked"), role): Changes.ALL,
            box.addButton(self.tr("Reject All"), role): Changes.REJECT,
        }
        box.setDefaultButton(next(iter(answers)))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        chosen = next(
            (how for button, how in answers.items() if button is box.clickedButton()), None
        )
        box.deleteLater()
        if chosen is not None:
            self._read(path, chosen)

    def _read(self, path: Path, changes: Changes) -> None:
        what = self.tr("Opening {name}\u2026").format(name=path.name)
        key = hashlib.sha256(str(path).encode("utf-8", "replace")).hexdigest()[:10]
        media = self._pictures / f"{path.stem[:40]}-{key}"
        self.conversions.run(
            what,
            lambda pandoc, _stop: read_document(path, pandoc, media, changes),
            partial(self._opened, path),
        )

    def _opened(self, path: Path, outcome: Any) -> None:
        if not isinstance(outcome, Imported):
            self.remarked.emit(said(outcome))
            return
        tab = self._desk.free_tab()
        tab.document.show_converted(outcome.text, path.with_name(outcome.name))
        self._remember(path)
        words = self.tr("{name} was converted to Markdown. The file itself stays as it is.")
        said_so = words.format(name=path.name)
        if outcome.pictures:
            kept = self.tr("Its pictures ({count}) are kept in {folder}.")
            folder = outcome.pictures[0].parent
            said_so += " " + kept.format(count=len(outcome.pictures), folder=folder)
        if outcome.lost_pictures:
            lost = self.tr("Pictures that could not be taken over: {count}.")
            said_so += " " + lost.format(count=outcome.lost_pictures)
        answers = [(self.tr("Close"), None)]
        if outcome.format.name in ("html", "rtf"):
            as_is = self.tr("Open as Text"), lambda: self._desk.open_as_it_is(path)
            self._notice.say(said_so, as_is, *answers)
        else:
            self._notice.say(said_so, *answers)

    def _remember(self, path: Path) -> None:
        names: list[str] = self._settings.get("recent_files")
        others = [name for name in names if name != str(path)]
        self._settings.set("recent_files", [str(path), *others][:MAX_RECENT_FILES])

    def _follow(self, tab: DocumentTab) -> None:
        tab.document.export_wanted.connect(self._on_export_wanted)
        PicturePeek(
            tab.editor,
            tab.document.folder,
            self.conversions,
            lambda: bool(self._settings.get("editor.pictures")),
        )

    @Slot(object)
    def _on_export_wanted(self, path: Path) -> None:
        document = self.sender()
        if isinstance(document, DocumentController):
            self.exporter.show_for(path)

    # --- saying what goes on

    @Slot(str)
    def _began(self, what: str) -> None:
        self._working.append(what)
        if len(self._working) == 1:
            self._patience.start()

    @Slot(str)
    def _ended(self, what: str) -> None:
        self._working.remove(what)
        if self._told == what or not self._working:
            self._notice.take_back(self._told)
            self._told = ""
        if not self._working:
            self._patience.stop()
        elif not self._told:
            self._say_working()

    @Slot()
    def _say_working(self) -> None:
        if self._working:
            self._told = self._working[0]
            self._notice.say(self._told, (self.tr("Stop"), self.conversions.stop))

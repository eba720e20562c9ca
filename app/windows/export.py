"""Exporting the document in front: what will be lost is shown before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.core.files import replace_file
from app.core.formats.errors import NOT_WRITTEN, FormatError
from app.core.formats.exporting import Source
from app.core.formats.kinds import CONTEXT, Format, format_named, format_of
from app.core.formats.page_setup import PageSetup
from app.core.messages import reason
from app.core.settings import SettingsStore
from app.services.conversions import Conversions
from app.services.formats import Plan, data_of
from app.services.sentences import said
from app.windows.export_dialog import ExportDialog


class Exporter(QObject):
    """Asks for a format and a file, and writes it off the interface's thread."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        conversions: Conversions,
        settings: SettingsStore,
        source: Callable[[], Source],
        setup: Callable[[], PageSetup],
        show_page_setup: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._conversions = conversions
        self._settings = settings
        self._source = source
        self._setup = setup
        self._show_page_setup = show_page_setup
        self._window = window

    @Slot()
    def show(self) -> None:
        """Ask how to export, then where to."""
        wanted = format_named(self._settings.get("export.format"))
        self._ask(wanted if wanted is not None and wanted.writes else None, None)

    def show_for(self, path: Path) -> None:
        """Export to a file whose name is chosen already."""
        self._ask(format_of(path), path)

    def _ask(self, wanted: Format | None, path: Path | None) -> None:
        dialog = ExportDialog(
            self._conversions, self._source(), wanted, self._show_page_setup, self._window
        )
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        made = dialog.plan()
        dialog.close_down()
        dialog.deleteLater()
        if not accepted or made is None:
            return
        self._settings.set("export.format", made.target.name)
        if path is None or made.target.name != getattr(format_of(path), "name", ""):
            path = self._choose(made)
        if path is not None:
            self.write(made, path)

    def _choose(self, made: Plan) -> Path | None:
        target, source = made.target, made.source
        folder = source.base or Path.home()
        title = QCoreApplication.translate(CONTEXT, target.title)
        endings = " ".join(f"*{suffix}" for suffix in target.suffixes)
        dialog = QFileDialog(self._window, self.tr("Export"), str(folder), f"{title} ({endings})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(target.suffix.removeprefix("."))
        dialog.selectFile(f"{source.name.replace('/', ' ').strip(' .')}{target.suffix}")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        names = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(names[0]) if accepted and names else None

    def write(self, made: Plan, path: Path) -> None:
        """Write the file and say so."""
        setup = self._setup()
        what = self.tr("Writing {name}\u2026").format(name=path.name)

        def job(pandoc: Any, stop: Any) -> str:
            data = data_of(made, setup, pandoc, stop)
            try:
                replace_file(path, data)
            except OSError as error:
                raise FormatError(NOT_WRITTEN, name=path.name, reason=reason(error)) from error
            return path.name

        def done(outcome: Any) -> None:
            if isinstance(outcome, str):
                words = self.tr("{name} was written. The document itself is as it was.")
                self.remarked.emit(words.format(name=outcome))
            else:
                self.remarked.emit(said(outcome))

        self._conversions.run(what, job, done)

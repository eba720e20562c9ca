"""Asks once what becomes of everything unsaved before the program ends."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.windows.desk import Desk
from app.windows.documents import Then
from app.windows.tab import DocumentTab

Leave = Callable[[Collection[DocumentTab]], None]
"""Called with the documents whose changes stay in the journal, unsaved."""
_MAX_NAMED = 8


class Leaving(QObject):
    """Settles the changes of all documents; none is lost without a word."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def settle(self, leave: Leave, *, keeps: bool) -> None:
        """Run ``leave`` once everything is saved, kept or given up; not at all on Cancel.

        ``keeps`` says that a text can stay unsaved and comes back at the next start. Texts that
        never had a file then do so without a question; a file that is not what was written last is
        asked about, since other programs and people read it.
        """
        unsettled = [tab for tab in self._desk.tabs() if tab.document.is_unsettled()]
        saving = next((tab for tab in unsettled if tab.document.is_saving()), None)
        kept = [tab for tab in unsettled if keeps and tab.document.path() is None]
        asked = [tab for tab in unsettled if tab not in kept]

        def again() -> None:
            self.settle(leave, keeps=keeps)

        if saving is not None:
            saving.document.when_saved(again)
        elif not asked:
            leave(kept)
        elif len(asked) == 1 and not keeps:
            self._desk.show_tab(asked[0])
            asked[0].document.settle(lambda: leave(kept))
        else:
            answers: dict[str, Then] = {
                self.tr("Save") if len(asked) == 1 else self.tr("Save All"): lambda: self._save(
                    asked, again
                ),
                self.tr("Keep Unsaved") if keeps else self.tr("Review Each"): lambda: (
                    leave(unsettled) if keeps else self._review(asked, leave)
                ),
                self.tr("Discard"): lambda: leave(kept),
            }
            self._ask([tab.document.title() for tab in asked], answers, keeps=keeps)

    def _ask(self, names: list[str], answers: dict[str, Then], *, keeps: bool) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Unsaved Changes"))
        details = []
        if len(names) == 1:
            box.setText(self.tr("Save the changes to {name}?").format(name=names[0]))
        else:
            question = self.tr("Save the changes to {count} documents?")
            box.setText(question.format(count=len(names)))
            details = names[:_MAX_NAMED] + (["\u2026"] if len(names) > _MAX_NAMED else [])
        if keeps:
            details.append(self.tr("What is kept unsaved comes back at the next start."))
        box.setInformativeText("\n".join(details))
        roles = QMessageBox.ButtonRole
        runs = {box.addButton(title, roles.AcceptRole): run for title, run in answers.items()}
        box.setDefaultButton(next(iter(runs)))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        run = next((run for button, run in runs.items() if button is box.clickedButton()), None)
        box.deleteLater()
        if run is not None:
            run()

    def _save(self, tabs: list[DocumentTab], then: Then) -> None:
        if not tabs:
            then()
            return
        self._desk.show_tab(tabs[0])
        tabs[0].document.save(lambda: self._save(tabs[1:], then))

    def _review(self, tabs: list[DocumentTab], leave: Leave) -> None:
        if not tabs:
            leave(())
            return
        self._desk.show_tab(tabs[0])
        tabs[0].document.settle(lambda: self._review(tabs[1:], leave))

"""Grammar in the window: each document gets its checker, beside that of its spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.core.grammar.choices import rules_off, switched
from app.core.settings import SettingsStore
from app.editor.grammar import GrammarController
from app.editor.model_check import ModelCheck
from app.services.bridge import EngineBridge
from app.services.grammar import GrammarService
from app.services.sentences import said
from app.services.theme import Theme, ThemeService
from app.windows.desk import Desk
from app.windows.reading import Reading
from app.windows.rules_dialog import RulesDialog
from app.windows.spelling import spelling_of
from app.windows.tab import DocumentTab
from engine import Dialect

_PREFIX = "grammar."


class Grammar(QObject):
    """Attaches grammar to the documents of a desk that have their spelling already."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        desk: Desk,
        settings: SettingsStore,
        service: GrammarService,
        themes: ThemeService,
        bridge: EngineBridge,
        folders: Sequence[Path],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._folders = tuple(folders)
        self._window = parent
        self._desk = desk
        self._settings = settings
        self._themes = themes
        self._actions: Mapping[str, QAction] = {}
        self.service = service
        service.setParent(self)
        service.failed.connect(self._failed)
        self._unsubscribe = settings.subscribe(self._setting_changed)
        themes.theme_changed.connect(self._apply_theme)
        desk.for_each(self._attach)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """The commands."""
        return {
            "grammar.toggle": self._toggle,
            "grammar.read": self._read,
            "grammar.rules": self.show_rules,
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The actions of the commands."""
        self._actions = actions
        self._mark()

    def current(self) -> GrammarController:
        """The grammar of the document in front."""
        return grammar_of(self._desk.current())

    def close(self) -> None:
        """Check nothing any more."""
        self._unsubscribe()
        self.service.close()

    def _attach(self, tab: DocumentTab) -> None:
        model = ModelCheck(tab.editor, self._bridge, tab)
        model.set_folders(self._folders)
        reading = Reading(tab, model)
        reading.remarked.connect(self.remarked)
        controller = GrammarController(tab.editor, self.service, spelling_of(tab), model, tab)
        controller.apply_theme(self._themes.theme())
        controller.switched_off.connect(self._switch_off)
        self._configure(controller)

    def _configure(self, controller: GrammarController) -> None:
        controller.configure(
            enabled=self._settings.get("grammar.enabled"),
            dialect=self._settings.get("grammar.dialect"),
            off=rules_off(self._settings.get("grammar.rules")),
        )

    def _setting_changed(self, name: str, value: Any) -> None:
        if not name.startswith(_PREFIX):
            return
        for tab in self._desk.tabs():
            self._configure(grammar_of(tab))
        self._mark()
        if name == "grammar.enabled" and not value:
            self.service.rest()

    def _mark(self) -> None:
        if self._actions:
            self._actions["grammar.toggle"].setChecked(self._settings.get("grammar.enabled"))

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        for tab in self._desk.tabs():
            grammar_of(tab).apply_theme(theme)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        for tab in self._desk.tabs():
            self._configure(grammar_of(tab))
        self.remarked.emit(said(error))

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        self._settings.set("grammar.enabled", on)

    @Slot()
    def _read(self) -> None:
        if self.current().model.running():
            self.current().model.stop()
        elif not self.current().read_with_model():
            self.remarked.emit(
                self.tr(
                    "Only English can be read through, and this document is in another language. "
                    "Its spelling language in the Write menu says which."
                )
            )

    @Slot(str)
    def _switch_off(self, rule: str) -> None:
        chosen = self._settings.get("grammar.rules")
        self._settings.set("grammar.rules", switched(chosen, rule, on=False))
        self.remarked.emit(
            self.tr(
                "This rule is off now, in every document. Grammar Rules in the Write menu has it."
            )
        )

    @Slot()
    def show_rules(self) -> None:
        """Show the rules, to be switched on and off."""
        dialect = self.current().dialect() or Dialect.AMERICAN
        dialog = RulesDialog(self.service, self._settings, dialect, self._window)
        dialog.exec()
        dialog.deleteLater()


def grammar_of(tab: DocumentTab) -> GrammarController:
    """The grammar that was attached to a document."""
    found = tab.findChild(GrammarController)
    if not isinstance(found, GrammarController):
        raise LookupError("grammar is not attached to this document")
    return found

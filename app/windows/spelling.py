"""Spelling in the window: each document gets its checker, and the commands act on the front one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.core.settings import SettingsStore
from app.core.spelling.personal import NO_LANGUAGE, DocumentSpelling
from app.editor.spelling import SpellingController
from app.services.sentences import said
from app.services.spelling import SpellingService
from app.services.theme import Theme, ThemeService
from app.windows.desk import Desk
from app.windows.languages import language_title
from app.windows.spelling_dialog import SpellingDialog
from app.windows.tab import DocumentTab

_PREFIX = "spelling."


class Spelling(QObject):
    """Attaches spelling to the documents of a desk."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        desk: Desk,
        settings: SettingsStore,
        service: SpellingService,
        themes: ThemeService,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
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
        self._languages = LanguageMenu(self, parent)
        desk.for_each(self._attach)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """The commands."""
        return {
            "spelling.next": self._show_next,
            "spelling.previous": self._show_previous,
            "spelling.toggle": self._toggle,
            "spelling.dictionaries": self._show_dialog,
        }

    def set_actions(self, actions: Mapping[str, QAction], bar: QMenuBar) -> None:
        """The actions of the commands; the languages get their place before the last of them."""
        self._actions = actions
        last = actions["spelling.dictionaries"]
        for action in bar.actions():
            menu = action.menu()
            if isinstance(menu, QMenu) and last in menu.actions():
                menu.insertMenu(last, self._languages)
        self._mark()

    def current(self) -> SpellingController:
        """The spelling of the document in front."""
        return spelling_of(self._desk.current())

    def close(self) -> None:
        """Check nothing any more."""
        self._unsubscribe()
        self.service.close()

    def _attach(self, tab: DocumentTab) -> None:
        controller = SpellingController(tab.editor, self.service, tab)
        controller.marks.keep_clear(tab.rewrite.page.covered)
        DocumentMemory(tab, controller, self.service)
        controller.apply_theme(self._themes.theme())
        controller.remarked.connect(self.remarked)
        self._configure(controller)

    def _configure(self, controller: SpellingController) -> None:
        controller.configure(
            enabled=self._settings.get("spelling.enabled"),
            language=self._settings.get("spelling.language"),
            capitals=self._settings.get("spelling.capitals"),
        )

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name.startswith(_PREFIX):
            for tab in self._desk.tabs():
                self._configure(spelling_of(tab))
            self._mark()

    def _mark(self) -> None:
        if self._actions:
            self._actions["spelling.toggle"].setChecked(self._settings.get("spelling.enabled"))

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        for tab in self._desk.tabs():
            spelling_of(tab).apply_theme(theme)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.remarked.emit(said(error))

    @Slot()
    def _show_next(self) -> None:
        self.current().show_next()

    @Slot()
    def _show_previous(self) -> None:
        self.current().show_previous()

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        self._settings.set("spelling.enabled", on)

    @Slot()
    def _show_dialog(self) -> None:
        dialog = SpellingDialog(self.service, self._settings, self._window)
        dialog.exec()
        dialog.deleteLater()


class DocumentMemory(QObject):
    """Keeps what was chosen for a document with its file, and brings it back."""

    def __init__(
        self, tab: DocumentTab, controller: SpellingController, service: SpellingService
    ) -> None:
        super().__init__(tab)
        self._document = tab.document
        self._controller = controller
        self._service = service
        self._path: Path | None = None
        tab.editor.loaded.connect(self._loaded)
        tab.document.changed.connect(self._document_changed)
        controller.chosen_changed.connect(self._chosen)
        self._document_changed()

    @Slot()
    def _loaded(self) -> None:
        self._path = None
        self._controller.choose(DocumentSpelling())

    @Slot()
    def _document_changed(self) -> None:
        path = self._document.path()
        if path == self._path:
            return
        self._path = path
        if path is None:
            return
        if self._controller.chosen() != DocumentSpelling():
            self._service.remember(path, self._controller.chosen())  # saved under another name
        else:
            self._service.recall(path, self._recalled)

    def _recalled(self, chosen: object) -> None:
        if isinstance(chosen, DocumentSpelling) and chosen != DocumentSpelling():
            self._controller.choose(chosen)

    @Slot(object)
    def _chosen(self, chosen: DocumentSpelling) -> None:
        if self._path is not None:
            self._service.remember(self._path, chosen)


class LanguageMenu(QMenu):
    """The languages a document can be checked in, made anew each time it opens."""

    def __init__(self, spelling: Spelling, parent: QWidget) -> None:
        super().__init__(parent)
        self._name_all()
        self._spelling = spelling
        self._group = QActionGroup(self)
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._choose)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setTitle(self.tr("Spelling &Language of This Document"))

    @Slot()
    def fill(self) -> None:
        """List the languages of the dictionaries that there are now."""
        self.clear()
        chosen = self._spelling.current().chosen().language
        self._add(self.tr("What Fits the Document"), "", chosen)
        self.addSeparator()
        for dictionary in self._spelling.service.dictionaries():
            self._add(language_title(dictionary.name), dictionary.name, chosen)
        self.addSeparator()
        self._add(self.tr("None"), NO_LANGUAGE, chosen)

    def _add(self, title: str, language: str, chosen: str) -> None:
        action = self.addAction(title.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(language == chosen)
        action.setData(language)
        self._group.addAction(action)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self._spelling.current().choose_language(action.data())


def spelling_of(tab: DocumentTab) -> SpellingController:
    """The spelling that was attached to a document."""
    found = tab.findChild(SpellingController)
    if not isinstance(found, SpellingController):
        raise LookupError("spelling is not attached to this document")
    return found

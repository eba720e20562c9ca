"""Where text came from, in every document: followed, kept, shown, reported and made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from app.core.paths import AppPaths
from app.core.provenance.shares import shares
from app.core.settings import SettingsStore
from app.editor.origin import Copies, OriginTracker
from app.editor.origin_view import OriginView
from app.services.bridge import EngineBridge
from app.services.origins import OriginService
from app.services.sentences import said
from app.services.theme import Theme, ThemeService
from app.windows.desk import Desk
from app.windows.origin_keeping import PROMPTS, OriginKeeper
from app.windows.origin_legend import OriginLegend
from app.windows.origin_menu import OriginMenu
from app.windows.origin_replay import OriginReplay
from app.windows.origin_report import OriginReport
from app.windows.tab import DocumentTab

SHOW = "origin.show"


class Origins(QObject):
    """One tracker, one view and one keeper a document; ``legend`` belongs into the status bar."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        bridge: EngineBridge,
        desk: Desk,
        settings: SettingsStore,
        paths: AppPaths,
        themes: ThemeService,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._settings = settings
        self._window = window
        self._theme = themes.theme()
        self._copies = Copies()
        self._service = OriginService(paths.data / "origins.sqlite", self)
        self._service.failed.connect(self._on_failed)
        self._views: dict[DocumentTab, OriginView] = {}
        self._keepers: dict[DocumentTab, OriginKeeper] = {}
        self._actions: Mapping[str, QAction] = {}
        self._report: OriginReport | None = None
        self._replay = OriginReplay(bridge, self)
        self.legend = OriginLegend(window)
        self.legend.clicked.connect(self.show_report)
        self._unsubscribe = settings.subscribe(self._on_setting)
        themes.theme_changed.connect(self._apply_theme)
        desk.for_each(self._follow)
        desk.arranged.connect(self._on_arranged)
        desk.current_changed.connect(self._on_current)
        self._show_legend()

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return {"view.origin": self._toggle, "tools.origin": self.show_report}

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The commands by their ids."""
        self._actions = actions
        actions["view.origin"].setChecked(self._settings.get(SHOW))

    def tracker(self, tab: DocumentTab) -> OriginTracker:
        """The origins of a document."""
        return self._keepers[tab].tracker

    def keeper(self, tab: DocumentTab) -> OriginKeeper:
        """What keeps the origins of a document."""
        return self._keepers[tab]

    @Slot()
    def show_report(self) -> None:
        """Say how much of the document in front came from where, and from where each part."""
        self._open_report()

    def _open_report(self) -> OriginReport:
        if self._report is None:
            self._report = OriginReport(self._window)
            self._report.again_wanted.connect(self._replay.start)
            self._report.erase_wanted.connect(self._ask_erase)
            self._report.failed.connect(self.remarked)
            self._report.finished.connect(self._replay.stop)
            self._replay.said.connect(self._report.say)
        tab = self._desk.current()
        self._report.show_document(tab, self.tracker(tab))
        self._report.show()
        self._report.raise_()
        self._report.activateWindow()
        return self._report

    def _report_on(self, position: int, again: bool) -> None:
        report = self._open_report()
        report.choose(position)
        item = report.chosen()
        if again and item is not None:
            self._replay.start(item.source)

    @Slot()
    def _ask_erase(self) -> None:
        box = QMessageBox(self._report or self._window)
        box.setWindowTitle(self.tr("Erase This Record"))
        box.setText(self.tr("Forget where the words of this text came from?"))
        box.setInformativeText(
            self.tr("The text stays as it is. What was kept of its origin cannot be brought back.")
        )
        erase = box.addButton(self.tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is erase:
            self._keepers[self._desk.current()].erase()
        box.deleteLater()

    def close(self) -> None:
        """Keep what is not kept yet, and end."""
        self._unsubscribe()
        self._replay.stop()
        for keeper in self._keepers.values():
            keeper.write()

    def end(self) -> None:
        """End the thread, once every document was told what becomes of it."""
        self._service.close()

    def _follow(self, tab: DocumentTab) -> None:
        tracker = OriginTracker(tab.editor, self._bridge.log, self._copies, tab)
        view = OriginView(tab.editor, tracker, tab)
        view.apply_theme(self._theme)
        view.set_on(self._settings.get(SHOW))
        tracker.changed.connect(self._show_legend)
        OriginMenu(tab.editor, tracker, self._shown, self._report_on, tab)
        self._views[tab] = view
        self._keepers[tab] = OriginKeeper(tab, tracker, self._service, self._settings, tab)

    @Slot()
    def _on_arranged(self) -> None:
        tabs = set(self._desk.tabs())
        for tab in set(self._keepers) - tabs:
            if self._report is not None and self._report.is_on(tab):
                self._report.leave_document()
            del self._keepers[tab], self._views[tab]

    @Slot(object)
    def _on_current(self, tab: DocumentTab) -> None:
        self._show_legend()
        if self._report is not None and self._report.isVisible() and tab in self._keepers:
            self._report.show_document(tab, self.tracker(tab))

    def _shown(self) -> bool:
        return bool(self._settings.get(SHOW))

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        self._settings.set(SHOW, on)

    def _on_setting(self, name: str, value: Any) -> None:
        if name == SHOW:
            if "view.origin" in self._actions:
                self._actions["view.origin"].setChecked(value)
            for view in self._views.values():
                view.set_on(value)
            self._show_legend()
        elif name == PROMPTS and not value:
            for keeper in self._keepers.values():
                keeper.tracker.forget_prompts()
            self._service.forget_prompts()

    @Slot()
    def _show_legend(self) -> None:
        shown = self._shown()
        self.legend.setVisible(shown)
        if shown and (keeper := self._keepers.get(self._desk.current())) is not None:
            self.legend.show_shares(shares(keeper.tracker.runs(), keeper.tracker.sources()))

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for view in self._views.values():
            view.apply_theme(theme)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.remarked.emit(said(error))

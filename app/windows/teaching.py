"""Teaching a style in the main window: its own window, the status bar, and leaving meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton

from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.core.styles import STYLES_NAME, DocumentStyles
from app.core.teaching import Phase
from app.services.bridge import EngineBridge
from app.services.teaching import TeachingService
from app.windows.desk import Desk
from app.windows.style_choice import StyleChoice
from app.windows.teach import TeachWindow
from engine import EngineStatus, ModelInfo


class TeachButton(QPushButton):
    """How far teaching is, for the status bar; hidden while nothing is taught."""

    def __init__(self, service: TeachingService) -> None:
        super().__init__()
        self.setObjectName("teaching")
        self._service = service
        service.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        state = self._service.state
        self.setVisible(state.training or state.phase is Phase.DONE)
        if state.phase is Phase.DONE:
            self.setText(self.tr("Teaching is done"))
        elif state.phase is Phase.PAUSED:
            self.setText(self.tr("Teaching is paused"))
        else:
            self.setText(self.tr("Teaching: {percent}%").format(percent=int(100 * state.done)))
        self.setToolTip(self.tr("Shows how far it is"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_state()


class TeachingController(QObject):
    """What of the main window has to do with teaching a style."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        bridge: EngineBridge,
        desk: Desk,
        settings: SettingsStore,
        paths: AppPaths,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self.service = TeachingService(paths, self)
        documents = DocumentStyles(paths.data / STYLES_NAME)
        self.choice = StyleChoice(desk, settings, documents, self)
        self.choice.remarked.connect(self.remarked)
        self._shown: TeachWindow | None = None
        self.button = TeachButton(self.service)
        """To be put into the status bar."""
        self.button.clicked.connect(self.show_window)
        self.service.changed.connect(self._tell)
        self.service.styles_changed.connect(self._find_fitting)
        bridge.status_changed.connect(self._on_status)
        self._known_model = ""
        self._find_fitting()

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the command does."""
        return {"tools.teach": self.show_window}

    @Slot()
    def show_window(self) -> None:
        """Show how far it is, or begin."""
        if self._shown is None:
            self._shown = TeachWindow(self.service, self.choice, self._model, self._window)
        if self.service.state.phase is Phase.DONE:
            self.button.hide()
        self._shown.show()
        self._shown.raise_()
        self._shown.activateWindow()

    def may_leave(self) -> bool:
        """Ask whether to end the program while something is being taught."""
        if not self.service.state.training:
            return True
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Teaching Is Not Done"))
        box.setText(self.tr("Inkling is still learning your style."))
        box.setInformativeText(
            self.tr(
                "It stops when you quit. What was learnt is kept; Teach Inkling My Style in the "
                "Tools menu goes on with it."
            )
        )
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(leave)
        box.exec()
        left = box.clickedButton() is leave
        box.deleteLater()
        return left

    def close(self) -> None:
        """End what runs; what was learnt is kept."""
        self.service.close()
        self.choice.close()

    def _model(self) -> ModelInfo | None:
        return self._bridge.status().model

    @Slot()
    def _find_fitting(self) -> None:
        model = self._model()
        self._known_model = model.name if model is not None else ""
        styles = self.service.styles() if model is not None else []
        self.choice.set_fitting(
            [each.name for each in styles if each.adapter and each.base == self._known_model]
        )

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        if (status.model.name if status.model else "") != self._known_model:
            self._find_fitting()

    @Slot()
    def _tell(self) -> None:
        hidden = self._shown is None or not self._shown.isVisible()
        if hidden and self.service.state.phase is Phase.FAILED:
            self.remarked.emit(
                self.tr("Teaching your style ended early. The Tools menu has its window.")
            )

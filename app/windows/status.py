"""The status bar: what the model is doing, beside counts of another's making."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from app.services.sentences import said
from engine import EngineState, EngineStatus


class StatusBar(QStatusBar):
    """Model, state and speed on the right; what is added with ``addWidget`` on the left."""

    resume_requested = Signal()
    """The person wants suggestions again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._paused = QPushButton(self)
        self._paused.setObjectName("paused")
        self._paused.clicked.connect(self.resume_requested)
        self._paused.hide()
        self._model = QLabel(self)
        self.addPermanentWidget(self._paused)
        self.addPermanentWidget(self._model)
        self._connections = QLabel(self)
        self._connections.hide()
        self.addPermanentWidget(self._connections)
        self._status: EngineStatus | None = None
        self._connection_count: int | None = None
        self._name_all()

    def _name_all(self) -> None:
        self._paused.setText(self.tr("Suggestions are paused. Resume"))
        self._paused.setToolTip(
            self.tr("You refused several, so none come by themselves. Asking for one resumes them.")
        )
        self._model.setAccessibleName(self.tr("Model"))
        self._connections.setToolTip(
            self.tr(
                "Network connections that Inkling itself holds, counted every few seconds. It "
                "never opens one: what you write stays on this computer."
            )
        )
        self.show_connections(self._connection_count)
        if self._status is not None:
            self.show_engine(self._status)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    @Slot(object)
    def show_engine(self, status: EngineStatus) -> None:
        """Show the engine's state."""
        self._status = status
        parts = [status.model.name] if status.model else []
        parts.append(self._state(status))
        if status.tokens_per_s:
            speed = self.tr("{speed} tok/s").format(speed=round(status.tokens_per_s))
            parts.append(speed)
        if status.notice is not None:
            parts.append(self.tr("without the graphics card"))
        elif status.device not in ("", "CPU"):
            parts.append(status.device)
        self._model.setToolTip("" if status.notice is None else said(status.notice))
        self._model.setText("  \u00b7  ".join(parts))

    @Slot(bool)
    def show_paused(self, paused: bool) -> None:
        """Show that suggestions wait to be resumed, with the button for that."""
        self._paused.setVisible(paused)

    @Slot(object)
    def show_connections(self, count: int | None) -> None:
        """Show how many network connections there are; nothing where the system does not tell."""
        self._connection_count = count
        self._connections.setVisible(count is not None)
        if count is None:
            return
        one = self.tr("1 connection")
        many = self.tr("{count} connections").format(count=count)
        self._connections.setText(one if count == 1 else many)
        if bool(count) != bool(self._connections.property("alarm")):
            self._connections.setProperty("alarm", bool(count))
            self.style().unpolish(self._connections)
            self.style().polish(self._connections)

    def model_text(self) -> str:
        """What is shown of the model."""
        return self._model.text()

    def _state(self, status: EngineStatus) -> str:
        if status.state is EngineState.LOADING:
            percent = round(100 * status.progress)
            return self.tr("loading the model, {percent}%").format(percent=percent)
        words = {
            EngineState.READY: self.tr("ready"),
            EngineState.THINKING: self.tr("thinking"),
            EngineState.FAILED: self.tr("no model"),
            EngineState.CLOSED: self.tr("closed"),
        }
        return words[status.state]

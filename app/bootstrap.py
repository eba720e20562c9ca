"""Starts the window: settings, fonts, theme, language, engine; and ends it cleanly."""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from app.core.assets import asset
from app.core.avoided import keep_away
from app.core.model_devices import wanted_device
from app.core.paths import AppPaths, app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore
from app.services.application import Application
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts, ui_font
from app.services.i18n import Language
from app.services.motion import Motion
from app.services.quickness import ENGINE_NICENESS, let_the_window_go_first
from app.services.theme import Theme, ThemeService, palette, style_sheet
from app.windows.main import MainWindow
from engine import DeviceWish, EngineError, LocalEngine, MissingEngine, TextEngine, find_model

_log = logging.getLogger(__name__)
_SIGNAL_POLL_MS = 200


def run_window(files: list[Path], model: str | None, device: str | None = None) -> int:
    """Open the window and run until it is closed; returns the exit code.

    ``model`` and ``device`` None mean those of the settings.
    """
    let_the_window_go_first()
    application = Application(sys.argv[:1])
    application.setApplicationName("Inkling")
    application.setDesktopFileName("inkling")
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(asset("icons", "inkling.svg"))))
    paths = app_paths(os.environ)
    settings = SettingsStore(paths.config / SETTINGS_NAME)
    language = Language(application)
    language.choose(settings.get("language"))
    motion = Motion(application)
    motion.choose(settings.get("motion"))
    choosers = {"language": language.choose, "motion": motion.choose}
    settings.subscribe(lambda name, value: choosers[name](value) if name in choosers else None)
    register_fonts()
    themes = ThemeService(settings.get("theme"))
    dress(themes.theme())
    themes.theme_changed.connect(dress)
    bridge = EngineBridge(open_engine(model, paths, settings, device))
    keep_away(settings, bridge.avoid)
    window = MainWindow(bridge, settings, paths, themes)
    sys.excepthook = _Reporter(window)
    heartbeat = _close_on_signals(window)
    window.show()
    window.editor.setFocus()
    window.open_files(files)
    if not files:
        window.help.greet()
    code = application.exec()
    heartbeat.stop()
    window.end()
    sys.excepthook = sys.__excepthook__
    try:
        settings.save()
    except OSError as error:
        _log.warning("the settings could not be saved: %s", error)
    return code


def open_engine(
    model: str | None, paths: AppPaths, settings: SettingsStore, device: str | None = None
) -> TextEngine:
    """The engine of the named or chosen model; one that says why there is none otherwise."""
    try:
        folder = find_model(model or settings.get("model") or None, paths.models)
        wish = wanted_device(settings, folder, device).device
        return LocalEngine(
            folder,
            device=DeviceWish(wish),
            data_dir=paths.data,
            niceness=ENGINE_NICENESS,
            adapters=paths.adapter_folders,
        )
    except EngineError as error:
        return MissingEngine(error)


def dress(theme: Theme) -> None:
    """Give the whole application the looks of ``theme``."""
    QGuiApplication.setPalette(palette(theme))
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyleSheet(style_sheet(theme))
        # After the sheet: with it Qt takes the desktop's own fonts for labels, menus and buttons.
        application.setFont(ui_font())


def _close_on_signals(window: MainWindow) -> QTimer:
    """Close the window on Ctrl+C and on termination, without a question that nobody may see.

    What was not saved stays in the journal and is offered at the next start. Python's
    handlers run only between Python instructions, so a timer gives them the chance.
    """

    def end() -> None:
        window.end()
        QApplication.exit(0)  # a dialog that is open has a loop of its own

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: QTimer.singleShot(0, end))
    heartbeat = QTimer(window)
    heartbeat.timeout.connect(_nothing)
    heartbeat.start(_SIGNAL_POLL_MS)
    return heartbeat


def _nothing() -> None:
    """Return to Python for a moment."""


class _Reporter:
    """Tells the person of a defect in a sentence, once at a time, and keeps the details."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._telling = False

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Stand in for ``sys.excepthook``."""
        _log.error("%s", "".join(traceback.format_exception(kind, error, trace)))
        if self._telling or not self._window.isVisible():
            return
        self._telling = True
        try:
            QMessageBox.warning(
                self._window,
                "Inkling",
                QApplication.translate(
                    "Bootstrap",
                    "Something went wrong inside Inkling. Your text is still here; save it now, "
                    "and restart Inkling. The details are in the log.",
                ),
            )
        finally:
            self._telling = False

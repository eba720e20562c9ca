"""Whether things may move on the screen: the person's choice, or the system's."""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QObject, QProcess, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

_EFFECTS = (
    Qt.UIEffect.UI_General,
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
_SPI_GETCLIENTAREAANIMATION = 0x1042


class Motion(QObject):
    """Stops the caret's blinking and Qt's own effects where less motion is wanted.

    Qt does not tell what the system wants. Windows is asked directly; elsewhere a small program
    of the desktop answers, if there is one, and nobody waits for it.
    """

    changed = Signal(bool)
    """Whether motion is reduced now."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = "system"
        self._system = False
        self._reduced = False
        self._flash = application.cursorFlashTime()
        self._effects = {effect: application.isEffectEnabled(effect) for effect in _EFFECTS}
        self._question = QProcess(self)
        self._question.finished.connect(self._answered)
        self._ask_system()

    def reduced(self) -> bool:
        """Whether motion is to be avoided."""
        return self._reduced

    def choose(self, choice: str) -> None:
        """Follow the "system", or "reduced" or "full"."""
        self._choice = choice
        self._apply()

    def _ask_system(self) -> None:
        if sys.platform == "win32":
            self._system = _windows_reduces()
            return
        command = (
            ("defaults", "read", "com.apple.universalaccess", "reduceMotion")
            if sys.platform == "darwin"
            else ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
        )
        if shutil.which(command[0]):
            self._question.start(command[0], list(command[1:]))

    @Slot()
    def _answered(self) -> None:
        answer = bytes(self._question.readAllStandardOutput().data()).decode("ascii", "ignore")
        self._system = answer.strip() in ("false", "1")
        self._apply()

    def _apply(self) -> None:
        wanted = self._choice == "reduced" or (self._choice == "system" and self._system)
        if wanted == self._reduced:
            return
        self._reduced = wanted
        self._application.setCursorFlashTime(0 if wanted else self._flash)
        for effect, usual in self._effects.items():
            self._application.setEffectEnabled(effect, usual and not wanted)
        self.changed.emit(wanted)


def _windows_reduces() -> bool:
    if sys.platform == "win32":
        import ctypes

        animated = ctypes.c_int(1)
        ask = ctypes.windll.user32.SystemParametersInfoW
        asked = ask(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0)
        return bool(asked) and not animated.value
    return False

"""The table of settings, and the file they are kept in."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.files import replace_file, set_aside
from app.core.marks import QT_TRANSLATE_NOOP

SettingValue = bool | int | str | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its type is its default's; ``title`` "" keeps it out of the preferences.

    A text or number with ``choices`` is one of them; another number is within ``minimum`` and
    ``maximum``.
    """

    name: str
    default: SettingValue
    title: str = ""
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0

    def accepts(self, value: object) -> bool:
        """Whether ``value`` is of the right type and in range."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, int) and not isinstance(value, bool):
            return self.minimum <= value <= self.maximum
        return not isinstance(value, list) or all(isinstance(item, str) for item in value)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "ghost.enabled", True, QT_TRANSLATE_NOOP("Settings", "Suggest the next words as I write")
    ),
    Setting(
        "ghost.delay_ms",
        350,
        QT_TRANSLATE_NOOP("Settings", "Pause before a suggestion appears (milliseconds)"),
        minimum=0,
        maximum=5000,
    ),
    Setting(
        "ghost.max_tokens",
        16,
        QT_TRANSLATE_NOOP("Settings", "Longest suggestion (tokens)"),
        minimum=1,
        maximum=64,
    ),
    Setting(
        "theme",
        "system",
        QT_TRANSLATE_NOOP("Settings", "Theme"),
        choices=("system", "paper", "night", "sepia", "contrast"),
    ),
    Setting(
        "language",
        "system",
        QT_TRANSLATE_NOOP("Settings", "Language (from the next start)"),
        choices=("system", "en", "zh_CN"),
    ),
    Setting(
        "device",
        "auto",
        QT_TRANSLATE_NOOP("Settings", "What computes (from the next start)"),
        choices=("auto", "cpu", "gpu"),
    ),
    Setting("editor.font_family", "", QT_TRANSLATE_NOOP("Settings", "Reading font")),
    Setting(
        "editor.font_size",
        17,
        QT_TRANSLATE_NOOP("Settings", "Text size (pixels)"),
        minimum=8,
        maximum=72,
    ),
    Setting(
        "editor.column",
        68,
        QT_TRANSLATE_NOOP("Settings", "Width of the page (characters)"),
        minimum=30,
        maximum=160,
    ),
    Setting("model", ""),
    Setting("panel.visible", True),
    Setting("window.geometry", ""),
    Setting("recent_files", []),
)
MAX_RECENT_FILES = 12
SETTINGS_NAME = "settings.json"


class SettingsStore:
    """The settings in a JSON file; what is unknown in it survives, what is wrong is ignored.

    Only what was changed here is written over what another process has saved meanwhile. A damaged
    file is kept under a name with "damaged" in it, and the defaults hold.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table = {setting.name: setting for setting in SETTINGS}
        self._listeners: list[Callable[[str, Any], None]] = []
        self._values = self._read()
        self._changed: set[str] = set()

    def get(self, name: str) -> Any:
        """The value of a setting of the table."""
        setting = self._table[name]
        value = self._values.get(name, setting.default)
        return copy.copy(value if setting.accepts(value) else setting.default)

    def set(self, name: str, value: SettingValue) -> None:
        """Change a setting and tell the listeners. Raises ``ValueError`` if it does not fit."""
        if not self._table[name].accepts(value):
            raise ValueError(f"{name} cannot be {value!r}")
        if value == self.get(name):
            return
        self._values[name] = copy.copy(value)
        self._changed.add(name)
        for listener in tuple(self._listeners):
            listener(name, value)

    def subscribe(self, listener: Callable[[str, Any], None]) -> Callable[[], None]:
        """Call ``listener(name, value)`` at each change; returns how to stop that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def save(self) -> None:
        """Write the file. Raises ``OSError``."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        values = self._values | self._read() | {name: self._values[name] for name in self._changed}
        replace_file(self._path, json.dumps(values, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except OSError:
            return {}
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            return values
        set_aside(self._path)
        return {}

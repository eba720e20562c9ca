"""Keeps the words of the preferences out of everything that the engine generates."""

from __future__ import annotations

from app.core.avoided import AVOIDED_SETTING, avoidable
from app.core.setting import SettingValue
from app.core.settings import SettingsStore
from engine import Avoiding, TextEngine


def avoiding(engine: TextEngine, settings: SettingsStore) -> TextEngine:
    """``engine`` without the words of the preferences, as they are now and as they become."""
    careful = Avoiding(engine, avoidable(settings.get(AVOIDED_SETTING)))

    def changed(name: str, value: SettingValue) -> None:
        if name == AVOIDED_SETTING and isinstance(value, list):
            careful.avoid(avoidable(value))

    settings.subscribe(changed)
    return careful

"""The person's list of words that generated text is to do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.setting import SettingValue
from app.core.settings import SettingsStore

AVOIDED_SETTING = "avoid.words"
_MAX_WORDS = 1_000
_MAX_CHARACTERS = 100


def avoidable(words: Sequence[str]) -> list[str]:
    """Of ``words`` what can be avoided: each once, none empty or longer than the engine takes."""
    tidy = (" ".join(word.split()) for word in words)
    known = dict.fromkeys(word for word in tidy if 0 < len(word) <= _MAX_CHARACTERS)
    return list(known)[:_MAX_WORDS]


def keep_away(settings: SettingsStore, avoid: Callable[[Sequence[str]], None]) -> None:
    """Tell ``avoid`` the words of the preferences, now and whenever they change."""

    def changed(name: str, value: SettingValue) -> None:
        if name == AVOIDED_SETTING and isinstance(value, list):
            avoid(avoidable(value))

    settings.subscribe(changed)
    avoid(avoidable(settings.get(AVOIDED_SETTING)))

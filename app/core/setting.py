"""What one setting is: the preferences are made from these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.marks import QT_TRANSLATE_NOOP

SettingValue = bool | int | str | list[str] | dict[str, str]


class Kind(StrEnum):
    """How a setting is edited."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    FONT = "font"
    """A family's name, "" for the bundled one."""
    LIST = "list"
    """Texts of the person's own, one a line."""


SECTIONS: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("Settings", "Appearance"),
    QT_TRANSLATE_NOOP("Settings", "Page"),
    QT_TRANSLATE_NOOP("Settings", "Writing"),
    QT_TRANSLATE_NOOP("Settings", "Suggestions"),
    QT_TRANSLATE_NOOP("Settings", "Spelling and grammar"),
    QT_TRANSLATE_NOOP("Settings", "Model"),
    QT_TRANSLATE_NOOP("Settings", "Origin of Text"),
)
APPEARANCE, PAGE, WRITING, SUGGESTIONS, SPELLING, MODEL, ORIGIN = SECTIONS


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its type is its default's; ``title`` "" keeps it out of the preferences.

    A text or number with ``choices`` is one of them; another number is within ``minimum`` and
    ``maximum``. ``choice_titles`` are what the choices are called, in the same order. ``title``,
    ``description``, ``unit`` and ``choice_titles`` are marked in the context "Settings".
    """

    name: str
    default: SettingValue
    title: str = ""
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    section: str = ""
    """One of ``SECTIONS``."""
    description: str = ""
    """A sentence or two on what it does, "" where the title says it all."""
    unit: str = ""
    """Of a number, as written behind it."""
    choice_titles: tuple[str, ...] = ()
    font: bool = False
    """Whether the text is the name of a font."""

    @property
    def kind(self) -> Kind:
        """How it is edited."""
        if self.choices:
            return Kind.CHOICE
        if isinstance(self.default, bool):
            return Kind.SWITCH
        if isinstance(self.default, int):
            return Kind.NUMBER
        if isinstance(self.default, list):
            return Kind.LIST
        return Kind.FONT if self.font else Kind.TEXT

    def accepts(self, value: object) -> bool:
        """Whether ``value`` is of the right type and in range."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, int) and not isinstance(value, bool):
            return self.minimum <= value <= self.maximum
        if isinstance(value, dict):
            return all(isinstance(text, str) for pair in value.items() for text in pair)
        return not isinstance(value, list) or all(isinstance(item, str) for item in value)

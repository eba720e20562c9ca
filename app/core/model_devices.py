"""What computes a model: asked for at the start, chosen for this model, or for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.settings import SettingsStore

_SETTING = "model.devices"
"""A list of texts, each a device, a space and the name of a model's folder."""
_DEVICES = ("auto", "cpu", "gpu")


@dataclass(frozen=True, slots=True)
class WantedDevice:
    """The wish, and who says so: "command line", "model" or "preferences"."""

    device: str
    source: str


def wanted_device(settings: SettingsStore, folder: Path, asked: str | None) -> WantedDevice:
    """What is to compute the model in ``folder``; ``asked`` is what the command line says."""
    if asked is not None:
        return WantedDevice(asked, "command line")
    own = own_device(settings, folder)
    if own is not None:
        return WantedDevice(own, "model")
    return WantedDevice(settings.get("device"), "preferences")


def own_device(settings: SettingsStore, folder: Path) -> str | None:
    """What was chosen for this model alone."""
    return _choices(settings).get(folder.name)


def choose_device(settings: SettingsStore, folder: Path, device: str | None) -> None:
    """Choose for this model alone; None makes it follow the preferences again."""
    choices = _choices(settings)
    choices.pop(folder.name, None)
    if device is not None:
        choices[folder.name] = device
    settings.set(_SETTING, [f"{chosen} {name}" for name, chosen in sorted(choices.items())])


def _choices(settings: SettingsStore) -> dict[str, str]:
    entries = (entry.partition(" ") for entry in settings.get(_SETTING))
    return {name: device for device, _, name in entries if device in _DEVICES and name}

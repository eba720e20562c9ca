"""``styles``: the person's own styles; writing in one, going back, and erasing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from app.cli.console import Console
from app.cli.errors import CommandError
from app.core.paths import AppPaths, app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore
from app.core.styles import STYLES_NAME, DocumentStyles
from engine import Style, erase_style, list_styles


def styles(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked with the styles."""
    paths = app_paths(os.environ)
    settings = SettingsStore(paths.config / SETTINGS_NAME)
    try:
        return _VERBS[arguments.what](arguments, console, paths, settings)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}.") from error


def _list(
    arguments: argparse.Namespace, console: Console, paths: AppPaths, settings: SettingsStore
) -> int:
    found, used = list_styles(paths.style_folders), settings.get("style")
    if arguments.json:
        console.json({"styles": [_record(each, used) for each in found]})
        return 0
    for each in found:
        mark = "*" if each.name == used else " "
        console.line(f"{mark} {each.name:24} {_state(each):24} {each.base}")
    if not found:
        console.line("There is none yet. `inkling train style --folder PATH` teaches one.")
    return 0


def _use(
    arguments: argparse.Namespace, console: Console, paths: AppPaths, settings: SettingsStore
) -> int:
    ready = {each.name for each in list_styles(paths.style_folders) if each.adapter}
    if arguments.name not in ready:
        raise CommandError(f"There is no style {arguments.name} that could be used.")
    settings.set("style", arguments.name)
    settings.save()
    return _say({"style": arguments.name}, f"{arguments.name} is used.", arguments, console)


def _revert(
    arguments: argparse.Namespace,
    console: Console,
    paths: AppPaths,  # noqa: ARG001
    settings: SettingsStore,
) -> int:
    settings.set("style", "")
    settings.save()
    return _say({"style": None}, "The model is used as it is.", arguments, console)


def _erase(
    arguments: argparse.Namespace, console: Console, paths: AppPaths, settings: SettingsStore
) -> int:
    erase_style(arguments.name, paths.style_folders)
    DocumentStyles(paths.data / STYLES_NAME).forget(arguments.name)
    if settings.get("style") == arguments.name:
        settings.set("style", "")
        settings.save()
    sentence = f"{arguments.name} was erased, with all that was kept of its training."
    return _say({"erased": arguments.name}, sentence, arguments, console)


def _say(
    record: dict[str, object], sentence: str, arguments: argparse.Namespace, console: Console
) -> int:
    if arguments.json:
        console.json(record)
    else:
        console.line(sentence)
    return 0


def _record(style: Style, used: str) -> dict[str, object]:
    return {
        "name": style.name,
        "base": style.base,
        "begun": style.begun,
        "adapter": style.adapter,
        "model": style.model,
        "used": style.name == used,
        "report": dict(style.report) or None,
    }


def _state(style: Style) -> str:
    if style.begun:
        return "not done yet"
    if not (style.adapter or style.model):
        return "no help, not kept"
    report = style.report
    if not report:
        return ""
    return f"perplexity {report['perplexity_before']:.1f} to {report['perplexity_after']:.1f}"


_VERBS: dict[str, Callable[[argparse.Namespace, Console, AppPaths, SettingsStore], int]] = {
    "list": _list,
    "use": _use,
    "revert": _revert,
    "erase": _erase,
}

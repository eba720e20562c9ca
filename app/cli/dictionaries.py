"""``dictionaries``: which spelling dictionaries there are; importing and removing them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError
from app.core.assets import asset
from app.core.paths import app_paths
from app.core.spelling.dictionaries import (
    Dictionary,
    DictionaryError,
    find_dictionaries,
    import_dictionary,
    remove_dictionary,
)


def dictionaries(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked with the dictionaries."""
    try:
        return _VERBS[arguments.what](arguments, console)
    except DictionaryError as error:
        raise CommandError(str(error)) from error


def _found() -> tuple[Dictionary, ...]:
    return find_dictionaries(app_paths(os.environ).dictionaries, asset("dictionaries"), os.environ)


def _record(dictionary: Dictionary) -> dict[str, object]:
    return {
        "name": dictionary.name,
        "folder": str(dictionary.folder),
        "imported": dictionary.imported,
    }


def _list(arguments: argparse.Namespace, console: Console) -> int:
    found = _found()
    if arguments.json:
        console.json({"dictionaries": [_record(each) for each in found]})
    else:
        for each in found:
            console.line(f"{each.name:12} {each.folder}")
    return 0


def _import(arguments: argparse.Namespace, console: Console) -> int:
    imported = import_dictionary(Path(arguments.path), app_paths(os.environ).dictionaries)
    if arguments.json:
        console.json(_record(imported))
    else:
        console.line(f"{imported.name} was imported into {imported.folder}.")
    return 0


def _remove(arguments: argparse.Namespace, console: Console) -> int:
    found = next((each for each in _found() if each.name == arguments.name), None)
    if found is None:
        raise CommandError(f"There is no dictionary {arguments.name}.")
    remove_dictionary(found)
    if arguments.json:
        console.json({"removed": found.name})
    else:
        console.line(f"{found.name} was removed.")
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "list": _list,
    "import": _import,
    "remove": _remove,
}

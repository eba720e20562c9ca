"""``actions``: which actions of rewriting there are; showing, importing, exporting, deleting."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError
from app.core.action_store import ActionStore, ActionStoreError
from app.core.paths import app_paths
from engine import StoredAction, action_text


def actions(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked with the actions."""
    try:
        return _VERBS[arguments.what](arguments, console)
    except ActionStoreError as error:
        raise CommandError(str(error)) from error


def _store() -> ActionStore:
    return ActionStore(app_paths(os.environ).action_folders)


def _named(name: str) -> StoredAction:
    library = _store().load()
    found = next((each for each in library.stored if each.action.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in library.actions)
        raise CommandError(f"There is no action '{name}'; there are {names}.")
    return found


def _list(arguments: argparse.Namespace, console: Console) -> int:
    library = _store().load()
    if arguments.json:
        console.json(
            {
                "actions": [_record(each) for each in library.stored],
                "problems": [
                    {"path": str(each.path), "line": each.line, "reason": each.reason}
                    for each in library.problems
                ],
            }
        )
        return 0
    width = max(len(each.action.name) for each in library.stored)
    for each in library.stored:
        kind = "changed" if each.own and each.built_in else "own" if each.own else ""
        console.line(f"{each.action.name:{width}}  {each.action.title:24} {kind}".rstrip())
    for problem in library.problems:
        console.note(str(problem))
    return 0


def _show(arguments: argparse.Namespace, console: Console) -> int:
    found = _named(arguments.name)
    if arguments.json:
        console.json({**_record(found), "toml": action_text(found.action)})
    else:
        console.line(f"# {found.path}")
        console.stream(action_text(found.action))
    return 0


def _import(arguments: argparse.Namespace, console: Console) -> int:
    action = _store().import_file(Path(arguments.path), replace_same=arguments.replace)
    if arguments.json:
        console.json(_record(_named(action.name)))
    else:
        console.line(f"{action.title} is there now; its name is {action.name}.")
    return 0


def _export(arguments: argparse.Namespace, console: Console) -> int:
    found = _named(arguments.name)
    path = Path(arguments.path or f"{found.action.name}.toml")
    if path.is_dir():
        path = path / f"{found.action.name}.toml"
    if path.exists() and not arguments.replace:
        raise CommandError(f"There is a file {path} already; --replace writes over it.")
    _store().export_file(found.action, path)
    if arguments.json:
        console.json({"exported": found.action.name, "path": str(path)})
    else:
        console.line(f"{found.action.title} was written to {path}.")
    return 0


def _remove(arguments: argparse.Namespace, console: Console) -> int:
    found = _named(arguments.name)
    _store().delete(found)
    if arguments.json:
        console.json({"removed": found.action.name, "reset": found.built_in})
    elif found.built_in:
        console.line(f"{found.action.title} is as it comes with Inkling again.")
    else:
        console.line(f"{found.action.title} was deleted.")
    return 0


def _record(stored: StoredAction) -> dict[str, object]:
    action = stored.action
    return {
        "name": action.name,
        "title": action.title,
        "own": stored.own,
        "built_in": stored.built_in,
        "path": str(stored.path),
        "role": action.role.value,
        "output": action.output.value,
        "piece": action.piece.value,
        "form": action.form.value,
        "shortcut": action.shortcut,
        "needs_language": action.needs_language,
    }


_VERBS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "list": _list,
    "show": _show,
    "import": _import,
    "export": _export,
    "remove": _remove,
}

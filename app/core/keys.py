"""Which key each command has: the table's, or the person's own."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.commands import COMMANDS, MENUS, PAGE, REVIEW, SUGGESTION, WINDOW, CommandSpec
from app.core.marks import QT_TRANSLATE_NOOP

_MODIFIERS = ("Ctrl+", "Shift+", "Alt+", "Meta+")
_EDITING = frozenset(
    "Ctrl+Left Ctrl+Right Ctrl+Up Ctrl+Down Ctrl+Home Ctrl+End Ctrl+PgUp Ctrl+PgDown "
    "Ctrl+Shift+Left Ctrl+Shift+Right Ctrl+Shift+Up Ctrl+Shift+Down Ctrl+Shift+Home "
    "Ctrl+Shift+End Ctrl+Backspace Ctrl+Del Ctrl+Ins Shift+Ins Shift+Del Shift+Backspace "
    "Shift+Left Shift+Right Shift+Up Shift+Down Shift+Home Shift+End Shift+PgUp Shift+PgDown "
    "Shift+Return Shift+Enter Ctrl+A Ctrl+C Ctrl+V Ctrl+X Ctrl+Y Ctrl+Z Ctrl+Shift+Z "
    "Alt+Backspace Alt+Shift+Backspace Undo Redo Cut Copy Paste".split()
)
"""What every field that text is written in understands by itself."""
_ALONE = frozenset(
    "Space Tab Backtab Return Enter Esc Backspace Del Ins Home End PgUp PgDown Left Right Up "
    "Down".split()
)
"""Keys that are needed for writing without Ctrl or Alt, besides those of characters."""
_SYSTEM = frozenset("Alt+F4 Alt+Tab Alt+Shift+Tab Ctrl+Alt+Del Alt+Space".split())

TYPES = QT_TRANSLATE_NOOP(
    "Keys", "{key} is needed for writing. Hold Ctrl or Alt with it, or take one of F1 to F12."
)
EDITS = QT_TRANSLATE_NOOP(
    "Keys", "{key} moves the caret or edits text wherever you write, so it keeps that meaning."
)
OPENS_MENU = QT_TRANSLATE_NOOP("Keys", "{key} opens a menu, so it keeps that meaning.")
IS_THE_SYSTEMS = QT_TRANSLATE_NOOP("Keys", "{key} belongs to the system, so Inkling never gets it.")


def refusal(key: str, command: CommandSpec) -> str:
    """Why ``key`` (Qt's portable text) can never be that command's; "" if it can.

    The sentence is marked in the context "Keys", with a place for the key. A key that a command
    comes with is always good for it.
    """
    if key in ("", command.shortcut):
        return ""
    held, name = _parts(key)
    if key in _SYSTEM:
        return IS_THE_SYSTEMS
    if held == {"Alt+"} and name.upper() in _menu_letters():
        return OPENS_MENU
    alone = held <= {"Shift+"}
    if command.context == SUGGESTION:
        # It answers only while something is shown that it acts on, so little is lost meanwhile.
        return TYPES if alone and (len(name) == 1 or name in ("Space", "Backspace")) else ""
    if key in _EDITING:
        return EDITS
    return TYPES if alone and (len(name) == 1 or name in _ALONE) else ""


def keys_of(own: Mapping[str, str]) -> dict[str, str]:
    """The key of each command, "" for none, where ``own`` are those that the person set.

    A key is nobody's twice: where the person gave one command the usual key of another, the other
    has none. What could never have been set, and commands that there are no more, are left out.
    """
    keys: dict[str, str] = {}
    for command in COMMANDS:
        key = own.get(command.id)
        if key is not None and not refusal(key, command) and not holder(key, command, keys):
            keys[command.id] = key
    for command in COMMANDS:
        if command.id not in keys:
            taken = holder(command.shortcut, command, keys)
            keys[command.id] = "" if taken else command.shortcut
    return keys


def holder(key: str, command: CommandSpec, keys: Mapping[str, str]) -> CommandSpec | None:
    """Which other command has ``key`` in ``keys`` where ``command`` could be meant by it too."""
    for other in COMMANDS:
        held = keys.get(other.id, "")
        bound = [held, *other.also] if held == other.shortcut else [held]
        same = bool(key) and key.casefold() in (each.casefold() for each in bound)
        if same and other is not command and _meet(command, other):
            return other
    return None


def more_keys(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The further keys of the table that commands have besides those in ``keys``.

    They go with the usual key, and a command that was given one of them by the person has it alone.
    """
    return {
        command.id: tuple(key for key in command.also if key not in keys.values())
        for command in COMMANDS
        if keys[command.id] == command.shortcut
    }


def rebound(own: Mapping[str, str], command: CommandSpec, key: str) -> dict[str, str]:
    """``own`` with ``key`` for ``command``, taken from whoever had it.

    Of commands with their usual key nothing is kept.
    """
    keys = keys_of(own)
    keys[command.id] = key
    for other in COMMANDS:
        # Of several keys that a command has only this one goes; the usual one is left to it.
        same = bool(key) and keys[other.id].casefold() == key.casefold()
        if same and other is not command and _meet(command, other):
            keys[other.id] = ""
    usual = {each.id: each.shortcut for each in COMMANDS}
    unknown = {name: each for name, each in own.items() if name not in usual}
    return unknown | {name: each for name, each in keys.items() if each != usual[name]}


def _meet(one: CommandSpec, other: CommandSpec) -> bool:
    """Whether both could be meant by a key at the same time.

    A suggestion comes before the page, which has the key again when none is shown.
    """
    contexts = {one.context, other.context}
    return len(contexts) == 1 or WINDOW in contexts or contexts == {PAGE, REVIEW}


def _parts(key: str) -> tuple[set[str], str]:
    held: set[str] = set()
    while part := next((each for each in _MODIFIERS if key.startswith(each)), ""):
        held.add(part)
        key = key.removeprefix(part)
    return held, key


def _menu_letters() -> set[str]:
    return {menu[menu.index("&") + 1].upper() for menu in MENUS}

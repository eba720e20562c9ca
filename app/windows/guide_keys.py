"""The guide's chapter on keys, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.core.commands import COMMANDS, MENUS, PAGE, REVIEW, SUGGESTION
from app.core.guide import KEYS as NAME
from app.core.guide import Chapter
from app.core.keys import keys_of, more_keys
from app.windows.actions import plain, translated
from app.windows.shortcuts import native


def keys_chapter(own: Mapping[str, str]) -> Chapter:
    """Every key that a command has, by menus; ``own`` are the person's own keys."""
    title = _tr("All Keys")
    keys = keys_of(own)
    more = more_keys(keys)
    where = {
        PAGE: _tr("on the page"),
        SUGGESTION: _tr("while a suggestion is shown"),
        REVIEW: _tr("while a rewrite is reviewed"),
    }
    lines = [
        f"# {title}",
        "",
        _tr(
            "These are your keys as they are now. File > Keyboard Shortcuts gives commands others; "
            "the command palette finds commands without a key by a few letters of their name."
        ),
    ]
    for menu in MENUS:
        rows = []
        for command in COMMANDS:
            pressed = [key for key in (keys[command.id], *more.get(command.id, ())) if key]
            if command.menu != menu or not pressed:
                continue
            words = plain(translated(command.title))
            if command.context in where:
                words = f"{words} ({where[command.context]})"
            rows.append(f"| {', '.join(_code(native(key)) for key in pressed)} | {words} |")
        if rows:
            head = f"| {_tr('Key')} | {_tr('What it does')} |"
            lines += ["", f"## {plain(translated(menu))}", "", head, "|---|---|", *rows]
    return Chapter(NAME, title, "\n".join(lines) + "\n")


def _code(key: str) -> str:
    """A key as code; a bar would end the cell of the table."""
    return f"`{key}`".replace("|", "\\|")


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuideKeys", text)

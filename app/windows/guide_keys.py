"""The guide's chapter on keys, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.core.commands import COMMANDS, MENUS, PAGE, REVIEW, SUGGESTION
from app.core.guide import KEYS as NAME
from app.core.guide import Chapter
from app.core.keys import keys_of, more_keys
from app.core.marks import QT_TRANSLATE_NOOP
from app.windows.actions import plain, translated
from app.windows.shortcuts import native

_TITLE = QT_TRANSLATE_NOOP("GuideKeys", "All Keys")
_WORDS = QT_TRANSLATE_NOOP(
    "GuideKeys",
    "These are your keys as they are now. File > Keyboard Shortcuts gives commands others; "
    "the command palette finds commands without a key by a few letters of their name.",
)
_KEY, _DOES = QT_TRANSLATE_NOOP("GuideKeys", "Key"), QT_TRANSLATE_NOOP("GuideKeys", "What it does")
_WHERE = MappingProxyType(
    {
        PAGE: QT_TRANSLATE_NOOP("GuideKeys", "on the page"),
        SUGGESTION: QT_TRANSLATE_NOOP("GuideKeys", "while a suggestion is shown"),
        REVIEW: QT_TRANSLATE_NOOP("GuideKeys", "while a rewrite is reviewed"),
    }
)


def keys_chapter(own: Mapping[str, str]) -> Chapter:
    """Every key that a command has, by menus; ``own`` are the person's own keys."""
    title = _tr(_TITLE)
    keys = keys_of(own)
    more = more_keys(keys)
    lines = [f"# {title}", "", _tr(_WORDS)]
    for menu in MENUS:
        rows = []
        for command in COMMANDS:
            pressed = [key for key in (keys[command.id], *more.get(command.id, ())) if key]
            if command.menu != menu or not pressed:
                continue
            words = plain(translated(command.title))
            if command.context in _WHERE:
                words = f"{words} ({_tr(_WHERE[command.context])})"
            rows.append(f"| {', '.join(_code(native(key)) for key in pressed)} | {words} |")
        if rows:
            head = f"| {_tr(_KEY)} | {_tr(_DOES)} |"
            lines += ["", f"## {plain(translated(menu))}", "", head, "|---|---|", *rows]
    return Chapter(NAME, title, "\n".join(lines) + "\n")


def _code(key: str) -> str:
    """A key as code; a bar would end the cell of the table."""
    return f"`{key}`".replace("|", "\\|")


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuideKeys", text)

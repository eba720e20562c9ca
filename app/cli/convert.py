"""``convert``: a document of one format becomes one of another."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.core.document import load_text
from app.core.files import replace_file
from app.core.formats.errors import NOT_WRITTEN, FormatError
from app.core.formats.exporting import Source
from app.core.formats.importing import Changes, read_document
from app.core.formats.kinds import FORMATS, TEXT_FORMATS, Format, format_named, format_of
from app.core.formats.page_setup import setup_from
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.core.messages import reason
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore


def convert(arguments: argparse.Namespace, console: Console) -> int:
    """Read IN, write OUT; what OUT cannot keep is said on standard error."""
    source, target = Path(arguments.source), Path(arguments.target)
    form = _target_format(arguments.to, target)
    if target.exists() and not arguments.replace:
        raise UsageError(f"{target} is there already; --replace writes over it.")
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError("IN and OUT are the same file. Nothing was changed.")
    pandoc = Pandoc(find_pandoc())
    text, pictures = _read(source, target, pandoc, Changes(arguments.changes))
    losses: list[str] = []
    if form.name == "md":
        data = text.encode("utf-8", "surrogatepass")
    else:
        data, losses = _made(Source(text, source.stem, source.parent.absolute()), form, pandoc)
    try:
        replace_file(target, data)
    except OSError as error:
        raise FormatError(NOT_WRITTEN, name=target.name, reason=reason(error)) from error
    if arguments.json:
        console.json(
            {
                "source": str(source),
                "target": str(target),
                "format": form.name,
                "bytes": len(data),
                "lost": losses,
                "pictures": [str(path) for path in pictures],
            }
        )
    else:
        for each in losses:
            console.note(each)
    return 0


def _target_format(name: str | None, target: Path) -> Format:
    form = format_named(name) if name else format_of(target)
    if form is None or not form.writes:
        known = ", ".join(each.name for each in FORMATS if each.writes)
        raise UsageError(f"The format of {target.name} is none that can be written: {known}.")
    return form


def _read(
    source: Path, target: Path, pandoc: Pandoc, changes: Changes
) -> tuple[str, tuple[Path, ...]]:
    form = format_of(source)
    if form is None or form.name in TEXT_FORMATS:
        return load_text(source).text, ()
    media = target.absolute().with_name(f"{target.stem}-pictures")
    imported = read_document(source, pandoc, media, changes)
    text = imported.text
    if format_of(target) is not None and imported.pictures:
        text = text.replace(str(media), media.name) if _is_text(target) else text
    return text, imported.pictures


def _is_text(target: Path) -> bool:
    form = format_of(target)
    return form is not None and form.name in TEXT_FORMATS


def _made(source: Source, form: Format, pandoc: Pandoc) -> tuple[bytes, list[str]]:
    application = _start_qt()
    from app.services.formats import data_of, plan

    settings = SettingsStore(app_paths(os.environ).config / SETTINGS_NAME)
    made = plan(source, form, pandoc)
    data = data_of(made, setup_from(settings.get, _region()), pandoc)
    del application
    return data, [each.sentence() for each in made.losses]


def _start_qt() -> Any:
    """Qt without a window: it needs its application object for fonts."""
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError as error:
        raise CommandError(
            "Qt's libraries are missing on this system; `inkling doctor` says which."
        ) from error
    from app.services.fonts import register_fonts

    platform = ["-platform", "offscreen"] if sys.platform == "linux" else []
    application = QGuiApplication.instance() or QGuiApplication(["inkling", *platform])
    register_fonts()
    return application


def _region() -> str:
    from PySide6.QtCore import QLocale

    return QLocale.territoryToCode(QLocale.system().territory())

"""``inkling`` without a command: the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.cli.parser import nearest_command


def open_window(arguments: argparse.Namespace, console: Console) -> int:  # noqa: ARG001
    """Open the window with the files named; says in a sentence why it cannot, where it cannot."""
    files = [existing_file(name) for name in arguments.files]
    if not has_display(os.environ):
        raise CommandError(
            "No display was found, so the window cannot open; the command line works without one, "
            "see 'inkling --help'."
        )
    try:
        from app.bootstrap import run_window
    except ImportError as error:
        if not (error.name or "").startswith("PySide6") and "PySide6" not in (error.path or ""):
            raise
        raise CommandError(
            f"The window needs a library that is missing here ({error}); 'inkling doctor' says "
            "more, and the command line works without it."
        ) from error
    return run_window(files, arguments.model, arguments.device)


def existing_file(name: str) -> Path:
    """The file of that name; raises ``UsageError`` with the command that may have been meant."""
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"'{name}' is a folder; name a text file.")
    if path.exists():
        return path
    nearest = nearest_command(name)
    hint = f" Did you mean 'inkling {nearest}'?" if nearest else ""
    raise UsageError(f"There is no file or command '{name}'.{hint}")


def has_display(env: Mapping[str, str]) -> bool:
    """Whether Qt has somewhere to show a window; only X and Wayland systems can be without."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))

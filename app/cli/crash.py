"""A log of unexpected errors in the data folder. It holds no text of the person's."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path

_LIMIT_BYTES = 1_000_000


def write_crash_log(error: BaseException) -> Path | None:
    """Append the traceback of ``error`` to ``errors.log``; None where that cannot be written.

    Only code locations and the error's own words are written, never arguments or input.
    """
    return append_to_log("".join(traceback.format_exception(error)))


def append_to_log(text: str) -> Path | None:
    """Append ``text`` to the log and return its path, None where it cannot be written."""
    from app.core.paths import app_paths

    try:
        log = app_paths(os.environ).data / "errors.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        full = log.exists() and log.stat().st_size > _LIMIT_BYTES
        stamp = time.strftime("%Y-%m-%d %H:%M:%S%z")
        with log.open("w" if full else "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {stamp}\n{text}\n")
    except OSError:
        return None
    return log

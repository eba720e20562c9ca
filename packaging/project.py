"""The facts of this release, read from where each of them is kept."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP_ID = "org.inkling.Inkling"
MAINTAINER = "The Inkling authors <authors@inkling.example.org>"
SUMMARY = "Offline writing assistant with a language model inside"


def version() -> str:
    """The version, from its one source."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def release_time() -> int:
    """Seconds since 1970 that every file of the packages is dated with.

    ``SOURCE_DATE_EPOCH``, or the time of the last commit: the same sources give the same bytes.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(found.stdout) if found.stdout.strip().isdecimal() else 1_767_225_600


def release_day() -> str:
    """The day of the release as 2026-01-31."""
    return datetime.fromtimestamp(release_time(), UTC).strftime("%Y-%m-%d")


def news() -> list[str]:
    """What is new in this version: the first sentences of CHANGELOG.md's points."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    part = text.split(f"## {version()}", 1)[-1].split("\n## ", 1)[0]
    points = re.findall(r"^- (.+?)(?=^- |\Z)", part, re.M | re.S)
    return [re.split(r"(?<=[.:]) ", " ".join(point.split()), maxsplit=1)[0] for point in points]

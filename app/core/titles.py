"""Titles of commands as they read outside of a menu."""

from __future__ import annotations

import re


def plain(title: str) -> str:
    """A command's title without mnemonic and dots."""
    return re.sub(r"\(&.\)", "", title).replace("&", "").rstrip("\u2026")

"""The rules that commands proofread with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.paths import app_paths
from app.core.spelling.client import SpellingClient
from app.core.spelling.dictionaries import find_dictionaries
from app.core.spelling.findings import SpellingFindings
from app.services.assets import asset
from engine import FindingSource, Rules, with_spelling

_ENGLISH = ("en_US", "en_GB")
"""A word that either has is right: texts are proofread without asking which English they are in."""


@contextmanager
def proofreading_rules() -> Iterator[FindingSource]:
    """Grammar and spelling; the process that checks words ends with the context."""
    known = find_dictionaries(app_paths(os.environ).dictionaries, asset("dictionaries"), os.environ)
    client = SpellingClient()
    try:
        spelling = SpellingFindings(client, [each for each in known if each.name in _ENGLISH])
        yield with_spelling(Rules(), spelling)
    finally:
        client.close()

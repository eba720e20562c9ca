"""The record of origins inside a document: a comment at the end of a Markdown file.

Readers of Markdown do not show it, and Inkling takes it off before a text is shown. It says where
each part came from, by which model and when; it has no prompts, and no words of the text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.core.provenance.comment import as_block
from app.core.provenance.kept import Kept, from_json, keep, to_json
from app.core.provenance.runs import Runs
from app.core.provenance.sources import Source


def block(text: str, runs: Runs, sources: Mapping[str, Source]) -> str:
    """What to write behind ``text``; "" where nothing is known of it."""
    kept = keep(text, runs, sources, prompts=False)
    return "" if kept.is_bare() else as_block(json.dumps(to_json(kept), separators=(",", ":")))


def read_block(record: str) -> Kept | None:
    """The record that was in a file; None if it is damaged, or none."""
    try:
        return from_json(json.loads(record)) if record else None
    except (ValueError, RecursionError):
        return None

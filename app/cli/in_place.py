"""``rewrite`` into the file itself, and its changes into another one to be looked through."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.rewriting import rewrite
from app.core.diff import word_diff
from app.core.document import load_text, save_text
from app.core.files import replace_file
from app.core.formats.errors import NOT_WRITTEN, FormatError
from app.core.formats.exporting import Source
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.core.formats.tracked import TrackedChange, tracked_docx
from app.core.messages import reason

_AUTHOR = "Inkling"


class _Record(Console):
    """Keeps the result instead of writing it."""

    def __init__(self) -> None:
        super().__init__()
        self.value: Mapping[str, Any] = {}

    def json(self, value: Mapping[str, object]) -> None:
        """Keep it."""
        self.value = value


def rewrite_file(arguments: argparse.Namespace, console: Console) -> int:
    """Rewrite, and write the result into the file, the changes into the review file, or both.

    The file is replaced whole or not at all, with its encoding and line ends, and only if nothing
    else has changed it meanwhile.
    """
    if arguments.file is None or arguments.file == "-":
        raise UsageError("--in-place and --review-file need a --file.")
    path = Path(arguments.file)
    loaded = load_text(path)
    wanted_json, arguments.json = arguments.json, True
    record = _Record()
    code = rewrite(arguments, record)
    console.abandon_threads = console.abandon_threads or record.abandon_threads
    text, source = str(record.value["text"]), loaded.text
    changes = _changes(record.value, source, text)
    if arguments.review_file:
        review = Path(arguments.review_file)
        _write(review, _review(review, path, source, text, changes))
    changed = text != source
    if arguments.in_place and changed:
        save_text(path, text, loaded.format, loaded.fingerprint)
    if wanted_json:
        console.json({**record.value, "file": str(path), "changed": changed})
    elif arguments.in_place:
        console.note(f"{path}: {len(changes)} changes" if changed else f"{path}: nothing to change")
    else:
        console.stream(text)
    return code


def _changes(record: Mapping[str, Any], source: str, text: str) -> list[TrackedChange]:
    """What was changed where: the corrections with what they say, else the words that differ."""
    corrections = record.get("corrections")
    if isinstance(corrections, list):
        return [
            TrackedChange(each["start"], each["end"], each["new"], each.get("message") or "")
            for each in sorted(corrections, key=lambda each: int(each["start"]))
        ]
    changes, at = [], 0
    for span in word_diff(source, text):
        if span.old != span.new:
            changes.append(TrackedChange(at, at + len(span.old), span.new))
        at += len(span.old)
    return changes


def _review(
    review: Path, path: Path, source: str, text: str, changes: list[TrackedChange]
) -> bytes:
    if review.suffix.lower() == ".docx":
        document = Source(source, path.stem, path.parent.absolute())
        pandoc = Pandoc(find_pandoc())
        return tracked_docx(document, changes, _AUTHOR, datetime.now(UTC), pandoc)
    if review.suffix.lower() == ".json":
        listed = [
            {
                "start": each.start,
                "end": each.end,
                "old": source[each.start : each.end],
                "new": each.replacement,
                "reason": each.reason,
            }
            for each in changes
        ]
        return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    lines = unified_diff(
        source.splitlines(keepends=True), text.splitlines(keepends=True), path.name, path.name
    )
    whole = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
    return whole.encode("utf-8", "replace")


def _write(path: Path, data: bytes) -> None:
    try:
        replace_file(path, data)
    except OSError as error:
        raise FormatError(NOT_WRITTEN, name=path.name, reason=reason(error)) from error

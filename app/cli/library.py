"""``library``: folders of the person's own files that ``ask`` answers from."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.session import run_interruptibly
from app.core.paths import app_paths
from engine import (
    IndexControl,
    IndexProgress,
    IndexReport,
    IndexStage,
    Library,
    LibraryDocument,
    LibrarySearch,
    import_embedder,
)

_STAGES = {
    IndexStage.READING: "Reading the files",
    IndexStage.EMBEDDING: "Reading their meaning",
}
_EXCERPT = 200


def library(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked with the library."""
    return _VERBS[arguments.what](arguments, console)


def open_library() -> Library:
    """The person's library, with the embedding model if one was brought in."""
    paths = app_paths(os.environ)
    return Library(paths.library, paths.embedder)


def _add(arguments: argparse.Namespace, console: Console) -> int:
    opened = open_library()
    for folder in arguments.folder:
        opened.add(Path(folder).expanduser())
    return _indexed(opened, arguments, console)


def _refresh(arguments: argparse.Namespace, console: Console) -> int:
    return _indexed(open_library(), arguments, console)


def _indexed(opened: Library, arguments: argparse.Namespace, console: Console) -> int:
    control = IndexControl()

    def tell(progress: IndexProgress) -> None:
        if progress.stage in _STAGES and progress.total:
            console.progress(_STAGES[progress.stage], progress.done / progress.total)

    try:
        report = run_interruptibly(lambda: opened.refresh(tell, control))
    finally:
        control.cancel()  # after Ctrl+C the file under way is still written whole
    if arguments.json:
        console.json(_report_record(report))
        return 0
    console.line(
        f"{report.added} new, {report.changed} changed, {report.removed} gone, "
        f"{report.unchanged} unchanged, in {report.seconds:.1f} s"
    )
    for each in report.problems:
        console.line(f"    left out: {each.path}")
        console.line(f"        {each.problem.sentence if each.problem else ''}")
    return 0


def _list(arguments: argparse.Namespace, console: Console) -> int:
    opened = open_library()
    folders = opened.folders()
    documents = opened.documents() if arguments.files or arguments.json else ()
    if arguments.json:
        console.json(
            {
                "folders": [
                    {
                        "path": str(each.path),
                        "documents": each.documents,
                        "passages": each.passages,
                        "problems": each.problems,
                        "there": each.there,
                    }
                    for each in folders
                ],
                "documents": [_document_record(each) for each in documents],
            }
        )
        return 0
    for each in folders:
        gone = "" if each.there else "  (cannot be seen now)"
        console.line(f"{each.path}  {each.documents} files, {each.passages} passages{gone}")
        for document in documents if arguments.files else ():
            if document.path.is_relative_to(each.path):
                problem = f"  left out: {document.problem}" if document.problem else ""
                console.line(f"    {document.path.relative_to(each.path)}{problem}")
    if not folders:
        console.line("There is no folder in it yet. `inkling library add FOLDER` adds one.")
    return 0


def _remove(arguments: argparse.Namespace, console: Console) -> int:
    opened = open_library()
    for folder in arguments.folder:
        if not opened.remove(Path(folder).expanduser()):
            raise CommandError(
                f"The folder {folder} is not in the library, so nothing of it was removed. "
                "`inkling library list` shows those that are."
            )
    if arguments.json:
        console.json({"removed": arguments.folder})
    else:
        console.line("Removed, with all that was kept of its files; they themselves are untouched.")
    return 0


def _search(arguments: argparse.Namespace, console: Console) -> int:
    found = open_library().search(arguments.query, arguments.count)
    if arguments.json:
        console.json(_search_record(found))
        return 0
    for hit in found.hits:
        place = f", page {hit.page}" if hit.page else ""
        place = f", line {hit.passage.line}" if hit.passage.line else place
        console.line(f"{hit.passage.source}{place}")
        words = " ".join(hit.passage.text.split())
        console.line(f"    {words[:_EXCERPT]}{' ...' if len(words) > _EXCERPT else ''}")
    console.note(
        f"{len(found.hits)} of {found.passages} passages in "
        f"{found.words_ms + found.meaning_ms:.1f} ms"
    )
    return 0


def _embeddings(arguments: argparse.Namespace, console: Console) -> int:
    made = import_embedder(Path(arguments.path).expanduser(), app_paths(os.environ).embedder)
    if arguments.json:
        console.json({"fingerprint": made.fingerprint, "dimensions": made.dimensions})
    else:
        console.line("The model is there. `inkling library refresh` reads the files with it.")
    return 0


def _report_record(report: IndexReport) -> dict[str, object]:
    return {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "problems": [_document_record(each) for each in report.problems],
        "seconds": round(report.seconds, 3),
        "finished": report.finished,
    }


def _document_record(document: LibraryDocument) -> dict[str, object]:
    return {
        "path": str(document.path),
        "title": document.title,
        "size_bytes": document.size_bytes,
        "passages": document.passages,
        "problem": document.problem,
    }


def _search_record(found: LibrarySearch) -> dict[str, object]:
    return {
        "hits": [
            {
                "source": hit.passage.source,
                "title": hit.title,
                "line": hit.passage.line or None,
                "page": hit.page or None,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 4),
                "text": hit.passage.text,
            }
            for hit in found.hits
        ],
        "passages": found.passages,
        "words_ms": round(found.words_ms, 2),
        "meaning_ms": round(found.meaning_ms, 2),
    }


_VERBS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "add": _add,
    "refresh": _refresh,
    "list": _list,
    "remove": _remove,
    "search": _search,
    "embeddings": _embeddings,
}

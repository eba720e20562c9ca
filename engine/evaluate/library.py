"""Finding files and sentences in a folder measured, where it is known what stands where."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.errors import InvalidRequest
from engine.evaluate.intervals import Interval, measured, share
from engine.evaluate.items import read_items, text_field
from engine.evaluate.reading import overlaps
from engine.evaluate.report import Evaluation, Progress
from engine.library.embedding import Embedder
from engine.library.library import Library
from engine.tasks.ask import Evidence, find_in_library

QUESTIONS_NAME = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question, the name of the file that answers it, and the words there that do.

    Both are None where no file does.
    """

    question: str
    file: str | None
    span: str | None


def library_question(record: dict[str, Any]) -> LibraryQuestion:
    """A question from its JSON object. Raises ``KeyError``, ``TypeError`` and ``ValueError``."""
    if record["file"] is None and record["span"] is None:
        return LibraryQuestion(text_field(record, "q"), None, None)
    return LibraryQuestion(
        text_field(record, "q"), text_field(record, "file"), text_field(record, "span")
    )


def evaluate_library(
    path: Path,
    engine: TextEngine | None,
    embedder: Embedder | Path | None = None,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Index a folder anew, and ask every question about it (blocking).

    ``path`` is the folder, with the documents and a file ``questions.jsonl``, or that file. The
    index is made in a temporary place and removed. None if it was cancelled. Raises
    ``InvalidRequest`` where there are no such questions, and the ``EngineError`` that the library
    or the model fails with.
    """
    listed = path / QUESTIONS_NAME if path.is_dir() else path
    try:
        questions = read_items(listed.read_text("utf-8"), library_question)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest(
            f"There are no questions in {listed}. Nothing was measured. Name a folder that holds "
            f"documents and a file {QUESTIONS_NAME}."
        ) from error
    found: list[Evidence] = []
    with tempfile.TemporaryDirectory(prefix="inkling-") as place:
        library = Library(Path(place), embedder)
        library.add(listed.parent)
        report = library.refresh()
        started = time.perf_counter()
        for question in questions:
            if cancel is not None and cancel.cancelled():
                return None
            found.append(find_in_library(library, question.question, engine, cancel=cancel))
            if progress is not None:
                progress(len(found) / len(questions))
        seconds = time.perf_counter() - started
    details = {
        "files": report.added,
        "unreadable": [str(each.path) for each in report.problems],
        "passages": found[0].passages,
        "index_seconds": round(report.seconds, 3),
        "search_ms": round(sum(each.search_ms for each in found) / len(found), 2),
        "question_ms": round(1000 * seconds / len(found), 1),
    }
    return Evaluation("library", len(questions), {"": score_library(questions, found)}, details)


def score_library(
    questions: Sequence[LibraryQuestion], found: Sequence[Evidence]
) -> dict[str, Interval]:
    """Judge what was shown, one ``Evidence`` for each question.

    ``file_hit`` is the share of the answerable questions whose first quotation is from the right
    file, ``quote_hit`` of those where it also overlaps the right words, taken as support or not;
    ``abstain_false`` that of those declined, ``abstain_right`` the share of the others that were.
    """
    rows = []
    for question, evidence in zip(questions, found, strict=True):
        answerable = question.span is not None
        best = evidence.nearest[0] if evidence.nearest else None
        right_file = answerable and best is not None and Path(best.source).name == question.file
        right = right_file and best is not None and overlaps(best.quote, question.span or "")
        declined = not evidence.supported
        rows.append(
            [
                answerable,
                right_file,
                right,
                answerable and declined,
                not answerable,
                not answerable and declined,
            ]
        )
    return {
        "file_hit": measured(rows, lambda sums: share(sums[..., 1], sums[..., 0])),
        "quote_hit": measured(rows, lambda sums: share(sums[..., 2], sums[..., 0])),
        "abstain_right": measured(rows, lambda sums: share(sums[..., 5], sums[..., 4])),
        "abstain_false": measured(rows, lambda sums: share(sums[..., 3], sums[..., 0])),
    }

"""The sentences of the library's window and of its button in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.library import PROBLEMS, LibraryView
from app.services.sentences import in_general
from engine import IndexReport, IndexStage, IndexStatus, LibraryDocument


def stage_words(status: IndexStatus) -> str:
    """What is being done at this moment; "" while nothing is."""
    progress = status.progress
    if status.paused and progress.stage is not IndexStage.IDLE:
        return QCoreApplication.translate("LibraryWords", "Paused. What is indexed stays.")
    name = progress.path.name if progress.path is not None else ""
    match progress.stage:
        case IndexStage.LOOKING:
            return QCoreApplication.translate("LibraryWords", "Looking what is new or changed…")
        case IndexStage.READING:
            words = QCoreApplication.translate(
                "LibraryWords", "Reading {name}: {done} of {total} files"
            )
        case IndexStage.EMBEDDING:
            words = QCoreApplication.translate(
                "LibraryWords", "Reading for meaning: {done} of {total} passages"
            )
        case IndexStage.REMOVING:
            words = QCoreApplication.translate("LibraryWords", "Removing what was kept of {name}…")
        case _:
            return ""
    number = QLocale().toString
    return words.format(name=name, done=number(progress.done), total=number(progress.total))


def short_words(status: IndexStatus) -> str:
    """The same for the status bar."""
    progress = status.progress
    if status.paused:
        return QCoreApplication.translate("LibraryWords", "Library: paused")
    if progress.total:
        percent = round(100 * progress.done / progress.total)
        return QCoreApplication.translate("LibraryWords", "Library: {percent}%").format(
            percent=percent
        )
    return QCoreApplication.translate("LibraryWords", "Library: looking…")


def totals_words(view: LibraryView, report: IndexReport | None, looked_at: str) -> str:
    """How much there is, and how long the last look at the folders took."""
    number = QLocale().toString
    words = QCoreApplication.translate(
        "LibraryWords", "{files} files, {passages} passages."
    ).format(files=number(view.files), passages=number(view.passages))
    if report is None or not looked_at:
        return words
    looked = QCoreApplication.translate(
        "LibraryWords",
        "Last looked at {time}: {fresh} files indexed, {gone} removed, in {seconds} s.",
    ).format(
        time=looked_at,
        fresh=number(report.added + report.changed - len(report.problems)),
        gone=number(report.removed),
        seconds=number(report.seconds, "f", 1),
    )
    return f"{words} {looked}"


def problem_words(document: LibraryDocument) -> str:
    """A file's name, and why it is not indexed."""
    if document.problem is None:
        return document.path.name
    return f"{document.path.name}: " + in_general(
        PROBLEMS[document.problem], document.problem.sentence
    )


def size_words(size: int) -> str:
    """A number of bytes as a person reads it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)

"""Writing a text in any format, by pandoc or, where that is missing or no help, by Qt."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QTextDocument, QTextDocumentWriter

from app.core.formats.errors import NO_PANDOC, NOT_CONVERTED, FormatError, PandocMissing
from app.core.formats.exporting import Prepared, Source, html_of, prepare, written
from app.core.formats.front import front_of, other_fields, split_front
from app.core.formats.kinds import Format, format_named
from app.core.formats.losses import Loss, losses_without_pandoc
from app.core.formats.page_html import as_page
from app.core.formats.page_setup import PageSetup
from app.core.formats.pandoc import Pandoc
from app.core.messages import Marked
from app.services.pages import Content, PageDocument, write_pdf

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A text on its way to a format: what will be lost, and pandoc's tree where there is one."""

    source: Source
    target: Format
    losses: tuple[Loss, ...]
    prepared: Prepared | None


def plan(source: Source, target: Format, pandoc: Pandoc) -> Plan:
    """Look at the text before it is written. Raises ``FormatError``."""
    if target.name == "md":
        return Plan(source, target, (), None)
    if pandoc.is_there:
        prepared = prepare(source, target, pandoc)
        return Plan(source, target, prepared.losses, prepared)
    if not target.without_pandoc:
        raise PandocMissing(NO_PANDOC, format=Marked(target.title))
    losses = losses_without_pandoc(source.text, target.name, other_fields(source.text))
    return Plan(source, target, tuple(losses), None)


def data_of(
    made: Plan, setup: PageSetup, pandoc: Pandoc, stop: threading.Event | None = None
) -> bytes:
    """The file's bytes. Raises ``FormatError``, ``Stopped``."""
    target = made.target
    if target.name == "md":
        return made.source.text.encode("utf-8", "surrogatepass")
    if target.name == "pdf":
        return write_pdf(content_of(made, pandoc), setup, stop)
    if made.prepared is not None:
        return written(made.prepared, target, pandoc)
    return _by_qt(made)


def content_of(made: Plan, pandoc: Pandoc) -> Content:
    """What is put on pages for a plan whose target is PDF. Raises ``FormatError``."""
    source, prepared = made.source, made.prepared
    front = front_of(source.text)
    if prepared is None:
        body = split_front(source.text)[1]
        return Content("", body, front, front.title or source.name, source.base)
    html = html_of(prepared, pandoc)
    return Content(html, "", front, prepared.title, source.base)


def page_content(source: Source, pandoc: Pandoc) -> Content:
    """A text as what is put on pages. Raises ``FormatError``."""
    pdf = format_named("pdf")
    if pdf is None:
        raise KeyError("pdf")
    return content_of(plan(source, pdf, pandoc), pandoc)


def rich_text(source: Source, pandoc: Pandoc) -> str:
    """The text as HTML for a clipboard. Raises ``FormatError``."""
    if not pandoc.is_there:
        return _qt_document(source).toHtml()
    html = format_named("html")
    if html is None:
        raise KeyError("html")
    return html_of(prepare(source, html, pandoc), pandoc)


def _by_qt(made: Plan) -> bytes:
    source, target = made.source, made.target
    document = _qt_document(source)
    front = front_of(source.text)
    if target.name == "txt":
        return document.toPlainText().strip("\n").encode("utf-8", "replace") + b"\n"
    if target.name == "html":
        html = document.toHtml()
        body = html[html.find("<body") :].partition(">")[2].rpartition("</body>")[0]
        page = as_page(body, front.title or source.name, front, front.lang or "en")
        return page.encode("utf-8", "replace")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QTextDocumentWriter(buffer, QByteArray(b"ODF")).write(document):
        raise FormatError(NOT_CONVERTED, format=Marked(target.title))
    return bytes(buffer.data().data())


def _qt_document(source: Source) -> QTextDocument:
    document = PageDocument(source.base)
    document.setMarkdown(split_front(source.text)[1], _FEATURES)
    return document

"""A text laid out on pages, for PDF, printing and the preview; works on any thread.

Qt breaks a document into pages; headers and page numbers are painted around each by ourselves.
"""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QObject,
    QRectF,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QImageReader,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.core.formats.errors import Stopped
from app.core.formats.front import Front
from app.core.formats.page_setup import PageSetup
from app.core.formats.pictures import local_file, read_picture
from app.services.fonts import paper_font, paper_mono

_RESOLUTION = 300
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 2400
"""Pixels of a picture's longer side on paper; one of more is scaled down while it is read."""
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_HEADING_SCALE = {1: 1.7, 2: 1.35, 3: 1.15, 4: 1.0, 5: 1.0, 6: 1.0}
_NO_LIGATURES = 0.02
"""Pixels between letters: any other number than none keeps Qt from joining them."""
_LINE_HEIGHT = 118.0
_INK = QColor("#1d1b19")
_QUIET = QColor("#6b6660")
_LINK = QColor("#1f4e9c")
_LINE = QColor("#cfc9c0")
_SOFT = QColor("#f4f2ee")
_BACK = re.compile(r'<a\b[^>]*class="footnote-back"[^>]*>.*?</a>', re.DOTALL)
"""The way back from a note, which paper does not have."""
_BOX = re.compile(r"<input type=\"checkbox\"[^>]*>")
_MOST_MOVED_HEADINGS = 500


@dataclass(frozen=True, slots=True)
class Content:
    """What is put on pages: HTML, or Markdown where there is no pandoc to make HTML of it."""

    html: str
    markdown: str
    front: Front
    title: str
    base: Path | None = None


class PageDocument(QTextDocument):
    """A text document whose pictures are those it holds and files on this computer, no others."""

    def __init__(self, base: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(QColor(0, 0, 0, 0))

    def loadResource(self, resource_type: int, url: QUrl | str) -> Any:  # noqa: ARG002, N802
        """Qt's hook for pictures and style sheets."""
        address = url if isinstance(url, str) else url.toString()
        data = _data_of(address, self._base)
        picture = picture_of(data) if data else None
        return self._nothing if picture is None else picture


def picture_of(data: bytes, longest_side: int = _LONGEST_SIDE) -> QImage | None:
    """The picture, scaled down to that side; None for a damaged one or one of too many pixels."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > _MOST_PIXELS:
            return None
        if max(size.width(), size.height()) > longest_side:
            reader.setScaledSize(
                size.scaled(longest_side, longest_side, Qt.AspectRatioMode.KeepAspectRatio)
            )
    image = reader.read()
    return None if image.isNull() else image


def _data_of(address: str, base: Path | None) -> bytes | None:
    if address.startswith("data:"):
        head, _, body = address.partition(",")
        if not head.endswith(";base64"):
            return None
        try:
            return base64.b64decode(body)
        except ValueError:
            return None
    file = local_file(address, base)
    picture = read_picture(file) if file else None
    return picture.data if picture else None


class Pages:
    """A text on pages, ready to be painted on a device of ``resolution`` dots an inch."""

    def __init__(self, content: Content, setup: PageSetup, device: QPagedPaintDevice) -> None:
        self._setup = setup
        self._content = content
        self._scale = device.logicalDpiX() / 72
        width, height = setup.body_points
        self._body = QSizeF(width * self._scale, height * self._scale)
        self._document = PageDocument(content.base)
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(paper_font(setup.text_size))
        self._document.setIndentWidth(22)
        self._document.documentLayout().setPaintDevice(device)
        _fill(self._document, content)
        _set_type(self._document, setup, width)
        self._document.setPageSize(self._body)
        _keep_headings(self._document, self._body.height())

    def count(self) -> int:
        """The number of pages."""
        return max(1, self._document.pageCount())

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, from 0, with the paper's upper left corner at the painter's origin."""
        left, top, _, _ = self._setup.margins
        corner = left / 25.4 * 72 * self._scale, top / 25.4 * 72 * self._scale
        shown = QRectF(0, number * self._body.height(), self._body.width(), self._body.height())
        painter.save()
        painter.translate(corner[0], corner[1] - shown.top())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        context.palette.setColor(QPalette.ColorRole.Dark, _LINE)  # of rules
        context.clip = shown
        painter.setClipRect(shown)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_edges(painter, number, corner)

    def _paint_edges(self, painter: QPainter, number: int, corner: tuple[float, float]) -> None:
        setup, scale = self._setup, self._scale
        painter.save()
        font = paper_font(max(7, round(setup.text_size * 0.8)))
        painter.setFont(font)
        painter.setPen(_QUIET)
        left, top = corner
        line = 14 * scale
        header = _header(self._content, setup)
        if header and (number or setup.first_page):
            place = QRectF(left, max(0.0, top - 2 * line), self._body.width(), line)
            metrics = painter.fontMetrics()
            words = metrics.elidedText(header, Qt.TextElideMode.ElideRight, round(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        foot = {"page": f"{number + 1}", "page of pages": f"{number + 1} / {self.count()}"}
        place = QRectF(left, top + self._body.height() + line, self._body.width(), line)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, foot.get(setup.numbers, ""))
        painter.restore()


def _header(content: Content, setup: PageSetup) -> str:
    if setup.header == "none":
        return ""
    authors = ", ".join(content.front.author) if setup.header == "author and title" else ""
    return " \u2013 ".join(each for each in (authors, content.title) if each)


def page_layout(setup: PageSetup) -> QPageLayout:
    """Qt's words for a set-up; margins are painted by ourselves, so there are none."""
    width, height = sorted(setup.size_mm)
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, setup.paper)
    orientation = QPageLayout.Orientation
    return QPageLayout(
        size,
        orientation.Landscape if setup.landscape else orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )


def write_pdf(content: Content, setup: PageSetup, stop: threading.Event | None = None) -> bytes:
    """The text as a PDF with its fonts in it. Raises ``Stopped``."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(page_layout(setup))
    writer.setTitle(content.title)
    writer.setAuthor(", ".join(content.front.author))
    writer.setCreator("Inkling")
    paint_all(content, setup, writer, stop)
    buffer.close()
    return bytes(buffer.data().data())


def paint_all(
    content: Content,
    setup: PageSetup,
    device: QPagedPaintDevice,
    stop: threading.Event | None = None,
    wanted: Callable[[int], Iterator[int]] | None = None,
) -> None:
    """Paint all pages on a writer or printer, or those of ``wanted(count)``. Raises ``Stopped``."""
    pages = Pages(content, setup, device)
    numbers = wanted(pages.count()) if wanted else iter(range(pages.count()))
    painter = QPainter(device)
    try:
        for place, number in enumerate(numbers):
            if stop is not None and stop.is_set():
                raise Stopped
            if place:
                device.newPage()
            pages.paint(painter, number)
    finally:
        painter.end()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, and how many pages there are."""

    data: bytes
    count: int


def page_pictures(content: Content, setup: PageSetup, dots: int) -> Iterator[PagePicture]:
    """Every page as it would be printed, painted with ``dots`` an inch."""
    sink = QBuffer()
    sink.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(sink)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(page_layout(setup))
    pages = Pages(content, setup, writer)
    width, height = (round(side / 25.4 * dots) for side in setup.size_mm)
    for number in range(pages.count()):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        # The painter's words must be as large as the layout's.
        image.setDotsPerMeterX(round(_RESOLUTION / 0.0254))
        image.setDotsPerMeterY(round(_RESOLUTION / 0.0254))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(dots / _RESOLUTION, dots / _RESOLUTION)
        pages.paint(painter, number)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        yield PagePicture(bytes(buffer.data().data()), pages.count())


# --- the look of a page


def _fill(document: QTextDocument, content: Content) -> None:
    if content.html:
        html = _BACK.sub("", content.html)
        document.setHtml(
            _BOX.sub(lambda box: "\u2612 " if "checked" in box[0] else "\u2610 ", html)
        )
    else:
        document.setMarkdown(content.markdown, _FEATURES)
    if content.front.title:
        _put_title(document, content.front)


def _put_title(document: QTextDocument, front: Front) -> None:
    cursor = QTextCursor(document)
    cursor.insertBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    heading = QTextBlockFormat()
    heading.setHeadingLevel(1)
    quiet = QTextBlockFormat()
    under = QTextCharFormat()
    under.setForeground(_QUIET)
    cursor.setBlockFormat(heading)
    cursor.setBlockCharFormat(QTextCharFormat())
    cursor.insertText(front.title, QTextCharFormat())
    for words in (front.subtitle, ", ".join(front.author), front.date):
        if words:
            cursor.insertBlock(quiet, under)
            cursor.insertText(words, under)


def _set_type(document: QTextDocument, setup: PageSetup, width: float) -> None:
    size = setup.text_size
    block = document.begin()
    while block.isValid():
        _set_block(block, size)
        block = block.next()
    _set_runs(document, setup, width)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_block(block: QTextBlock, size: int) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    level = shape.headingLevel()
    code = _is_code(block)
    shape.setLineHeight(
        100.0 if code or level else _LINE_HEIGHT,
        QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
    )
    in_list = block.textList() is not None
    in_table = cursor.currentTable() is not None
    gap = 0.0 if in_table else 0.15 * size if in_list or code else 0.65 * size
    shape.setTopMargin(1.4 * size if level else 0.0)
    shape.setBottomMargin(0.4 * size if level else gap * 1.33)
    if code:
        shape.setBackground(_SOFT)
        shape.setNonBreakableLines(False)
        shape.setBottomMargin(0.0 if _is_code(block.next()) else 0.8 * size)
    if level and block == block.document().begin():
        shape.setTopMargin(0.0)
    cursor.setBlockFormat(shape)


def _is_code(block: QTextBlock) -> bool:
    if not block.isValid():
        return False
    shape = block.blockFormat()
    return bool(
        shape.nonBreakableLines() or shape.hasProperty(QTextFormat.Property.BlockCodeFence.value)
    )


def _set_runs(document: QTextDocument, setup: PageSetup, width: float) -> None:
    for position, length, run, level, code in list(_runs(document)):
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        shape = QTextCharFormat(run)
        # Qt's own sizes of headings would go before ours.
        shape.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        if run.isImageFormat():
            picture = run.toImageFormat()
            _fit_picture(document, picture, width)
            cursor.setCharFormat(picture)
            continue
        if level:
            font = paper_font(round(setup.text_size * _HEADING_SCALE[min(level, 6)]))
            shape.setFontPointSize(font.pointSizeF())
            shape.setFontFamilies(font.families())
            shape.setFontWeight(QFont.Weight.Bold)
        elif code or run.fontFixedPitch():
            mono = paper_mono(setup.text_size)
            shape.setFontFamilies(mono.families())
            shape.setFontPointSize(setup.text_size * 0.86)
            # Asked for a fixed pitch, Qt passes over fonts that do not say they have one.
            shape.setFontFixedPitch(False)
        # Ligatures have no letters in a PDF's table of characters, so they could not be searched.
        shape.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        shape.setFontLetterSpacing(_NO_LIGATURES)
        if run.isAnchor() and run.anchorHref():
            shape.setForeground(_LINK)
            shape.setFontUnderline(False)
        cursor.setCharFormat(shape)


def _runs(document: QTextDocument) -> Iterator[tuple[int, int, QTextCharFormat, int, bool]]:
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        level, code = block.blockFormat().headingLevel(), _is_code(block)
        while not iterator.atEnd():
            run = iterator.fragment()
            if run.isValid():
                yield run.position(), run.length(), run.charFormat(), level, code
            iterator += 1
        block = block.next()


def _fit_picture(document: QTextDocument, picture: Any, width: float) -> None:
    """Make a picture at most as wide as the text; sizes are in Qt's points of 1/96 inch."""
    most = width * 96 / 72
    image = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()))
    natural = image.width() if isinstance(image, QImage) else 0.0
    wanted = picture.width() or natural
    if wanted > most:
        if picture.height():
            picture.setHeight(picture.height() * most / wanted)
        picture.setWidth(most)


def _set_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(_LINE)
    shape.setBorderCollapse(True)
    shape.setCellPadding(4)
    shape.setCellSpacing(0)
    shape.setTopMargin(4)
    shape.setBottomMargin(10)
    shape.setHeaderRowCount(max(1, shape.headerRowCount()))
    if shape.width().type() == QTextLength.Type.VariableLength and table.columns() > 4:
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)


def _keep_headings(document: QTextDocument, height: float) -> None:
    """Move headings from the end of a page to the next one, where their text begins."""
    layout = document.documentLayout()
    document.pageCount()  # lays everything out
    block, moved = document.begin(), 0
    while block.isValid() and moved < _MOST_MOVED_HEADINGS:
        following = block.next()
        if block.blockFormat().headingLevel() and following.isValid() and block.blockNumber():
            here = int(layout.blockBoundingRect(block).top() // height)
            first = following.layout().lineAt(0)
            top = layout.blockBoundingRect(following).top() + (first.y() if first.isValid() else 0)
            if int((top + 1) // height) > here:
                shape = block.blockFormat()
                shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(shape)
                moved += 1
        block = following


def plain_words(html: str) -> str:
    """The words of HTML, for a clipboard."""
    document = PageDocument(None)
    document.setHtml(re.sub(r"<img\b[^>]*>", "", html))
    return document.toPlainText()

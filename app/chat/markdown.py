"""Markdown of an answer as a document that can do nothing: no HTML, no images, no loading.

What a model writes is material from outside. HTML stays visible text, a picture becomes its
description in brackets, and nothing is ever read from a disk or a network to show an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from app.services.theme import Theme

WEB_SCHEMES = frozenset({"http", "https", "mailto"})
"""The only addresses that stay links; they still open nothing without a question."""

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_LINE_HEIGHT = 142.0
_INDENT = 24
_HEADING_SCALE = {1: 1.3, 2: 1.18, 3: 1.08}


@dataclass(frozen=True, slots=True)
class AnswerLook:
    """How answers are set: the theme and the fonts for words and for code."""

    theme: Theme
    font: QFont
    mono: QFont


class InertDocument(QTextDocument):
    """A text document that never loads a resource.

    Qt would otherwise open the local file an image names. An empty answer is not enough: Qt then
    tries the path itself, so every request gets a transparent point.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(QColor(0, 0, 0, 0))

    def loadResource(self, resource_type: int, url: QUrl | str) -> Any:  # noqa: ARG002, N802
        """Qt's hook for images and style sheets: always the same transparent point."""
        return self._nothing


def show_markdown(document: QTextDocument, markdown: str, look: AnswerLook) -> None:
    """Replace the content of ``document`` by ``markdown``, set as ``look`` says."""
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.font)
    document.setIndentWidth(_INDENT)
    document.setMarkdown(markdown, _FEATURES)
    _disarm(document, look.theme)
    set_type(document, look)


def show_plain(document: QTextDocument, text: str, look: AnswerLook) -> None:
    """Replace the content of ``document`` by ``text`` exactly as it is."""
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.font)
    document.setPlainText(text)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(_spacing(QTextBlockFormat(), 0.0))


def with_marks_closed(markdown: str) -> str:
    """A growing answer with its last paragraph's open bold and code marks closed for display."""
    if markdown.count("```") % 2:
        return markdown
    paragraph = markdown.rsplit("\n", 1)[-1]
    if paragraph.endswith(("*", "`")):
        stripped = markdown.rstrip("*`")
        opening = stripped.endswith((" ", "\n")) or not stripped
        markdown = stripped if opening else markdown
        paragraph = markdown.rsplit("\n", 1)[-1]
    if paragraph.count("`") % 2:
        return markdown + "`"
    return markdown.rstrip(" ") + "**" if paragraph.count("**") % 2 else markdown


def _fragments(document: QTextDocument) -> list[tuple[int, int, str, QTextCharFormat]]:
    """Position, length, text and format of every run of equal format, in order."""
    found = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            run = iterator.fragment()
            if run.isValid():
                found.append((run.position(), run.length(), run.text(), run.charFormat()))
            iterator += 1
        block = block.next()
    return found


def _disarm(document: QTextDocument, theme: Theme) -> None:
    """Turn images into words and addresses that are not of the web into plain text."""
    for position, length, text, char_format in reversed(_fragments(document)):
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        if char_format.isImageFormat() or _OBJECT in text:
            words = char_format.toImageFormat().property(QTextFormat.Property.ImageAltText) or "…"
            cursor.insertText(f"[{words}]", QTextCharFormat())
        elif char_format.isAnchor():
            cursor.setCharFormat(_link_format(char_format, theme))


def _link_format(given: QTextCharFormat, theme: Theme) -> QTextCharFormat:
    link = QTextCharFormat(given)
    if QUrl(given.anchorHref()).scheme().lower() in WEB_SCHEMES:
        link.setForeground(QColor(theme.accent))
        link.setFontUnderline(True)
        return link
    link.setAnchor(False)
    for name in (
        QTextFormat.Property.AnchorHref,
        QTextFormat.Property.TextUnderlineStyle,
        QTextFormat.Property.ForegroundBrush,
        QTextFormat.Property.TextToolTip,
    ):
        link.clearProperty(name)
    return link


def set_type(document: QTextDocument, look: AnswerLook) -> None:
    """Give blocks their spacing, headings their size, and code its own face and ground."""
    tint = QColor(look.theme.tint)
    for position, length, _text, char_format in _fragments(document):
        if not char_format.fontFixedPitch():
            continue
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        in_block = _is_code(cursor.block())
        code = QTextCharFormat()
        code.setFontFamilies(look.mono.families() or [look.mono.family()])
        code.setProperty(QTextFormat.Property.FontPixelSize, look.font.pixelSize() - 1)
        if not in_block:
            code.setBackground(tint)
        cursor.mergeCharFormat(code)
    block = document.begin()
    while block.isValid():
        _set_block(block, look, tint)
        block = block.next()
    for child in document.rootFrame().childFrames():
        if isinstance(child, QTextTable):
            _set_head(child)
            _set_table(child, look)


def _is_code(block: QTextBlock) -> bool:
    shape = block.blockFormat()
    return shape.hasProperty(QTextFormat.Property.BlockCodeFence) or shape.nonBreakableLines()


def _set_block(block: QTextBlock, look: AnswerLook, tint: QColor) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    gap = look.font.pixelSize() * 0.62
    if _is_code(block):
        shape.setNonBreakableLines(False)
        shape.setBackground(tint)
        shape.setLeftMargin(10)
        shape.setRightMargin(4)
        last = not block.next().isValid() or not _is_code(block.next())
        shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        shape.setTopMargin(0)
        shape.setBottomMargin(gap if last else 0)
        cursor.setBlockFormat(shape)
        return
    if level := shape.headingLevel():
        size = QTextCharFormat()
        pixels = round(look.font.pixelSize() * _HEADING_SCALE.get(level, 1.0))
        size.setProperty(QTextFormat.Property.FontPixelSize, pixels)
        size.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        size.setFontWeight(QFont.Weight.Bold)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(size)
        gap *= 0.7
    if level := shape.intProperty(QTextFormat.Property.BlockQuoteLevel):
        shape.setLeftMargin(14.0 * level)
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(look.theme.secondary))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(quiet)
    if block.textList() is not None:
        following = block.next()
        gap = gap if following.isValid() and following.textList() is None else gap * 0.4
    if block.text() or block.next().isValid():
        QTextCursor(block).setBlockFormat(_spacing(shape, gap if block.next().isValid() else 0.0))


def _spacing(shape: QTextBlockFormat, below: float) -> QTextBlockFormat:
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(0)
    shape.setBottomMargin(below)
    return shape


def _set_head(table: QTextTable) -> None:
    """Mend the first row: behind a block of code Qt begins it with an empty line, and not bold."""
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        if not cursor.block().text() and cell.lastCursorPosition().block() != cursor.block():
            cursor.deleteChar()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(bold)


def _set_table(table: QTextTable, look: AnswerLook) -> None:
    theme, gap = look.theme, look.font.pixelSize() * 0.4
    shape = table.format()
    shape.setTopMargin(gap)
    shape.setBottomMargin(gap)
    shape.setBorder(1)
    shape.setBorderBrush(QColor(theme.line))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(5)
    shape.setCellSpacing(0)
    table.setFormat(shape)

"""The user guide in a window of its own, to be read beside the page, without a network."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.chat.markdown import AnswerLook, set_type
from app.core.guide import Chapter, chapter_of, chapters, guide_folder
from app.core.settings import SettingsStore
from app.services.fonts import mono_font, reading_font
from app.services.theme import Theme, ThemeService
from app.windows.guide_keys import keys_chapter
from app.windows.shortcuts import KEYS

_log = logging.getLogger(__name__)
_SIZE = QSize(1040, 760)
_LIST_WIDTH = 270
_TEXT_PIXELS = 16
_MARGIN = 28
_WIDEST_PICTURE = 660
"""Pixels, of the screen's own where it has more than one for each."""
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class GuideText(QTextBrowser):
    """A chapter. It opens no address and reads no file but the guide's own pictures."""

    chapter_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(self._follow)

    def show_chapter(self, chapter: Chapter, theme: Theme) -> None:
        """Show a chapter from its beginning."""
        document = self.document()
        font = reading_font("", _TEXT_PIXELS)
        document.setDefaultFont(font)
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(chapter.text, _FEATURES)
        set_type(document, AnswerLook(theme, font, mono_font(_TEXT_PIXELS - 2)))
        _close_up_pictures(document)
        self.setAccessibleName(chapter.title)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802
        """A picture of the guide, as wide as the text; nothing else."""
        path = guide_folder(QLocale().name()) / QUrl(name).fileName()
        if kind != QTextDocument.ResourceType.ImageResource.value or path.suffix != ".png":
            return QImage()
        image = QImage(str(path))
        ratio = self.devicePixelRatioF()
        wanted = round(_WIDEST_PICTURE * ratio)
        if image.width() > wanted:
            image = image.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        name, dot, kind = url.fileName().rpartition(".")
        if dot and kind == "md" and url.isRelative():
            self.chapter_wanted.emit(name)


def _close_up_pictures(document: QTextDocument) -> None:
    """Take the room between lines from pictures, where it is a share of their height."""
    block = document.begin()
    while block.isValid():
        if "\N{OBJECT REPLACEMENT CHARACTER}" in block.text():
            shape = block.blockFormat()
            shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            QTextCursor(block).setBlockFormat(shape)
        block = block.next()


class GuideWindow(QDialog):
    """Chapters on the left, the chosen one on the right, a search above both."""

    def __init__(self, settings: SettingsStore, themes: ThemeService, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._themes = themes
        self._chapters: tuple[Chapter, ...] = ()
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(32, 64)))
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.said = QLabel(self)
        self.said.setProperty("role", "quiet")
        self.list = QListWidget(self)
        self.list.setObjectName("sections")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.text = GuideText(self)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.said)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.list)
        below.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(below, 1)
        self.list.currentRowChanged.connect(self._show_row)
        self.text.chapter_wanted.connect(self.show_chapter)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.find_next)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.field.setFocus)
        again = QShortcut(QKeySequence(QKeySequence.StandardKey.FindNext), self)
        again.activated.connect(self.find_next)
        themes.theme_changed.connect(self._redraw)
        self._unsubscribe = settings.subscribe(self._setting_changed)
        self.destroyed.connect(self._unsubscribe)
        self._read()
        self.list.setFocus()

    def show_chapter(self, name: str) -> None:
        """Show the chapter of that name; there may be none."""
        for row, chapter in enumerate(self._chapters):
            if chapter.name == name:
                self.list.setCurrentRow(row)

    @Slot()
    def find_next(self) -> None:
        """Go to the next place with the words of the field, in this chapter or a later one."""
        words = self.field.text()
        self.said.setText("")
        if not words or self.text.find(words):
            return
        here, count = self.list.currentRow(), len(self._chapters)
        for step in range(1, count + 1):
            self.list.setCurrentRow((here + step) % count)
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            if self.text.find(words):
                return
        self.said.setText(self.tr("Not in the guide"))

    @Slot()
    def _search(self) -> None:
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.find_next()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._read()

    def _setting_changed(self, name: str, _value: object) -> None:
        if name == KEYS:
            self._read()

    def _read(self) -> None:
        row = max(0, self.list.currentRow())
        self.setWindowTitle(self.tr("User Guide"))
        self.field.setPlaceholderText(self.tr("Search in the guide"))
        self.field.setAccessibleName(self.tr("Search in the guide"))
        self.list.setAccessibleName(self.tr("Chapters"))
        try:
            texts = chapters(QLocale().name())
        except OSError as error:
            _log.warning("the guide cannot be read: %s", error)
            words = self.tr("The guide is missing. Installing Inkling again brings it back.")
            texts = (chapter_of("start", f"# {self.windowTitle()}\n\n{words}\n"),)
        self._chapters = (*texts, keys_chapter(self._settings.get(KEYS)))
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([chapter.title for chapter in self._chapters])
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        self._show_row(self.list.currentRow())

    @Slot(int)
    def _show_row(self, row: int) -> None:
        if 0 <= row < len(self._chapters):
            self.text.show_chapter(self._chapters[row], self._themes.theme())

"""The headings of the document beside the page, to see where one is and to jump by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.editor.editor import Editor
from app.editor.outline import Heading, Outline

_BUDGET = 20_000
"""Code points that are read at one go: a few milliseconds."""
_PAUSE_MS = 120
"""The list follows once the hands have rested this long."""
_WIDTH = 220
_INDENT = "\u2003"


class OutlinePanel(QWidget):
    """Reads and follows one editor at a time, and only while it is shown."""

    left = Signal()
    """A heading was gone to, or the keyboard goes back to the page without."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._outline = Outline()
        self._headings: list[Heading] = []
        self._stale = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read)
        self.setObjectName("outline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(140)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._list)
        self.filter.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._go)
        self.list.installEventFilter(self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 1)
        self.resize(_WIDTH, self.height())
        self._name_all()
        self._follow()

    def set_editor(self, editor: Editor) -> None:
        """Show the headings of another editor from now on."""
        if editor is self._editor:
            return
        self._editor.spliced.disconnect(self._spliced)
        self._editor.loaded.disconnect(self._loaded)
        self._editor.cursorPositionChanged.disconnect(self._mark_current)
        self._editor = editor
        self._follow()
        self._loaded()

    def ask(self) -> None:
        """Give the keyboard to the field that narrows the list."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def headings(self) -> list[Heading]:
        """The headings listed, in order."""
        return [item.data(Qt.ItemDataRole.UserRole) for item in self._items()]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._loaded()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list, Enter goes, Esc leaves, wherever the keyboard is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.filter.clear()
                self.left.emit()
                return True
            if watched is self.filter and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                by = 1 if key == Qt.Key.Key_Down else -1
                row = min(max(0, self.list.currentRow() + by), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Outline"))
        self.list.setAccessibleName(self.tr("Outline"))
        self.filter.setPlaceholderText(self.tr("Go to heading"))
        self.filter.setAccessibleName(self.tr("Go to heading"))
        self._say_empty()

    def _say_empty(self) -> None:
        self._empty.setText(
            self.tr("No heading has these letters.")
            if self._headings
            else self.tr("The headings appear here. A line that begins with # is one.")
        )

    # --- reading

    def _follow(self) -> None:
        self._editor.spliced.connect(self._spliced)
        self._editor.loaded.connect(self._loaded)
        self._editor.cursorPositionChanged.connect(self._mark_current)

    @Slot(int, int, int)
    def _spliced(self, first: int, last: int, count: int) -> None:
        if self._stale:
            return
        self._outline.splice(first, last, count)
        self._later.start(_PAUSE_MS)

    @Slot()
    def _loaded(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            self._later.stop()
            return
        self._outline.load(len(self._editor.lines()))
        self._later.start(0)

    @Slot()
    def _read(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        lines = self._editor.lines()
        if not self._outline.read(lines, _BUDGET):
            self._later.start(0)
            return
        headings = self._outline.headings(lines)
        if headings != self._headings:
            self._headings = headings
            self._list()
        else:
            self._mark_current()

    # --- the list

    @Slot()
    def _list(self) -> None:
        wanted = self.filter.text().casefold().split()
        shown = [
            heading
            for heading in self._headings
            if all(word in heading.title.casefold() for word in wanted)
        ]
        top = min((heading.level for heading in shown), default=1)
        self.list.setUpdatesEnabled(False)
        while self.list.count() > len(shown):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(shown):
            self.list.addItem(QListWidgetItem())
        for item, heading in zip(self._items(), shown, strict=True):
            if item.data(Qt.ItemDataRole.UserRole) != heading:
                self._fill(item, heading, heading.level - top)
        self.list.setUpdatesEnabled(True)
        self.list.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._say_empty()
        if wanted:
            self.list.setCurrentRow(0)
        else:
            self._mark_current()

    def _fill(self, item: QListWidgetItem, heading: Heading, depth: int) -> None:
        title = heading.title or self.tr("(no words)")
        item.setData(Qt.ItemDataRole.UserRole, heading)
        item.setText(_INDENT * depth + title)
        item.setToolTip(title)
        spoken = self.tr("{title}, level {level}").format(title=title, level=heading.level)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        font = self.list.font()
        font.setWeight(QFont.Weight.DemiBold if heading.level == 1 else QFont.Weight.Normal)
        item.setFont(font)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    @Slot()
    def _mark_current(self) -> None:
        """Mark the heading that the caret is under, unless a heading is being looked for."""
        if self._stale or self.filter.text() or self.filter.hasFocus() or self.list.hasFocus():
            return
        number = self._editor.textCursor().blockNumber()
        row = -1
        for index, heading in enumerate(self._headings):
            if heading.line > number:
                break
            row = index
        if row != self.list.currentRow() and row < self.list.count():
            self.list.setCurrentRow(row)

    @Slot(QListWidgetItem)
    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        heading: Heading = item.data(Qt.ItemDataRole.UserRole)
        block = self._editor.document().findBlockByNumber(heading.line)
        if block.isValid():
            self._editor.setTextCursor(QTextCursor(block))
            self._editor.centerCursor()
        self.left.emit()
        self.filter.clear()
        self._mark_current()

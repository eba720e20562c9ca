"""What the pages share: options, Start and Stop, results, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.provenance.sources import Kind
from app.services.bridge import EngineBridge
from app.services.sentences import said
from app.services.theme import Theme
from app.windows.uses.delegate import RowDelegate
from app.windows.uses.rows import Job, Row, SourceText
from engine import CancelToken, EngineError

_ROLE = Qt.ItemDataRole.UserRole
_STEPS = 1000


class UsePage(QWidget):
    """Runs one use on the selection or the document in front, and shows what it finds.

    A subclass adds its options to ``options``, gives the ``job``, and says its words in ``words``
    and ``notice``.
    """

    insert_wanted = Signal(object)
    """The ``Row`` to put into the page."""
    place_wanted = Signal(object)
    """The ``Row`` whose place is to be shown."""

    _told = Signal(object)
    entered_as = Kind.OTHER
    """What is said to have put a row into the page where the row does not say it itself."""

    def __init__(
        self, bridge: EngineBridge, source: Callable[[], SourceText], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._source = source
        self._cancel: CancelToken | None = None
        self._notice_wanted = True
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.options = QHBoxLayout()
        self.options.setSpacing(8)
        self.start = QPushButton(self)
        self.start.setAutoDefault(True)  # Enter presses the button that has the focus
        self.start.clicked.connect(self.start_or_stop)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(self.options)
        row.addWidget(self.start)
        row.addWidget(self.bar, 1)
        row.addStretch()
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(False)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.delegate = RowDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._clicked)
        self.list.currentItemChanged.connect(self._enable)
        self.list.installEventFilter(self)
        self.insert = QPushButton(self)
        self.insert_all = QPushButton(self)
        self.copy = QPushButton(self)
        self.go = QPushButton(self)
        self.insert.clicked.connect(self._insert)
        self.insert_all.clicked.connect(self._insert_all)
        self.copy.clicked.connect(self._copy)
        self.go.clicked.connect(self._go)
        self._foot = QLabel(self)
        self._foot.setProperty("role", "quiet")
        self._foot.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.insert, self.insert_all, self.copy, self.go):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addWidget(self._foot)
        self._told.connect(self._show_told, Qt.ConnectionType.QueuedConnection)

    # --- what a subclass says

    def words(self) -> str:
        """What this does, in a sentence or two."""
        raise NotImplementedError

    def notice(self) -> str:
        """What to think of the results, "" for nothing."""
        return self.tr("Generated text may be wrong. Read it before you keep it.")

    def job(self) -> Job:
        """What to run, with the options as they are now."""
        raise NotImplementedError

    def goes(self) -> bool:
        """Whether Enter shows a row's place instead of putting its text into the page."""
        return False

    # --- running

    @Slot()
    def start_or_stop(self) -> None:
        """Begin anew with the text as it is now, or stop."""
        if self._cancel is not None:
            self._cancel.cancel()
            self.state.setText(self.tr("Stopping\u2026"))
            return
        source = self._source()
        if not source.text.strip():
            self.state.setText(self.tr("There is no text yet. Write or select some first."))
            return
        cancel = self._cancel = CancelToken()
        job = self.job()
        self.list.clear()
        self.bar.setValue(0)
        self.bar.show()
        self.retranslate()
        self.state.setText(self._about(source))

        def tell(share: float, rows: tuple[Row, ...]) -> None:
            self._told.emit((cancel, share, rows))

        self._bridge.apart(
            lambda engine: job.run(engine, source, tell, cancel),
            lambda found: self._done(found, cancel, source),
        )

    def running(self) -> bool:
        """Whether it is at work."""
        return self._cancel is not None

    def stop(self) -> None:
        """Go no further."""
        if self._cancel is not None:
            self._cancel.cancel()

    def rows(self) -> list[Row]:
        """What is shown."""
        return [self.list.item(at).data(_ROLE) for at in range(self.list.count())]

    def set_notice(self, wanted: bool) -> None:
        """Show what to think of the results, or do not."""
        self._notice_wanted = wanted
        self.retranslate()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.delegate.apply_theme(theme)
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a row acts, on every system."""
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.list.currentItem() is not None
        ):
            self._activated(self.list.currentItem())
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the interface's language."""
        running = self._cancel is not None
        again = self.list.count() > 0
        self._words.setText(self.words())
        self.start.setText(
            self.tr("&Stop") if running else self.tr("&Try Again") if again else self.tr("&Start")
        )
        self.insert.setText(self.tr("&Insert"))
        self.insert_all.setText(self.tr("Insert &All"))
        self.copy.setText(self.tr("&Copy"))
        self.go.setText(self.tr("&Go There"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.list.setAccessibleName(self.tr("What was found"))
        self._foot.setText(self.notice())
        self._foot.setVisible(self._notice_wanted and bool(self.notice()))
        self._enable()

    def _about(self, source: SourceText) -> str:
        if source.selected:
            return self.tr("Reading what is selected\u2026")
        return self.tr("Reading {name}\u2026").format(name=source.title)

    @Slot(object)
    def _show_told(self, told: tuple[CancelToken, float, tuple[Row, ...]]) -> None:
        cancel, share, rows = told
        if cancel is not self._cancel or cancel.cancelled():
            return
        self.bar.setValue(round(_STEPS * share))
        if rows:
            self._show(rows)

    def _done(self, found: Any, cancel: CancelToken, source: SourceText) -> None:
        if cancel is not self._cancel:
            return
        self._cancel = None
        self.bar.hide()
        if isinstance(found, EngineError):
            self.state.setText(said(found))
        elif cancel.cancelled():
            self.state.setText(self.tr("Stopped. What was found so far is below."))
        else:
            self._show(found)
            self.state.setText(self.said_of(found, source))
        self.retranslate()
        if self.list.count() and self.isVisible():
            self.list.setFocus()

    def said_of(self, rows: tuple[Row, ...], source: SourceText) -> str:
        """A sentence about what was found."""
        if not rows:
            return self.tr("Nothing was found.")
        if source.selected:
            return self.tr("From what was selected.")
        return self.tr("From {name}.").format(name=source.title)

    def _show(self, rows: tuple[Row, ...]) -> None:
        if self.rows() == list(rows):
            return
        at = self.list.currentRow()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(self.worded(row))
            item.setData(_ROLE, row)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(0, at), self.list.count() - 1))

    def worded(self, row: Row) -> str:
        """A row as it is read."""
        return row.text

    # --- what to do with the results

    def _current(self) -> Row | None:
        item = self.list.currentItem()
        row = item.data(_ROLE) if item is not None else None
        return row if isinstance(row, Row) else None

    @Slot()
    def _enable(self) -> None:
        row = self._current()
        self.insert.setEnabled(row is not None and row.positive is None)
        self.insert_all.setEnabled(self.list.count() > 1 and row is not None)
        self.copy.setEnabled(row is not None)
        self.go.setEnabled(row is not None and row.start >= 0)

    @Slot(QListWidgetItem)
    def _activated(self, item: QListWidgetItem) -> None:
        row = item.data(_ROLE)
        if self.goes():
            self.place_wanted.emit(row)
        else:
            self._put(row)

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        if self.goes():
            self.place_wanted.emit(item.data(_ROLE))

    @Slot()
    def _insert(self) -> None:
        row = self._current()
        if row is not None:
            self._put(row)

    def _put(self, row: Row) -> None:
        # Quotations and keywords are words of the text, but nobody typed them where they go.
        self.insert_wanted.emit(replace(row, kind=row.kind or self.entered_as))

    @Slot()
    def _insert_all(self) -> None:
        rows = self.rows()
        kind = next((row.kind for row in rows if row.kind is not None), None)
        self._put(Row(self.joined(rows), kind=kind))

    def joined(self, rows: list[Row]) -> str:
        """All rows as one text for the page."""
        return "\n".join(f"- {row.text.strip()}" for row in rows)

    @Slot()
    def _copy(self) -> None:
        row = self._current()
        if row is not None:
            QGuiApplication.clipboard().setText(row.text.strip())

    @Slot()
    def _go(self) -> None:
        row = self._current()
        if row is not None and row.start >= 0:
            self.place_wanted.emit(row)

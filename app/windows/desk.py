"""The open documents: one tab each, one of them in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from app.core.document import LoadedText
from app.core.formats.kinds import is_foreign
from app.core.journal import RecoveredDocument
from app.core.session import View
from app.core.settings import SettingsStore
from app.editor.mirror import Origin
from app.services.bridge import EngineBridge
from app.services.recovery import RecoveryService
from app.services.sentences import said
from app.services.theme import THEMES, Theme
from app.services.worker import Worker
from app.windows.documents import Then, open_filters, read_file
from app.windows.tab import DocumentTab
from app.windows.tab_bar import DocumentBar

_MAX_CLOSED = 20


@dataclass(frozen=True, slots=True)
class _Closed:
    """What it takes to open a document again; ``text`` is that of one that never had a file."""

    path: Path | None
    view: View
    text: str


class Desk(QStackedWidget):
    """Opens, shows and closes documents; there is always at least one.

    ``bar`` shows them as tabs and may stand anywhere in the window.
    """

    current_changed = Signal(object)
    """Another document is in front; carries its ``DocumentTab``."""
    changed = Signal()
    """The name or the modified mark of the document in front is another one."""
    arranged = Signal()
    """Documents were opened, closed, or put in another order."""
    words_changed = Signal(int)
    """The number of words of the document in front."""
    remarked = Signal(str)
    """A sentence for the person."""
    settled = Signal(str)
    """What was remarked no longer matters: its document is closed or no longer in front."""

    def __init__(
        self,
        bridge: EngineBridge,
        settings: SettingsStore,
        recovery: RecoveryService,
        files: Worker,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._settings = settings
        self._recovery = recovery
        self._files = files
        self._theme = THEMES["paper"]
        self._visitors: list[Callable[[DocumentTab], None]] = []
        self._tabs: list[DocumentTab] = []
        self._front: DocumentTab | None = None
        self._remark: tuple[DocumentTab, str] | None = None
        self._closed: list[_Closed] = []
        self._convert: Callable[[Path], None] | None = None
        self.bar = DocumentBar()
        self.bar.currentChanged.connect(self._on_bar_changed)
        self.bar.tabMoved.connect(self._on_bar_moved)
        self.bar.close_requested.connect(self._on_close_requested)
        self.bar.menu_requested.connect(self._on_menu_requested)
        self.add()

    # --- the documents

    def current(self) -> DocumentTab:
        """The document in front."""
        return self._tabs[max(0, self.bar.currentIndex())]

    def tabs(self) -> tuple[DocumentTab, ...]:
        """The open documents in the order of their tabs."""
        return tuple(self._tabs)

    def for_each(self, visit: Callable[[DocumentTab], None]) -> None:
        """Call ``visit`` with each document that is open now or is opened later."""
        self._visitors.append(visit)
        for tab in self._tabs:
            visit(tab)

    def apply_theme(self, theme: Theme) -> None:
        """Show every document in ``theme``."""
        self._theme = theme
        for tab in self._tabs:
            tab.apply_theme(theme)

    @Slot()
    def new(self) -> None:
        """Put an empty document in front, behind the one that was in front."""
        self.add()

    def add(self, *, show: bool = True) -> DocumentTab:
        """Put an empty document behind the one in front, or at the end and not in front."""
        tab = DocumentTab(self._bridge, self._settings, self._recovery, self._files, self)
        if self._tabs:
            tab.rewrite.set_instructions(self.current().rewrite.instructions())
        tab.apply_theme(self._theme)
        tab.changed.connect(self._on_tab_changed)
        tab.remarked.connect(self.remark)
        tab.editor.words_changed.connect(self._on_words_changed)
        tab.rewrite.instructions_changed.connect(self._on_instructions_changed)
        at = self.bar.currentIndex() + 1 if show else len(self._tabs)
        self._tabs.insert(at, tab)
        self.addWidget(tab)
        self.bar.insertTab(at, "")
        self._label(tab)
        for visit in self._visitors:
            visit(tab)
        if show:
            self.show_tab(tab)
        self.arranged.emit()
        return tab

    def show_tab(self, tab: DocumentTab) -> None:
        """Put a document in front."""
        self.bar.setCurrentIndex(self._tabs.index(tab))

    @Slot()
    def show_next(self) -> None:
        """Put the next document in front, after the last one the first."""
        self._step(1)

    @Slot()
    def show_previous(self) -> None:
        """Put the document before in front, before the first one the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._tabs))

    @Slot()
    def move_right(self) -> None:
        """Move the tab in front a place to the right."""
        self._move(1)

    @Slot()
    def move_left(self) -> None:
        """Move the tab in front a place to the left."""
        self._move(-1)

    def _move(self, by: int) -> None:
        at = self.bar.currentIndex()
        if 0 <= at + by < len(self._tabs):
            self.bar.moveTab(at, at + by)

    # --- opening

    @Slot()
    def choose(self) -> None:
        """Ask which files to open."""
        path = self.current().document.path()
        names, _ = QFileDialog.getOpenFileNames(
            self.window(),
            self.tr("Open"),
            str(path.parent if path else Path.home()),
            open_filters(),
        )
        self.open([Path(name) for name in names])

    def open(self, paths: list[Path]) -> None:
        """Open files in tabs of their own, or show those that are open already."""
        for path in paths:
            if self._convert is not None and is_foreign(path):
                self._convert(path.absolute())
            else:
                self._open(path.absolute())

    def set_converter(self, convert: Callable[[Path], None]) -> None:
        """What opens documents of other programs."""
        self._convert = convert

    def open_as_it_is(self, path: Path) -> None:
        """Open a file as text, whatever its name says."""
        self._open(path.absolute())

    def open_one(self, path: Path, then: Callable[[DocumentTab], None]) -> None:
        """Open a file, or show it if it is open already, and call ``then`` with its document."""
        self._open(path.absolute(), then=then)

    def restore(self, recovered: RecoveredDocument) -> None:
        """Show a text a crash left behind; it counts as unsaved."""
        path = recovered.path

        def loaded(outcome: Any) -> None:
            tab = self._tab_of(path) if path else None
            if tab is None or tab.document.is_modified():
                tab = self.free_tab()
            tab.document.show_recovered(recovered, outcome)
            self.show_tab(tab)

        self._files.submit(lambda: read_file(path) if path else None, loaded)

    def _open(
        self,
        path: Path,
        view: View | None = None,
        then: Callable[[DocumentTab], None] | None = None,
    ) -> None:
        def loaded(outcome: Any) -> None:
            tab = self._tab_of(path)
            if tab is not None:
                self.show_tab(tab)
            elif isinstance(outcome, LoadedText):
                tab = self.free_tab()
                tab.document.show(outcome)
                if view is not None:
                    tab.set_view(view)
            else:
                self.remarked.emit(said(outcome))
            if then is not None and tab is not None:
                then(tab)

        open_tab = self._tab_of(path)
        if open_tab is not None:
            self.show_tab(open_tab)
            if then is not None:
                then(open_tab)
        else:
            self._files.submit(lambda: read_file(path), loaded)

    def _tab_of(self, path: Path) -> DocumentTab | None:
        return next((tab for tab in self._tabs if tab.document.is_at(path)), None)

    def free_tab(self) -> DocumentTab:
        """The document in front if it is untouched, else a new one."""
        tab = self.current()
        return tab if tab.is_untouched() else self.add()

    # --- closing

    @Slot()
    def close_current(self) -> None:
        """Close the document in front, once its changes are settled."""
        self.close_tab(self.current())

    @Slot()
    def close_others(self) -> None:
        """Close all documents but the one in front, each once its changes are settled."""
        self._close_others(self.current())

    def _close_others(self, kept: DocumentTab) -> None:
        other = next((tab for tab in self._tabs if tab is not kept), None)
        if other is None:
            self.show_tab(kept)
        else:
            self.close_tab(other, lambda: self._close_others(kept))

    def close_tab(self, tab: DocumentTab, then: Then | None = None) -> None:
        """Close a document, once its changes are settled, and run ``then``.

        The last one makes way for a new one.
        """
        if tab.document.is_modified():
            self.show_tab(tab)

        def settled() -> None:
            self._remove(tab)
            if then is not None:
                then()

        tab.document.settle(settled)

    @Slot()
    def reopen(self) -> None:
        """Open the document that was closed last."""
        while self._closed:
            closed = self._closed.pop()
            if closed.path is None:
                tab = self.free_tab()
                with tab.editor.bringing(Origin.ELSEWHERE):
                    tab.editor.insert_generated(closed.text)
                tab.set_view(closed.view)
                return
            if self._tab_of(closed.path) is None:
                self._open(closed.path, closed.view)
                return

    def end(self) -> None:
        """Ask the model for nothing any more."""
        for tab in self._tabs:
            tab.end()

    def _remove(self, tab: DocumentTab) -> None:
        if tab not in self._tabs:
            return
        self._take_back(tab)
        if not tab.is_untouched():
            path = tab.document.path()
            text = "" if path else tab.editor.text()
            self._closed = [*self._closed, _Closed(path, tab.view(), text)][-_MAX_CLOSED:]
        if len(self._tabs) == 1:
            self.add()
        at = self._tabs.index(tab)
        tab.end()
        tab.document.forget()
        del self._tabs[at]
        self.bar.removeTab(at)
        self.removeWidget(tab)
        tab.deleteLater()
        self.arranged.emit()

    # --- following the tabs

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for tab in self._tabs:
                self._label(tab)

    @Slot(int)
    def _on_bar_changed(self, _index: int) -> None:
        if len(self._tabs) != self.bar.count():
            return  # being put in or taken out
        self._come_to_front(self.current())

    def _come_to_front(self, tab: DocumentTab) -> None:
        if tab is self._front:
            return
        before, self._front = self._front, tab
        if before is not None:
            before.rest()
            self._take_back(before)
        self.setCurrentWidget(tab)
        tab.completion.read_ahead()
        if not self.bar.hasFocus():
            tab.editor.setFocus()
        self.current_changed.emit(tab)
        self.changed.emit()
        self.words_changed.emit(tab.editor.word_count())

    @Slot(int, int)
    def _on_bar_moved(self, start: int, end: int) -> None:
        self._tabs.insert(end, self._tabs.pop(start))
        self.arranged.emit()

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        self.close_tab(self._tabs[index])

    @Slot(int, QPoint)
    def _on_menu_requested(self, index: int, where: QPoint) -> None:
        tab = self._tabs[index]
        path = tab.document.path()
        menu = QMenu(self)
        menu.addAction(self.tr("Close"), lambda: self.close_tab(tab))
        others = menu.addAction(self.tr("Close Others"), lambda: self._close_others(tab))
        others.setEnabled(len(self._tabs) > 1)
        menu.addSeparator()
        copy = menu.addAction(
            self.tr("Copy Path"), lambda: QGuiApplication.clipboard().setText(str(path))
        )
        copy.setEnabled(path is not None)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    @Slot(object)
    def _on_tab_changed(self, tab: DocumentTab) -> None:
        self._label(tab)
        if tab is self.current():
            self.changed.emit()

    @Slot(object, str)
    def remark(self, tab: DocumentTab, text: str) -> None:
        """Say something about a document, until it is closed or another one is in front."""
        self._remark = tab, text
        self.remarked.emit(text)

    @Slot(int)
    def _on_words_changed(self, words: int) -> None:
        if self.sender() is self.current().editor:
            self.words_changed.emit(words)

    @Slot(object)
    def _on_instructions_changed(self, instructions: tuple[str, ...]) -> None:
        for tab in self._tabs:
            tab.rewrite.set_instructions(instructions)

    def _take_back(self, tab: DocumentTab) -> None:
        if self._remark is not None and self._remark[0] is tab:
            self.settled.emit(self._remark[1])
            self._remark = None

    def _label(self, tab: DocumentTab) -> None:
        at = self._tabs.index(tab)
        document = tab.document
        title = document.title().replace("&", "&&")
        path = document.path()
        where = str(path) if path else self.tr("Not saved yet")
        if document.is_modified():
            title = f"\u2022 {title}"
            where = self.tr("{file} (with unsaved changes)").format(file=where)
        self.bar.setTabText(at, title)
        self.bar.setTabToolTip(at, where)

"""The main window: a page to write on, and everything else stepping back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QLocale, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from app.chat.panel import ChatPanel
from app.core.action_store import ActionStore
from app.core.commands import COMMANDS, REWRITE, SUGGESTION
from app.core.conversation_store import ConversationStore
from app.core.document import DocumentError
from app.core.latency import LatencyRecorder
from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.formatting import format_handlers
from app.editor.rewrite import RewriteController
from app.services.bridge import EngineBridge
from app.services.connections import ConnectionCounter
from app.services.grammar import GrammarService
from app.services.library import LibraryService
from app.services.recovery import RecoveryService
from app.services.sentences import said
from app.services.spelling import SpellingService
from app.services.theme import Theme, ThemeService
from app.services.worker import Worker
from app.windows.actions import give_page_its_keys, make_actions, name_actions
from app.windows.applied import THEME_PREFIX, AppliedSettings
from app.windows.areas import Areas
from app.windows.autosave import Autosave
from app.windows.better import BetterContinuations
from app.windows.chatting import Chatting
from app.windows.citing import Citing
from app.windows.counting import Counting
from app.windows.desk import Desk
from app.windows.dialogs import Dialogs
from app.windows.documents import DocumentController
from app.windows.exchange import Exchange
from app.windows.finding import Finding
from app.windows.grammar import Grammar
from app.windows.help import Help
from app.windows.leaving import Leaving
from app.windows.librarian import Librarian
from app.windows.notice import Notice
from app.windows.origin import Origins
from app.windows.palette import CommandPalette
from app.windows.recent import RecentMenu
from app.windows.recovered import RecoveryOffer
from app.windows.reviewing import Reviewing
from app.windows.rewriting import Rewriting
from app.windows.session import SessionKeeper
from app.windows.shortcuts import Shortcuts
from app.windows.spelling import Spelling
from app.windows.status import StatusBar
from app.windows.suggestions import SuggestionActions
from app.windows.tab import DocumentTab
from app.windows.teaching import TeachingController
from app.windows.tool_bar import ToolBar
from app.windows.tools import ToolWindows
from app.windows.uses.controller import Uses
from app.windows.watch import FileWatch
from engine import EngineState, EngineStatus, open_sockets

_DEFAULT_SIZE = QSize(1280, 800)
_NARROWEST_PAGE = 240
"""Pixels that stay for the page between outline and panel on a small or much enlarged screen."""


class MainWindow(QMainWindow):
    """Puts the parts together and gives every command its handler."""

    def __init__(
        self,
        bridge: EngineBridge,
        settings: SettingsStore,
        paths: AppPaths,
        themes: ThemeService,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._settings = settings
        self._themes = themes
        self._closing = False
        self.chat = ChatPanel(
            bridge,
            ConversationStore(paths.data / "conversations", paths.data / "conversation.json"),
            self,
        )
        self.notice = Notice(self)
        self._recovery = RecoveryService(paths.data / "journal", self)
        self._files = Worker("inkling-files", (DocumentError, OSError), self)
        self.desk = Desk(bridge, settings, self._recovery, self._files, self)
        self.desk.for_each(lambda tab: tab.rewrite.set_adapter_folders(paths.adapter_folders))
        self._reviewing = Reviewing(self.desk, self)
        self.rewriting = Rewriting(self.desk, settings, ActionStore(paths.action_folders), self)
        library = LibraryService(paths.library, paths.embedder, self)
        self._chatting = Chatting(self.chat, self.desk, settings, library, self)
        self.librarian = Librarian(library, self)
        self.citing = Citing(self.chat, self.desk, library, settings, themes, self)
        self._session = SessionKeeper(self.desk, paths.data, settings, self._files, self)
        self.exchange = Exchange(self.desk, settings, paths, self.notice, self)
        self._leaving = Leaving(self.desk, self)
        self._to_open: list[Path] | None = []
        """Files that wait until the session is restored."""
        self.finding = Finding(self.editor, settings, self)
        self.counting = Counting(self.editor, settings, self)
        self.spelling = Spelling(self.desk, settings, SpellingService(paths), themes, self)
        self.grammar = Grammar(
            self.desk, settings, GrammarService(), themes, bridge, paths.adapter_folders, self
        )
        self.status = StatusBar(self)
        self._tools = ToolWindows(bridge, self.desk, settings, self)
        self.uses = Uses(bridge, self.desk, settings, paths.adapter_folders, self)
        self._better = BetterContinuations(bridge, self.desk, settings, paths.adapter_folders, self)
        self.origins = Origins(bridge, self.desk, settings, paths, themes, self)
        self.teaching = TeachingController(bridge, self.desk, settings, paths, self)
        self._connections = ConnectionCounter(open_sockets, self)
        self._palette = CommandPalette(settings, self)
        self._areas = Areas(self._areas_in_order, self)
        self._dialogs = Dialogs(settings, bridge, self)
        self.help = Help(bridge, self.desk, settings, themes, self)
        self._arrange()
        self._looks = AppliedSettings(
            settings, themes, self.desk, self.chat, self.finding.outline, self
        )
        self.actions_by_id = make_actions(self, self._handlers())
        self._looks.set_actions(self.actions_by_id)
        self._chatting.set_actions(self.actions_by_id)
        self.origins.set_actions(self.actions_by_id)
        self.spelling.set_actions(self.actions_by_id, self.menuBar())
        self.grammar.set_actions(self.actions_by_id)
        SuggestionActions(self.desk, self.actions_by_id, self)
        self._reviewing.set_actions(self.actions_by_id)
        self._shortcuts = Shortcuts(settings, self.actions_by_id, self)
        self._palette.set_actions(self.actions_by_id)
        self._tool_bar = ToolBar(self.actions_by_id, self.desk.bar, self)
        self.addToolBar(self._tool_bar)
        self.rewriting.set_actions(self.actions_by_id, self._tool_bar.rewrite_menu)
        self._palette.set_more(REWRITE, self.rewriting.own.by_id)
        self._recent = RecentMenu(settings, self)
        self._connect()
        self._looks.apply_all()
        self._restore_geometry()
        self._apply_theme(themes.theme())
        self._engine_changed(bridge.status())
        self._document_changed()
        self._offer = RecoveryOffer(self._recovery, self.desk, self.notice, self)
        self._recovery.find_unsaved(self._found_unsaved)

    @property
    def documents(self) -> DocumentController:
        """The file of the document in front."""
        return self.desk.current().document

    @property
    def editor(self) -> Editor:
        """The page of the document in front."""
        return self.desk.current().editor

    @property
    def completion(self) -> CompletionController:
        """The suggestions in the document in front."""
        return self.desk.current().completion

    @property
    def rewrite(self) -> RewriteController:
        """The rewrites of the document in front."""
        return self.desk.current().rewrite

    def latency(self) -> LatencyRecorder:
        """How long suggestions took since the start, in all documents."""
        return self._tools.latency()

    # --- making

    def _arrange(self) -> None:
        page = QWidget(self)
        page.setMinimumWidth(_NARROWEST_PAGE)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.desk, 1)
        column.addWidget(self.finding.bars)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.finding.outline)
        self._splitter.addWidget(page)
        self._splitter.addWidget(self.chat)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([220, 700, 360])
        self.setCentralWidget(self._splitter)
        self.status.addWidget(self.counting.button)
        self.status.insertPermanentWidget(1, self.teaching.button)
        self.status.insertPermanentWidget(1, self.librarian.button)
        self.status.addWidget(self.origins.legend)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        # Leave room for the frame, which is not known before the window is shown.
        self.resize(_DEFAULT_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))

    def _areas_in_order(self) -> list[QWidget]:
        return [
            self._tool_bar,
            self.finding.outline,
            self.notice,
            self.editor,
            self.finding.bars,
            self.rewrite.panel(),
            self.chat.composer,
            self.chat.messages,
            self.status,
        ]

    def _handlers(self) -> dict[str, Callable[..., None]]:
        desk = self.desk
        return {
            "file.new": desk.new,
            "file.open": desk.choose,
            "file.save": self._save,
            "file.save_as": self._save_as,
            "file.close": desk.close_current,
            **self.exchange.handlers(),
            "file.preferences": self._dialogs.show_preferences,
            "file.shortcuts": self._dialogs.show_shortcuts,
            "file.close_others": desk.close_others,
            "file.reopen": desk.reopen,
            "file.quit": self._quit,
            "edit.undo": self._on_page(Editor.undo),
            "edit.redo": self._on_page(Editor.redo),
            "edit.cut": self._on_page(Editor.cut),
            "edit.copy": self._on_page(Editor.copy),
            "edit.paste": self._on_page(Editor.paste),
            "edit.paste_plain": self._on_page(Editor.paste_plain),
            "edit.select_all": self._on_page(Editor.selectAll),
            **self.finding.handlers(),
            **self.counting.handlers(),
            "write.ghost_toggle": self._toggle_ghost,
            "write.suggest_now": self._suggest_now,
            **self._reviewing.handlers(),
            **self.rewriting.handlers(),
            **self._chatting.handlers(),
            "view.palette": self._palette.toggle,
            "view.next_area": self._areas.go_to_next,
            "view.previous_area": self._areas.go_to_previous,
            "view.zoom_in": self._looks.zoom_in,
            "view.zoom_out": self._looks.zoom_out,
            "view.zoom_reset": self._looks.zoom_reset,
            "view.focus": self._looks.focus,
            "view.typewriter": self._looks.typewriter,
            "view.fullscreen": self._full_screen,
            "view.next_document": desk.show_next,
            "view.previous_document": desk.show_previous,
            "view.move_right": desk.move_right,
            "view.move_left": desk.move_left,
            **self.uses.handlers(),
            "tools.simulate": self._tools.show_simulator,
            "tools.latency": self._tools.show_latency,
            **self.teaching.handlers(),
            **self.librarian.handlers(),
            **self.origins.handlers(),
            **self.help.handlers(),
            "help.keys": self._dialogs.show_keys,
            "help.model": self._dialogs.show_model,
            "help.about": self._dialogs.show_about,
            **format_handlers(lambda: self.editor),
            **self.spelling.handlers(),
            **self.grammar.handlers(),
            **{
                command.id: self._suggestion_chosen
                for command in COMMANDS
                if command.context == SUGGESTION
            },
            **{
                command.id: self._looks.theme_chosen
                for command in COMMANDS
                if command.id.startswith(THEME_PREFIX)
            },
        }

    def _connect(self) -> None:
        self._bridge.status_changed.connect(self._engine_changed)
        self._connections.counted.connect(self.status.show_connections)
        self._themes.theme_changed.connect(self._apply_theme)
        self.desk.for_each(self._follow)
        self.desk.current_changed.connect(self._on_current_changed)
        self._tools.failed.connect(self._say)
        self.citing.remarked.connect(self._say)
        self.librarian.remarked.connect(self._say)
        self.chat.library_wanted.connect(self.librarian.show_window)
        self.chat.library_added.connect(self.librarian.offer)
        self.teaching.remarked.connect(self._say)
        self.help.remarked.connect(self._say)
        self.origins.remarked.connect(self._say)
        self.status.resume_requested.connect(self._resume_suggestions)
        self.desk.changed.connect(self._document_changed)
        self.desk.remarked.connect(self._say)
        self.desk.settled.connect(self.notice.take_back)
        self._session.remarked.connect(self._say)
        self.rewriting.remarked.connect(self._say)
        self.rewriting.asked.connect(self._chatting.ask)
        self.rewriting.tell_problems()
        self.exchange.remarked.connect(self._say)
        self._autosave = Autosave(self.desk, self._settings, self)
        self._watch = FileWatch(self.desk, self._files, self.notice, self)
        self._recovery.failed.connect(self._unprotected)
        self.spelling.remarked.connect(self._say)
        self.grammar.remarked.connect(self._say)
        self._recent.chosen.connect(self._open_one)
        self._recent.missing.connect(self._say)
        self._recent.put_above(self.actions_by_id["file.save"], self.menuBar())

    # --- files

    @Slot(object)
    def open_files(self, files: list[Path]) -> None:
        """Open files, each in a tab of its own, once what was open last time is."""
        if self._to_open is None:
            self.desk.open(files)
        else:
            self._to_open += files

    @Slot()
    def _quit(self) -> None:
        self.close()

    @Slot(object)
    def _open_one(self, path: Path) -> None:
        self.open_files([path])

    @Slot()
    def _save(self) -> None:
        self.documents.save()

    @Slot()
    def _save_as(self) -> None:
        self.documents.save_as()

    @Slot()
    def _document_changed(self) -> None:
        self.setWindowTitle(
            self.tr("{document}[*] - Inkling").format(document=self.documents.title())
        )
        self.setWindowModified(self.documents.is_modified())
        path = self.documents.path()
        self.setWindowFilePath(str(path) if path else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a local file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped files, once the program they come from is done with dropping."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self._open_dropped(files))

    def _open_dropped(self, files: list[Path]) -> None:
        self.activateWindow()
        self.editor.setFocus()
        self.open_files(files)

    def _found_unsaved(self, found: Any) -> None:
        if self._closing:
            return
        if not isinstance(found, list):
            self._unprotected(found)
            found = []
        self._offer.ask(self._session.restore(found, self._restored))

    def _restored(self) -> None:
        files, self._to_open = self._to_open or [], None
        self.open_files(files)

    @Slot(object)
    def _unprotected(self, error: Exception) -> None:
        self._say(said(error))

    @Slot(str)
    def _say(self, text: str) -> None:
        self.notice.say(text, (self.tr("Close"), None))

    # --- writing

    def _on_page(self, act: Callable[[Editor], object]) -> Callable[..., None]:
        def run(_checked: bool = False) -> None:
            act(self.editor)

        return run

    @Slot()
    def _suggest_now(self) -> None:
        self.completion.suggest_now()

    @Slot(bool)
    def _toggle_ghost(self, on: bool) -> None:
        self._settings.set("ghost.enabled", on)

    def _follow(self, tab: DocumentTab) -> None:
        give_page_its_keys(tab.editor, self.actions_by_id)
        tab.completion.paused_changed.connect(self._show_paused)

    @Slot(object)
    def _on_current_changed(self, tab: DocumentTab) -> None:
        self.finding.set_editor(tab.editor)
        self.counting.set_editor(tab.editor)
        self._show_paused()

    @Slot()
    def _show_paused(self) -> None:
        self.status.show_paused(self.completion.paused())

    @Slot()
    def _resume_suggestions(self) -> None:
        self.completion.resume()
        self.editor.setFocus()

    @Slot()
    def _suggestion_chosen(self) -> None:
        action = self.sender()
        if action is not None:
            self.editor.ghost.perform(action.objectName())

    # --- looks

    @Slot(object)
    def _apply_theme(self, theme: Theme) -> None:
        self.desk.apply_theme(theme)
        self.finding.apply_theme(theme)
        self.uses.apply_theme(theme)
        self.chat.apply_theme(theme)
        self._tool_bar.apply_theme(theme)
        self.rewriting.apply_theme(theme)

    @Slot(bool)
    def _full_screen(self, on: bool) -> None:
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def _restore_geometry(self) -> None:
        for name, restore in (
            ("window.geometry", self.restoreGeometry),
            ("window.splitter", self._splitter.restoreState),
        ):
            state = QByteArray.fromBase64(self._settings.get(name).encode())
            if not state.isEmpty():
                restore(state)

    # --- the engine, and the end

    @Slot(object)
    def _engine_changed(self, status: EngineStatus) -> None:
        self.status.show_engine(status)
        if status.state is EngineState.FAILED:
            self._say(
                self.tr(
                    "There is no model at work, so there are no suggestions, rewrites or answers. "
                    "Writing and saving go on as ever. {reason}"
                ).format(reason=said(status.error) if status.error else "")
            )

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once; the parts of the window do so themselves."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setLocale(QLocale())
            name_actions(self, self.actions_by_id)
            self.rewriting.show_titles()
            self._document_changed()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settle unsaved changes first; then end every thread."""
        if not self._closing and self.teaching.may_leave():
            self._leaving.settle(self._leave, keeps=self._session.keeps())
        # Settled at once: go on closing, since Qt ignores close() inside of closing.
        event.setAccepted(self._closing)

    def end(self) -> None:
        """Close without a question; the next start brings back what was not saved."""
        if not self._closing:
            self._close_now([tab for tab in self.desk.tabs() if tab.document.is_modified()])

    def _leave(self, unsaved: Collection[DocumentTab]) -> None:
        def confirmed(safe: bool) -> None:
            if safe and not self._closing:
                self._close_now(unsaved)
            elif not safe:
                self._leaving.settle(self._close_now, keeps=False)

        if unsaved:
            self._recovery.confirm(confirmed)
        else:
            self._close_now(unsaved)

    def _close_now(self, unsaved: Collection[DocumentTab]) -> None:
        self._closing = True
        self.finding.close()
        self._better.close()
        self._autosave.close()
        self._watch.close()
        self.exchange.close()
        self.counting.close()
        self.origins.close()
        self.desk.end()
        self._session.end(unsaved)
        self._files.close()
        self.origins.end()
        self._recovery.close(keep={tab.document.doc_id for tab in unsaved})
        self.chat.end()
        self._tools.close()
        self.uses.close()
        self.teaching.close()
        self.librarian.close()
        self._bridge.close()
        self._connections.close()
        self.spelling.close()
        self.grammar.close()
        self.rewriting.close()
        for name, state in (
            ("window.geometry", self.saveGeometry()),
            ("window.splitter", self._splitter.saveState()),
        ):
            self._settings.set(name, bytes(state.toBase64().data()).decode("ascii"))
        self._looks.close()
        self._shortcuts.close()
        self.close()

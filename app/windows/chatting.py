"""The commands of the chat, and what goes between it and the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from app.chat.panel import ChatPanel
from app.core.conversation_export import file_name
from app.core.provenance.sources import Kind, Made
from app.core.settings import SettingsStore
from app.services.library import LibraryService
from app.services.sentences import said
from app.windows.desk import Desk
from engine import LIBRARY_SUFFIXES, ContextText, LibraryText

_IN_MENU = ("chat.rename", "chat.instruction", "chat.export", "chat.delete")
"""What the panel's own menu offers."""


class Chatting(QObject):
    """Shows the panel for what is done in it."""

    def __init__(
        self,
        chat: ChatPanel,
        desk: Desk,
        settings: SettingsStore,
        library: LibraryService,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._chat = chat
        self._desk = desk
        self._settings = settings
        self._window = window
        self._library = library
        chat.insert_requested.connect(self._insert)
        chat.replace_requested.connect(self._replace)
        chat.file_wanted.connect(self._choose_files)
        chat.quoting_changed.connect(self._keep_quoting)
        chat.set_quoting(settings.get("chat.quote"))
        chat.set_document_source(self._document)
        chat.set_selection_source(self._selection)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return {
            "chat.toggle_panel": self._toggle,
            "chat.stop": self._chat.stop,
            "chat.quote": self._quote,
            "chat.export": self._export,
            "chat.add_file": self._in_sight(self._choose_files),
            **{name: self._in_sight(act) for name, act in self._chat.handlers().items()},
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The commands by their ids."""
        self._chat.head.set_more([actions[name] for name in _IN_MENU])

    def _in_sight(self, act: Callable[[], None]) -> Callable[..., None]:
        def run(_checked: bool = False) -> None:
            self._settings.set("panel.visible", True)
            act()

        return run

    @Slot(str)
    def ask(self, text: str) -> None:
        """Show the panel and ask ``text`` in it."""
        self._settings.set("panel.visible", True)
        self._chat.ask(text)

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        self._settings.set("panel.visible", on)

    @Slot(bool)
    def _quote(self, on: bool) -> None:
        self._settings.set("panel.visible", True)
        self._chat.set_quoting(on)
        self._chat.focus_input()

    @Slot(bool)
    def _keep_quoting(self, on: bool) -> None:
        self._settings.set("chat.quote", on)

    @Slot(str)
    def _insert(self, text: str) -> None:
        editor = self._desk.current().editor
        editor.insert_generated(text, made=Made(Kind.ANSWER))
        editor.setFocus()

    @Slot(str)
    def _replace(self, text: str) -> None:
        editor = self._desk.current().editor
        cursor = editor.textCursor()
        if cursor.hasSelection():
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            editor.replace_range(start, end, text, made=Made(Kind.ANSWER))
            editor.setFocus()
        else:
            self._chat.say(self.tr("Select the text in the document that the answer replaces."))

    @Slot()
    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Use Files for Answers"), "", self._kinds()
        )
        for path in map(Path, names):
            self._library.read(path, partial(self._add_file, path))
        self._chat.focus_input()

    def _kinds(self) -> str:
        endings = " ".join(f"*{suffix}" for suffix in sorted(LIBRARY_SUFFIXES))
        return self.tr("Documents ({endings});;All files (*)").format(endings=endings)

    def _add_file(self, path: Path, found: LibraryText | Exception) -> None:
        if isinstance(found, LibraryText):
            self._chat.sources.add_file(str(path), ContextText(path.name, found.text))
        else:
            self._chat.say(said(found))

    @Slot()
    def _export(self) -> None:
        conversation = self._chat.conversation()
        if not conversation.messages:
            self._chat.say(self.tr("There is no conversation to export yet."))
            return
        name = file_name(conversation, self.tr("Conversation"))
        dialog = QFileDialog(
            self._window,
            self.tr("Export Conversation"),
            str(Path.home()),
            self.tr("Markdown (*.md)"),
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.selectFile(f"{name}.md")
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        names = dialog.selectedFiles()
        dialog.deleteLater()
        if accepted and names:
            self._chat.conversations.export(Path(names[0]))

    def _document(self) -> ContextText | None:
        tab = self._desk.current()
        text = tab.editor.text()
        return ContextText(tab.document.title(), text) if text.strip() else None

    def _selection(self) -> ContextText | None:
        text = self._desk.current().editor.textCursor().selection().toPlainText()
        return ContextText(self.tr("Selection"), text) if text.strip() else None

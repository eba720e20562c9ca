"""The kept conversations: which is open, and what is done with them. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.chat.saver import ConversationSaver
from app.chat.session import ChatSession
from app.core.conversation import Conversation, title_of
from app.core.conversation_export import ExportWords, as_markdown
from app.core.conversation_store import ConversationStore
from app.core.files import replace_file
from app.services.sentences import why
from app.services.worker import Worker

_SAVE_MS = 2000
"""How often a running answer is saved: so much of it a crash can cost."""
_DRAFT_MS = 1000
"""How long after a key a message being written is saved."""


END, BEHIND = -1, -2
"""In place of a message to go to: the newest one; or none, since the list may be in front."""


class Conversations(QObject):
    """Reads and writes the files off the interface's thread."""

    opened = Signal(int)
    """Another conversation is in the session; the message to go to, or ``END`` or ``BEHIND``."""
    remarked = Signal(str, str)
    """A sentence, and the name of what ``undo`` would do, "" for nothing."""
    listed = Signal(object)
    """Carries a tuple of ``Listed``, the answer to the newest ``list_all``."""
    changed = Signal()
    """A title is another one, or a conversation is gone."""

    def __init__(
        self, session: ChatSession, store: ConversationStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._saver = ConversationSaver(store, self)
        self._saver.failed.connect(self._say)
        self._files = Worker("inkling-conversations", (OSError,), self)
        self._undo: Callable[[], None] | None = None
        self._asked = 0
        self._growing = QTimer(self)
        self._growing.setInterval(_SAVE_MS)
        self._growing.timeout.connect(self.save)
        self._drafting = QTimer(self)
        self._drafting.setSingleShot(True)
        self._drafting.setInterval(_DRAFT_MS)
        self._drafting.timeout.connect(self.save)
        session.asked.connect(self.save)
        session.turn_ended.connect(self.save)
        session.busy_changed.connect(self._on_busy)

    def load(self) -> None:
        """Show the conversation that was open last."""
        self._session.replace(self._store.load())
        self.opened.emit(END)

    @Slot()
    def save(self) -> None:
        """Write the open conversation soon, with what there is of a running answer."""
        self._saver.save(self._session.to_save())

    def save_now(self) -> None:
        """Write it and wait until it is on disk."""
        self.save()
        self._saver.flush()

    def end(self) -> None:
        """Write what there is, for the program's end."""
        self._growing.stop()
        self._drafting.stop()
        self.save_now()
        self._files.close()

    def keep_draft(self, text: str) -> None:
        """Keep what is typed in the field with the open conversation."""
        if text != self._session.conversation().draft:
            self._session.amend(draft=text)
            self._drafting.start()

    def forget_undo(self) -> None:
        """What was done stays done."""
        self._undo = None

    def can_undo(self) -> bool:
        """Whether there is anything to bring back."""
        return self._undo is not None

    def undo(self) -> None:
        """Bring back what the last act took away."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def list_all(self, words: str = "") -> None:
        """Ask for the conversations that have ``words``; ``listed`` brings them."""
        self._asked += 1
        number = self._asked
        self.save()
        self._saver_then(
            partial(self._store.listed, words), lambda found: self._bring(number, found)
        )

    def new(self) -> None:
        """Begin another conversation, unless nothing was said yet in the open one."""
        self._session.stop()
        old = self._session.conversation()
        if replace(old, draft="").is_empty():
            return
        self.save()
        self._show(Conversation())
        self._undo = partial(self._show, old)
        self.remarked.emit(
            self.tr("This is a new conversation."), self.tr("Bring the old one back")
        )

    def open(self, name: str, index: int = END) -> None:
        """Show a kept conversation, at message ``index``."""
        if name == self._session.conversation().id:
            self.opened.emit(index)
            return
        self._session.stop()
        self.save()
        self._saver_then(
            partial(self._store.find, name), lambda found: self._show_found(found, index)
        )

    def rename(self, name: str, title: str) -> None:
        """Give a conversation a title; an empty one brings its first question back."""
        if name == self._session.conversation().id:
            self._session.amend(title=title)
            self.save()
            self.changed.emit()
            return

        def renamed() -> None:
            found = self._store.find(name)
            if found is not None:
                self._store.save(replace(found, title=title.strip()))

        self._saver_then(renamed, self._done)

    def delete(self, name: str) -> None:
        """Remove a conversation; it can be brought back until something else is done."""
        if name == self._session.conversation().id:
            self._session.stop()
            self._delete(self._session.conversation(), shown=True)
        else:
            self._saver_then(
                partial(self._store.find, name),
                lambda found: self._delete(found, shown=False),
            )

    def export(self, path: Path) -> None:
        """Write the open conversation as Markdown."""
        text = as_markdown(self._session.to_save(), self.export_words())
        data = text.encode("utf-8", "replace")
        self._files.submit(
            partial(replace_file, path, data), lambda found: self._exported(path, found)
        )

    def export_words(self) -> ExportWords:
        """The words of an exported conversation in the interface's language."""
        return ExportWords(
            self.tr("Conversation"),
            self.tr("You"),
            self.tr("Inkling"),
            self.tr("(with {titles})"),
            self.tr("Instruction: {instruction}"),
            self.tr("stopped here"),
            self.tr("Not in your documents."),
        )

    def _saver_then(self, job: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do ``job`` off this thread once everything said so far is on disk."""

        def run() -> object:
            self._saver.flush()
            return job()

        self._files.submit(run, done)

    def _show(self, conversation: Conversation, index: int = END) -> None:
        self._session.replace(conversation)
        self.opened.emit(index)
        self.save()

    def _show_found(self, found: object, index: int) -> None:
        if isinstance(found, Conversation):
            self._undo = None
            self._show(found, index)
        else:
            self._say(self._trouble(found))
            self.changed.emit()

    def _delete(self, found: object, *, shown: bool) -> None:
        if not isinstance(found, Conversation):
            self._say(self._trouble(found))
            self.changed.emit()
            return
        if shown:
            self._show(Conversation(), BEHIND)
        if not found.is_empty():
            self._saver.delete(found.id)
            self._undo = partial(self._bring_back, found, shown=shown)
            title = title_of(found) or self.tr("Conversation")
            self.remarked.emit(
                self.tr("“{title}” was deleted.").format(title=title),
                self.tr("Bring it back"),
            )
        self.changed.emit()

    def _bring_back(self, conversation: Conversation, *, shown: bool) -> None:
        self._saver.keep(conversation)
        if shown:
            self._show(conversation, BEHIND)
        self.changed.emit()

    def _bring(self, number: int, found: object) -> None:
        if number != self._asked:
            return
        if isinstance(found, OSError):
            self._say(self._trouble(found))
            return
        self.listed.emit(found)

    def _done(self, found: object) -> None:
        if isinstance(found, OSError):
            self._say(self._trouble(found))
        self.changed.emit()

    def _exported(self, path: Path, found: object) -> None:
        if isinstance(found, OSError):
            self._say(self._trouble(found))
            return
        self.remarked.emit(self.tr("The conversation is in {name} now.").format(name=path.name), "")

    def _trouble(self, found: object) -> str:
        if isinstance(found, OSError):
            return self.tr(
                "That could not be done ({reason}). The conversations are unchanged."
            ).format(reason=why(found))
        return self.tr("That conversation is not there any more, or its file is damaged.")

    @Slot(str)
    def _say(self, words: str) -> None:
        self._undo = None
        self.remarked.emit(words, "")

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._growing.start()
        else:
            self._growing.stop()

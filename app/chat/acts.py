"""What is done with messages: editing, asking anew, other versions, and using an answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from app.chat.history import context_is_known
from app.chat.message_list import MessageList
from app.chat.session import ChatSession
from app.chat.sources import Sources
from app.core.conversation import ConversationMessage
from engine import Role


class MessageActs(QObject):
    """Acts on the message that the person was at last, which is the newest at first."""

    insert_requested = Signal(str)
    replace_requested = Signal(str)
    edit_begun = Signal(str)
    """A message is being edited: its words go into the field."""
    asked_anew = Signal()
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        session: ChatSession,
        messages: MessageList,
        sources: Sources,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._list = messages
        self._sources = sources
        self._editing: int | None = None
        messages.insert_requested.connect(self.insert_requested)
        messages.replace_requested.connect(self.replace_requested)
        messages.again_requested.connect(self._ask_anew)
        messages.edit_requested.connect(self._edit)
        messages.version_requested.connect(session.show_version)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What the commands do."""
        return {
            "chat.edit": self.edit,
            "chat.regenerate": self.regenerate,
            "chat.previous_version": self.previous_version,
            "chat.next_version": self.next_version,
            "chat.copy": self.copy,
            "chat.insert": self.insert,
            "chat.replace": self.replace,
        }

    def editing(self) -> int | None:
        """The message that is being edited."""
        return self._editing

    def end_editing(self) -> int | None:
        """It is edited no longer; returns which one was."""
        index, self._editing = self._editing, None
        return index

    @Slot()
    def edit(self) -> None:
        """Edit the message, or the question of the answer."""
        index = self._nearest(Role.USER)
        if index is None:
            self.remarked.emit(self.tr("There is no message to edit yet."))
        else:
            self._edit(index)

    @Slot()
    def regenerate(self) -> None:
        """Ask for another version of the answer."""
        index = self._nearest(Role.ASSISTANT)
        last = len(self._messages()) - 1
        if last < 0:
            self._say_no_answer()
        else:
            self._ask_anew(last if index is None else index)

    @Slot()
    def next_version(self) -> None:
        """Show the next version of the message."""
        self._step_version(1)

    @Slot()
    def previous_version(self) -> None:
        """Show the version before."""
        self._step_version(-1)

    @Slot()
    def copy(self) -> None:
        """Put the answer on the clipboard."""
        view = self._list.view(self._nearest(Role.ASSISTANT))
        if view is None:
            self._say_no_answer()
        else:
            view.copy()

    @Slot()
    def insert(self) -> None:
        """Put the answer into the page."""
        self._give_answer(self.insert_requested)

    @Slot()
    def replace(self) -> None:
        """Put the answer in the place of what is selected in the page."""
        self._give_answer(self.replace_requested)

    def _messages(self) -> tuple[ConversationMessage, ...]:
        return self._session.conversation().messages

    def _nearest(self, role: Role) -> int | None:
        """The message of ``role`` that the person was at last, or that belongs to it."""
        messages = self._messages()
        at = min(self._list.current(), len(messages) - 1)
        around = (at, at - 1, at + 1) if role == Role.USER else (at, at + 1, at - 1)
        for index in around:
            if 0 <= index < len(messages) and messages[index].role == role:
                return index
        return None

    def _give_answer(self, signal: SignalInstance) -> None:
        index = self._nearest(Role.ASSISTANT)
        content = "" if index is None else self._messages()[index].content
        if content:
            signal.emit(content)
        else:
            self._say_no_answer()

    def _step_version(self, by: int) -> None:
        messages = self._messages()
        at = min(self._list.current(), len(messages) - 1)
        for index in (at, at - 1, at + 1):
            if 0 <= index < len(messages) and messages[index].versions > 1:
                self._session.show_version(index, messages[index].place + by)
                return
        self.remarked.emit(self.tr("This message has no other versions."))

    @Slot(int)
    def _edit(self, index: int) -> None:
        if self._session.busy():
            self.remarked.emit(
                self.tr("An answer is still being written. Wait for it, or press Esc.")
            )
            return
        self._editing = index
        self.edit_begun.emit(self._messages()[index].content)

    @Slot(int)
    def _ask_anew(self, index: int) -> None:
        self.asked_anew.emit()
        known = context_is_known(self._session.conversation(), index)
        context = () if known else self._sources.wanted()
        if context is not None:
            self._session.regenerate(context, index=index)

    def _say_no_answer(self) -> None:
        self.remarked.emit(self.tr("There is no answer yet."))

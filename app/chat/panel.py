"""The chat panel: the conversation, the field to write in, and what goes along with a message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, SignalInstance, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.chat.composer import Composer
from app.chat.conversation_list import ConversationList
from app.chat.conversations import Conversations
from app.chat.head import ChatHead
from app.chat.history import context_is_known
from app.chat.markdown import AnswerLook
from app.chat.message_list import MessageList
from app.chat.notice import Notice
from app.chat.session import ChatSession, Withdrawn
from app.chat.style import chat_style
from app.chat.text_view import LinkQuestion
from app.core.conversation import Conversation, ConversationMessage, title_of
from app.core.conversation_store import ConversationStore
from app.services.bridge import EngineBridge
from app.services.fonts import mono_font, ui_font
from app.services.theme import THEMES, Theme
from engine import ContextText, Role

ContextSource = Callable[[], ContextText | None]
_TEXT_PX = 14


def _text_font() -> QFont:
    font = QFont(ui_font())
    font.setPixelSize(_TEXT_PX)
    return font


class ChatPanel(QWidget):
    """A conversation with the model about the person's text; kept between starts."""

    insert_requested = Signal(str)
    replace_requested = Signal(str)
    """The answer is to take the place of what is selected."""
    answering_changed = Signal(bool)
    document_use_changed = Signal(bool)
    """Whether the person wants the open document used for answers."""

    def __init__(
        self, bridge: EngineBridge, store: ConversationStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document_source: ContextSource | None = None
        self._selection_source: ContextSource | None = None
        self._use_document = False
        self._use_selection = False
        self._editing: int | None = None
        """The message that is being edited in the field."""
        self._look = AnswerLook(THEMES["paper"], _text_font(), mono_font())
        self.session = ChatSession(bridge, self)
        self.conversations = Conversations(self.session, store, self)
        self._lay_out()
        self._connect()
        self.apply_theme(self._look.theme)
        self.conversations.load()

    def _lay_out(self) -> None:
        self.setMinimumWidth(240)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = ChatHead(self)
        column.addWidget(self.head)
        self.list = ConversationList(self)
        self.list.hide()
        column.addWidget(self.list, 1)
        self.empty = QLabel(self)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "teach")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.messages = MessageList(self._look, self)
        column.addWidget(self.messages, 1)
        column.addWidget(self.empty, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 12)
        foot.setSpacing(8)
        self.notice = Notice(self)
        foot.addWidget(self.notice)
        self.composer = Composer(self)
        foot.addWidget(self.composer)
        column.addLayout(foot)
        for earlier, later in (
            (self.messages, self.composer.document_chip),
            (self.composer.document_chip, self.composer.selection_chip),
            (self.composer.selection_chip, self.composer.edit),
            (self.composer.edit, self.composer.main_button),
            (self.composer.main_button, self.composer.document_button),
            (self.composer.document_button, self.composer.selection_button),
            (self.composer.selection_button, self.head.title_button),
            (self.head.title_button, self.head.field),
            (self.head.field, self.head.new_button),
            (self.head.new_button, self.head.more_button),
        ):
            QWidget.setTabOrder(earlier, later)
        self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Chat"))
        self.empty.setText(
            self.tr(
                "Ask anything about what you are writing: a better word, a title, what a "
                "paragraph says.\n\nAdd “This document” or “Selection” below and the answer can "
                "use it. Nothing leaves this computer.\n\nThe model is small and can be wrong. "
                "Check what it claims."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _connect(self) -> None:
        session, messages, kept = self.session, self.messages, self.conversations
        session.asked.connect(self._on_asked)
        session.answer_changed.connect(messages.show_answer)
        session.withdrawn.connect(self._on_withdrawn)
        session.rewound.connect(messages.cut)
        session.version_shown.connect(self._on_version_shown)
        session.notice.connect(self.say)
        session.turn_ended.connect(self._on_turn_ended)
        session.busy_changed.connect(self._on_busy)
        kept.opened.connect(self._show_conversation)
        kept.remarked.connect(self._offer)
        kept.listed.connect(self.list.show_found)
        kept.changed.connect(self._on_kept_changed)
        messages.insert_requested.connect(self.insert_requested)
        messages.replace_requested.connect(self.replace_requested)
        messages.again_requested.connect(self._regenerate)
        messages.edit_requested.connect(self._edit)
        messages.version_requested.connect(session.show_version)
        messages.link_requested.connect(self._ask_link)
        self.head.list_requested.connect(self.toggle_list)
        self.head.new_requested.connect(self.new_conversation)
        self.head.renamed.connect(self._rename)
        self.head.left.connect(self.focus_input)
        self.list.search_requested.connect(kept.list_all)
        self.list.open_requested.connect(self._open_listed)
        self.list.rename_requested.connect(kept.rename)
        self.list.delete_requested.connect(kept.delete)
        self.list.left.connect(self._leave_list)
        composer = self.composer
        composer.send_requested.connect(self._send)
        composer.stop_requested.connect(self._stop_clicked)
        composer.document_toggled.connect(self._toggle_document)
        composer.selection_toggled.connect(self._toggle_selection)
        composer.edit.textChanged.connect(self._typed)
        self.notice.acted.connect(self._undo)

    def set_document_source(self, source: ContextSource) -> None:
        """Where the open document's text comes from; asked when a message is sent."""
        self._document_source = source

    def set_selection_source(self, source: ContextSource) -> None:
        """Where the selected text comes from; asked when a message is sent."""
        self._selection_source = source

    @Slot()
    def focus_input(self) -> None:
        """Put the caret into the message field."""
        self.composer.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def stop(self) -> None:
        """Stop the running answer; what there is of it stays."""
        self.session.stop()

    @Slot()
    def _stop_clicked(self) -> None:
        self.focus_input()
        self.stop()

    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return self.session.conversation()

    @Slot()
    def new_conversation(self) -> None:
        """Begin anew; the old conversation stays among the others."""
        self._leave_list()
        self.conversations.new()

    @Slot()
    def toggle_list(self) -> None:
        """Show all conversations, or go back to the open one."""
        if self.list.isVisible():
            self._leave_list()
            return
        self.empty.hide()
        self.messages.hide()
        self.list.show()
        self.list.ask(self.conversation().id)

    @Slot()
    def rename(self) -> None:
        """Let the person change the open conversation's title."""
        self.head.rename()

    @Slot()
    def delete(self) -> None:
        """Delete the open conversation; it can be brought back."""
        if self.conversation().is_empty():
            self.say(self.tr("There is no conversation to delete yet."))
        else:
            self.conversations.delete(self.conversation().id)
        self.focus_input()

    @Slot()
    def edit_message(self) -> None:
        """Edit the message that the person was at last, or the question of that answer."""
        index = self._nearest(Role.USER)
        if index is None:
            self.say(self.tr("There is no message to edit yet."))
        else:
            self._edit(index)

    @Slot()
    def regenerate(self) -> None:
        """Ask for another version of the answer that the person was at last."""
        messages = self.conversation().messages
        index = self._nearest(Role.ASSISTANT)
        if not messages:
            self.say(self.tr("There is no answer yet."))
        else:
            self._regenerate(len(messages) - 1 if index is None else index)

    @Slot()
    def next_version(self) -> None:
        """Show the next version of the message that the person was at last."""
        self._step_version(1)

    @Slot()
    def previous_version(self) -> None:
        """Show the version before."""
        self._step_version(-1)

    @Slot()
    def copy_answer(self) -> None:
        """Put the answer that the person was at last on the clipboard."""
        view = self.messages.view(self._nearest(Role.ASSISTANT))
        if view is None:
            self.say(self.tr("There is no answer yet."))
        else:
            view.copy()

    @Slot()
    def insert_answer(self) -> None:
        """Put the answer that the person was at last into the page."""
        self._give_answer(self.insert_requested)

    @Slot()
    def replace_by_answer(self) -> None:
        """Put it in the place of what is selected in the page."""
        self._give_answer(self.replace_requested)

    def _give_answer(self, signal: SignalInstance) -> None:
        index = self._nearest(Role.ASSISTANT)
        if index is None:
            self.say(self.tr("There is no answer yet."))
        else:
            signal.emit(self.conversation().messages[index].content)

    @Slot()
    def add_document(self) -> None:
        """Let answers use the open document."""
        self._toggle_document(True)
        self.focus_input()

    @Slot()
    def add_selection(self) -> None:
        """Let answers use the selected text."""
        self._toggle_selection(True)
        self.focus_input()

    def uses_document(self) -> bool:
        """Whether the open document goes along with messages."""
        return self._use_document

    def uses_selection(self) -> bool:
        """Whether the selected text goes along with messages."""
        return self._use_selection

    @Slot(object)
    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self._look = AnswerLook(theme, _text_font(), mono_font())
        self.setStyleSheet(chat_style(theme))
        self.composer.set_font(self._look.font)
        self.messages.apply_look(self._look)

    def end(self) -> None:
        """Write the conversation, with what there is of a running answer, and wait for it."""
        self.conversations.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the answer, or leaves the message as it was, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.session.busy():
            self.stop()
            self.focus_input()
        elif event.key() == Qt.Key.Key_Escape and self._editing is not None:
            self._end_editing()
            self.composer.set_text("")
            self.notice.hide()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        text = self.composer.text()
        if not text.strip():
            return
        if self.session.busy():
            self.say(self.tr("An answer is still being written. Wait for it, or press Esc."))
            return
        context = self._context()
        if context is None:
            return
        self._leave_list()
        self.conversations.forget_undo()
        self.notice.hide()
        self.composer.set_text("")
        self.focus_input()  # the button that was clicked is of no more use
        index = self._editing
        self._end_editing()
        self.session.send(text, context, index=index)

    @Slot(int)
    def _edit(self, index: int) -> None:
        if self.session.busy():
            self.say(self.tr("An answer is still being written. Wait for it, or press Esc."))
            return
        self._leave_list()
        self.say(
            self.tr(
                "Change your message and send it again. What followed it is kept as another "
                "version. Esc leaves everything as it was."
            )
        )
        self._editing = index
        self.composer.set_text(self.conversation().messages[index].content)
        self.focus_input()

    def _end_editing(self) -> None:
        self._editing = None

    @Slot(int)
    def _regenerate(self, index: int) -> None:
        self._end_editing()
        self._leave_list()
        self.conversations.forget_undo()
        self.notice.hide()
        known = context_is_known(self.conversation(), index)
        context = () if known else self._context()
        if context is not None:
            self.session.regenerate(context, index=index)
        self.focus_input()

    def _nearest(self, role: Role) -> int | None:
        """The message of ``role`` that the person was at last, or that belongs to it."""
        messages = self.conversation().messages
        at = min(self.messages.current(), len(messages) - 1)
        around = (at, at - 1, at + 1) if role == Role.USER else (at, at + 1, at - 1)
        for index in around:
            if 0 <= index < len(messages) and messages[index].role == role:
                return index
        return None

    def _step_version(self, by: int) -> None:
        messages = self.conversation().messages
        at = min(self.messages.current(), len(messages) - 1)
        for index in (at, at - 1, at + 1):
            if 0 <= index < len(messages) and messages[index].versions > 1:
                self.session.show_version(index, messages[index].place + by)
                return
        self.say(self.tr("This message has no other versions."))

    @Slot(int)
    def _on_version_shown(self, index: int) -> None:
        self.messages.show_rest(self.conversation())
        self.messages.reveal(index)

    def _context(self) -> tuple[ContextText, ...] | None:
        """The texts that go along, as they are now; None when one is wanted and gone."""
        found = []
        if self._use_document:
            document = _ask(self._document_source)
            if document is None:
                self.say(self.tr("The document is empty. Remove “This document” or write first."))
                return None
            found.append(document)
        if self._use_selection:
            selection = _ask(self._selection_source)
            if selection is None:
                self.say(self.tr("Nothing is selected now. Select text or remove “Selection”."))
                return None
            found.append(selection)
        return tuple(found)

    @Slot(bool)
    def _toggle_document(self, on: bool) -> None:
        if on and _ask(self._document_source) is None:
            self.say(self.tr("The document is empty, so there is nothing to add yet."))
            return
        changed, self._use_document = on != self._use_document, on
        self._show_context()
        if changed:
            self.document_use_changed.emit(on)

    @Slot(bool)
    def _toggle_selection(self, on: bool) -> None:
        if on and _ask(self._selection_source) is None:
            self.say(self.tr("Select some text in the document first, then add it here."))
            return
        self._use_selection = on
        self._show_context()

    def _show_context(self) -> None:
        if not self._holds_notice():
            self.notice.hide()
        self.composer.show_context(document=self._use_document, selection=self._use_selection)
        self.focus_input()

    @Slot(int)
    def _show_conversation(self, index: int = -1) -> None:
        conversation = self.session.conversation()
        self._end_editing()
        self.list.hide()
        self.messages.show_conversation(conversation)
        self._show_empty(not conversation.messages)
        self._show_title()
        self.focus_input()
        if index >= 0:
            self.messages.reveal(index)

    def _show_empty(self, empty: bool) -> None:
        listing = not self.list.isHidden()
        self.empty.setVisible(empty and not listing)
        self.messages.setVisible(not empty and not listing)

    def _show_title(self) -> None:
        self.head.set_title(title_of(self.session.conversation()))

    @Slot()
    def _leave_list(self) -> None:
        self.list.hide()
        self._show_empty(not self.session.conversation().messages)
        self.focus_input()

    @Slot(str, int)
    def _open_listed(self, name: str, index: int) -> None:
        self.notice.hide()
        self.conversations.open(name, index)

    @Slot(str)
    def _rename(self, title: str) -> None:
        self.conversations.rename(self.conversation().id, title)
        self.focus_input()

    @Slot()
    def _on_kept_changed(self) -> None:
        self._show_title()
        if self.list.isVisible():
            self.list.search()

    @Slot(object)
    def _on_asked(self, message: ConversationMessage) -> None:
        self._show_empty(False)
        self.messages.add_question(message)
        self._show_title()

    @Slot(object)
    def _on_withdrawn(self, withdrawn: Withdrawn) -> None:
        self._show_conversation()
        typed = self.composer.text()
        self.composer.set_text(f"{withdrawn.text}\n{typed}" if typed.strip() else withdrawn.text)
        self.say(withdrawn.problem)
        self.focus_input()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        self.composer.set_busy(busy)
        self.answering_changed.emit(busy)

    @Slot()
    def _on_turn_ended(self) -> None:
        self.messages.show_places(self.session.conversation())

    @Slot()
    def _typed(self) -> None:
        if not self._holds_notice() and self.composer.text():
            self.notice.hide()

    def _holds_notice(self) -> bool:
        """Whether the notice stays while the person writes."""
        return self.conversations.can_undo() or self._editing is not None

    @Slot(str)
    def say(self, words: str) -> None:
        """Say a sentence above the field."""
        self.conversations.forget_undo()
        self._end_editing()
        self.notice.say(words)

    @Slot(str, str)
    def _offer(self, words: str, act: str) -> None:
        self._end_editing()
        self.notice.say(words, act)

    @Slot()
    def _undo(self) -> None:
        self.notice.hide()
        self.conversations.undo()
        if self.list.isHidden():
            self.focus_input()

    @Slot(QUrl)
    def _ask_link(self, url: QUrl) -> None:
        LinkQuestion(url, self).open()


def _ask(source: ContextSource | None) -> ContextText | None:
    """What a source gives now; text without a word counts as nothing."""
    found = source() if source is not None else None
    return found if found is not None and found.text.strip() else None

"""The chat panel: the conversation, the field to write in, and what goes along with a message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.chat.acts import MessageActs
from app.chat.answer import Withdrawn
from app.chat.composer import Composer
from app.chat.conversation_list import ConversationList
from app.chat.conversations import BEHIND, END, Conversations
from app.chat.empty import EmptyWords
from app.chat.fill import FillMeter
from app.chat.given import GivenDialog
from app.chat.head import ChatHead
from app.chat.history import asked, given_texts, given_whole, request_for, with_question
from app.chat.instruction import InstructionBar
from app.chat.markdown import AnswerLook
from app.chat.message_list import MessageList
from app.chat.notice import Notice
from app.chat.session import ChatSession
from app.chat.sources import DOCUMENT, LIBRARY, SELECTION, ContextSource, Sources
from app.chat.style import chat_style
from app.chat.text_view import LinkQuestion
from app.core.citations import AskedSource
from app.core.conversation import Conversation, ConversationMessage, GivenText, title_of
from app.core.conversation_store import ConversationStore
from app.services.bridge import EngineBridge
from app.services.fonts import mono_font, ui_font
from app.services.theme import THEMES, Theme
from engine import ContextText, GenerationRequest

_TEXT_PX = 14
_SMALLEST_PX = 9


def _look(theme: Theme, pixels: int) -> AnswerLook:
    font = QFont(ui_font())
    font.setPixelSize(pixels)
    return AnswerLook(theme, font, mono_font(pixels - 1))


class ChatPanel(QWidget):
    """A conversation with the model about the person's text; kept between starts."""

    insert_requested = Signal(str)
    replace_requested = Signal(str)
    """The answer is to take the place of what is selected."""
    file_wanted = Signal()
    """The person wants to choose files for answers."""
    citation_requested = Signal(object)
    """Carries a ``Citation``: its source is to be opened where it stands."""
    library_wanted = Signal()
    """The person wants to see what is in the library."""
    library_added = Signal()
    """Answers are to be looked for in the library."""
    quoting_changed = Signal(bool)
    """Whether answers come from the sources alone, with quotations."""
    answering_changed = Signal(bool)
    document_use_changed = Signal(bool)
    """Whether the person wants the open document used for answers."""

    def __init__(
        self, bridge: EngineBridge, store: ConversationStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = _look(THEMES["paper"], _TEXT_PX)
        self.session = ChatSession(bridge, self)
        self.conversations = Conversations(self.session, store, self)
        self.sources = Sources(self)
        self._lay_out()
        self.acts = MessageActs(self.session, self.messages, self.sources, self)
        self._meter = FillMeter(bridge, self._request_to_measure, self)
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
        self.instruction = InstructionBar(self)
        column.addWidget(self.instruction)
        self.list = ConversationList(self)
        self.list.hide()
        column.addWidget(self.list, 1)
        self.empty = EmptyWords(self)
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
            (self.messages.first_stop(), self.composer.edit),
            (self.composer.edit, self.composer.main_button),
            (self.composer.main_button, self.composer.document_button),
            (self.composer.document_button, self.composer.selection_button),
            (self.composer.selection_button, self.composer.file_button),
            (self.composer.file_button, self.composer.library_button),
            (self.composer.library_button, self.composer.modes.chat_button),
            (self.composer.modes.chat_button, self.composer.modes.quote_button),
            (self.composer.modes.quote_button, self.head.title_button),
            (self.head.title_button, self.head.field),
            (self.head.field, self.head.new_button),
            (self.head.new_button, self.head.more_button),
        ):
            QWidget.setTabOrder(earlier, later)
        self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Chat"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()
            self._show_sources()

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
        messages.link_requested.connect(self._ask_link)
        messages.given_requested.connect(self._show_given)
        messages.citation_requested.connect(self.citation_requested)
        self.acts.insert_requested.connect(self.insert_requested)
        self.acts.replace_requested.connect(self.replace_requested)
        self.acts.edit_begun.connect(self._begin_editing)
        self.acts.asked_anew.connect(self._make_room)
        self.acts.remarked.connect(self.say)
        self.sources.changed.connect(self._show_sources)
        self.sources.refused.connect(self.say)
        self.sources.document_use_changed.connect(self.document_use_changed)
        self._connect_head()
        composer = self.composer
        composer.send_requested.connect(self._send)
        composer.stop_requested.connect(self._stop_clicked)
        composer.document_added.connect(self.add_document)
        composer.selection_added.connect(self.add_selection)
        composer.file_wanted.connect(self.file_wanted)
        composer.library_added.connect(self.add_library)
        composer.quoting_chosen.connect(self.set_quoting)
        composer.chips.removed.connect(self._remove_source)
        composer.chips.shown.connect(self._show_source)
        composer.edit.textChanged.connect(self._typed)
        self._meter.measured.connect(composer.chips.show_fill)
        self.notice.acted.connect(self._undo)

    def _connect_head(self) -> None:
        kept = self.conversations
        self.head.list_requested.connect(self.toggle_list)
        self.head.new_requested.connect(self.new_conversation)
        self.head.renamed.connect(self._rename)
        self.head.left.connect(self.focus_input)
        self.instruction.changed.connect(self._instruct)
        self.instruction.left.connect(self.focus_input)
        self.list.search_requested.connect(kept.list_all)
        self.list.open_requested.connect(self._open_listed)
        self.list.rename_requested.connect(kept.rename)
        self.list.delete_requested.connect(kept.delete)
        self.list.left.connect(self._leave_list)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What the commands do that need the panel in sight."""
        return {
            "chat.focus": self.focus_input,
            "chat.add_document": self.add_document,
            "chat.add_selection": self.add_selection,
            "chat.add_library": self.add_library,
            "chat.given": self.show_what_is_given,
            "chat.new": self.new_conversation,
            "chat.conversations": self.toggle_list,
            "chat.instruction": self.instruction.edit_it,
            "chat.rename": self.head.rename,
            "chat.delete": self.delete,
            **self.acts.handlers(),
        }

    def set_document_source(self, source: ContextSource) -> None:
        """Where the open document's text comes from; asked when a message is sent."""
        self.sources.set_source(DOCUMENT, source)

    def set_selection_source(self, source: ContextSource) -> None:
        """Where the selected text comes from; asked when a message is sent."""
        self.sources.set_source(SELECTION, source)

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
    def delete(self) -> None:
        """Delete the open conversation; it can be brought back."""
        if self.conversation().is_empty():
            self.say(self.tr("There is no conversation to delete yet."))
        else:
            self.conversations.delete(self.conversation().id)
        self.focus_input()

    @Slot()
    def add_document(self) -> None:
        """Let answers use the open document."""
        self.sources.use(DOCUMENT, True)
        self.focus_input()

    @Slot()
    def add_selection(self) -> None:
        """Let answers use the selected text."""
        self.sources.use(SELECTION, True)
        self.focus_input()

    @Slot()
    def add_library(self) -> None:
        """Look for answers in the library."""
        self.sources.use(LIBRARY, True)
        self.focus_input()
        self.library_added.emit()

    @Slot(bool)
    def set_quoting(self, on: bool) -> None:
        """Answer from the sources alone, with quotations, or talk."""
        self.sources.set_quoting(on)

    def uses_document(self) -> bool:
        """Whether the open document goes along with messages."""
        return self.sources.uses(DOCUMENT)

    def uses_selection(self) -> bool:
        """Whether the selected text goes along with messages."""
        return self.sources.uses(SELECTION)

    @Slot()
    def show_what_is_given(self) -> None:
        """Show what the model would be given with the next message."""
        if self.sources.quoting():
            texts = given_whole(self.sources.texts())
            self._open_given(
                texts,
                self.tr("These texts are searched. The model gets the sentences that are quoted.")
                if texts
                else self.tr("The model gets the sentences that are quoted, and your question."),
            )
            return
        prompt = self._next_request().prompt
        whole = prompt if isinstance(prompt, str) else prompt[0].content
        texts = given_texts(self.sources.texts())
        self._open_given((*texts, GivenText(self.tr("As the model reads it"), whole)))

    @Slot(str)
    def _show_source(self, name: str) -> None:
        if name == LIBRARY:
            self.library_wanted.emit()
        else:
            self.show_what_is_given()

    @Slot(int)
    def _show_given(self, index: int) -> None:
        messages = self.conversation().messages
        answer = messages[index + 1] if index + 1 < len(messages) else None
        words = ""
        if messages[index].sources and not messages[index].context:
            words = self.tr("Nothing: it was not asked, since your sources do not say it.")
        elif answer is not None and answer.read_tokens:
            words = self.tr("With the conversation the model read {count} tokens.").format(
                count=f"{answer.read_tokens:,}"
            )
        self._open_given(messages[index].context, words)

    def _open_given(self, texts: tuple[GivenText, ...], words: str = "") -> None:
        GivenDialog(texts, words, self._look.font, self).open()

    @Slot(object)
    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self.setStyleSheet(chat_style(theme))
        self._apply_look(_look(theme, self._look.font.pixelSize()))

    def set_text_scale(self, scale: float) -> None:
        """Set messages larger or smaller than usual, as the page is."""
        pixels = max(_SMALLEST_PX, round(_TEXT_PX * scale))
        self._apply_look(_look(self._look.theme, pixels))

    def _apply_look(self, look: AnswerLook) -> None:
        self._look = look
        self.composer.set_font(look.font)
        self.instruction.set_font(look.font)
        self.messages.apply_look(look)

    def end(self) -> None:
        """Write the conversation, with what there is of a running answer, and wait for it."""
        self.conversations.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the answer, or leaves the message as it was, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.session.busy():
            self.stop()
            self.focus_input()
        elif event.key() == Qt.Key.Key_Escape and self.acts.editing() is not None:
            self.acts.end_editing()
            self.composer.set_text(self.conversation().draft)
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
        context, sources = self._about()
        if context is None or sources is None:
            return
        index = self.acts.editing()
        self._make_room()
        if index is None:
            self.session.amend(draft="")
        self.composer.set_text(self.conversation().draft)
        self.session.send(text, context, sources=sources, index=index)

    def ask(self, text: str) -> None:
        """Ask ``text`` with nothing else given; what is in the composer stays there."""
        if self.session.busy():
            self.say(self.tr("An answer is still being written. Wait for it, or press Esc."))
            return
        self._make_room()
        self.session.send(text)

    def _about(self) -> tuple[tuple[ContextText, ...] | None, tuple[AskedSource, ...] | None]:
        """What goes along with a message, or where its answer is looked for; None if missing."""
        if self.sources.quoting():
            return (), self.sources.asked()
        return self.sources.wanted(), ()

    @Slot()
    def _make_room(self) -> None:
        """Something is asked: what was said before and the list are of no more use."""
        self.acts.end_editing()
        self.conversations.forget_undo()
        self.notice.hide()
        self._leave_list()

    @Slot(str)
    def _begin_editing(self, words: str) -> None:
        self._leave_list()
        self.conversations.forget_undo()
        self.notice.say(
            self.tr(
                "Change your message and send it again. What followed it is kept as another "
                "version. Esc leaves everything as it was."
            )
        )
        self.composer.set_text(words)

    def _request_to_measure(self) -> GenerationRequest | None:
        """What is quoted is known only once it is asked for, and is never long."""
        return None if self.sources.quoting() else self._next_request()

    def _next_request(self) -> GenerationRequest:
        """What would be sent now; a place holder stands for a message not yet written."""
        question = asked(self.composer.text().strip() or "…", given_texts(self.sources.texts()))
        index = self.acts.editing()
        return request_for(with_question(self.session.conversation(), question, index))

    @Slot(str)
    def _remove_source(self, name: str) -> None:
        self.sources.remove(name)
        self.focus_input()

    @Slot()
    def _show_sources(self) -> None:
        if not self._holds_notice():
            self.notice.hide()
        quoting = self.sources.quoting()
        self.composer.show_sources(self.sources.listed(), quoting=quoting)
        self.empty.set_quoting(quoting)
        self.quoting_changed.emit(quoting)
        self._meter.measure_soon()

    @Slot(int)
    def _show_conversation(self, index: int = END) -> None:
        conversation = self.session.conversation()
        self.acts.end_editing()
        if index != BEHIND:
            self.list.hide()
        self.instruction.show_instruction(conversation.instruction)
        self.composer.set_text(conversation.draft)
        self.messages.show_conversation(conversation)
        self._show_empty(not conversation.messages)
        self._show_title()
        self._meter.measure_soon()
        if self.list.isHidden():
            self.focus_input()
        if index >= 0:
            self.messages.reveal(index)

    @Slot(int)
    def _on_version_shown(self, index: int) -> None:
        self.messages.show_rest(self.conversation())
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

    @Slot(str)
    def _instruct(self, instruction: str) -> None:
        self.session.amend(instruction=instruction)
        self.instruction.show_instruction(self.conversation().instruction)
        self.conversations.save()
        self._meter.measure_soon()
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
        self._meter.measure_soon()

    @Slot()
    def _typed(self) -> None:
        if not self._holds_notice() and self.composer.text():
            self.notice.hide()
        if self.acts.editing() is None:
            self.conversations.keep_draft(self.composer.text())
        self._meter.measure_soon()

    def _holds_notice(self) -> bool:
        """Whether the notice stays while the person writes."""
        return self.conversations.can_undo() or self.acts.editing() is not None

    @Slot(str)
    def say(self, words: str) -> None:
        """Say a sentence above the field."""
        self.conversations.forget_undo()
        self.acts.end_editing()
        self.notice.say(words)

    @Slot(str, str)
    def _offer(self, words: str, act: str) -> None:
        self.acts.end_editing()
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

"""The chat panel: the conversation, the field to write in, and what goes along with a message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.chat.buttons import quiet_button
from app.chat.composer import Composer
from app.chat.markdown import AnswerLook
from app.chat.message_list import MessageList
from app.chat.notice import Notice
from app.chat.saver import ConversationSaver
from app.chat.session import ChatSession, Withdrawn
from app.chat.style import chat_style
from app.chat.text_view import LinkQuestion
from app.core.conversation import Conversation, ConversationMessage, ConversationStore
from app.services.bridge import EngineBridge
from app.services.fonts import mono_font, ui_font
from app.services.theme import THEMES, Theme
from engine import ContextText

ContextSource = Callable[[], ContextText | None]
_TEXT_PX = 14


def _text_font() -> QFont:
    font = QFont(ui_font())
    font.setPixelSize(_TEXT_PX)
    return font


class ChatPanel(QWidget):
    """A conversation with the model about the person's text; kept between starts."""

    insert_requested = Signal(str)
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
        self._undoable: Conversation | None = None
        self._look = AnswerLook(THEMES["paper"], _text_font(), mono_font())
        self.session = ChatSession(bridge, self)
        self._saver = ConversationSaver(store, self)
        self._lay_out()
        self._connect()
        self.apply_theme(self._look.theme)
        self.session.replace(store.load())

    def _lay_out(self) -> None:
        self.setMinimumWidth(240)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(23, 10, 12, 6)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        head.addWidget(self._title, 1)
        self.new_button = quiet_button("", self)
        policy = self.new_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the title would move when it comes
        self.new_button.setSizePolicy(policy)
        head.addWidget(self.new_button)
        column.addLayout(head)
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
            (self.composer.selection_button, self.new_button),
        ):
            QWidget.setTabOrder(earlier, later)
        self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Chat"))
        self._title.setText(self.tr("Chat"))
        self.new_button.setText(self.tr("New conversation"))
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
        self.session.replaced.connect(self._show_conversation)
        self.session.asked.connect(self._on_asked)
        self.session.answer_changed.connect(self.messages.show_answer)
        self.session.withdrawn.connect(self._on_withdrawn)
        self.session.notice.connect(self._say)
        self.session.turn_ended.connect(self._save_turn)
        self.session.busy_changed.connect(self._on_busy)
        self._saver.failed.connect(self._say)
        self.messages.insert_requested.connect(self.insert_requested)
        self.messages.again_requested.connect(self._regenerate)
        self.messages.link_requested.connect(self._ask_link)
        self.composer.send_requested.connect(self._send)
        self.composer.stop_requested.connect(self._stop_clicked)
        self.composer.document_toggled.connect(self._toggle_document)
        self.composer.selection_toggled.connect(self._toggle_selection)
        self.composer.edit.textChanged.connect(self._typed)
        self.new_button.clicked.connect(self.new_conversation)
        self.notice.acted.connect(self._undo_new)

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
        """Begin anew; the old conversation can be brought back until the next message."""
        self.session.stop()
        old = self.session.conversation()
        self.focus_input()
        if not old.messages:
            return
        self.session.replace(Conversation())
        self._undoable = old
        self.notice.say(self.tr("This is a new conversation."), self.tr("Bring the old one back"))
        self._save_turn()

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

    def save(self) -> None:
        """Write the conversation, with what there is of a running answer, and wait for it."""
        self._saver.save(self.session.to_save())
        self._saver.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the answer, wherever in the panel the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.session.busy():
            self.stop()
            self.focus_input()
            return
        super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        text = self.composer.text()
        if not text.strip():
            return
        if self.session.busy():
            self._say(self.tr("An answer is still being written. Wait for it, or press Esc."))
            return
        context = self._context()
        if context is None:
            return
        self._forget_undo()
        self.notice.hide()
        self.composer.set_text("")
        self.focus_input()  # the button that was clicked is of no more use
        self.session.send(text, context)

    @Slot()
    def _regenerate(self) -> None:
        self.notice.hide()
        context = self._context()
        if context is not None:
            self.session.regenerate(context)
        self.focus_input()

    def _context(self) -> tuple[ContextText, ...] | None:
        """The texts that go along, as they are now; None when one is wanted and gone."""
        found = []
        if self._use_document:
            document = _ask(self._document_source)
            if document is None:
                self._say(self.tr("The document is empty. Remove “This document” or write first."))
                return None
            found.append(document)
        if self._use_selection:
            selection = _ask(self._selection_source)
            if selection is None:
                self._say(self.tr("Nothing is selected now. Select text or remove “Selection”."))
                return None
            found.append(selection)
        return tuple(found)

    @Slot(bool)
    def _toggle_document(self, on: bool) -> None:
        if on and _ask(self._document_source) is None:
            self._say(self.tr("The document is empty, so there is nothing to add yet."))
            return
        changed, self._use_document = on != self._use_document, on
        self._show_context()
        if changed:
            self.document_use_changed.emit(on)

    @Slot(bool)
    def _toggle_selection(self, on: bool) -> None:
        if on and _ask(self._selection_source) is None:
            self._say(self.tr("Select some text in the document first, then add it here."))
            return
        self._use_selection = on
        self._show_context()

    def _show_context(self) -> None:
        if self._undoable is None:
            self.notice.hide()
        self.composer.show_context(document=self._use_document, selection=self._use_selection)
        self.focus_input()

    @Slot()
    def _show_conversation(self) -> None:
        conversation = self.session.conversation()
        self.messages.show_conversation(conversation)
        self._show_empty(not conversation.messages)

    def _show_empty(self, empty: bool) -> None:
        self.empty.setVisible(empty)
        self.messages.setVisible(not empty)
        self.new_button.setVisible(not empty)

    @Slot(object)
    def _on_asked(self, message: ConversationMessage) -> None:
        self._show_empty(False)
        self.messages.add_question(message)

    @Slot(object)
    def _on_withdrawn(self, withdrawn: Withdrawn) -> None:
        self.messages.withdraw_last()
        self._show_empty(not self.session.conversation().messages)
        typed = self.composer.text()
        self.composer.set_text(f"{withdrawn.text}\n{typed}" if typed.strip() else withdrawn.text)
        self._say(withdrawn.problem)
        self.focus_input()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        self.composer.set_busy(busy)
        self.answering_changed.emit(busy)

    @Slot()
    def _save_turn(self) -> None:
        self._saver.save(self.session.conversation())

    @Slot()
    def _typed(self) -> None:
        if self._undoable is None and self.composer.text():
            self.notice.hide()

    @Slot(str)
    def _say(self, words: str) -> None:
        self._forget_undo()
        self.notice.say(words)

    def _forget_undo(self) -> None:
        self._undoable = None

    @Slot()
    def _undo_new(self) -> None:
        if self._undoable is not None:
            old, self._undoable = self._undoable, None
            self.notice.hide()
            self.session.replace(old)
            self._save_turn()
        self.focus_input()

    @Slot(QUrl)
    def _ask_link(self, url: QUrl) -> None:
        LinkQuestion(url, self).open()


def _ask(source: ContextSource | None) -> ContextText | None:
    """What a source gives now; text without a word counts as nothing."""
    found = source() if source is not None else None
    return found if found is not None and found.text.strip() else None

"""The messages, one below the other, in a list that stays where the person is reading."""

from __future__ import annotations

import time
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.chat.answer import Answer, Phase, answer_of
from app.chat.buttons import quiet_button
from app.chat.history import unanswered
from app.chat.markdown import AnswerLook
from app.chat.message import AnswerView, MessageView, QuestionView
from app.core.conversation import Conversation, ConversationMessage
from engine import Role

_PAGE = 60
"""Messages shown, and added at a time where there are more."""
_AT_ONCE = 4
"""Messages that are built before anything is shown: about what is in sight."""
_SLICE_S, _BETWEEN_MS = 0.008, 5
"""How long messages above are built before keys and painting have their turn, and for how long."""
_ROUNDS = 3
"""Turns of the event loop until new messages have their widths, their heights and their places."""
_NEAR_END = 8
"""Pixels from the bottom that still count as being there."""


class MessageList(QScrollArea):
    """Shows a conversation. New text keeps the end in view only if it was in view."""

    insert_requested = Signal(str)
    replace_requested = Signal(str)
    again_requested = Signal(int)
    """Another version of this message, an answer, is wanted."""
    edit_requested = Signal(int)
    given_requested = Signal(int)
    """What was sent along with this message is to be shown."""
    version_requested = Signal(int, int)
    """The number of a message, and the place of the version that is wanted."""
    link_requested = Signal(QUrl)
    citation_requested = Signal(object)
    """Carries the ``Citation`` that is to be opened in its source."""

    def __init__(self, look: AnswerLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._views: list[MessageView] = []
        self._earlier: tuple[ConversationMessage, ...] = ()
        self._due = 0
        """How many of the earlier ones are still to be built."""
        self._at_end = True
        self._anchor: tuple[MessageView, int] | None = None
        self._current: MessageView | None = None
        self.setObjectName("messages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(12, 10, 12, 4)
        self._column.setSpacing(6)
        self._more = quiet_button("", holder)
        self._more.clicked.connect(self.show_earlier)
        self._more.hide()
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.setWidget(holder)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.timeout.connect(self._fill)
        self._rounds = 0
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        self._holding = QTimer(self)
        self._holding.setSingleShot(True)
        self._holding.timeout.connect(self._hold)
        bar = self.verticalScrollBar()
        bar.actionTriggered.connect(self._forget_anchor)
        bar.valueChanged.connect(self._moved)
        bar.rangeChanged.connect(self._grew)
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Conversation"))
        self._more.setText(self.tr("Show earlier messages"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def views(self) -> tuple[MessageView, ...]:
        """All messages shown, oldest first."""
        return tuple(self._views)

    def last_answer(self) -> AnswerView | None:
        """The newest answer, if the list ends with one."""
        last = self._views[-1] if self._views else None
        return last if isinstance(last, AnswerView) else None

    def first_stop(self) -> QWidget:
        """What the Tab key reaches first; the messages follow it, and then what is set behind."""
        return self._more

    def at_end(self) -> bool:
        """Whether the newest words are in view and stay there."""
        return self._at_end

    def show_conversation(self, conversation: Conversation) -> None:
        """Replace everything by ``conversation``: its end at once, more as there is time."""
        self.setUpdatesEnabled(False)
        self.cut(0)
        self._earlier = conversation.messages[:-_AT_ONCE]
        self._due = min(len(self._earlier), _PAGE - _AT_ONCE)
        self.show_rest(conversation)
        self._offer_more()
        self._to_end()
        self.setUpdatesEnabled(True)
        self._filling.start(0)

    def is_filled(self) -> bool:
        """Whether all is built that is shown without being asked for."""
        return not self._due

    def _offer_more(self) -> None:
        self._more.setVisible(len(self._earlier) > self._due)

    @Slot()
    def _fill(self) -> None:
        """Build messages above those shown for a moment, the newest first."""
        if not self._due:
            return
        until = time.perf_counter() + _SLICE_S
        if not self._at_end:
            self._drop_anchor()
        self.setUpdatesEnabled(False)  # until everything has its place again
        while self._due and time.perf_counter() < until:
            message, self._earlier = self._earlier[-1], self._earlier[:-1]
            self._due -= 1
            self._add(self._view_of(message), 0)
        self._rounds = _ROUNDS
        self._settling.start(0)

    @Slot()
    def _settle(self) -> None:
        self._hold()
        self._keep_end()
        self._rounds -= 1
        if self._rounds:
            self._settling.start(0)
            return
        self.setUpdatesEnabled(True)
        self._filling.start(_BETWEEN_MS)

    def show_rest(self, conversation: Conversation) -> None:
        """Show the messages of ``conversation`` that follow those shown."""
        for message in conversation.messages[len(self._earlier) + len(self._views) :]:
            self._add(self._view_of(message))
        if unanswered(conversation) is not None:
            self._add(self._answer_view(Answer(Phase.STOPPED), with_context=False))
        self._mark_last()

    def show_places(self, conversation: Conversation) -> None:
        """Show of each message which of how many versions it is."""
        shown = conversation.messages[len(self._earlier) :]
        for view, message in zip(self._views, shown, strict=False):
            view.show_place(message)

    def cut(self, index: int) -> None:
        """Take the messages from ``index`` on away."""
        for view in self._views[max(0, index - len(self._earlier)) :]:
            self._remove(view)
        self._earlier = self._earlier[:index]
        self._due = min(self._due, len(self._earlier))
        self._offer_more()
        self._mark_last()

    def reveal(self, index: int) -> None:
        """Go to message ``index``, with as much of the beginning as that takes."""
        while index < len(self._earlier):
            self.show_earlier()
        view = self.view(index)
        if view is not None:
            view.setFocus(Qt.FocusReason.TabFocusReason)

    def view(self, index: int | None) -> MessageView | None:
        """The view of message ``index`` where it is shown."""
        place = -1 if index is None else index - len(self._earlier)
        return self._views[place] if 0 <= place < len(self._views) else None

    def current(self) -> int:
        """The number of the message that the person was at last, the newest at first; -1: none."""
        if self._current is None:
            return -1
        return len(self._earlier) + self._views.index(self._current)

    def add_question(self, message: ConversationMessage) -> None:
        """Show a new question and an empty answer to it, and go to the end."""
        self._add(self._view_of(message))
        with_context = bool(message.context)
        self._add(self._answer_view(Answer(Phase.READING), with_context=with_context))
        self._mark_last()
        self._to_end()

    def show_answer(self, answer: Answer) -> None:
        """Show how the newest answer stands."""
        view = self.last_answer()
        if view is not None:
            view.show_answer(answer)

    def apply_look(self, look: AnswerLook) -> None:
        """Set everything anew in another theme or font."""
        if look == self._look:
            return
        self._look = look
        for view in self._views:
            if isinstance(view, AnswerView | QuestionView):
                view.apply_look(look)

    @Slot()
    def show_earlier(self) -> None:
        """Show more of the beginning; what is in view stays where it is."""
        self._drop_anchor()
        page, self._earlier = self._earlier[-_PAGE:], self._earlier[:-_PAGE]
        self._due = max(0, self._due - len(page))
        for at, message in enumerate(page):
            self._add(self._view_of(message), at)
        self._offer_more()
        if self._views:
            self._views[len(page)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _view_of(self, message: ConversationMessage) -> MessageView:
        if message.role == Role.USER:
            question = QuestionView(message, self._look)
            question.edit_requested.connect(self._ask_edit)
            question.given_requested.connect(self._ask_given)
            return question
        view = self._answer_view(answer_of(message), with_context=False)
        view.show_place(message)
        return view

    def _answer_view(self, answer: Answer, *, with_context: bool) -> AnswerView:
        view = AnswerView(self._look, with_context=with_context)
        view.insert_requested.connect(self.insert_requested)
        view.replace_requested.connect(self.replace_requested)
        view.again_requested.connect(self._ask_again)
        view.citation_requested.connect(self.citation_requested)
        view.show_answer(answer)
        return view

    def _sender_index(self) -> int:
        return len(self._earlier) + self._views.index(cast(MessageView, self.sender()))

    @Slot()
    def _ask_again(self) -> None:
        self.again_requested.emit(self._sender_index())

    @Slot()
    def _ask_edit(self) -> None:
        self.edit_requested.emit(self._sender_index())

    @Slot()
    def _ask_given(self) -> None:
        self.given_requested.emit(self._sender_index())

    @Slot(int)
    def _ask_version(self, place: int) -> None:
        self.version_requested.emit(self._sender_index(), place)

    def _add(self, view: MessageView, at: int | None = None) -> None:
        view.link_requested.connect(self.link_requested)
        view.step_requested.connect(self._step)
        view.version_requested.connect(self._ask_version)
        place = len(self._views) if at is None else at
        self._column.insertWidget(place + 1, view)  # the button for more comes first
        # What is made last would come last to the keyboard, behind the field below the list.
        QWidget.setTabOrder(self._views[place - 1].last_stop() if place else self._more, view)
        view.order_stops()
        self._views.insert(place, view)
        if at is None:
            self._set_current(view)

    def _remove(self, view: MessageView) -> None:
        self._views.remove(view)
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()
        if self._anchor is not None and self._anchor[0] is view:
            self._anchor = None
        if self._current is view:
            self._current = None
            if self._views:
                self._set_current(self._views[-1])

    def _mark_last(self) -> None:
        for view in self._views:
            if isinstance(view, AnswerView):
                view.set_last(view is self._views[-1])

    def _set_current(self, view: MessageView) -> None:
        if self._current is not None:
            self._current.set_tab_stop(False)
        self._current = view
        view.set_tab_stop(True)

    @Slot(int)
    def _step(self, by: int) -> None:
        if self._current is None:
            return
        index = self._views.index(self._current) + by
        if 0 <= index < len(self._views):
            self._views[index].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot("QWidget*", "QWidget*")
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        holder = self.widget()
        inside = new if new and holder and holder.isAncestorOf(new) else None
        while inside is not None and not isinstance(inside, MessageView):
            inside = inside.parentWidget()
        for view in self._views:
            view.set_focus_inside(view is inside)
        if isinstance(inside, MessageView) and inside in self._views:
            self._set_current(inside)
            if new is inside:
                self.ensureWidgetVisible(inside, 0, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the message being read in its place while all of them get higher or lower."""
        if event.size().width() != event.oldSize().width() and not self._at_end:
            self._drop_anchor()
        super().resizeEvent(event)

    def _drop_anchor(self) -> None:
        """Hold the first message in view where it is until the person scrolls."""
        top = self.verticalScrollBar().value()
        if self._anchor is None:
            for view in self._views:
                if view.geometry().bottom() >= top:
                    self._anchor = (view, view.y() - top)
                    break

    @Slot()
    def _forget_anchor(self) -> None:
        self._anchor = None

    def _to_end(self) -> None:
        self._at_end = True
        self._anchor = None
        self._keep_end()
        QTimer.singleShot(0, self._keep_end)

    @Slot()
    def _keep_end(self) -> None:
        if self._at_end:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    @Slot(int)
    def _moved(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - _NEAR_END

    @Slot(int, int)
    def _grew(self, _minimum: int, maximum: int) -> None:
        if self._anchor is not None:
            self._hold()
            self._holding.start(0)  # the messages may get their places only after this
        elif self._at_end:
            self.verticalScrollBar().setValue(maximum)

    @Slot()
    def _hold(self) -> None:
        if self._anchor is not None:
            view, offset = self._anchor
            self.verticalScrollBar().setValue(view.y() - offset)

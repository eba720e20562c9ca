"""One message of the conversation: what the person asked, or what the model answered."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.chat.answer import Answer, Phase
from app.chat.buttons import CopyButton, quiet_button
from app.chat.citation_view import QuoteColumn
from app.chat.markdown import AnswerLook, with_marks_closed
from app.chat.text_view import TextView
from app.chat.versions import VersionSwitch
from app.core.conversation import ConversationMessage

_ROW_HEIGHT = 26
_LEFT = 11
_WORTH_TELLING_MS = 50
_PADDING = 7
"""Of a quiet button: its words stand in line with the text above them."""


class MessageView(QFrame):
    """What both kinds share: the text, keyboard focus, and actions that show when wanted."""

    link_requested = Signal(QUrl)
    step_requested = Signal(int)
    """The person moves to another message: -1 up, 1 down."""
    version_requested = Signal(int)
    """Another version of this message is wanted: its place, counted from 0."""

    def __init__(self, look: AnswerLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hovered = False
        self._focused = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.text_view = TextView(self)
        self.text_view.link_requested.connect(self.link_requested)
        self._copy: CopyButton | None = None
        self._switch: VersionSwitch | None = None

    def show_place(self, message: ConversationMessage) -> None:
        """Show which of how many versions this is."""
        if message.versions > 1 and self._switch is None:
            self._switch = VersionSwitch(self)
            self._switch.chosen.connect(self.version_requested)
            self._add_switch(self._switch)
        if self._switch is not None:
            self._switch.show_place(message.place, message.versions)

    def _add_switch(self, switch: VersionSwitch) -> None:
        raise NotImplementedError

    def last_stop(self) -> QWidget:
        """The last part of this message that the Tab key reaches."""
        return self._copy or self

    def order_stops(self) -> None:
        """Let the parts follow this message to where the Tab key reaches it."""

    def content(self) -> str:
        """The words that Copy takes."""
        raise NotImplementedError

    def set_tab_stop(self, on: bool) -> None:
        """Only one message of a list is reached by Tab; the arrow keys move between them."""
        policy = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    def set_focus_inside(self, inside: bool) -> None:
        """The keyboard focus came to this message or one of its parts, or left it."""
        if inside != self._focused:
            self._focused = inside
            self._update_actions()

    def wants_actions(self) -> bool:
        """Whether the actions are to be seen now."""
        return self._hovered or self._focused

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions under the pointer."""
        super().enterEvent(event)
        self._hovered = True
        self._update_actions()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide them again."""
        super().leaveEvent(event)
        self._hovered = False
        self._update_actions()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between messages, Enter goes into the text, Copy copies all of it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.hasFocus():
            self.step_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self.text_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy(self) -> None:
        """Put the whole message on the clipboard."""
        QGuiApplication.clipboard().setText(self.content())
        if self._copy is not None:
            self._copy.say_copied()

    def _update_actions(self) -> None:
        raise NotImplementedError

    def _name_all(self) -> None:
        raise NotImplementedError


class QuestionView(MessageView):
    """The person's own words, on a tint."""

    edit_requested = Signal()
    given_requested = Signal()
    """What was sent along is to be shown."""

    def __init__(
        self, message: ConversationMessage, look: AnswerLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._text = message.content
        self._edit: QPushButton | None = None
        self._titles = ", ".join(message.context_titles)
        self._searches = bool(message.sources)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_LEFT, 8, _LEFT, 8 if self._titles else 3)
        self._column.setSpacing(4)
        self._column.addWidget(self.text_view)
        self._used = quiet_button("", self)
        self._used.setProperty("flush", True)  # it stands in line with the text
        self._used.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._used.setVisible(bool(self._titles))
        self._used.clicked.connect(self.given_requested)
        self._column.addWidget(self._used, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_place(message)
        self._name_all()
        self.apply_look(look)

    def _add_switch(self, switch: VersionSwitch) -> None:
        self._column.addWidget(switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.setContentsMargins(_LEFT, 8, _LEFT, 4)

    def _name_all(self) -> None:
        self.text_view.setAccessibleName(self.tr("Your message"))
        self.setAccessibleName(self.tr("You wrote: {text}").format(text=self._text))
        self._used.setAccessibleName(
            self.tr("with {titles}; press to see what the model was given").format(
                titles=self._titles
            )
        )
        self._used.setToolTip(self.tr("See what the model was given"))
        self._cut_titles()
        if self._copy is not None and self._edit is not None:
            self._copy.setAccessibleName(self.tr("Copy your message"))
            self._edit.setText(self.tr("Edit"))
            self._edit.setAccessibleName(self.tr("Edit your message and go on from it"))

    def last_stop(self) -> QWidget:
        """What was sent along, once there are actions."""
        return self._used if self._edit is not None else self

    def content(self) -> str:
        """The message as it was sent."""
        return self._text

    def apply_look(self, look: AnswerLook) -> None:
        """Set the text anew in another theme or font."""
        self._look = look
        self.text_view.show_plain(self._text, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the actions in their corner."""
        super().resizeEvent(event)
        self._place_actions()
        self._cut_titles()

    def _update_actions(self) -> None:
        wanted = self.wants_actions()
        if wanted and self._copy is None:
            self._copy = CopyButton(self)
            self._copy.clicked.connect(self.copy)
            self._used.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._edit = quiet_button("", self)
            self._edit.clicked.connect(self.edit_requested)
            self._name_all()
            QWidget.setTabOrder(self, self._copy)
            QWidget.setTabOrder(self._copy, self._edit)
            QWidget.setTabOrder(self._edit, self._used)
        if self._copy is not None and self._edit is not None:
            self._copy.setVisible(wanted)
            self._edit.setVisible(wanted)
            self._place_actions()

    def _cut_titles(self) -> None:
        words = self.tr("in {titles}") if self._searches else self.tr("with {titles}")
        words = words.format(titles=self._titles)
        room = max(0, self.width() - 2 * _LEFT - 16)
        shown = self._used.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self._used.setText(shown.replace("&", "&&"))

    def _place_actions(self) -> None:
        right = self.width() - 5
        for button in (self._edit, self._copy):
            if button is not None:
                button.adjustSize()
                right -= button.width()
                button.move(right, 5)
                button.raise_()


class AnswerView(MessageView):
    """The model's words on the page colour, with what became of them and what can be done."""

    insert_requested = Signal(str)
    replace_requested = Signal(str)
    again_requested = Signal()
    citation_requested = Signal(object)
    """Carries the ``Citation`` that is to be opened in its source."""

    def __init__(
        self, look: AnswerLook, *, with_context: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._answer = Answer(Phase.DONE)
        self._last = False
        self._with_context = with_context
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT - _PADDING, 2, 11, 0)
        self.text_view.set_left_margin(_PADDING)
        column.setSpacing(4)
        self._column = column
        self.quotes: QuoteColumn | None = None
        self._tab_stop = False
        column.addWidget(self.text_view)
        self._state = QLabel(self)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        self._state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._state)
        # The row keeps its height while empty, so that pointing at an answer moves nothing.
        self._row = QWidget(self)
        self._row.setFixedHeight(_ROW_HEIGHT)
        column.addWidget(self._row)
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(2)
        line.addStretch(1)
        self._insert: QPushButton | None = None
        self._replace: QPushButton | None = None
        self._again: QPushButton | None = None
        self._name_all()

    def _add_switch(self, switch: VersionSwitch) -> None:
        line = self._row.layout()
        if isinstance(line, QHBoxLayout):
            line.insertWidget(0, switch)

    def last_stop(self) -> QWidget:
        """Try again, once there are actions; else the last source."""
        return self._again or self._stops()[-1]

    def set_tab_stop(self, on: bool) -> None:
        """The sources are reached by Tab only in the message that the person is at."""
        super().set_tab_stop(on)
        self._tab_stop = on
        policy = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
        for stop in self._stops()[1:]:
            stop.setFocusPolicy(policy)

    def order_stops(self) -> None:
        """Let the sources follow this message to where the Tab key reaches it."""
        for first, then in pairwise(self._stops()):
            QWidget.setTabOrder(first, then)

    def _stops(self) -> list[QWidget]:
        """What the Tab key reaches, without the actions."""
        return [self, *(self.quotes.links() if self.quotes is not None else ())]

    def _show_quotes(self, answer: Answer) -> None:
        if self.quotes is None:
            if not answer.citations and answer.supported:
                return
            self.quotes = QuoteColumn(self._look, self)
            self.quotes.opened.connect(self.citation_requested)
            self._column.insertWidget(0, self.quotes)
        if self.quotes.show_quotes(answer.citations, supported=answer.supported):
            self.order_stops()
            self.set_tab_stop(self._tab_stop)

    def content(self) -> str:
        """The answer's Markdown, as the model wrote it; where it wrote none, what is quoted."""
        answer = self._answer
        return answer.text or "\n\n".join(citation.quote for citation in answer.citations)

    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    def state_words(self) -> str:
        """The words shown below the text, or in its place."""
        return self._state.text() if not self._state.isHidden() else ""

    def show_answer(self, answer: Answer) -> None:
        """Show ``answer`` as it stands now."""
        if answer.text != self._answer.text or answer.phase.running != self._answer.phase.running:
            growing = answer.phase.running
            shown = with_marks_closed(answer.text) if growing else answer.text
            self.text_view.show_markdown(shown, self._look)
        self._answer = answer
        self._show_quotes(answer)
        self.text_view.setVisible(bool(answer.text))
        self._say_state()

    def _say_state(self) -> None:
        answer = self._answer
        words = self._words()
        role = "problem" if answer.phase is Phase.FAILED or answer.doubted else "quiet"
        if self._state.property("role") != role:
            self._state.setProperty("role", role)
            self._state.style().unpolish(self._state)
            self._state.style().polish(self._state)
        self._state.setText(words)
        self._state.setVisible(bool(words))
        quoted = self.quotes.words() if self.quotes is not None else ""
        spoken = " ".join(part for part in (quoted, answer.text or words) if part)
        self.setAccessibleName(self.tr("Inkling answered: {text}").format(text=spoken))
        self._update_actions()

    def _name_all(self) -> None:
        self.text_view.setAccessibleName(self.tr("Answer"))
        self._name_actions()
        self._say_state()

    def _name_actions(self) -> None:
        if self._copy is not None and self._insert is not None and self._replace is not None:
            self._copy.setAccessibleName(self.tr("Copy the answer"))
            self._insert.setText(self.tr("Insert"))
            self._insert.setToolTip(self.tr("Insert the answer at the caret"))
            self._insert.setAccessibleName(self.tr("Insert the answer at the caret"))
            self._replace.setText(self.tr("Replace"))
            self._replace.setToolTip(self.tr("Replace the selection by the answer"))
            self._replace.setAccessibleName(self.tr("Replace the selection by the answer"))

    def set_last(self, last: bool) -> None:
        """Only the last answer can be asked for again."""
        if last != self._last:
            self._last = last
            self._update_actions()

    def apply_look(self, look: AnswerLook) -> None:
        """Set the text anew in another theme or font."""
        self._look = look
        self.text_view.show_markdown(self._answer.text, look)
        if self.quotes is not None:
            self.quotes.apply_look(look)

    def _words(self) -> str:
        match self._answer.phase:
            case Phase.LOADING:
                percent = round(self._answer.progress * 100)
                return self.tr("Loading the model, {percent}%. Your message is sent then.").format(
                    percent=percent
                )
            case Phase.SEARCHING:
                return self.tr("Looking in your sources…")
            case Phase.READING:
                if self._answer.citations:
                    return self.tr("Putting it in a sentence…")
                if self._with_context:
                    return self.tr("Reading your text…")
                return self.tr("Thinking…")
            case Phase.STOPPED:
                return self.tr("Stopped")
            case Phase.CUT:
                return self.tr("Cut here: the answer reached its length limit")
            case Phase.FAILED:
                return self._answer.problem
            case _:
                return "\n".join(part for part in (self._doubt(), self._searched()) if part)

    def _doubt(self) -> str:
        if not self._answer.doubted:
            return ""
        return self.tr("The sentence says more than the quotations do. Trust the quotations.")

    def _searched(self) -> str:
        searched = self._answer.searched
        if searched is None:
            return ""
        number = self.locale().toString
        words = self.tr("{passages} passages searched in {ms} ms").format(
            passages=number(searched.passages), ms=number(max(1, round(searched.search_ms)))
        )
        if searched.score_ms < _WORTH_TELLING_MS:
            return words
        chosen = self.tr("chosen in {seconds} s")
        seconds = number(searched.score_ms / 1000, "f", 1)
        return f"{words}, {chosen.format(seconds=seconds)}"

    def _update_actions(self) -> None:
        answer = self._answer
        running = answer.phase.running
        wanted = not running and (self.wants_actions() or self._last)
        if wanted and self._copy is None:
            self._make_actions()
        if self._copy is None or self._insert is None or self._again is None:
            return
        if self._replace is not None:
            self._replace.setVisible(wanted and bool(answer.text))
        has_text = bool(answer.text)
        self._copy.setVisible(wanted and bool(self.content()))
        self._insert.setVisible(wanted and has_text)
        self._again.setVisible(wanted)
        self._again.setText(self.tr("Regenerate") if has_text else self.tr("Try again"))

    def _make_actions(self) -> None:
        row = self._row.layout()
        if not isinstance(row, QHBoxLayout):
            return
        self._copy = CopyButton(self._row)
        self._copy.clicked.connect(self.copy)
        self._insert = quiet_button("", self._row)
        self._insert.clicked.connect(self._ask_insert)
        self._replace = quiet_button("", self._row)
        self._replace.clicked.connect(self._ask_replace)
        self._again = quiet_button("", self._row)
        self._again.clicked.connect(self.again_requested)
        buttons = (self._copy, self._insert, self._replace, self._again)
        for button in buttons:
            row.insertWidget(row.count() - 1, button)
        self._name_actions()
        for first, then in pairwise((self._stops()[-1], *buttons)):
            QWidget.setTabOrder(first, then)

    @Slot()
    def _ask_insert(self) -> None:
        self.insert_requested.emit(self._answer.text)

    @Slot()
    def _ask_replace(self) -> None:
        self.replace_requested.emit(self._answer.text)

"""The conversation and its running answer: sends, streams, stops, regenerates. Draws nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.chat.answer import Answer, Phase, Withdrawn, answer_of, searched_of
from app.chat.history import (
    asked,
    finished_turn,
    given_texts,
    request_for,
    unanswered,
    with_context,
    with_messages,
    with_question,
)
from app.chat.search import NOTHING_FOUND, EvidenceFinder, Found
from app.core.citations import AskedSource
from app.core.conversation import (
    Conversation,
    ConversationMessage,
    GivenText,
    show_version,
    without_version,
)
from app.services.bridge import EngineBridge
from app.services.sentences import said
from engine import (
    ContextOverflow,
    ContextText,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
)

_TICK_MS = 33
"""How often a growing answer is shown: about every second frame of a 60 Hz screen."""
_FRESH_TEMPERATURE = 0.7
"""A second answer at the usual 0.3 would mostly repeat the first."""


def random_seed() -> int:
    """A fresh seed for the sampler."""
    return secrets.randbelow(2**31)


class ChatSession(QObject):
    """Owns the conversation. One answer runs at a time."""

    replaced = Signal()
    """The whole conversation is another one."""
    asked = Signal(object)
    """Carries the person's new ``ConversationMessage``; an answer to it begins."""
    answer_changed = Signal(object)
    """Carries an ``Answer``, at most every 33 ms while it grows, and once when it ends."""
    withdrawn = Signal(object)
    """Carries a ``Withdrawn``: the last message is no longer part of the conversation."""
    notice = Signal(str)
    """A sentence that belongs to no message."""
    rewound = Signal(int)
    """The messages from this one on are no longer those that were shown."""
    version_shown = Signal(int)
    """From this message on the conversation is another; emitted after ``rewound``."""
    turn_ended = Signal()
    """The conversation is worth saving."""
    busy_changed = Signal(bool)

    def __init__(
        self,
        bridge: EngineBridge,
        parent: QObject | None = None,
        *,
        new_seed: Callable[[], int] = random_seed,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._new_seed = new_seed
        self._conversation = Conversation()
        self._request: GenerationRequest | None = None
        self._submitted = False
        self._earlier: tuple[ConversationMessage, ...] = ()
        """An answer that gets another version, and what follows it."""
        self._answer = Answer(Phase.DONE)
        self._parts: list[str] = []
        self.finder = EvidenceFinder(bridge)
        self._search = 0
        self._searching = False
        self._found = NOTHING_FOUND
        self._read_tokens = 0
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        bridge.status_changed.connect(self._on_status)

    def conversation(self) -> Conversation:
        """All finished messages, and the question being answered."""
        return self._conversation

    def to_save(self) -> Conversation:
        """The conversation with what there is of a running answer."""
        if not self.busy():
            return self._conversation
        return self._with_answer("".join(self._parts), interrupted=True)

    def busy(self) -> bool:
        """Whether an answer is running or waits for the model."""
        return self._request is not None or self._searching

    def last_answer(self) -> Answer:
        """The newest answer, running or ended."""
        return self._answer

    def replace(self, conversation: Conversation) -> None:
        """Stop what runs and go on with ``conversation``."""
        self.stop()
        self._conversation = conversation
        self._answer = Answer(Phase.DONE)
        self.replaced.emit()

    def amend(
        self,
        *,
        title: str | None = None,
        instruction: str | None = None,
        draft: str | None = None,
    ) -> None:
        """Give the conversation another title, instruction or draft."""
        old = self._conversation
        self._conversation = replace(
            old,
            title=old.title if title is None else title.strip(),
            instruction=old.instruction if instruction is None else instruction.strip(),
            draft=old.draft if draft is None else draft,
        )

    def send(
        self,
        text: str,
        context: Sequence[ContextText] = (),
        *,
        sources: tuple[AskedSource, ...] = (),
        index: int | None = None,
    ) -> None:
        """Ask ``text``; ``context`` is what the answer may use. Ignored while one is running.

        With ``sources`` the answer is looked for there, and quoted. With ``index`` it is another
        version of that message, and the conversation goes on from there.
        """
        if self.busy() or not text.strip():
            return
        question = replace(asked(text, given_texts(context)), sources=sources)
        self._conversation = with_question(self._conversation, question, index)
        if index is not None:
            self.rewound.emit(index)
        self.asked.emit(self._conversation.messages[-1])
        self._begin(fresh=False)

    def regenerate(self, context: Sequence[ContextText] = (), *, index: int | None = None) -> None:
        """Answer a question again by another seed, with the context it was asked with.

        ``index`` is the answer that gets another version, None for the last. ``context`` serves
        when what the question was asked with is not known. If nothing comes of it the earlier
        answer stays, and what follows it.
        """
        messages = self._conversation.messages
        if self.busy() or not messages:
            return
        if unanswered(self._conversation) is None:
            index = len(messages) - 1 if index is None else index
            self._earlier = messages[index:]
            messages = messages[:index]
            self.rewound.emit(index + 1)
        question = with_context(messages[-1], context)
        self._conversation = replace(self._conversation, messages=(*messages[:-1], question))
        self._begin(fresh=bool(self._earlier))

    def show_version(self, index: int, place: int) -> None:
        """Go on with another version of message ``index``. Ignored while an answer is running."""
        shown = show_version(self._conversation, index, place)
        if self.busy() or shown is self._conversation:
            return
        self._conversation = shown
        self._answer = Answer(Phase.DONE)
        self.rewound.emit(index)
        self.version_shown.emit(index)
        self.turn_ended.emit()

    def stop(self) -> None:
        """End the running answer and keep what there is of it."""
        if not self.busy():
            return
        self.finder.cancel()
        if self._request is not None and self._submitted:
            self._bridge.cancel(self._request.request_id)
        self._end(Phase.STOPPED)

    def _begin(self, *, fresh: bool) -> None:
        self._parts = []
        question = self._conversation.messages[-1]
        if not question.sources:
            self._ask(request_for(self._conversation), fresh=fresh)
            return
        self._search += 1
        number = self._search
        self._searching = True
        self.busy_changed.emit(True)
        self._show(Answer(Phase.SEARCHING))
        self.finder.find(
            question.content,
            question.sources,
            lambda found: self._on_found(number, found, fresh=fresh),
        )

    def _on_found(self, number: int, found: Found | Exception, *, fresh: bool) -> None:
        if number != self._search or not self._searching:
            return
        if isinstance(found, Exception):
            self._fail(said(found))
            return
        self._found = found
        self._keep_given(found)
        if found.request is None:
            self._end(Phase.DONE)
        else:
            self._searching = False
            self._ask(found.request, fresh=fresh)

    def _keep_given(self, found: Found) -> None:
        """The question is kept with what the model gets for it: what is quoted."""
        *before, question = self._conversation.messages
        given = tuple(GivenText(each.title, each.quote) for each in found.citations)
        question = replace(question, context=given if found.request is not None else ())
        self._conversation = replace(self._conversation, messages=(*before, question))

    def _ask(self, request: GenerationRequest, *, fresh: bool) -> None:
        sampling = replace(request.sampling, seed=self._new_seed())
        if fresh:
            sampling = replace(sampling, temperature=_FRESH_TEMPERATURE)
        self._request = replace(request, sampling=sampling)
        self._submitted = False
        self.busy_changed.emit(True)
        self._proceed(self._bridge.status())

    def _proceed(self, status: EngineStatus) -> None:
        """Hand the waiting request over if the model can take it, or say why it cannot."""
        if self._request is None or self._submitted:
            return
        if status.state is EngineState.LOADING:
            self._show(self._with_quotes(Answer(Phase.LOADING, progress=status.progress)))
        elif status.state in (EngineState.FAILED, EngineState.CLOSED):
            self._fail(self._sentence(status))
        else:
            self._submitted = True
            self._show(self._with_quotes(Answer(Phase.READING)))
            self._bridge.submit(self._request, self._on_chunk)

    def _sentence(self, status: EngineStatus) -> str:
        if status.error is not None:
            return said(status.error)
        return self.tr("The model is not running. Restart Inkling and send the message again.")

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        self._proceed(status)

    def _on_chunk(self, chunk: GenerationChunk) -> None:
        if self._request is None or chunk.request_id != self._request.request_id:
            return
        if chunk.text:
            self._parts.append(chunk.text)
            if not self._tick.isActive():
                self._tick.start()
        if chunk.result is not None:
            self._finish(chunk.result)

    def _finish(self, result: GenerationResult) -> None:
        self._read_tokens = result.prompt_tokens
        match result.finish_reason:
            case FinishReason.ERROR:
                if isinstance(result.error, ContextOverflow) and not self._earlier:
                    self._withdraw(said(result.error))
                else:
                    failed = said(result.error) if result.error else self._unknown_failure()
                    self._fail(failed)
            case FinishReason.CANCELLED:
                self._end(Phase.STOPPED)
            case FinishReason.LENGTH | FinishReason.TIME:
                self._end(Phase.CUT)
            case _:
                self._end(Phase.DONE)

    def _unknown_failure(self) -> str:
        return self.tr("The model could not answer. Your message is kept; try again.")

    @Slot()
    def _show_progress(self) -> None:
        if self._request is not None and self._parts:
            self._show(self._with_quotes(Answer(Phase.WRITING, "".join(self._parts))))

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self.answer_changed.emit(answer)

    def _with_quotes(self, answer: Answer) -> Answer:
        """The answer that is being made, with what it rests on."""
        found = self._found
        return replace(
            answer,
            citations=found.citations,
            supported=found.supported,
            doubted=self._doubted(answer.text),
            searched=searched_of(found.evidence),
        )

    def _doubted(self, text: str) -> bool:
        question = self._conversation.messages[-1].content if self._found.evidence else ""
        return self._found.doubted(question, text)

    def _end(self, phase: Phase) -> None:
        """The answer is over: it joins the conversation, or the earlier one comes back."""
        text = "".join(self._parts).strip()
        answer = self._with_quotes(Answer(phase, text))
        if text or self._found.citations or not self._found.supported:
            self._conversation = self._with_answer(text, interrupted=phase is Phase.STOPPED)
        elif phase is Phase.DONE and not self._earlier:
            self._fail(self.tr("The model gave no answer. Try again, or put it another way."))
            return
        elif self._earlier:
            answer = self._bring_back()
        self._settle(answer)

    def _fail(self, problem: str) -> None:
        if self._earlier:
            self._settle(self._bring_back())
            self.notice.emit(problem)
            return
        if self._found.citations:  # they hold without the model's sentence
            self._conversation = self._with_answer("", interrupted=False)
        self._settle(self._with_quotes(Answer(Phase.FAILED, problem=problem)))

    def _bring_back(self) -> Answer:
        index = len(self._conversation.messages)
        earlier = self._earlier
        self._conversation = with_messages(self._conversation, earlier)
        if len(earlier) > 1:
            self.rewound.emit(index)
            self.version_shown.emit(index)
        return answer_of(earlier[-1])

    def _withdraw(self, problem: str) -> None:
        question = unanswered(self._conversation)
        self._conversation = without_version(
            self._conversation, len(self._conversation.messages) - 1
        )
        self._release()
        self._answer = Answer(Phase.DONE)
        self.withdrawn.emit(Withdrawn(question.content if question else "", problem))
        self.busy_changed.emit(False)

    def _settle(self, answer: Answer) -> None:
        self._release()
        self._show(answer)
        self.busy_changed.emit(False)
        self.turn_ended.emit()

    def _release(self) -> None:
        self._tick.stop()
        self._searching = False
        self._found = NOTHING_FOUND
        self._request = None
        self._submitted = False
        self._earlier = ()
        self._parts = []
        self._read_tokens = 0

    def _with_answer(self, text: str, *, interrupted: bool) -> Conversation:
        found = self._found
        if not text.strip() and found.supported and not found.citations:
            return with_messages(self._conversation, self._earlier)
        return finished_turn(
            self._conversation,
            text.strip(),
            interrupted=interrupted,
            earlier=self._earlier,
            read_tokens=self._read_tokens,
            citations=found.citations,
            supported=found.supported,
            doubted=self._doubted(text),
        )

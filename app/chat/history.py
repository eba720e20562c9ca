"""Pure functions between a kept conversation and what the model is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.core.citations import Citation
from app.core.conversation import Conversation, ConversationMessage, GivenText, with_version
from engine import (
    ChatMessage,
    ContextText,
    GenerationRequest,
    Role,
    chat_request,
    shortened_context,
)

_NOT_FOUND = "Not in your documents."
"""What the model is told that it answered, in the language that it knows best."""


def asked(text: str, context: tuple[GivenText, ...]) -> ConversationMessage:
    """A person's message of this moment."""
    return ConversationMessage(Role.USER, text.strip(), _now(), context)


def given_texts(context: Sequence[ContextText]) -> tuple[GivenText, ...]:
    """``context`` as the model will get it, to be kept with the question."""
    given = zip(context, shortened_context(context), strict=True)
    return tuple(
        GivenText(full.title, shown.text, len(shown.text) == len(full.text.strip()))
        for full, shown in given
    )


def given_whole(texts: Sequence[ContextText]) -> tuple[GivenText, ...]:
    """``texts`` from their first to their last character, as they are searched."""
    return tuple(GivenText(item.title, item.text) for item in texts)


def context_texts(message: ConversationMessage) -> tuple[ContextText, ...]:
    """What was sent along with a question, as far as it is known."""
    return tuple(
        ContextText(given.title, given.text) for given in message.context if given.text is not None
    )


def context_is_known(conversation: Conversation, index: int) -> bool:
    """Whether the question of answer ``index`` is kept with all that was sent along."""
    questions = (m for m in reversed(conversation.messages[: index + 1]) if m.role == Role.USER)
    question = next(questions, None)
    return question is None or all(given.text is not None for given in question.context)


def with_context(
    message: ConversationMessage, context: Sequence[ContextText]
) -> ConversationMessage:
    """The question, with ``context`` if it had some that is not known any more."""
    if any(given.text is None for given in message.context):
        return replace(message, context=given_texts(context))
    return message


def with_question(
    conversation: Conversation, question: ConversationMessage, index: int | None
) -> Conversation:
    """``question`` at the end, or in place of message ``index`` as another version of it."""
    if index is None:
        return replace(conversation, messages=(*conversation.messages, question))
    return with_version(conversation, index, [question])


def finished_turn(
    conversation: Conversation,
    text: str,
    *,
    interrupted: bool,
    earlier: Sequence[ConversationMessage] = (),
    read_tokens: int = 0,
    citations: tuple[Citation, ...] = (),
    supported: bool = True,
    doubted: bool = False,
) -> Conversation:
    """The conversation with an answer of this moment, another version of ``earlier`` if given."""
    answer = ConversationMessage(
        Role.ASSISTANT,
        text,
        _now(),
        interrupted=interrupted,
        read_tokens=read_tokens,
        citations=citations,
        supported=supported,
        doubted=doubted,
    )
    if earlier:
        end = len(conversation.messages)
        return with_version(with_messages(conversation, earlier), end, [answer])
    return with_messages(conversation, [answer])


def with_messages(
    conversation: Conversation, messages: Sequence[ConversationMessage]
) -> Conversation:
    """The conversation with ``messages`` at its end."""
    return replace(conversation, messages=(*conversation.messages, *messages))


def unanswered(conversation: Conversation) -> ConversationMessage | None:
    """The last message if it is the person's, so that nothing has answered it."""
    messages = conversation.messages
    return messages[-1] if messages and messages[-1].role == Role.USER else None


def model_messages(conversation: Conversation) -> tuple[ChatMessage, ...]:
    """What the model is shown: the last question, and earlier questions that got an answer.

    A question without an answer would put two turns of one speaker in a row, which chat models
    have not seen in training.
    """
    messages = conversation.messages
    shown = []
    for index, message in enumerate(messages):
        following = messages[index + 1] if index + 1 < len(messages) else None
        if message.role == Role.USER and following and following.role == Role.USER:
            continue
        shown.append(ChatMessage(Role(message.role), told(message)))
    return tuple(shown)


def told(message: ConversationMessage) -> str:
    """The words of a message for the model; where an answer has none, what it quoted."""
    if message.content or message.role == Role.USER:
        return message.content
    if not message.supported:
        return _NOT_FOUND
    return "\n".join(citation.quote for citation in message.citations)


def request_for(conversation: Conversation) -> GenerationRequest:
    """The request that answers the last question."""
    return chat_request(
        model_messages(conversation),
        context_texts(conversation.messages[-1]),
        system=conversation.instruction or None,
    )


def _now() -> datetime:
    return datetime.now(UTC)

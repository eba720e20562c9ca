"""Pure functions between a kept conversation and what the model is told."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.conversation import Conversation, ConversationMessage
from engine import ChatMessage, Role


def asked(text: str, titles: tuple[str, ...]) -> ConversationMessage:
    """A person's message of this moment."""
    return ConversationMessage(Role.USER, text.strip(), _now(), titles, False)


def finished_turn(conversation: Conversation, text: str, *, interrupted: bool) -> Conversation:
    """The conversation with an answer of this moment at its end."""
    answer = ConversationMessage(Role.ASSISTANT, text, _now(), (), interrupted)
    return Conversation((*conversation.messages, answer))


def without_answer(conversation: Conversation) -> Conversation:
    """The conversation without its last message, if that is an answer."""
    messages = conversation.messages
    if messages and messages[-1].role == Role.ASSISTANT:
        return Conversation(messages[:-1])
    return conversation


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
        shown.append(ChatMessage(Role(message.role), message.content))
    return tuple(shown)


def _now() -> datetime:
    return datetime.now(UTC)

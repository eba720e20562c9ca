"""From a request to prompt tokens that fit the model's context."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.api import ChatMessage, GenerationRequest, Role
from engine.decode.generate import Prompt
from engine.decode.healing import TokenPrefixes
from engine.errors import ContextOverflow, InvalidRequest

_CUT_STEP = 256


def text_prompt(
    request: GenerationRequest,
    token_ids: list[int],
    prefixes: TokenPrefixes,
    context: int,
    start: list[int],
) -> Prompt:
    """The prompt of a plain text's tokens after ``start``; of too long a text the end is kept.

    The beginning is cut in large steps, so that the next keystroke's prompt begins at the same
    place and finds its prefix in the cache.
    """
    ids, tail = token_ids, b""
    if request.heal:
        # Something has to be left to read.
        ids, tail = prefixes.split(token_ids, keep=0 if start else 1)
    # Spelt again, the tail may take a token for each of its bytes.
    room = context - len(start) - answer_room(request.max_tokens, context) - len(tail)
    surplus = len(ids) - room
    if surplus > 0:
        ids = ids[min(len(ids) - 1, -(-surplus // _CUT_STEP) * _CUT_STEP) :]
    return Prompt(start + ids, tail)


def chat_prompt(
    request: GenerationRequest,
    messages: Sequence[ChatMessage],
    encode: Callable[[Sequence[ChatMessage]], list[int]],
    context: int,
) -> Prompt:
    """Tokens of a conversation; of too long a one the oldest turns are dropped.

    Raises:
        InvalidRequest: there is no message, or the last is not the person's.
        ContextOverflow: the system message and the last message alone do not fit.
    """
    if not messages or messages[-1].role is not Role.USER:
        raise InvalidRequest("A conversation must end with a message of yours to be answered.")
    head = [message for message in messages[:1] if message.role is Role.SYSTEM]
    turns = list(messages[len(head) :])
    limit = context - answer_room(request.max_tokens, context)
    while True:
        ids = encode([*head, *turns])
        if len(ids) <= limit:
            return Prompt(ids, dropped=len(messages) - len(head) - len(turns))
        if len(turns) == 1:
            raise ContextOverflow(limit, len(ids))
        del turns[0]
        while turns[0].role is not Role.USER:
            del turns[0]


def answer_room(max_tokens: int, context: int) -> int:
    """Positions kept free for the answer: what it may need, at most a quarter of the context."""
    return max(1, min(max_tokens, context // 4))

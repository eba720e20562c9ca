"""A conversation: messages, and beside each the other versions that were written or asked for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.core.citations import AskedSource, Citation
from engine import Role

_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text that was sent with a question, exactly as the model got it.

    ``text`` is None where only the title was kept, as Inkling did at first. ``whole`` says that
    nothing had to be left out of it.
    """

    title: str
    text: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ConversationMessage:
    """One message, and how the conversation goes on in its other versions.

    ``others`` are those versions in order, each with what follows it; ``place`` is where this one
    stands among all of them.
    """

    role: Role
    content: str
    created_at: datetime
    context: tuple[GivenText, ...] = ()
    interrupted: bool = False
    read_tokens: int = 0
    """Of an answer: how many tokens the model had read for it, 0 where that is not known."""
    others: tuple[tuple[ConversationMessage, ...], ...] = ()
    place: int = 0
    sources: tuple[AskedSource, ...] = ()
    """Of a question: where alone its answer is to be looked for, () for a usual one."""
    citations: tuple[Citation, ...] = ()
    """Of an answer to such a question: what was quoted, best first."""
    supported: bool = True
    """Whether the sources say it; where they do not, the citations are what comes nearest."""
    doubted: bool = False
    """Whether the answer says things that its citations do not."""

    @property
    def context_titles(self) -> tuple[str, ...]:
        """The names of what the person chose for it."""
        if self.sources:
            return tuple(source.title for source in self.sources)
        return tuple(given.title for given in self.context)

    @property
    def versions(self) -> int:
        """How many versions there are, this one included."""
        return len(self.others) + 1


def new_id() -> str:
    """A name for a conversation's file that no other has."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages, oldest first; of each message with versions the one that is shown.

    ``title`` is the person's own, "" for none. ``instruction`` replaces the usual words that tell
    the model who it is, "" for those. ``draft`` is what was typed and not sent.
    """

    messages: tuple[ConversationMessage, ...] = ()
    id: str = field(default_factory=new_id)
    title: str = ""
    instruction: str = ""
    draft: str = ""

    def is_empty(self) -> bool:
        """Whether there is nothing in it to keep."""
        return not (self.messages or self.title or self.instruction or self.draft)


def title_of(conversation: Conversation) -> str:
    """Its title, or the beginning of its first question or draft; "" where there is neither."""
    if conversation.title:
        return conversation.title
    questions = (m.content for m in conversation.messages if m.role == Role.USER)
    words = next(questions, conversation.draft)
    line = " ".join(words.strip().partition("\n")[0].lstrip("# ").split())
    if len(line) <= _TITLE_CHARACTERS:
        return line
    cut = line[:_TITLE_CHARACTERS]
    # Chinese has no spaces to cut at.
    return (cut.rpartition(" ")[0] or cut) + "\N{HORIZONTAL ELLIPSIS}"


def changed_at(conversation: Conversation) -> datetime | None:
    """When something was last said in it."""
    return max((message.created_at for message in conversation.messages), default=None)


def with_version(
    conversation: Conversation, index: int, rest: Sequence[ConversationMessage]
) -> Conversation:
    """From message ``index`` on ``rest``; what was there is kept as another version."""
    versions = versions_at(conversation, index)
    return _with_versions(conversation, index, (*versions, tuple(rest)), len(versions))


def show_version(conversation: Conversation, index: int, place: int) -> Conversation:
    """Another version of message ``index`` with what follows it; no such one changes nothing."""
    versions = versions_at(conversation, index)
    if not 0 <= place < len(versions):
        return conversation
    return _with_versions(conversation, index, versions, place)


def without_version(conversation: Conversation, index: int) -> Conversation:
    """Message ``index`` and what follows it are taken out; the version before comes back."""
    versions = versions_at(conversation, index)
    if len(versions) == 1:
        return replace(conversation, messages=conversation.messages[:index])
    place = conversation.messages[index].place
    left = (*versions[:place], *versions[place + 1 :])
    return _with_versions(conversation, index, left, max(0, place - 1))


def versions_at(
    conversation: Conversation, index: int
) -> tuple[tuple[ConversationMessage, ...], ...]:
    """All versions of message ``index`` in order, each with what follows it."""
    shown = conversation.messages[index]
    rest = (replace(shown, others=(), place=0), *conversation.messages[index + 1 :])
    return (*shown.others[: shown.place], rest, *shown.others[shown.place :])


def _with_versions(
    conversation: Conversation,
    index: int,
    versions: Sequence[tuple[ConversationMessage, ...]],
    place: int,
) -> Conversation:
    first, *following = versions[place]
    others = (*versions[:place], *versions[place + 1 :])
    shown = replace(first, others=others, place=place)
    return replace(conversation, messages=(*conversation.messages[:index], shown, *following))

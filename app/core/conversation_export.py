"""A conversation as Markdown, to be read and edited like any other document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.conversation import Conversation, ConversationMessage, title_of
from engine import Role

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_FORBIDDEN = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class ExportWords:
    """The words of the interface's language; ``used`` and ``instructed`` have a place in braces."""

    untitled: str
    you: str
    answer: str
    used: str
    instructed: str
    stopped: str
    not_found: str = "Not in your documents."


def as_markdown(conversation: Conversation, words: ExportWords) -> str:
    """Questions as quotations, answers as they were written; the versions shown, no others."""
    parts = [f"# {title_of(conversation) or words.untitled}"]
    if conversation.instruction:
        parts.append(_quoted(words.instructed.format(instruction=conversation.instruction)))
    for message in conversation.messages:
        parts += _question(message, words) if message.role == Role.USER else _answer(message, words)
    return "\n\n".join(parts) + "\n"


def file_name(conversation: Conversation, untitled: str) -> str:
    """A name for the exported file that every system takes."""
    title = _FORBIDDEN.sub(" ", title_of(conversation) or untitled)
    return " ".join(title.split()).strip(". ")[:80] or untitled


def _question(message: ConversationMessage, words: ExportWords) -> list[str]:
    parts = [f"**{words.you}**", _quoted(message.content)]
    if message.context_titles:
        parts.append(words.used.format(titles=", ".join(message.context_titles)))
    return parts


def _answer(message: ConversationMessage, words: ExportWords) -> list[str]:
    text = message.content
    fences = _FENCE.findall(text)
    if len(fences) % 2:  # a code block that was stopped would swallow all that follows
        text += f"\n{fences[-1]}"
    parts = [f"**{words.answer}**"]
    if not message.supported:
        parts.append(words.not_found)
    for citation in message.citations:
        number = citation.line or citation.page
        where = f"{citation.title}:{number}" if number else citation.title
        parts.append(f"{_quoted(citation.quote)}\n>\n> ({where})")
    if text:
        parts.append(text)
    if message.interrupted:
        parts.append(f"({words.stopped})")
    return parts


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())

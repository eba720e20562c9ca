"""A conversation as JSON. A text that was sent with many questions is written once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from app.core.citations import citation_from, citation_record, source_from, source_record
from app.core.conversation import Conversation, ConversationMessage, GivenText
from engine import Role

_FORMAT = 1


def to_json(conversation: Conversation) -> bytes:
    """The file's content."""
    texts: dict[str, int] = {}
    plain = {
        "format": _FORMAT,
        "id": conversation.id,
        "title": conversation.title,
        "instruction": conversation.instruction,
        "draft": conversation.draft,
        "messages": [_plain(message, texts) for message in conversation.messages],
        "texts": list(texts),
    }
    # Half a character pair cannot be written as UTF-8; as an escape it can.
    return json.dumps(plain, ensure_ascii=True, indent=1).encode("ascii")


def from_json(data: bytes) -> Conversation:
    """The conversation of a file. Raises ``ValueError``, ``TypeError`` or ``KeyError``."""
    plain = json.loads(data)
    if plain["format"] != _FORMAT:
        raise ValueError("a newer format")
    texts = [str(text) for text in plain["texts"]]
    return Conversation(
        tuple(_message(item, texts) for item in plain["messages"]),
        str(plain["id"]),
        str(plain["title"]),
        str(plain["instruction"]),
        str(plain.get("draft", "")),
    )


def from_first_format(data: bytes) -> tuple[ConversationMessage, ...]:
    """The messages of the one file that the first Inkling kept; raises as ``from_json`` does."""
    messages = []
    for item in json.loads(data):
        titles = item["context_titles"]
        if not isinstance(titles, list):
            raise TypeError("context_titles is not a list")
        messages.append(
            ConversationMessage(
                Role(str(item["role"])),
                str(item["content"]),
                datetime.fromisoformat(str(item["created_at"])),
                tuple(GivenText(str(title)) for title in titles),
                bool(item["interrupted"]),
            )
        )
    return tuple(messages)


def _plain(message: ConversationMessage, texts: dict[str, int]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "role": message.role,
        "content": message.content,
        "created_at": message.created_at.isoformat(),
    }
    if message.context:
        plain["context"] = [
            {
                "title": given.title,
                "text": None if given.text is None else texts.setdefault(given.text, len(texts)),
                "whole": given.whole,
            }
            for given in message.context
        ]
    if message.sources:
        plain["sources"] = [source_record(each) for each in message.sources]
    if message.citations:
        plain["citations"] = [citation_record(each) for each in message.citations]
    if not message.supported:
        plain["supported"] = False
    if message.doubted:
        plain["doubted"] = True
    if message.interrupted:
        plain["interrupted"] = True
    if message.read_tokens:
        plain["read_tokens"] = message.read_tokens
    if message.others:
        plain["others"] = [[_plain(each, texts) for each in rest] for rest in message.others]
        plain["place"] = message.place
    return plain


def _message(item: dict[str, Any], texts: list[str]) -> ConversationMessage:
    others = tuple(tuple(_message(each, texts) for each in rest) for rest in item.get("others", ()))
    place = int(item.get("place", 0))
    if not 0 <= place <= len(others) or not all(others):
        raise ValueError("a version is missing")
    return ConversationMessage(
        Role(item["role"]),
        str(item["content"]),
        datetime.fromisoformat(item["created_at"]),
        tuple(_given(each, texts) for each in item.get("context", ())),
        bool(item.get("interrupted", False)),
        int(item.get("read_tokens", 0)),
        others,
        place,
        tuple(map(source_from, item.get("sources", ()))),
        tuple(map(citation_from, item.get("citations", ()))),
        bool(item.get("supported", True)),
        bool(item.get("doubted", False)),
    )


def _given(item: dict[str, Any], texts: list[str]) -> GivenText:
    at = item["text"]
    if at is not None and not 0 <= at < len(texts):
        raise ValueError("a text is missing")
    return GivenText(str(item["title"]), None if at is None else texts[at], bool(item["whole"]))

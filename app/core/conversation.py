"""The conversation of the side panel and its file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.core.files import replace_file, set_aside
from engine import Role


@dataclass(frozen=True, slots=True)
class ConversationMessage:
    """One message; ``context_titles`` name what was added to it."""

    role: Role
    content: str
    created_at: datetime
    context_titles: tuple[str, ...] = ()
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages, oldest first."""

    messages: tuple[ConversationMessage, ...] = ()


class ConversationStore:
    """Keeps one conversation in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Conversation:
        """The stored conversation; empty when there is none. A damaged file is set aside."""
        try:
            items = json.loads(self._path.read_text(encoding="utf-8"))
            return Conversation(tuple(_message(item) for item in items))
        except OSError:
            return Conversation()
        except (ValueError, TypeError, KeyError, RecursionError):
            set_aside(self._path)
            return Conversation()

    def save(self, conversation: Conversation) -> None:
        """Replace the stored conversation. Raises ``OSError``."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        plain = [asdict(message) for message in conversation.messages]
        # Half a character pair cannot be written as UTF-8; as an escape it can.
        data = json.dumps(plain, ensure_ascii=True, indent=1, default=datetime.isoformat)
        replace_file(self._path, data.encode("ascii"), private=True)


def _message(item: dict[str, object]) -> ConversationMessage:
    titles = item["context_titles"]
    if not isinstance(titles, list):
        raise TypeError("context_titles is not a list")
    return ConversationMessage(
        Role(str(item["role"])),
        str(item["content"]),
        datetime.fromisoformat(str(item["created_at"])),
        tuple(str(title) for title in titles),
        bool(item["interrupted"]),
    )

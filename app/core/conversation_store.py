"""The folder of conversations: a file for each, replaced whole at every change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.core.conversation import Conversation, changed_at, title_of
from app.core.conversation_file import from_first_format, from_json, to_json
from app.core.files import replace_file, set_aside, sweep_temporaries

_OPEN = "open"
_SUFFIX = ".json"
_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_BEFORE, _AFTER = 24, 56
_FIRST = "first"
"""The name of what was brought over, so that doing it twice makes one conversation."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list.

    ``excerpt`` is the place where the words looked for stand in message ``index``, and ``marked``
    the code points of the excerpt that matched; "" and -1 where only the title was looked at.
    """

    id: str
    title: str
    changed_at: datetime
    excerpt: str = ""
    index: int = -1
    marked: tuple[int, int] = (0, 0)


class ConversationStore:
    """Keeps conversations in ``folder``; ``first`` is the file in which there was only one."""

    def __init__(self, folder: Path, first: Path | None = None) -> None:
        self._folder = folder
        self._first = first

    def load(self) -> Conversation:
        """The conversation that was open last, a new one if there is none.

        What the first Inkling kept is brought over. A damaged file is set aside.
        """
        sweep_temporaries(self._folder)
        self._bring_over()
        try:
            name = (self._folder / _OPEN).read_text("ascii").strip()
        except (OSError, ValueError):
            newest = self.listed()
            return (self.find(newest[0].id) if newest else None) or Conversation()
        return self.find(name) or Conversation()

    def find(self, name: str) -> Conversation | None:
        """The conversation of that id; None if there is none or its file is damaged."""
        path = self._path(name)
        try:
            return from_json(path.read_bytes())
        except OSError:
            return None
        except _DAMAGE:
            set_aside(path)
            return None

    def save(self, conversation: Conversation) -> None:
        """Replace what is kept of it; one without any content is removed. Raises ``OSError``."""
        if conversation.is_empty():
            self.delete(conversation.id)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        replace_file(self._path(conversation.id), to_json(conversation), private=True)

    def set_open(self, name: str) -> None:
        """Remember which conversation the next start shows. Raises ``OSError``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        replace_file(self._folder / _OPEN, name.encode("ascii"), private=True)

    def delete(self, name: str) -> None:
        """Remove a conversation for good. Raises ``OSError``."""
        self._path(name).unlink(missing_ok=True)

    def listed(self, words: str = "") -> tuple[Listed, ...]:
        """The conversations in which all of ``words`` are, those changed last first."""
        found = []
        wanted = [re.compile(re.escape(word), re.IGNORECASE) for word in words.split()]
        for path in self._folder.glob(f"*{_SUFFIX}"):
            conversation = self.find(path.stem)
            listed = _listed(conversation, wanted) if conversation is not None else None
            if listed is not None:
                found.append(listed)
        return tuple(sorted(found, key=lambda each: each.changed_at, reverse=True))

    def _bring_over(self) -> None:
        if self._first is None:
            return
        try:
            messages = from_first_format(self._first.read_bytes())
        except OSError:
            return
        except _DAMAGE:
            set_aside(self._first)
            return
        try:
            self.save(Conversation(messages, _FIRST))
            self._first.unlink()
        except OSError:
            return  # it stays where it is, for the next start

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"


def _listed(conversation: Conversation, wanted: Sequence[re.Pattern[str]]) -> Listed | None:
    title = title_of(conversation)
    listed = Listed(
        conversation.id,
        title,
        changed_at(conversation) or datetime.fromtimestamp(0, UTC),
    )
    texts = [title, *(message.content for message in conversation.messages)]
    if not all(any(word.search(text) for text in texts) for word in wanted):
        return None
    for index, message in enumerate(conversation.messages):
        for word in wanted:
            if match := word.search(message.content):
                return _with_excerpt(listed, index, message.content, match.span())
    return listed


def _with_excerpt(listed: Listed, index: int, text: str, span: tuple[int, int]) -> Listed:
    begin = max(0, span[0] - _BEFORE)
    if begin:
        # From a word's beginning, where one is near.
        begin += text[begin : span[0]].find(" ") + 1
    lead = "\N{HORIZONTAL ELLIPSIS}" if begin else ""
    excerpt = lead + "".join(
        " " if letter.isspace() else letter for letter in text[begin : span[1] + _AFTER]
    )
    shift = len(lead) - begin
    return Listed(
        listed.id,
        listed.title,
        listed.changed_at,
        excerpt,
        index,
        (span[0] + shift, span[1] + shift),
    )

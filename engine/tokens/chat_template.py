"""Renders a model's chat template (Jinja) so that no message can forge a special token.

A template writes special tokens out (``<|im_start|>user``) around the messages. After rendering,
those must become tokens while the same characters typed by a person must not. So before rendering,
every character of a message that could begin or end a special token is swapped for a private-use
character that occurs nowhere else; special tokens are then found in the rendered text, which can only
have come from the template, and the characters are swapped back in the texts between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2
import jinja2.sandbox

from engine.api import ChatMessage
from engine.errors import EngineError, InvalidRequest
from engine.tokens.tokenizer import Tokenizer

MAX_TEMPLATE_BYTES = 64 * 1024
MAX_RENDERED_CHARACTERS = 16 * 1024 * 1024
_PRIVATE_USE = range(0xE000, 0xF900)


class ChatTemplateError(EngineError):
    """The model's chat template cannot be used; chat does not work with this model."""


class ChatTemplate:
    """A compiled chat template. Raises ``ChatTemplateError`` if it is malformed or too large."""

    def __init__(self, source: str, tokenizer: Tokenizer, *, bos: str = "", eos: str = "") -> None:
        if len(source.encode("utf-8", "replace")) > MAX_TEMPLATE_BYTES:
            raise _unusable("it is far too large")
        environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _raise_exception
        self._source = source
        self._tokenizer = tokenizer
        self._special_texts = {"bos_token": bos, "eos_token": eos}
        self._edges = frozenset(
            edge for text in tokenizer.special_tokens if text for edge in (text[0], text[-1])
        )
        try:
            self._template = environment.from_string(source)
        except (jinja2.TemplateError, RecursionError) as error:
            raise _unusable(str(error)) from error

    @classmethod
    def read(
        cls, path: Path, tokenizer: Tokenizer, *, bos: str = "", eos: str = ""
    ) -> ChatTemplate:
        """The template in a file. Raises ``ChatTemplateError``."""
        try:
            with path.open("rb") as stream:
                source = stream.read(MAX_TEMPLATE_BYTES + 1).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable("its file cannot be read") from error
        return cls(source, tokenizer, bos=bos, eos=eos)

    def encode(
        self, messages: Sequence[ChatMessage], *, add_generation_prompt: bool = True
    ) -> list[int]:
        """Token ids of a conversation, with the opening of the answer unless told otherwise.

        Raises:
            ChatTemplateError: the template fails, for instance on an order of roles it refuses.
            InvalidRequest: the messages use up every private-use character.
        """
        return self._tokenizer.encode_pieces(self.pieces(messages, add_generation_prompt))

    def pieces(
        self, messages: Sequence[ChatMessage], add_generation_prompt: bool = True
    ) -> list[str | int]:
        """The conversation as ids of special tokens and the plain texts between them."""
        swap = self._swaps(messages)
        back = {new: ord(old) for old, new in swap.items()}
        table = {ord(old): new for old, new in swap.items()}
        plain = [
            {"role": message.role.value, "content": message.content.translate(table)}
            for message in messages
        ]
        rendered = self._render(plain, add_generation_prompt)
        return [
            piece if isinstance(piece, int) else piece.translate(back)
            for piece in self._tokenizer.split_specials(rendered)
        ]

    def _render(self, messages: list[dict[str, str]], add_generation_prompt: bool) -> str:
        parts: list[str] = []
        size = 0
        try:
            # Piece by piece, so that a template that never ends is stopped in time.
            for part in self._template.generate(
                messages=messages,
                add_generation_prompt=add_generation_prompt,
                **self._special_texts,
            ):
                size += len(part)
                if size > MAX_RENDERED_CHARACTERS:
                    raise _unusable("what it writes is far too long")
                parts.append(part)
        except (jinja2.TemplateError, ArithmeticError, LookupError) as error:
            raise _unusable(str(error)) from error
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise _unusable(str(error)) from error
        return "".join(parts)

    def _swaps(self, messages: Sequence[ChatMessage]) -> dict[str, int]:
        """A private-use character, found neither in messages nor in the template, for each edge."""
        taken = set(self._source).union(*(message.content for message in messages))
        free: Iterator[int] = (code for code in _PRIVATE_USE if chr(code) not in taken)
        swaps = dict(zip(sorted(self._edges), free, strict=False))
        if len(swaps) < len(self._edges):
            raise InvalidRequest("This message cannot be sent: it is not ordinary text.")
        return swaps


def _unusable(reason: str) -> ChatTemplateError:
    return ChatTemplateError(
        f"Chat does not work with this model, because its chat template cannot be used: {reason}."
    )


def _raise_exception(message: str) -> None:
    raise jinja2.TemplateError(str(message))

"""Renders a model's chat template (Jinja) so that no message can forge a special token.

A template writes special tokens out (``<|im_start|>user``) around the messages. After rendering,
those must become tokens while the same characters typed by a person must not. So before rendering,
every character of a message that could begin or end a special token is swapped for a private-use
character that occurs nowhere else; special tokens are then found in the rendered text, which can
only have come from the template, and the characters are swapped back in the texts between.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import jinja2
import jinja2.sandbox

from engine.api import ChatMessage, Role
from engine.errors import EngineError, InvalidRequest
from engine.store.manifest import Manifest
from engine.tokens.tokenizer import Tokenizer

MAX_TEMPLATE_BYTES = 64 * 1024
MAX_RENDERED_CHARACTERS = 16 * 1024 * 1024
_PRIVATE_USE = range(0xE000, 0xF900)
_MAX_TIME_PATTERN = 64


class ChatTemplateError(EngineError):
    """The model's chat template cannot be used; chat does not work with this model."""


class _Refused(jinja2.TemplateError):
    """The template itself said no, by ``raise_exception``."""


class _Environment(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without the arithmetic that makes gigabytes of a short template."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(
        self, context: jinja2.runtime.Context, operator: str, left: object, right: object
    ) -> object:
        """Multiply small numbers only."""
        values = (left, right)
        small = all(isinstance(value, int | float) and abs(value) < 1e6 for value in values)
        if operator == "*" and small:
            return super().call_binop(context, operator, left, right)
        raise jinja2.TemplateError(f"it uses the operator {operator} on {left!r:.40}")


class ChatTemplate:
    """A compiled chat template, with the start and end token of the manifest at its disposal.

    Of what Hugging Face adds to Jinja it knows ``raise_exception``, ``strftime_now`` and loop
    controls. Where a template has no place for a system message (Gemma), the message is put before
    the first one of the person's.

    Raises:
        ChatTemplateError: ``source`` is malformed or too large.
    """

    def __init__(self, source: str, manifest: Manifest) -> None:
        if len(source.encode("utf-8", "replace")) > MAX_TEMPLATE_BYTES:
            raise _unusable("it is far too large")
        environment = _Environment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _raise_exception
        environment.globals["strftime_now"] = _strftime_now
        self._source = source
        self._token_ids = {"bos_token": manifest.bos_id, "eos_token": manifest.eos_id}
        try:
            self._template = environment.from_string(source)
        except (jinja2.TemplateError, RecursionError) as error:
            raise _unusable(str(error)) from error

    def encode(
        self,
        tokenizer: Tokenizer,
        messages: Sequence[ChatMessage],
        *,
        add_generation_prompt: bool = True,
    ) -> list[int]:
        """Token ids of a conversation, with the opening of the answer unless told otherwise.

        Raises:
            ChatTemplateError: the template fails, for instance on an order of roles it refuses.
            InvalidRequest: the messages use up every private-use character.
        """
        pieces = self.pieces(tokenizer, messages, add_generation_prompt=add_generation_prompt)
        return tokenizer.encode_pieces(pieces)

    def pieces(
        self,
        tokenizer: Tokenizer,
        messages: Sequence[ChatMessage],
        *,
        add_generation_prompt: bool = True,
    ) -> list[str | int]:
        """The conversation as ids of special tokens and the plain texts between them."""
        swap = self._swaps(tokenizer, messages)
        back = {new: ord(old) for old, new in swap.items()}
        table = {ord(old): new for old, new in swap.items()}
        plain = [
            {"role": message.role.value, "content": message.content.translate(table)}
            for message in messages
        ]
        names = {index: text for text, index in tokenizer.special_tokens.items()}
        variables: dict[str, object] = {
            variable: names.get(index, "") if index is not None else ""
            for variable, index in self._token_ids.items()
        }
        variables["add_generation_prompt"] = add_generation_prompt
        return [
            piece if isinstance(piece, int) else piece.translate(back)
            for piece in tokenizer.split_specials(self._render(plain, variables))
        ]

    def _render(self, messages: list[dict[str, str]], variables: dict[str, object]) -> str:
        """The conversation as text; the system message is moved where it has no place."""
        folded = _without_system(messages)
        try:
            text = self._generate({"messages": messages, **variables})
            if folded is None or messages[0]["content"].strip() in text:
                return text
        except _Refused as refused:
            if folded is None:
                raise _unusable(str(refused)) from refused
        try:
            return self._generate({"messages": folded, **variables})
        except _Refused as refused:
            raise _unusable(str(refused)) from refused

    def _generate(self, variables: dict[str, object]) -> str:
        parts: list[str] = []
        size = 0
        try:
            # Piece by piece, so that a template that never ends is stopped in time.
            for part in self._template.generate(variables):
                size += len(part)
                if size > MAX_RENDERED_CHARACTERS:
                    raise _unusable("what it writes is far too long")
                parts.append(part)
        except _Refused:
            raise
        except (jinja2.TemplateError, ArithmeticError, LookupError) as error:
            raise _unusable(str(error)) from error
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise _unusable(str(error)) from error
        return "".join(parts)

    def _swaps(self, tokenizer: Tokenizer, messages: Sequence[ChatMessage]) -> dict[str, int]:
        """A private-use character, found neither in messages nor in the template, for each edge."""
        specials = [text for text in tokenizer.special_tokens if text]
        edges = sorted({edge for text in specials for edge in (text[0], text[-1])})
        taken = set(self._source).union(*(message.content for message in messages))
        free: Iterator[int] = (code for code in _PRIVATE_USE if chr(code) not in taken)
        swaps = dict(zip(edges, free, strict=False))
        if len(swaps) < len(edges):
            raise InvalidRequest("This message cannot be sent: it is not ordinary text.")
        return swaps


def _unusable(reason: str) -> ChatTemplateError:
    return ChatTemplateError(
        f"Chat does not work with this model, because its chat template cannot be used: {reason}."
    )


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]] | None:
    """``messages`` with the system message before the person's first; None if not possible."""
    if len(messages) < 2 or messages[0]["role"] != Role.SYSTEM or messages[1]["role"] != Role.USER:
        return None
    system, first, *rest = messages
    content = f"{system['content'].strip()}\n\n{first['content']}"
    return [{**first, "content": content}, *rest]


def _raise_exception(message: str) -> None:
    raise _Refused(str(message))


def _strftime_now(pattern: str) -> str:
    """The local time; templates write the day with it."""
    if len(pattern) > _MAX_TIME_PATTERN:
        raise jinja2.TemplateError("it asks for an overlong form of the date")
    return time.strftime(pattern)

"""An action: a named rewrite, what the model is told for it, and what becomes of the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What an action, and with it its file, may be called."""


class ActionOutput(StrEnum):
    """What becomes of the result."""

    REVIEW = "review"
    """It may take the place of the text, change by change."""
    INSERT = "insert"
    """It may be added after the text."""
    PANEL = "panel"
    """It is shown in the side panel; the text stays."""


class ActionPiece(StrEnum):
    """How much of the text the model is given at once."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    WHOLE = "whole"


class ActionForm(StrEnum):
    """What the result has to look like."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    LINE = "line"
    """One short line, like a title."""


class ModelRole(StrEnum):
    """Which of the person's models is asked, and how."""

    ASSISTANT = "assistant"
    """The one that answers; it is told in words what to do."""
    COMPLETION = "completion"
    """The one that suggests the next words, with its adapter; it goes on with the text."""


class Preference(StrEnum):
    """Whether an action's replacements or the model come first."""

    MODEL = "model"
    RULES = "rules"
    """The model is asked about pieces that the replacements do not change as much as wanted."""
    ONLY_RULES = "only rules"
    """The model is asked only for another version."""


@dataclass(frozen=True, slots=True)
class ActionExample:
    """A text and how it is to be rewritten."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class ActionPrompt:
    """What the model is told.

    ``instruction`` may have the places of ``PLACES`` in it; without ``{text}`` the text follows it.
    With a ``pattern``, which has ``{text}`` and ``{answer}``, the model is not told but shown: the
    examples are written out in this pattern, and it goes on after the last text.
    """

    instruction: str
    system: str = ""
    pattern: str = ""
    examples: tuple[ActionExample, ...] = ()
    piece: ActionPiece | None = None
    """How much of the text a model of this family is given at once, where that is special."""
    prefer: Preference = Preference.MODEL
    unable: bool = False
    """Whether models of this family are known not to be able to do it, so that none is asked."""


@dataclass(frozen=True, slots=True)
class RewriteAction:
    """A named rewrite.

    ``length`` is the least and the most that the result may have of the words of the text, (0, 0)
    for any. ``headings`` says whether headings are rewritten too. ``replace`` are phrases that
    are replaced by rule. ``families`` are other prompts
    for models whose name begins so, or whose architecture it is. ``shortcut`` is in Qt's notation.
    """

    name: str
    title: str
    prompt: ActionPrompt
    icon: str = ""
    temperature: float = 0.0
    role: ModelRole = ModelRole.ASSISTANT
    output: ActionOutput = ActionOutput.REVIEW
    piece: ActionPiece = ActionPiece.PARAGRAPH
    form: ActionForm = ActionForm.TEXT
    length: tuple[float, float] = (0.0, 0.0)
    headings: bool = False
    shortcut: str = ""
    replace: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    families: Mapping[str, ActionPrompt] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def instruction(self) -> str:
        """What a model is told that no family fits."""
        return self.prompt.instruction

    @property
    def needs_language(self) -> bool:
        """Whether the person has to say a language."""
        prompts = (self.prompt, *self.families.values())
        return any("{language}" in f"{each.instruction}{each.pattern}" for each in prompts)

    def prompt_for(self, model: str, architecture: str) -> ActionPrompt:
        """The prompt for a model: of the longest name that it begins with, or its architecture."""
        fitting = [each for each in self.families if model.startswith(each)]
        if fitting:
            return self.families[max(fitting, key=len)]
        return self.families.get(architecture, self.prompt)

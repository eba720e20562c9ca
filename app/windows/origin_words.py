"""What the kinds of origins, and what is known of one, are called on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.core.marks import QT_TRANSLATE_NOOP
from app.core.provenance.replay import Obstacle
from app.core.provenance.report import settings_text
from app.core.provenance.sources import Kind, Source, prompt_text

_CONTEXT = "OriginWords"
_KINDS = {
    Kind.SUGGESTION: QT_TRANSLATE_NOOP("OriginWords", "Suggestion"),
    Kind.REWRITE: QT_TRANSLATE_NOOP("OriginWords", "Rewrite"),
    Kind.PROOFREADING: QT_TRANSLATE_NOOP("OriginWords", "Proofreading"),
    Kind.ANSWER: QT_TRANSLATE_NOOP("OriginWords", "Answer"),
    Kind.SUMMARY: QT_TRANSLATE_NOOP("OriginWords", "Summary"),
    Kind.IDEAS: QT_TRANSLATE_NOOP("OriginWords", "Ideas"),
    Kind.OTHER: QT_TRANSLATE_NOOP("OriginWords", "From the model"),
    Kind.PASTE: QT_TRANSLATE_NOOP("OriginWords", "Pasted"),
}
_OBSTACLES = {
    Obstacle.NO_RECIPE: QT_TRANSLATE_NOOP(
        "OriginWords", "How this text was made is not known, so it cannot be made again."
    ),
    Obstacle.NO_PROMPT: QT_TRANSLATE_NOOP(
        "OriginWords",
        "What the model was given was not kept, so this text cannot be made again. The preferences "
        "have a setting for it.",
    ),
    Obstacle.NO_MODEL: QT_TRANSLATE_NOOP(
        "OriginWords", "The model is not ready. Try again in a moment."
    ),
    Obstacle.OTHER_MODEL: QT_TRANSLATE_NOOP(
        "OriginWords",
        "This text was made by another model, or by another version of it. Start Inkling with that "
        "model to make it again.",
    ),
    Obstacle.OTHER_ADAPTER: QT_TRANSLATE_NOOP(
        "OriginWords",
        "The adapter that made this text has changed since then, so the text cannot be made again.",
    ),
    Obstacle.CANCELLED: QT_TRANSLATE_NOOP("OriginWords", "Stopped."),
}

_NAMES = (
    QT_TRANSLATE_NOOP("OriginWords", "Model"),
    QT_TRANSLATE_NOOP("OriginWords", "Adapter"),
    QT_TRANSLATE_NOOP("OriginWords", "Settings"),
    QT_TRANSLATE_NOOP("OriginWords", "Computed by"),
    QT_TRANSLATE_NOOP("OriginWords", "{count} threads"),
    QT_TRANSLATE_NOOP("OriginWords", "The model was given:"),
    QT_TRANSLATE_NOOP("OriginWords", "It gave:"),
)
"""What ``details`` says, for the translators."""


def kind_name(kind: Kind) -> str:
    """How text came in, in a word."""
    return QCoreApplication.translate(_CONTEXT, _KINDS[kind])


def obstacle_sentence(obstacle: Obstacle) -> str:
    """Why a text cannot be made again."""
    return QCoreApplication.translate(_CONTEXT, _OBSTACLES[obstacle])


def time_name(when: float, locale: QLocale) -> str:
    """A moment, in the person's time and language."""
    moment = QDateTime.fromSecsSinceEpoch(round(when))
    return locale.toString(moment, QLocale.FormatType.ShortFormat)


def details(source: Source) -> str:
    """All that is known of an origin, as plain text."""
    recipe = source.recipe
    if recipe is None:
        if source.kind is Kind.PASTE:
            return ""
        return obstacle_sentence(Obstacle.NO_RECIPE)
    made = recipe.circumstances
    rows = [("Model", f"{made.model}  {made.model_sha256}")]
    if made.adapter:
        rows.append(("Adapter", f"{made.adapter}  {made.adapter_sha256}"))
    if recipe.request is not None:
        rows.append(("Settings", settings_text(recipe.request)))
    threads = _said("{count} threads").format(count=made.threads)
    rows.append(("Computed by", f"{made.device}, {threads}, ONNX Runtime {made.runtime}"))
    text = "\n".join(f"{_said(name)}: {value}" for name, value in rows)
    text += f"\nInkling: {made.program}"
    if recipe.request is None:
        return f"{text}\n\n{obstacle_sentence(Obstacle.NO_PROMPT)}"
    given, gave = _said("The model was given:"), _said("It gave:")
    return f"{text}\n\n{gave}\n{recipe.output}\n\n{given}\n{prompt_text(recipe.request.prompt)}"


def _said(name: str) -> str:
    return QCoreApplication.translate(_CONTEXT, name)

"""What an error says, in the language of the interface."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import CONTEXT, Marked, Telling, reason
from engine import (
    ActionDamaged,
    AdapterDamaged,
    AdapterNotFound,
    AdapterUnfit,
    ContextOverflow,
    DeviceUnusable,
    EngineClosed,
    EngineError,
    GenerationFailed,
    InvalidRequest,
    LibraryError,
    ModelDamaged,
    ModelNotFound,
)

_ENGINE = MappingProxyType(
    {
        ModelNotFound: QT_TRANSLATE_NOOP(
            "Errors",
            "No model is set up, or not the one asked for. In the source checkout, run "
            "`python3 dev.py run` once: it fetches the default model and prepares it.",
        ),
        ModelDamaged: QT_TRANSLATE_NOOP(
            "Errors",
            "The model in {path} is incomplete or was changed. Your documents are not affected. "
            "Remove that folder and set the model up again.",
        ),
        ActionDamaged: QT_TRANSLATE_NOOP(
            "Errors",
            "The action in {path} cannot be used: line {line}: {reason}. The other actions are not "
            "affected. Correct the file, or delete it.",
        ),
        AdapterNotFound: QT_TRANSLATE_NOOP(
            "Errors",
            "There is no adapter of that name. Your text is unchanged. `inkling models list` says "
            "which there are.",
        ),
        AdapterDamaged: QT_TRANSLATE_NOOP(
            "Errors",
            "The adapter in {path} is incomplete or was changed. Your documents and the model are "
            "not affected. Remove that folder and get the adapter again.",
        ),
        AdapterUnfit: QT_TRANSLATE_NOOP(
            "Errors",
            "The adapter {adapter} was made for the model {made_for} and does not fit {model}. "
            "Nothing was changed. Choose that model, or go on without the adapter.",
        ),
        ContextOverflow: QT_TRANSLATE_NOOP(
            "Errors",
            "This text is too long for the model: it has {got:,} tokens and the model can read "
            "{limit:,} at once. Nothing was changed. Use a shorter selection, message or context.",
        ),
        InvalidRequest: QT_TRANSLATE_NOOP(
            "Errors",
            "This model cannot do that; one that only continues text can neither rewrite nor "
            "chat. Your text is unchanged. Choose an instruct model.",
        ),
        DeviceUnusable: QT_TRANSLATE_NOOP(
            "Errors",
            "The graphics card cannot be used, so the model runs on the processor; everything "
            "works. `inkling doctor` says why.",
        ),
        EngineClosed: QT_TRANSLATE_NOOP("Errors", "The model was stopped. Restart Inkling."),
        GenerationFailed: QT_TRANSLATE_NOOP(
            "Errors",
            "The model stopped with an error while generating. Your text is unchanged. Try again; "
            "if it happens again, restart Inkling.",
        ),
        LibraryError: QT_TRANSLATE_NOOP(
            "Errors",
            "The library could not do that. Your files are not affected. Look whether the folder "
            "or file is there and may be read, and try again.",
        ),
        EngineError: QT_TRANSLATE_NOOP(
            "Errors",
            "The model does not work. Your documents are not affected. Restart Inkling; if it "
            "happens again, set the model up again.",
        ),
    }
)
"""What each kind says in general: the engine's own English sentences hold more of the details."""


def said(error: Exception) -> str:
    """The sentence of ``error`` for the person, translated where the language has its words."""
    if isinstance(error, Telling):
        template, values = error.template, error.values
    else:
        template, values = _engine_template(error), vars(error)
    translated = _translated(template)
    if translated == template:
        return str(error)
    return translated.format(
        **{name: _translated(v) if isinstance(v, Marked) else v for name, v in values.items()}
    )


def in_general(template: str, details: str) -> str:
    """``template`` where the language has its words, else ``details``, a sentence in English."""
    translated = _translated(template)
    return translated if translated != template or not details else details


def why(error: OSError) -> str:
    """Why the system refused, to be put into a sentence."""
    found = reason(error)
    return _translated(found) if isinstance(found, Marked) else found


def _engine_template(error: Exception) -> str:
    return next((_ENGINE[kind] for kind in type(error).__mro__ if kind in _ENGINE), "")


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else text

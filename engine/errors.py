"""Typed errors of the engine; ``str(error)`` is a sentence fit to be shown to a person."""

from __future__ import annotations

from pathlib import Path


class EngineError(Exception):
    """Base of every error the engine raises on purpose."""


class ModelNotFound(EngineError):
    """No usable model directory lies where one was looked for."""


class ModelDamaged(EngineError):
    """A model directory is incomplete, or a file differs from its manifest."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The model in {path} cannot be used: {reason}. Your documents are not affected. "
            "Remove that folder and set the model up again."
        )
        self.path = path
        self.reason = reason


class AdapterNotFound(EngineError):
    """There is no adapter of that name where adapters are looked for."""


class AdapterDamaged(EngineError):
    """An adapter is incomplete, or a file differs from what its description says."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The adapter in {path} cannot be used: {reason}. Your documents and the model are not "
            "affected. Remove that folder and get the adapter again."
        )
        self.path = path
        self.reason = reason


class AdapterUnfit(EngineError):
    """An adapter was made for another model than the one that runs."""

    def __init__(self, adapter: str, made_for: str, model: str) -> None:
        super().__init__(
            f"The adapter {adapter} was made for the model {made_for} and does not fit {model}. "
            "Nothing was changed. Choose that model, or go on without the adapter."
        )
        self.adapter = adapter
        self.made_for = made_for
        self.model = model


class ActionDamaged(EngineError):
    """The file of an action cannot be used; ``line`` counts from 1, 0 is the whole file."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        where = f"line {line}: " if line else ""
        super().__init__(
            f"The action in {path} cannot be used: {where}{reason}. The other actions are not "
            "affected. Correct the file, or delete it."
        )
        self.path = path
        self.line = line
        self.reason = reason


class UnsupportedModel(EngineError):
    """The weights are of an architecture or format the exporter does not know."""


class ContextOverflow(EngineError):
    """A single message is longer than the model's context leaves room for."""

    def __init__(self, limit: int, got: int) -> None:
        super().__init__(
            f"This text is too long for the model: it has {got:,} tokens and the model can read "
            f"{limit:,} at once. Nothing was changed. Use a shorter selection, message or context."
        )
        self.limit = limit
        self.got = got


class InvalidRequest(EngineError):
    """A request's settings are out of range or contradict each other."""


class EngineClosed(EngineError):
    """The engine was closed before or while it served the request."""


class GenerationFailed(EngineError):
    """The runtime failed while generating; the engine stays usable."""


class DeviceUnusable(EngineError):
    """The graphics card that was asked for cannot be used; the model runs on the processor."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The graphics card is not used: {reason.rstrip('.')}. The model runs on the "
            "processor instead, and everything works."
        )
        self.reason = reason

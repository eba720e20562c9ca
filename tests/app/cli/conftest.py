"""An engine that answers at once, so that commands can be tested without a model."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import session
from app.cli.console import Console
from app.cli.main import run
from engine import (
    ChunkCallback,
    EngineError,
    EngineState,
    EngineStatus,
    FakeEngine,
    FinishReason,
    GenerationRequest,
    GenerationResult,
    ScoreResult,
    TokenLogprob,
)


class ScriptedEngine(FakeEngine):
    """Answers every request at once with ``answer``, a word a chunk, or with ``error``."""

    def __init__(self, answer: str = "", error: EngineError | None = None) -> None:
        super().__init__()
        self.answer = answer
        self.error = error
        self.scored: list[str] = []
        self.device: str | None = None

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        super().submit(request, on_chunk)
        pieces = self.answer.split(" ")
        self.emit(request.request_id, [pieces[0], *(f" {piece}" for piece in pieces[1:])])
        reason = FinishReason.ERROR if self.error else FinishReason.STOP
        self.finish(request.request_id, reason, self.error)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        results: list[GenerationResult] = []
        self.submit(request, lambda chunk: results.extend([chunk.result] if chunk.result else []))
        if error := results[0].error:
            raise error
        return results[0]

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        self.scored.append(text)
        return ScoreResult(
            (TokenLogprob(5, "a", -1.5), TokenLogprob(6, "b", -0.5)), 1.0, 2.718, 64, 32
        )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedEngine:
    """The engine that every command of the test gets."""
    scripted = ScriptedEngine("some words")

    def open_scripted(
        name: str | None, threads: int | None = None, device: str | None = None
    ) -> ScriptedEngine:
        scripted.device = device
        return scripted

    monkeypatch.setattr(session, "local_engine", open_scripted)
    return scripted


@pytest.fixture
def loading_fails(engine: ScriptedEngine) -> Callable[[EngineError], None]:
    """Makes the engine one whose model cannot be loaded."""

    def fail(error: EngineError) -> None:
        status = replace(engine.status(), state=EngineState.FAILED, error=error)
        assert isinstance(status, EngineStatus)
        engine.set_status(status)

    return fail


@pytest.fixture
def inkling() -> Callable[..., int]:
    """Runs the command line in this process and returns the exit code."""

    def call(*argv: str) -> int:
        return run(argv, Console())

    return call


@pytest.fixture
def pipe_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Gives standard input a content."""

    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return give


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps what a command writes out of the person's own folders."""
    folder = tmp_path / "home"
    monkeypatch.setenv("INKLING_HOME", str(folder))
    monkeypatch.delenv("INKLING_MODELS", raising=False)
    return folder

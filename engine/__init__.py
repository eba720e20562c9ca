"""Inkling's engine: a GPT on ONNX Runtime behind one typed face. Imports neither Qt nor torch."""

from engine.api import (
    CandidateScore,
    ChatMessage,
    ChunkCallback,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Lane,
    ModelInfo,
    PrecisionLoss,
    Prompt,
    Role,
    SamplingParams,
    ScoreResult,
    StatusCallback,
    TextEngine,
    Timings,
    TokenLogprob,
)
from engine.bench import QUICK_PLAN, BenchPlan, BenchReport, Latency, Speed, run_bench
from engine.errors import (
    ContextOverflow,
    EngineClosed,
    EngineError,
    GenerationFailed,
    InvalidRequest,
    ModelDamaged,
    ModelNotFound,
    UnsupportedModel,
)
from engine.fake import FakeEngine
from engine.local import LocalEngine
from engine.machine import Device, Memory, RuntimeReport, memory, open_sockets, runtime_report
from engine.missing import MissingEngine
from engine.runtime.processors import physical_cores
from engine.store.catalog import find_model, list_models
from engine.store.importer import import_model, remove_model
from engine.store.verify import describe_model, verify_model
from engine.tasks.ask import Evidence, ask_request, find_evidence
from engine.tasks.chat import ContextText, chat_request
from engine.tasks.classify import CLASSIFY_TEMPLATE, ClassifyRequest, classify, classify_request
from engine.tasks.complete import completion_request, trim_completion
from engine.tasks.rewrite import (
    REWRITE_ACTIONS,
    RewriteAction,
    clean_rewrite,
    find_action,
    rewrite_request,
)

__all__ = [
    "CLASSIFY_TEMPLATE",
    "QUICK_PLAN",
    "REWRITE_ACTIONS",
    "BenchPlan",
    "BenchReport",
    "CandidateScore",
    "ChatMessage",
    "ChunkCallback",
    "ClassifyRequest",
    "ContextOverflow",
    "ContextText",
    "Device",
    "EngineClosed",
    "EngineError",
    "EngineState",
    "EngineStatus",
    "Evidence",
    "FakeEngine",
    "FinishReason",
    "GenerationChunk",
    "GenerationFailed",
    "GenerationRequest",
    "GenerationResult",
    "InvalidRequest",
    "Lane",
    "Latency",
    "LocalEngine",
    "Memory",
    "MissingEngine",
    "ModelDamaged",
    "ModelInfo",
    "ModelNotFound",
    "PrecisionLoss",
    "Prompt",
    "RewriteAction",
    "Role",
    "RuntimeReport",
    "SamplingParams",
    "ScoreResult",
    "Speed",
    "StatusCallback",
    "TextEngine",
    "Timings",
    "TokenLogprob",
    "UnsupportedModel",
    "ask_request",
    "chat_request",
    "classify",
    "classify_request",
    "clean_rewrite",
    "completion_request",
    "describe_model",
    "find_action",
    "find_evidence",
    "find_model",
    "import_model",
    "list_models",
    "memory",
    "open_sockets",
    "physical_cores",
    "remove_model",
    "rewrite_request",
    "run_bench",
    "runtime_report",
    "trim_completion",
    "verify_model",
]

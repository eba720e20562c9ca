"""Inkling's engine: a GPT on ONNX Runtime behind one typed face. Imports neither Qt nor torch."""

from engine._offline import telemetry_is_off
from engine.api import (
    AdapterInfo,
    AdapterStatus,
    Alternative,
    CacheUsage,
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
    LongContextChoice,
    ModelInfo,
    PrecisionLoss,
    Prompt,
    PromptSize,
    Role,
    SamplingParams,
    ScoreResult,
    StatusCallback,
    TextEngine,
    Timings,
    TokenLogprob,
    WordOffer,
    WordOffers,
)
from engine.avoiding import Avoiding
from engine.bench import QUICK_PLAN, BenchPlan, BenchReport, Latency, Speed, run_bench
from engine.cancel import CancelToken
from engine.decode.model import device_of
from engine.errors import (
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
    ModelDamaged,
    ModelNotFound,
    UnsupportedModel,
)
from engine.evaluate.intervals import Interval
from engine.evaluate.library import evaluate_library
from engine.evaluate.perplexity import evaluate_perplexity
from engine.evaluate.proofread import evaluate_proofreading
from engine.evaluate.reading import evaluate_reading
from engine.evaluate.report import Evaluation
from engine.evaluate.rewrite import evaluate_rewriting
from engine.evaluate.sentiment import SENTIMENT_TEMPLATE, evaluate_sentiment
from engine.evaluate.summary import evaluate_summary
from engine.fake import FakeEngine
from engine.forwarding import ForwardingEngine
from engine.library.citations import Citation
from engine.library.control import IndexControl
from engine.library.document import read_document
from engine.library.embedding import Embedder, find_embedder, import_embedder
from engine.library.extract.extracted import Problem
from engine.library.extract.formats import LIBRARY_SUFFIXES, LINED_SUFFIXES
from engine.library.extract.server import serve as serve_extracting
from engine.library.indexer import LibraryIndexer
from engine.library.library import Library
from engine.library.passages import Passage
from engine.library.support import supporting_words
from engine.library.types import (
    IndexProgress,
    IndexReport,
    IndexStage,
    IndexStatus,
    LibraryDocument,
    LibraryError,
    LibraryFolder,
    LibraryHit,
    LibrarySearch,
    LibraryText,
)
from engine.local import LocalEngine
from engine.machine import (
    Device,
    Memory,
    RuntimeReport,
    default_cache_bytes,
    memory,
    open_sockets,
    processor_name,
    runtime_report,
)
from engine.missing import MissingEngine
from engine.proofread.edits import Edit, word_edits
from engine.proofread.finding_kinds import finding_kind
from engine.proofread.kinds import ErrorKind, error_kind
from engine.proofread.proofreader import (
    PROOFREADING_PROMPT,
    Correction,
    Proofreader,
    Stretch,
    corrected,
    stretches,
)
from engine.proofread.prose import prose_of
from engine.proofread.rules import (
    SPELLING_RULE,
    UNSURE_RULES,
    Dialect,
    Finding,
    FindingSource,
    RuleInfo,
    Rules,
    with_spelling,
)
from engine.rewriting.action import (
    ActionExample,
    ActionForm,
    ActionOutput,
    ActionPiece,
    ActionPrompt,
    ModelRole,
    RewriteAction,
)
from engine.rewriting.action_file import action_text, parse_action, read_action
from engine.rewriting.guards import GuardFinding
from engine.rewriting.guards import findings as guard_findings
from engine.rewriting.library import ActionLibrary, StoredAction, load_actions
from engine.rewriting.prompts import RewriteContext, action_message
from engine.rewriting.rewriter import (
    PieceDone,
    PieceGrown,
    PieceStarted,
    RewriteEvent,
    Rewriter,
    rewritten,
)
from engine.rewriting.verdict import Reason as RefusalReason
from engine.rewriting.verdict import Verdict
from engine.runtime.processors import physical_cores
from engine.runtime.providers import DeviceWish
from engine.store.adapters import adapter_for, find_adapter, list_adapters
from engine.store.catalog import find_model, list_models
from engine.store.importer import import_model, remove_model
from engine.store.measured import long_context_choice
from engine.store.merged import MERGED_FOLDER
from engine.store.styles import Style, StyleFolders, erase_style, list_styles
from engine.store.verify import describe_model, verify_model
from engine.tasks.ask import (
    Evidence,
    answer_grounding,
    ask_request,
    find_evidence,
    find_in_library,
)
from engine.tasks.brainstorm import (
    MOST_AT_ONCE,
    BrainstormKind,
    brainstorm_request,
    distinct,
    ideas_of,
)
from engine.tasks.chat import ContextText, chat_request, shortened_context
from engine.tasks.classify import CLASSIFY_TEMPLATE, ClassifyRequest, classify, classify_request
from engine.tasks.complete import (
    GATES,
    completion_request,
    reading_request,
    takes_place_of_space,
    trim_completion,
)
from engine.tasks.keywords import Keyword, keywords
from engine.tasks.rewrite import clean_rewrite, rewrite_request
from engine.tasks.simulate import GateFigures, PlaceFigures, SimulationReport, simulate
from engine.tasks.summarise import Summary, summarise
from engine.tasks.summary import SummaryLength, SummarySentence
from engine.tasks.tone import ParagraphTone, ToneReader
from engine.tasks.translate import (
    LANGUAGES,
    Capability,
    can_pair,
    can_translate,
    couplet_request,
    fits_couplet,
    language_of,
    translated,
)
from engine.with_adapter import WithAdapter

__all__ = [
    "CLASSIFY_TEMPLATE",
    "GATES",
    "LANGUAGES",
    "LIBRARY_SUFFIXES",
    "LINED_SUFFIXES",
    "MERGED_FOLDER",
    "MOST_AT_ONCE",
    "PROOFREADING_PROMPT",
    "QUICK_PLAN",
    "SENTIMENT_TEMPLATE",
    "SPELLING_RULE",
    "UNSURE_RULES",
    "ActionDamaged",
    "ActionExample",
    "ActionForm",
    "ActionLibrary",
    "ActionOutput",
    "ActionPiece",
    "ActionPrompt",
    "AdapterDamaged",
    "AdapterInfo",
    "AdapterNotFound",
    "AdapterStatus",
    "AdapterUnfit",
    "Alternative",
    "Avoiding",
    "BenchPlan",
    "BenchReport",
    "BrainstormKind",
    "CacheUsage",
    "CancelToken",
    "CandidateScore",
    "Capability",
    "ChatMessage",
    "ChunkCallback",
    "Citation",
    "ClassifyRequest",
    "ContextOverflow",
    "ContextText",
    "Correction",
    "Device",
    "DeviceUnusable",
    "DeviceWish",
    "Dialect",
    "Edit",
    "Embedder",
    "EngineClosed",
    "EngineError",
    "EngineState",
    "EngineStatus",
    "ErrorKind",
    "Evaluation",
    "Evidence",
    "FakeEngine",
    "Finding",
    "FindingSource",
    "FinishReason",
    "ForwardingEngine",
    "GateFigures",
    "GenerationChunk",
    "GenerationFailed",
    "GenerationRequest",
    "GenerationResult",
    "GuardFinding",
    "IndexControl",
    "IndexProgress",
    "IndexReport",
    "IndexStage",
    "IndexStatus",
    "Interval",
    "InvalidRequest",
    "Keyword",
    "Lane",
    "Latency",
    "Library",
    "LibraryDocument",
    "LibraryError",
    "LibraryFolder",
    "LibraryHit",
    "LibraryIndexer",
    "LibrarySearch",
    "LibraryText",
    "LocalEngine",
    "LongContextChoice",
    "Memory",
    "MissingEngine",
    "ModelDamaged",
    "ModelInfo",
    "ModelNotFound",
    "ModelRole",
    "ParagraphTone",
    "Passage",
    "PieceDone",
    "PieceGrown",
    "PieceStarted",
    "PlaceFigures",
    "PrecisionLoss",
    "Problem",
    "Prompt",
    "PromptSize",
    "Proofreader",
    "RefusalReason",
    "RewriteAction",
    "RewriteContext",
    "RewriteEvent",
    "Rewriter",
    "Role",
    "RuleInfo",
    "Rules",
    "RuntimeReport",
    "SamplingParams",
    "ScoreResult",
    "SimulationReport",
    "Speed",
    "StatusCallback",
    "StoredAction",
    "Stretch",
    "Style",
    "StyleFolders",
    "Summary",
    "SummaryLength",
    "SummarySentence",
    "TextEngine",
    "Timings",
    "TokenLogprob",
    "ToneReader",
    "UnsupportedModel",
    "Verdict",
    "WithAdapter",
    "WordOffer",
    "WordOffers",
    "action_message",
    "action_text",
    "adapter_for",
    "answer_grounding",
    "ask_request",
    "brainstorm_request",
    "can_pair",
    "can_translate",
    "chat_request",
    "classify",
    "classify_request",
    "clean_rewrite",
    "completion_request",
    "corrected",
    "couplet_request",
    "default_cache_bytes",
    "describe_model",
    "device_of",
    "distinct",
    "erase_style",
    "error_kind",
    "evaluate_library",
    "evaluate_perplexity",
    "evaluate_proofreading",
    "evaluate_reading",
    "evaluate_rewriting",
    "evaluate_sentiment",
    "evaluate_summary",
    "find_adapter",
    "find_embedder",
    "find_evidence",
    "find_in_library",
    "find_model",
    "finding_kind",
    "fits_couplet",
    "guard_findings",
    "ideas_of",
    "import_embedder",
    "import_model",
    "keywords",
    "language_of",
    "list_adapters",
    "list_models",
    "list_styles",
    "load_actions",
    "long_context_choice",
    "memory",
    "open_sockets",
    "parse_action",
    "physical_cores",
    "processor_name",
    "prose_of",
    "read_action",
    "read_document",
    "reading_request",
    "remove_model",
    "rewrite_request",
    "rewritten",
    "run_bench",
    "runtime_report",
    "serve_extracting",
    "shortened_context",
    "simulate",
    "stretches",
    "summarise",
    "supporting_words",
    "takes_place_of_space",
    "telemetry_is_off",
    "translated",
    "trim_completion",
    "verify_model",
    "with_spelling",
    "word_edits",
]

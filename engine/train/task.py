"""Fine-tune a model for a task: pairs of prompt and answer in, an installed model out.

The second stage of training a GPT (Radford et al. 2018, section 3.2), by low-rank adaptation. The
adaptation is merged into the weights, so that the new model runs as quickly as the old one.
"""

from __future__ import annotations

import itertools
import math
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from engine.api import ChatMessage, Role
from engine.errors import InvalidRequest
from engine.export.installed import InstalledModel
from engine.export.package import open_source
from engine.export.weights import DecoderWeights
from engine.store.catalog import find_model
from engine.store.importer import check_free, import_model
from engine.store.manifest import TEMPLATE_NAME, TOKENIZER_NAME, Manifest, read_manifest
from engine.tokens.chat_template import ChatTemplate
from engine.tokens.tokenizer import Tokenizer
from engine.train.checkpoint import save_checkpoint
from engine.train.examples import (
    Batch,
    Example,
    TrainingDataUnusable,
    batches,
    collate,
    make_examples,
    read_pairs,
)
from engine.train.gpt import load_weights
from engine.train.lora import LoraSettings, add_lora, merge_lora
from engine.train.trainer import Step, TrainingSettings, has_bfloat16, mean_loss, train

_FEWEST_PAIRS = 20
_HELD_OUT = 0.05
_MOST_HELD_OUT = 400


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """What to train on what, and how long; ``plain`` prompts are not put as a chat message.

    ``weights`` None takes those of the installed model itself.
    """

    data: Path
    model: str
    weights: Path | None
    name: str
    rows: int = 24
    epochs: float = 1.0
    rate: float = 8e-4
    length: int = 256
    seed: int = 0
    plain: bool = False
    lora: LoraSettings = field(default_factory=LoraSettings)


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What came out of it; perplexities are of the answers of held-out pairs, a token each."""

    model: str
    tokens: int
    steps: int
    minutes: float
    perplexity_before: float
    perplexity_after: float
    held_out: int
    trained_parameters: int

    def record(self) -> dict[str, object]:
        """As plain values for JSON."""
        return asdict(self)


def train_task(
    settings: TaskSettings, folders: Sequence[Path], on_progress: Callable[[str, Step | None], None]
) -> TaskReport:
    """Train, measure on held-out pairs before and after, and install the merged model.

    ``on_progress`` gets a stage's name, and in "training" each step. The same seed on the same
    machine gives the same model.

    Raises:
        EngineError: the pairs, the weights or the name cannot be used, or training failed; what
            was installed before is unchanged.
        OSError: a file cannot be read or written.
    """
    started = time.perf_counter()
    check_free(settings.name, folders)
    directory = find_model(settings.model, folders)
    manifest = read_manifest(directory)
    on_progress("reading", None)
    examples, end = _examples(settings, directory, manifest)
    held, kept = _split(examples, settings.seed)
    on_progress("loading", None)
    source = open_source(settings.weights) if settings.weights else InstalledModel(directory)
    weights = DecoderWeights(source)
    if weights.config.vocab != manifest.vocab:
        raise InvalidRequest(
            f"The weights in {source.name} are not those of {settings.model}: their "
            "vocabularies differ. Nothing was trained."
        )
    torch.manual_seed(settings.seed)
    model = load_weights(weights)
    trained = add_lora(model, settings.lora)
    half = has_bfloat16()
    test = [collate(held[at : at + settings.rows]) for at in range(0, len(held), settings.rows)]
    on_progress("measuring", None)
    before = mean_loss(model, test, half=half)
    steps = max(1, round(settings.epochs * math.ceil(len(kept) / settings.rows)))
    plan = TrainingSettings(steps, settings.rate, warm_up=min(30, 1 + steps // 10))
    tokens = 0
    for step in train(model, trained, _endless(kept, settings), plan, half=half):
        tokens += step.tokens
        on_progress("training", step)
    on_progress("measuring", None)
    after = mean_loss(model, test, half=half)
    merge_lora(model)
    on_progress("installing", None)
    with tempfile.TemporaryDirectory(prefix="inkling-train-") as spare:
        folder = Path(spare) / settings.name
        save_checkpoint(
            model,
            weights.family,
            folder,
            directory / TOKENIZER_NAME,
            {"bos_token_id": manifest.bos_id, "eos_token_id": [end, *manifest.stop_ids]},
        )
        if manifest.has_chat_template:
            (folder / TEMPLATE_NAME).write_bytes((directory / TEMPLATE_NAME).read_bytes())
        import_model(folder, folders, name=settings.name)
    return TaskReport(
        settings.name,
        tokens,
        steps,
        round((time.perf_counter() - started) / 60, 2),
        math.exp(before),
        math.exp(after),
        len(held),
        sum(each.numel() for each in trained),
    )


def _examples(
    settings: TaskSettings, directory: Path, manifest: Manifest
) -> tuple[list[Example], int]:
    """The pairs as the installed model would read them, and the token that ends an answer."""
    tokenizer = Tokenizer(directory / TOKENIZER_NAME)
    start = [manifest.bos_id] if manifest.add_bos and manifest.bos_id is not None else []
    encode_prompt: Callable[[str], list[int]]
    if manifest.has_chat_template and not settings.plain:
        source = (directory / TEMPLATE_NAME).read_text(encoding="utf-8")
        template = ChatTemplate(source, manifest)

        def encode_prompt(text: str) -> list[int]:
            return template.encode(tokenizer, [ChatMessage(Role.USER, text)])
    else:

        def encode_prompt(text: str) -> list[int]:
            return [*start, *tokenizer.encode(text)]

    ends = manifest.stop_ids or ((manifest.eos_id,) if manifest.eos_id is not None else ())
    if not ends:
        raise InvalidRequest(
            f"{settings.model} has no token that ends an answer, so it cannot learn when to stop."
        )
    end = manifest.eos_id if manifest.eos_id is not None else ends[0]
    pairs = read_pairs(settings.data)
    if len(pairs) < _FEWEST_PAIRS:
        raise TrainingDataUnusable(
            f"{settings.data.name} holds {len(pairs)} examples, and {_FEWEST_PAIRS} are the fewest "
            "that can teach anything. Nothing was trained."
        )
    longest = min(settings.length, manifest.context)
    return make_examples(pairs, encode_prompt, tokenizer.encode, end, longest), end


def _split(examples: list[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Those held out for measuring, and those to train on."""
    order = list(examples)
    random.Random(seed).shuffle(order)
    count = max(1, min(_MOST_HELD_OUT, round(_HELD_OUT * len(order))))
    return order[:count], order[count:]


def _endless(examples: Sequence[Example], settings: TaskSettings) -> Iterator[Batch]:
    for epoch in itertools.count():
        yield from batches(examples, settings.rows, settings.seed + epoch)

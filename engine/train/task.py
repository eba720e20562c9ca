"""Fine-tune a model for a task: pairs of prompt and answer in, a model or an adapter out.

The second stage of training a GPT (Radford et al. 2018, section 3.2), by low-rank adaptation. It is
merged into the weights of a new model, which runs as quickly as the old one, or kept as an adapter.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from engine.api import ChatMessage, Role
from engine.errors import EngineError, InvalidRequest, UnsupportedModel
from engine.store.catalog import find_model
from engine.store.importer import check_free, import_model
from engine.store.manifest import TEMPLATE_NAME, TOKENIZER_NAME, Manifest, read_manifest
from engine.tokens.chat_template import ChatTemplate
from engine.tokens.tokenizer import Tokenizer
from engine.train.adapter import AdapterNote, save_adapter
from engine.train.adapting import AdaptationRun, Event, drawn_curve
from engine.train.choices import accuracy
from engine.train.control import Control
from engine.train.examples import (
    Batch,
    Example,
    Pair,
    TrainingDataUnusable,
    batches,
    collate,
    make_examples,
    read_pairs,
)
from engine.train.limits import default_threads, fitting_rows, require_space
from engine.train.lora import LoraSettings
from engine.train.resume import Progress, load_best, load_state, remove_state, write_json
from engine.train.taught import Taught
from engine.train.trainer import TrainingSettings, has_bfloat16, mean_loss

_FEWEST_PAIRS = 20
_HELD_OUT = 0.05
_MOST_HELD_OUT = 400
_MOST_VALIDATION = 120
_Measured = tuple[float, float | None]
"""Nats a token, and the share of choices that are right where there are any."""
_PLAN, _BEFORE, _CURVE, _REPORT = "plan.json", "before.json", "curve.svg", "report.json"


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """What to train on what, how long, and what is to come of it.

    ``work`` is the folder under which training keeps what it needs to go on. ``weights`` None takes
    those of the installed model itself. Prompts are put as messages of a chat, or as they are with
    ``plain``; with ``prompt`` each takes the place of ``{text}`` in it, and a space comes before
    the answer. ``adapter`` is the folder in which the result is kept as an adapter for ``task``
    under ``licence``, made from ``origin``; None makes a model of its own. ``start`` is an
    adapter's file of tensors to go on from.
    """

    data: Path
    model: str
    weights: Path | None
    name: str
    work: Path
    rows: int = 24
    epochs: float = 1.0
    rate: float = 8e-4
    length: int = 256
    threads: int | None = None
    seed: int = 0
    plain: bool = False
    prompt: str = ""
    adapter: Path | None = None
    task: str = "custom"
    licence: str = ""
    origin: str = ""
    start: Path | None = None
    lora: LoraSettings = field(default_factory=LoraSettings)


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What came out of it; perplexities are of the answers of held-out pairs, a token each.

    Accuracies are the shares of those with choices whose right one is the most probable.
    """

    model: str
    tokens: int
    steps: int
    best_step: int
    skipped_steps: int
    minutes: float
    perplexity_before: float
    perplexity_after: float
    accuracy_before: float | None
    accuracy_after: float | None
    held_out: int
    trained_parameters: int
    adapter: str | None
    folder: str

    def record(self) -> dict[str, object]:
        """As plain values for JSON."""
        return asdict(self)


def train_task(
    settings: TaskSettings, folders: Sequence[Path], control: Control, on_event: Event
) -> TaskReport:
    """Train, measure on held-out pairs before and after, and keep the best of it.

    The same seed on the same machine gives the same numbers. If the process ends before, the same
    call goes on from its last state.

    Raises:
        Stopped: ``control`` said so; what was learnt is kept.
        EngineError: the pairs, the weights or the name cannot be used, other training of that name
            has begun, or training failed; what was installed before is unchanged.
        OSError: a file cannot be read or written.
    """
    _check_name(settings, folders)
    directory = find_model(settings.model, folders)
    manifest = read_manifest(directory)
    on_event({"event": "stage", "stage": "reading"})
    examples = _examples(settings, directory, manifest)
    folder = settings.work / settings.name
    folder.mkdir(parents=True, exist_ok=True)
    _begin(settings, manifest, folder)
    held, kept = _split(examples, settings.seed)
    on_event({"event": "stage", "stage": "loading"})
    taught = Taught(settings, directory, manifest)
    if settings.start is not None:
        taught.start_from(settings.start)
    torch.set_num_threads(settings.threads or default_threads())
    count = sum(each.numel() for each in taught.trained)
    # States and best adaptations of 4 bytes a number, while one takes the other's place, and the
    # model as it is exported.
    require_space(folder, 4 * count * 8 + (0 if settings.adapter else taught.parameters * 8))
    run = _run(settings, folder, taught, held[:_MOST_VALIDATION], kept)
    before = _before(settings, folder, taught, held, on_event)
    run.train(control, on_event)
    progress = run.progress
    if progress.best_step:
        load_best(folder, taught.model, progress)
    on_event({"event": "stage", "stage": "measuring"})
    after = _measured(settings, taught, held)
    control.check()
    on_event({"event": "stage", "stage": "installing"})
    adapter = _keep(settings, folders, taught)
    run.pace.work()
    report = TaskReport(
        settings.name,
        progress.tokens,
        progress.step,
        progress.best_step,
        progress.skipped,
        round(run.pace.spent / 60, 2),
        math.exp(before[0]),
        math.exp(after[0]),
        before[1],
        after[1],
        len(held),
        count,
        str(adapter) if adapter else None,
        str(folder),
    )
    (folder / _CURVE).write_text(drawn_curve(progress, settings.name), encoding="utf-8")
    write_json(folder / _REPORT, report.record())
    # The plan goes first: without it nothing here is taken for training that can go on.
    (folder / _PLAN).unlink()
    remove_state(folder)
    return report


def _check_name(settings: TaskSettings, folders: Sequence[Path]) -> None:
    if settings.adapter is None:
        check_free(settings.name, folders)
    elif (settings.adapter / settings.name).exists():
        raise InvalidRequest(
            f"There is an adapter called {settings.name} already, and it was not changed. Choose "
            "another name, or erase that one first."
        )


def _begin(settings: TaskSettings, manifest: Manifest, folder: Path) -> None:
    """Note what is trained on what; training that has begun must be the same."""
    asked = {
        "data": hashlib.sha256(settings.data.read_bytes()).hexdigest(),
        "base": manifest.name,
        "options": json.loads(json.dumps(asdict(settings), default=str)),
    }
    try:
        begun = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        # What another training of that name left.
        remove_state(folder)
        (folder / _BEFORE).unlink(missing_ok=True)
        write_json(folder / _PLAN, asked)
        return
    except ValueError as error:
        raise _damaged(folder) from error
    if begun != asked:
        raise InvalidRequest(
            f"Training of {settings.name} has begun with other examples or options, and was left "
            f"as it is. Use the same ones to go on, or another --name, or delete {folder}."
        )


def _before(
    settings: TaskSettings, folder: Path, taught: Taught, held: Sequence[Example], on_event: Event
) -> _Measured:
    """What was measured before the first step, which is known of training that goes on."""
    path = folder / _BEFORE
    if path.exists():
        loss, right = json.loads(path.read_text(encoding="ascii"))
        return loss, right
    on_event({"event": "stage", "stage": "measuring"})
    found = _measured(settings, taught, held)
    path.write_text(json.dumps(found), encoding="ascii")
    return found


def _measured(settings: TaskSettings, taught: Taught, held: Sequence[Example]) -> _Measured:
    half = has_bfloat16()
    loss = mean_loss(taught.model, _collated(held, settings.rows), half=half)
    return loss, accuracy(taught.model, held, half=half)


def _damaged(folder: Path) -> EngineError:
    return EngineError(
        f"What was kept of this training in {folder} is damaged. Delete it to begin again."
    )


def _run(
    settings: TaskSettings,
    folder: Path,
    taught: Taught,
    validation: list[Example],
    kept: list[Example],
) -> AdaptationRun:
    count = sum(each.numel() for each in taught.trained)
    longest = max(len(example.ids) for example in kept)
    rows = fitting_rows(taught.model.config, taught.parameters, count, longest, settings.rows)
    accumulate = settings.rows // rows
    steps = max(1, round(settings.epochs * math.ceil(len(kept) / settings.rows)))
    optimiser = taught.optimiser()
    try:
        progress = load_state(folder, taught.model, optimiser) or Progress()
    except (UnsupportedModel, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error
    return AdaptationRun(
        settings.name,
        folder,
        taught,
        optimiser,
        progress,
        TrainingSettings(steps, settings.rate, min(30, 1 + steps // 10), accumulate=accumulate),
        lambda first: _endless(kept, rows, settings.seed, first),
        _collated(validation, rows),
    )


def _collated(examples: Sequence[Example], rows: int) -> list[Batch]:
    return [collate(examples[at : at + rows]) for at in range(0, len(examples), rows)]


def _keep(settings: TaskSettings, folders: Sequence[Path], taught: Taught) -> Path | None:
    """Put the result in its place; returns the adapter's folder where it is one."""
    if settings.adapter is None:
        with tempfile.TemporaryDirectory(prefix="inkling-train-") as spare:
            weights = Path(spare) / settings.name
            taught.save_merged(weights)
            import_model(weights, folders, name=settings.name)
        return None
    note = AdapterNote(
        settings.name, settings.task, settings.prompt, settings.licence, settings.origin
    )
    target = settings.adapter / settings.name
    save_adapter(target, note, taught.manifest, settings.lora, taught.adaptation())
    return target


def _examples(settings: TaskSettings, directory: Path, manifest: Manifest) -> list[Example]:
    """The pairs as the installed model would read them."""
    tokenizer = Tokenizer(directory / TOKENIZER_NAME)
    start = [manifest.bos_id] if manifest.add_bos and manifest.bos_id is not None else []
    encode_prompt: Callable[[str], list[int]]
    if manifest.has_chat_template and not (settings.plain or settings.prompt):
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
    if settings.prompt:
        pairs = [
            Pair(
                settings.prompt.replace("{text}", pair.prompt),
                f" {pair.answer}",
                tuple(f" {each}" for each in pair.choices),
            )
            for pair in pairs
        ]
    longest = min(settings.length, manifest.context)
    return make_examples(pairs, encode_prompt, tokenizer.encode, end, longest)


def _split(examples: list[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Those held out for measuring, and those to train on."""
    order = list(examples)
    random.Random(seed).shuffle(order)
    count = max(1, min(_MOST_HELD_OUT, round(_HELD_OUT * len(order))))
    return order[:count], order[count:]


def _endless(examples: Sequence[Example], rows: int, seed: int, first: int) -> Iterator[Batch]:
    """Batches from the ``first`` on, epoch after epoch; they follow from the seed alone."""
    epoch, skipped = divmod(first, math.ceil(len(examples) / rows))
    while True:
        yield from batches(examples, rows, seed + epoch, skipped)
        epoch, skipped = epoch + 1, 0

"""Train a small GPT from scratch on texts: files in, an installed model out.

The first stage of training a GPT (Radford et al. 2018, section 3.1): unsupervised, on running text.
An n-gram model of the same tokens says what the Transformer is worth.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from engine.errors import EngineError, InvalidRequest, UnsupportedModel
from engine.store.importer import check_free, import_model
from engine.train.checkpoint import save_checkpoint
from engine.train.corpus import Corpus, read_corpus
from engine.train.curve import training_curve
from engine.train.dataset import (
    PARTS,
    TOKENIZER,
    Dataset,
    Tokens,
    measuring_batches,
    open_dataset,
    training_batches,
    write_dataset,
)
from engine.train.gpt import GPT
from engine.train.limits import default_threads, fitting_rows
from engine.train.ngram import tuned
from engine.train.presets import FAMILY, Preset, make_model, make_optimiser, shapes
from engine.train.resume import (
    Progress,
    load_best,
    load_state,
    remove_state,
    save_state,
    write_json,
)
from engine.train.trainer import Step, TrainingSettings, has_bfloat16, mean_loss, train

_PLAN = "plan.json"
_TIMED_STEPS = 3
_FEWEST_STEPS = 20
_MOST_COUNTED = 3_000_000
"""Tokens; the n-gram model's tables of more would not fit into the memory of many computers."""


@dataclass(frozen=True, slots=True)
class PretrainSettings:
    """What to train on what, and where; ``steps``, ``minutes`` and ``rate`` overrule the preset.

    ``work`` is the folder under which training keeps what it needs to go on. ``threads`` None are
    all cores but one.
    """

    corpus: tuple[Path, ...]
    name: str
    work: Path
    preset: Preset
    steps: int | None = None
    minutes: float | None = None
    rate: float | None = None
    threads: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PretrainReport:
    """What came out of it; perplexities are a token of held-out text.

    ``ngram_perplexity`` is None where there were too many tokens to count.
    """

    model: str
    parameters: int
    vocabulary: int
    training_tokens: int
    tokens: int
    steps: int
    best_step: int
    minutes: float
    perplexity_before: float
    perplexity_after: float
    ngram_perplexity: float | None
    ngram_order: int | None
    held_out: int
    folder: str

    def record(self) -> dict[str, object]:
        """As plain values for JSON."""
        return asdict(self)


def pretrain(
    settings: PretrainSettings,
    folders: Sequence[Path],
    on_progress: Callable[[str, Step | None], None],
) -> PretrainReport:
    """Train, measure beside an n-gram model, and install the model in the last of ``folders``.

    The weights kept are those of the step that was best on the validation part. If the process
    ends before, the same call goes on from its last measurement, and comes to the same model.

    Raises:
        EngineError: the texts or the name cannot be used, other training of that name has begun,
            or training failed.
        OSError: a file cannot be read or written.
    """
    check_free(settings.name, folders)
    folder = settings.work / settings.name
    folder.mkdir(parents=True, exist_ok=True)
    on_progress("reading", None)
    corpus = read_corpus(settings.corpus, settings.seed)
    _require_space(settings.preset, corpus, folder)
    torch.set_num_threads(settings.threads or default_threads())
    settings = replace(settings, preset=_fitting(settings.preset))
    started = time.perf_counter()
    data, steps = _prepare(settings, corpus, folder, on_progress)
    model, optimiser = _fresh(settings, data.vocabulary)
    try:
        progress = load_state(folder, model, optimiser) or Progress()
    except (UnsupportedModel, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error
    run = _Run(settings, folder, data, model, optimiser, progress, steps)
    run.train(started, on_progress)
    on_progress("measuring", None)
    load_best(folder, model, progress)
    after = run.loss(data.held_out)
    ngram, order = _ngram(data)
    on_progress("installing", None)
    with tempfile.TemporaryDirectory(prefix="inkling-train-") as spare:
        export = Path(spare) / settings.name
        ends = {"bos_token_id": 0, "eos_token_id": 0}
        save_checkpoint(model, FAMILY, export, folder / TOKENIZER, ends)
        import_model(export, folders, name=settings.name)
    report = PretrainReport(
        settings.name,
        sum(each.numel() for each in model.parameters()),
        data.vocabulary,
        len(data.training),
        progress.tokens,
        progress.step,
        progress.best_step,
        round(progress.seconds / 60, 2),
        math.exp(progress.before),
        math.exp(after),
        ngram,
        order,
        len(data.held_out) - 1,
        str(folder),
    )
    curve = training_curve(
        progress.losses, progress.validation, ngram, settings.name, math.exp(after)
    )
    (folder / "curve.svg").write_text(curve, encoding="utf-8")
    write_json(folder / "report.json", report.record())
    # The plan goes first: without it nothing here is taken for training that can go on.
    (folder / _PLAN).unlink()
    remove_state(folder)
    return report


def _fresh(settings: PretrainSettings, vocabulary: int) -> tuple[GPT, torch.optim.AdamW]:
    torch.manual_seed(settings.seed)
    model = make_model(settings.preset, vocabulary)
    return model, make_optimiser(model)


@dataclass(slots=True)
class _Run:
    """The training itself."""

    settings: PretrainSettings
    folder: Path
    data: Dataset
    model: GPT
    optimiser: torch.optim.AdamW
    progress: Progress
    steps: int

    def train(self, started: float, on_progress: Callable[[str, Step | None], None]) -> None:
        """Go on until the last step, or until it stops getting better; keeps states as it goes."""
        preset, progress = self.settings.preset, self.progress
        if not progress.step:
            progress.before = self.loss(self.data.held_out)
        # Seconds that went by in processes before this one count too.
        earlier = progress.seconds
        started -= earlier
        plan = TrainingSettings(
            self.steps,
            self.settings.rate or preset.rate,
            warm_up=min(100, 1 + self.steps // 10),
            accumulate=preset.accumulate,
        )
        steps = () if self._is_done() else self._steps(plan)
        for step in steps:
            progress.step = step.number
            progress.tokens += step.tokens
            progress.slowed = step.slowed
            progress.skipped += step.skipped
            progress.losses.append((step.number, step.loss))
            on_progress("training", replace(step, seconds=earlier + step.seconds))
            if step.number % preset.check_every == 0 or step.number == self.steps:
                self._check(started)
                if self._is_done():
                    break
                self.model.train()

    def loss(self, tokens: Tokens) -> float:
        """Nats a token."""
        preset = self.settings.preset
        batches = measuring_batches(tokens, preset.rows, preset.context)
        return mean_loss(self.model, batches, half=has_bfloat16())

    def _steps(self, plan: TrainingSettings) -> Iterable[Step]:
        preset, start = self.settings.preset, self.progress.step
        batches = training_batches(
            self.data.training,
            preset.rows,
            preset.context,
            self.settings.seed,
            start * preset.accumulate,
        )
        return train(
            self.model,
            list(self.model.parameters()),
            batches,
            plan,
            half=has_bfloat16(),
            optimiser=self.optimiser,
            start=start,
            slowed=self.progress.slowed,
        )

    def _check(self, started: float) -> None:
        progress = self.progress
        loss = self.loss(self.data.validation)
        progress.validation.append((progress.step, loss))
        if loss < progress.best or not progress.best_step:
            progress.best = loss if math.isfinite(loss) else math.inf
            progress.best_step = progress.step
        progress.seconds = time.perf_counter() - started
        save_state(self.folder, self.model, self.optimiser, progress)
        curve = training_curve(progress.losses, progress.validation, None, self.settings.name)
        (self.folder / "curve.svg").write_text(curve, encoding="utf-8")

    def _is_done(self) -> bool:
        since = sum(step > self.progress.best_step for step, _ in self.progress.validation)
        return self.progress.step >= self.steps or since >= self.settings.preset.patience


def _prepare(
    settings: PretrainSettings,
    corpus: Corpus,
    folder: Path,
    on_progress: Callable[[str, Step | None], None],
) -> tuple[Dataset, int]:
    """The tokens and how many steps to train: those of training that has begun, or new ones."""
    asked = {
        "texts": _digest(corpus),
        # How a step is cut into rows is the memory's affair, and changes nothing.
        "preset": asdict(replace(settings.preset, rows=0, accumulate=0)),
        "seed": settings.seed,
        "steps": settings.steps,
        "minutes": settings.minutes,
    }
    try:
        plan = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        plan = None
    except ValueError as error:
        raise _damaged(folder) from error
    if plan is None:
        remove_state(folder)
        on_progress("tokenizing", None)
        write_dataset(corpus, settings.preset.vocabulary, settings.preset.context, folder)
        data = open_dataset(folder)
        on_progress("measuring", None)
        steps = _planned_steps(settings, data)
        write_json(folder / _PLAN, {"asked": asked, "total": steps})
        return data, steps
    if plan["asked"] != asked:
        raise InvalidRequest(
            f"Training of {settings.name} has begun with other texts or options, and was left as "
            f"it is. Use the same ones to go on, or another --name, or delete {folder}."
        )
    try:
        return open_dataset(folder), int(plan["total"])
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise _damaged(folder) from error


def _damaged(folder: Path) -> EngineError:
    return EngineError(
        f"What was kept of this training in {folder} is damaged. Delete it to begin again."
    )


def _digest(corpus: Corpus) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in PARTS:
        for text in getattr(corpus, part):
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(b"\1")
    return digest.hexdigest()


def _planned_steps(settings: PretrainSettings, data: Dataset) -> int:
    """The steps asked for, and no more than fit into the minutes by a few that are timed here.

    The number is settled before training: the learning rate follows it.
    """
    preset = settings.preset
    if settings.minutes is None:
        return settings.steps or preset.steps
    model, optimiser = _fresh(settings, data.vocabulary)
    batches = training_batches(data.training, preset.rows, preset.context, settings.seed, 0)
    plan = TrainingSettings(_TIMED_STEPS + 1, preset.rate, accumulate=preset.accumulate)
    times = [
        step.seconds
        for step in train(
            model,
            list(model.parameters()),
            batches,
            plan,
            half=has_bfloat16(),
            optimiser=optimiser,
        )
    ]
    # The first one prepares much that the others find done.
    each = min(later - earlier for earlier, later in itertools.pairwise(times))
    started = time.perf_counter()
    mean_loss(
        model,
        measuring_batches(data.validation, preset.rows, preset.context),
        half=has_bfloat16(),
    )
    each += (time.perf_counter() - started) / preset.check_every
    fitting = max(_FEWEST_STEPS, int(settings.minutes * 60 / each))
    return min(fitting, settings.steps or fitting)


def _ngram(data: Dataset) -> tuple[float | None, int | None]:
    """Perplexity of the n-gram model on the same tokens, and its order."""
    if len(data.training) > _MOST_COUNTED:
        return None, None
    training, validation, held = (
        [part.tolist()] for part in (data.training, data.validation, data.held_out)
    )
    model, order = tuned(training, validation, data.vocabulary)
    return model.perplexity(held), order


def _fitting(preset: Preset) -> Preset:
    """``preset`` with so many rows at once as the memory that is free can hold."""
    parameters = _parameters(preset)
    config = shapes(preset, preset.vocabulary)
    rows = fitting_rows(config, parameters, parameters, preset.context, preset.rows)
    return replace(preset, rows=rows, accumulate=preset.accumulate * preset.rows // rows)


def _parameters(preset: Preset) -> int:
    matrices = 4 * preset.hidden**2 + 3 * preset.hidden * preset.ffn
    return preset.vocabulary * preset.hidden + preset.layers * matrices


def _require_space(preset: Preset, corpus: Corpus, folder: Path) -> None:
    """Raises ``EngineError`` where the disk is too full for what training writes at its most."""
    tokens = sum(len(text) for part in PARTS for text in getattr(corpus, part))
    parameters = _parameters(preset)
    # Two states and two best models of 4 bytes a number, while one takes the other's place; and
    # the model as it is exported.
    needed = 4 * tokens + 4 * parameters * (2 * 3 + 2 + 2)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise EngineError(
            f"Training needs {needed / 1e6:,.0f} MB on the disk of {folder}, and "
            f"{free / 1e6:,.0f} MB are free. Nothing was trained. Make room and start again."
        )

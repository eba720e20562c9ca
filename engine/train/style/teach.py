"""Teach a style, from the texts to what is kept.

The second stage of training a GPT on running text: low-rank adaptation (Hu et al. 2021) with the
loss on every token. What came of it is measured on documents that were held out, on the model of 8
bits that the person would write with, and only what is better is kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from engine.errors import InvalidRequest, UnsupportedModel
from engine.export.installed import InstalledModel
from engine.export.merge import merge_adapter
from engine.export.package import ExportCancelled
from engine.store.adapters import read_adapter
from engine.store.catalog import find_model
from engine.store.importer import check_free
from engine.store.manifest import Manifest, read_manifest, write_manifest
from engine.store.styles import REPORT_NAME
from engine.train.adapter import AdapterNote, save_adapter
from engine.train.adapting import AdaptationRun, Event, drawn_curve
from engine.train.control import Control
from engine.train.corpus import Corpus
from engine.train.resume import Progress, load_best, load_state, remove_state, write_json
from engine.train.style.plan import (
    Plan,
    begun_plan,
    forget_plan,
    has_begun,
    keep_plan,
    make_plan,
    require_room,
)
from engine.train.style.result import Comparison, compare
from engine.train.style.settings import StyleSettings, damaged
from engine.train.style.texts import (
    begun_corpus,
    count,
    forget_corpus,
    keep_corpus,
    new_corpus,
    require_tokens,
    tokens_of,
)
from engine.train.taught import Taught
from engine.train.trainer import TrainingSettings
from engine.train.windows import measuring_batches, training_batches

_MOST_VALIDATION = 4_096
"""Tokens; more would take time at each measurement."""
_PRECISIONS = ("int8", "fp32")
"""To what an adapter can be added."""
_REPORT, _CURVE, _CANDIDATE = REPORT_NAME, "curve.svg", "candidate"


@dataclass(frozen=True, slots=True)
class StyleReport:
    """What came out of it; figures before and after are of text that was held out.

    ``better`` says whether it was kept: as an adapter in the folder ``adapter``, as a model in the
    folder ``installed``. ``next_words`` and ``keystrokes_saved`` are shares. Of ``samples`` after
    openings of the training texts, ``samples_copied`` repeat more than 50 characters of these.
    """

    model: str
    base: str
    documents: int
    words: int
    held_out_documents: int
    held_out_words: int
    training_tokens: int
    tokens: int
    steps: int
    best_step: int
    skipped_steps: int
    minutes: float
    threads: int
    tokens_per_s: float
    perplexity_before: float
    perplexity_after: float
    next_words_before: float
    next_words_after: float
    keystrokes_saved_before: float
    keystrokes_saved_after: float
    better: bool
    samples: int
    samples_copied: int
    longest_copy: str
    prompt: str
    written: str
    continued_before: str
    continued_after: str
    adapter: str | None
    installed: str | None
    folder: str

    def record(self) -> dict[str, object]:
        """As plain values for JSON."""
        return asdict(self)


def train_style(
    settings: StyleSettings, folders: Sequence[Path], control: Control, on_event: Event
) -> StyleReport:
    """Train, measure, and keep the result if it is better; ``folders`` are those of models.

    If the process ends before, the same call goes on from its last state, with the same texts, and
    comes to the same adapter.

    Raises:
        Stopped: ``control`` said so; what was learnt is kept.
        EngineError: the texts, the weights or the name cannot be used, other training of that name
            has begun, or training failed.
        OSError: a file cannot be read or written.
    """
    _check_names(settings, folders)
    directory = find_model(settings.model, folders)
    manifest = _manifest(directory)
    folder = settings.work / settings.name
    folder.mkdir(parents=True, exist_ok=True)
    begun = has_begun(folder)
    plan = begun_plan(settings, folder, manifest.name) if begun else None
    corpus = _corpus(settings, folder, begun, on_event)
    on_event({"event": "stage", "stage": "loading"})
    taught = Taught(settings, directory, manifest)
    documents = tokens_of(corpus.training, taught.encode)
    require_tokens(documents)
    control.check()
    if plan is None:
        plan = make_plan(settings, documents, taught, on_event)
        require_room(taught, sum(map(len, corpus.training)), folder)
        keep_corpus(folder, corpus)
        keep_plan(settings, folder, manifest.name, plan)
    on_event({"event": "plan", **asdict(plan)})
    torch.set_num_threads(plan.threads)
    run = _run(settings, folder, taught, plan, corpus, documents)
    run.train(control, on_event)
    progress = run.progress
    if progress.best_step:
        load_best(folder, taught.model, progress)
    result, adapter, installed = _finish(
        settings, folder, corpus, taught, plan, folders, control, on_event
    )
    run.pace.work()
    counts = count(corpus)
    report = StyleReport(
        settings.name,
        manifest.name,
        counts.documents,
        counts.words,
        counts.held_out_documents,
        counts.held_out_words,
        plan.training_tokens,
        progress.tokens,
        progress.step,
        progress.best_step,
        progress.skipped,
        round(run.pace.spent / 60, 2),
        plan.threads,
        plan.tokens_per_s,
        result.before.perplexity,
        result.after.perplexity,
        result.before.next_words,
        result.after.next_words,
        result.before.keystrokes_saved,
        result.after.keystrokes_saved,
        result.better,
        result.memory.samples,
        result.memory.copied,
        result.memory.longest,
        result.prompt,
        result.written,
        result.continued_before,
        result.continued_after,
        str(adapter) if adapter else None,
        str(installed) if installed else None,
        str(folder),
    )
    (folder / _CURVE).write_text(drawn_curve(progress, settings.name), encoding="utf-8")
    write_json(folder / _REPORT, report.record())
    forget_plan(folder)
    remove_state(folder)
    forget_corpus(folder)
    return report


def estimate_style(
    settings: StyleSettings, folders: Sequence[Path], on_event: Event
) -> dict[str, object]:
    """What ``train_style`` would learn from, and how long it would take here; keeps nothing.

    ``most_seconds`` is how long it would take if it were given all the time there is.

    Raises what ``train_style`` does.
    """
    _check_names(settings, folders)
    directory = find_model(settings.model, folders)
    corpus = new_corpus(settings.folder, settings.seed)
    counts = asdict(count(corpus))
    on_event({"event": "corpus", **counts})
    taught = Taught(settings, directory, _manifest(directory))
    documents = tokens_of(corpus.training, taught.encode)
    require_tokens(documents)
    plan = make_plan(settings, documents, taught, on_event)
    most = settings.epochs * plan.training_tokens / plan.tokens_per_s + plan.finishing
    times = {"minutes": round(plan.seconds / 60, 1), "most_seconds": round(most, 1)}
    return counts | asdict(plan) | times


def _manifest(directory: Path) -> Manifest:
    """The model's manifest. Raises ``UnsupportedModel`` where it could not run with an adapter."""
    manifest = read_manifest(directory)
    if manifest.precision not in _PRECISIONS:
        raise UnsupportedModel(
            f"The model {manifest.name} keeps its weights in too few bits to be taught. Nothing "
            "was changed. Import it again with 8 bits (int8)."
        )
    InstalledModel(directory)
    return manifest


def _check_names(settings: StyleSettings, folders: Sequence[Path]) -> None:
    check_free(settings.name, folders)
    if (settings.adapters / settings.name).exists():
        raise InvalidRequest(
            f"There is a style called {settings.name} already, and it was not changed. Choose "
            "another name, or erase that one first."
        )


def _corpus(settings: StyleSettings, folder: Path, begun: bool, on_event: Event) -> Corpus:
    on_event({"event": "stage", "stage": "reading"})
    corpus = None
    if begun:
        try:
            corpus = begun_corpus(folder)
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(folder) from error
        if corpus is None:
            raise damaged(folder)
    else:
        # What another training of that name left.
        remove_state(folder)
        corpus = new_corpus(settings.folder, settings.seed)
    on_event({"event": "corpus", **asdict(count(corpus))})
    return corpus


def _run(
    settings: StyleSettings,
    folder: Path,
    taught: Taught,
    plan: Plan,
    corpus: Corpus,
    documents: Sequence[Sequence[int]],
) -> AdaptationRun:
    optimiser = taught.optimiser()
    try:
        progress = load_state(folder, taught.model, optimiser) or Progress()
    except (UnsupportedModel, ValueError, KeyError, TypeError) as error:
        raise damaged(folder) from error
    length, start = settings.length, taught.start
    return AdaptationRun(
        settings.name,
        folder,
        taught,
        optimiser,
        progress,
        TrainingSettings(
            plan.steps,
            settings.rate,
            warm_up=min(20, 1 + plan.steps // 10),
            accumulate=plan.accumulate,
        ),
        lambda first: training_batches(documents, length, plan.rows, start, settings.seed, first),
        measuring_batches(
            tokens_of(corpus.validation, taught.encode), length, plan.rows, start, _MOST_VALIDATION
        ),
        plan.finishing,
    )


def _finish(
    settings: StyleSettings,
    folder: Path,
    corpus: Corpus,
    taught: Taught,
    plan: Plan,
    folders: Sequence[Path],
    control: Control,
    on_event: Event,
) -> tuple[Comparison, Path | None, Path | None]:
    """The comparison, and where the adapter and the model were put, if they were."""
    on_event({"event": "stage", "stage": "exporting"})
    spare = folder / _CANDIDATE
    shutil.rmtree(spare, ignore_errors=True)
    made, merged = spare / "adapters" / settings.name, spare / settings.name
    note = AdapterNote(
        settings.name, settings.task, licence=settings.licence, origin=settings.origin
    )
    save_adapter(made, note, taught.manifest, settings.lora, taught.adaptation())
    taught.release()
    try:
        merge_adapter(
            taught.directory,
            read_adapter(made),
            merged,
            progress=lambda share: on_event({"event": "share", "share": round(share, 3)}),
            cancelled=control.cancel.cancelled,
        )
    except ExportCancelled:
        control.check()
        raise
    on_event({"event": "stage", "stage": "measuring"})
    result = compare(
        taught.directory, merged, corpus, plan.threads, settings.seed, control, on_event
    )
    adapter = installed = None
    if result.better and settings.merged:
        installed = check_free(settings.name, folders)
        write_manifest(merged, replace(read_manifest(merged), name=settings.name))
        _put(merged, installed)
    if result.better and settings.adapter:
        adapter = settings.adapters / settings.name
        _put(made, adapter)
    shutil.rmtree(spare)
    return result, adapter, installed


def _put(made: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, target)

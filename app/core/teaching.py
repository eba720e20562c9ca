"""Teaching the model a person's style: how the training process is started, and what it says.

The process tells in lines of JSON what happens (``engine.train.style``), and hears single words.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.core.marks import QT_TRANSLATE_NOOP
from app.core.paths import AppPaths

DEFAULT_NAME = "my-style"
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from engine.train.__main__ import main; sys.exit(main())"
)
_INTERRUPTED = 130
_NAME_LENGTH = 40


class Phase(StrEnum):
    """How far it is."""

    IDLE = "idle"
    LOOKING = "looking"
    """Counting the texts and timing a few steps."""
    LOOKED = "looked"
    TRAINING = "training"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    """What was learnt is kept, and it can go on."""
    DONE = "done"
    FAILED = "failed"


KILLED = "Killed"
PROBLEMS = MappingProxyType(
    {
        KILLED: QT_TRANSLATE_NOOP(
            "Errors",
            "Teaching was ended by the system, perhaps for want of memory. What was learnt until "
            "about a minute before is kept. Close other programs, and go on.",
        ),
        "TrainingDataUnusable": QT_TRANSLATE_NOOP(
            "Errors",
            "These texts cannot be learnt from: there are too few of them, or one is far too "
            "large. Nothing was changed. Choose a folder with more texts (.txt, .md).",
        ),
        "TooLittleMemory": QT_TRANSLATE_NOOP(
            "Errors",
            "There is too little memory free for teaching. Nothing was changed. Close other "
            "programs and start again.",
        ),
        "TooLittleSpace": QT_TRANSLATE_NOOP(
            "Errors",
            "The disk is too full. What was learnt so far is kept. Make room and start again.",
        ),
        "MemoryError": QT_TRANSLATE_NOOP(
            "Errors",
            "There is too little memory. What was learnt so far is kept. Close other programs, "
            "and go on.",
        ),
        "TrainingFailed": QT_TRANSLATE_NOOP(
            "Errors",
            "The loss is not a number any more, so teaching ended. The model that you have is "
            "unchanged.",
        ),
        "InvalidRequest": QT_TRANSLATE_NOOP(
            "Errors",
            "A style of that name is there already, or is being taught other texts. Nothing was "
            "changed. Choose another name, or erase that one.",
        ),
        "UnsupportedModel": QT_TRANSLATE_NOOP(
            "Errors",
            "This model cannot be taught. Nothing was changed. Choose another one, or set it up "
            "again.",
        ),
        "EngineError": QT_TRANSLATE_NOOP(
            "Errors", "Teaching did not work. The model that you have is unchanged."
        ),
    }
)
"""What each kind says in general; the sentences of the process hold more of the details."""
_STEPS_END = 0.85
_AFTERWARDS = MappingProxyType({"exporting": (_STEPS_END, 0.9), "measuring": (0.9, 1.0)})
RUNNING = frozenset({Phase.LOOKING, Phase.TRAINING, Phase.PAUSED, Phase.STOPPING})


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be taught: the texts in ``paths``, under a name, in ``minutes`` at most."""

    paths: tuple[Path, ...]
    name: str = DEFAULT_NAME
    minutes: float = 40.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to learn from, and what is held out to measure on."""

    documents: int
    words: int
    held_out_documents: int
    held_out_words: int


@dataclass(frozen=True, slots=True)
class Teaching:
    """All that is known of it. ``losses`` and ``checks`` are pairs of a step and nats a token.

    ``seconds`` is how long all of it takes, as long as it is only looked at without any limit;
    ``left`` how long it still does, None while unknown. ``share`` is that of a stage which is no
    step. ``report`` is what came of it.
    """

    phase: Phase = Phase.IDLE
    stage: str = ""
    counts: Counts | None = None
    steps: int = 0
    step: int = 0
    seconds: float | None = None
    left: float | None = None
    share: float = 0.0
    losses: tuple[tuple[int, float], ...] = ()
    checks: tuple[tuple[int, float], ...] = ()
    skipped: int = 0
    report: dict[str, Any] | None = None
    problem: str = ""
    """Why it failed, a kind of ``PROBLEMS``, and in English ``sentence`` with the details."""
    sentence: str = ""

    @property
    def running(self) -> bool:
        """Whether the process is at work, or waits."""
        return self.phase in RUNNING

    @property
    def done(self) -> float:
        """The share that is done, from 0 to 1."""
        if not self.seconds:
            return 0.0
        if self.stage in _AFTERWARDS:
            first, last = _AFTERWARDS[self.stage]
            return first + (last - first) * self.share
        return _STEPS_END * self.step / max(1, self.steps)

    @property
    def training(self) -> bool:
        """Whether there is something to be lost or kept."""
        return self.running and self.phase is not Phase.LOOKING


class Lacking(StrEnum):
    """Why nothing can be taught here."""

    PART = "part"
    """This is a packaged program, which comes without the part that trains."""
    TORCH = "torch"


def lacking() -> Lacking | None:
    """What training lacks here, None where nothing is lacking; nothing of torch is loaded."""
    if getattr(sys, "frozen", False):
        return Lacking.PART
    return Lacking.TORCH if find_spec("torch") is None else None


def command(lesson: Lesson, model: Path, paths: AppPaths, *, estimate: bool) -> list[str]:
    """The program and its arguments: an estimate that keeps nothing, or the training itself."""
    folders = paths.style_folders
    flags = ["--estimate"] if estimate else ["--listen"]
    root = Path(__file__).parents[2]
    return [
        *(sys.executable, "-P", "-c", _START, str(root), "style", "--events", *flags),
        *("--folder", *map(str, lesson.paths)),
        *("--name", lesson.name, "--minutes", f"{lesson.minutes:g}"),
        *("--model", str(model), "--work", str(folders.work), "--adapters", str(folders.adapters)),
        *("--folders", *map(str, paths.models)),
    ]


def begun(*, estimate: bool, before: Teaching | None = None) -> Teaching:
    """The state in which the process was just started; counts that are known stay."""
    counts = before.counts if before is not None else None
    return Teaching(Phase.LOOKING if estimate else Phase.TRAINING, counts=counts)


def heard(state: Teaching, line: str) -> Teaching:
    """``state`` after a line of the process; what is no event changes nothing."""
    try:
        event = json.loads(line)
        kind = event["event"]
        return _after(state, kind, event)
    except (ValueError, TypeError, KeyError):
        return state


def ended(state: Teaching, code: int, output: str) -> Teaching:
    """``state`` after the end of the process; ``output`` is what it printed."""
    if state.phase is Phase.FAILED:
        return state
    if code == _INTERRUPTED:
        return replace(state, phase=Phase.STOPPED)
    killed = replace(state, phase=Phase.FAILED, problem=KILLED)
    if code:
        return killed
    try:
        record = dict(json.loads(output))
        if state.phase is Phase.LOOKING:
            return replace(state, phase=Phase.LOOKED, seconds=float(record["most_seconds"]))
    except (ValueError, TypeError, KeyError):
        return killed
    return replace(state, phase=Phase.DONE, report=record)


def with_phase(state: Teaching, phase: Phase) -> Teaching:
    """``state`` in another phase."""
    return replace(state, phase=phase)


def name_of(folder: Path) -> str:
    """What a style learnt from ``folder`` may be called; letters of other scripts will not do."""
    plain = re.sub(r"[^a-z0-9]+", "-", folder.name.casefold())[:_NAME_LENGTH].strip("-")
    return plain if len(plain) > 1 else DEFAULT_NAME


def free_name(taken: Sequence[str], wanted: str = DEFAULT_NAME) -> str:
    """``wanted``, with a number behind it where that name is taken."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _after(state: Teaching, kind: str, event: dict[str, Any]) -> Teaching:
    match kind:
        case "stage":
            return replace(state, stage=str(event["stage"]), share=0.0)
        case "corpus":
            names = ("documents", "words", "held_out_documents", "held_out_words")
            return replace(state, counts=Counts(*(int(event[name]) for name in names)))
        case "plan":
            return replace(
                state, steps=int(event["steps"]), seconds=float(event["seconds"]), left=None
            )
        case "history":
            losses, checks = (
                tuple((int(step), float(loss)) for step, loss in event[name])
                for name in ("losses", "validation")
            )
            return replace(state, losses=losses, checks=checks)
        case "share":
            return replace(state, share=float(event["share"]))
        case "step":
            losses = state.losses
            if event["loss"] is not None:
                losses = (*losses, (int(event["step"]), float(event["loss"])))
            return replace(
                state,
                step=int(event["step"]),
                steps=int(event["steps"]),
                left=float(event["left"]),
                skipped=state.skipped + bool(event["skipped"]),
                losses=losses,
            )
        case "validation":
            point = (int(event["step"]), float(event["loss"]))
            return replace(state, checks=(*state.checks, point))
        case "paused":
            return replace(state, phase=Phase.PAUSED)
        case "resumed":
            return replace(state, phase=Phase.TRAINING)
        case "error":
            problem, sentence = str(event["kind"]), str(event["sentence"])
            return replace(state, phase=Phase.FAILED, problem=problem, sentence=sentence)
    return state

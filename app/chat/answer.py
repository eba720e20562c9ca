"""How an answer stands, from the question until its last word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.core.citations import Citation
from app.core.conversation import ConversationMessage
from engine import Evidence, Role


class Phase(Enum):
    """Where an answer stands."""

    LOADING = auto()
    """The model is not there yet; ``Answer.progress`` says how far it is."""
    SEARCHING = auto()
    """The sources are searched for what to quote."""
    READING = auto()
    """The request is with the model and nothing has come back."""
    WRITING = auto()
    DONE = auto()
    STOPPED = auto()
    CUT = auto()
    """It reached the length limit."""
    FAILED = auto()
    """``Answer.problem`` says why, in a sentence."""

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self in (Phase.LOADING, Phase.SEARCHING, Phase.READING, Phase.WRITING)


@dataclass(frozen=True, slots=True)
class Searched:
    """Among how many passages was looked, and the milliseconds for finding and for choosing."""

    passages: int
    search_ms: float
    score_ms: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands now.

    ``citations`` are what it rests on, shown before it; where ``supported`` is false the sources
    do not say it, and they are what comes nearest. ``doubted`` says that the text holds things that
    they do not. ``searched`` is what finding them took, while that is known.
    """

    phase: Phase
    text: str = ""
    progress: float = 0.0
    problem: str = ""
    citations: tuple[Citation, ...] = ()
    supported: bool = True
    doubted: bool = False
    searched: Searched | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A message the model could not take at all: its words go back to the person."""

    text: str
    problem: str


def answer_of(message: ConversationMessage) -> Answer:
    """A kept answer as it stands; a question stands for its answer that was never given."""
    if message.role == Role.USER:
        return Answer(Phase.STOPPED)
    return Answer(
        Phase.STOPPED if message.interrupted else Phase.DONE,
        message.content,
        citations=message.citations,
        supported=message.supported,
        doubted=message.doubted,
    )


def searched_of(evidence: Evidence | None) -> Searched | None:
    """What finding ``evidence`` took."""
    if evidence is None:
        return None
    return Searched(evidence.passages, evidence.search_ms, evidence.score_ms)

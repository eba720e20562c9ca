"""What is made of the lines of the training process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.paths import AppPaths
from app.core.teaching import (
    KILLED,
    Lesson,
    Phase,
    Teaching,
    begun,
    command,
    ended,
    free_name,
    heard,
    name_of,
)

_CORPUS = {
    "event": "corpus",
    "documents": 11,
    "words": 87_823,
    "held_out_documents": 2,
    "held_out_words": 12_741,
}


def _after(state: Teaching, *events: dict[str, object]) -> Teaching:
    for event in events:
        state = heard(state, json.dumps(event) + "\n")
    return state


def test_a_lesson_from_its_first_line_to_its_report() -> None:
    step = {"event": "step", "steps": 40, "skipped": False}
    state = _after(
        begun(estimate=False),
        {"event": "stage", "stage": "reading"},
        _CORPUS,
        {"event": "plan", "steps": 40, "seconds": 600.0},
        {"event": "stage", "stage": "training"},
        {"event": "validation", "step": 0, "loss": 3.5},
        step | {"step": 1, "loss": 3.4, "left": 500},
        step | {"step": 2, "loss": None, "left": 480, "skipped": True},
        {"event": "paused"},
    )
    assert state.phase is Phase.PAUSED
    assert state.counts is not None
    assert state.counts.words == 87_823
    assert (state.step, state.steps, state.left, state.skipped) == (2, 40, 480.0, 1)
    assert state.losses == ((1, 3.4),)
    assert state.checks == ((0, 3.5),)
    assert 0 < state.done < 0.1
    state = _after(state, {"event": "resumed"}, {"event": "stage", "stage": "measuring"})
    assert state.phase is Phase.TRAINING
    assert _after(state, {"event": "share", "share": 0.5}).done == pytest.approx(0.95)
    finished = ended(state, 0, '{"better": true}')
    assert finished.phase is Phase.DONE
    assert finished.report == {"better": True}
    assert not finished.running


def test_an_estimate_says_how_long_it_takes_and_the_counts_stay() -> None:
    state = ended(_after(begun(estimate=True), _CORPUS), 0, '{"most_seconds": 2156.2}')
    assert (state.phase, state.seconds) == (Phase.LOOKED, 2156.2)
    assert begun(estimate=False, before=state).counts == state.counts


def test_a_lesson_that_goes_on_has_its_curve_back() -> None:
    state = _after(
        begun(estimate=False),
        {"event": "history", "losses": [[1, 3.0], [2, 2.9]], "validation": [[0, 3.1]]},
    )
    assert state.losses == ((1, 3.0), (2, 2.9))
    assert state.checks == ((0, 3.1),)


def test_how_it_ends_early() -> None:
    state = begun(estimate=False)
    assert ended(state, 130, "").phase is Phase.STOPPED
    for code, output in ((-9, ""), (1, ""), (0, "no json")):
        over = ended(state, code, output)
        assert (over.phase, over.problem) == (Phase.FAILED, KILLED)
    told = _after(state, {"event": "error", "kind": "TooLittleMemory", "sentence": "Too little."})
    assert ended(told, 1, "") == told
    assert (told.phase, told.problem, told.sentence) == (
        Phase.FAILED,
        "TooLittleMemory",
        "Too little.",
    )


@pytest.mark.parametrize(
    "line", ["", "Warning: something", "[1]", '{"event": "step"}', '{"event": "new"}', '{"a": 1}']
)
def test_lines_that_are_no_events_change_nothing(line: str) -> None:
    state = begun(estimate=False)
    assert heard(state, line) == state


def test_names_are_those_of_folders_where_that_will_do() -> None:
    assert name_of(Path("My Novel (2)")) == "my-novel-2"
    assert name_of(Path("\u6587\u7ae0")) == "my-style"
    assert free_name(["novel", "novel-2"], "novel") == "novel-3"
    assert free_name([], "novel") == "novel"


def test_the_process_gets_all_it_needs(tmp_path: Path) -> None:
    paths = AppPaths(tmp_path, tmp_path, (tmp_path / "shipped", tmp_path / "models"))
    lesson = Lesson((Path("/a b"), Path("/c")), "novel", 25.0)
    made = command(lesson, Path("/models/base"), paths, estimate=False)
    after = made[made.index("style") :]
    assert after[after.index("--folder") + 1 : after.index("--name")] == ["/a b", "/c"]
    assert "--listen" in after
    assert "--estimate" not in after
    assert after[after.index("--minutes") + 1] == "25"
    assert after[after.index("--adapters") + 1] == str(tmp_path / "adapters")
    assert "--estimate" in command(lesson, Path("/models/base"), paths, estimate=True)

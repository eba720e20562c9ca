"""``docs/engine.md`` says what the engine's face is, and its example runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import engine

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "engine.md").read_text("utf-8")


def test_every_public_name_is_explained_and_no_other() -> None:
    tables = "\n".join(line for line in GUIDE.splitlines() if line.startswith("|"))
    first_cells = [line.split("|")[1] for line in tables.splitlines()]
    explained = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    assert explained == set(engine.__all__)


def test_every_public_class_and_function_has_a_docstring() -> None:
    silent = [
        name
        for name in engine.__all__
        if callable(made := getattr(engine, name))
        and getattr(made, "__module__", "").startswith("engine")
        and not made.__doc__
    ]
    assert silent == []


@pytest.mark.model
def test_the_example_runs(default_model: Path) -> None:
    example = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    code = example[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 15
    assert '"build/models"' in code
    code = code.replace('"build/models"', repr(str(default_model.parent)))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    *_, finished, stopped, paris, london = done.stdout.splitlines()
    assert re.fullmatch(r"(length|stop) after \d+ ms", finished)
    assert stopped == "cancelled"
    assert paris.startswith(" Paris: log-probability -")
    assert float(paris.split()[-1]) > float(london.split()[-1])

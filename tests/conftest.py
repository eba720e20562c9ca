"""Settings shared by all tests, and the real default model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.store.catalog import DEFAULT_MODEL, find_model

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_ROOT = Path(__file__).parents[1]
_GGUF_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="session")
def default_gguf() -> Path:
    """The default model's GGUF file (``INKLING_GGUF``)."""
    path = Path(os.environ.get("INKLING_GGUF", _ROOT / "build" / "download" / _GGUF_NAME))
    if not path.is_file():
        _without_model(f"{path} is missing; set INKLING_GGUF or run `python3 dev.py run` once.")
    return path


@pytest.fixture(scope="session")
def default_model() -> Path:
    """The directory of the exported default model (``INKLING_MODELS``, a list of folders)."""
    listed = os.environ.get("INKLING_MODELS", str(_ROOT / "build" / "models"))
    folders = [Path(folder) for folder in listed.split(os.pathsep) if folder]
    if not any((folder / DEFAULT_MODEL).is_dir() for folder in folders):
        _without_model(
            f"The model {DEFAULT_MODEL} is in none of {listed}; run `python3 dev.py run` once."
        )
    return find_model(DEFAULT_MODEL, folders)


def _without_model(sentence: str) -> None:
    if os.environ.get("INKLING_WITHOUT_MODEL"):
        pytest.skip(sentence)
    pytest.fail(f"{sentence} Or set INKLING_WITHOUT_MODEL=1 to leave these tests out.")

"""The texts of the user guide and of the sample document, in each language there is."""

from __future__ import annotations

from pathlib import Path

from app.core.assets import asset

LANGUAGES = ("en", "zh_CN")
SAMPLE = "sample"


def guide_folder(language: str) -> Path:
    """The folder of the guide in ``language`` ("zh_CN", "en_GB"), else of the English one."""
    chosen = next((name for name in LANGUAGES if name == language), LANGUAGES[0])
    return asset("guide", chosen)


def sample_text(language: str) -> str:
    """The document that teaches by doing. Raises ``OSError``."""
    return (guide_folder(language) / f"{SAMPLE}.md").read_text(encoding="utf-8")

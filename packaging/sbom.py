"""The list of all that the bundle contains (CycloneDX 1.5, ECMA-424), as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from project import ROOT, release_time, version

_BUILDERS = {
    "altgraph",
    "packaging",
    "pip",
    "pyinstaller",
    "pyinstaller-hooks-contrib",
    "setuptools",
    "shtab",
}
"""What is in the environment to build with and does not get into the bundle."""
if sys.platform == "linux":
    _BUILDERS.add("pypandoc-binary")
_CARRIED = (
    ("data", "Literata", "", "OFL-1.1", "assets/fonts/Literata-Regular.ttf"),
    ("data", "Inter", "", "OFL-1.1", "assets/fonts/Inter-Regular.otf"),
    ("data", "JetBrains Mono", "", "OFL-1.1", "assets/fonts/JetBrainsMono-Regular.ttf"),
    ("data", "hunspell-en-us", "2020.12.07", "LicenseRef-SCOWL", "assets/dictionaries/en_US.dic"),
    ("data", "hunspell-en-gb", "7.5.0", "LGPL-3.0-or-later", "assets/dictionaries/en_GB.dic"),
)


def write_sbom(path: Path, model: Path) -> None:
    """Write the bill of materials of this environment, the assets and ``model``."""
    # By name, since one that two folders of Python's path have is found twice.
    installed = {each.metadata["Name"].lower(): each for each in metadata.distributions()}
    parts = [_distribution(installed[name]) for name in sorted(installed.keys() - _BUILDERS)]
    parts += [_file(*each, path=ROOT / each[-1]) for each in _CARRIED]
    weights = next(iter(sorted(model.glob("*.weights"))), model / "model.json")
    parts.append(
        _file("machine-learning-model", model.name, "", "Apache-2.0", weights.name, path=weights)
    )
    when = datetime.fromtimestamp(release_time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": when,
            "component": {"type": "application", "name": "inkling", "version": version()},
        },
        "components": parts,
    }
    path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _distribution(found: metadata.Distribution) -> dict[str, object]:
    name, number = found.metadata["Name"], found.version
    part: dict[str, object] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name.lower()}@{number}",
        "name": name,
        "version": number,
        "purl": f"pkg:pypi/{name.lower()}@{number}",
    }
    licence = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if licence and "\n" not in licence:
        part["licenses"] = [{"license": {"name": licence}}]
    return part


def _file(
    kind: str, name: str, number: str, licence: str, file: str, *, path: Path
) -> dict[str, object]:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    part: dict[str, object] = {
        "type": kind,
        "bom-ref": f"file:{file}",
        "name": name,
        "licenses": [{"license": {"name": licence}}],
        "hashes": [{"alg": "SHA-256", "content": digest.hexdigest()}],
    }
    return {**part, "version": number} if number else part

"""The graphics card's path, for real, on a Vulkan driver that computes on the processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.export import export_model

_ROOT = Path(__file__).parents[3]
_WEBGPU = _ROOT / "build" / "webgpu"
_DRIVER = _WEBGPU / "vulkan" / "vk_swiftshader_icd.json"
_CASES = Path(__file__).with_name("webgpu_cases.py")
_SOFTWARE = {"ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER": "1", "VK_ICD_FILENAMES": str(_DRIVER)}

pytestmark = [
    pytest.mark.webgpu,
    pytest.mark.skipif(
        not _DRIVER.is_file(),
        reason="there is no build/webgpu; `dev.py test` makes it as root on Debian",
    ),
]


def _run(case: str, device: str, model: Path, driver: dict[str, str]) -> dict[str, Any]:
    env = {name: value for name, value in os.environ.items() if name not in _SOFTWARE}
    env["PYTHONPATH"] = os.pathsep.join([str(_ROOT), str(_WEBGPU / "plugin")])
    env["LD_LIBRARY_PATH"] = str(_WEBGPU / "vulkan")
    command = [sys.executable, str(_CASES), case, device, str(model)]
    done = subprocess.run(command, env=env | driver, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _same_on_both(case: str, model: Path) -> dict[str, Any]:
    """The report of a case, after seeing that device and processor gave the same."""
    there, here = (_run(case, device, model, _SOFTWARE) for device in ("gpu", "cpu"))
    assert there.pop("notice") is None
    assert there.pop("device") == "WebGPU"
    assert here.pop("notice") is None
    assert here.pop("device") == "CPU"
    assert there.pop("perplexity", 0.0) == pytest.approx(here.pop("perplexity", 0.0), rel=1e-2)
    assert there == here
    return there


def test_caches_on_the_device_grow_are_reused_copied_and_shared(make_tiny_gguf, tmp_path):
    source = make_tiny_gguf(tmp_path / "tiny.gguf", context=2048)
    export_model(source, tmp_path / "tiny", name="tiny", precision="fp32")
    report = _same_on_both("whole", tmp_path / "tiny")
    assert report["prompt_tokens"] > 512  # more than a cache has room for at first
    assert len(report["alternatives"]) > 1
    assert report["sockets"] == 0


@pytest.mark.model
def test_the_default_model_says_the_same_and_can_be_cancelled(default_model: Path):
    report = _same_on_both("short", default_model)
    assert report["text"]
    assert report["ended"] == "cancelled"


def test_a_card_made_of_software_is_never_taken_unasked(tiny_model: Path):
    report = _run("loading", "auto", tiny_model, _SOFTWARE)
    assert (report["device"], report["notice"]) == ("CPU", None)


def test_without_a_driver_the_processor_is_used_and_the_reason_told(tiny_model: Path):
    report = _run("loading", "gpu", tiny_model, {"VK_ICD_FILENAMES": "nowhere"})
    assert report["device"] == "CPU"
    assert "WebGPU found no graphics card" in report["notice"]

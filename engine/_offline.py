"""Keeps ONNX Runtime from calling home, before anything loads it.

Its newer builds for Linux and macOS tell their maker of each process that loads them: they write an
identifier of the device and a database into the person's cache folder as soon as they are imported,
and send from there. ``disable_telemetry_events()`` comes too late for that. Only a variable of the
environment that is set before (microsoft/onnxruntime, pull requests 27379, 29843) switches all of
it off. The package ``engine`` imports this module first.
"""

from __future__ import annotations

import os
import sys

_SWITCHES = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")
"""What the releases call it."""

for _name in _SWITCHES:
    os.environ[_name] = "1"

_LOADED_BEFORE = "onnxruntime" in sys.modules


def telemetry_is_off() -> bool:
    """Whether ONNX Runtime was told to send nothing before it was loaded."""
    return not _LOADED_BEFORE and all(os.environ.get(name) == "1" for name in _SWITCHES)

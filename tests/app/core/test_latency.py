"""Percentiles and histogram of what was measured, and nothing of the text."""

from __future__ import annotations

import json

import pytest

from app.core.latency import EDGES_MS, LatencyRecorder, Phase

PHASE = Phase.DELAY_TO_PAINTED


def test_percentiles_are_measured_values() -> None:
    recorder = LatencyRecorder()
    for value in range(100, 0, -1):
        recorder.record(PHASE, value / 1000)
    summary = recorder.summary(PHASE)
    assert summary.count == 100
    assert (summary.p50, summary.p95, summary.longest) == pytest.approx((50, 95, 100))


def test_every_measurement_is_in_one_bar() -> None:
    recorder = LatencyRecorder()
    for value in (0.5, 1, 1.5, 60, 61, 5_000):
        recorder.record(PHASE, value / 1000)
    bars = recorder.summary(PHASE).histogram
    assert len(bars) == len(EDGES_MS) + 1
    assert sum(bars) == 6
    assert bars[0] == 2
    assert bars[EDGES_MS.index(60)] == 1
    assert bars[-1] == 1


def test_nothing_measured_is_no_figure() -> None:
    recorder = LatencyRecorder()
    recorder.record(PHASE, 1)
    recorder.clear()
    assert recorder.summary(PHASE).p95 is None
    assert recorder.summary(PHASE).count == 0


def test_what_is_exported_is_plain_json() -> None:
    recorder = LatencyRecorder()
    recorder.record(PHASE, 0.02)
    exported = json.loads(json.dumps(recorder.exported()))
    assert exported["phases"]["delay_end_to_painted"]["p95"] == pytest.approx(20)
    assert set(exported["phases"]) == {phase.value for phase in Phase}

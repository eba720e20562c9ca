"""What the benchmark makes of its samples: medians, ratios, the record, the table, the chart."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from benchmarks.chart import chart
from benchmarks.report import RATIOS, medians, ratios, record, table

SAMPLES = {
    "prefill_512_tokens_per_s": [900.0, 1500.0, 1600.0],
    "llama_prefill_512_tokens_per_s": [500.0, 400.0],
    "decode_128_tokens_per_s": [180.0],
    "llama_decode_128_tokens_per_s": [200.0],
    "reuse_first_token_ms": [8.0],
    "fresh_first_token_ms": [800.0],
    "three_alternatives_ms": [330.0],
    "one_alternative_ms": [220.0],
}


def test_one_slow_run_does_not_move_the_median():
    assert medians(SAMPLES)["prefill_512_tokens_per_s"] == 1500
    assert medians(SAMPLES)["llama_prefill_512_tokens_per_s"] == 450


def test_speeds_and_times_are_divided_so_that_more_is_better():
    ratio = ratios(medians(SAMPLES))
    assert ratio["prefill_512"] == pytest.approx(1500 / 450)
    assert ratio["decode_128"] == pytest.approx(0.9)
    assert ratio["reuse_first_token"] == 100
    assert ratio["batch3_cost"] == 1.5


def test_what_was_not_measured_has_no_ratio():
    alone = {name: values for name, values in SAMPLES.items() if not name.startswith("llama_")}
    ratio = ratios(medians(alone))
    assert list(ratio) == list(RATIOS)
    assert ratio["prefill_512"] is None
    assert ratio["reuse_first_token"] == 100
    assert (
        ratios({"prefill_512_tokens_per_s": 5.0, "llama_prefill_512_tokens_per_s": 0.0})[
            "prefill_512"
        ]
        is None
    )


def test_the_record_has_the_ratios_by_their_known_names():
    written = record(SAMPLES, {"threads": 2})
    assert set(written) == {"ratio", "absolute", "samples", "about"}
    assert set(written["ratio"]) == {
        "prefill_512",
        "decode_128",
        "decode_1024",
        "decode_4096",
        "reuse_first_token",
        "lookup_rewrite",
        "batch3_cost",
        "long_8_bits",
    }
    assert written["absolute"]["reuse_first_token_ms"] == 8
    assert written["about"] == {"threads": 2}


def test_the_table_shows_both_engines_and_the_ratio():
    lines = table(medians(SAMPLES))
    prefill = next(line for line in lines if line.startswith("prefill"))
    assert prefill.split()[-3:] == ["1500", "450", "3.33x"]
    unmeasured = next(line for line in lines if line.startswith("decoding at 4096"))
    assert unmeasured.split()[-3:] == ["-", "-", "-"]
    assert len({len(line) for line in lines if line}) == 1


def _bars(svg: str) -> list[float]:
    root = ET.fromstring(svg)
    found = root.findall("{http://www.w3.org/2000/svg}rect")
    return [float(rect.get("width", "")) for rect in found if rect.get("height") == "16"]


def test_the_bars_of_a_pair_are_as_long_as_their_figures():
    bars = _bars(chart(medians(SAMPLES), "a machine"))
    assert len(bars) == 4
    assert bars[1] / bars[0] == pytest.approx(450 / 1500, abs=0.01)
    assert bars[2] / bars[3] == pytest.approx(180 / 200, abs=0.01)


def test_a_chart_of_nothing_and_of_odd_names_is_whole():
    assert _bars(chart({}, 'A <processor> & "more"')) == []
    assert "A &lt;processor&gt;" in chart({}, 'A <processor> & "more"')

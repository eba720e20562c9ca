"""Running text in, pairs out: mostly with mistakes, some without, the same for the same seed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("lemminflect")
from engine.train.mistakes.generate import (
    main,
    make_pairs,
    passages,
    split_sentences,
)

TEXT = """\
The baker on the corner opens at six. She has two ovens, and both of them are older than she is.
People come from the whole town because her bread is good.

"Is there any rye left?" he asked. There was one loaf. He bought it and walked home in the rain.
---
Mr. Lee told me that the bus had left. We waited for the next one, which came at ten past nine.
[1] A line with marks | that is no prose at all.
"""


def test_sentences_end_where_they_do() -> None:
    assert split_sentences('Mr. Lee left. "Why?" I asked. It was 5 p.m. then.') == [
        "Mr. Lee left.",
        '"Why?"',
        "I asked.",
        "It was 5 p.m. then.",
    ]


def test_passages_are_prose_and_of_one_document() -> None:
    found = [each for seed in range(20) for each in passages(TEXT, Random(seed))]
    assert any("Mr. Lee told me" in each for each in found)
    assert not any("---" in each or "|" in each for each in found)


def test_pairs_follow_from_the_seed_and_a_part_is_left_alone() -> None:
    pairs = list(make_pairs([TEXT], 400, seed=5))
    assert pairs == list(make_pairs([TEXT], 400, seed=5))
    assert pairs != list(make_pairs([TEXT], 400, seed=6))
    same = sum(source == target for source, target in pairs)
    assert 60 < same < 160
    assert all(target in " ".join(TEXT.split()) for _, target in pairs)


def test_no_text_gives_no_pairs() -> None:
    assert list(make_pairs(["..."], 5, seed=0)) == []


def test_the_command_mixes_made_and_written_pairs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    written = {"source": "He go.", "target": "He goes."}
    (tmp_path / "written.jsonl").write_text(json.dumps(written) + "\n", encoding="utf-8")
    arguments = ["--text", str(tmp_path / "a.txt"), "--count", "10", "--seed", "3"]
    assert main([*arguments, "--pairs", str(tmp_path / "written.jsonl"), "--repeat", "2"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 12
    assert lines.count({"prompt": "He go.", "answer": "He goes."}) == 2

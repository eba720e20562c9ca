"""Pairs as batches: what has a loss, and what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from engine.train.examples import (  # noqa: E402
    IGNORED,
    Example,
    Pair,
    TrainingDataUnusable,
    batches,
    collate,
    make_examples,
    read_pairs,
)


def spell(text: str) -> list[int]:
    return [ord(letter) for letter in text]


def test_the_loss_is_on_the_answer_and_its_end_alone() -> None:
    examples = make_examples(
        [Pair("ab", "cd"), Pair("a", "bcd")], lambda text: [1, *spell(text)], spell, 2, 16
    )
    batch = collate(examples)
    assert batch.ids.tolist() == [[1, 97, 98, 99, 100], [1, 97, 98, 99, 100]]
    rest = [99, 100, 2]
    assert batch.labels.tolist() == [[IGNORED, IGNORED, *rest], [IGNORED, 98, *rest]]
    assert batch.answer_tokens == 7


def test_shorter_rows_are_padded_without_a_loss() -> None:
    batch = collate([Example((1, 2, 3, 4), 2), Example((1, 5), 1)])
    assert batch.labels.tolist() == [[IGNORED, 3, 4], [5, IGNORED, IGNORED]]


def test_an_epoch_has_every_example_once_in_an_order_of_its_own() -> None:
    examples = [Example((number, *range(number % 7), 1), 1) for number in range(100, 200)]

    def order(seed: int) -> list[int]:
        return [int(row[0]) for batch in batches(examples, 8, seed) for row in batch.ids]

    assert sorted(order(1)) == list(range(100, 200))
    assert order(1) == order(1) != order(2)


def test_longer_examples_are_left_out_and_nothing_but_those_is_an_error() -> None:
    pairs = [Pair("ab", "cd"), Pair("a" * 30, "b")]
    assert len(make_examples(pairs, spell, spell, 2, 16)) == 1
    with pytest.raises(TrainingDataUnusable, match="longer than 4 tokens"):
        make_examples(pairs, spell, spell, 2, 4)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no examples"),
        ('{"prompt": "a", "answer": "b"}\nnot json\n', "Line 2"),
        ('{"prompt": "a"}\n', "Line 1"),
        ('["a", "b"]\n', "Line 1"),
        ('{"prompt": "a", "answer": 3}\n', "Line 1"),
        ('{"prompt": "a", "answer": "b", "choices": ["c"]}\n', "choices in line 1"),
        ('{"prompt": "a", "answer": "b", "choices": "b"}\n', "choices in line 1"),
        ('{"prompt": "a", "answer": "b", "choices": ["b", 3]}\n', "choices in line 1"),
    ],
)
def test_a_file_that_holds_no_pairs_says_where(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrainingDataUnusable, match=complaint):
        read_pairs(path)


def test_pairs_are_read_with_empty_lines_between(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"prompt": "a", "answer": "ä"}\n\n{"prompt": "c", "answer": "d"}\n', "utf-8")
    assert read_pairs(path) == [Pair("a", "ä"), Pair("c", "d")]


def test_choices_become_the_examples_that_the_right_one_is_compared_with() -> None:
    pair = Pair("ab", "c", ("d", "c"))
    assert make_examples([pair], spell, spell, 2, 4)[0].rivals == ((97, 98, 100, 2),)

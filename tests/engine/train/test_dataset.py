"""Tokens on the disk: nothing is lost, batches follow from the seed, tokens are measured once."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from tokenizers import Tokenizer  # noqa: E402

from engine.train.corpus import Corpus  # noqa: E402
from engine.train.dataset import (  # noqa: E402
    TOKENIZER,
    measuring_batches,
    open_dataset,
    training_batches,
    write_dataset,
)
from engine.train.examples import IGNORED, TrainingDataUnusable  # noqa: E402

_TEXT = "The sea was calm — and the keeper's lamp 灯 <|endoftext|> burnt.\n\n  Twice!\n"


def _corpus(times: int) -> Corpus:
    numbers = " ".join(map(str, range(times)))
    return Corpus((_TEXT, numbers), (_TEXT,), (_TEXT,), 0)


def test_every_text_comes_back_and_ends_with_the_end_of_text(tmp_path: Path) -> None:
    write_dataset(_corpus(400), 400, 16, tmp_path)
    data = open_dataset(tmp_path)
    assert data.training.dtype == np.uint16
    tokenizer = Tokenizer.from_file(str(tmp_path / TOKENIZER))
    ids = data.held_out.tolist()
    assert ids[-1] == 0
    assert 0 not in ids[:-1]
    assert tokenizer.decode(ids[:-1], skip_special_tokens=False) == _TEXT


def test_a_file_that_was_cut_is_not_used(tmp_path: Path) -> None:
    write_dataset(_corpus(400), 300, 16, tmp_path)
    (tmp_path / "training.bin").write_bytes((tmp_path / "training.bin").read_bytes()[:-2])
    with pytest.raises(ValueError, match="training"):
        open_dataset(tmp_path)


def test_too_few_tokens_are_said(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataUnusable, match="are the fewest"):
        write_dataset(Corpus(("a" * 50_000,), (_TEXT,), (_TEXT,), 0), 5000, 10_000, tmp_path)


def test_batches_depend_on_the_seed_and_their_number_alone() -> None:
    tokens = np.arange(1000, dtype=np.uint16)
    all_of_them = list(itertools.islice(training_batches(tokens, 3, 8, 5, 0), 4))
    later = next(training_batches(tokens, 3, 8, 5, 3))
    assert torch.equal(later.ids, all_of_them[3].ids)
    assert torch.equal(later.labels, later.ids + 1)
    assert not torch.equal(later.ids, all_of_them[2].ids)
    assert not torch.equal(next(training_batches(tokens, 3, 8, 6, 3)).ids, later.ids)


@pytest.mark.parametrize("count", [2, 8, 9, 10, 63, 64, 65])
def test_each_token_is_measured_once_after_as_much_as_there_is(count: int) -> None:
    tokens = np.arange(count, dtype=np.uint16)
    measured = []
    for batch in measuring_batches(tokens, 3, 8):
        assert batch.ids.shape[1] <= 8
        for row, place in (batch.labels != IGNORED).nonzero().tolist():
            label = int(batch.labels[row, place])
            measured.append(label)
            assert int(batch.ids[row, place]) == label - 1
            assert place >= min(label - 1, 3)
    assert measured == list(range(1, count))

"""Documents cut into windows: every token once, and none across the end of a document."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from engine.train.examples import IGNORED  # noqa: E402
from engine.train.windows import measuring_batches, training_batches, windows  # noqa: E402

_DOCUMENTS = st.lists(st.integers(0, 60), min_size=1, max_size=6).map(
    # Numbers that say where they are from.
    lambda sizes: [[1000 * (at + 1) + place for place in range(n)] for at, n in enumerate(sizes)]
)


@given(_DOCUMENTS, st.integers(1, 9), st.integers(1, 9), st.sampled_from([[], [7]]))
def test_every_token_is_a_label_once_after_its_own_document(
    documents: list[list[int]], length: int, first: int, start: list[int]
) -> None:
    labels = []
    for each in windows(documents, length, min(first, length), start):
        assert len({token // 1000 for token in each.ids if token >= 1000}) == 1
        assert each.ids[: len(start)] == tuple(start)
        assert 1 <= len(each.ids) - each.prompt_tokens <= length
        labels += each.ids[each.prompt_tokens :]
    assert labels == [token for ids in documents for token in ids[0 if start else 1 :]]


def test_batches_follow_from_seed_and_number_and_differ_each_time_round() -> None:
    documents = [list(range(100, 150)), list(range(200, 203)), list(range(300, 390))]

    def drawn(skip: int, count: int, seed: int = 3) -> list[list[list[int]]]:
        batches = training_batches(documents, 8, 2, [], seed, skip)
        return [each.ids.tolist() for each in itertools.islice(batches, count)]

    assert drawn(0, 40)[17:] == drawn(17, 23)
    assert drawn(0, 12) != drawn(0, 12, seed=4)
    assert sorted(map(str, drawn(0, 12))) != sorted(map(str, drawn(12, 12)))
    assert all(len(batch) * len(batch[0]) <= 2 * 9 for batch in drawn(0, 40))


def test_measuring_takes_tokens_from_all_documents() -> None:
    documents = [list(range(100, 200)), list(range(300, 400))]
    batches = measuring_batches(documents, 10, 3, [], 60)
    labels = [token for each in batches for token in each.labels.flatten().tolist()]
    counted = [token for token in labels if token != IGNORED]
    assert len(counted) == len(set(counted)) <= 60
    assert min(counted) < 200 < max(counted)

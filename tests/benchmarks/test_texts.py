"""The benchmark's texts: the requests, and prompts of exactly as many tokens as are measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.texts import SHIPPED, Request, exact_prompt, find_requests, prose, read_requests
from benchmarks.worker import BenchError
from engine import load_actions

_PAIRS = {"ab": 1000, "cd": 1001}


def _encode(text: str) -> list[int]:
    """A letter a token, but two letters that belong together are one."""
    ids: list[int] = []
    while text:
        size = 2 if text[:2] in _PAIRS else 1
        ids.append(_PAIRS[text[:2]] if size == 2 else ord(text[0]))
        text = text[size:]
    return ids


def _decode(ids: Sequence[int]) -> str:
    pairs = {number: pair for pair, number in _PAIRS.items()}
    return "".join(pairs.get(number) or chr(number) for number in ids)


@pytest.mark.parametrize("tokens", [3, 8, 20])
def test_a_prompt_has_exactly_the_tokens_asked_for(tokens):
    prompt = exact_prompt(_encode, _decode, "abcd xab cd " * 9, "Go:", tokens)
    assert len(_encode(prompt)) == tokens
    assert prompt.startswith("Go:")


def test_a_cut_that_would_be_spelt_otherwise_is_avoided():
    def encode(text: str) -> list[int]:
        # A last "x" is another token than an "x" inside.
        ids = [ord(letter) for letter in text]
        return [*ids[:-1], 7] if text.endswith("x") else ids

    def decode(ids: Sequence[int]) -> str:
        return "".join(map(chr, ids))

    prompt = exact_prompt(encode, decode, "aax bcdx efgh", ">", 5)
    assert prompt == "> bcd"


def test_too_little_text_is_refused():
    with pytest.raises(ValueError, match="50 tokens"):
        exact_prompt(_encode, _decode, "short", "Go:", 50)


def test_the_shipped_requests_have_texts_and_known_actions():
    requests = read_requests(SHIPPED)
    assert len(requests) >= 20
    assert len({request.source for request in requests}) == len(requests)
    library = load_actions([Path(__file__).parents[2] / "assets" / "prompts"])
    assert {request.action for request in requests if library.find(request.action)} >= {
        "proofread",
        "shorter",
        "formal",
    }


def test_without_a_folder_the_shipped_requests_are_taken():
    assert find_requests(None, 1000) == read_requests(SHIPPED)
    assert len(find_requests(None, 5)) == 5


def test_of_a_folder_each_file_gives_its_share(tmp_path: Path):
    for name, action in (("proofread", None), ("rewrite", "formal")):
        records = [{"source": f"{name} {number}"} for number in range(9)]
        lines = [json.dumps(each | ({"action": action} if action else {})) for each in records]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = find_requests(tmp_path, 6)
    assert [request.action for request in found] == ["proofread"] * 3 + ["formal"] * 3
    assert [request.source for request in found[:3]] == [
        "proofread 0",
        "proofread 3",
        "proofread 6",
    ]


def test_a_folder_without_requests_is_refused(tmp_path: Path):
    with pytest.raises(BenchError, match="neither"):
        find_requests(tmp_path, 6)


def test_prose_is_as_long_as_asked_for():
    requests = [Request("One sentence.", "formal"), Request("Another.", "formal")]
    assert len(prose(requests, 500)) >= 500
    assert prose(requests, 1).startswith("One sentence. Another.")

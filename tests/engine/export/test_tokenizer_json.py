"""A Hugging Face folder's own ``tokenizer.json``: taken as it is, or refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tokenizers import AddedToken, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers import Tokenizer as Trained

from engine.errors import UnsupportedModel
from engine.export.tokenizer_json import read_tokenizer_json
from engine.tokens.tokenizer import Tokenizer

_CORPUS = ["The keeper's daughter, in 1998, watched it all. 海边的灯塔 \n\n  x = [1]\n"] * 4
_BYTES = [f"<0x{value:02X}>" for value in range(256)]


def _byte_level() -> Trained:
    trained = Trained(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    trained.train_from_iterator(_CORPUS, trainer)
    return trained


def _pieces() -> Trained:
    trained = Trained(models.BPE(byte_fallback=True))
    trained.normalizer = normalizers.Replace(" ", "▁")
    trainer = trainers.BpeTrainer(
        vocab_size=340, special_tokens=["<|end|>", *_BYTES], show_progress=False
    )
    trained.train_from_iterator(_CORPUS, trainer)
    data = json.loads(trained.to_str())
    # Byte tokens are ordinary entries of these vocabularies.
    data["added_tokens"] = data["added_tokens"][:1]
    return Trained.from_str(json.dumps(data))


@pytest.fixture(scope="module", params=[_byte_level, _pieces])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a trained ``tokenizer.json`` of each kind, with two added tokens."""
    made: Trained = request.param()
    made.add_tokens(
        [
            AddedToken("<think>", special=False, normalized=False),
            AddedToken("\n\n\n", special=False, normalized=False),
        ]
    )
    folder = tmp_path_factory.mktemp("folder")
    made.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def change(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """``change(edit)`` is a copy of the tokenizer whose JSON ``edit`` has changed."""

    def changed(edit: Callable[[dict[str, Any]], object]) -> Path:
        data = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        edit(data)
        path = tmp_path_factory.mktemp("changed") / "tokenizer.json"
        path.write_text(json.dumps(data), "utf-8")
        return path

    return changed


def _through_the_exporter(path: Path, template: str) -> Tokenizer:
    (path.parent / "exported.json").write_text(
        read_tokenizer_json(path, 1000, template).to_str(), "utf-8"
    )
    return Tokenizer(path.parent / "exported.json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="▁")))
def test_it_gives_the_tokens_that_the_folder_says(folder: Path, text: str) -> None:
    theirs = Trained.from_file(str(folder / "tokenizer.json"))
    # Of a special token in a text ours makes plain tokens, which the tests below are about.
    assume(not any(each.content in text for each in theirs.get_added_tokens_decoder().values()))
    ours = _through_the_exporter(folder / "tokenizer.json", "")
    assert ours.encode(text) == theirs.encode(text).ids
    assert ours.decode(ours.encode(text)) == text


def test_what_the_chat_template_writes_cannot_be_forged(folder: Path) -> None:
    path = folder / "tokenizer.json"
    plain, chatting = (_through_the_exporter(path, each) for each in ("", "{{ '<think>' }}"))
    assert plain.special_id("<think>") is None
    mark = chatting.special_id("<think>")
    assert mark is not None
    assert mark in plain.encode("<think>")
    assert mark not in chatting.encode("<think>")
    assert len(plain.encode("\n\n\n")) == len(chatting.encode("\n\n\n")) == 1


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda data: data["model"].update(dropout=0.1), "not plain BPE"),
        (lambda data: data.update(model={"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}),
         "not plain BPE"),
        (lambda data: data.update(model={"type": "Other"}), "not a tokenizer"),
        (lambda data: data.pop("model"), "not a tokenizer"),
        (lambda data: (data["model"].update(byte_fallback=False), data.update(pre_tokenizer=None)),
         "cannot spell every text"),
        (lambda data: data["model"]["vocab"].update(zyx=1000), "the number 1000"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_a_sentence(
    change: Callable[..., Path], edit: Callable[[dict[str, Any]], object], said: str
) -> None:
    with pytest.raises(UnsupportedModel, match=said):
        read_tokenizer_json(change(edit), 1000)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b'{"model": 3}', b"[" * 100_000])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_bytes(content)
    with pytest.raises(UnsupportedModel, match=r"tokenizer\.json"):
        read_tokenizer_json(path, 1000)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedModel, match="cannot be read"):
        read_tokenizer_json(tmp_path / "tokenizer.json", 1000)


def test_an_overlong_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    with pytest.raises(UnsupportedModel, match="too large"):
        read_tokenizer_json(path, 1000)

"""A tiny random model for the engine's tests, made on the spot."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from engine import LocalEngine
from engine.export import export_model

_SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
_TEMPLATE = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] "
    "+ '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
_CORPUS = [
    "The ferry leaves the island at seven, and the keeper's daughter watches it from the stairs.",
    "It's late; they've said we'll write again in 1998, or perhaps when the harbour is rebuilt.",
    "Nothing in the letter, she thought, was meant for her: not the greeting, not the signature.",
    "Der Zug fährt um halb acht, et la rivière est déjà gelée. 海边的灯塔已经很旧了。",
] * 8


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """``report(line)`` shows a measured figure in the test run's output, passed or not."""

    def show(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return show


@pytest.fixture(scope="session")
def make_tiny_gguf() -> Callable[..., Path]:
    """``make(path, **options)`` writes a random llama of 2 layers with a small real vocabulary."""
    return _write_tiny_gguf


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GGUF file of the tiny random llama, about half a megabyte."""
    return _write_tiny_gguf(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture(scope="session")
def tiny_f16_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same shapes with all matrices in float16."""
    kind = gguf.GGMLQuantizationType.F16
    return _write_tiny_gguf(tmp_path_factory.mktemp("tiny") / "f16.gguf", all_matrices=kind)


@pytest.fixture(scope="session")
def tiny_model(tiny_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny llama exported as int8: a model directory to load, or to copy and damage."""
    directory = tmp_path_factory.mktemp("models") / "tiny"
    export_model(tiny_gguf, directory, name="tiny")
    return directory


@pytest.fixture(scope="module")
def tiny(tiny_model: Path) -> Iterator[LocalEngine]:
    """The tiny llama, loaded."""
    yield from _loaded(tiny_model)


@pytest.fixture(scope="module")
def engine(default_model: Path) -> Iterator[LocalEngine]:
    """The default model, loaded."""
    yield from _loaded(default_model)


def _loaded(model: Path) -> Iterator[LocalEngine]:
    made = LocalEngine(model)
    made.wait_until_loaded()
    yield made
    assert made.close()


def _write_tiny_gguf(
    path: Path,
    *,
    architecture: str = "llama",
    tied: bool = True,
    context: int = 512,
    hidden: int = 64,
    metadata: dict[str, Any] | None = None,
    extra_tensors: tuple[str, ...] = (),
    pre_tokenizer: str = "smollm",
    all_matrices: gguf.GGMLQuantizationType | None = None,
) -> Path:
    layers, heads, kv_heads, head_dim, ffn = 2, 4, 2, 16, 96
    tokens, merges = _train_vocabulary()
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(layers)
    writer.add_context_length(context)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(ffn)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_key_length(head_dim)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_string("general.license", "public domain")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre_tokenizer)
    writer.add_token_list(tokens)
    kinds = [gguf.TokenType.CONTROL] * len(_SPECIALS)
    writer.add_token_types(kinds + [gguf.TokenType.NORMAL] * (len(tokens) - len(kinds)))
    writer.add_token_merges(merges)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(False)
    writer.add_chat_template(_TEMPLATE)
    for key, value in (metadata or {}).items():
        add = writer.add_string if isinstance(value, str) else writer.add_uint32
        add(key, value)

    random = np.random.default_rng(7)

    def add_matrix(name: str, rows: int, columns: int, kind: gguf.GGMLQuantizationType) -> None:
        values = random.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)
        kind = kind if all_matrices is None else all_matrices
        if columns % 32:
            kind = gguf.GGMLQuantizationType.F32
        writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)

    def add_norm(name: str) -> None:
        writer.add_tensor(name, random.normal(1, 0.1, hidden).astype(np.float32))

    q8, q4 = gguf.GGMLQuantizationType.Q8_0, gguf.GGMLQuantizationType.Q4_1
    f16, f32 = gguf.GGMLQuantizationType.F16, gguf.GGMLQuantizationType.F32
    add_matrix("token_embd.weight", len(tokens), hidden, q8)
    if not tied:
        add_matrix("output.weight", len(tokens), hidden, f16)
    for index in range(layers):
        layer = f"blk.{index}."
        add_norm(layer + "attn_norm.weight")
        add_matrix(layer + "attn_q.weight", heads * head_dim, hidden, q4)
        add_matrix(layer + "attn_k.weight", kv_heads * head_dim, hidden, q4)
        add_matrix(layer + "attn_v.weight", kv_heads * head_dim, hidden, f16)
        add_matrix(layer + "attn_output.weight", hidden, heads * head_dim, f32)
        add_norm(layer + "ffn_norm.weight")
        add_matrix(layer + "ffn_gate.weight", ffn, hidden, q4)
        add_matrix(layer + "ffn_up.weight", ffn, hidden, q8)
        add_matrix(layer + "ffn_down.weight", hidden, ffn, q4)
    add_norm("output_norm.weight")
    for name in extra_tensors:
        add_norm(name)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def tiny_tokenizer() -> Tokenizer:
    """A byte-level BPE of 448 tokens."""
    return _train_tokenizer()


def _train_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    digits = pre_tokenizers.Digits(individual_digits=True)
    words = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([digits, words])
    trainer = trainers.BpeTrainer(
        vocab_size=448,
        special_tokens=_SPECIALS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_CORPUS, trainer)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _train_vocabulary() -> tuple[list[str], list[str]]:
    """Tokens by id and merges of a byte-level BPE trained on a few sentences."""
    tokenizer = _train_tokenizer()
    by_id = sorted((index, token) for token, index in tokenizer.get_vocab().items())
    tokens = [token for _, token in by_id]
    known = set(tokens)
    merges = _merges(tokenizer)
    assert all(left + right in known for left, right in (pair.split(" ") for pair in merges))
    return tokens, merges


def _merges(tokenizer: Tokenizer) -> list[str]:
    pairs = json.loads(tokenizer.to_str())["model"]["merges"]
    return [pair if isinstance(pair, str) else " ".join(pair) for pair in pairs]

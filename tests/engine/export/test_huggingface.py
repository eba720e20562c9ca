"""Hugging Face folders: how weights may be stored, and what is refused."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, processors

from engine.errors import UnsupportedModel
from engine.export import export_model
from engine.export.huggingface import HuggingFaceFolder
from engine.export.package import open_source
from engine.export.safetensors import SafetensorsFile
from engine.store.manifest import read_manifest

Array = npt.NDArray[Any]
Edit = Callable[[dict[str, Any]], object]

_CONFIG = {
    "model_type": "llama",
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 1,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "rms_norm_eps": 1e-5,
    "hidden_act": "silu",
    "vocab_size": 448,
    "bos_token_id": 0,
    "eos_token_id": [0, 2],
}
_SHAPES = {
    "model.embed_tokens.weight": (448, 64),
    "lm_head.weight": (448, 64),
    "model.norm.weight": (64,),
    "model.layers.0.input_layernorm.weight": (64,),
    "model.layers.0.post_attention_layernorm.weight": (64,),
    "model.layers.0.self_attn.q_proj.weight": (64, 64),
    "model.layers.0.self_attn.k_proj.weight": (32, 64),
    "model.layers.0.self_attn.v_proj.weight": (32, 64),
    "model.layers.0.self_attn.o_proj.weight": (64, 64),
    "model.layers.0.mlp.gate_proj.weight": (96, 64),
    "model.layers.0.mlp.up_proj.weight": (96, 64),
    "model.layers.0.mlp.down_proj.weight": (64, 96),
}
_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8"}


def _encode(tensors: dict[str, tuple[str, Array]]) -> bytes:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, (kind, values) in tensors.items():
        data = values.astype(_TYPES[kind]).tobytes()
        places = [len(body), len(body) + len(data)]
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": places}
        body += data
    raw = json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + body


def _tensors(kind: str = "F32") -> dict[str, tuple[str, Array]]:
    random = np.random.default_rng(1)
    return {name: (kind, random.normal(0, 0.1, shape)) for name, shape in _SHAPES.items()}


@pytest.fixture
def folder(tmp_path: Path, tiny_tokenizer: Tokenizer) -> Path:
    """A small llama with a head of its own."""
    path = tmp_path / "source"
    path.mkdir()
    (path / "config.json").write_text(json.dumps(_CONFIG))
    (path / "model.safetensors").write_bytes(_encode(_tensors()))
    tiny_tokenizer.save(str(path / "tokenizer.json"))
    return path


def _edit(folder: Path, edit: Edit) -> None:
    config = dict(_CONFIG)
    edit(config)
    (folder / "config.json").write_text(json.dumps(config))


def _refusal(path: Path, target: Path) -> str:
    with pytest.raises(UnsupportedModel) as refused:
        export_model(path, target / "m", name="m")
    assert not (target / "m").exists()
    return str(refused.value)


# --- how weights are stored -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "step"), [("F64", 0), ("F32", 0), ("F16", 2**-10), ("BF16", 2**-7)]
)
def test_numbers_of_every_width_are_read(tmp_path: Path, kind: str, step: float) -> None:
    values = np.random.default_rng(2).normal(0, 1, (5, 7)).astype(np.float32)
    stored = values.view(np.uint32) >> 16 if kind == "BF16" else values
    (tmp_path / "x.safetensors").write_bytes(_encode({"t": (kind, stored)}))
    found = SafetensorsFile(tmp_path / "x.safetensors").tensor("t")
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, values, rtol=step, atol=0)


def test_a_folder_in_several_files_is_the_same_model(folder: Path, tmp_path: Path) -> None:
    export_model(folder, tmp_path / "one", name="m")
    tensors = _tensors()
    parts = {"a.safetensors": list(tensors)[:5], "b.safetensors": list(tensors)[5:]}
    for file, names in parts.items():
        (folder / file).write_bytes(_encode({name: tensors[name] for name in names}))
    places = {name: file for file, names in parts.items() for name in names}
    (folder / "model.safetensors").unlink()
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"metadata": {}, "weight_map": places}))
    for name in ("two", "three"):
        export_model(folder if name == "two" else index, tmp_path / name, name="m")
        assert read_manifest(tmp_path / name) == read_manifest(tmp_path / "one")


def test_names_without_the_prefix_are_found(folder: Path, tmp_path: Path) -> None:
    bare = {name.removeprefix("model."): values for name, values in _tensors().items()}
    (folder / "model.safetensors").write_bytes(_encode(bare))
    export_model(folder, tmp_path / "m", name="m")


def test_a_head_that_is_the_embedding_needs_no_tensor(folder: Path) -> None:
    assert not open_config(folder).tied_head
    _edit(folder, lambda config: config.update(tie_word_embeddings=True))
    assert open_config(folder).tied_head
    tensors = _tensors()
    del tensors["lm_head.weight"]
    (folder / "model.safetensors").write_bytes(_encode(tensors))
    _edit(folder, lambda config: None)
    assert open_config(folder).tied_head


def open_config(folder: Path) -> Any:
    from engine.export.weights import DecoderWeights

    return DecoderWeights(open_source(folder)).config


def test_special_tokens_and_template_come_from_all_files(
    folder: Path, tmp_path: Path, tiny_tokenizer: Tokenizer
) -> None:
    settings_file = {"eos_token": {"content": "<|im_end|>"}, "chat_template": "{{ messages }}"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings_file))
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": 1}))
    start = Tokenizer.from_str(tiny_tokenizer.to_str())
    start.post_processor = processors.TemplateProcessing(
        single="<|endoftext|> $A", special_tokens=[("<|endoftext|>", 0)]
    )
    start.save(str(folder / "tokenizer.json"))
    export_model(folder, tmp_path / "m", name="m")
    manifest = read_manifest(tmp_path / "m")
    assert (manifest.bos_id, manifest.eos_id, manifest.add_bos) == (0, 2, True)
    assert manifest.stop_ids == (0, 1, 2)
    assert (tmp_path / "m" / "chat_template.jinja").read_text() == "{{ messages }}"


def test_a_template_that_no_file_can_hold_is_made_one_that_it_can(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "tokenizer_config.json").write_text('{"chat_template": "a\\ud800b"}')
    export_model(folder, tmp_path / "m", name="m")
    assert (tmp_path / "m" / "chat_template.jinja").read_text(encoding="utf-8") == "a?b"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda c: c.update(model_type="mamba2"), "'mamba2'.*gemma3_text, gpt2, llama"),
        (lambda c: c.update(hidden_act="relu"), "hidden_act set to relu"),
        (lambda c: c.update(quantization_config={"bits": 4}), "float16 or bfloat16"),
        (lambda c: c.update(rope_scaling={"rope_type": "longrope", "factor": 2.0}), "longrope"),
        (lambda c: c.update(partial_rotary_factor=0.5), "partial_rotary_factor"),
        (lambda c: c.update(rope_parameters={"partial_rotary_factor": 0.5}), "rope_parameters"),
        (lambda c: c.update(layer_types=["linear_attention"]), "layer_types.*linear_attention"),
        (lambda c: c.update(num_key_value_heads=3), "3 for keys"),
        (lambda c: c.update(hidden_size=128), "shape"),
        (lambda c: c.update(num_hidden_layers=2), r"layers\.1\."),
        (lambda c: c.update(num_hidden_layers=10**9), "impossible"),
        (lambda c: c.update(max_position_embeddings=-1), "impossible"),
        (lambda c: c.update(max_position_embeddings=1), "impossible"),
        (lambda c: c.update(rope_theta=-1), "rope.freq_base"),
    ],
)
def test_what_would_be_computed_wrongly_is_refused(
    folder: Path, tmp_path: Path, edit: Edit, said: str
) -> None:
    import re

    _edit(folder, edit)
    assert re.search(said, _refusal(folder, tmp_path / "models"))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pth", "last.ckpt"])
def test_pickles_are_refused_unopened(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / "model.safetensors").unlink()
    (folder / name).write_bytes(b"\x80\x04.")
    for path in (folder, folder / name):
        said = _refusal(path, tmp_path / "models")
        assert name in said
        assert "safetensors or GGUF" in said


def test_tensors_that_nobody_knows_are_refused(folder: Path, tmp_path: Path) -> None:
    more = _tensors() | {"model.layers.0.mlp.gate.weight": ("F32", np.zeros((8, 64)))}
    (folder / "model.safetensors").write_bytes(_encode(more))
    assert "mlp.gate.weight" in _refusal(folder, tmp_path / "models")


def test_leftovers_that_mean_nothing_are_passed_over(folder: Path, tmp_path: Path) -> None:
    name = "model.layers.0.self_attn.rotary_emb.inv_freq"
    (folder / "model.safetensors").write_bytes(_encode(_tensors() | {name: ("F32", np.ones(8))}))
    export_model(folder, tmp_path / "m", name="m")


@pytest.mark.parametrize("shape", [(), (0, 64), (448,)])
def test_an_embedding_of_another_shape_is_refused(
    folder: Path, tmp_path: Path, shape: tuple[int, ...]
) -> None:
    more = _tensors() | {"model.embed_tokens.weight": ("F32", np.zeros(shape))}
    (folder / "model.safetensors").write_bytes(_encode(more))
    assert "embed" in _refusal(folder, tmp_path / "models")


@pytest.mark.parametrize("size", [np.nan, np.inf, 1e20])
def test_weights_that_are_no_weights_are_refused(folder: Path, tmp_path: Path, size: float) -> None:
    tensors = _tensors()
    tensors["model.layers.0.mlp.up_proj.weight"][1][5, 7] = size
    (folder / "model.safetensors").write_bytes(_encode(tensors))
    assert "undefined or impossibly large" in _refusal(folder, tmp_path / "models")


def test_a_tensor_of_whole_numbers_is_no_weight(folder: Path, tmp_path: Path) -> None:
    more = _tensors() | {"model.norm.weight": ("I64", np.ones(64))}
    (folder / "model.safetensors").write_bytes(_encode(more))
    assert "I64" in _refusal(folder, tmp_path / "models")


@pytest.mark.parametrize("name", ["../model.safetensors", "/etc/x.safetensors", "a.bin", 7])
def test_an_index_cannot_name_files_elsewhere(folder: Path, tmp_path: Path, name: object) -> None:
    (folder / "model.safetensors").rename(tmp_path / "model.safetensors")
    index = {"weight_map": {"model.norm.weight": name}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert "index" in _refusal(folder, tmp_path / "m") or "no file of it" in _refusal(
        folder, tmp_path / "m"
    )


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff" * 20, b"[" * 100_000])
def test_a_missing_or_broken_file_is_refused(
    folder: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    assert _refusal(folder, tmp_path / "models").endswith(".")


# --- damage ---------------------------------------------------------------------------------------

_quick = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=4,
)
_rope_keys = [
    "rope_type",
    "type",
    "rope_theta",
    "factor",
    "original_max_position_embeddings",
    "low_freq_factor",
    "high_freq_factor",
    "beta_fast",
    "attention_factor",
]
_rope = st.dictionaries(
    st.sampled_from(_rope_keys),
    _json | st.sampled_from(["yarn", "linear", "llama3", "default", 4.0, 64]),
)
_ropes = _rope | st.dictionaries(
    st.sampled_from(["full_attention", "sliding_attention"]), _rope | _json
)
_keys = [
    *_CONFIG,
    "rope_theta",
    "rope_scaling",
    "rope_parameters",
    "layer_types",
    "sliding_window",
    "sliding_window_pattern",
    "max_window_layers",
    "use_sliding_window",
    "head_dim",
    "tie_word_embeddings",
]


@_quick
@given(changes=st.dictionaries(st.sampled_from(_keys), _json | _ropes, min_size=1, max_size=3))
def test_a_wild_config_gives_a_model_or_a_sentence(
    folder: Path, tmp_path: Path, changes: dict[str, Any]
) -> None:
    _edit(folder, lambda config: config.update(changes))
    _export_or_refuse(folder, tmp_path)


@_quick
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 1800), st.binary(min_size=1, max_size=8)), max_size=3
    ),
    keep=st.one_of(st.none(), st.integers(0, 60_000)),
)
def test_a_damaged_file_of_weights_gives_a_sentence(
    folder: Path, tmp_path: Path, changes: list[tuple[int, bytes]], keep: int | None
) -> None:
    data = bytearray(_encode(_tensors())[:keep])
    for place, new in changes:
        data[place : place + len(new)] = new
    (folder / "model.safetensors").write_bytes(data)
    _export_or_refuse(folder, tmp_path)


def _export_or_refuse(folder: Path, tmp_path: Path) -> None:
    try:
        export_model(folder, tmp_path / "models" / "m", name="m")
    except UnsupportedModel as error:
        said = str(error)
    else:
        said = "."
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"dtype": "F32", "shape": [1 << 40, 1 << 40], "data_offsets": [0, 64]}, "does not fit"),
        ({"dtype": "F32", "shape": [16], "data_offsets": [0, 1 << 50]}, "impossible"),
        ({"dtype": "F32", "shape": [16], "data_offsets": [4, 68]}, "overlap or leave gaps"),
        ({"dtype": "F32", "shape": [-16], "data_offsets": [0, 64]}, "impossible"),
        ({"dtype": "Q4", "shape": [16], "data_offsets": [0, 64]}, "unknown type"),
        ({"dtype": "F32", "shape": [32], "data_offsets": [0, 128]}, "instead of"),
        ({"dtype": "F32", "shape": [1] * 5, "data_offsets": [0, 4]}, "impossible"),
    ],
)
def test_sizes_are_checked_before_anything_is_read(
    tmp_path: Path, entry: dict[str, Any], said: str
) -> None:
    raw = json.dumps({"t": entry}).encode()
    (tmp_path / "x.safetensors").write_bytes(struct.pack("<Q", len(raw)) + raw + bytes(64))
    with pytest.raises(UnsupportedModel, match=said):
        SafetensorsFile(tmp_path / "x.safetensors")


def test_two_files_with_the_same_tensor_are_refused(folder: Path) -> None:
    tensors = _tensors()
    for file in ("a.safetensors", "b.safetensors"):
        (folder / file).write_bytes(_encode(tensors))
    (folder / "model.safetensors").unlink()
    places = {"x": "a.safetensors", "y": "b.safetensors"}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    with pytest.raises(UnsupportedModel, match="twice"):
        HuggingFaceFolder(folder)

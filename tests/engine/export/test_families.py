"""Every family, exported from a Hugging Face folder, against ``transformers`` and our own torch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt
import pytest
from tokenizers import Tokenizer

from engine.cancel import CancelToken
from engine.export import export_model
from engine.export.huggingface import HuggingFaceFolder
from engine.export.installed import InstalledModel
from engine.export.package import open_source
from engine.export.weights import DecoderWeights
from engine.runtime.kv_cache import KVShape
from engine.runtime.quantised_cache import QuantisedSession
from engine.runtime.session import DecoderSession
from engine.store.manifest import read_manifest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
from engine.train.gpt import load_weights  # noqa: E402

Logits = npt.NDArray[np.float32]

_VOCAB, _WINDOW, _LENGTH = 448, 16, 80
_SHAPES = {
    "vocab_size": _VOCAB,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
}
_GPT2_SHAPES = {"vocab_size": _VOCAB, "n_embd": 64, "n_layer": 3, "n_head": 4, "n_positions": 256}
_GEMMA_SHAPES = _SHAPES | {
    "num_hidden_layers": 4,
    "head_dim": 32,
    "sliding_window": _WINDOW,
    "query_pre_attn_scalar": 48,
    "layer_types": ["sliding_attention", "full_attention"] * 2,
}


def _scaled(kind: str, **more: float) -> dict[str, Any]:
    return {"rope_type": kind, "rope_theta": 10_000.0, "factor": 4.0, **more}


_YARN = _scaled("yarn", original_max_position_embeddings=64)
_LLAMA3 = _scaled(
    "llama3",
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=64,
)

_MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "gpt2": ("GPT2", _GPT2_SHAPES),
    "llama": ("Llama", _SHAPES | {"tie_word_embeddings": True}),
    "llama, own head": ("Llama", _SHAPES),
    "llama, biases": ("Llama", _SHAPES | {"attention_bias": True, "mlp_bias": True}),
    "llama, linear": ("Llama", _SHAPES | {"rope_parameters": _scaled("linear")}),
    "llama, llama3": ("Llama", _SHAPES | {"rope_parameters": _LLAMA3}),
    "llama, yarn": ("Llama", _SHAPES | {"rope_parameters": _YARN}),
    "qwen2": ("Qwen2", _SHAPES | {"tie_word_embeddings": True}),
    "qwen2, windows": (
        "Qwen2",
        _SHAPES | {"use_sliding_window": True, "sliding_window": _WINDOW, "max_window_layers": 1},
    ),
    "qwen3": ("Qwen3", _SHAPES | {"head_dim": 32}),
    "gemma3": ("Gemma3", _GEMMA_SHAPES),
    "gemma3, six layers": (
        "Gemma3",
        _SHAPES
        | {
            "num_hidden_layers": 6,
            "head_dim": 32,
            "sliding_window": _WINDOW,
            "query_pre_attn_scalar": 32,
        },
    ),
    "gemma3, no windows": (
        "Gemma3",
        _GEMMA_SHAPES | {"layer_types": ["full_attention"] * 4},
    ),
    "gemma3, linear": (
        "Gemma3",
        _GEMMA_SHAPES
        | {
            "rope_parameters": {
                "full_attention": _scaled("linear") | {"rope_theta": 1_000_000.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 10_000.0},
            }
        },
    ),
}
_CLASSES = {
    "Gemma3": ("Gemma3TextConfig", "Gemma3ForCausalLM"),
    "GPT2": ("GPT2Config", "GPT2LMHeadModel"),
}


_GGUF_SHAPES = {
    "embedding_length": 64,
    "feed_forward_length": 96,
    "block_count": 3,
    "context_length": 256,
    "attention.head_count": 4,
    "attention.head_count_kv": 2,
    "attention.layer_norm_rms_epsilon": 1e-6,
}
_GGUF_SETTINGS: dict[str, dict[str, Any]] = {
    "gpt2": {
        "embedding_length": 64,
        "feed_forward_length": 256,
        "block_count": 3,
        "context_length": 256,
        "attention.head_count": 4,
        "attention.layer_norm_epsilon": 1e-5,
    },
    "llama": _GGUF_SHAPES,
    "qwen2": _GGUF_SHAPES,
    "qwen3": _GGUF_SHAPES | {"attention.key_length": 32},
    "gemma3, six layers": _GGUF_SHAPES
    | {"block_count": 6, "attention.key_length": 32, "attention.sliding_window": _WINDOW},
}


def _make(kind: str, seed: int) -> Any:
    """A random model of ``transformers`` whose logits are far from uniform."""
    name, settings = _MODELS[kind]
    config_class, model_class = _CLASSES.get(name, (f"{name}Config", f"{name}ForCausalLM"))
    config = getattr(transformers, config_class)(**settings, attn_implementation="eager")
    torch.manual_seed(seed)
    model = getattr(transformers, model_class)(config).eval().float()
    with torch.no_grad():
        for parameter_name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, 64**-0.5)
            elif parameter_name.endswith("bias"):
                parameter.normal_(0, 0.1)
            else:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    return model


@pytest.fixture
def save(tmp_path: Path, tiny_tokenizer: Tokenizer) -> Callable[..., Path]:
    """``save(model)`` writes a model of ``transformers`` as a folder with a tokenizer."""

    def write(model: Any, **options: Any) -> Path:
        folder = tmp_path / "source"
        model.save_pretrained(folder, **options)
        tiny_tokenizer.save(str(folder / "tokenizer.json"))
        return folder

    return write


def _open(directory: Path) -> DecoderSession:
    manifest = read_manifest(directory)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    return DecoderSession(directory, shape, manifest.vocab, threads=1)


def _expected(model: Any, ids: list[int]) -> Logits:
    with torch.inference_mode():
        logits: Logits = model(torch.tensor([ids])).logits[0].numpy()
    return logits


def _error(found: Logits, expected: Logits) -> float:
    return float(np.abs(found - expected).max())


@pytest.mark.parametrize("kind", ["gpt2", "llama", "qwen2, windows", "qwen3", "gemma3"])
def test_a_family_goes_on_nearly_the_same_with_keys_and_values_of_8_bits(
    kind: str, save: Callable[..., Path], tmp_path: Path
) -> None:
    model = _make(kind, 0)
    export_model(save(model), tmp_path / "m", name="m", precision="fp32")
    session, cancel = _open(tmp_path / "m"), CancelToken()
    ids = np.random.default_rng(0).integers(0, _VOCAB, 240).tolist()
    read, drafted, cache = 200, 230, session.new_cache()
    session.forward(cache, ids[:read], 1, cancel)
    quantised = QuantisedSession(tmp_path / "m", session)
    copy = quantised.copy_of(cache, len(ids))
    steps = [quantised.forward(copy, place, [ids[place]], 1, cancel) for place in range(200, 230)]
    last = quantised.forward(copy, drafted, ids[drafted:], len(ids) - drafted, cancel)
    expected = _expected(model, ids)[read:]
    apart = np.sqrt(np.square(np.concatenate([*steps, last]) - expected).mean(axis=1))
    assert 1e-6 < apart.max() < 0.06 * expected.std()


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("kind", _MODELS)
def test_a_family_computes_what_transformers_does(
    kind: str, seed: int, save: Callable[..., Path], tmp_path: Path
) -> None:
    model = _make(kind, seed)
    export_model(save(model), tmp_path / "m", name="m", precision="fp32")
    session, cancel = _open(tmp_path / "m"), CancelToken()
    ids = np.random.default_rng(seed).integers(0, _VOCAB, _LENGTH).tolist()
    assert len(ids) > 4 * _WINDOW
    expected = _expected(model, ids)
    assert expected.std() > 0.3

    prefilled = session.new_cache()
    assert _error(session.forward(prefilled, ids, len(ids), cancel), expected) < 1e-3

    stepped = session.new_cache()
    steps = [session.forward(stepped, [each], 1, cancel) for each in ids]
    assert _error(np.concatenate(steps), expected) < 1e-3

    # Back into the middle of the window, then on with other tokens, some at once and one by one.
    kept = _LENGTH - _WINDOW // 2 - 3
    others = ids[:kept] + ids[:12]
    expected = _expected(model, others)[kept:]
    for cache in (prefilled, stepped):
        cache.rewind(kept)
        parts = [others[kept : kept + 7], *([each] for each in others[kept + 7 :])]
        found = [session.forward(cache, part, len(part), cancel) for part in parts]
        assert _error(np.concatenate(found), expected) < 1e-3


@pytest.mark.parametrize("kind", _MODELS)
def test_our_own_torch_computes_what_transformers_does(
    kind: str, save: Callable[..., Path]
) -> None:
    model = _make(kind, 5)
    ours = load_weights(DecoderWeights(open_source(save(model))))
    ids = np.random.default_rng(5).integers(0, _VOCAB, _LENGTH).tolist()
    expected = _expected(model, ids)
    with torch.inference_mode():
        whole, _ = ours(torch.tensor([ids]))
        first, cache = ours(torch.tensor([ids[:50]]))
        rest, _ = ours(torch.tensor([ids[50:]]), cache)
    assert _error(whole[0].numpy(), expected) < 1e-3
    assert _error(torch.cat([first, rest], dim=1)[0].numpy(), expected) < 1e-3


@pytest.mark.parametrize("precision", ["fp32", "int8"])
@pytest.mark.parametrize("kind", _MODELS)
def test_our_own_torch_computes_the_same_from_a_package(
    kind: str, precision: str, save: Callable[..., Path], tmp_path: Path
) -> None:
    model = _make(kind, 6)
    export_model(save(model), tmp_path / "m", name="m", precision=precision)
    ours = load_weights(DecoderWeights(InstalledModel(tmp_path / "m")))
    ids = np.random.default_rng(6).integers(0, _VOCAB, _LENGTH).tolist()
    with torch.inference_mode():
        found = ours(torch.tensor([ids]))[0][0].numpy()
    expected = _expected(model, ids)
    if precision == "fp32":
        assert _error(found, expected) < 1e-3
    else:
        # Activations are not rounded here, only weights.
        assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.998


@pytest.mark.parametrize("kind", _GGUF_SETTINGS)
def test_the_same_model_as_gguf_gives_the_same_graph_and_weights(
    kind: str, save: Callable[..., Path], tmp_path: Path
) -> None:
    folder = save(_make(kind, 4))
    source = HuggingFaceFolder(folder)
    _write_gguf(source, tmp_path / "x.gguf", _GGUF_SETTINGS[kind])
    for path, name in ((folder, "a"), (tmp_path / "x.gguf", "b")):
        export_model(path, tmp_path / name, name="m", precision="fp32")
    first, second = (read_manifest(tmp_path / name).files for name in "ab")
    for file in ("model.onnx", "model.weights"):
        assert first[file] == second[file]


def _write_gguf(source: HuggingFaceFolder, path: Path, settings: dict[str, Any]) -> None:
    """The tensors of ``source`` as a converter for llama.cpp writes them."""
    architecture = source.family.architecture
    tokenizer = json.loads((source.path / "tokenizer.json").read_text())["model"]
    writer = gguf.GGUFWriter(path, architecture)
    for key, value in settings.items():
        add = writer.add_float32 if isinstance(value, float) else writer.add_uint32
        add(f"{architecture}.{key}", value)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(sorted(tokenizer["vocab"], key=tokenizer["vocab"].get))
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["merges"]])
    for pattern in source.family.hugging_face.tensors:
        for layer in range(settings["block_count"] if "{i}" in pattern else 1):
            name = pattern.replace("{i}", str(layer))
            if not source.has_tensor(name) or (name == "output.weight" and _is_tied(source)):
                continue
            values = source.tensor(name, *source.shape(name))
            if architecture == "llama" and pattern.endswith(("attn_q.weight", "attn_k.weight")):
                # Rows i and i + dim / 2 of each head side by side.
                halves = values.reshape(-1, 2, 8, values.shape[1])
                values = np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(values.shape)
            writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _is_tied(source: HuggingFaceFolder) -> bool:
    return source.config.get("tie_word_embeddings") is True


@pytest.mark.parametrize(("precision", "closeness"), [("int8", 0.99), ("int4", 0.9)])
@pytest.mark.parametrize("kind", ["gpt2", "llama", "qwen2", "qwen3", "gemma3"])
def test_a_family_in_fewer_bits_stays_close(
    kind: str, precision: str, closeness: float, save: Callable[..., Path], tmp_path: Path
) -> None:
    model = _make(kind, 3)
    export_model(save(model), tmp_path / "m", name="m", precision=precision)
    session = _open(tmp_path / "m")
    ids = np.random.default_rng(3).integers(0, _VOCAB, _LENGTH).tolist()
    found = session.forward(session.new_cache(), ids, len(ids), CancelToken())
    assert np.corrcoef(found.ravel(), _expected(model, ids).ravel())[0, 1] > closeness

"""Checkpoints of our own: read by the exporter, and by ``transformers``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from engine.export.families import FAMILIES, Blocks, DecoderConfig
from engine.export.package import export_model, open_source
from engine.export.rope import make_rope, plain
from engine.export.weights import DecoderWeights
from engine.store.manifest import read_manifest

torch = pytest.importorskip("torch")
from engine.train.checkpoint import save_checkpoint  # noqa: E402
from engine.train.gpt import GPT, load_weights  # noqa: E402

_SHAPES = {
    "layers": 2,
    "hidden": 64,
    "heads": 4,
    "kv_heads": 2,
    "head_dim": 32,
    "ffn": 96,
    "vocab": 448,
    "context": 128,
}


def _config(name: str) -> DecoderConfig:
    blocks = FAMILIES[name].blocks
    rope = make_rope(plain(1_000_000.0, 32))
    match name:
        case "gpt2":
            biases = frozenset({"qkv", "output", "gate_up", "down"})
            shapes = _SHAPES | {"kv_heads": 4, "head_dim": 16}
            return DecoderConfig(**shapes, rope=None, blocks=blocks, biases=biases)
        case "gemma3":
            return DecoderConfig(
                **_SHAPES,
                rope=rope,
                blocks=blocks,
                embedding_scale=8.0,
                attention_scale=48**-0.5,
                window=16,
                local_layers=(True, False),
                local_rope=make_rope(plain(10_000.0, 32)),
            )
        case "qwen2":
            return DecoderConfig(**_SHAPES, rope=rope, blocks=blocks, biases=frozenset({"qkv"}))
        case _:
            return DecoderConfig(**_SHAPES, rope=rope, blocks=blocks, tied_head=False)


@pytest.fixture
def tokenizer(tmp_path: Path, tiny_tokenizer: Tokenizer) -> Path:
    path = tmp_path / "tokenizer.json"
    tiny_tokenizer.save(str(path))
    return path


@pytest.mark.parametrize("name", FAMILIES)
def test_a_checkpoint_is_the_same_model_to_everybody(
    name: str, tmp_path: Path, tokenizer: Path
) -> None:
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(1)
    model = GPT(_config(name)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    folder = tmp_path / "checkpoint"
    save_checkpoint(model, FAMILIES[name], folder, tokenizer, {"eos_token_id": 2})

    ids = torch.tensor([np.random.default_rng(1).integers(0, 448, 60).tolist()])
    again = load_weights(DecoderWeights(open_source(folder)))
    assert again.config == model.config
    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    with torch.inference_mode():
        expected = model(ids)[0]
        torch.testing.assert_close(again(ids)[0], expected, atol=1e-5, rtol=0)
        torch.testing.assert_close(theirs.eval()(ids).logits, expected, atol=1e-3, rtol=0)

    export_model(folder, tmp_path / "m", name="m", precision="fp32")
    manifest = read_manifest(tmp_path / "m")
    assert (manifest.architecture, manifest.eos_id) == (name, 2)


def test_scaled_positions_are_not_saved_as_plain_ones(tmp_path: Path, tokenizer: Path) -> None:
    rope = make_rope(plain(10_000.0, 32) / np.linspace(1, 4, 16))
    model = GPT(DecoderConfig(**_SHAPES, rope=rope, blocks=Blocks()))
    with pytest.raises(ValueError, match="scaled positions"):
        save_checkpoint(model, FAMILIES["llama"], tmp_path / "c", tokenizer, {})
    assert not (tmp_path / "c").exists()

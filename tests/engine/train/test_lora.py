"""Low-rank adaptations: they start at the model, train alone, and merge into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.export.package import open_source
from engine.export.weights import DecoderWeights

torch = pytest.importorskip("torch")
from engine.train.gpt import GPT, load_weights  # noqa: E402
from engine.train.lora import LoraSettings, add_lora, merge_lora  # noqa: E402

IDS = torch.tensor([[5, 9, 17, 30, 61, 8]])


@pytest.fixture
def model(tiny_gguf: Path) -> GPT:
    return load_weights(DecoderWeights(open_source(tiny_gguf)))


@torch.no_grad()
def test_an_untrained_adaptation_changes_nothing(model: GPT) -> None:
    before = model(IDS)[0]
    add_lora(model, LoraSettings(rank=4))
    assert torch.equal(model(IDS)[0], before)


@torch.no_grad()
def test_merged_it_computes_the_same_as_beside_the_matrix(model: GPT) -> None:
    names = set(model.state_dict())
    before = model(IDS)[0]
    for parameter in add_lora(model, LoraSettings(rank=4)):
        parameter.normal_(std=0.05)
    beside = model(IDS)[0]
    merge_lora(model)
    assert not torch.allclose(beside, before, atol=1e-3)
    assert torch.allclose(model(IDS)[0], beside, atol=1e-4)
    assert set(model.state_dict()) == names


def test_only_the_adaptation_of_the_chosen_matrices_is_trained(model: GPT) -> None:
    trained = add_lora(model, LoraSettings(rank=4, targets=("ffn.down",)))
    assert len(trained) == 2 * model.config.layers
    wanted = [each for each in model.parameters() if each.requires_grad]
    assert {id(each) for each in wanted} == {id(each) for each in trained}


@pytest.mark.parametrize("settings", [LoraSettings(rank=0), LoraSettings(targets=("head",))])
def test_settings_that_adapt_nothing_are_refused(model: GPT, settings: LoraSettings) -> None:
    with pytest.raises(ValueError, match="no adaptation"):
        add_lora(model, settings)

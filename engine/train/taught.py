"""The model that is taught, with its adaptation, and how it reads text."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Protocol

import numpy as np
import torch

from engine.errors import InvalidRequest, UnsupportedModel
from engine.export.installed import InstalledModel
from engine.export.package import open_source
from engine.export.safetensors import SafetensorsFile
from engine.export.weights import DecoderWeights
from engine.store.manifest import TEMPLATE_NAME, TOKENIZER_NAME, Manifest
from engine.tokens.tokenizer import Tokenizer
from engine.train.checkpoint import save_checkpoint
from engine.train.gpt import GPT, load_weights
from engine.train.lora import LoraSettings, add_lora, merge_lora


class Adapting(Protocol):
    """What a kind of fine-tuning settles: ``weights`` None are those of the installed model."""

    @property
    def weights(self) -> Path | None: ...
    @property
    def lora(self) -> LoraSettings: ...
    @property
    def rate(self) -> float: ...
    @property
    def seed(self) -> int: ...


class Taught:
    """The model in ``directory``, its matrices adapted as ``settings`` say.

    Raises ``EngineError`` if its weights cannot be read.
    """

    def __init__(self, settings: Adapting, directory: Path, manifest: Manifest) -> None:
        named = settings.weights
        source = open_source(named) if named else InstalledModel(directory)
        weights = DecoderWeights(source)
        if weights.config.vocab != manifest.vocab:
            raise InvalidRequest(
                f"The weights in {source.name} are not those of {manifest.name}: their "
                "vocabularies differ. Nothing was changed."
            )
        self.directory, self.manifest = directory, manifest
        self.encode = Tokenizer(directory / TOKENIZER_NAME).encode
        self.start = [manifest.bos_id] if manifest.add_bos and manifest.bos_id is not None else []
        self._family = weights.family
        torch.manual_seed(settings.seed)
        self.model: GPT = load_weights(weights)
        self.parameters = sum(each.numel() for each in self.model.parameters())
        self.trained = add_lora(self.model, settings.lora)
        self._rate = settings.rate

    def optimiser(self) -> torch.optim.AdamW:
        """A fresh one."""
        return torch.optim.AdamW(self.trained, lr=self._rate, weight_decay=0.0)

    def start_from(self, path: Path) -> None:
        """Begin at the adapter whose tensors are in ``path``, of the same rank and targets.

        Raises ``UnsupportedModel`` if they are not.
        """
        file = SafetensorsFile(path)
        held = file.shapes()
        with torch.no_grad():
            for name, each in self.model.named_parameters():
                if each.requires_grad:
                    if held.get(name) != tuple(each.shape):
                        raise UnsupportedModel(
                            f"{path.name} is an adapter of another model, rank or other targets. "
                            "Nothing was changed."
                        )
                    each.copy_(torch.from_numpy(np.array(file.tensor(name))))

    def adaptation(self) -> dict[str, torch.Tensor]:
        """What is trained, by its names; a copy."""
        return {
            name: each.detach().clone()
            for name, each in self.model.named_parameters()
            if each.requires_grad
        }

    def save_merged(self, folder: Path) -> None:
        """Write the model with its adaptation added, and forget it: it takes much memory."""
        manifest = self.manifest
        merge_lora(self.model)
        ends = [*((manifest.eos_id,) if manifest.eos_id is not None else ()), *manifest.stop_ids]
        tokens = {"bos_token_id": manifest.bos_id, "eos_token_id": list(dict.fromkeys(ends))}
        tokenizer = self.directory / TOKENIZER_NAME
        save_checkpoint(self.model, self._family, folder, tokenizer, tokens)
        if manifest.has_chat_template:
            template = (self.directory / TEMPLATE_NAME).read_bytes()
            (folder / TEMPLATE_NAME).write_bytes(template)
        self.release()

    def release(self) -> None:
        """Forget the model: it takes much memory, which what comes next needs."""
        del self.model
        self.trained = []
        gc.collect()

"""A Hugging Face folder: ``config.json``, weights in safetensors files, ``tokenizer.json``.

Settings and tensors are given under GGUF's names, and in GGUF's conventions, by the tables of the
model's family; so everything behind this sees one kind of source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import UnsupportedModel
from engine.export.config import MAX_LAYERS
from engine.export.families import Family, find_family_of_type
from engine.export.rope import FloatArray, yarn_magnitude
from engine.export.safetensors import SafetensorsFile
from engine.export.source import Settings, check_finite

CONFIG_NAME = "config.json"
_SINGLE = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_MAX_JSON_BYTES = 64 * 1024 * 1024
_MAX_SHARDS = 1000
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_LAYER = re.compile(r"\.(\d+)\.")


class HuggingFaceFolder:
    """One folder. Raises ``UnsupportedModel`` wherever something is not as expected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.resolve().name
        self.label = f"The folder {self.name}"
        self.config = read_json(path / CONFIG_NAME)
        self.family: Family = find_family_of_type(
            str(self.config.get("model_type", "")), self.label
        )
        if self.config.get("quantization_config"):
            raise UnsupportedModel(
                f"{self.label} holds weights that were quantised for another runtime. Get the "
                "version of the model in float16 or bfloat16, or one in GGUF."
            )
        self._files: dict[str, SafetensorsFile] = {}
        for file in map(SafetensorsFile, _weight_files(path, self.label)):
            for name in file.shapes():
                if name in self._files:
                    raise UnsupportedModel(f"{self.label} has the tensor {name[:200]} twice.")
                self._files[name] = file
        self._used: set[str] = set()

    @property
    def permuted_rope(self) -> bool:
        """Rows are as in training."""
        return False

    def settings(self) -> Settings:
        """What ``config.json`` says, under GGUF's keys."""
        names = self.family.hugging_face
        config = {**names.defaults, **{k: v for k, v in self.config.items() if v is not None}}
        shown = Settings(config, self.label)
        for key, allowed in names.required.items():
            if key in config and config[key] not in allowed:
                raise shown.refuse(key)
        found = {ours: config[key] for ours, key in names.settings.items() if key in config}
        if self.config.get("tie_word_embeddings") is True:
            found["tied_head"] = True
        if "query_pre_attn_scalar" in config:
            found["attention.scale"] = max(1e-9, shown.number("query_pre_attn_scalar")) ** -0.5
        if not self.family.blocks.learned_positions:
            found |= _rope_settings(config, shown)
        found |= _local_layers(config, shown)
        if "attention.sliding_window_pattern" not in found and not self.family.has_windows:
            found.pop("attention.sliding_window", None)
        return Settings({**self.family.fill_in(found), **found}, self.label)

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor of GGUF's ``name``."""
        return self._find(name) is not None

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor, outputs first."""
        found = self._require(name)
        shape = self._files[found].shapes()[found]
        return shape[::-1] if self._is_transposed(name) else shape

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """The tensor as float32 of ``shape`` (outputs first). Marks it as used."""
        found = self._require(name)
        if self.shape(name) != shape:
            raise UnsupportedModel(
                f"The tensor {found} of {self.name} has the shape {self.shape(name)} instead of "
                f"{shape}."
            )
        self._used.add(found)
        values = self._files[found].tensor(found)
        if self._is_transposed(name):
            values = values.T
        offset = self.family.hugging_face.norm_offset
        if offset and name.endswith("norm.weight"):
            values = values + np.float32(offset)
        return check_finite(np.ascontiguousarray(values), found, self.label)

    def bits(self) -> float:
        """Bits a weight of the matrix that is stored most coarsely."""
        return float(
            min(
                (
                    file.bits(name)
                    for name, file in self._files.items()
                    if len(file.shapes()[name]) == 2
                ),
                default=32,
            )
        )

    @property
    def parameters(self) -> int:
        """Number of weights in the folder."""
        return sum(
            int(np.prod(file.shapes()[name]))
            for name, file in self._files.items()
            if not self._is_ignored(name)
        )

    def unused_tensors(self) -> list[str]:
        """Names of tensors that nobody asked for, sorted; known leftovers are left out."""
        return sorted(
            name for name in self._files.keys() - self._used if not self._is_ignored(name)
        )

    def _is_ignored(self, name: str) -> bool:
        is_spare_head = name == "lm_head.weight" and self.config.get("tie_word_embeddings") is True
        return is_spare_head or name.endswith(self.family.hugging_face.ignored)

    def _is_transposed(self, name: str) -> bool:
        return _with_placeholder(name)[0] in self.family.hugging_face.transposed

    def _find(self, name: str) -> str | None:
        names = self.family.hugging_face
        pattern, layer = _with_placeholder(name)
        template = names.tensors.get(pattern)
        if template is None:
            return None
        theirs = template.replace("{i}", layer)
        for candidate in (names.prefix + theirs, theirs):
            if candidate in self._files:
                return candidate
        return None

    def _require(self, name: str) -> str:
        found = self._find(name)
        if found is None:
            pattern, layer = _with_placeholder(name)
            theirs = self.family.hugging_face.tensors.get(pattern, name).replace("{i}", layer)
            raise UnsupportedModel(f"{self.label} has no tensor called {theirs}.")
        return found


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file of sensible size. Raises ``UnsupportedModel``."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_JSON_BYTES + 1)
        data = json.loads(raw.decode("utf-8")) if len(raw) <= _MAX_JSON_BYTES else None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnsupportedModel(f"The file {path} cannot be read: {reason}.") from error
    except (ValueError, RecursionError) as error:
        raise UnsupportedModel(f"The file {path.name} is not valid JSON.") from error
    if not isinstance(data, dict):
        raise UnsupportedModel(f"The file {path.name} is not a JSON object of sensible size.")
    return data


def refuse_pickle(name: str) -> UnsupportedModel:
    """The error for weights in a pickle, which runs the code of whoever made it."""
    return UnsupportedModel(
        f"{name} is a pickle, a file that can run any program when it is opened, so Inkling does "
        "not open it. Get the model as safetensors or GGUF."
    )


def is_pickle(path: Path) -> bool:
    """Whether the name says that the weights are a pickle."""
    return path.suffix.lower() in _PICKLES


def _weight_files(folder: Path, label: str) -> list[Path]:
    if (folder / _SINGLE).is_file():
        return [folder / _SINGLE]
    if (folder / _INDEX).is_file():
        places = read_json(folder / _INDEX).get("weight_map")
        listed = list(places.values()) if isinstance(places, dict) else []
        names = {name for name in listed if isinstance(name, str)}
        if not names or len(names) > _MAX_SHARDS:
            raise UnsupportedModel(f"{label} has an index of weights that says nothing of use.")
        for name in names:
            if Path(name).name != name or not name.endswith(".safetensors"):
                raise UnsupportedModel(f"{label} names {name[:100]!r}, which is no file of it.")
        return [folder / name for name in sorted(names)]
    try:
        pickles = [path.name for path in sorted(folder.iterdir()) if is_pickle(path)]
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnsupportedModel(f"The folder {folder} cannot be read: {reason}.") from error
    if pickles:
        raise refuse_pickle(pickles[0])
    raise UnsupportedModel(f"{label} has no weights: neither {_SINGLE} nor {_INDEX}.")


def _with_placeholder(name: str) -> tuple[str, str]:
    """``blk.7.attn_q.weight`` -> ``blk.{i}.attn_q.weight`` and ``7``."""
    match = _LAYER.search(name)
    return (_LAYER.sub(".{i}.", name, 1), match.group(1)) if match else (name, "")


def _rope_settings(config: Mapping[str, Any], shown: Settings) -> dict[str, Any]:
    """Rotary positions under GGUF's keys, from either of the two ways they are written."""

    def table(values: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = values.get(key) or {}
        if not isinstance(value, dict):
            raise shown.refuse(key)
        return value

    rope, scaling = table(config, "rope_parameters"), table(config, "rope_scaling")
    local = {"rope_theta": config.get("rope_local_base_freq"), **table(rope, "sliding_attention")}
    whole = table(rope, "full_attention") or rope
    full = {"rope_theta": config.get("rope_theta"), **scaling, **whole}
    if full.get("partial_rotary_factor", 1) != 1:
        raise shown.refuse("rope_parameters")
    kind = full.get("rope_type", full.get("type", "default"))
    found = {"rope.freq_base": full["rope_theta"]}
    if local.get("rope_type", "default") != "default":
        raise UnsupportedModel(f"{shown.label} scales the positions of its sliding windows.")
    if local.get("rope_theta") is not None:
        found["rope.freq_base_swa"] = local["rope_theta"]
    if kind == "default":
        return found
    numbers = {
        "factor": "factor",
        "original_context_length": "original_max_position_embeddings",
        "low_freq_factor": "low_freq_factor",
        "high_freq_factor": "high_freq_factor",
        "yarn_beta_fast": "beta_fast",
        "yarn_beta_slow": "beta_slow",
    }
    found["rope.scaling.type"] = kind
    found |= {f"rope.scaling.{ours}": full[key] for ours, key in numbers.items() if full.get(key)}
    if kind == "yarn":
        if full.get("mscale") or full.get("mscale_all_dim") or full.get("truncate") is False:
            raise shown.refuse("rope_scaling")
        if full.get("attention_factor") is not None:
            # GGUF keeps what is left beside YaRN's own factor.
            said = Settings(full, shown.label)
            own = yarn_magnitude(said.number("factor"))
            found["rope.scaling.attn_factor"] = said.number("attention_factor") / own
    return found


def _local_layers(config: Mapping[str, Any], shown: Settings) -> dict[str, Any]:
    """Which layers have a window, as a list for each layer or as "every n-th has none"."""
    kinds, layers = config.get("layer_types"), config.get("num_hidden_layers")
    first = config.get("max_window_layers")
    if isinstance(kinds, list):
        if not all(kind in ("full_attention", "sliding_attention") for kind in kinds):
            raise shown.refuse("layer_types")
        pattern = [kind == "sliding_attention" for kind in kinds]
        return {"attention.sliding_window_pattern": pattern}
    if config.get("use_sliding_window") and isinstance(layers, int) and isinstance(first, int):
        pattern = [index >= first for index in range(min(layers, MAX_LAYERS))]
        return {"attention.sliding_window_pattern": pattern}
    if isinstance(config.get("sliding_window_pattern"), int):
        return {"attention.sliding_window_pattern": config["sliding_window_pattern"]}
    return {}

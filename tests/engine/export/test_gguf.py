"""GGUF files: every type of tensor against a decoder written from the format, and damage."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.errors import UnsupportedModel
from engine.export import export_model
from engine.export.gguf import GgufFile

Decoder = Callable[[bytes], list[float]]

# --- one block of each type, number by number, as the format describes it ------------------------

_NONLINEAR = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]


def _half(data: bytes, at: int) -> float:
    return float(np.frombuffer(data, "<f2", 1, at)[0])


def _nibbles(data: bytes) -> list[int]:
    """The lower halves of all bytes, then the upper ones."""
    return [byte & 15 for byte in data] + [byte >> 4 for byte in data]


def _q4_0(block: bytes) -> list[float]:
    return [_half(block, 0) * (q - 8) for q in _nibbles(block[2:])]


def _q4_1(block: bytes) -> list[float]:
    return [_half(block, 0) * q + _half(block, 2) for q in _nibbles(block[4:])]


def _fifth_bits(data: bytes) -> list[int]:
    (bits,) = struct.unpack("<I", data)
    return [(bits >> index & 1) << 4 for index in range(32)]


def _q5_0(block: bytes) -> list[float]:
    pairs = zip(_nibbles(block[6:]), _fifth_bits(block[2:6]), strict=True)
    return [_half(block, 0) * ((low | high) - 16) for low, high in pairs]


def _q5_1(block: bytes) -> list[float]:
    pairs = zip(_nibbles(block[8:]), _fifth_bits(block[4:8]), strict=True)
    return [_half(block, 0) * (low | high) + _half(block, 2) for low, high in pairs]


def _q8_0(block: bytes) -> list[float]:
    return [_half(block, 0) * q for q in struct.unpack("32b", block[2:])]


def _q2_k(block: bytes) -> list[float]:
    scales, quants, scale, least = block[:16], block[16:80], _half(block, 80), _half(block, 82)
    values = []
    for index in range(256):
        half, shift, place = index // 128, index % 128 // 32, index % 32
        part = scales[index // 16]
        q = quants[32 * half + place] >> 2 * shift & 3
        values.append(scale * (part & 15) * q - least * (part >> 4))
    return values


def _q3_k(block: bytes) -> list[float]:
    high, quants, packed, scale = block[:32], block[32:96], block[96:108], _half(block, 108)
    values = []
    for index in range(256):
        half, shift, place = index // 128, index % 128 // 32, index % 32
        group = index // 16
        low_bits = packed[group % 8] >> 4 * (group // 8) & 15
        part = (low_bits | (packed[8 + group % 4] >> 2 * (group // 4) & 3) << 4) - 32
        q = quants[32 * half + place] >> 2 * shift & 3
        q -= 0 if high[place] >> (4 * half + shift) & 1 else 4
        values.append(scale * part * q)
    return values


def _six_bit_pairs(packed: bytes) -> list[tuple[int, int]]:
    """Scale and minimum of each of eight groups, as Q4_K and Q5_K pack them."""
    pairs = [(packed[index] & 63, packed[index + 4] & 63) for index in range(4)]
    for index in range(4, 8):
        scale = packed[index + 4] & 15 | packed[index - 4] >> 6 << 4
        pairs.append((scale, packed[index + 4] >> 4 | packed[index] >> 6 << 4))
    return pairs


def _q4_k(block: bytes) -> list[float]:
    return _q4_or_5_k(block, block[16:], bytes(32))


def _q5_k(block: bytes) -> list[float]:
    return _q4_or_5_k(block, block[48:], block[16:48])


def _q4_or_5_k(block: bytes, quants: bytes, high: bytes) -> list[float]:
    values = []
    for group, (scale, least) in enumerate(_six_bit_pairs(block[4:16])):
        for place in range(32):
            q = quants[32 * (group // 2) + place] >> 4 * (group % 2) & 15
            q += 16 * (high[place] >> group & 1)
            values.append(_half(block, 0) * scale * q - _half(block, 2) * least)
    return values


def _q6_k(block: bytes) -> list[float]:
    low, high, scale = block[:128], block[128:192], _half(block, 208)
    scales = struct.unpack("16b", block[192:208])
    values = []
    for index in range(256):
        half, quarter, place = index // 128, index % 128 // 32, index % 32
        q = low[64 * half + 32 * (quarter % 2) + place] >> 4 * (quarter // 2) & 15
        q |= (high[32 * half + place] >> 2 * quarter & 3) << 4
        values.append(scale * scales[index // 16] * (q - 32))
    return values


def _iq4_nl(block: bytes) -> list[float]:
    return [_half(block, 0) * _NONLINEAR[q] for q in _nibbles(block[2:])]


def _iq4_xs(block: bytes) -> list[float]:
    (high,) = struct.unpack("<H", block[2:4])
    values = []
    for group in range(8):
        part = block[4 + group // 2] >> 4 * (group % 2) & 15 | (high >> 2 * group & 3) << 4
        quants = _nibbles(block[8 + 16 * group : 24 + 16 * group])
        values += [_half(block, 0) * (part - 32) * _NONLINEAR[q] for q in quants]
    return values


def _bf16(block: bytes) -> list[float]:
    return list(struct.unpack("<f", b"\0\0" + block))


# Type -> its decoder, and where in a block its 16-bit floats lie.
_DECODERS: dict[str, tuple[Decoder, tuple[int, ...]]] = {
    "F32": (lambda block: list(struct.unpack("<f", block)), ()),
    "F16": (lambda block: [_half(block, 0)], ()),
    "BF16": (_bf16, ()),
    "Q4_0": (_q4_0, (0,)),
    "Q4_1": (_q4_1, (0, 2)),
    "Q5_0": (_q5_0, (0,)),
    "Q5_1": (_q5_1, (0, 2)),
    "Q8_0": (_q8_0, (0,)),
    "Q2_K": (_q2_k, (80, 82)),
    "Q3_K": (_q3_k, (108,)),
    "Q4_K": (_q4_k, (0, 2)),
    "Q5_K": (_q5_k, (0, 2)),
    "Q6_K": (_q6_k, (208,)),
    "IQ4_NL": (_iq4_nl, (0,)),
    "IQ4_XS": (_iq4_xs, (0,)),
}


def _random_blocks(name: str, count: int) -> bytes:
    random = np.random.default_rng(11)
    if name in ("F32", "F16", "BF16"):
        floats = random.normal(0, 1, count).astype(np.float32)
        kind = gguf.GGMLQuantizationType[name]
        return gguf.quants.quantize(floats.reshape(1, -1), kind).tobytes()
    _, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[name]]
    blocks = random.integers(0, 256, (count, size), np.uint8)
    for place in _DECODERS[name][1]:
        scales = random.normal(0, 0.01, count).astype("<f2")
        blocks[:, place : place + 2] = scales.view(np.uint8).reshape(count, 2)
    return blocks.tobytes()


@pytest.mark.parametrize("name", _DECODERS)
def test_a_tensor_is_read_as_the_format_says(name: str, tmp_path: Path) -> None:
    kind = gguf.GGMLQuantizationType[name]
    block, size = gguf.GGML_QUANT_SIZES[kind]
    rows, data = 3, _random_blocks(name, 3 * 4)
    writer = gguf.GGUFWriter(tmp_path / "x.gguf", "llama")
    shaped = np.frombuffer(data, np.uint8).reshape(rows, 4 * size)
    writer.add_tensor("t", shaped, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    decode = _DECODERS[name][0]
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    expected = np.array([value for each in blocks for value in decode(each)], np.float32)
    found = GgufFile(tmp_path / "x.gguf").tensor("t", rows, 4 * block)
    np.testing.assert_allclose(found.ravel(), expected, rtol=1e-5, atol=1e-6)


# --- damage ---------------------------------------------------------------------------------------


def _try(path: Path, folder: Path) -> None:
    """Export; nothing but a sentence may come of it, and never much memory."""
    said = "."
    tracemalloc.start()
    try:
        export_model(path, folder / "m", name="m")
    except UnsupportedModel as error:
        said = str(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert said.endswith(".")
    assert len(said) < 1000
    assert peak < 100e6


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 30_000), st.binary(min_size=1, max_size=8)), max_size=4
    ),
    keep=st.one_of(st.none(), st.integers(0, 200_000)),
)
@example(changes=[(8, b"\xff" * 8)], keep=None)
@example(changes=[(16, b"\xff" * 8)], keep=None)
@example(changes=[(16, b"\xff\xff")], keep=None)
def test_a_damaged_file_costs_no_memory_and_gives_a_sentence(
    tiny_gguf: Path, tmp_path: Path, changes: list[tuple[int, bytes]], keep: int | None
) -> None:
    data = bytearray(tiny_gguf.read_bytes()[:keep])
    for place, new in changes:
        data[place : place + len(new)] = new
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(data)
    _try(damaged, tmp_path / "models")


@pytest.mark.parametrize("kind", [0, 8, 9, 10, 77])
def test_a_list_longer_than_the_file_is_refused(tmp_path: Path, kind: int) -> None:
    key = b"llama.block_count"
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", len(key)) + key
    (tmp_path / "x.gguf").write_bytes(head + struct.pack("<IIQ", 9, kind, 1 << 62) + bytes(64))
    with pytest.raises(UnsupportedModel, match="complete GGUF"):
        GgufFile(tmp_path / "x.gguf")


def test_a_tensor_larger_than_the_file_is_refused(tmp_path: Path) -> None:
    info = struct.pack("<Q", 1) + b"t" + struct.pack("<IQQIQ", 2, 1 << 40, 1 << 40, 0, 0)
    (tmp_path / "x.gguf").write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + info + bytes(64))
    with pytest.raises(UnsupportedModel, match="ends before its last tensor"):
        GgufFile(tmp_path / "x.gguf")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("llama.context_length", 2**32 - 1),
        ("llama.block_count", 2**32 - 1),
        ("llama.embedding_length", 2**32 - 1),
        ("llama.attention.head_count", 0),
        ("llama.attention.key_length", 2**31),
        ("llama.rope.freq_base", "much"),
    ],
)
def test_impossible_settings_cost_no_memory(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path, key: str, value: int | str
) -> None:
    source = make_tiny_gguf(tmp_path / "x.gguf", metadata={key: value})
    _try(source, tmp_path / "models")


def test_weights_that_are_no_numbers_are_refused(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path
) -> None:
    source = make_tiny_gguf(tmp_path / "x.gguf")
    data = bytearray(source.read_bytes())
    data[-64:] = b"\xff" * 64  # the last norm's scales
    source.write_bytes(data)
    with pytest.raises(UnsupportedModel, match="undefined or impossibly large"):
        export_model(source, tmp_path / "m", name="m")

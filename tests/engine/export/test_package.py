from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest

from engine.errors import UnsupportedModel
from engine.export import ExportCancelled, export_model
from engine.store.manifest import read_manifest, verify_files
from engine.store.verified import STAMP_NAME

_ROOT = Path(__file__).parents[3]
Maker = Callable[..., Path]


def test_a_model_is_complete_readable_and_says_what_it_is(tiny_model: Path) -> None:
    manifest = read_manifest(tiny_model)
    verify_files(tiny_model, manifest)
    assert (manifest.architecture, manifest.precision, manifest.layers) == ("llama", "int8", 2)
    assert (manifest.heads, manifest.kv_heads, manifest.head_dim) == (4, 2, 16)
    assert (manifest.bos_id, manifest.eos_id, manifest.add_bos) == (1, 2, False)
    assert manifest.stop_ids == (0, 2)
    assert (manifest.source, manifest.licence) == ("tiny.gguf", "public domain")
    assert manifest.has_chat_template
    # Nothing else lies there but what a check leaves, and others may read it.
    names = {path.name for path in tiny_model.iterdir()} - {STAMP_NAME}
    assert names == {*manifest.files, "model.json"}
    if os.name == "posix":
        modes = {stat.S_IMODE(path.stat().st_mode) & 0o444 for path in tiny_model.iterdir()}
        assert modes == {0o444}
        assert stat.S_IMODE(tiny_model.stat().st_mode) == 0o755


def test_the_same_file_gives_the_same_model(
    tiny_gguf: Path, tiny_model: Path, tmp_path: Path
) -> None:
    export_model(tiny_gguf, tmp_path / "again", name="tiny")
    assert read_manifest(tmp_path / "again") == read_manifest(tiny_model)


def test_the_graph_refers_to_the_weights_by_a_plain_relative_name(tiny_model: Path) -> None:
    graph = onnx.load(str(tiny_model / "model.onnx"), load_external_data=False).graph
    places = {
        entry.value
        for tensor in graph.initializer
        for entry in tensor.external_data
        if entry.key == "location"
    }
    assert places == {"model.weights"}


def test_progress_only_grows_and_ends_at_one(tiny_gguf: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    export_model(
        tiny_gguf, tmp_path / "m", name="m", progress=lambda stage, share: seen.append(share)
    )
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("after", range(8))
def test_cancelled_anywhere_it_leaves_nothing(tiny_gguf: Path, tmp_path: Path, after: int) -> None:
    asked = iter(range(100))
    with pytest.raises(ExportCancelled):
        export_model(
            tiny_gguf, tmp_path / "m", name="m", cancelled=lambda: next(asked) >= min(after, 6)
        )
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_the_older_model(tiny_gguf: Path, tmp_path: Path) -> None:
    target = tmp_path / "m"
    export_model(tiny_gguf, target, name="old")

    def fail(stage: str, share: float) -> None:
        if stage == "finishing":
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        export_model(tiny_gguf, target, name="new", progress=fail)
    assert read_manifest(target).name == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_complete_export_replaces_the_older_model(tiny_gguf: Path, tmp_path: Path) -> None:
    target = tmp_path / "m"
    export_model(tiny_gguf, target, name="old")
    export_model(tiny_gguf, target, name="new", precision="fp32")
    manifest = read_manifest(target)
    verify_files(target, manifest)
    assert (manifest.name, manifest.precision) == ("new", "fp32")
    assert list(tmp_path.iterdir()) == [target]


def test_leavings_of_a_killed_export_are_swept_once_they_are_old(
    tiny_gguf: Path, tmp_path: Path
) -> None:
    old, young = tmp_path / ".m-old.partial", tmp_path / ".m-young.partial"
    for folder in (old, young):
        folder.mkdir()
        (folder / "model.weights").write_bytes(b"half")
    os.utime(old, (0, 0))
    export_model(tiny_gguf, tmp_path / "m", name="m")
    assert not old.exists()
    assert young.exists()


def test_an_unknown_architecture_is_named(make_tiny_gguf: Maker, tmp_path: Path) -> None:
    source = make_tiny_gguf(tmp_path / "x.gguf", architecture="mamba")
    with pytest.raises(UnsupportedModel, match=r"'mamba'.*llama"):
        export_model(source, tmp_path / "m", name="m")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"metadata": {"llama.rope.scaling.type": "longrope"}}, "rope.scaling.type.*longrope"),
        ({"metadata": {"llama.expert_count": 8}}, "expert_count"),
        ({"metadata": {"llama.rope.dimension_count": 8}}, "8 rotated"),
        ({"extra_tensors": ("blk.0.attn_q.bias",)}, "attn_k.bias"),
        ({"extra_tensors": ("blk.0.attn_sinks.weight",)}, "attn_sinks"),
        ({"extra_tensors": ("rope_freqs.weight",)}, "rope_freqs"),
        ({"pre_tokenizer": "viking"}, "viking"),
        ({"hidden": 48}, "fp32"),
    ],
)
def test_what_would_be_computed_wrongly_is_refused(
    make_tiny_gguf: Maker, tmp_path: Path, options: dict[str, object], named: str
) -> None:
    folder = tmp_path / "models"
    source = make_tiny_gguf(tmp_path / "x.gguf", **options)
    with pytest.raises(UnsupportedModel, match=named):
        export_model(source, folder / "m", name="m")
    assert not folder.exists() or list(folder.iterdir()) == []


def test_four_bits_are_never_made_of_fewer_than_sixteen(
    make_tiny_gguf: Maker, tmp_path: Path
) -> None:
    source = make_tiny_gguf(tmp_path / "x.gguf")
    with pytest.raises(UnsupportedModel, match=r"5 bits already.*int8"):
        export_model(source, tmp_path / "m", name="m", precision="int4")
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("keep", [0, 3, 20, 1000, 20_000, -1])
def test_a_torn_download_is_refused_with_a_sentence(
    tiny_gguf: Path, tmp_path: Path, keep: int
) -> None:
    torn = tmp_path / "torn.gguf"
    torn.write_bytes(tiny_gguf.read_bytes()[:keep])
    with pytest.raises(UnsupportedModel, match=r"torn\.gguf"):
        export_model(torn, tmp_path / "models" / "m", name="m")


def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedModel, match="cannot be read"):
        export_model(tmp_path / "absent.gguf", tmp_path / "m", name="m")


def test_the_command_prints_progress_as_json_lines(tiny_gguf: Path, tmp_path: Path) -> None:
    done = _run(tiny_gguf, tmp_path / "m", "--name", "tiny")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1] == {"stage": "done", "progress": 1.0}
    assert read_manifest(tmp_path / "m").name == "tiny"


def test_the_command_fails_with_one_sentence(tmp_path: Path) -> None:
    done = _run(tmp_path / "absent.gguf", tmp_path / "m", "--name", "tiny")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs the signals and process figures of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_leaves_nothing(
    default_gguf: Path, tmp_path: Path, number: signal.Signals
) -> None:
    command = _command(default_gguf, tmp_path / "m", "--name", "m")
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["progress"] > 0.3:
            process.send_signal(number)
            break
    process.stdout.close()
    assert process.wait(30) != 0
    assert list(tmp_path.iterdir()) == []


_MEASURE = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
code = os.waitstatus_to_exitcode(status)
json.dump([code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], sys.stderr)
"""


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs the signals and process figures of POSIX")
def test_the_default_file_is_exported_within_its_budget(
    default_gguf: Path, tmp_path: Path, report: Callable[[str], None]
) -> None:
    command = _command(default_gguf, tmp_path / "m", "--name", "m")
    # Not a child of this process: Linux would count what this one has in memory as the child's.
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command], cwd=_ROOT, capture_output=True, check=True
    )
    code, seconds, peak = json.loads(measured.stderr)
    assert code == 0
    megabytes = peak / (1024 if sys.platform == "linux" else 1024 * 1024)
    report(f"export int8: {seconds:.1f} s of processor time, {megabytes:.0f} MB at most")
    assert seconds < 30
    assert megabytes < 1500


def _command(source: Path, target: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "engine.export", str(source), str(target), *options]


def _run(source: Path, target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = _command(source, target, *options)
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)

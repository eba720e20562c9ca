from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, InvalidRequest, ModelNotFound, UnsupportedModel
from engine.export.gguf_header import read_header
from engine.store.catalog import DEFAULT_MODEL, list_models
from engine.store.importer import import_model, remove_model
from engine.store.manifest import read_manifest, verify_files


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of others, and the person's own; the latter need not exist yet."""
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared, tmp_path / "own"


def _listed(folders: tuple[Path, Path]) -> list[str]:
    return sorted(entry.name for folder in folders if folder.exists() for entry in folder.iterdir())


def test_a_file_becomes_a_model_named_after_it(
    tiny_gguf: Path, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    source = tmp_path / "My Model (v2).Q8_0.gguf"
    shutil.copy(tiny_gguf, source)
    seen: list[float] = []
    info = import_model(source, folders, progress=lambda stage, share: seen.append(share))
    assert info.path == folders[1] / "my-model-v2-.q8_0"
    assert (info.name, info.precision, info.source) == (info.path.name, "int8", source.name)
    verify_files(info.path, read_manifest(info.path))
    assert [each.path for each in list_models(folders)] == [info.path]
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.skipif(sys.platform != "linux", reason="names are valid text elsewhere")
def test_a_file_whose_name_is_no_text_is_imported(
    tiny_gguf: Path, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    source = tmp_path / os.fsdecode(b"caf\xe9.gguf")
    shutil.copy(tiny_gguf, source)
    info = import_model(source, folders)
    assert (info.path.name, info.source) == ("caf", "caf?.gguf")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "x.", "nul", "COM1.bin", "a b", "é"],
)
def test_names_that_could_lead_elsewhere_are_refused(
    tiny_gguf: Path, folders: tuple[Path, Path], name: str
) -> None:
    with pytest.raises(InvalidRequest, match="cannot be a model's name"):
        import_model(tiny_gguf, folders, name=name)
    assert _listed(folders) == []


def test_a_model_is_replaced_only_when_asked(tiny_gguf: Path, folders: tuple[Path, Path]) -> None:
    import_model(tiny_gguf, folders, name="m")
    with pytest.raises(InvalidRequest, match="--replace"):
        import_model(tiny_gguf, folders, name="m", precision="fp32")
    assert read_manifest(folders[1] / "m").precision == "int8"
    import_model(tiny_gguf, folders, name="m", precision="fp32", replace=True)
    assert read_manifest(folders[1] / "m").precision == "fp32"
    assert _listed(folders) == ["m"]


def test_what_is_no_model_or_lies_elsewhere_is_never_replaced(
    tiny_gguf: Path, tiny_model: Path, folders: tuple[Path, Path]
) -> None:
    shutil.copytree(tiny_model, folders[0] / "theirs")
    (folders[1] / "notes").mkdir(parents=True)
    (folders[1] / "notes" / "novel.md").write_text("mine")
    for name in ("theirs", "notes"):
        with pytest.raises(InvalidRequest, match="is there already"):
            import_model(tiny_gguf, folders, name=name, replace=True)
    assert (folders[1] / "notes" / "novel.md").read_text() == "mine"


def test_nothing_is_left_of_an_import_that_fails(
    tiny_gguf: Path, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    torn = tmp_path / "torn.gguf"
    torn.write_bytes(tiny_gguf.read_bytes()[:50_000])
    with pytest.raises(UnsupportedModel, match=r"torn\.gguf"):
        import_model(torn, folders)
    with pytest.raises(UnsupportedModel, match="no file or folder"):
        import_model(tmp_path / "absent.gguf", folders)

    def interrupt(stage: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_model(tiny_gguf, folders, progress=interrupt)
    with pytest.raises(EngineError, match="cancelled"):
        import_model(tiny_gguf, folders, cancelled=lambda: True)
    assert _listed(folders) == []


def test_a_model_that_computes_nonsense_is_not_kept(
    make_tiny_gguf: Callable[..., Path], folders: tuple[Path, Path], tmp_path: Path
) -> None:
    source = make_tiny_gguf(tmp_path / "x.gguf")
    data = np.fromfile(source, np.uint8)
    tensors = read_header(data).tensors
    norm, down = tensors["blk.0.ffn_norm.weight"], tensors["blk.0.ffn_down.weight"]
    # Every weight is finite; what comes out of the layer is not.
    data[norm.offset : norm.offset + norm.size] = np.full(64, 9e17, "<f4").view(np.uint8)
    blocks = data[down.offset : down.offset + down.size].reshape(-1, 20)
    blocks[:, :2] = np.full((len(blocks), 1), 60_000, "<f2").view(np.uint8)
    data.tofile(source)
    for precision in ("int8", "fp32"):
        with pytest.raises(UnsupportedModel, match="no sensible numbers"):
            import_model(source, folders, precision=precision)
    assert _listed(folders) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder kept from us")
def test_a_folder_that_cannot_be_written_is_named(
    tiny_gguf: Path, folders: tuple[Path, Path]
) -> None:
    folders[1].mkdir(mode=0o500)
    with pytest.raises(EngineError, match="could not be written"):
        import_model(tiny_gguf, folders)


def test_a_file_in_the_place_of_the_folder_is_named(
    tiny_gguf: Path, folders: tuple[Path, Path]
) -> None:
    folders[1].write_text("not a folder")
    with pytest.raises(EngineError, match="could not be written"):
        import_model(tiny_gguf, folders)


def test_a_model_can_be_removed_but_not_the_default_one_by_accident(
    tiny_model: Path, folders: tuple[Path, Path]
) -> None:
    for name in ("m", DEFAULT_MODEL):
        shutil.copytree(tiny_model, folders[1] / name)
    assert remove_model("m", folders) == folders[1] / "m"
    with pytest.raises(InvalidRequest, match="--force"):
        remove_model(DEFAULT_MODEL, folders)
    assert _listed(folders) == [DEFAULT_MODEL]
    remove_model(DEFAULT_MODEL, folders, force=True)
    assert _listed(folders) == []


def test_only_a_name_can_be_removed(tiny_model: Path, folders: tuple[Path, Path]) -> None:
    shutil.copytree(tiny_model, folders[1] / "m")
    for name in ("absent", str(folders[1] / "m"), "../own/m"):
        with pytest.raises(ModelNotFound):
            remove_model(name, folders)
    assert _listed(folders) == ["m"]


@pytest.mark.skipif(os.name != "posix", reason="making links needs rights on Windows")
def test_of_a_linked_model_only_the_link_is_removed(
    tiny_model: Path, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(tiny_model, kept)
    (folders[0] / "link").symlink_to(kept)
    remove_model("link", folders)
    assert _listed(folders) == []
    assert (kept / "model.json").is_file()


def test_what_four_bits_cost_is_measured_and_kept(
    tiny_f16_gguf: Path, folders: tuple[Path, Path]
) -> None:
    coarse = import_model(tiny_f16_gguf, folders, name="coarse", precision="int4")
    loss = coarse.loss
    assert loss is not None
    assert (loss.reference, coarse.precision) == ("int8", "int4")
    assert loss.tokens > 200
    assert 0 < loss.divergence < 0.2
    assert loss.perplexity == pytest.approx(loss.reference_perplexity, rel=0.1)
    fine = import_model(tiny_f16_gguf, folders, name="fine")
    assert fine.loss is None
    assert coarse.size_bytes < fine.size_bytes
    assert list_models(folders) == [coarse, fine]
    assert _listed(folders) == ["coarse", "fine"]

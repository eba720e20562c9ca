from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import ModelNotFound
from engine.store.catalog import DEFAULT_MODEL, find_model, list_models


@pytest.fixture
def folders(tiny_model: Path, tmp_path: Path) -> list[Path]:
    """Two folders: "small" and "shared" in the first, "shared" and the default in the second."""
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first / "small", first / "shared", second / "shared", second / DEFAULT_MODEL):
        shutil.copytree(tiny_model, target)
    (second / "no-model").mkdir()
    (second / "a-file").write_text("x")
    shutil.copytree(tiny_model, second / ".m-half.partial")
    return [first, tmp_path / "absent", second]


def test_without_a_name_the_default_model_is_found(folders: list[Path]) -> None:
    assert find_model(None, folders) == folders[2] / DEFAULT_MODEL


def test_by_name_the_earlier_folder_wins(folders: list[Path]) -> None:
    assert find_model("small", folders) == folders[0] / "small"
    assert find_model("shared", folders) == folders[0] / "shared"


def test_a_path_to_a_model_is_a_name_too(folders: list[Path]) -> None:
    path = folders[2] / "shared"
    assert find_model(str(path), []) == path


def test_the_only_model_serves_without_a_name(folders: list[Path]) -> None:
    shutil.rmtree(folders[0] / "small")
    assert find_model(None, folders[:1]) == folders[0] / "shared"


def test_of_several_models_none_is_guessed(folders: list[Path]) -> None:
    with pytest.raises(ModelNotFound, match="shared, small"):
        find_model(None, folders[:1])


@pytest.mark.parametrize("name", ["absent", "no-model", "a-file", "..", ".m-half.partial", "", "/"])
def test_an_unknown_name_is_answered_with_the_known_ones(folders: list[Path], name: str) -> None:
    with pytest.raises(ModelNotFound, match=f"There is: shared, small, {DEFAULT_MODEL}"):
        find_model(name, folders)


@pytest.mark.parametrize("name", [None, "small"])
def test_with_no_model_at_all_the_error_says_what_to_do(tmp_path: Path, name: str | None) -> None:
    with pytest.raises(ModelNotFound, match=r"python3 dev\.py run"):
        find_model(name, [tmp_path, tmp_path / "absent"])


def test_a_bare_name_never_means_the_current_folder(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folders[0])
    with pytest.raises(ModelNotFound):
        find_model("small", [])


def test_the_list_has_the_default_first_and_each_name_once(folders: list[Path]) -> None:
    (folders[0] / "small" / "model.json").write_text("{}")
    models = list_models(folders)
    assert [info.path for info in models] == [
        folders[2] / DEFAULT_MODEL,
        folders[0] / "shared",
    ]
    info = models[0]
    assert (info.architecture, info.precision, info.context_length) == ("llama", "int8", 512)
    assert info.parameters > 10_000
    assert info.size_bytes > info.parameters


def test_a_file_that_is_no_folder_holds_no_models(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert list_models([tmp_path / "file"]) == []

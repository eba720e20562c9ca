"""Finding, choosing, importing and removing dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.spelling import dictionaries
from app.core.spelling.dictionaries import (
    Dictionary,
    DictionaryError,
    best_for,
    find_dictionaries,
    import_dictionary,
    remove_dictionary,
    system_folders,
)


def _pair(
    folder: Path, name: str, words: str = "2\nwort\nwörter\n", encoding: str = "UTF-8"
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_text(f"SET {encoding}\n", encoding="ascii")
    path = folder / f"{name}.dic"
    path.write_text(words, encoding=encoding)
    return path


def _named(*names: str) -> list[Dictionary]:
    return [Dictionary(name, Path("x")) for name in names]


def test_an_imported_dictionary_goes_before_the_bundled_and_the_systems(tmp_path: Path) -> None:
    own, bundled, system = tmp_path / "own", tmp_path / "bundled", tmp_path / "system"
    for folder, names in ((own, "de_AT"), (bundled, "de_AT en_US"), (system, "en_US fr")):
        for name in names.split():
            _pair(folder, name)
    (system / "hyph_fr.dic").write_text("")
    (system / "notes.dic").write_text("no affix file, no name of a language")
    env = {"DICPATH": str(system), "HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path / "none")}
    found = {each.name: each for each in find_dictionaries(own, bundled, env)}
    assert found["de_AT"] == Dictionary("de_AT", own, imported=True)
    assert found["en_US"] == Dictionary("en_US", bundled)
    assert found["fr"] == Dictionary("fr", system)
    assert "hyph_fr" not in found
    assert "notes" not in found


def test_dictionaries_of_the_system_are_looked_for(tmp_path: Path) -> None:
    folders = system_folders({"HOME": str(tmp_path), "DICPATH": str(tmp_path / "named")})
    assert folders[0] == tmp_path / "named"
    assert all(folder.is_absolute() for folder in folders)
    assert len(folders) > 2


@pytest.mark.parametrize(
    ("language", "best"),
    [
        ("en_US", "en_US"),
        ("en-gb", "en_GB"),
        ("en_AU.UTF-8", "en_GB"),
        ("en", "en_US"),
        ("zh_CN", "en_US"),
        ("de", "de_DE"),
        ("de_CH", "de_DE"),
        ("pt_BR", "pt_PT"),
        ("fr_FR", None),
        ("", None),
    ],
)
def test_a_language_finds_its_dictionary_or_none(language: str, best: str | None) -> None:
    found = best_for(language, _named("de_AT", "de_DE", "en_GB", "en_US", "pt_PT"))
    assert (found.name if found else None) == best


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO8859-1", "ISO-8859-15", "microsoft-cp1251"])
def test_a_pair_is_imported_by_either_file(tmp_path: Path, encoding: str) -> None:
    python = "cp1251" if encoding.startswith("micro") else encoding
    words = "1\nслово\n" if python == "cp1251" else "1\nGröße\n"
    path = _pair(tmp_path / "from", "de_AT", "0\n")
    path.write_text(words, encoding=python)
    path.with_suffix(".aff").write_text(f"SET {encoding}\n")
    for given in (path, path.with_suffix(".aff")):
        imported = import_dictionary(given, tmp_path / "own")
        assert imported == Dictionary("de_AT", tmp_path / "own", imported=True)
        assert (imported.folder / "de_AT.dic").read_bytes() == path.read_bytes()
    remove_dictionary(imported)
    assert not list((tmp_path / "own").iterdir())


def _lonely(folder: Path) -> Path:
    path = _pair(folder, "de_AT")
    path.with_suffix(".aff").unlink()
    return path


def _wrong_encoding(folder: Path) -> Path:
    path = _pair(folder, "de_AT")
    path.write_bytes(b"1\n\xff\xfe\xfd\n")
    return path


def _unknown_encoding(folder: Path) -> Path:
    path = _pair(folder, "de_AT")
    path.with_suffix(".aff").write_text("SET rot13\n")
    return path


def _too_many(folder: Path) -> Path:
    return _pair(folder, "de_AT", "999999999\nwort\n")


def _no_list(folder: Path) -> Path:
    return _pair(folder, "de_AT", "<html>\n")


def _binary(folder: Path) -> Path:
    return _pair(folder, "de_AT", "1\nwo\0rt\n")


@pytest.mark.parametrize(
    "make",
    [
        _lonely,
        _wrong_encoding,
        _unknown_encoding,
        _too_many,
        _no_list,
        _binary,
        lambda folder: _pair(folder, "my words"),
        lambda folder: folder / "de_AT.txt",
        lambda folder: folder / "de_AT.dic",
    ],
)
def test_what_is_no_dictionary_is_refused_and_leaves_nothing(tmp_path: Path, make) -> None:
    with pytest.raises(DictionaryError, match="Nothing was changed"):
        import_dictionary(make(tmp_path / "from"), tmp_path / "own")
    assert not (tmp_path / "own").exists()


def test_files_of_unreasonable_size_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _pair(tmp_path, "de_AT")
    monkeypatch.setattr(dictionaries, "LARGEST_FILE", 10)
    with pytest.raises(DictionaryError, match="too large"):
        import_dictionary(path, tmp_path / "own")


def test_only_what_was_imported_is_removed(tmp_path: Path) -> None:
    path = _pair(tmp_path, "de_AT")
    with pytest.raises(DictionaryError, match="not imported"):
        remove_dictionary(Dictionary("de_AT", tmp_path))
    assert path.exists()

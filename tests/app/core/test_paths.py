"""The folders of a packaged program."""

from __future__ import annotations

from app.core.paths import app_paths


def test_a_packaged_program_keeps_its_things_beside_it_only_where_a_file_says_so(tmp_path):
    assert app_paths({}, tmp_path).data != tmp_path / "data"
    (tmp_path / "portable").touch()
    paths = app_paths({}, tmp_path)
    assert paths.config == paths.data == tmp_path / "data"
    assert app_paths({"INKLING_HOME": str(tmp_path / "mine")}, tmp_path).data == tmp_path / "mine"

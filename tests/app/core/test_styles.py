"""Which style a document is written in is remembered."""

from __future__ import annotations

from pathlib import Path

from app.core.styles import DocumentStyles


def test_choices_are_remembered_changed_and_forgotten(tmp_path: Path) -> None:
    styles = DocumentStyles(tmp_path / "data" / "styles.json")
    assert styles.get("/a.md") is None
    styles.put("/a.md", "novel")
    styles.put("/b.md", "")
    styles.put("c0ffee", "letters")
    again = DocumentStyles(tmp_path / "data" / "styles.json")
    assert [again.get(each) for each in ("/a.md", "/b.md", "c0ffee")] == ["novel", "", "letters"]
    again.forget("novel")
    again.put("c0ffee", None)
    assert [styles.get(each) for each in ("/a.md", "/b.md", "c0ffee")] == [None, "", None]


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "styles.json").write_text("[1", encoding="utf-8")
    styles = DocumentStyles(tmp_path / "styles.json")
    assert styles.get("/a.md") is None
    styles.put("/a.md", "novel")
    assert styles.get("/a.md") == "novel"
    assert len(list(tmp_path.iterdir())) == 2


def test_only_the_latest_documents_are_kept(tmp_path: Path) -> None:
    styles = DocumentStyles(tmp_path / "styles.json")
    for number in range(503):
        styles.put(f"/{number}.md", "novel")
    assert styles.get("/2.md") is None
    assert styles.get("/3.md") == "novel"

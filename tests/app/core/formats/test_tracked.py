"""A review as a Word document: tracked changes that give either text back."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.diff import word_diff
from app.core.formats.exporting import Source
from app.core.formats.importing import Changes, has_tracked_changes, read_document
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.core.formats.tracked import TrackedChange, revised, tracked_docx

WHEN = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def _changes(old: str, new: str, reason: str = "") -> list[TrackedChange]:
    changes, at = [], 0
    for span in word_diff(old, new):
        if span.old != span.new:
            changes.append(TrackedChange(at, at + len(span.old), span.new, reason))
        at += len(span.old)
    return changes


def _written(tmp_path: Path, old: str, changes: list[TrackedChange]) -> Path:
    file = tmp_path / "review.docx"
    data = tracked_docx(Source(old, "review"), changes, "Ann Bee", WHEN, Pandoc(find_pandoc()))
    file.write_bytes(data)
    return file


CASES = [
    ("A word was wrong.\n", "A word is right.\n"),
    ("she have went to the shop\n", "She has gone to the shop.\n"),
    ("# A title\n\nSome **bold** words.\n", "# The title\n\nSome **bolder** words, and more.\n"),
    ("one *two* three\n", "one two three\n"),
    ("- a\n- b\n- c\n", "- a\n- better\n- c\n- d\n"),
    ("First.\n\nSecond.\n\nThird.\n", "First.\n\nThird.\n"),
    ("First.\n\nThird.\n", "First.\n\nSecond.\n\nThird.\n"),
    ("灯塔看守人每天爬上楼梯。\n", "灯塔看守人每晚都爬上楼梯。\n"),
    ("> quoted words\n\nText.\n", "> quoted phrases\n\nText.\n"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 3 |\n"),
    ("A [link](https://example.org) here.\n", "A [link](https://example.org) there.\n"),
    ("Note[^1].\n\n[^1]: Old note.\n", "Note[^1].\n\n[^1]: New note.\n"),
    ("1. one\n2. two\n", "1. one\n2. three\n"),
]


@pytest.mark.parametrize(("old", "new"), CASES)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(
    old: str, new: str, tmp_path: Path
):
    changes = _changes(old, new)
    assert revised(old, changes) == new
    file = _written(tmp_path, old, changes)
    assert has_tracked_changes(file)
    pandoc = Pandoc(find_pandoc())
    words = {
        how: re.findall(r"[\w*#]+", read_document(file, pandoc, changes=how).text)
        for how in (Changes.ACCEPT, Changes.REJECT)
    }
    assert words[Changes.ACCEPT] == re.findall(r"[\w*#]+", _round_trip(new, tmp_path))
    assert words[Changes.REJECT] == re.findall(r"[\w*#]+", _round_trip(old, tmp_path))


def _round_trip(text: str, tmp_path: Path) -> str:
    """What a text is after a Word document without changes."""
    file = tmp_path / "plain.docx"
    data = tracked_docx(Source(text, "plain"), [], "Ann Bee", WHEN, Pandoc(find_pandoc()))
    file.write_bytes(data)
    return read_document(file, Pandoc(find_pandoc())).text


def test_word_finds_author_date_and_the_words(tmp_path: Path):
    old, new = "A word was wrong.\n", "A word is wrong.\n"
    file = _written(tmp_path, old, _changes(old, new, "Present tense"))
    with zipfile.ZipFile(file) as archive:
        xml = archive.read("word/document.xml").decode()
        comments = archive.read("word/comments.xml").decode()
    for kind, words in (("ins", "is"), ("del", "was")):
        element = re.search(rf"<w:{kind} [^>]*>(.*?)</w:{kind}>", xml, re.DOTALL)
        assert element is not None
        assert 'w:author="Ann Bee"' in element[0]
        assert 'w:date="2026-05-04T10:30:00Z"' in element[0]
        assert words in re.sub(r"<[^>]+>", "", element[1])
    assert "<w:delText" in xml
    assert "Present tense" in comments


def test_a_text_without_changes_has_none_to_track(tmp_path: Path):
    assert not has_tracked_changes(_written(tmp_path, "All well.\n", []))

"""What was found stays at its words while the text around them changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.offsets import utf16_length
from app.core.spelling.client import Misspelling
from app.editor.paragraph_marks import ParagraphMarks
from app.editor.paragraphs import paragraph_change

TEXT = st.text(st.sampled_from("ab \U0001f600\u4e2d\n"), max_size=30)


def _words(line: str) -> tuple[Misspelling, ...]:
    """Every word as a misspelling."""
    found, start = [], 0
    for word in line.split(" "):
        if word:
            at = utf16_length(line[:start])
            found.append(Misspelling(at, at + utf16_length(word), word))
        start += len(word) + 1
    return tuple(found)


def _checked(lines: list[str]) -> ParagraphMarks[Misspelling]:
    marks: ParagraphMarks[Misspelling] = ParagraphMarks()
    marks.load(len(lines))
    for number, line in enumerate(lines):
        marks.begin(number, code=False).found = _words(line)
    return marks


@settings(deadline=None)
@given(text=TEXT, start=st.integers(0, 30), length=st.integers(0, 30), inserted=TEXT)
def test_what_is_taken_over_stands_at_its_word(
    text: str, start: int, length: int, inserted: str
) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    new = text[:start] + inserted + text[end:]
    marks = _checked(text.split("\n"))
    before = new_lines = new.split("\n")
    first = text[:start].count("\n")
    last = text[:end].count("\n")
    count = last - first + 1
    old = text.split("\n")[first : first + count]
    fresh = new_lines[first : first + inserted.count("\n") + 1]
    line_start = text.rfind("\n", 0, start) + 1
    line_end = (text + "\n").index("\n", end)
    marks.splice(paragraph_change(first, old, fresh, start - line_start, line_end - end))
    assert len(marks) == len(before)
    for number, line in enumerate(before):
        entry = marks.entry(number)
        units = line.encode("utf-16-le")
        for found in entry.found if entry else ():
            assert units[2 * found.start : 2 * found.end].decode("utf-16-le") == found.word
        touched = first <= number < first + len(fresh)
        assert marks.is_open(number) is touched


def test_words_apart_from_the_edit_stay_and_those_it_touches_go() -> None:
    line = "teh wrold is teh plase"
    marks = _checked([line])
    new = "teh wroald is teh plase"
    marks.splice(paragraph_change(0, [line], [new], 7, len(line) - 7))
    entry = marks.entry(0)
    assert entry is not None
    assert [found.word for found in entry.found] == ["teh", "is", "teh", "plase"]
    assert [found.start for found in entry.found] == [0, 11, 14, 18]


def test_every_paragraph_is_offered_until_all_are_taken() -> None:
    marks: ParagraphMarks[Misspelling] = ParagraphMarks()
    marks.load(10)
    marks.begin(4, code=False)
    taken = []
    while not marks.done:
        for number in marks.open_from(3):
            marks.begin(number, code=False)
            taken.append(number)
    assert taken == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    marks.reopen(7)
    assert not marks.done
    assert list(marks.open_from(100)) == [7]


def test_what_was_asked_before_an_edit_is_not_believed_after_it() -> None:
    marks: ParagraphMarks[Misspelling] = ParagraphMarks()
    marks.load(1)
    asked = marks.begin(0, code=False)
    marks.splice(paragraph_change(0, ["teh"], ["the"], 1, 0))
    asked.found = _words("teh")
    entry = marks.entry(0)
    assert entry is not None
    assert entry.found == ()
    assert marks.is_open(0)

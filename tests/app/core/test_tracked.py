"""A review follows what is written around it, and comes back with undo."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.proposal import proposed
from app.core.review import Change, Decision
from app.core.tracked import TrackedReview

BEFORE, AFTER = "One. ", " Last."
SOURCE = "He have two dog."
RESULT = "He has two dogs."


class Page:
    """A text with a review in it."""

    def __init__(self, source: str = SOURCE, result: str = RESULT) -> None:
        self.text = BEFORE + source + AFTER
        self.tracked = TrackedReview(len(BEFORE), source)
        self.tracked.propose(proposed(source, result))

    def edit(self, position: int, removed: int, inserted: str) -> tuple[int, int, str]:
        gone = self.text[position : position + removed]
        self.text = self.text[:position] + inserted + self.text[position + removed :]
        self.tracked.follow(position, removed, inserted)
        assert self.holds()
        return position, len(inserted), gone

    def decide(self, number: int, decision: Decision) -> list[tuple[int, int, str]]:
        back, by = [], 0
        for each in self.tracked.decide([number], decision):
            start, end = each.start + by, each.end + by
            back.append((start, len(each.text), self.text[start:end]))
            self.text = self.text[:start] + each.text + self.text[end:]
            by += len(each.text) - (end - start)
        assert self.holds()
        return back

    def holds(self) -> bool:
        """Whether the review's text is the document's there, and each change's its own."""
        tracked = self.tracked
        review = tracked.review
        inside = all(review.text[one.start : one.end] == one.text for one in review.changes)
        return inside and self.text[tracked.start : tracked.end] == review.text

    def open(self) -> list[str]:
        return [change.new for change in self.tracked.review.open]


EDITS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 4), st.text("xy \n", max_size=3)), max_size=12
)


@settings(deadline=None)
@given(EDITS, st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Decision))), max_size=8))
def test_whatever_is_edited_and_decided_the_review_is_of_the_text(
    edits: list[tuple[int, int, str]], decisions: list[tuple[int, Decision]]
) -> None:
    page = Page()
    for index, (position, removed, inserted) in enumerate(edits):
        position = min(position, len(page.text))
        page.edit(position, min(removed, len(page.text) - position), inserted)
        if index < len(decisions):
            page.decide(*decisions[index])


@settings(deadline=None)
@given(EDITS)
def test_undoing_every_edit_brings_every_change_back(edits: list[tuple[int, int, str]]) -> None:
    page = Page()
    first = page.tracked.review
    back = []
    for position, removed, inserted in edits:
        # Within the text: what is cut off together with it comes back as text alone.
        start, end = page.tracked.start, page.tracked.end
        position = min(start + position, end)
        back.append(page.edit(position, min(removed, end - position), inserted))
    for edit in reversed(back):
        page.edit(*edit)
    assert page.text == BEFORE + SOURCE + AFTER
    if page.tracked.review.text == SOURCE:
        assert page.tracked.review == first


def test_an_edit_outside_moves_the_review() -> None:
    page = Page()
    page.edit(0, 3, "First")
    page.edit(len(page.text), 0, " End.")
    assert page.tracked.start == len(BEFORE) + 2
    assert page.open() == ["has", "dogs"]


def test_an_edit_inside_a_change_drops_that_change_alone_and_its_undo_brings_it_back() -> None:
    page = Page()
    undo = page.edit(len(BEFORE) + 5, 1, "x")
    assert page.open() == ["dogs"]
    page.edit(*undo)
    assert page.open() == ["has", "dogs"]


def test_undo_and_redo_of_a_decision() -> None:
    page = Page()
    (undo,) = page.decide(0, Decision.ACCEPTED)
    assert page.open() == ["dogs"]
    redo = page.edit(*undo)
    assert page.open() == ["has", "dogs"]
    page.edit(*redo)
    assert page.open() == ["dogs"]
    assert page.text == BEFORE + "He has two dog." + AFTER


def test_what_was_put_in_at_the_very_edge_is_taken_back_and_put_in_again() -> None:
    page = Page("dogs bark", "dogs bark loudly")
    (undo,) = page.decide(0, Decision.ACCEPTED)
    redo = page.edit(*undo)
    assert page.open() == [" loudly"]
    page.edit(*redo)
    assert page.open() == []
    page.edit(page.tracked.end, 0, " and more")
    assert page.tracked.review.text == "dogs bark loudly"


def test_pieces_come_in_while_others_are_decided_and_the_text_is_edited() -> None:
    source = "He have it. She have it. We has it."
    page = Page(source, source.replace("He have", "He has"))
    page.decide(0, Decision.ACCEPTED)
    page.edit(page.text.index("We"), 0, "Oh. ")
    found = proposed("She have it.", "She has it.", source.index("She"))
    page.tracked.propose(found)
    page.tracked.propose(proposed("We has it.", "We have it.", source.index("We")))
    assert page.open() == ["has", "have"]
    for change in page.tracked.review.open:
        page.decide(change.number, Decision.ACCEPTED)
    assert page.text == BEFORE + "He has it. She has it. Oh. We have it." + AFTER


def test_another_version_leaves_what_was_accepted_and_comes_back_as_it_was_decided() -> None:
    page = Page()
    first = page.tracked.review.changes
    page.decide(0, Decision.ACCEPTED)
    page.decide(1, Decision.REJECTED)
    other = [Change(0, SOURCE.index("two"), "two", "three"), Change(1, 3, "have", "had")]
    page.tracked.show_version(1, other)
    assert page.open() == ["three"]
    assert page.text == BEFORE + "He has two dog." + AFTER
    page.tracked.show_version(0, first)
    assert [change.decision for change in page.tracked.review.changes] == [
        Decision.ACCEPTED,
        Decision.REJECTED,
    ]

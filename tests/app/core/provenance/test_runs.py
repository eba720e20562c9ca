"""Origins stay with their code points through any edits, and come back with undo."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.provenance.carried import carried
from app.core.provenance.runs import EARLIER, TYPED, Runs, Span
from app.core.provenance.tracked import TrackedRuns

ORIGINS = st.sampled_from([TYPED, EARLIER, "a", "b"])
RUNS = st.lists(st.tuples(st.integers(1, 5), ORIGINS), max_size=6)


def letters(runs: Runs) -> list[str]:
    return [origin for length, origin in runs.runs() for _ in range(length)]


@settings(deadline=None)
@given(RUNS, st.data())
def test_replacing_runs_does_what_replacing_in_a_list_does(runs, data) -> None:
    model = Runs(runs)
    plain = letters(model)
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(plain)))
        removed = data.draw(st.integers(0, len(plain) - start))
        inserted = data.draw(RUNS)
        old = model.replace(start, removed, inserted)
        new = letters(Runs(inserted))
        assert letters(Runs(old)) == plain[start : start + removed]
        plain[start : start + removed] = new
        assert letters(model) == plain
        assert len(model) == len(plain)
        neighbours = list(zip(model.runs(), model.runs()[1:], strict=False))
        assert all(one[1] != other[1] for one, other in neighbours)
    start = data.draw(st.integers(0, len(plain)))
    assert letters(Runs(model.cut(start, len(plain)))) == plain[start:]


def test_words_typed_inside_generated_text_are_typed() -> None:
    runs = Runs([(10, "a")])
    runs.replace(4, 0, [(3, TYPED)])
    assert runs.spans() == [Span(0, 4, "a"), Span(7, 13, "a")]


def test_deleting_all_of_a_span_drops_it() -> None:
    runs = Runs([(3, TYPED), (4, "a"), (3, TYPED)])
    runs.replace(3, 4, [])
    assert runs.spans() == []
    assert runs.runs() == ((6, TYPED),)


def test_what_lies_beyond_the_text_is_refused_and_changes_nothing() -> None:
    runs = Runs([(3, "a")])
    with pytest.raises(ValueError, match="not within 3"):
        runs.replace(2, 2, [])
    assert runs.runs() == ((3, "a"),)


@settings(deadline=None)
@given(RUNS, st.data())
def test_undo_and_redo_bring_every_origin_back(runs, data) -> None:
    tracked = TrackedRuns(Runs(runs))
    states = [tracked.runs().runs()]
    for key in range(1, data.draw(st.integers(2, 8))):
        for _ in range(data.draw(st.integers(1, 3))):
            length = len(tracked.runs())
            start = data.draw(st.integers(0, length))
            if data.draw(st.booleans()):
                tracked.type(key, start, data.draw(st.integers(1, 3)))
            else:
                removed = data.draw(st.integers(0, length - start))
                tracked.replace(key, start, removed, data.draw(RUNS))
        states.append(tracked.runs().runs())
    for _ in range(6):
        key = data.draw(st.integers(0, len(states) - 1))
        length = sum(size for size, _ in states[key])
        assert tracked.go(key, length)
        assert tracked.runs().runs() == states[key]


def test_a_new_edit_after_an_undo_takes_the_place_of_what_could_be_redone() -> None:
    tracked = TrackedRuns(Runs())
    tracked.replace(1, 0, 0, [(4, "a")])
    assert tracked.go(0, 0)
    tracked.type(1, 0, 2)
    assert tracked.runs().runs() == ((2, TYPED),)
    assert tracked.go(0, 0)
    assert tracked.go(1, 2)
    assert tracked.runs().runs() == ((2, TYPED),)


def test_an_undo_whose_length_does_not_come_out_is_refused() -> None:
    tracked = TrackedRuns(Runs())
    tracked.replace(1, 0, 0, [(4, "a")])
    assert not tracked.go(0, 3)
    assert tracked.runs().runs() == ((4, "a"),)


def test_what_was_known_later_goes_below_the_edits_made_since() -> None:
    tracked = TrackedRuns(Runs([(6, EARLIER)]))
    tracked.type(1, 3, 2)
    assert tracked.rebase(Runs([(2, "a"), (4, TYPED)]))
    assert tracked.runs().runs() == ((2, "a"), (6, TYPED))
    assert tracked.go(0, 6)
    assert tracked.runs().runs() == ((2, "a"), (4, TYPED))
    assert not tracked.rebase(Runs([(7, "a")]))


def test_words_that_a_rewrite_leaves_keep_their_origin() -> None:
    old, new = "He go to the big market", "He goes to the large market"
    runs = [(len(old), TYPED)]
    result = carried(old, runs, new, "r")
    assert marked(new, result, "r") == ["goes", "large"]


def test_moved_lines_keep_their_origin() -> None:
    old, new = "typed one\nfrom the model\nlast", "from the model\ntyped one\nlast"
    runs = [(10, TYPED), (15, "m"), (4, TYPED)]
    assert marked(new, carried(old, runs, new, TYPED), "m") == ["from the model\n"]


@settings(deadline=None)
@given(
    st.text("ab \n", max_size=30),
    st.text("ab \n", max_size=30),
    st.data(),
)
def test_carried_origins_always_cover_the_text(old, new, data) -> None:
    cut = data.draw(st.integers(0, len(old)))
    result = carried(old, [(cut, "a"), (len(old) - cut, TYPED)], new, "f")
    assert sum(length for length, _ in result) == len(new)


def marked(text: str, runs, origin: str) -> list[str]:
    return [text[s.start : s.end] for s in Runs(runs).spans() if s.origin == origin]

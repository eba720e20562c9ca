from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.decode.stopping import StopMatcher

ALPHABET = st.text("ab\n", max_size=12)


@given(st.lists(ALPHABET, max_size=8), st.lists(ALPHABET, max_size=3))
def test_output_is_the_text_before_the_first_stop_however_it_is_cut(parts, stops) -> None:
    matcher = StopMatcher(stops)
    shown = "".join(matcher.feed(part) for part in parts)
    text = "".join(parts)
    found = [at for stop in stops if stop and (at := text.find(stop)) >= 0]
    if not matcher.stopped:
        shown += matcher.flush()
        assert not found
        assert shown == text
    else:
        # A later part may complete a longer stop that began earlier; by then text was shown.
        assert text.startswith(shown)
        assert any(text.startswith(stop, len(shown)) for stop in stops if stop)


def test_a_beginning_of_a_stop_is_held_back() -> None:
    matcher = StopMatcher(["<end>"])
    assert matcher.feed("one <e") == "one "
    assert matcher.feed("lse> two") == "<else> two"

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.decode.lookup import SHORTEST_DRAFT, PromptLookup

TOKENS = st.lists(st.integers(0, 5), max_size=60)


def test_what_followed_the_last_tokens_in_the_prompt_is_proposed() -> None:
    lookup = PromptLookup([*range(100, 120), *range(20)])
    assert lookup.draft([4, 5, 6], 15) == [7, 8, 9, 10, 11, 12, 13]


def test_drafts_grow_while_they_are_right_and_shrink_when_they_are_not() -> None:
    lookup = PromptLookup(list(range(100)))
    answer = [0, 1, 2]
    first = lookup.draft(answer, 99)
    lookup.learn(len(first), len(first))
    answer += [*first, 3 + len(first)]
    second = lookup.draft(answer, 99)
    assert len(second) > len(first)
    lookup.learn(len(second), 1)
    assert 2 <= len(lookup.draft([*answer, second[0], 50, 51, 52], 99)) < len(first)


def test_copying_goes_on_after_one_token_was_corrected() -> None:
    lookup = PromptLookup([9, 1, 2, 3, 4, 5, 6, 5, 7, 8])
    lookup.draft([1, 2, 3], 9)
    lookup.learn(3, 0)
    assert lookup.draft([1, 2, 3, 99, 5], 9) == [6, 5, 7]


def test_what_the_answer_repeats_is_proposed_too() -> None:
    assert PromptLookup([0, 1]).draft([5, 6, 7, 8, 9, 5, 6], 3) == [7, 8, 9]


def test_an_answer_that_copies_nothing_gets_no_draft() -> None:
    assert PromptLookup([1, 2, 3]).draft([7, 8, 9], 15) == []


@given(TOKENS, TOKENS, st.integers(-1, 20))
def test_a_draft_is_never_one_token_and_never_beyond_the_room(prompt, answer, room) -> None:
    lookup = PromptLookup(prompt)
    for end in range(1, len(answer) + 1):
        draft = lookup.draft(answer[:end], room)
        assert not draft or SHORTEST_DRAFT <= len(draft) <= room
        if draft:
            lookup.learn(len(draft), end % (len(draft) + 1))

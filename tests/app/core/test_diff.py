"""Diffs put together are the texts, and a reader finds the words that changed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import align as align_module
from app.core.align import align
from app.core.diff import DiffSpan, word_diff

ITEMS = st.lists(st.sampled_from("abcd"), max_size=10)
TEXTS = st.text(
    st.sampled_from("ab \n\t\u00a0.,'\u2019\u4e2d\u6587\u304b\u00e9\u0301\U0001f600\u200d")
) | (st.text())


def longest(a: list[str], b: list[str]) -> int:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
            )
    return table[-1][-1]


@settings(deadline=None)
@given(old=ITEMS, new=ITEMS, limit=st.sampled_from([0, 8, 1 << 29]))
def test_pairs_are_equal_and_rise_and_are_as_many_as_can_be(
    old: list[str], new: list[str], limit: int
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(align_module, "_MAX_BITS", limit)
        pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))
    if limit > 8:
        assert len(pairs) == longest(old, new)


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_the_parts_are_the_texts(old: str, new: str):
    spans = word_diff(old, new)
    assert "".join(span.old for span in spans) == old
    assert "".join(span.new for span in spans) == new
    for span in spans:
        assert (span.kind == "equal") == (span.old == span.new)
        assert (span.kind == "insert") == (span.old == "")
        assert (span.kind == "delete") == (span.new == "")
    kinds = [span.kind == "equal" for span in spans]
    assert all(a != b for a, b in itertools.pairwise(kinds))


@settings(deadline=None)
@given(text=TEXTS)
def test_a_text_is_equal_to_itself(text: str):
    assert word_diff(text, text) == ([DiffSpan("equal", text, text)] if text else [])


def shown(old: str, new: str) -> str:
    marks = {"equal": "{0}", "delete": "[-{0}-]", "insert": "[+{1}+]", "replace": "[-{0}-][+{1}+]"}
    return "".join(marks[span.kind].format(span.old, span.new) for span in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("He don't go", "He doesn't go", "He [-don't-][+doesn't+] go"),
        ("on the mat.", "on a mat!", "on [-the-][+a+] mat[-.-][+!+]"),
        ("a big dog", "a dog", "a [-big -]dog"),
        ("a dog", "a dog barks", "a dog[+ barks+]"),
        ("one big red dog", "one small grey dog", "one [-big red-][+small grey+] dog"),
        ("an end\n\nA start", "the end\n\nThe start", "[-an-][+the+] end\n\n[-A-][+The+] start"),
        ("one\nred", "two\nblue", "[-one-][+two+]\n[-red-][+blue+]"),
        ("two  spaces", "two spaces", "two[-  -][+ +]spaces"),
        ("我喜欢苹果。", "我很喜欢苹果和梨。", "我[+很+]喜欢苹果[+和梨+]。"),
        ("使用GPT写作", "使用模型写作", "使用[-GPT-][+模型+]写作"),
        ("cafe\u0301 x", "cafe x", "[-cafe\u0301-][+cafe+] x"),
        (
            "a \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "a \U0001f468\u200d\U0001f469",
            "a [-\U0001f468\u200d\U0001f469\u200d\U0001f467-][+\U0001f468\u200d\U0001f469+]",
        ),
    ],
)
def test_the_words_that_changed_are_found(old: str, new: str, expected: str):
    assert shown(old, new) == expected


def test_one_changed_word_in_a_long_text_is_one_change():
    words = [f"word{number % 97}" for number in range(20_000)]
    changed = [*words[:9_000], "other", *words[9_001:]]
    spans = word_diff(" ".join(words), " ".join(changed))
    assert [span.kind for span in spans] == ["equal", "replace", "equal"]

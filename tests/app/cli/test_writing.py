from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.writing import RewriteStream
from engine import clean_rewrite

LONG = "He walks home along the river, as he has done every evening since the bridge was closed."


def stream(answer: str, source: str, size: int) -> list[str]:
    cleaner = RewriteStream(source)
    pieces = [cleaner.feed(answer[start : start + size]) for start in range(0, len(answer), size)]
    return [*pieces, cleaner.finish()]


@pytest.mark.parametrize(
    "answer",
    [
        LONG,
        f'"{LONG}"',
        f"Here is the corrected text:\n\n{LONG}",
        f'Here is the corrected text:\n"{LONG}"',
        f"{LONG}\n\nSecond paragraph.\n",
        f'{LONG} "Come in," she said.',
        "Short.",
        "",
    ],
)
@pytest.mark.parametrize("source", ["He walk home.", '"He walk home."', "  He walk home.\n"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_what_is_streamed_is_the_cleaned_rewrite(answer: str, source: str, size: int) -> None:
    assert "".join(stream(answer, source, size)) == clean_rewrite(answer, source)


@given(st.text(alphabet='ab ."\n:', max_size=200), st.sampled_from(["x", '"x"', " x\n"]))
def test_streaming_never_fails(answer: str, source: str) -> None:
    streamed = "".join(stream(answer, source, 5))
    assert streamed == clean_rewrite(answer, source)


def test_a_long_answer_comes_in_pieces() -> None:
    assert sum(1 for piece in stream(LONG * 3, "x", 10) if piece) > 10

"""A record in a Markdown file comes off again without a trace."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.provenance.block import block, read_block
from app.core.provenance.comment import split_block
from app.core.provenance.kept import runs_for
from app.core.provenance.runs import TYPED, Runs
from app.core.provenance.sources import Kind, Source


@settings(deadline=None)
@given(st.text("ab-<>! \n\u4e2d", min_size=1, max_size=40), st.text("-<>! x", max_size=12))
def test_text_and_origins_come_back_exactly(text, detail) -> None:
    runs = Runs([(1, "m1"), (len(text) - 1, TYPED)])
    source = Source(Kind.OTHER, 1.0, detail, None, "m1")
    written = text + block(text, runs, {"m1": source})
    again, record = split_block(written)
    assert again == text
    kept = read_block(record)
    assert kept is not None
    assert runs_for(kept, again) == runs
    assert written.count("-->") == text.count("-->") + 1


def test_what_was_written_behind_the_record_stays() -> None:
    source = Source(Kind.OTHER, 1.0, "", None, "m1")
    record = block("made", Runs([(4, "m1")]), {"m1": source})
    assert split_block("made" + record + "more")[0] == "made\nmore"


def test_another_comment_is_none_of_ours() -> None:
    text = "text\n<!-- inkling-origin\nnot ours\n-->\n"
    assert split_block(text) == (text, "")
    assert read_block("{}") is None
    assert read_block("[" * 100_000) is None

"""What is kept of a text's origins is found again, in the same text and in a changed one."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.provenance.kept import from_json, keep, runs_for, to_json
from app.core.provenance.runs import EARLIER, TYPED, Runs
from app.core.provenance.sources import (
    Circumstances,
    Kind,
    Recipe,
    Source,
    from_plain,
    prompt_hash,
    to_plain,
)
from app.core.provenance.store import OriginStore, file_key, journal_key
from engine import ChatMessage, Role, completion_request, rewrite_request

TEXT = "Typed line one.\nThe model went on here. And typed.\nA last line of mine."
RUNS = Runs([(16, TYPED), (23, "m1"), (len(TEXT) - 39, TYPED)])


def source(name: str = "m1") -> Source:
    request = rewrite_request("Secret words.", "Be clear.", seed=7)
    made = Circumstances("model", "ab12", "", "", "CPU", 2, "1.32", "0.1")
    recipe = Recipe(made, prompt_hash(request.prompt), "The model went on here.", request=request)
    return Source(Kind.REWRITE, 1000.0, "clearer", recipe, name)


def parts(text: str, runs: Runs) -> list[str]:
    return [text[span.start : span.end] for span in runs.spans()]


def test_the_same_text_has_the_same_origins() -> None:
    kept = keep(TEXT, RUNS, {"m1": source(), "unused": source("unused")})
    assert runs_for(kept, TEXT) == RUNS
    assert set(kept.sources) == {"m1"}


def test_what_is_kept_has_no_words_of_the_text() -> None:
    kept = keep(TEXT, RUNS, {"m1": source()}, prompts=False)
    written = json.dumps(to_json(kept))
    assert "Typed" not in written
    assert "model went" not in written
    assert "Secret" not in written


def test_lines_that_another_program_left_alone_keep_their_origins() -> None:
    kept = keep(TEXT, RUNS, {"m1": source()})
    changed = "A new first line.\n" + TEXT.replace("A last line of mine.", "Other end")
    runs = runs_for(kept, changed)
    assert parts(changed, runs) == ["The model went on here."]
    assert runs.at(0).origin == EARLIER
    assert runs.at(len(changed) - 1).origin == EARLIER


def test_a_span_is_found_in_a_line_that_changed_around_it() -> None:
    kept = keep(TEXT, RUNS, {"m1": source()})
    changed = TEXT.replace("And typed.", "And changed!")
    assert parts(changed, runs_for(kept, changed)) == ["The model went on here."]


def test_a_span_that_was_changed_itself_is_dropped() -> None:
    kept = keep(TEXT, RUNS, {"m1": source()})
    changed = TEXT.replace("went on here", "went away")
    assert parts(changed, runs_for(kept, changed)) == []


@settings(deadline=None)
@given(st.lists(st.text("xy \u4e00\U0001f600", max_size=12), min_size=1, max_size=6), st.data())
def test_never_a_span_with_other_words_than_before(lines, data) -> None:
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    runs = Runs([(start, TYPED), (end - start, "m1"), (len(text) - end, TYPED)])
    kept = from_json(json.loads(json.dumps(to_json(keep(text, runs, {"m1": source()})))))
    assert runs_for(kept, text) == runs
    changed = data.draw(st.permutations(lines)) + data.draw(st.lists(st.text("xyz", max_size=5)))
    other = "\n".join(changed)
    found = runs_for(kept, other)
    assert len(found) == len(other)
    old = set(text[start:end].split("\n"))
    for span in found.spans():
        for piece in other[span.start : span.end].split("\n"):
            assert any(piece in line or line in piece for line in old)


def test_a_source_survives_being_written() -> None:
    for request in (
        rewrite_request("a", "b", seed=3, temperature=0.7),
        completion_request("Once upon", gate=0.4, taken=True),
    ):
        assert request is not None
        request = replace(request, sampling=replace(request.sampling, avoid=("delve",)))
        recipe = replace(source().recipe, request=request, choice=2, whole=False)
        written = json.loads(json.dumps(to_plain(replace(source(), recipe=recipe))))
        again = from_plain(written)
        assert again.recipe.request == replace(
            request, request_id=again.recipe.request.request_id, revision=0
        )
        assert (again.recipe.choice, again.recipe.whole) == (2, False)


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "magic"},
        {"when": "now"},
        {"id": "../x"},
        {"recipe": {"model": 3}},
        {"recipe": {"model": "m", "request": {"prompt": 5}}},
    ],
)
def test_a_damaged_source_is_refused(damage) -> None:
    with pytest.raises(ValueError, match=r"no|missing|neither|valid"):
        from_plain(to_plain(source()) | damage)


def test_prompts_of_messages_and_texts_have_a_hash() -> None:
    assert prompt_hash((ChatMessage(Role.USER, "a"),)) != prompt_hash("a")


def test_a_file_is_found_by_its_path_and_after_renaming_by_its_text(tmp_path: Path) -> None:
    store = OriginStore(tmp_path / "origins.sqlite")
    path = tmp_path / "a.md"
    kept = keep(TEXT, RUNS, {"m1": source()})
    store.save(file_key(path), path, kept)
    store.close()
    store = OriginStore(tmp_path / "origins.sqlite")
    assert to_json(store.find(file_key(path))) == to_json(kept)
    assert store.find(file_key(tmp_path / "b.md")) is None
    assert to_json(store.find_text(kept.text_sha256)) == to_json(kept)
    store.erase_text(kept.text_sha256)
    assert store.find(file_key(path)) is None
    store.close()


def test_only_new_sources_are_written_and_old_ones_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "origins.sqlite"
    store = OriginStore(path)
    two = Runs([(16, "m2"), (23, "m1"), (len(TEXT) - 39, TYPED)])
    store.save(journal_key("d"), None, keep(TEXT, two, {"m1": source(), "m2": source("m2")}))
    store.save(journal_key("d"), None, keep(TEXT, RUNS, {"m1": source()}))
    assert set(store.find(journal_key("d")).sources) == {"m1"}
    store.save(journal_key("d"), None, keep(TEXT, Runs([(len(TEXT), EARLIER)]), {}))
    assert store.find(journal_key("d")) is None
    store.close()


def test_forgetting_prompts_leaves_none_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "origins.sqlite"
    store = OriginStore(path)
    store.save(journal_key("d"), None, keep(TEXT, RUNS, {"m1": source()}))
    store.forget_prompts()
    recipe = store.find(journal_key("d")).sources["m1"].recipe
    assert recipe.request is None
    assert recipe.output == ""
    assert recipe.circumstances.model == "model"
    store.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "origins.sqlite"
    path.write_bytes(b"no database" * 1000)
    store = OriginStore(path)
    store.save(journal_key("d"), None, keep(TEXT, RUNS, {"m1": source()}))
    store.close()
    assert len(list(tmp_path.glob("*damaged*"))) == 1
    assert sqlite3.connect(path).execute("SELECT count(*) FROM documents").fetchone() == (1,)

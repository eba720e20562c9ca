"""Conversations: versions of messages, their files, what is found in them, and Markdown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversation import (
    Conversation,
    ConversationMessage,
    GivenText,
    show_version,
    title_of,
    versions_at,
    with_version,
    without_version,
)
from app.core.conversation_export import ExportWords, as_markdown, file_name
from app.core.conversation_file import from_json, to_json
from app.core.conversation_store import ConversationStore
from engine import Role

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
WORDS = ExportWords(
    "Conversation", "You", "Inkling", "(with {titles})", "Instruction: {instruction}", "stopped"
)


def user(text: str, minutes: int = 0) -> ConversationMessage:
    return ConversationMessage(Role.USER, text, NOW + timedelta(minutes=minutes))


def model(text: str, minutes: int = 0) -> ConversationMessage:
    return ConversationMessage(Role.ASSISTANT, text, NOW + timedelta(minutes=minutes))


def talk(*texts: str, **more: str) -> Conversation:
    makers = (user, model)
    return Conversation(tuple(makers[i % 2](text, i) for i, text in enumerate(texts)), **more)


def contents(conversation: Conversation) -> list[str]:
    return [message.content for message in conversation.messages]


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(tmp_path / "conversations", tmp_path / "conversation.json")


def test_an_edited_question_keeps_what_followed_the_first():
    first = talk("a", "b", "c", "d")
    edited = with_version(first, 2, [user("C")])
    assert contents(edited) == ["a", "b", "C"]
    assert (edited.messages[2].place, edited.messages[2].versions) == (1, 2)
    assert contents(show_version(edited, 2, 0)) == ["a", "b", "c", "d"]
    assert contents(show_version(show_version(edited, 2, 0), 2, 1)) == ["a", "b", "C"]
    assert show_version(edited, 2, 2) is edited
    assert show_version(edited, 2, -1) is edited
    assert without_version(edited, 2) == first


def test_versions_inside_a_version_stay_with_it():
    inner = with_version(talk("a", "b", "c", "d"), 3, [model("D")])
    outer = with_version(inner, 0, [user("A")])
    back = show_version(outer, 0, 0)
    assert contents(back) == ["a", "b", "c", "D"]
    assert contents(show_version(back, 3, 0)) == ["a", "b", "c", "d"]


@st.composite
def branched(draw: st.DrawFn) -> Conversation:
    """A conversation as a person may come to have it."""
    conversation = talk(*draw(st.lists(st.text(), min_size=1, max_size=5)))
    for index, place, text in draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text()), max_size=8)
    ):
        index %= len(conversation.messages)
        if place == 3:
            tail = [user(text), model(text)][: 1 + len(text) % 2]
            conversation = with_version(conversation, index, tail)
        else:
            conversation = show_version(conversation, index, place)
    return conversation


@given(branched(), st.data())
def test_going_to_another_version_loses_nothing(conversation: Conversation, data: st.DataObject):
    index = data.draw(st.integers(0, len(conversation.messages) - 1))
    message = conversation.messages[index]
    for place in range(message.versions):
        there = show_version(conversation, index, place)
        assert versions_at(there, index) == versions_at(conversation, index)
        assert show_version(there, index, message.place) == conversation


@given(branched(), st.text(), st.text(), st.booleans())
def test_a_file_gives_back_what_was_written(
    conversation: Conversation, title: str, text: str, whole: bool
):
    given_text = GivenText(title, text, whole)
    question = ConversationMessage(
        Role.USER, text, NOW, (given_text, GivenText("old"), given_text), interrupted=whole
    )
    told = Conversation(
        (*conversation.messages, question), conversation.id, title, instruction=text, draft=title
    )
    assert from_json(to_json(told)) == told


def test_a_text_given_with_many_questions_is_written_once():
    text = GivenText("Novel", "x" * 10_000)
    messages = tuple(ConversationMessage(Role.USER, "q", NOW, (text,)) for _ in range(20))
    assert len(to_json(Conversation(messages))) < 20_000


def test_half_a_character_pair_is_kept(store: ConversationStore):
    told = talk("who\u2028\U0001f600\ud83d?")
    store.save(told)
    assert store.find(told.id) == told


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_can_read_it(store: ConversationStore, tmp_path: Path):
    told = talk("a")
    store.save(told)
    file = tmp_path / "conversations" / f"{told.id}.json"
    assert file.stat().st_mode & 0o077 == 0


def test_the_conversation_that_was_open_comes_back(store: ConversationStore):
    assert store.load().is_empty()
    old, new = talk("old"), Conversation((user("new", 60),))
    store.save(old)
    store.save(new)
    assert store.load() == new
    store.set_open(old.id)
    assert store.load() == old


def test_an_empty_conversation_leaves_no_file(store: ConversationStore):
    told = talk("a")
    store.save(told)
    store.save(Conversation((), told.id))
    assert store.listed() == ()


DAMAGED = [b"", b"\xff", b"{", b"5", b'{"format": 1}', b'{"format": 2}', b"[" * 100_000]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_set_aside_and_the_others_stay(
    store: ConversationStore, tmp_path: Path, content: bytes
):
    told = talk("a")
    store.save(told)
    bad = tmp_path / "conversations" / "bad.json"
    bad.write_bytes(content)
    assert [each.id for each in store.listed()] == [told.id]
    assert bad.with_name("bad.json.damaged").read_bytes() == content


FIRST = b"""[
 {"role": "user", "content": "Who is he?", "created_at": "2026-01-02T03:04:05+00:00",
  "context_titles": ["Notes"], "interrupted": false},
 {"role": "assistant", "content": "Tom.", "created_at": "2026-01-02T03:04:09+00:00",
  "context_titles": [], "interrupted": true}
]"""


def test_the_one_conversation_of_the_first_inkling_is_brought_over(
    store: ConversationStore, tmp_path: Path
):
    first = tmp_path / "conversation.json"
    first.write_bytes(FIRST)
    told = store.load()
    assert contents(told) == ["Who is he?", "Tom."]
    assert told.messages[0].context_titles == ("Notes",)
    assert told.messages[1].interrupted
    assert not first.exists()
    assert store.load() == told
    assert [each.title for each in store.listed()] == ["Who is he?"]
    # Interrupted before the old file was gone: it is brought over again, not twice.
    first.write_bytes(FIRST)
    assert store.load() == told
    assert len(store.listed()) == 1


@pytest.mark.parametrize("content", [b"{", b"5", b"[[]]", b'[{"role": "judge"}]'])
def test_a_damaged_first_file_is_kept(store: ConversationStore, tmp_path: Path, content: bytes):
    (tmp_path / "conversation.json").write_bytes(content)
    assert store.load().is_empty()
    assert (tmp_path / "conversation.json.damaged").read_bytes() == content


_WRITER = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from app.core.conversation import Conversation, ConversationMessage
    from app.core.conversation_store import ConversationStore
    from engine import Role

    store = ConversationStore(Path(sys.argv[1]))
    for count in range(1, 10_000):
        message = ConversationMessage(Role.USER, str(count) * 400, datetime.now(UTC))
        store.save(Conversation((message,) * 40, "one"))
        print(count, flush=True)
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(tmp_path / "conversations")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_killed_program_leaves_a_whole_conversation(
    writer: subprocess.Popen[str], store: ConversationStore, tmp_path: Path
):
    assert writer.stdout is not None
    done = 0
    while done < 25:
        done = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)  # somewhere in the middle of the next write
    done = max([done, *(int(line) for line in writer.stdout.read().split())])
    writer.wait()
    told = store.load()
    assert len(told.messages) == 40
    assert told.messages[0].content in (str(done) * 400, str(done + 1) * 400)
    assert not list((tmp_path / "conversations").glob("*.saving"))


def test_titles_come_from_the_first_question():
    assert title_of(Conversation()) == ""
    assert title_of(talk("  Who   is he?\nTell me")) == "Who is he?"
    assert title_of(talk("word " * 30)) == " ".join(["word"] * 12) + "…"
    assert title_of(talk("字" * 100)) == "字" * 60 + "…"
    assert title_of(talk("Who?", title="Tom")) == "Tom"


def test_search_finds_all_words_wherever_they_are(store: ConversationStore):
    lamp = talk("Who keeps the lighthouse?", "An old man keeps the LAMP burning all night.")
    sea = Conversation((user("The sea is wide", 60),), title="Storms")
    for each in (lamp, sea):
        store.save(each)
    assert [each.id for each in store.listed()] == [sea.id, lamp.id]
    (found,) = store.listed("lamp who")
    assert (found.id, found.index) == (lamp.id, 0)
    (found,) = store.listed("lamp")
    assert found.index == 1
    begin, end = found.marked
    assert found.excerpt[begin:end] == "LAMP"
    assert [each.id for each in store.listed("storms SEA")] == [sea.id]
    assert store.listed("lamp sea") == ()
    store.save(talk("守塔人点亮了灯"))
    assert store.listed("点亮")[0].excerpt == "守塔人点亮了灯"


def test_a_conversation_as_markdown():
    told = Conversation(
        (
            ConversationMessage(Role.USER, "# Who?\n\nSay", NOW, (GivenText("Notes", "x"),)),
            ConversationMessage(Role.ASSISTANT, "```\ncode", NOW, interrupted=True),
            user("And?"),
            model("**Tom**"),
        ),
        instruction="Be short.",
    )
    assert as_markdown(told, WORDS).split("\n\n") == [
        "# Who?",
        "> Instruction: Be short.",
        "**You**",
        "> # Who?\n>\n> Say",
        "(with Notes)",
        "**Inkling**",
        "```\ncode\n```",
        "(stopped)",
        "**You**",
        "> And?",
        "**Inkling**",
        "**Tom**\n",
    ]


@pytest.mark.parametrize(
    ("title", "name"), [("a/b: c?", "a b c"), ("...", "Conversation"), ("灯塔", "灯塔")]
)
def test_a_title_becomes_a_name_for_a_file(title: str, name: str):
    assert file_name(Conversation(title=title), "Conversation") == name

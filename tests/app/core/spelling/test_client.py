"""Words and lines checked with the real dictionaries, in the process that checks."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.spelling.client import SERVER_COMMAND, SpellingClient, SpellingFailed
from app.core.spelling.dictionaries import Dictionary

ROOT = Path(__file__).parents[4]
US = Dictionary("en_US", ROOT / "assets" / "dictionaries")
GB = Dictionary("en_GB", ROOT / "assets" / "dictionaries")


@pytest.fixture(scope="module")
def client() -> Iterator[SpellingClient]:
    client = SpellingClient()
    yield client
    client.close()


def test_words_are_right_or_not(client: SpellingClient) -> None:
    words = ["colour", "color", "wrold", "don’t", "London", "café", ""]
    assert client.check(GB, words)[:5] == [True, False, False, True, True]
    assert client.check(US, words)[:5] == [False, True, False, True, True]


def test_the_right_word_is_among_the_suggestions(client: SpellingClient) -> None:
    assert client.suggest(US, "wrold")[0] == "world"
    assert client.suggest(US, "Wrold")[0] == "World"
    assert "doesn’t" in client.suggest(US, "dosen’t")
    assert len(client.suggest(GB, "sare", 3)) == 3
    assert client.suggest(US, "\U0001f600\u4e2d") == ()


def test_misspellings_are_counted_as_qt_counts(client: SpellingClient) -> None:
    lines = ["", "\U0001f600\U0001f600 teh cat", "the cat", "a wrold of teh"]
    found = client.misspellings(US, lines)
    assert [[(m.start, m.end, m.word) for m in line] for line in found] == [
        [],
        [(5, 8, "teh")],
        [],
        [(2, 7, "wrold"), (11, 14, "teh")],
    ]


@pytest.mark.parametrize(
    "line",
    [
        "A well-known naïve café owner’s fiancée, Zoë.",
        "Use `teh` at https://teh.example or teh.md.",
        "现在用 editor 写作",
        "the dogs' owners’ 1st HTML5",
    ],
)
def test_good_english_has_no_misspellings(client: SpellingClient, line: str) -> None:
    assert client.misspellings(US, [line]) == [()]


def test_words_in_capitals_are_checked_on_request(client: SpellingClient) -> None:
    assert client.misspellings(US, ["HELO"]) == [()]
    ((found,),) = client.misspellings(US, ["HELO"], capitals=True)
    assert found.word == "HELO"


def test_an_unusable_dictionary_is_told_and_others_go_on(
    client: SpellingClient, tmp_path: Path
) -> None:
    with pytest.raises(SpellingFailed, match="de_AT cannot be used"):
        client.check(Dictionary("de_AT", tmp_path), ["wort"])
    assert client.check(US, ["word"]) == [True]


def test_a_checker_that_dies_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core import line_process as module

    client = SpellingClient()
    with monkeypatch.context() as patch:
        patch.setattr(module, "_command", lambda *_: [sys.executable, "-c", "input()"])
        with pytest.raises(SpellingFailed):
            client.check(US, ["word"])
    assert client.check(US, ["word"]) == [True]
    client.close()


def test_a_dictionary_of_another_encoding_is_read_in_it(
    client: SpellingClient, tmp_path: Path
) -> None:
    (tmp_path / "bg_BG.aff").write_text("SET microsoft-cp1251\nTRY абвгд\n", encoding="cp1251")
    (tmp_path / "bg_BG.dic").write_text("2\nдума\nкнига\n", encoding="cp1251")
    bulgarian = Dictionary("bg_BG", tmp_path)
    assert client.check(bulgarian, ["дума", "димо", "中"]) == [True, False, False]
    assert "книга" in client.suggest(bulgarian, "кнга")


def test_a_checker_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core import line_process as module

    sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    monkeypatch.setattr(module, "_command", lambda *_: sleeper)
    impatient = SpellingClient(patience=0.2)
    with pytest.raises(SpellingFailed):
        impatient.check(US, ["word"])
    impatient.close()


def test_nothing_is_answered_after_the_end() -> None:
    client = SpellingClient()
    client.close()
    with pytest.raises(SpellingFailed):
        client.check(US, ["word"])


def test_a_packaged_inkling_is_its_own_checker() -> None:
    request = {"do": "check", "words": ["word", "wrod"], "folder": str(US.folder), "name": "en_US"}
    done = subprocess.run(
        [sys.executable, "-m", "app", SERVER_COMMAND],
        input=json.dumps(request) + "\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.load(io.StringIO(done.stdout)) == {"answer": [True, False]}
    assert done.stderr == ""

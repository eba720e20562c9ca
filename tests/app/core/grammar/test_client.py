"""Texts checked with the real rules, in the process that checks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import line_process
from app.core.grammar.client import GRAMMAR_COMMAND, GrammarClient, GrammarFailed
from engine import UNSURE_RULES, Dialect, ErrorKind

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def client() -> Iterator[GrammarClient]:
    client = GrammarClient()
    yield client
    client.close()


def test_findings_say_what_is_wrong_where_qt_counts(client: GrammarClient) -> None:
    text = "\U0001f600 We saw an test of the the parcel."
    [[article, twice]] = client.check(Dialect.BRITISH, [text], UNSURE_RULES)
    units = text.encode("utf-16-le")
    assert units[2 * article.start : 2 * article.end].decode("utf-16-le") == article.text == "an"
    assert (article.replacements, article.kind) == (("a",), ErrorKind.ARTICLE)
    assert (twice.text, twice.kind) == ("the the", ErrorKind.DOUBLED_WORD)
    assert twice.rule == "RepeatedWords"
    assert twice.message


def test_spelling_is_left_to_dictionaries_and_rules_can_be_off(client: GrammarClient) -> None:
    texts = ["I recieved an test.", "The colour of it.", ""]
    found = client.check(Dialect.AMERICAN, texts, UNSURE_RULES)
    assert [[each.text for each in line] for line in found] == [["an"], [], []]
    assert client.check(Dialect.AMERICAN, texts, [*UNSURE_RULES, "AnA"]) == [(), (), ()]


def test_the_rules_are_listed(client: GrammarClient) -> None:
    assert {"AnA", "RepeatedWords"} <= {each.name for each in client.rules(Dialect.BRITISH)}


def test_a_process_that_dies_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    client = GrammarClient()
    with monkeypatch.context() as patch:
        patch.setattr(line_process, "_command", lambda *_: [sys.executable, "-c", "input()"])
        with pytest.raises(GrammarFailed, match="not affected"):
            client.check(Dialect.BRITISH, ["an test"], ())
    assert client.check(Dialect.BRITISH, ["We saw an test."], ())[0][0].rule == "AnA"
    client.close()
    with pytest.raises(GrammarFailed):
        client.check(Dialect.BRITISH, ["an test"], ())


def test_a_packaged_inkling_is_its_own_checker() -> None:
    request = {"do": "check", "texts": ["We saw an test."], "off": [], "dialect": "british"}
    done = subprocess.run(
        [sys.executable, "-m", "app", GRAMMAR_COMMAND],
        input=json.dumps(request) + "\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    [[found]] = json.loads(done.stdout)["answer"]
    assert found[:4] == [7, 9, "an", ["a"]]
    assert done.stderr == ""

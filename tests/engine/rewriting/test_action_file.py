"""Actions as TOML: what a person writes, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import ActionDamaged
from engine.rewriting.action import (
    ActionExample,
    ActionForm,
    ActionOutput,
    ActionPiece,
    ActionPrompt,
    ModelRole,
    RewriteAction,
)
from engine.rewriting.action_file import action_text, parse_action, read_action

GOOD = """\
title = "Pirate"
icon = "pen-line"
shortcut = "Ctrl+Alt+9"
temperature = 0.7
output = "insert"
piece = "sentence"
form = "list"
length = [0.5, 2]
instruction = \"""
Rewrite this like a pirate of {title}.
{text}\"""

[[examples]]
text = "Hello."
answer = "Ahoy."

[family.llama]
pattern = "Plain: {text}\\nPirate: {answer}"
piece = "paragraph"
"""


def test_a_file_says_what_an_action_is():
    action = parse_action(GOOD, Path("own/pirate.toml"))
    assert (action.name, action.title, action.temperature) == ("pirate", "Pirate", 0.7)
    assert (action.output, action.piece, action.form) == ("insert", "sentence", "list")
    assert action.length == (0.5, 2.0)
    assert action.prompt.examples == (ActionExample("Hello.", "Ahoy."),)
    family = action.prompt_for("some-model", "llama")
    assert family.pattern.startswith("Plain: {text}\nPirate:")
    assert family.examples == action.prompt.examples, "a family keeps what it does not say"
    assert family.piece is ActionPiece.PARAGRAPH
    assert action.prompt_for("some-model", "qwen2") == action.prompt


def test_a_models_own_name_comes_before_its_architecture():
    text = (
        'title = "A"\ninstruction = "x"\n[family.llama]\ninstruction = "y"\n'
        '[family.smollm2]\ninstruction = "z"\n[family.smollm2-135m]\ninstruction = "w"\n'
    )
    action = parse_action(text, Path("a.toml"))
    assert action.prompt_for("smollm2-135m-instruct", "llama").instruction == "w"
    assert action.prompt_for("smollm2-360m", "llama").instruction == "z"
    assert action.prompt_for("tiny", "llama").instruction == "y"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('title = "A"\ninstruction = oops\n', 2, "invalid value"),
        ('title = "A"\n', 1, "instruction is missing"),
        ('instruction = "x"\n', 1, "title is missing"),
        ('title = "A"\n\ninstruction = "do {txt}"\n', 3, "{text}"),
        ('title = "A"\ninstruction = "x"\ntemperature = "hot"\n', 3, "from 0 to 2"),
        ('title = "A"\ninstruction = "x"\ntemperature = true\n', 3, "from 0 to 2"),
        ('title = "A"\ninstruction = "x"\noutput = "email"\n', 3, "review, insert, panel"),
        ('title = "A"\ninstruction = "x"\ncolour = "red"\n', 3, "colour"),
        ('title = "A"\ninstruction = "x"\nlength = [2, 1]\n', 3, "least"),
        ('title = 3\ninstruction = "x"\n', 1, "quotation marks"),
        ('name = "A b"\ntitle = "A"\ninstruction = "x"\n', 1, "small letters"),
        ('title = "A"\ninstruction = "x"\n[[examples]]\ntext = "a"\n', 3, "answer"),
        ('title = "A"\ninstruction = "x"\n[family.llama]\npattern = "{text}"\n', 4, "{answer}"),
        ('title = "A"\ninstruction = "x"\n[family.llama]\ntitle = "B"\n', 4, "title"),
        ('title = "A"\ninstruction = "x"\nfamily = 3\n', 3, "tables"),
        ("= = =", 1, ""),
        ("x = " + "[" * 5000, 1, ""),
    ],
)
def test_an_error_names_the_file_and_the_line(text, line, words):
    with pytest.raises(ActionDamaged) as caught:
        parse_action(text, Path("own/pirate.toml"))
    assert caught.value.line == line
    sentence = str(caught.value)
    assert "pirate.toml" in sentence
    assert f"line {line}" in sentence
    assert words in sentence


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 70_000])
def test_a_file_that_is_no_text_is_told(tmp_path, data):
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    with pytest.raises(ActionDamaged, match=r"bad\.toml"):
        read_action(path)
    with pytest.raises(ActionDamaged, match=r"gone\.toml"):
        read_action(tmp_path / "gone.toml")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="{}\r"), min_size=1, max_size=40
).filter(str.strip)
EXAMPLES = st.lists(st.builds(ActionExample, TEXTS, TEXTS), max_size=3).map(tuple)
PROMPTS = st.builds(
    ActionPrompt,
    TEXTS,
    TEXTS | st.just(""),
    st.just("") | TEXTS.map(lambda x: f"{x}{{text}}\n{{answer}}{x}"),
    EXAMPLES,
)
FAMILIES = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.builds(
        ActionPrompt,
        TEXTS,
        TEXTS,
        st.just("{text} {answer}"),
        EXAMPLES,
        st.sampled_from(ActionPiece),
    ),
    max_size=2,
)
ACTIONS = st.builds(
    RewriteAction,
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    TEXTS.map(str.strip),
    PROMPTS,
    TEXTS,
    st.floats(0, 2),
    st.sampled_from(ModelRole),
    st.sampled_from(ActionOutput),
    st.sampled_from(ActionPiece),
    st.sampled_from(ActionForm),
    st.sampled_from([(0.0, 0.0), (0.25, 1.5)]),
    st.booleans(),
    TEXTS,
    st.dictionaries(TEXTS, TEXTS | st.just(""), max_size=3),
    FAMILIES,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ACTIONS)
def test_what_is_written_is_read_again(action):
    assert parse_action(action_text(action), Path("x.toml")) == action

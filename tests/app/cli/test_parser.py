from __future__ import annotations

import subprocess
import sys

import pytest

from app.cli.errors import UsageError
from app.cli.parser import COMMANDS, nearest_command, parse


def test_without_a_command_the_window_opens_the_files() -> None:
    arguments = parse(["notes.md", "b.txt", "--model", "small"])
    assert (arguments.command, arguments.files, arguments.model) == (
        "window",
        ["notes.md", "b.txt"],
        "small",
    )


def test_a_file_with_the_name_of_a_command_can_still_be_opened() -> None:
    assert parse(["./chat"]).command == "window"
    assert parse(["--", "chat"]).files == ["chat"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        parse([name, "--help"])
    assert done.value.code == 0
    text = capsys.readouterr().out
    assert f"inkling {name}" in text.split("examples:")[1]


def test_the_general_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    text = capsys.readouterr().out
    assert all(f"  {name} " in text for name in COMMANDS)


@pytest.mark.parametrize(
    "argv",
    [
        ["complete", "x", "--max-tokens", "0"],
        ["complete", "x", "--max-tokens", "many"],
        ["complete", "x", "--temperature", "-1"],
        ["complete", "x", "--temperature", "nan"],
        ["complete", "x", "--top-p", "0"],
        ["complete", "x", "--top-p", "1.5"],
        ["complete", "x", "--min-p", "2"],
        ["complete", "x", "--repetition-penalty", "0"],
        ["complete", "x", "--seed", "-3"],
        ["complete", "x", "--temp", "1"],
        ["complete", "x", "y"],
        ["rewrite", "x"],
        ["rewrite", "x", "--action", "formal", "--instruction", "Shorten."],
        ["ask", "Who?"],
        ["models"],
        ["models", "delete"],
        ["--nonsense"],
    ],
)
def test_bad_use_is_one_sentence(argv: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(argv)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith("--help'.")


def test_sampling_options_are_numbers() -> None:
    arguments = parse(
        "complete x --temperature 0.7 --top-k 40 --top-p 0.9 --min-p 0.05 "
        "--repetition-penalty 1.2 --seed 7 --max-tokens 9".split()
    )
    assert (arguments.temperature, arguments.top_k, arguments.top_p) == (0.7, 40, 0.9)
    assert (arguments.min_p, arguments.repetition_penalty) == (0.05, 1.2)
    assert (arguments.seed, arguments.max_tokens) == (7, 9)


def test_a_misspelt_command_is_recognised() -> None:
    assert nearest_command("complte") == "complete"
    assert nearest_command("holiday.md") is None


def test_parsing_needs_neither_qt_nor_the_engine() -> None:
    code = (
        "import sys, app.__main__\n"
        "from app.cli.parser import parse\n"
        "parse(['complete', 'x'])\n"
        "heavy = {'PySide6', 'numpy', 'onnxruntime', 'onnx', 'tokenizers', 'engine', 'torch'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_text_in_utf8_is_understood_in_any_locale() -> None:
    escaped = "Caf\u00e9".encode().decode("ascii", "surrogateescape")
    assert parse(["complete", escaped]).words == "Caf\u00e9"
    with pytest.raises(UsageError):
        parse(["complete", "caf\udce9"])

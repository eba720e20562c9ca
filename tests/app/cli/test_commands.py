from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import session
from app.cli.console import Console
from app.cli.main import run
from engine import (
    ContextOverflow,
    DeviceUnusable,
    EngineError,
    GenerationFailed,
    ModelDamaged,
    ModelNotFound,
    Role,
)

Inkling = Callable[..., int]
GENERATION_KEYS = {
    "text",
    "token_ids",
    "finish_reason",
    "prompt_tokens",
    "seed",
    "model",
    "timings",
}


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What standard error says, which has to be one line; nothing may be on standard output."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("inkling: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def test_complete_streams_the_continuation_alone(inkling, engine, capsys) -> None:
    engine.answer = " as he had every evening"
    assert inkling("complete", "The keeper climbed the stairs") == 0
    assert capsys.readouterr() == (" as he had every evening\n", "")
    assert engine.requests[0].prompt == "The keeper climbed the stairs"
    assert engine.closed


def test_what_computes_is_passed_on_and_a_card_in_vain_is_told_beside_the_text(
    inkling, engine, capsys
) -> None:
    notice = DeviceUnusable("there is no driver")
    engine.set_status(replace(engine.status(), device="CPU", notice=notice))
    assert inkling("complete", "Once", "--device", "gpu") == 0
    assert engine.device == "gpu"
    told = capsys.readouterr()
    assert told.out.strip() == "some words"
    assert "there is no driver" in told.err
    assert inkling("complete", "Once") == 0
    assert engine.device is None


def test_complete_as_json_is_one_line_with_the_raw_text(inkling, engine, capsys) -> None:
    engine.answer = "\n\u201cD\u00e9j\u00e0\u201d \u4f60\u597d"
    assert inkling("complete", "--text", "x", "--json") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    record = json.loads(out)
    assert record.keys() == GENERATION_KEYS
    assert record["text"] == engine.answer
    assert record["timings"].keys() == {
        "load_ms",
        "prefill_ms",
        "first_token_ms",
        "decode_tokens_per_s",
    }


def test_sampling_options_reach_the_request_and_others_keep_their_default(inkling, engine) -> None:
    inkling("complete", "x", "--temperature", "0.5", "--seed", "3", "--max-tokens", "5")
    request = engine.requests[0]
    assert (request.sampling.temperature, request.sampling.seed, request.max_tokens) == (0.5, 3, 5)
    assert request.sampling.repetition_penalty > 1
    assert request.heal
    inkling("complete", "x", "--no-heal", "--stop", "A", "--stop", "B")
    assert (engine.requests[1].heal, engine.requests[1].stop) == (False, ("A", "B"))


def test_text_comes_from_a_file_in_any_known_encoding(inkling, engine, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Caf\u00e9\r\n".encode("utf-16"))
    assert inkling("complete", "--file", str(file)) == 0
    assert engine.requests[0].prompt == "Caf\u00e9"


@pytest.mark.parametrize("argv", [[], ["-"], ["--file", "-"], ["--text", "-"]])
def test_text_comes_from_standard_input(inkling, engine, pipe_in, argv: list[str]) -> None:
    pipe_in(b"\xef\xbb\xbfDear Ms Reyes,\r\n")
    assert inkling("complete", *argv) == 0
    assert engine.requests[0].prompt == "Dear Ms Reyes,"


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_empty_input_is_bad_use(inkling, engine, pipe_in, capsys, data: bytes) -> None:
    pipe_in(data)
    assert inkling("complete") == 2
    assert "empty" in sentence(capsys)
    assert engine.requests == []


@pytest.mark.parametrize("data", [b"\xff\xfe\x00x", b"a\0b"])
def test_binary_standard_input_is_refused(inkling, engine, pipe_in, capsys, data: bytes) -> None:
    pipe_in(data)
    assert inkling("complete") == 1
    assert "text" in sentence(capsys)


def test_a_binary_file_is_refused(inkling, engine, capsys, tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(bytes(range(256)) * 8)
    assert inkling("complete", "--file", str(file)) == 1
    sentence(capsys)


def test_a_missing_file_is_named(inkling, engine, capsys, tmp_path: Path) -> None:
    assert inkling("score", "--file", str(tmp_path / "none.txt")) == 1
    assert "none.txt" in sentence(capsys)


def test_text_given_twice_is_bad_use(inkling, engine, capsys) -> None:
    assert inkling("complete", "a", "--text", "b") == 2
    sentence(capsys)


def test_an_unknown_action_names_the_known_ones(inkling, engine, capsys) -> None:
    assert inkling("rewrite", "--action", "louder", "x") == 2
    assert "proofread, clearer, shorter, longer, formal, friendly" in sentence(capsys)


def test_rewrite_prints_the_cleaned_text(inkling, engine, capsys) -> None:
    engine.answer = 'Here is the corrected text:\n"He walks home."'
    assert inkling("rewrite", "--action", "clearer", "He walk home.") == 0
    assert capsys.readouterr().out == "He walks home.\n"


def test_proofreading_makes_single_corrections(inkling, engine, capsys) -> None:
    engine.answer = " He walks home in an rain."
    assert inkling("rewrite", "--action", "proofread", "  He walk home in the rain.\n") == 0
    assert capsys.readouterr().out == "  He walks home in the rain.\n"


def test_proofreading_as_json_says_what_was_wrong(inkling, engine, capsys) -> None:
    source = "I am here.\nHe walk home."
    engine.answer = " He walks home."
    assert inkling("rewrite", "--action", "proofread", source, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["text"] == "I am here.\nHe walks home."
    [found] = record["corrections"]
    assert (source[found["start"] : found["end"]], found["new"]) == ("walk", "walks")
    assert found["error"] == "agreement"
    assert found["message"]
    assert "".join(change["old"] for change in record["changes"]) == record["source"]


def test_rewrite_as_json_shows_what_changed(inkling, engine, capsys) -> None:
    engine.answer = "He walks home."
    assert inkling("rewrite", "--instruction", "Fix it.", "He walk home.", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record.keys() == GENERATION_KEYS | {"source", "action", "changes", "pieces"}
    assert "".join(change["old"] for change in record["changes"]) == record["source"]
    assert "".join(change["new"] for change in record["changes"]) == record["text"]
    assert any(change["kind"] != "equal" for change in record["changes"])


def test_chat_answers_one_message_about_a_document(inkling, engine, capsys, tmp_path) -> None:
    (tmp_path / "essay.md").write_text("Bees dance.", encoding="utf-8")
    code = inkling(
        "chat",
        "--message",
        "Title?",
        "--system",
        "Be brief.",
        "--document",
        str(tmp_path / "essay.md"),
    )
    assert (code, capsys.readouterr().out) == (0, "some words\n")
    system, user = engine.requests[0].prompt
    assert system.role is Role.SYSTEM
    assert "Be brief." in system.content
    assert "Bees dance." in system.content
    assert user.content == "Title?"


def test_piped_text_is_one_chat_message(inkling, engine, pipe_in) -> None:
    pipe_in(b"line one\nline two\n")
    assert inkling("chat", "--json") == 0
    assert engine.requests[0].prompt[-1].content == "line one\nline two"


@pytest.fixture
def type_lines(monkeypatch) -> Callable[..., None]:
    """Makes the terminal interactive, with a person who types these lines and then Ctrl+D."""

    def give(*lines: str) -> None:
        typed = iter(lines)

        def ask(_: Console, prompt: str) -> str:
            for line in typed:
                return line
            raise EOFError

        monkeypatch.setattr(Console, "is_interactive", lambda _: True)
        monkeypatch.setattr(Console, "ask", ask)

    return give


def test_a_conversation_remembers_its_turns(inkling, engine, type_lines, capsys) -> None:
    type_lines("First.", "  ", "Second.")
    assert inkling("chat") == 0
    assert capsys.readouterr().out == "some words\nsome words\n"
    assert [(turn.role, turn.content) for turn in engine.requests[1].prompt[1:]] == [
        (Role.USER, "First."),
        (Role.ASSISTANT, "some words"),
        (Role.USER, "Second."),
    ]


def test_a_failed_turn_does_not_end_the_conversation(inkling, engine, type_lines, capsys) -> None:
    engine.answer, engine.error = "", ContextOverflow(10, 20)
    type_lines("First.", "Second.")
    assert inkling("chat") == 0
    assert capsys.readouterr().err.count("too long") == 2
    assert len(engine.requests[1].prompt) == 2


def test_score_lists_every_token(inkling, engine, capsys) -> None:
    assert inkling("score", "--json", "ab") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["tokens"][0] == {"id": 5, "text": "a", "logprob": -1.5}
    assert {"mean_nll", "perplexity", "context", "stride"} <= record.keys()
    assert engine.scored == ["ab"]


def test_ask_quotes_before_it_answers(inkling, engine, capsys, tmp_path: Path) -> None:
    source = tmp_path / "herbs.txt"
    source.write_text("Wash the trays.\nHerbs need only 35 degrees. Turn them.\n", encoding="utf-8")
    argv = ("ask", "--source", str(source), "What temperature do herbs need?")
    assert inkling(*argv) == 0
    out = capsys.readouterr().out
    assert out.index("Herbs need only 35 degrees.") < out.index("herbs.txt, line 2")
    assert out.endswith("some words\n")
    assert inkling(*argv, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    citation = record["citations"][0]
    text = source.read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert record["supported"] is True


def test_ask_says_when_the_documents_do_not_tell(inkling, engine, capsys, tmp_path: Path) -> None:
    source = tmp_path / "herbs.txt"
    source.write_text("Wash the trays.\n", encoding="utf-8")
    argv = ("ask", "--source", str(source), "Who conducts the choir?")
    assert inkling(*argv) == 0
    said = capsys.readouterr().out
    assert said.startswith("Not in your documents.\n")
    assert "“Wash the trays.”" in said, "what comes nearest"
    assert inkling(*argv, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["supported"], record["citations"]) == (False, [])
    assert engine.requests == []


@pytest.mark.parametrize(
    "error",
    [ModelNotFound("No model."), ModelDamaged(Path("m"), "a file is missing"), EngineError("No.")],
)
def test_a_model_that_does_not_load_is_a_failure(
    inkling, engine, loading_fails, capsys, error: EngineError
) -> None:
    loading_fails(error)
    assert inkling("complete", "x") == 1
    assert str(error) in sentence(capsys)
    assert engine.closed


@pytest.mark.parametrize("error", [ContextOverflow(10, 20), GenerationFailed("It stopped.")])
def test_a_failed_generation_is_a_failure(inkling, engine, capsys, error: EngineError) -> None:
    engine.answer, engine.error = "", error
    assert inkling("complete", "x", "--json") == 1
    assert str(error) in sentence(capsys)


def test_an_unknown_model_is_a_failure(inkling, capsys) -> None:
    assert inkling("complete", "x", "--model", "no-such-model") == 1
    assert "no-such-model" in sentence(capsys)


def test_ctrl_c_ends_with_130_and_closes_the_engine(inkling, engine, capsys, monkeypatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "submit", interrupt)
    monkeypatch.setattr(session, "ignore_interrupts", lambda: None)
    assert inkling("complete", "x") == 130
    assert engine.closed
    assert "Traceback" not in capsys.readouterr().err


def test_an_engine_that_does_not_end_is_not_waited_for(engine, monkeypatch) -> None:
    monkeypatch.setattr(engine, "close", lambda timeout=0.5: False)
    console = Console()
    assert run(["complete", "x"], console) == 0
    assert console.abandon_threads


def test_a_reader_that_leaves_early_is_no_failure(inkling, engine, capsys, monkeypatch) -> None:
    def gone(_: Console, text: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Console, "stream", gone)
    assert inkling("complete", "x") == 0
    assert capsys.readouterr().err == ""


def test_a_defect_is_a_sentence_and_a_log(inkling, engine, capsys, home: Path, monkeypatch) -> None:
    def defect(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(engine, "submit", defect)
    assert inkling("complete", "secret words") == 1
    said = sentence(capsys)
    logs = list(home.rglob("errors.log"))
    assert len(logs) == 1
    assert str(logs[0]) in said
    log = logs[0].read_text(encoding="utf-8")
    assert "ZeroDivisionError: oops" in log
    assert "secret words" not in log


def test_a_missing_file_or_command_is_not_opened_in_a_window(inkling, capsys) -> None:
    assert inkling("complte") == 2
    assert "inkling complete" in sentence(capsys)


def test_without_a_display_the_window_says_so(inkling, capsys, monkeypatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert inkling() == 1
    assert "command line" in sentence(capsys)


def test_models_list_says_where_it_looked(inkling, capsys, home: Path) -> None:
    assert inkling("models", "list", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["models"] == []
    assert {"continue", "proofread", "sentiment"} <= {each["name"] for each in record["adapters"]}
    assert inkling("models", "list") == 0
    assert str(home) in capsys.readouterr().err


def test_doctor_works_without_a_model_and_without_qt(inkling, capsys, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    assert inkling("doctor", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["model"]["found"] is False
    assert report["window"]["works"] is False
    assert report["offline"]["providers_used"] == ["CPUExecutionProvider"]
    assert report["processor"]["physical_cores"] >= 1
    assert report["cache"]["budget_bytes"] > 0
    assert {"inkling", "python", "onnxruntime", "pyside6", "numpy", "tokenizers"} <= report[
        "versions"
    ].keys()
    assert inkling("doctor") == 0
    assert "offline\n" in capsys.readouterr().out


def test_doctor_fails_when_asked_to_verify_what_is_not_there(inkling, capsys) -> None:
    assert inkling("doctor", "--verify", "--json") == 1
    assert json.loads(capsys.readouterr().out)["model"]["verified"] is False


def test_version_is_told(inkling, capsys) -> None:
    assert inkling("--version") == 0
    assert capsys.readouterr().out.startswith("inkling 0.")

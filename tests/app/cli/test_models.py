"""``inkling models``: importing, choosing, checking and removing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from tokenizers import pre_tokenizers

from app.cli import session
from app.cli.console import Console

Inkling = Callable[..., int]
_ROOT = Path(__file__).parents[3]
_GGUF = _ROOT / "build" / "download" / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A GGUF file of a random llama of one layer that knows the letters."""
    hidden, heads, ffn = 64, 4, 96
    tokens = ["<|endoftext|>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    path = tmp_path / "letters.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(1)
    writer.add_context_length(64)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(ffn)
    writer.add_head_count(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([3] + [1] * (len(tokens) - 1))
    writer.add_token_merges([])
    writer.add_eos_token_id(0)
    shapes = {
        "token_embd.weight": (len(tokens), hidden),
        "output_norm.weight": (hidden,),
        "blk.0.attn_norm.weight": (hidden,),
        "blk.0.ffn_norm.weight": (hidden,),
        **{f"blk.0.attn_{part}.weight": (hidden, hidden) for part in ("q", "k", "v", "output")},
        "blk.0.ffn_gate.weight": (ffn, hidden),
        "blk.0.ffn_up.weight": (ffn, hidden),
        "blk.0.ffn_down.weight": (hidden, ffn),
    }
    random = np.random.default_rng(0)
    for name, shape in shapes.items():
        writer.add_tensor(name, random.normal(0, 0.1, shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_an_imported_model_can_be_listed_shown_checked_used_and_removed(
    inkling: Inkling, weights: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert inkling("models", "import", str(weights), "--name", "abc", "--json") == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert (record["name"], record["precision"]) == ("abc", "int8")
    assert record["path"] == str(home / "models" / "abc")
    assert "Converting the weights" in err

    assert inkling("models", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["models"] == [record]
    assert inkling("models", "verify", "abc") == 0
    assert "abc is whole" in capsys.readouterr().out
    assert inkling("complete", "abc", "--max-tokens", "3", "--model", "abc") == 0

    assert inkling("models", "import", str(weights), "--precision", "fp32") == 0
    assert inkling("models", "show", "--json") == 1  # two models, none of them the default
    capsys.readouterr()
    assert inkling("models", "use", "letters") == 0
    capsys.readouterr()
    assert inkling("models", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["precision"] == "fp32"
    assert session.model_folder(None) == home / "models" / "letters"
    assert session.model_folder("abc") == home / "models" / "abc"

    assert inkling("models", "remove", "letters", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"removed": str(home / "models" / "letters")}
    # The choice is forgotten with the model.
    assert session.model_folder(None) == home / "models" / "abc"


def test_a_changed_file_is_found(
    inkling: Inkling, weights: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    inkling("models", "import", str(weights), "--name", "m")
    file = home / "models" / "m" / "model.weights"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    capsys.readouterr()
    assert inkling("models", "verify", "m") == 1
    assert "contents of model.weights have changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["import", "absent.gguf"], 1, "no file or folder absent.gguf"),
        (["import", "{weights}", "--name", "../x"], 1, "cannot be a model's name"),
        (["import", "{weights}", "--precision", "int3"], 2, "int3"),
        (["import", "{pickle}"], 1, "safetensors or GGUF"),
        (["use", "absent"], 1, "no model called 'absent'"),
        (["remove", "absent"], 1, "no model called 'absent'"),
        (["verify", "absent"], 1, "no model called 'absent'"),
        (["remove"], 2, "NAME"),
        (["list", "abc"], 2, "abc"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    inkling: Inkling,
    weights: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    code: int,
    said: str,
) -> None:
    pickle = tmp_path / "model.pth"
    pickle.write_bytes(b"\x80\x04.")
    places = {"weights": str(weights), "pickle": str(pickle)}
    assert inkling("models", *(each.format(**places) for each in argv)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_on_a_terminal_progress_is_one_line_that_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    console = Console()
    for share in (0.0, 0.5, 1.0):
        console.progress("Reading", share)
    shown = capsys.readouterr().err
    assert shown.startswith("\rReading ...   0%")
    assert "\rReading ...  50%" in shown
    assert shown.count("\n") == 1
    assert shown.endswith("\n")


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs the signals of POSIX")
@pytest.mark.skipif(not _GGUF.is_file(), reason="no weights")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_import_leaves_nothing(
    home: Path, number: signal.Signals, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "app", "models", "import", str(_GGUF), "--name", "m"]
    environment = {**os.environ, "INKLING_HOME": str(home)}
    process = subprocess.Popen(
        command, cwd=_ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Converting" in line:
            process.send_signal(number)
            break
    process.stderr.close()
    assert process.wait(30) == 130
    assert list((home / "models").iterdir()) == []


def test_doctor_says_what_runs_the_model(inkling, weights, capsys) -> None:
    assert inkling("models", "import", str(weights), "--name", "letters") == 0
    capsys.readouterr()
    for device, used in (("cpu", "CPU"), ("gpu", None)):
        assert inkling("doctor", "--model", "letters", "--device", device, "--json") == 0
        told = json.loads(capsys.readouterr().out)["device"]
        assert told["wanted"] == device
        assert (told["notice"] is None) == (told["used"] != "CPU" or used == "CPU")


def test_a_model_keeps_the_device_chosen_for_it(
    inkling: Inkling, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def wanted(*options: str) -> list[object]:
        capsys.readouterr()
        assert inkling("doctor", *options, "--json") == 0
        told = json.loads(capsys.readouterr().out)["device"]
        return [told["wanted"], told["wanted_by"]]

    for name in ("one", "other"):
        assert inkling("models", "import", str(weights), "--name", name) == 0
    assert inkling("models", "use", "one", "--device", "cpu") == 0
    assert inkling("models", "use", "other") == 0
    assert wanted() == ["auto", "preferences"]
    assert wanted("--model", "one") == ["cpu", "model"]
    assert wanted("--model", "one", "--device", "auto") == ["auto", "command line"]

    assert inkling("models", "use", "one", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["device"] == "cpu"
    assert inkling("models", "use", "one", "--device", "preferences") == 0
    assert wanted() == ["auto", "preferences"]

    # A model of the same name that comes later is another one.
    assert inkling("models", "use", "one", "--device", "cpu") == 0
    assert inkling("models", "remove", "one") == 0
    assert inkling("models", "import", str(weights), "--name", "one") == 0
    assert wanted("--model", "one") == ["auto", "preferences"]

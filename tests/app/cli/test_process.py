"""The real program on the real model, in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

MODELS = Path(os.environ.get("INKLING_MODELS", str(Path(__file__).parents[3] / "build" / "models")))
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not any(MODELS.glob("*/model.json")), reason="no exported model"),
]

_LOADING = "Loading the model ...\n"
"""Said only where loading takes long, as on a machine busy with other things."""
_PREPARING = "Preparing the adapter ...\n"


def environment(home: Path, **extra: str) -> dict[str, str]:
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    return {**keep, "INKLING_HOME": str(home), "INKLING_MODELS": str(MODELS), **extra}


def command(*argv: str) -> list[str]:
    return [sys.executable, "-m", "app", *argv]


@pytest.fixture
def inkling(home: Path):
    def call(*argv: str, given: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*argv),
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment(home, **extra),
            timeout=120,
        )

    return call


def test_complete_gives_alternatives(inkling) -> None:
    ask = ("complete", "She opened the door and", "--max-tokens", "6", "--alternatives", "3")
    record = json.loads(inkling(*ask, "--json").stdout)
    texts = [each["text"] for each in record["alternatives"]]
    assert texts[0] == record["text"]
    assert len(set(texts)) == 3
    shown = inkling(*ask).stdout
    assert all(text.strip() in shown for text in texts)


def test_complete_continues_a_text(inkling) -> None:
    done = inkling(
        "complete",
        "--text",
        "The old lighthouse keeper climbed the stairs",
        "--json",
        "--max-tokens",
        "12",
    )
    assert (done.returncode, done.stderr.replace(_LOADING, "")) == (0, "")
    record = json.loads(done.stdout)
    assert record["text"].strip()
    assert 0 < len(record["token_ids"]) <= 12
    assert record["finish_reason"] in {"length", "stop"}
    assert record["prompt_tokens"] > 5
    assert record["timings"]["load_ms"] > 0
    assert record["timings"]["decode_tokens_per_s"] > 0


def test_the_same_seed_gives_the_same_text(inkling) -> None:
    argv = (
        "complete",
        "Once upon a time",
        "--seed",
        "7",
        "--temperature",
        "0.9",
        "--max-tokens",
        "24",
    )
    first, second = inkling(*argv), inkling(*argv)
    assert first.returncode == 0
    assert first.stdout == second.stdout
    other = inkling(*argv[:3], "8", *argv[4:])
    assert other.stdout != first.stdout


def test_what_is_streamed_is_what_json_says(inkling) -> None:
    argv = ("complete", "--max-tokens", "16")
    plain = inkling(*argv, given="The rain had stopped\n")
    record = json.loads(inkling(*argv, "--json", given="The rain had stopped\n").stdout)
    assert plain.stdout.removesuffix("\n") == record["text"].removesuffix("\n")


def test_output_is_utf8_in_the_c_locale(inkling) -> None:
    done = inkling(
        "rewrite",
        "--instruction",
        "Repeat this text.",
        "Caf\u00e9 \u4f60\u597d",
        "--json",
        "--max-tokens",
        "8",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"] == "Caf\u00e9 \u4f60\u597d"


def test_rewrite_of_piped_text(inkling) -> None:
    done = inkling("rewrite", "--action", "proofread", given="He walk home every days.\n")
    notes = done.stderr.replace(_LOADING, "").replace(_PREPARING, "")
    assert (done.returncode, notes) == (0, "")
    assert done.stdout == "He walks home every day.\n"


def test_chat_answers(inkling) -> None:
    done = inkling("chat", "--message", "Say hello.", "--max-tokens", "16", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"].strip()


def test_ask_answers_from_a_file(inkling, tmp_path: Path) -> None:
    source = tmp_path / "trams.txt"
    source.write_text("A single ticket costs 1.70 euros. Trams run until dawn.", encoding="utf-8")
    done = inkling("ask", "--source", str(source), "What does a single ticket cost?", "--json")
    record = json.loads(done.stdout)
    assert "1.70 euros" in record["citations"][0]["quote"]
    assert record["text"].strip()


def test_score_prefers_english_to_noise(inkling) -> None:
    english = json.loads(inkling("score", "--json", "The cat sat on the mat.").stdout)
    noise = json.loads(inkling("score", "--json", "Mat zeb the qof on cat.").stdout)
    assert english["perplexity"] < noise["perplexity"]
    assert english["tokens"]
    assert {"mean_nll", "context", "stride"} <= english.keys()


def test_classify_tells_praise_from_complaint(inkling) -> None:
    argv = ("classify", "--labels", "negative,positive", "--template", "{text}\\nSentiment:")
    praise = json.loads(inkling(*argv, "--json", "I love it, and it works so well.").stdout)
    complaint = json.loads(inkling(*argv, "--json", given="It broke at once. Rude staff.").stdout)
    assert (praise["label"], complaint["label"]) == ("positive", "negative")
    assert sum(each["probability"] for each in praise["labels"]) == pytest.approx(1)


def test_models_and_doctor_know_the_model(inkling) -> None:
    listed = json.loads(inkling("models", "list", "--json").stdout)["models"]
    shown = json.loads(inkling("models", "show", listed[0]["name"], "--json").stdout)
    assert shown == listed[0]
    done = inkling("doctor", "--verify", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["model"]["verified"]) == (0, True)
    assert report["offline"]["network_sockets"] == 0
    cache = report["cache"]
    assert 0 < cache["budget_tokens"] * 1000 < cache["budget_bytes"]
    assert cache["whole_context_bytes"] > cache["budget_bytes"] // cache["budget_tokens"]


def test_bench_measures(inkling) -> None:
    done = inkling("bench", "--quick", "--repeat", "1", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["decode"][0]["tokens_per_s"] > 0
    assert report["completion_reused"]["reused_tokens"] > 0


def test_a_reader_that_leaves_early_is_no_failure(home: Path) -> None:
    process = subprocess.Popen(
        command("complete", "Once upon a time", "--max-tokens", "400"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "argv",
    [
        ("complete", "Once upon a time", "--max-tokens", "2000"),
        ("chat", "--message", "Tell me a long story.", "--max-tokens", "2000"),
    ],
)
def test_ctrl_c_while_writing_ends_at_once_with_130(home: Path, argv: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        command(*argv),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors.replace(_LOADING.encode(), b"")) == (130, b"")


INTERRUPTED = """
import os, signal, sys, threading
from app.__main__ import main
from app.cli import session

real = session.local_engine

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

def opening(*arguments, **options):
    engine = real(*arguments, **options)
    if sys.argv[1] == "loading":
        threading.Thread(target=interrupt).start()
    else:
        score = engine.score
        start = lambda: threading.Thread(target=interrupt).start()
        engine.score = lambda text, **_: (start(), score(text))[1]
    return engine

session.local_engine = opening
code = main(sys.argv[2:])
assert not [t for t in threading.enumerate() if not t.daemon and t is not threading.main_thread()]
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("moment", ["loading", "reading"])
def test_ctrl_c_while_loading_or_reading_ends_with_130(
    home: Path, tmp_path: Path, moment: str
) -> None:
    text = tmp_path / "long.txt"
    text.write_text("The path left the harbour behind the yard. " * 3000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, moment, "score", "--file", str(text)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(home),
        timeout=60,
    )
    said = done.stderr.replace(_LOADING.encode(), b"")
    assert (done.returncode, done.stdout, said) == (130, b"", b"")

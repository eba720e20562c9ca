"""The modules that make packages, imported by their paths.

Their folder is no package: it would hide the library of the name ``packaging``.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "packaging"
_OWN = frozenset(path.stem for path in FOLDER.glob("*.py"))
# Only in the environment that packages are made in; what needs them is not tested here.
_TOOLS = {"shtab": (), "argparse_manpage": (), "argparse_manpage.manpage": ("Manpage",)}

_ABSENT = [name for name in ("shtab", "argparse_manpage") if importlib.util.find_spec(name) is None]

Module = Callable[[str], ModuleType]


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Iterator[Module]:
    """Imports one of ``packaging``'s modules by its name; none stays behind."""
    monkeypatch.syspath_prepend(str(FOLDER))
    for name, members in _TOOLS.items():
        if name.partition(".")[0] in _ABSENT:
            monkeypatch.setitem(sys.modules, name, stand_in := ModuleType(name))
            for member in members:
                setattr(stand_in, member, None)
    yield importlib.import_module
    for name in _OWN & sys.modules.keys():
        del sys.modules[name]

"""The process that reads files: paths on standard input, text and passages on standard output.

A file may be made to take forever, to need all memory, or to crash the native code that reads PDF.
In a process of its own it harms nothing, and splitting text into words keeps no other thread
waiting. A request and its answer are each one line of JSON; see ``process.py``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from engine.library.extract.extracted import CannotExtract, Problem
from engine.library.extract.formats import LINED_SUFFIXES, extract
from engine.library.passages import split_passages
from engine.library.words import words

_MOST_MEMORY = 3 << 30
"""Bytes of address space, of which the program itself reserves a part without using it."""


def serve() -> None:
    """Answer until standard input ends."""
    _limit_memory()
    # Only answers may be on standard output, whatever the libraries print.
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for line in sys.stdin.buffer:
            answers.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
            answers.flush()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The file's text and passages; only ``digest`` where that is the one ``known`` already."""
    path = Path(request["path"])
    try:
        digest = _digest(path)
        if digest == request.get("known"):
            return {"digest": digest, "same": True}
        found = extract(path)
        passages = split_passages("", found.text)
        lined = path.suffix.lower() in LINED_SUFFIXES
        return {
            "digest": digest,
            "title": found.title or path.stem,
            "text": _sound(found.text),
            "pages": list(found.pages),
            "passages": [
                [each.start, each.end, each.line if lined else 0, " ".join(words(each.text))]
                for each in passages
            ],
            "title_words": " ".join(words(f"{found.title} {path.stem}".replace("_", " "))),
        }
    except CannotExtract as error:
        return {"problem": error.problem}
    except OSError:
        return {"problem": Problem.UNREADABLE}
    except MemoryError:
        return {"problem": Problem.TOO_LARGE}
    except Exception:  # noqa: BLE001 - a library stumbled over a file: that file is left out
        return {"problem": Problem.DAMAGED}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sound(text: str) -> str:
    """``text`` without halves of character pairs, which no database takes; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # not every system lets itself be limited
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    with contextlib.suppress(OSError):
        os.nice(10)  # the person's own work comes first

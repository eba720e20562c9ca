"""Text from an argument, a file or standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from app.cli.errors import CommandError, UsageError
from app.core.document import load_text

STANDARD_INPUT = "-"
_ARGUMENT, _PIPED = "argument", "standard input"


@dataclass(frozen=True, slots=True)
class InputText:
    """A text and where it came from."""

    name: str
    text: str

    def called(self) -> str:
        """Where it came from, within a sentence."""
        return f"the {self.name}" if self.name in (_ARGUMENT, _PIPED) else self.name


def read_text(argument: str | None, option: str | None, file: str | None) -> InputText:
    """The one text given: ``TEXT``, ``--text TEXT``, ``--file FILE``, or piped standard input.

    ``-`` in place of a text or a file stands for standard input. Raises ``UsageError`` when none or
    more than one is given, ``DocumentError`` when a file cannot be read.
    """
    given = [value for value in (argument, option, file) if value is not None]
    if len(given) > 1:
        raise UsageError("Give the text once: as an argument, with --text, or with --file.")
    if given and given[0] != STANDARD_INPUT:
        return read_file(given[0]) if file is not None else InputText(_ARGUMENT, given[0])
    if not given and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("No text given: write it as an argument, use --file, or pipe it in.")
    return read_standard_input()


def read_file(path: str) -> InputText:
    """A text file, its encoding found as the editor finds it; ``-`` is standard input."""
    if path == STANDARD_INPUT:
        return read_standard_input()
    return InputText(path, load_text(Path(path)).text)


def read_standard_input() -> InputText:
    """All of standard input, which has to be UTF-8; line ends become line feeds."""
    stdin: TextIO | None = sys.stdin
    if stdin is None:
        raise UsageError("There is no standard input to read from.")
    data = stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            "Standard input is not UTF-8 text; save it to a file and use --file, "
            "which knows other encodings."
        ) from error
    if "\0" in text:
        raise CommandError("Standard input is not text.")
    return InputText(_PIPED, text.replace("\r\n", "\n").replace("\r", "\n"))

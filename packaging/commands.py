"""The manual page and the shells' completion, made from the parser that the program itself uses."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import shtab
from project import SUMMARY, release_day, version

from app.cli.parser import COMMANDS


def whole_parser() -> argparse.ArgumentParser:
    """The window's arguments and all commands as one parser."""
    parser = argparse.ArgumentParser(
        "inkling",
        description=f"{SUMMARY}. Without a command it opens its window with the given files.",
        epilog="Nothing is sent anywhere: the model runs in the program.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and end")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.add_options(
            commands.add_parser(
                name,
                help=command.summary,
                description=command.summary,
                epilog=command.examples,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    return parser


def manual() -> str:
    """The manual page: the window, and each command with its options (groff_man(7))."""
    day, number = release_day(), version()
    lines = [
        f'.TH INKLING 1 "{day}" "Inkling {number}" "User commands"',
        ".SH NAME",
        rf"inkling \- {_roff(SUMMARY[0].lower() + SUMMARY[1:])}",
        ".SH SYNOPSIS",
        r".B inkling",
        r"[\fB\-\-model\fR \fINAME\fR] [\fIFILE\fR ...]",
        ".br",
        ".B inkling",
        r"\fICOMMAND\fR [\fIOPTION\fR ...]",
        ".SH DESCRIPTION",
        "Without a command Inkling opens its window with the given files.",
        "Nothing is sent anywhere: the model runs in the program.",
        ".SH COMMANDS",
    ]
    for name, command in COMMANDS.items():
        parser = argparse.ArgumentParser(f"inkling {name}", add_help=False)
        command.add_options(parser)
        lines += [f".SS inkling {name}", _roff(command.summary)]
        for action in parser._actions:
            if action.help == argparse.SUPPRESS:
                continue
            lines += [".TP", _option(action)]
            # The parser fills in its %s; a percent sign of ours is doubled there.
            lines.append(_roff((action.help or "") % {**vars(action), "prog": parser.prog}))
    return "\n".join([*lines, ""])


def _option(action: argparse.Action) -> str:
    value = action.metavar or action.dest.upper()
    shown = _roff(value if isinstance(value, str) else " ".join(value))
    if not action.option_strings:
        return rf"\fI{shown}\fR"
    names = ", ".join(rf"\fB{_roff(each)}\fR" for each in action.option_strings)
    return names if action.nargs == 0 else rf"{names} \fI{shown}\fR"


def _roff(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


def write_manual(path: Path) -> None:
    """Write ``inkling.1.gz``, without a time in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(manual().encode())


def write_completion(bash: Path, zsh: Path, fish: Path) -> None:
    """Write the completion of three shells."""
    for shell, path in (("bash", bash), ("zsh", zsh), ("fish", fish)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shtab.complete(whole_parser(), shell=shell), encoding="utf-8")

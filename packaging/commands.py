"""The manual page and the shells' completion, made from the parser that the program itself uses."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import shtab
from argparse_manpage.manpage import Manpage
from project import MAINTAINER, SUMMARY, release_day, version

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


def write_manual(path: Path) -> None:
    """Write ``inkling.1.gz``, without a time in it."""
    parser = whole_parser()
    facts = {
        "prog": "inkling",
        "project_name": "Inkling",
        "version": version(),
        "date": release_day(),
        "description": SUMMARY,
        "authors": [MAINTAINER],
        "manual_section": "1",
        "manual_title": "User commands",
        "format": "pretty",
    }
    text = str(Manpage(parser, format="pretty", _data=facts))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(text.encode())


def write_completion(bash: Path, zsh: Path, fish: Path) -> None:
    """Write the completion of three shells."""
    for shell, path in (("bash", bash), ("zsh", zsh), ("fish", fish)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shtab.complete(whole_parser(), shell=shell), encoding="utf-8")

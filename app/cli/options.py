"""Options that several commands share, with their allowed ranges."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable


def add_text(parser: argparse.ArgumentParser, purpose: str) -> None:
    """The three ways to give a text."""
    group = parser.add_argument_group("text")
    group.add_argument(
        "words", type=prose, nargs="?", metavar="TEXT", help=f"the text {purpose}; - reads stdin"
    )
    group.add_argument("--text", type=prose, metavar="TEXT", help="the same as an option")
    group.add_argument("--file", metavar="FILE", help="read the text from a file; - reads stdin")


def add_common(
    parser: argparse.ArgumentParser, *, model: bool = True, adapter: bool = False
) -> None:
    """``--json``; for what uses a model ``--model``, ``--device`` and perhaps ``--adapter``."""
    group = parser.add_argument_group("general")
    group.add_argument("--json", action="store_true", help="print one JSON object a line")
    if model:
        group.add_argument("--model", metavar="NAME", help="a model's name or folder")
        add_device(group)
    if adapter:
        add_adapter(group)


def add_adapter(parser: argparse._ActionsContainer) -> None:
    """``--adapter``, for what can be answered with one."""
    parser.add_argument(
        "--adapter",
        metavar="NAME",
        help="answer with this adapter of `inkling models list`; made ready the first time",
    )


def add_device(parser: argparse._ActionsContainer) -> None:
    """``--device``; left out, what was chosen for the model, or what the preferences say."""
    parser.add_argument(
        "--device",
        choices=("auto", "cpu", "gpu"),
        help="what computes; auto takes a graphics card where one can be used (as chosen "
        "for the model, or in the preferences)",
    )


def add_sampling(parser: argparse.ArgumentParser, max_tokens: str) -> None:
    """The choice of tokens; ``max_tokens`` says what the default is."""
    group = parser.add_argument_group("generation")
    group.add_argument(
        "--max-tokens", type=whole(1), metavar="N", help=f"generate at most N tokens ({max_tokens})"
    )
    group.add_argument(
        "--seed",
        type=whole(0, 2**63 - 1),
        metavar="N",
        help="the same seed, model and settings give the same text",
    )
    group.add_argument(
        "--temperature", type=real(0, 10), metavar="X", help="0 takes the likeliest token each time"
    )
    group.add_argument(
        "--top-k", type=whole(0), metavar="N", help="choose among the N likeliest; 0 all"
    )
    group.add_argument(
        "--top-p",
        type=real(0, 1, open_low=True),
        metavar="X",
        help="nucleus sampling; 1 switches it off",
    )
    group.add_argument(
        "--min-p",
        type=real(0, 1),
        metavar="X",
        help="drop tokens below X times the likeliest; 0 none",
    )
    group.add_argument(
        "--repetition-penalty",
        type=real(0, 10, open_low=True),
        metavar="X",
        help="above 1 makes repeated words less likely",
    )


def prose(argument: str) -> str:
    """An argparse type: text, read as UTF-8 where the locale's encoding could not hold it."""
    try:
        return os.fsencode(argument).decode("utf-8") if _is_escaped(argument) else argument
    except UnicodeError:
        raise argparse.ArgumentTypeError("it is not valid text in UTF-8") from None


def _is_escaped(argument: str) -> bool:
    """Whether Python kept bytes it could not decode as lone surrogates (PEP 383)."""
    return any("\ud800" <= character <= "\udfff" for character in argument)


def whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """An argparse type: a whole number from ``low`` to ``high``."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None
        if value < low or (high is not None and value > high):
            limit = f"at least {low}" if high is None else f"from {low} to {high}"
            raise argparse.ArgumentTypeError(f"{value} is not allowed, it must be {limit}")
        return value

    return convert


def real(low: float, high: float, *, open_low: bool = False) -> Callable[[str], float]:
    """An argparse type: a number from ``low`` (without it if ``open_low``) to ``high``."""

    def convert(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
        if not low <= value <= high or (open_low and value == low):  # also refuses NaN
            limit = f"above {low} and at most {high}" if open_low else f"from {low} to {high}"
            raise argparse.ArgumentTypeError(f"{text} is not allowed, it must be {limit}")
        return value

    return convert

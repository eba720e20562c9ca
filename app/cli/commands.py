"""Which function runs a command; each is imported only when it is wanted."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.logs import log_to_file
from app.core.document import DocumentError
from engine import EngineError

Runner = Callable[[argparse.Namespace, Console], int]


def run_command(arguments: argparse.Namespace, console: Console) -> int:
    """Run the parsed command; errors with a sentence for the person become ``CommandError``."""
    log_to_file()
    try:
        return _RUNNERS[arguments.command](arguments, console)
    except (EngineError, DocumentError) as error:
        raise CommandError(str(error)) from error


def _window(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.window import open_window

    return open_window(arguments, console)


def _complete(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.writing import complete

    return complete(arguments, console)


def _rewrite(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.in_place or arguments.review_file:
        from app.cli.in_place import rewrite_file

        return rewrite_file(arguments, console)
    from app.cli.rewriting import rewrite

    return rewrite(arguments, console)


def _proofread(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.proofread_file import proofread_file

    return proofread_file(arguments, console)


def _actions(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.actions import actions

    return actions(arguments, console)


def _chat(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.chat import chat

    return chat(arguments, console)


def _ask(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.ask import ask

    return ask(arguments, console)


def _score(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.score import score

    return score(arguments, console)


def _classify(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.classify import classify_text

    return classify_text(arguments, console)


def _eval(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.eval import evaluate

    return evaluate(arguments, console)


def _use(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.uses import use

    return use(arguments, console)


def _train(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.train import train

    return train(arguments, console)


def _styles(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.styles import styles

    return styles(arguments, console)


def _library(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.library import library

    return library(arguments, console)


def _origin(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.origin import origin

    return origin(arguments, console)


def _models(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.models import models

    return models(arguments, console)


def _dictionaries(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.dictionaries import dictionaries

    return dictionaries(arguments, console)


def _simulate(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.simulate import simulate_typing

    return simulate_typing(arguments, console)


def _doctor(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.doctor import doctor

    return doctor(arguments, console)


def _convert(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.convert import convert

    return convert(arguments, console)


def _bench(arguments: argparse.Namespace, console: Console) -> int:
    from app.cli.bench import bench

    return bench(arguments, console)


_RUNNERS: dict[str, Runner] = {
    "window": _window,
    "complete": _complete,
    "rewrite": _rewrite,
    "proofread": _proofread,
    "actions": _actions,
    "chat": _chat,
    "ask": _ask,
    "library": _library,
    "score": _score,
    "classify": _classify,
    "convert": _convert,
    "eval": _eval,
    "summarize": _use,
    "keywords": _use,
    "tone": _use,
    "translate": _use,
    "brainstorm": _use,
    "train": _train,
    "simulate": _simulate,
    "styles": _styles,
    "origin": _origin,
    "models": _models,
    "dictionaries": _dictionaries,
    "doctor": _doctor,
    "bench": _bench,
}

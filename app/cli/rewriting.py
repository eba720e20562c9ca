"""``rewrite``: a text by a named action or by an instruction, piece by piece."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import replace

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.cli.proofreading import proofread
from app.cli.records import generation_record, with_sampling
from app.cli.session import open_engine, run_interruptibly
from app.cli.writing import given_text
from app.core.action_store import ActionStore
from app.core.diff import word_diff
from app.core.paths import app_paths
from app.core.refusals import REFUSALS, finding_words
from engine import (
    ActionOutput,
    ActionPrompt,
    CancelToken,
    GenerationRequest,
    PieceDone,
    PieceStarted,
    RewriteAction,
    RewriteContext,
    Rewriter,
    rewritten,
)

_PROOFREAD = "proofread"


def rewrite(arguments: argparse.Namespace, console: Console) -> int:
    """Rewrite a text, part by part as each is done."""
    action = _action(arguments, console)
    if action.needs_language and not arguments.language:
        raise UsageError(f"Say into which language: --action {action.name} --language French.")
    source = given_text(arguments, "rewrite").text
    if action.name == _PROOFREAD:
        return proofread(arguments, source, console)
    cancel = CancelToken()
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        rewriter = Rewriter(
            engine,
            action,
            RewriteContext(language=arguments.language or ""),
            seed=arguments.seed,
            folders=app_paths(os.environ).adapter_folders,
            adjust=_adjusted(arguments),
        )
        try:
            done = _follow(rewriter, source, action, cancel, console, quiet=arguments.json)
        finally:
            cancel.cancel()
        model = info.name if (info := engine.status().model) else None
    if arguments.json:
        console.json(_record(source, action, done, model))
        return 0
    _tell(done, console)
    return 0


def _follow(
    rewriter: Rewriter,
    source: str,
    action: RewriteAction,
    cancel: CancelToken,
    console: Console,
    *,
    quiet: bool,
) -> list[PieceDone]:
    """Run it, and write each part of the result as soon as it is certain."""
    done: list[PieceDone] = []
    written = 0
    added = action.output is not ActionOutput.REVIEW
    events = rewriter.run(source, cancel)
    while (event := run_interruptibly(lambda: next(events, None))) is not None:
        if isinstance(event, PieceStarted) and event.of > 1:
            console.progress("Rewriting", event.index / event.of)
        if not isinstance(event, PieceDone):
            continue
        done.append(event)
        if quiet or (not event.verdict.usable and not any(each.verdict.usable for each in done)):
            continue
        console.stream(event.result if added else _between(source, done, written))
        written = event.end
    if not done:
        raise CommandError("There is no prose to rewrite in this text. Nothing was changed.")
    if len(done) > 1:
        console.progress("Rewriting", 1.0)
    if not quiet:
        _finish(source, done, written, console, added=added)
    return done


def _finish(
    source: str, done: list[PieceDone], written: int, console: Console, *, added: bool
) -> None:
    if not any(each.verdict.usable for each in done):
        why = _why(done[0])
        raise CommandError(f"The rewrite was not usable: {why}. Your text is as it was.")
    rest = "" if added else source[written:]
    end = rest or done[-1].result
    console.stream(rest if end.endswith("\n") else rest + "\n")


def _between(source: str, done: list[PieceDone], written: int) -> str:
    """The result of what lies between ``written`` and the end of the last piece."""
    text = ""
    for each in done:
        if each.start >= written:
            text += source[written : each.start] + each.result
            written = each.end
    return text


def _tell(done: list[PieceDone], console: Console) -> None:
    for each in done:
        place = f"Part {each.index + 1} of {each.of}" if each.of > 1 else "The text"
        if not each.verdict.usable:
            console.note(f"{place} was left as it is: {_why(each)}.")
        elif each.findings:
            words = "; ".join(finding_words(finding) for finding in each.findings)
            console.note(f"{place} should be checked: {words}.")


def _why(done: PieceDone) -> str:
    reason = done.verdict.reason
    return REFUSALS[reason].format(detail=done.verdict.detail) if reason else ""


def _record(
    source: str, action: RewriteAction, done: list[PieceDone], model: str | None
) -> dict[str, object]:
    if action.output is ActionOutput.REVIEW:
        text = rewritten(source, done)
    else:
        text = "".join(each.result for each in done if each.verdict.usable)
    last = done[-1].generation
    record = generation_record(replace(last, text=text)) if last and len(done) == 1 else {}
    changes = [
        {"kind": span.kind, "old": span.old, "new": span.new} for span in word_diff(source, text)
    ]
    return {
        **record,
        "text": text,
        "source": source,
        "action": action.name,
        "changes": changes,
        "pieces": [_piece_record(each) for each in done],
        "model": model,
    }


def _piece_record(done: PieceDone) -> dict[str, object]:
    return {
        "start": done.start,
        "end": done.end,
        "source": done.source,
        "result": done.result,
        "usable": done.verdict.usable,
        "reason": done.verdict.reason.value if done.verdict.reason else None,
        "refused": done.refused or None,
        "findings": [
            {"kind": each.kind, "where": each.where, "text": each.text, "new": each.new or None}
            for each in done.findings
        ],
    }


def _adjusted(arguments: argparse.Namespace) -> Callable[[GenerationRequest], GenerationRequest]:
    """What the command line says of sampling; the seed is the rewriter's, which counts it on."""
    without_seed = argparse.Namespace(**{**vars(arguments), "seed": None})
    return lambda request: with_sampling(request, without_seed)


def _action(arguments: argparse.Namespace, console: Console) -> RewriteAction:
    if arguments.action is None:
        instruction = str(arguments.instruction).strip()
        if not instruction:
            raise UsageError("The instruction is empty; say what is to be changed.")
        return RewriteAction("own-words", instruction, ActionPrompt(instruction))
    library = ActionStore(app_paths(os.environ).action_folders).load()
    for problem in library.problems:
        console.note(str(problem))
    action = library.find(arguments.action)
    if action is None:
        names = ", ".join(each.name for each in library.actions)
        raise UsageError(f"There is no action '{arguments.action}'; there are {names}.")
    return action

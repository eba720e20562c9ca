"""The words of rewriting's actions and verdicts in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.commands import COMMANDS
from app.core.reasons import TITLES as REASONS
from app.core.reasons import Reason
from app.core.refusals import FINDINGS, REFUSALS
from app.core.review import Change
from app.core.titles import plain
from engine import GuardFinding, RewriteAction, Verdict

_TITLES = {
    command.id.removeprefix("rewrite."): command.title
    for command in COMMANDS
    if command.id.startswith("rewrite.")
}


def action_title(action: RewriteAction) -> str:
    """An action's title: a built-in one's translated, unless the person renamed it."""
    title = _TITLES.get(action.name, "")
    if plain(title).casefold() != action.title.rstrip("\u2026").casefold():
        return action.title
    return plain(QCoreApplication.translate("Commands", title))


def refusal_words(verdict: Verdict) -> str:
    """Why a rewrite is not usable, as the end of a sentence."""
    if verdict.reason is None:
        return ""
    words = QCoreApplication.translate("Refusals", REFUSALS[verdict.reason])
    return words.format(detail=verdict.detail)


def finding_words(finding: GuardFinding) -> str:
    """What a rewrite did not keep."""
    words = QCoreApplication.translate("Refusals", FINDINGS[finding.where])
    return words.format(text=finding.text, new=finding.new)


def reason_title(reason: Reason) -> str:
    """Why something changes."""
    return QCoreApplication.translate("Reasons", REASONS[reason])


def change_words(change: Change) -> str:
    """A change as it is read aloud."""
    pieces = [reason_title(change.reason)]
    if change.old.strip():
        pieces.append(QCoreApplication.translate("Change", "out: {text}").format(text=change.old))
    if change.new.strip():
        pieces.append(QCoreApplication.translate("Change", "in: {text}").format(text=change.new))
    pieces += [finding_words(flag) for flag in change.flags]
    return ". ".join(pieces)

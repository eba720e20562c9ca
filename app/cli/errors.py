"""Errors of the command line and the exit codes they end with."""

from __future__ import annotations

EXIT_FAILURE = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""


class CommandError(Exception):
    """Ends a command; ``str(error)`` is one sentence for the person."""

    exit_code = EXIT_FAILURE


class UsageError(CommandError):
    """The command was called wrongly."""

    exit_code = EXIT_USAGE

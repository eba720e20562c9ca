"""From arguments to an exit code: parsing, running, and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.console import Console
from app.cli.errors import EXIT_FAILURE, EXIT_INTERRUPTED, CommandError
from app.cli.parser import parse


def run(argv: Sequence[str], console: Console) -> int:
    """Run one command. Never raises but for a bug in this function itself.

    Returns 0, 1 after a failure, 2 after bad use, 130 after Ctrl+C. A reader of standard output
    that stops reading early (``| head``) is no failure.
    """
    try:
        code = _run(argv, console)
        console.flush()
    except KeyboardInterrupt:
        # Commands have closed their engine on the way here.
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        console.drop_output()
        return 0
    except CommandError as error:
        console.note(f"inkling: {error}")
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence instead of a traceback
        console.note(_apology(error))
        return EXIT_FAILURE
    return code


def _run(argv: Sequence[str], console: Console) -> int:
    try:
        arguments = parse(argv)
    except SystemExit as done:  # --help and --version have printed and are done
        return done.code if isinstance(done.code, int) else 0
    from app.cli.commands import run_command

    return run_command(arguments, console)


def _apology(error: Exception) -> str:
    from app.cli.crash import write_crash_log

    log = write_crash_log(error)
    where = f" Details are in {log}." if log else ""
    name = type(error).__name__
    return f"inkling: Something unexpected went wrong ({name}).{where}"

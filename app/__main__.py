"""Inkling's entry point: the window, or one of the commands of ``inkling --help``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``inkling`` with ``argv`` (the process's own by default) and return the exit code."""
    given = sys.argv[1:] if argv is None else argv
    # Processes of the window's own, in a packaged Inkling (see LineProcess and Library).
    if given == ["spelling-server"]:
        from app.core.spelling.server import serve

        serve()
        return 0
    if given == ["grammar-server"]:
        from app.core.grammar.server import serve as serve_grammar

        serve_grammar()
        return 0
    if given == ["extract-server"]:
        from engine import serve_extracting

        serve_extracting()
        return 0
    if len(given) == 2 and given[0] == "pdf-reader":
        from app.core.formats.pdf_reader import main as read_pdf

        return read_pdf(given[1])
    try:
        # Here and not above, so that Ctrl+C while Python is still importing ends quietly too.
        from app.cli.console import Console
        from app.cli.main import run

        console = Console()
        code = run(given, console)
    except KeyboardInterrupt:
        return 130
    if console.abandon_threads:
        # A native call that cannot be stopped would hold the process until it ends by itself.
        console.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""What the libraries below log goes to the log of errors, never to the terminal."""

from __future__ import annotations

import logging

from app.cli.crash import append_to_log


class LogFileHandler(logging.Handler):
    """Sends what the libraries below log to the same file, which exists only once it is needed."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; where that is impossible, nothing is."""
        append_to_log(self.format(record))


def log_to_file() -> None:
    """Keep warnings and errors of the engine off the terminal."""
    logger = logging.getLogger()
    if not any(isinstance(handler, LogFileHandler) for handler in logger.handlers):
        logger.addHandler(LogFileHandler(logging.WARNING))

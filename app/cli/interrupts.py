"""Ctrl+C while a command is already ending."""

from __future__ import annotations

import signal
import threading


def ignore_interrupts() -> None:
    """Let a second Ctrl+C not disturb the clean end that the first one began."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)

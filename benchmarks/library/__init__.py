"""A small library with known answers, for ``inkling eval library``."""

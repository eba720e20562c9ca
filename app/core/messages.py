"""Sentences of errors with their words and values kept apart, so that a window can translate."""

from __future__ import annotations

import errno
from types import MappingProxyType

from app.core.marks import QT_TRANSLATE_NOOP

CONTEXT = "Errors"
"""Where the translation file keeps them."""


class Marked(str):
    """A phrase inside a sentence that is translated too; QT_TRANSLATE_NOOP marks its text."""

    __slots__ = ()


class Telling(Exception):
    """An error whose message is a sentence for the person.

    ``template`` is that sentence in English, marked in ``CONTEXT``, with a place in braces for each
    of ``values``.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


_REASONS = MappingProxyType(
    {
        errno.EACCES: QT_TRANSLATE_NOOP("Errors", "permission denied"),
        errno.EPERM: QT_TRANSLATE_NOOP("Errors", "operation not permitted"),
        errno.ENOENT: QT_TRANSLATE_NOOP("Errors", "no such file or directory"),
        errno.EEXIST: QT_TRANSLATE_NOOP("Errors", "file exists"),
        errno.ENOTDIR: QT_TRANSLATE_NOOP("Errors", "not a directory"),
        errno.EISDIR: QT_TRANSLATE_NOOP("Errors", "is a directory"),
        errno.ENOSPC: QT_TRANSLATE_NOOP("Errors", "no space left on device"),
        errno.EDQUOT: QT_TRANSLATE_NOOP("Errors", "disk quota exceeded"),
        errno.EROFS: QT_TRANSLATE_NOOP("Errors", "read-only file system"),
        errno.EIO: QT_TRANSLATE_NOOP("Errors", "input/output error"),
        errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("Errors", "file name too long"),
    }
)


def reason(error: OSError) -> str:
    """Why the system refused, in lower case; ``Marked`` where it is one of the usual reasons."""
    if isinstance(error.strerror, Marked):
        return error.strerror
    usual = _REASONS.get(error.errno or 0)
    return Marked(usual) if usual else (error.strerror or str(error)).lower()

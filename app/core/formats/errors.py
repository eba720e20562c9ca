"""What can go wrong with documents of other programs, in sentences."""

from __future__ import annotations

from app.core.document import DocumentError
from app.core.marks import QT_TRANSLATE_NOOP

NO_PANDOC = QT_TRANSLATE_NOOP(
    "Errors",
    "{format} needs the program pandoc, which is not there. Nothing was changed. Install pandoc "
    "3.5 or newer; PDF, web pages, OpenDocument and plain text can be written without it.",
)
DAMAGED = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} could not be read: it is damaged, or not what its name says. The file was not changed.",
)
TOO_BIG = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} was not opened: it would take more than {size} MB of memory or disk when unpacked. "
    "Nothing was changed.",
)
TOO_SLOW = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} was given up after {seconds} seconds of conversion. Nothing was changed. Try a smaller "
    "part of it.",
)
SUSPICIOUS = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} was not opened: it declares entities, as files made to harm a program do. Nothing was "
    "changed.",
)
PROTECTED = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} is protected by a password, or was made by Word 2003 or older. It was not opened. Save "
    "it as an ordinary .docx file without a password first.",
)
PROTECTED_PDF = QT_TRANSLATE_NOOP(
    "Errors", "{name} is protected by a password. It was not opened. Save it without one first."
)
NO_TEXT_IN_PDF = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} has no text, only pictures of it, as a scanner makes them. It was not opened; a "
    "program for text recognition can add the text.",
)
NOT_WRITTEN = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} could not be written: {reason}. Your text is unchanged. Try another name or folder.",
)
NOT_CONVERTED = QT_TRANSLATE_NOOP(
    "Errors",
    "The text could not be turned into {format}. Your text is unchanged and nothing was written.",
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} is of a kind that Inkling cannot {act}. Nothing was changed.",
)
UNFORESEEN = QT_TRANSLATE_NOOP(
    "Errors",
    "The document could not be converted: something in it was not foreseen. Nothing was changed. "
    "The log says what.",
)
STOPPED = QT_TRANSLATE_NOOP("Errors", "The conversion was stopped. Nothing was changed.")


class FormatError(DocumentError):
    """A document could not be converted; the message is a sentence for the person."""


class PandocMissing(FormatError):
    """The format needs pandoc, and there is none."""


class Stopped(FormatError):
    """The person stopped the conversion."""

    def __init__(self) -> None:
        super().__init__(STOPPED)

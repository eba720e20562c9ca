"""The text of PDF files, by PDFium."""

from __future__ import annotations

import re
from pathlib import Path

from engine.library.extract.extracted import CannotExtract, Extracted, Problem, TextBuilder

_HYPHEN = re.compile("[\ufffe\u00ad\x02](?:\n)?")
"""PDFium's marks of a word that was parted at the end of a line."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOCKED = "password"


def extract_pages(path: Path) -> Extracted:
    """The text page by page, as PDFium orders it. Raises ``CannotExtract`` and ``OSError``."""
    import pypdfium2  # loads native code, which nothing else needs

    with path.open("rb"):
        pass  # PDFium tells a file that may not be read from a damaged one only in words
    out = TextBuilder()
    places = []
    try:
        with pypdfium2.PdfDocument(path) as document:
            title = document.get_metadata_value("Title")
            for page in document:
                words = page.get_textpage()
                text = words.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
                words.close()
                page.close()
                places.append(out.length())
                out.write(_FORBIDDEN.sub("", _HYPHEN.sub("", text)).strip())
                out.end_paragraph()
    except pypdfium2.PdfiumError as error:
        locked = _LOCKED in str(error).casefold()
        raise CannotExtract(Problem.LOCKED if locked else Problem.DAMAGED) from error
    return Extracted(out.text().rstrip(), " ".join(_FORBIDDEN.sub("", title).split()), (*places,))

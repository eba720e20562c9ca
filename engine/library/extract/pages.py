"""The text of PDF files, by PDFium."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from engine.library.extract.extracted import CannotExtract, Extracted, Problem, TextBuilder

_HYPHEN = re.compile("[\ufffe\u00ad\x02](?:\n)?")
"""PDFium's marks of a word that was parted at the end of a line."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOCKED = "password"
_LOOKALIKES = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_SIMPLIFIED = str.maketrans(
    "\u2ee9\u2ee2\u2ed3\u2ed4\u2ecb\u2ec5\u2ec9\u2eda\u2edb\u2edc\u2edd\u2ee5\u2ee6\u2ee8"
    "\u2eec\u2eee\u2ef0\u2ef3\u2ec4\u2ec6\u2ed8\u2ed9\u2ea0\u2e9f",
    "\u9ec4\u9a6c\u957f\u95e8\u8f66\u89c1\u8d1d\u9875\u98ce\u98de\u98df\u9c7c\u9e1f\u9ea6"
    "\u9f50\u9f7f\u9f99\u9f9f\u897f\u89d2\u9752\u97e6\u6c11\u6bcd",
)
"""Chinese fonts share a glyph between a character and the radical that looks like it, and a PDF
then names the radical, which nobody types; Unicode gives no decomposition for these."""


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
                out.write(_readable(text).strip())
                out.end_paragraph()
    except pypdfium2.PdfiumError as error:
        locked = _LOCKED in str(error).casefold()
        raise CannotExtract(Problem.LOCKED if locked else Problem.DAMAGED) from error
    return Extracted(out.text().rstrip(), " ".join(_FORBIDDEN.sub("", title).split()), (*places,))


def _readable(text: str) -> str:
    text = _FORBIDDEN.sub("", _HYPHEN.sub("", text)).translate(_SIMPLIFIED)
    return _LOOKALIKES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)

"""The process that reads a PDF: lines of JSON for the lines of text, exit codes for what is wrong.

3 stands for a password, 4 for too much memory, 5 for what is no PDF.
"""

from __future__ import annotations

import contextlib
import json
import sys
import unicodedata

_MEMORY = 2048 << 20
_SECONDS = 120
_MOST_PAGES = 5000
_MOST_CHARACTERS = 20_000_000


def main(path: str) -> int:
    """Write the lines of the PDF at ``path``, page by page, in the order of its content."""
    _limit()
    try:
        return _read(path)
    except MemoryError:
        return 4


def _read(path: str) -> int:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return 3 if "password" in str(error).lower() else 5
    left = _MOST_CHARACTERS
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
            left -= _write_lines(page, number)
            page.close()
        except pypdfium2.PdfiumError:
            continue  # one damaged page does not take the others with it
        if left < 0:
            return 4
    return 0


def _write_lines(page: object, number: int) -> int:
    import pypdfium2.raw as pdfium

    height = page.get_height()  # type: ignore[attr-defined]
    words = page.get_textpage()  # type: ignore[attr-defined]
    count = words.count_chars()
    letters: list[tuple[str, float, tuple[float, float, float, float]]] = []
    written = 0

    def flush() -> None:
        nonlocal written
        line = "".join(each[0] for each in letters).strip()
        boxes = [box for letter, _, box in letters if letter.strip()]
        if line and boxes:
            sizes = sorted(size for letter, size, _ in letters if letter.strip())
            record = [
                line,
                round(sizes[len(sizes) // 2], 2),
                round(min(box[0] for box in boxes), 1),
                round(max(box[2] for box in boxes), 1),
                round(height - max(box[3] for box in boxes), 1),
                round(height - min(box[1] for box in boxes), 1),
                number,
            ]
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
            written += len(line)
        letters.clear()

    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(words, index)
        letter = chr(code) if 0 < code < 0x110000 else ""
        if "\u2e80" <= letter <= "\u2fdf":  # what looks like a character and is only its radical
            letter = unicodedata.normalize("NFKC", letter)
        if letter in "\r\n":
            flush()
        elif letter and not 0xD800 <= code < 0xE000:
            letters.append((letter, pdfium.FPDFText_GetFontSize(words, index), _box(words, index)))
    flush()
    words.close()
    return written


def _box(words: object, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character, in points from the page's lower left corner."""
    left, bottom, right, top = words.get_charbox(index)  # type: ignore[attr-defined]
    return left, bottom, right, top


def _limit() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Texts to learn from: read, cleaned, without what is there twice, and split by document."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.train.examples import TrainingDataUnusable

ENDINGS = (".txt", ".md", ".markdown", ".rst")
_MAX_FILE_BYTES = 256 << 20
_SHORTEST_REPEAT = 80
"""Paragraphs of fewer characters may well be there twice: headings, answers, refrains."""
_FEWEST_CHARACTERS = 20_000
_FEWEST_DOCUMENTS = 10
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_BLANK = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents to train on, to choose by while training, and to measure on at the end.

    ``repeated`` characters were left out.
    """

    training: tuple[str, ...]
    validation: tuple[str, ...]
    held_out: tuple[str, ...]
    repeated: int


def read_corpus(paths: Sequence[Path], seed: int, share: float = 0.1) -> Corpus:
    """The texts in files and folders; about ``share`` of the characters is held out.

    Half as much again is for validation: what decides when training ends must not be what the
    result is measured on.

    Raises:
        TrainingDataUnusable: a path is missing, or there is too little to learn from.
        OSError: a file cannot be read.
    """
    documents, repeated = without_repeats(map(read_document, _files(paths)))
    characters = sum(map(len, documents))
    if characters < _FEWEST_CHARACTERS:
        raise TrainingDataUnusable(
            f"There are only {characters:,} characters to learn from, and {_FEWEST_CHARACTERS:,} "
            "are the fewest that make sense. Nothing was trained. "
            f"Add texts ({', '.join(ENDINGS)})."
        )
    random.Random(seed).shuffle(documents)
    rest, held = split(documents, share)
    training, validation = split(rest, share / 2)
    return Corpus(tuple(training), tuple(validation), tuple(held), repeated)


def split(documents: Sequence[str], share: float) -> tuple[list[str], list[str]]:
    """The documents without about ``share`` of their characters, and these.

    Whole documents are set apart where there are enough and none is too large for that, else the
    end of each: what a model is measured on must not be what it has learnt from.
    """
    wanted, count, size = share * sum(map(len, documents)), 0, 0
    while size < wanted:
        size += len(documents[count])
        count += 1
    if len(documents) >= _FEWEST_DOCUMENTS and size < 2 * wanted:
        return list(documents[count:]), list(documents[:count])
    cuts = [_cut(text, share) for text in documents]
    parts = [(text[:cut], text[cut:]) for text, cut in zip(documents, cuts, strict=True)]
    return [first for first, _ in parts if first], [last for _, last in parts if last]


def read_document(path: Path) -> str:
    """A file's text, cleaned; UTF-8, UTF-16 with a mark, or else Windows' Western encoding.

    Raises ``TrainingDataUnusable`` for a file that is far too large.
    """
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise TrainingDataUnusable(
            f"{path.name} has more than {_MAX_FILE_BYTES >> 20} MB. Nothing was trained. Split it."
        )
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return clean(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return clean(data.decode("latin-1"))


def clean(text: str) -> str:
    """NFC, line feeds, no control characters, no space at line ends, at most one empty line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TRAILING.sub("", _CONTROLS.sub("", text))
    return _BLANK.sub("\n\n", text).strip()


def without_repeats(documents: Iterable[str]) -> tuple[list[str], int]:
    """The documents without longer paragraphs that came before, and how many characters that is.

    What is learnt twice is learnt by heart (Lee et al. 2022, "Deduplicating Training Data").
    """
    seen: set[bytes] = set()
    kept, repeated = [], 0
    for document in documents:
        paragraphs = []
        for paragraph in document.split("\n\n"):
            if len(paragraph) >= _SHORTEST_REPEAT:
                plain = " ".join(paragraph.casefold().split())
                digest = hashlib.blake2b(plain.encode(), digest_size=16).digest()
                if digest in seen:
                    repeated += len(paragraph)
                    continue
                seen.add(digest)
            paragraphs.append(paragraph)
        if text := "\n\n".join(paragraphs).strip():
            kept.append(text)
    return kept, repeated


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in ENDINGS and file.is_file() and not file.is_symlink()
            )
        elif path.is_file():
            yield path
        else:
            raise TrainingDataUnusable(f"There is no file or folder {path}. Nothing was trained.")


def _cut(text: str, share: float) -> int:
    """Where the last ``share`` of a text begins, after the end of a paragraph if there is one."""
    place = int(len(text) * (1 - share))
    paragraph = text.find("\n\n", place)
    return place if paragraph < 0 else paragraph + 2

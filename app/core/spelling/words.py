"""Which parts of a line are words to be checked, and where they are.

Left out are code spans, addresses, paths and file names, tags and commands, names with digits or
underscores in them or capitals in their middle, words of another script than the dictionary's, and
single letters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

LONGEST_WORD = 64
"""Code points; anything longer is no word that a person misspelled."""
_LONGEST_LINE = 100_000
"""Code points of a line that are looked at."""

_SCRIPTS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0250-\u02af\u1e00-\u1eff"
    "\ufb00-\ufb06",
    "Greek": "\u0370-\u0373\u0376-\u037d\u0386\u0388-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u0481\u048a-\u052f\u1c80-\u1c88",
    "Armenian": "\u0531-\u0556\u0561-\u0587",
    "Hebrew": "\u05d0-\u05f4",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u200c",
    "Devanagari": "\u0900-\u0963\u0971-\u097f\u200c\u200d",
    "Bengali": "\u0980-\u09e3\u09f0\u09f1\u200c\u200d",
    "Gujarati": "\u0a80-\u0ae3\u200c\u200d",
    "Tamil": "\u0b80-\u0bd7\u200c\u200d",
    "Telugu": "\u0c00-\u0c63\u200c\u200d",
    "Kannada": "\u0c80-\u0ce3\u200c\u200d",
    "Malayalam": "\u0d00-\u0d63\u0d7a-\u0d7f\u200c\u200d",
    "Georgian": "\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf",
    "Hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
}
_SCRIPT_OF = {
    "Greek": "el",
    "Cyrillic": "ru uk be bg mk mn kk ky tt ba cv os",
    "Armenian": "hy",
    "Hebrew": "he yi",
    "Arabic": "ar fa ur ps ug",
    "Devanagari": "hi mr ne sa",
    "Bengali": "bn as",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Georgian": "ka",
    "Hangul": "ko",
}
_APOSTROPHES = "'\u2019\u02bc"
_HYPHENS = "-\u2010\u2011"
_MARKS = "\u0300-\u036f\u00ad"
"""Accents on their own, and the hyphen that only shows at a line's end."""

_SKIPPED = re.compile(
    r"""
      ^\s*(?:`{3,}|~{3,}).*$                             # a fence with its language
    | ^\s*\[[^\]\n]+\]:\s*\S+                            # the target of a reference
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)         # code
    | </?[A-Za-z][^<>\n]*>                               # a tag, or an address in angles
    | <!--.*?(?:-->|$)
    | \]\([^()\s]*(?:\s+"[^"\n]*")?\)                    # the address of a link
    | \[\^[^\[\]\n]+\]                                   # a footnote's mark
    | (?<![A-Za-z0-9+.-])(?:[A-Za-z][A-Za-z0-9+.-]*+://|www\.|mailto:|tel:)\S+
    | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+          # a mail address
    | (?<![\w@#])[@#](?=\w*[^\W\d])\w[\w-]*              # a name or a tag on a network
    | \\[A-Za-z]+                                        # a command of TeX
    | &[A-Za-z][A-Za-z0-9]*;                             # a character of HTML
    | (?<!\w)(?:[A-Za-z]:)?\\(?:[^\s\\]+\\)*[^\s\\]+     # a path of Windows
    | (?<![\w<])~?\.{0,2}/[\w.-]+(?:/[\w.-]*)*           # a path
    | (?<![\w./-])[\w.-]++(?:/[\w.-]++){2,}/?
    | (?<![\w-])\w[\w-]*+(?:\.(?=[a-z0-9])\w++)+         # notes.md, example.org, e.g
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` stands at code points ``start`` to ``end``, and is as it is to be looked up.

    It is right as well if one of ``wider`` is. These take in what surrounds it: a compound with
    hyphens, an apostrophe before or behind, an abbreviation's point; and English words may also
    be without the accents that they came with.
    """

    start: int
    end: int
    text: str
    wider: tuple[str, ...] = ()


def words(line: str, language: str, *, capitals: bool = False) -> list[Word]:
    """The words of a line that a dictionary of ``language`` ("en_GB") can judge, in order.

    ``capitals`` takes in words that are all capitals.
    """
    pattern = _pattern(script_of(language))
    found: list[Word] = []
    for start, end in _stretches(line[:_LONGEST_LINE]):
        for match in pattern.finditer(line, start, end):
            _parts(line, match, found, capitals)
    if language.lower().startswith("en") and not line.isascii():
        return [_without_accents(word) for word in found]
    return found


def script_of(language: str) -> str:
    """The script a language is written in, "Latin" for all that are not known to be in another."""
    code = re.split("[_-]", language.lower(), maxsplit=1)[0]
    if code == "sr" and "latn" not in language.lower():
        return "Cyrillic"
    return next((script for script, codes in _SCRIPT_OF.items() if code in codes.split()), "Latin")


def lookup_form(text: str) -> str:
    """A word as dictionaries hold it: composed, with straight apostrophes and plain hyphens."""
    if text.isascii():
        return text
    text = text.replace("\u00ad", "").replace("\u2019", "'").replace("\u02bc", "'")
    text = text.replace("\u2010", "-").replace("\u2011", "-")
    return unicodedata.normalize("NFC", text)


def _stretches(line: str) -> list[tuple[int, int]]:
    """What is left of a line without the parts that are no prose."""
    kept = []
    start = 0
    for match in _SKIPPED.finditer(line):
        if match.start() > start:
            kept.append((start, match.start()))
        start = match.end()
    return [*kept, (start, len(line))]


@cache
def _pattern(script: str) -> re.Pattern[str]:
    """Compounds: runs of letters, digits and underscores joined by apostrophes and hyphens."""
    letters = _SCRIPTS[script] + _MARKS
    run = f"(?![{_MARKS}])[{letters}0-9_]+(?:[{_APOSTROPHES}](?=[{letters}])[{letters}0-9_]+)*"
    return re.compile(rf"{run}(?:[{_HYPHENS}]{run})*")


def _without_accents(word: Word) -> Word:
    plain = [
        "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        for text in (word.text, *word.wider)
        if not text.isascii()
    ]
    return replace(word, wider=(*word.wider, *plain)) if plain else word


_PIECE = re.compile(f"[^{_HYPHENS}]+")


def _parts(line: str, match: re.Match[str], found: list[Word], capitals: bool) -> None:
    compound = match.group().strip("_")
    pieces = list(_PIECE.finditer(match.group()))
    around = () if len(pieces) == 1 else (lookup_form(compound),)
    for piece in pieces:
        text = piece.group()
        bare = text.strip("_")
        if not _is_prose(bare, capitals):
            continue
        start = match.start() + piece.start() + text.index(bare)
        end = start + len(bare)
        form = lookup_form(bare)
        wider = list(around)
        if start and line[start - 1] in _APOSTROPHES:
            wider.append("'" + form)
        if line[end : end + 1] and line[end] in _APOSTROPHES:
            wider.append(form + "'")
        if line[end : end + 1] == ".":
            wider.append(form + ".")
        found.append(Word(start, end, form, tuple(wider)))


def _is_prose(word: str, capitals: bool) -> bool:
    if not 1 < len(word) <= LONGEST_WORD:
        return False
    if word.isalpha() and word.isascii() and (word.islower() or word[1:].islower()):
        return True
    if any(character.isdigit() or character == "_" for character in word):
        return False
    if word.isupper():
        return capitals
    letters = [character for character in word if character.isalpha()]
    # iPhone and camelCase are names; THere is a slip of the shift key.
    inner = any(low.islower() and high.isupper() for low, high in itertools.pairwise(letters))
    return len(letters) > 1 and (not inner or any(c in _APOSTROPHES for c in word))

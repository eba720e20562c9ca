"""Which encoding a text is in: certain where something says so, else guesses in order.

A guess is made by how usual the characters are that the bytes would be: an encoding that was not
meant gives rare characters, or none at all. Where two are about as good, the person chooses.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|encoding=[\"']([\w-]+)[\"']", re.I)
_SAMPLE = 64 << 10
_LEAST = 0.35
"""What scores less is no text of that encoding."""
_CLOSE = 0.1
"""Two guesses whose scores differ by less are both offered."""

ENCODINGS = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
        "gb18030": "GB 18030",
        "big5hkscs": "Big5",
        "cp932": "Shift-JIS",
        "euc_jp": "EUC-JP",
        "cp949": "EUC-KR",
        "cp1252": "Windows-1252",
        "cp1251": "Windows-1251",
        "cp1250": "Windows-1250",
        "koi8_r": "KOI8-R",
    }
)
"""Python's names of the encodings that are tried and offered, and what people call them."""

# Frequent characters in running text (的一是... for Chinese): enough to tell a text from what its
# bytes would be in an encoding that was not meant.
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里样天心去好想看声光水灯塔守海风雨夜早晚每"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡樣天心去好想看聲光水燈塔守海風雨夜早晚每"
)
_CJK_MARKS = frozenset("，。、；：？！“”‘’《》「」—…（）")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, the text in it, and how likely the text is: 1 certain, 0 impossible."""

    encoding: str
    text: str
    score: float

    @property
    def title(self) -> str:
        """What people call the encoding."""
        return ENCODINGS.get(self.encoding, self.encoding.upper())


def guesses(data: bytes) -> list[Guess]:
    """The encodings that the bytes may be in, the likeliest first; none for bytes of no text.

    One alone is certain, or so much likelier than any other that nobody need be asked.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], encoding)
            return [Guess(encoding, text, 1.0)] if text is not None else []
    text = _decoded(data, "utf-8")
    if text is not None and "\0" not in text:
        return [Guess("utf-8", text, 1.0)]
    if b"\0" in data[:_SAMPLE]:
        wide = [_guess(data, name, _wide) for name in ("utf-16-le", "utf-16-be")]
        return sorted((each for each in wide if each and each.score > 0.5), key=_by_score)[:1]
    found = [_guess(data, name, score) for name, score in _TRIED.items()]
    likely = sorted((each for each in found if each and each.score > _LEAST), key=_by_score)
    if not likely:
        return []
    best = likely[0].score
    return [each for each in likely if each.score >= best - _CLOSE]


def decoded_html(data: bytes) -> str:
    """A page's text: by its mark, by what it says of itself, else by the best guess."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    named = _META.search(data[:4096])
    if named:
        name = (named[1] or named[2]).decode("ascii").lower()
        name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
        name = {"shift_jis": "cp932", "iso-8859-1": "cp1252", "latin1": "cp1252"}.get(name, name)
        try:
            return data.decode(name, "replace")
        except LookupError:
            pass  # a name that nobody knows says nothing
    best = next(iter(guesses(data)), None)
    return best.text if best else data.decode("cp1252", "replace")


def _by_score(guess: Guess) -> float:
    return -guess.score


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes, encoding: str, score: Callable[[str], float]) -> Guess | None:
    text = _decoded(data, encoding)
    if text is None:
        return None
    high = "".join(character for character in text[:_SAMPLE] if character > "\x7f")
    if not high:
        return Guess(encoding, text, 0.5)
    if any(unicodedata.category(each) in ("Cc", "Co", "Cn") for each in high):
        return None
    return Guess(encoding, text, score(high))


def _share(high: str, belongs: Callable[[str], bool]) -> float:
    return sum(map(belongs, high)) / len(high)


def _chinese(common: frozenset[str], level_one: str) -> Callable[[str], float]:
    def score(high: str) -> float:
        usual = _share(high, lambda each: each in common or each in _CJK_MARKS)
        known = _share(high, lambda each: _is_frequent(each, level_one) or each in _CJK_MARKS)
        return 0.45 * min(1.0, 3 * usual) + 0.55 * known

    return score


def _is_frequent(character: str, encoding: str) -> bool:
    """Whether the character is in the part of its standard that holds those in daily use."""
    try:
        lead = character.encode(encoding)[0]
    except UnicodeEncodeError:
        return False
    low, high = _FREQUENT[encoding]
    return low <= lead <= high


_FREQUENT = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x88, 0x97)}


def _japanese(high: str) -> float:
    kana = _share(high, lambda each: "\u3040" <= each <= "\u30ff")
    known = _share(
        high,
        lambda each: (
            "\u3040" <= each <= "\u30ff" or each in _CJK_MARKS or _is_frequent(each, "shift_jis")
        ),
    )
    return 0.5 * min(1.0, 3 * kana) + 0.5 * known


def _korean(high: str) -> float:
    return 0.95 * _share(high, lambda each: "\uac00" <= each <= "\ud7a3" or each in _CJK_MARKS)


_FEW = 6
"""So few letters of another alphabet are rather another encoding's accents."""


def _cyrillic(high: str) -> float:
    letters = [each for each in high if "\u0400" <= each <= "\u045f"]
    small = sum(each.islower() for each in letters)
    frequent = sum(each in "оеаинтсрвлкм" for each in letters)
    if len(letters) < _FEW:
        return 0.0
    share = len(letters) / len(high)
    return share * (
        0.4 + 0.3 * small / len(letters) + 0.4 * min(1.0, 1.6 * frequent / len(letters))
    )


_WESTERN = frozenset("äöüßéèêàâçñíóúáøåæÄÖÜÉ’‘“”–—…€£§«»°îïôûëìòù\u00a0¿¡")
_CENTRAL = frozenset("ąćęłńóśźżěščřžýáíéůúňťďőűöüĄĆĘŁŚŻŠČŘŽ’“”„–—…")


def _western(high: str) -> float:
    # Letters of the West stand alone among plain ones; pairs of them are another encoding's.
    return 0.9 * _share(high, lambda each: each in _WESTERN)


def _central(high: str) -> float:
    own = _share(high, lambda each: each in _CENTRAL and each not in _WESTERN)
    return 0.85 * _share(high, lambda each: each in _CENTRAL) * (0.6 + min(0.4, own))


def _wide(high: str) -> float:
    return _share(high, lambda each: unicodedata.category(each)[0] in "LNPZ")


_TRIED: dict[str, Callable[[str], float]] = {
    "gb18030": _chinese(_SIMPLIFIED, "gb2312"),
    "big5hkscs": _chinese(_TRADITIONAL, "big5"),
    "cp932": _japanese,
    "euc_jp": _japanese,
    "cp949": _korean,
    "cp1252": _western,
    "cp1251": _cyrillic,
    "koi8_r": _cyrillic,
    "cp1250": _central,
}

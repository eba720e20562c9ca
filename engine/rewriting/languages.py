"""Whether a text is in a language, by its script and its commonest words."""

from __future__ import annotations

import re
from types import MappingProxyType

_SCRIPTS = MappingProxyType(
    {
        "zh": r"[\u3400-\u9fff]",
        "ja": r"[\u3040-\u30ff\u3400-\u9fff]",
        "ko": r"[\uac00-\ud7af]",
        "ru": r"[\u0400-\u04ff]",
        "uk": r"[\u0400-\u04ff]",
        "el": r"[\u0370-\u03ff]",
        "ar": r"[\u0600-\u06ff]",
        "he": r"[\u0590-\u05ff]",
        "hi": r"[\u0900-\u097f]",
        "th": r"[\u0e00-\u0e7f]",
    }
)
_COMMON = MappingProxyType(
    {
        "en": "the of and to in is that it for was on are with as at be this have from not you we",
        "fr": "le la les de des du et est en un une que qui dans pour pas sur au ce il nous vous",
        "de": "der die das und ist in den von zu mit ein eine nicht es sie wir auf für dem im auch",
        "es": "el la los las de y en que un una es por con no se para del al lo su como más",
        "it": "il la i le di e che un una è in per non con si del della sono ho al come più",
        "pt": "o a os as de e que um uma é em por não com se para do da no na como mais",
        "nl": "de het een en van is in dat op te zijn voor met niet die er aan wij ook als",
        "sv": "och att det är en ett som på av för med den inte till har de vi om jag",
        "pl": "i w na że się nie z do to jest jak o po ale co za tak od przez być",
    }
)
_NAMES = MappingProxyType(
    {
        "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it",
        "portuguese": "pt", "dutch": "nl", "swedish": "sv", "polish": "pl", "chinese": "zh",
        "simplified chinese": "zh", "traditional chinese": "zh", "mandarin": "zh",
        "japanese": "ja", "korean": "ko", "russian": "ru", "ukrainian": "uk", "greek": "el",
        "arabic": "ar", "hebrew": "he", "hindi": "hi", "thai": "th",
        "中文": "zh", "简体中文": "zh", "英文": "en", "英语": "en", "法语": "fr", "德语": "de",
        "日语": "ja", "韩语": "ko", "俄语": "ru", "西班牙语": "es", "意大利语": "it",
        "葡萄牙语": "pt", "français": "fr", "deutsch": "de", "español": "es", "italiano": "it",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 5
_LEAST_COMMON = 0.1
_LEAST_OF_SCRIPT = 0.5


def is_in(text: str, language: str, source: str = "") -> bool:
    """Whether ``text`` seems to be in ``language``, named in English or in itself.

    True where that cannot be told: for other languages, and for a few words alone, unless these
    are those of ``source``.
    """
    code = _NAMES.get(language.strip().casefold(), "")
    letters = [each for each in text if each.isalpha()]
    if not letters or not code:
        return True
    if script := _SCRIPTS.get(code):
        fitting = len(re.findall(script, text))
        return fitting >= _LEAST_OF_SCRIPT * len(letters)
    words = _WORD.findall(text.casefold())
    if len(words) < _LEAST_WORDS:
        return words != _WORD.findall(source.casefold())
    shares = {
        each: sum(word in common.split() for word in words) / len(words)
        for each, common in _COMMON.items()
    }
    return shares[code] >= _LEAST_COMMON and shares[code] >= 0.75 * max(shares.values())

"""The numbers that a text names, in digits or as English words."""

from __future__ import annotations

import re

_WORDS = {
    word: value
    for value, word in (
        *enumerate(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty".split(),
            1,
        ),
        *zip(
            range(30, 100, 10),
            "thirty forty fifty sixty seventy eighty ninety".split(),
            strict=True,
        ),
    )
}
_NUMBER = re.compile(r"\d[\d.,]*\d|\d|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)


def numbers_in(text: str) -> set[str]:
    """All of them in digits: "1,200" and "1200" are the same, as "twelve" and "12" are.

    Hundreds and thousands in words are not put together: their parts count one by one.
    """
    found = set()
    for match in _NUMBER.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found.add(re.sub(r"[.,](?=\d{3}(?!\d))", "", word))
            continue
        tens, _, ones = word.casefold().partition("-")
        value = _WORDS.get(tens, 0)
        if ones in _WORDS and value >= 20:
            value += _WORDS[ones]
        if value:
            found.add(str(value))
    return found

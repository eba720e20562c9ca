"""Misspelled words as findings for the proofreader."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.offsets import from_utf16
from app.core.spelling.client import SpellingClient
from app.core.spelling.dictionaries import Dictionary
from app.core.spelling.personal import Accepted
from engine import SPELLING_RULE, Finding

_MOST_REPLACEMENTS = 3
_MESSAGE = "None of the dictionaries has this word."


class SpellingFindings:
    """Finds words that none of ``dictionaries`` has; nothing where there is no dictionary.

    Blocks, for about a tenth of a second a word; for words with a capital, which mostly are names,
    nothing is suggested. Raises ``SpellingFailed``.
    """

    def __init__(
        self,
        client: SpellingClient,
        dictionaries: Sequence[Dictionary],
        accepted: Accepted | None = None,
    ) -> None:
        self._client = client
        self._dictionaries = tuple(dictionaries)
        self._accepted = accepted or Accepted()
        self._suggested: dict[str, tuple[str, ...]] = {}

    def __call__(self, text: str) -> list[Finding]:
        """The words of ``text`` that are not known, with what they may have been meant to be."""
        lines = text.split("\n")
        found: list[Finding] = []
        begin = 0
        for line, missed in zip(lines, self._missed(lines), strict=True):
            for start, end, word in missed:
                first, last = begin + from_utf16(line, start), begin + from_utf16(line, end)
                named = word[0].isupper() and bool(line[: from_utf16(line, start)].strip())
                replacements = () if named else self._suggestions(word)
                found.append(
                    Finding(first, last, replacements, SPELLING_RULE, "Spelling", _MESSAGE)
                )
            begin += len(line) + 1
        return found

    def _missed(self, lines: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """The words of each line that all dictionaries lack."""
        answers = [self._client.misspellings(each, lines) for each in self._dictionaries]
        missed = []
        for number in range(len(lines)):
            by_place = [
                {(each.start, each.end): each.word for each in answer[number]} for answer in answers
            ]
            places = set.intersection(*map(set, by_place)) if by_place else set()
            missed.append(
                [
                    (*place, by_place[0][place])
                    for place in sorted(places)
                    if by_place[0][place] not in self._accepted
                ]
            )
        return missed

    def _suggestions(self, word: str) -> tuple[str, ...]:
        if word not in self._suggested:
            merged = [
                each
                for dictionary in self._dictionaries
                for each in self._client.suggest(dictionary, word, _MOST_REPLACEMENTS)
            ]
            self._suggested[word] = tuple(dict.fromkeys(merged))
        return self._suggested[word]

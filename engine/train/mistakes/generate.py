"""Pairs of a text with mistakes and the text without, from right texts.

``python -m engine.train.mistakes.generate --text FILE... --count N --pairs FILE... > pairs.jsonl``
writes what ``train task`` learns from, in an order that the seed decides.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from engine.train.mistakes.marks import apostrophe, capital, comma_splice, question, run_on
from engine.train.mistakes.nouns import article, plural, quantity
from engine.train.mistakes.order import word_order
from engine.train.mistakes.small_words import confused, doubled, missing, preposition
from engine.train.mistakes.typos import spelling
from engine.train.mistakes.verbs import agreement, comparison, tense, verb_form
from engine.train.mistakes.words import Words, join, split

Mistake = Callable[[Words, Random], list[Words]]

MISTAKES: dict[Mistake, float] = {
    article: 11,
    agreement: 13,
    tense: 11,
    verb_form: 12,
    preposition: 9,
    plural: 8,
    quantity: 2,
    comparison: 3,
    confused: 10,
    apostrophe: 6,
    word_order: 8,
    missing: 8,
    doubled: 3,
    run_on: 9,
    comma_splice: 9,
    capital: 5,
    question: 1,
    spelling: 9,
}
"""How often each kind is made, in parts."""

_UNTOUCHED = 0.2
_HOW_MANY = (1, 1, 1, 2, 2, 3)
_FEWEST_WORDS, _MOST_WORDS = 4, 42
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]?\s+(?=[\"'(]?[A-Z])")
_PARAGRAPH = re.compile(r"\n-*\n")
_SPLICED = re.compile(r", (I|he|she|it|we|they|you|there|this|that's|it's|I'm)\b(?! and\b)")
_SUBORDINATE = re.compile(
    r"\b(if|when|as|after|before|once|while|since|although|though|because|unless|until|where|said)\b",
    re.IGNORECASE,
)
_NOT_AN_END = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St|No|vs|e\.g|i\.e|etc|p|pp|[A-Z])\.[\"')]?$")


def with_mistakes(text: str, chance: Random) -> str:
    """``text`` with one to three mistakes of kinds that fit it, or as it is."""
    words = split(text)
    kinds = list(MISTAKES)
    for _ in range(chance.choice(_HOW_MANY)):
        for _attempt in range(6):
            kind = chance.choices(kinds, list(MISTAKES.values()))[0]
            ways = kind(words, chance)
            if ways:
                words = chance.choice(ways)
                break
    return join(words)


def passages(text: str, chance: Random) -> Iterator[str]:
    """One to three sentences in a row at a time, of 4 to 48 words, from running text."""
    for paragraph in _PARAGRAPH.split(text):
        sentences = split_sentences(" ".join(paragraph.split()))
        at = 0
        while at < len(sentences):
            count = chance.choice((1, 1, 1, 2, 2, 3))
            part = sentences[at : at + count]
            while len(part) > 1 and len(" ".join(part).split()) > _MOST_WORDS:
                part.pop()
            passage = " ".join(part)
            if _FEWEST_WORDS <= len(passage.split()) <= _MOST_WORDS and _is_prose(passage):
                yield passage
            at += len(part)


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, abbreviations left whole."""
    sentences: list[str] = []
    at = 0
    for match in _SENTENCE_END.finditer(paragraph):
        end = match.end()
        piece = paragraph[at:end].strip()
        if _NOT_AN_END.search(piece):
            continue
        sentences.append(piece)
        at = end
    rest = paragraph[at:].strip()
    return [*sentences, rest] if rest else sentences


def _is_prose(text: str) -> bool:
    letters = sum(char.isalpha() or char == " " for char in text)
    quotes = text.count('"') % 2 == 0
    return (
        quotes
        and letters > 0.88 * len(text)
        and text[:1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ\"'"
        and text.rstrip("\"')")[-1:] in (".", "!", "?")
        and text.isascii()
        and "[" not in text
        and "--" not in text
        and not any(
            _SPLICED.search(sentence) and not _SUBORDINATE.search(sentence)
            for sentence in split_sentences(text)
        )
    )


def make_pairs(texts: Sequence[str], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """``count`` pairs of source and target; a fifth of the sources are untouched."""
    chance = Random(seed)
    made = 0
    while made < count:
        found = [passage for text in texts for passage in passages(text, chance)]
        chance.shuffle(found)
        if not found:
            return
        for passage in found[: count - made]:
            target = join(split(passage))
            touched = chance.random() >= _UNTOUCHED
            yield (with_mistakes(target, chance) if touched else target), target
            made += 1


def main(argv: Sequence[str] | None = None) -> int:
    """Write pairs as JSON lines to standard output."""
    parser = argparse.ArgumentParser(prog="engine.train.mistakes.generate", description=__doc__)
    parser.add_argument("--text", type=Path, nargs="+", required=True, help="right texts")
    parser.add_argument("--count", type=int, required=True, help="pairs to make of them")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="pairs that are written")
    parser.add_argument("--repeat", type=int, default=1, help="how often each of these comes")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    texts = [path.read_text(encoding="utf-8") for path in options.text]
    pairs = list(make_pairs(texts, options.count, options.seed))
    for path in options.pairs:
        lines = path.read_text(encoding="utf-8").splitlines()
        written = [json.loads(line) for line in lines]
        pairs += [(each["source"], each["target"]) for each in written] * options.repeat
    Random(options.seed).shuffle(pairs)
    for source, target in pairs:
        record = {"prompt": source, "answer": target}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The probability of a word is that of all its spellings that end where the word does."""

from __future__ import annotations

import numpy as np
import pytest

from engine.decode.healing import TokenPrefixes
from engine.decode.words import WordSearch, WordTokens

TOKENS = (b" walk", b" wal", b"k", b"ing", b" the", b".", b" ", b"walk", b" talk", b"'s")
PREFIXES = TokenPrefixes(TOKENS)
WORDS = WordTokens(TOKENS)


def logits(**shares: float) -> np.ndarray:
    """Logits of a distribution; what is not named shares what is left."""
    named = {int(name[1:]): share for name, share in shares.items()}
    rest = (1 - sum(named.values())) / (len(TOKENS) - len(named))
    found = [named.get(token, rest) for token in range(len(TOKENS))]
    return np.log(np.maximum(np.array(found), 1e-9)).astype(np.float32)


def search(wanted: bytes, table: dict[tuple[int, ...], np.ndarray], **options: object):
    made = WordSearch(wanted, PREFIXES, WORDS, **options)
    while (path := made.next()) is not None:
        made.add(table.get(path, logits(t5=1.0)))
    return made


def test_a_word_counts_only_as_far_as_it_ends_there() -> None:
    found = search(b" ", {(): logits(t0=0.9, t8=0.1), (0,): logits(t3=0.8, t5=0.2)}).found()
    shares = {offer.text: offer.probability for offer in found.offers}
    assert shares["walking"] == pytest.approx(0.72, abs=0.01)
    assert shares["walk"] == pytest.approx(0.18, abs=0.01)
    assert found.offers[0].text == "walking"


def test_spellings_of_the_same_word_count_together() -> None:
    table = {(): logits(t0=0.5, t1=0.4, t8=0.1), (0,): logits(t3=0.5, t5=0.5), (1,): logits(t2=1)}
    found = search(b" ", table).found()
    assert found.offers[0].text == "walk"
    assert found.offers[0].probability == pytest.approx(0.65, abs=0.02)


def test_the_letters_typed_rule_out_what_does_not_begin_with_them() -> None:
    found = search(b" w", {(): logits(t0=0.02, t8=0.9, t4=0.08)}).found()
    assert found.offers[0].text == "alk"
    assert found.offers[0].probability > 0.9


def test_a_word_that_was_taken_does_not_go_on() -> None:
    table = {(): logits(t0=1.0), (0,): logits(t3=0.7, t4=0.2, t5=0.1)}
    typed = search(b" walk", table).found().offers[0]
    taken = search(b" walk", table, closed=True).found()
    assert typed.text == "ing"
    assert taken.offers[0].text == " the"
    assert taken.offers[0].probability == pytest.approx(2 / 3, abs=0.02)
    assert taken.space == pytest.approx(2 / 3, abs=0.02)


def test_the_path_of_a_word_spells_what_was_typed_and_the_word() -> None:
    made = search(b" wa", {(): logits(t0=1.0), (0,): logits(t3=0.8, t5=0.2)})
    path = made.path_of(made.found().offers[0].text)
    assert b"".join(TOKENS[token] for token in path) == b" walking"


def test_an_apostrophe_goes_on_with_a_word() -> None:
    found = search(b" ", {(): logits(t0=1.0), (0,): logits(t9=0.9, t5=0.1)}).found()
    assert found.offers[0].text == "walk's"


def test_it_gives_up_when_nothing_can_be_probable_enough() -> None:
    made = WordSearch(b" ", PREFIXES, WORDS, least=0.6)
    passes = 0
    while made.next() is not None:
        made.add(logits(t0=0.4, t8=0.4, t4=0.2))
        passes += 1
    assert passes == 1


def test_it_stays_within_the_model_s_context() -> None:
    made = WordSearch(b" ", PREFIXES, WORDS, room=1)
    longest = 0
    while (path := made.next()) is not None:
        longest = max(longest, len(path))
        made.add(logits(t1=1.0) if not path else logits(t2=1.0))
    assert longest == 1

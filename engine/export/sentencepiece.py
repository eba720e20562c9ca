"""SentencePiece's BPE as Llama 2 and Gemma use it: pieces with scores instead of merges.

SentencePiece (Kudo & Richardson 2018) joins, again and again, the two neighbours whose joined
piece has the best score. The same comes of ordinary BPE whose merges are every way to cut a piece
into two pieces, the best scored first; this is how these vocabularies are brought into
``tokenizer.json`` elsewhere too. A character that is no piece is spelt in bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tokenizers import Tokenizer, decoders, models, normalizers

SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""Stands for a space in a piece."""


def sentencepiece_tokenizer(
    tokens: Sequence[str],
    scores: Sequence[float],
    ordinary: Collection[int],
    *,
    space_prefix: bool,
) -> Tokenizer:
    """A tokenizer with ``tokens`` by id; only the ids in ``ordinary`` are pieces of a text.

    ``scores`` go with ``tokens``, the higher the earlier joined. ``space_prefix`` puts a space
    before a text, so that its first word is spelt as any other.

    Raises:
        ValueError: one of the 256 byte tokens ``<0x00>`` to ``<0xFF>`` is missing.
    """
    vocabulary = {token: index for index, token in enumerate(tokens)}
    if missing := [name for name in map(_byte_name, range(256)) if name not in vocabulary]:
        raise ValueError(f"the token {missing[0]} is missing")
    merges = _merges({tokens[index]: scores[index] for index in ordinary})
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, byte_fallback=True))
    spaces = normalizers.Replace(" ", SPACE)
    tokenizer.normalizer = (
        normalizers.Sequence([normalizers.Prepend(SPACE), spaces]) if space_prefix else spaces
    )
    steps = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    if space_prefix:
        steps.append(decoders.Strip(" ", 1, 0))
    tokenizer.decoder = decoders.Sequence(steps)
    return tokenizer


def _byte_name(value: int) -> str:
    return f"<0x{value:02X}>"


def _merges(scores: dict[str, float]) -> list[tuple[str, str]]:
    """Every cut of a piece into two pieces: by score, then the longer sides first."""
    cuts = [
        (score, place, len(piece) - place, piece)
        for piece, score in scores.items()
        for place in range(1, len(piece))
        if piece[:place] in scores and piece[place:] in scores
    ]
    # Where all that is equal, pieces keep their order in the vocabulary: the sort is stable.
    cuts.sort(key=lambda cut: cut[:3], reverse=True)
    return [(piece[:place], piece[place:]) for _, place, _, piece in cuts]

"""A text's origins as they are kept, and finding them again in a text that was changed meanwhile.

What is kept has no words of the text itself: its SHA-256, and a short hash and the length of each
line. By these the lines that are still the same are found again; a run in a line that changed is
looked for by its own hash. What is not found is not known: nothing is ever guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.align import align
from app.core.provenance.runs import EARLIER, TYPED, Run, Runs, joined
from app.core.provenance.sources import Source, from_plain, to_plain

VERSION = 1
_LEAST_FOUND = 8
"""A shorter run in a changed line could be found by chance."""
_MOST_SEARCHED = 20_000
"""Code points of changed lines in which a run is looked for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The origins of a text with that SHA-256.

    ``lines`` are a hash and the length of each line; ``hashes`` one of the words of each run that
    is neither typed nor unknown, in order.
    """

    text_sha256: str
    runs: tuple[Run, ...]
    sources: Mapping[str, Source]
    lines: tuple[tuple[str, int], ...] = ()
    hashes: tuple[str, ...] = field(default=())

    def is_bare(self) -> bool:
        """Whether nothing is known that a text without any record would not have."""
        return all(origin == EARLIER for _, origin in self.runs)


def text_hash(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(_bytes(text)).hexdigest()


def keep(text: str, runs: Runs, sources: Mapping[str, Source], *, prompts: bool = True) -> Kept:
    """What to keep of the origins of ``text``; without ``prompts`` nothing of the model's texts."""
    used = runs.origins()
    kept = {name: source for name, source in sources.items() if name in used}
    if not prompts:
        kept = {name: source.without_prompt() for name, source in kept.items()}
    known = [(span.start, span.end) for span in runs.spans()]
    return Kept(
        text_hash(text),
        runs.runs(),
        kept,
        tuple((_short(line), len(line)) for line in text.split("\n")),
        tuple(_short(text[start:end]) for start, end in known),
    )


def runs_for(kept: Kept, text: str) -> Runs:
    """The runs of ``text``, which may have been changed since its origins were kept."""
    if text_hash(text) == kept.text_sha256 and _size(kept.runs) == len(text):
        return Runs(kept.runs)
    lines = text.split("\n")
    if (
        not kept.lines
        or _size(kept.runs) != sum(size for _, size in kept.lines) + len(kept.lines) - 1
    ):
        return Runs([(len(text), EARLIER)])
    old = Runs(kept.runs)
    pairs = align([mark for mark, _ in kept.lines], [_short(line) for line in lines])
    starts = _starts([size for _, size in kept.lines])
    result: list[Run] = []
    from_new = 0
    found: set[int] = set()
    gaps: list[tuple[int, str]] = []
    for i, j in [*pairs, (len(kept.lines), len(lines))]:
        gap = "\n".join(lines[from_new:j]) + ("\n" if from_new < j < len(lines) else "")
        if gap:
            gaps.append((len(result), gap))
            result.append((len(gap), EARLIER))
        if j < len(lines):
            end = starts[i] + kept.lines[i][1]
            result += old.cut(starts[i], end)
            found.add(i)
            if j + 1 < len(lines):
                result += old.cut(end, end + 1) or [(1, EARLIER)]
        from_new = j + 1
    lost = _lost(kept, old, starts, found)
    for index, gap in reversed(gaps):
        result[index : index + 1] = _found_in(gap, lost)
    result = joined(result)
    return Runs(result if _size(result) == len(text) else [(len(text), EARLIER)])


def _lost(
    kept: Kept, old: Runs, starts: Sequence[int], found: set[int]
) -> list[tuple[int, str, str]]:
    """Length, hash and origin of the runs that lie in lines that are no longer there."""
    gone = [
        (starts[i], starts[i] + size)
        for i, (_, size) in enumerate(kept.lines)
        if i not in found and size
    ]
    lost = []
    for span, mark in zip(old.spans(), kept.hashes, strict=False):
        if any(start < span.end and span.start < end for start, end in gone):
            lost.append((span.end - span.start, mark, span.origin))
    return lost


def _found_in(gap: str, lost: Sequence[tuple[int, str, str]]) -> list[Run]:
    """The runs of changed lines: those that stand there word for word, exactly once."""
    runs = Runs([(len(gap), EARLIER)])
    if len(gap) > _MOST_SEARCHED:
        return list(runs.runs())
    for length, mark, origin in lost:
        if not _LEAST_FOUND <= length <= len(gap):
            continue
        places = [
            at for at in range(len(gap) - length + 1) if _short(gap[at : at + length]) == mark
        ]
        if len(places) == 1 and all(
            each == EARLIER for _, each in runs.cut(places[0], places[0] + length)
        ):
            runs.replace(places[0], length, [(length, origin)])
    return list(runs.runs())


def to_json(kept: Kept) -> dict[str, Any]:
    """What is kept as JSON can hold it."""
    return {
        "version": VERSION,
        "text_sha256": kept.text_sha256,
        "runs": [[length, origin] for length, origin in kept.runs],
        "sources": [to_plain(source) for source in kept.sources.values()],
        "lines": [[mark, size] for mark, size in kept.lines],
        "hashes": list(kept.hashes),
    }


def from_json(plain: Any) -> Kept:
    """What ``to_json`` made. Raises ``ValueError`` for anything else."""
    if not isinstance(plain, dict) or plain.get("version") != VERSION:
        raise ValueError("not a record of origins of this version")
    sources = {each.id: each for each in map(from_plain, _list(plain, "sources"))}
    runs = tuple(_pair(each, number_first=True) for each in _list(plain, "runs"))
    lines = tuple(_pair(each, number_first=False) for each in _list(plain, "lines"))
    hashes = tuple(str(each) for each in _list(plain, "hashes"))
    digest = plain.get("text_sha256")
    if not isinstance(digest, str):
        raise ValueError("text_sha256 is missing")
    known = {TYPED, EARLIER, *sources}
    return Kept(
        digest,
        tuple((size, origin if origin in known else EARLIER) for size, origin in runs),
        sources,
        tuple((mark, size) for size, mark in lines),
        hashes,
    )


def _list(plain: Mapping[str, Any], name: str) -> list[Any]:
    value = plain.get(name)
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")
    return value


def _pair(value: Any, *, number_first: bool) -> tuple[int, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("not a pair")
    number, text = value if number_first else value[::-1]
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ValueError("not a length")
    if not isinstance(text, str):
        raise ValueError("not a name")
    return number, text


def _starts(sizes: Sequence[int]) -> list[int]:
    starts, place = [], 0
    for size in sizes:
        starts.append(place)
        place += size + 1
    return starts


def _size(runs: Sequence[Run]) -> int:
    return sum(length for length, _ in runs)


def _short(text: str) -> str:
    return hashlib.blake2b(_bytes(text), digest_size=9).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

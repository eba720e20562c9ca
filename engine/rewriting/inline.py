"""Keeps links, code, formulas, notes and emphasis inside a paragraph while its words change.

The model reads the words without the marks it would garble; afterwards the marks are put around
the same words again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_INLINE = re.compile(
    r"(?P<image>!\[[^\]\n]*\]\([^)\n]*\))"
    r"|\[(?P<link>[^\]\[\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<ticks>`+)(?P<code>[^\n]*?[^`])(?P=ticks)(?!`)"
    r"|(?P<formula>\$(?![\s\d])[^$\n]*[^\s$]\$(?!\d))"
    r"|(?P<auto><[a-z][a-z0-9+.-]*:[^>\s]+>|<[^>\s@]+@[^>\s]+>)"
    r"|(?P<tag></?[A-Za-z][^>\n]*>)"
    r"|(?P<bare>(?:https?://|www\.)[^\s<>\"'）)\]]*[^\s<>\"'）)\].,;:!?])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<marks>\*\*\*|\*\*|__|~~|==|(?<!\w)[*_](?=[^\s*_]))"
    r"(?P<strong>[^\s*_~`\[\]\n](?:[^*~`\[\]\n]*?[^\s*~`\[\]\n])?)(?P=marks)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Markup of a text; ``shown`` is what of it the model reads, after the word ``before``."""

    markup: str
    shown: str
    needed: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as a model reads it, and the markup that was taken out, in order."""

    shown: str
    kept: tuple[Kept, ...]


def mask(text: str) -> Masked:
    """``text`` without the marks around words; code, addresses and formulas stay in it."""
    kept: list[Kept] = []
    shown = ""
    at = 0
    for match in _INLINE.finditer(text):
        shown += text[at : match.start()]
        at = match.end()
        markup = match.group()
        if match["note"]:
            words = re.search(r"(?:\S+\s+)?\S+\s*$", shown)
            kept.append(Kept(markup, "", needed=True, before=words.group() if words else ""))
            continue
        inside = match["link"] or match["strong"] or markup
        kept.append(Kept(markup, inside, needed=not match["strong"]))
        shown += inside
    return Masked(shown + text[at:], tuple(kept))


def restore(result: str, masked: Masked) -> tuple[str, tuple[str, ...]]:
    """``result`` with the markup back around its words, and what of it found no place.

    Emphasis whose words are gone is left out; anything else that is gone is told.
    """
    places: list[tuple[int, int, str]] = []
    lost: list[str] = []
    after = 0
    for each in masked.kept:
        if not each.shown:
            continue
        found = _find(result, each, after, places)
        if found is not None:
            after = found[1]
            places.append(found)
        elif each.needed:
            lost.append(each.markup)
    for each in masked.kept:
        if not each.shown:
            at = _after_words(result, each.before, places)
            places.append((at, at, each.markup))
    for start, end, markup in sorted(places, key=lambda place: (place[1], place[0]), reverse=True):
        result = result[:start] + markup + result[end:]
    return result, tuple(lost)


def _find(
    result: str, kept: Kept, after: int, taken: list[tuple[int, int, str]]
) -> tuple[int, int, str] | None:
    """Where the words of ``kept`` are, and what is to stand there."""
    code = kept.markup.strip("`").strip() if kept.markup.startswith("`") else ""
    for words in (kept.shown, code):
        if not words:
            continue
        edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
        flags = re.IGNORECASE if kept.shown != kept.markup else re.NOFLAG
        pattern = re.compile(edges[0] + re.escape(words) + edges[1], flags)
        for match in (*pattern.finditer(result, after), *pattern.finditer(result)):
            start, end = match.span()
            if all(end <= first or last <= start for first, last, _ in taken):
                inside = kept.shown != kept.markup
                new = kept.markup.replace(words, match.group(), 1) if inside else kept.markup
                return start, end, new
    return None


def _after_words(result: str, before: str, taken: list[tuple[int, int, str]]) -> int:
    """Where a note goes: after the words it stood behind, or the last of them, or at the end."""
    if not before:
        return 0
    at = len(result.rstrip())
    for words in (before.strip(), before.split()[-1]):
        found = list(re.finditer(rf"(?<!\w){re.escape(words)}", result)) if len(words) > 2 else []
        if found:
            at = found[-1].end()
            break
    return next((last for first, last, _ in taken if first < at < last), at)

"""Where sentences begin and end, in English and Chinese."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(
    "(?P<western>[.!?\u2026]+[\"'\u201d\u2019)\\]*_]*(?=\\s))\\s*"
    "|(?:[\u3002\uff01\uff1f]|\u2026\u2026)+[\u201d\u2019\u300d\u300f\uff09\u300b*_]*\\s*"
)
_SHORT = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|etc|cf|No|Fig|[A-Za-z])|\b[a-z]\.[a-z])\.$",
    re.IGNORECASE,
)
"""What ends with a full stop that does not end a sentence, most of the time."""


def sentence_at(line: str, column: int) -> tuple[int, int]:
    """Start and end of the sentence that a place of a line is in, without the space after it.

    The place behind a sentence's last character is still in it. Full stops of abbreviations,
    initials and the like do not count, so that a sentence is rather too long than cut.
    """
    starts = [len(line) - len(line.lstrip())]
    for match in _END.finditer(line):
        western = match["western"]
        before = line[max(0, match.start() - 12) : match.start() + 1]
        follows = line[match.end() : match.end() + 1]
        if western and (follows.islower() or (western == "." and _SHORT.search(before))):
            continue
        if match.end() < len(line):
            starts.append(match.end())
    index = max(0, bisect_right(starts, column) - 1)
    if index and column == starts[index] and not line[column - 1].isspace():
        index -= 1  # Chinese: no space parts the caret behind one sentence from the next
    end = starts[index + 1] if index + 1 < len(starts) else len(line)
    return starts[index], max(starts[index], len(line[:end].rstrip()))

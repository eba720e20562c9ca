"""Examples for the sentiment adapter, as JSON lines for `inkling train task`.

`make.py snippets FOLDER` from VADER rated snippets (training/README.md), `make.py opinions FILE`
from opinions.jsonl, `make.py compose PARTS...` put together from sentences.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

LABELS = {"+": "positive", "-": "negative"}
SNIPPETS = (("movieReviewSnippets", 3600), ("amazonReviewSnippets", 2400), ("tweets", 1600))
"""VADER's files and how many to take of each at most, half of them positive."""
TURNS = ("", "", "But ", "Still, ", "Even so, ", "All the same, ", "Then again, ", "Mind you, ")


def snippets(folder: Path, chance: random.Random) -> list[tuple[str, str]]:
    """Texts that twenty people rated clearly on one side on average, as many of each side."""
    found = []
    for name, most in SNIPPETS:
        sides: dict[str, list[str]] = {"+": [], "-": []}
        file = folder / f"{name}_GroundTruth.txt"
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            _, score, text = line.split("\t", 2)
            text = html.unescape(text).replace("''", '"').strip()
            plain = "\ufffd" not in text and "http" not in text
            if abs(float(score)) >= 1 and 5 <= len(text.split()) <= 60 and plain:
                sides["+" if float(score) > 0 else "-"].append(text)
        count = min(most // 2, *map(len, sides.values()))
        for mark, texts in sides.items():
            chance.shuffle(texts)
            found += [(text, LABELS[mark]) for text in texts[:count]]
    return found


def read_parts(path: Path) -> dict[str, dict[str, list[str]]]:
    """The sentences of a file by their heading and mark."""
    parts: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line[1:].split(":")[0].strip()
            parts.setdefault(heading, {})
        elif line:
            parts[heading].setdefault(line[0], []).append(line[2:])
    return parts


def compose(paths: list[Path], count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Opinions of one to four sentences about one thing; what is granted first does not count."""
    parts: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        parts |= read_parts(path)
    granted, ends, opens = (parts.pop(name) for name in ("what is granted", "ends", "opens"))
    things = list(parts.values())
    weights = [len(thing["+"]) + len(thing["-"]) for thing in things]
    seen: set[str] = set()
    while len(seen) < count:
        thing = chance.choices(things, weights)[0]
        mark = chance.choice("+-")
        strong = chance.sample(thing[mark], chance.choice((1, 1, 2)))
        said = [chance.choice(opens["0"])] if chance.random() < 0.35 else []
        if chance.random() < 0.45:
            said.append(chance.choice(granted[">" if mark == "+" else "<"]))
            strong[0] = _turned(chance.choice(TURNS), strong[0])
        said += strong
        if chance.random() < 0.3 or len(said) < 2:
            said.append(chance.choice(ends[mark]))
        text = " ".join(said)
        if text not in seen:
            seen.add(text)
            yield text, LABELS[mark]


def _turned(turn: str, sentence: str) -> str:
    if not turn or sentence.startswith(("I ", "I'")):
        return turn + sentence
    return turn + sentence[0].lower() + sentence[1:]


def opinions(path: Path) -> list[tuple[str, str]]:
    """The opinions of a file with their labels."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(record["text"], record["label"]) for record in records]


def main() -> None:
    """Write the examples to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("snippets", "opinions", "compose"))
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    if given.kind == "snippets":
        found = snippets(given.paths[0], chance)
    elif given.kind == "opinions":
        found = opinions(given.paths[0]) * given.repeat
    else:
        found = list(compose(given.paths, given.count, chance))
    chance.shuffle(found)
    for prompt, answer in found:
        record = {"prompt": prompt, "answer": answer, "choices": sorted(LABELS.values())}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

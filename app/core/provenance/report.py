"""What is known of a text's origins as a list, and that list as Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.core.provenance.runs import Runs
from app.core.provenance.shares import Shares, shares
from app.core.provenance.sources import Source, prompt_text, to_plain

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A span of the text that was not typed; ``line`` counts from 1."""

    start: int
    end: int
    line: int
    words: str
    source: Source

    @property
    def excerpt(self) -> str:
        """The words on one line, cut where they are many."""
        words = " ".join(self.words.split())
        return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "\u2026"


@dataclass(frozen=True, slots=True)
class Report:
    """The shares of a text, and its spans in order."""

    shares: Shares
    items: tuple[Item, ...]


def report(text: str, runs: Runs, sources: Mapping[str, Source]) -> Report:
    """What is known of the origins of ``text``."""
    items = []
    line, counted = 1, 0
    for span in runs.spans():
        source = sources.get(span.origin)
        line += text.count("\n", counted, span.start)
        counted = span.start
        if source is not None:
            words = text[span.start : span.end]
            items.append(Item(span.start, span.end, line, words, source))
    return Report(shares(runs, sources), tuple(items))


def time_text(when: float) -> str:
    """A time as it is exported: in UTC, to the second."""
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def as_json(found: Report, name: str) -> dict[str, Any]:
    """The report as JSON can hold it."""
    typed, accepted, pasted, unknown = found.shares.percents()
    return {
        "document": name,
        "characters": {
            "typed": found.shares.typed,
            "accepted": found.shares.accepted,
            "pasted": found.shares.pasted,
            "unknown": found.shares.unknown,
        },
        "percent": {
            "typed": typed,
            "accepted": accepted,
            "pasted": pasted,
            "unknown": unknown,
        },
        "spans": [
            {
                "start": item.start,
                "end": item.end,
                "line": item.line,
                "text": item.words,
                **to_plain(item.source),
                "when": time_text(item.source.when),
            }
            for item in found.items
        ],
    }


def as_markdown(found: Report, name: str) -> str:
    """The report as a Markdown document, prompts and settings included."""
    typed, accepted, pasted, unknown = found.shares.percents()
    lines = [
        f"# Origin of {_line(name)}",
        "",
        "| typed | from the model | pasted | not known |",
        "|---:|---:|---:|---:|",
        f"| {typed}% | {accepted}% | {pasted}% | {unknown}% |",
        "",
    ]
    for number, item in enumerate(found.items, 1):
        source = item.source
        lines += [f"## {number}. Line {item.line}: {source.kind.value}", ""]
        lines += _quoted(item.words)
        lines += ["", f"- When: {time_text(source.when)}"]
        if source.detail:
            lines.append(f"- What: {_line(source.detail)}")
        recipe = source.recipe
        if recipe is not None:
            made = recipe.circumstances
            lines.append(f"- Model: {made.model} `{made.model_sha256}`")
            if made.adapter:
                lines.append(f"- Adapter: {made.adapter} `{made.adapter_sha256}`")
            lines.append(f"- Prompt, SHA-256: `{recipe.prompt_sha256}`")
            if recipe.request is not None:
                lines += [
                    f"- Settings: {settings_text(recipe.request)}",
                    "",
                    "The model was given:",
                ]
                lines += ["", *_fenced(prompt_text(recipe.request.prompt))]
        lines.append("")
    return "\n".join(lines)


def as_csv(found: Report) -> str:
    """The spans as a table, one a line."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    columns = "line start end kind detail when model model_sha256 adapter adapter_sha256 seed"
    writer.writerow([*columns.split(), "prompt_sha256", "text"])
    for item in found.items:
        recipe = item.source.recipe
        made = recipe.circumstances if recipe else None
        seed = recipe.request.sampling.seed if recipe and recipe.request else None
        writer.writerow(
            [
                item.line,
                item.start,
                item.end,
                item.source.kind.value,
                _cell(item.source.detail),
                time_text(item.source.when),
                made.model if made else "",
                made.model_sha256 if made else "",
                made.adapter if made else "",
                made.adapter_sha256 if made else "",
                "" if seed is None else seed,
                recipe.prompt_sha256 if recipe else "",
                _cell(item.words),
            ]
        )
    return stream.getvalue()


def settings_text(request: Any) -> str:
    """A request's settings, those that differ from "off", on one line."""
    sampling = request.sampling
    parts = {
        "seed": sampling.seed,
        "temperature": sampling.temperature,
        "top-k": sampling.top_k or None,
        "top-p": sampling.top_p if sampling.top_p < 1 else None,
        "min-p": sampling.min_p or None,
        "repetition penalty": sampling.repetition_penalty
        if sampling.repetition_penalty != 1
        else None,
        "tokens": request.max_tokens,
        "gate": request.gate or None,
        "alternatives": request.alternatives if request.alternatives > 1 else None,
    }
    return ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)


EXPORTS: Mapping[str, Callable[[Report, str], str]] = {
    "md": as_markdown,
    "json": lambda found, name: json.dumps(as_json(found, name), ensure_ascii=False, indent=1),
    "csv": lambda found, _name: as_csv(found),
}
"""How a report is written, by the ending of the file's name."""


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> list[str]:
    return [f"> {line}" for line in text.strip("\n").split("\n")]


def _fenced(text: str) -> list[str]:
    fence = "```"
    while fence in text:
        fence += "`"
    return [fence, text, fence]


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

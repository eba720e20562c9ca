"""The options of ``summarize``, ``keywords``, ``tone``, ``translate`` and ``brainstorm``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.cli import options

LENGTHS = ("short", "medium", "long")
CODES = ("de", "en", "es", "fr", "it", "ja", "zh")
KINDS = ("continuations", "ideas")
"""Named here, since options are read before the engine is imported; a test compares them."""


@dataclass(frozen=True, slots=True)
class UseCommand:
    """A command: what it does, what its help ends with, and what adds its options."""

    summary: str
    examples: str
    add_options: Callable[[argparse.ArgumentParser], None]


def _summarize(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--length",
        choices=LENGTHS,
        default="medium",
        help="how long (medium); never more than a third of the text",
    )
    how.add_argument(
        "--sentences", type=options.whole(1, 1000), metavar="N", help="quote N sentences"
    )
    parser.add_argument(
        "--quotes-only", action="store_true", help="no sentence in the model's own words"
    )
    options.add_text(parser, "to summarise")
    options.add_common(parser)


def _keywords(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--count", type=options.whole(1, 100), default=10, metavar="N", help="at most N (10)"
    )
    options.add_text(parser, "to find the keywords of")
    options.add_common(parser)


def _tone(parser: argparse.ArgumentParser) -> None:
    options.add_text(parser, "to read")
    options.add_common(parser)


def _translate(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--to", choices=CODES, metavar="CODE", help=f"the language: {', '.join(CODES)}"
    )
    what.add_argument(
        "--couplet",
        action="store_true",
        help="write a second line to the line of Chinese that is given",
    )
    parser.add_argument(
        "--anyway", action="store_true", help="try even if the model was measured not to be able"
    )
    options.add_text(parser, "to translate")
    options.add_common(parser)


def _brainstorm(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind",
        choices=KINDS,
        default="ideas",
        help="short ideas about a subject, or continuations of a text (ideas)",
    )
    parser.add_argument(
        "--count", type=options.whole(1, 8), default=6, metavar="N", help="make N together (6)"
    )
    parser.add_argument(
        "--seed",
        type=options.whole(0, 2**63 - 1),
        metavar="N",
        help="the same seed, the same ideas",
    )
    options.add_text(parser, "or the subject to start from")
    options.add_common(parser)


USES: Mapping[str, UseCommand] = MappingProxyType(
    {
        "summarize": UseCommand(
            "Summarise a text.",
            "Sentences of the text that say most of it. Before them comes one in the model's own\n"
            "words, if every number, name and nearly every word of it is in the text.\n\n"
            "examples:\n"
            "  inkling summarize --file report.md\n"
            "  inkling summarize --length short --json --file minutes.txt\n"
            "  inkling summarize --sentences 3 --quotes-only --file chapter.md",
            _summarize,
        ),
        "keywords": UseCommand(
            "Name what a text is about.",
            "Phrases that come often and early and that the model did not expect.\n\n"
            "examples:\n"
            "  inkling keywords --file essay.md\n"
            "  inkling keywords --count 5 --json --file report.txt",
            _keywords,
        ),
        "tone": UseCommand(
            "How positive or negative each paragraph of a text is.",
            "A probability for each paragraph, not a verdict; docs/quality.md says how often it\n"
            "is right.\n\n"
            "examples:\n"
            "  inkling tone --file review.txt\n"
            '  inkling tone --json "The tap leaks and nobody calls back."',
            _tone,
        ),
        "translate": UseCommand(
            "Translate a text, or answer the first line of a couplet.",
            "Whether the model can is measured first, on sentences whose translation is known; a\n"
            "model that cannot is not asked.\n\n"
            "examples:\n"
            "  inkling translate --to fr --file letter.md --model qwen\n"
            "  inkling translate --couplet \u660e\u6708\u677e\u95f4\u7167",
            _translate,
        ),
        "brainstorm": UseCommand(
            "Several ideas about a subject, or several ways to go on.",
            "All are made together; what says the same as another is left out.\n\n"
            "examples:\n"
            '  inkling brainstorm "a story about a ferry"\n'
            "  inkling brainstorm --kind continuations --count 4 --file chapter.md",
            _brainstorm,
        ),
    }
)
"""The commands in the order of the help text."""

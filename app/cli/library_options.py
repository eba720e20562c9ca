"""The words and options of ``library``, and the sources of ``ask``."""

from __future__ import annotations

import argparse

from app.cli import options

SUMMARY = "Folders of your own files that questions are answered from."
EXAMPLES = (
    "Markdown, plain text, Word, OpenDocument, web pages, PDF and electronic books are indexed\n"
    "on this computer. What cannot be read is listed with the reason. remove leaves nothing of\n"
    "the files behind; the files themselves are never touched.\n\n"
    "examples:\n"
    "  inkling library add ~/Letters ~/Papers\n"
    "  inkling library search 'boiler service'\n"
    "  inkling ask --library 'Who services the boiler?'"
)


def add_library(parser: argparse.ArgumentParser) -> None:
    """The verbs of ``library``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        verb: argparse.ArgumentParser = verbs.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        options.add_common(verb, model=False)
        return verb

    adding = add("add", "add folders and index them")
    adding.add_argument("folder", nargs="+", metavar="FOLDER", help="a folder with its subfolders")
    listing = add("list", "list the folders")
    listing.add_argument("--files", action="store_true", help="with their files")
    removing = add("remove", "remove folders and all that is kept of their files")
    removing.add_argument("folder", nargs="+", metavar="FOLDER", help="a folder that was added")
    add("refresh", "index what is new or changed, and drop what is gone")
    searching = add("search", "show the passages that fit words best")
    searching.add_argument("query", type=options.prose, metavar="WORDS", help="what to look for")
    searching.add_argument(
        "--count", type=options.whole(1, 100), default=10, metavar="N", help="at most N (10)"
    )
    bringing = add("embeddings", "bring in a model that finds passages by meaning (English)")
    bringing.add_argument(
        "path",
        metavar="FOLDER",
        help="a folder with model.onnx and tokenizer.json of all-MiniLM-L6-v2 or one like it",
    )


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Where ``ask`` looks for an answer."""
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument(
        "--source",
        "--file",
        action="append",
        metavar="FILE",
        help="a file to answer from, in any of the library's formats; repeatable; - reads "
        "standard input",
    )
    group.add_argument(
        "--library", action="store_true", help="answer from the folders of the library"
    )

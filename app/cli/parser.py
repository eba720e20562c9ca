"""The grammar of ``inkling``: the window with files, or one command with its options."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from app.cli import library_options, options
from app.cli.errors import UsageError
from app.cli.use_options import USES

_EVALUATED = (
    "proofread",
    "perplexity",
    "sentiment",
    "reading",
    "library",
    "rewrite",
    "summary",
)


@dataclass(frozen=True, slots=True)
class _Command:
    summary: str
    examples: str
    add_options: Callable[[argparse.ArgumentParser], None]


class Parser(argparse.ArgumentParser):
    """An argument parser that raises ``UsageError`` with one sentence instead of exiting."""

    def error(self, message: str) -> NoReturn:
        """Report bad use."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise UsageError(f"{sentence}. See '{self.prog} --help'.")


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from app.core.version import inkling_version

        sys.stdout.write(f"inkling {inkling_version()}\n")
        parser.exit()


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse ``argv``; ``command`` of the result is a command's name or ``window``.

    Raises ``UsageError``; ``SystemExit`` after ``--help`` and ``--version``.
    """
    if argv and argv[0] in COMMANDS:
        name = argv[0]
        command = COMMANDS[name]
        parser = _make_parser(f"inkling {name}", command.summary, command.examples)
        command.add_options(parser)
        arguments = parser.parse_args(argv[1:])
        arguments.command = name
        return arguments
    arguments = _window_parser().parse_args(argv)
    arguments.command = "window"
    return arguments


def nearest_command(word: str) -> str | None:
    """The command that ``word`` was probably meant to be."""
    return next(iter(difflib.get_close_matches(word, COMMANDS, 1)), None)


def _make_parser(prog: str, description: str, epilog: str) -> Parser:
    return Parser(
        prog=prog,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _window_parser() -> Parser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:{width}}  {entry.summary}" for name, entry in COMMANDS.items())
    parser = _make_parser(
        "inkling",
        "Inkling, an offline writing assistant. Without a command it opens its window.",
        f"commands (each has its own --help):\n{listing}\n\n"
        "examples:\n"
        "  inkling notes.md\n"
        '  inkling complete "The old lighthouse keeper climbed the stairs"\n'
        "  inkling rewrite --action shorter --file letter.txt > letter-short.txt\n"
        "  inkling ask --source manual.md --source faq.md 'How long is the guarantee?'",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="text files to open")
    parser.add_argument("--model", metavar="NAME", help="a model's name or folder")
    options.add_device(parser)
    parser.add_argument("--version", action=_Version)
    return parser


def _complete(parser: argparse.ArgumentParser) -> None:
    options.add_text(parser, "to continue")
    options.add_sampling(parser, "64")
    parser.add_argument(
        "--stop",
        type=options.prose,
        action="append",
        default=[],
        metavar="TEXT",
        help="end before this text; repeatable",
    )
    parser.add_argument(
        "--alternatives",
        type=options.whole(1, 8),
        default=1,
        metavar="N",
        help="give N continuations that begin differently, an empty line between them",
    )
    parser.add_argument(
        "--no-heal",
        action="store_true",
        help="take the text's last word as finished instead of letting the model finish it",
    )
    options.add_common(parser, adapter=True)


def _rewrite(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--action", metavar="NAME", help="one of `inkling actions list`, your own ones too"
    )
    how.add_argument(
        "--instruction",
        type=options.prose,
        metavar="TEXT",
        help="say in your own words what to change",
    )
    parser.add_argument(
        "--language",
        type=options.prose,
        metavar="NAME",
        help="for actions that need one, like translate: its name in English",
    )
    options.add_text(parser, "to rewrite")
    parser.add_argument(
        "--in-place",
        action="store_true",
        help="write the result into the --file itself, with its encoding and line ends",
    )
    parser.add_argument(
        "--review-file",
        metavar="FILE",
        help="write the changes there too: .docx with tracked changes and reasons, .json, or a "
        "unified diff",
    )
    options.add_sampling(parser, "about twice the text")
    options.add_common(parser, adapter=True)


def _proofread(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="FILE", help="the file to read; - is standard input")
    parser.add_argument(
        "--fix", action="store_true", help="write the file with all of it put right, whole or not"
    )
    parser.add_argument(
        "--review-file", type=options.prose, metavar="PATH", help="write the list to this file too"
    )
    parser.add_argument(
        "--rules", action="store_true", help="by rules and dictionaries alone, without the model"
    )
    parser.add_argument(
        "--dialect",
        choices=("american", "british", "australian", "canadian", "indian"),
        help="the English it is in (American rules, and words of America and Britain)",
    )
    options.add_common(parser, adapter=True)


def _actions(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        verb: argparse.ArgumentParser = verbs.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        options.add_common(verb, model=False)
        return verb

    add("list", "list the actions")
    add("show", "print one as TOML").add_argument("name", metavar="NAME", help="the action")
    importing = add("import", "copy an action from a TOML file, so that Inkling has it")
    importing.add_argument("path", metavar="FILE", help="the file")
    importing.add_argument(
        "--replace", action="store_true", help="let it take the place of your own of that name"
    )
    exporting = add("export", "write an action to a TOML file")
    exporting.add_argument("name", metavar="NAME", help="the action")
    exporting.add_argument("path", nargs="?", metavar="FILE", help="the file (NAME.toml)")
    exporting.add_argument("--replace", action="store_true", help="write over a file")
    removing = add("remove", "delete an action of your own, or reset a changed one")
    removing.add_argument("name", metavar="NAME", help="the action")


def _chat(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--message",
        type=options.prose,
        metavar="TEXT",
        help="ask this one thing and end; - reads standard input",
    )
    parser.add_argument(
        "--system", type=options.prose, metavar="TEXT", help="who the model is to be"
    )
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="FILE",
        help="a text to talk about; repeatable",
    )
    options.add_sampling(parser, "512")
    options.add_common(parser)


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "question",
        type=options.prose,
        metavar="QUESTION",
        help="the question; - reads standard input",
    )
    library_options.add_sources(parser)
    options.add_sampling(parser, "96")
    options.add_common(parser)


def _score(parser: argparse.ArgumentParser) -> None:
    options.add_text(parser, "to score")
    options.add_common(parser, adapter=True)


def _train(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    task = kinds.add_parser(
        "task",
        help="fine-tune a model on pairs of prompt and answer",
        description="Teach a model a task from examples. It becomes a model of its own.",
        allow_abbrev=False,
    )
    task.add_argument(
        "--data",
        required=True,
        metavar="FILE",
        help='examples, a JSON object {"prompt": "...", "answer": "..."} on each line; with '
        '"choices": ["...", ...] also how often the right one is the most probable is measured',
    )
    task.add_argument("--name", required=True, help="what the new model will be called")
    task.add_argument(
        "--weights",
        metavar="PATH",
        help="the GGUF file or Hugging Face folder that the model was made from (those of the "
        "model itself)",
    )
    task.add_argument("--epochs", type=float, default=1.0, help="times through the examples (1)")
    task.add_argument("--rows", type=options.whole(1, 512), default=24, help="examples a step (24)")
    task.add_argument("--rate", type=float, default=8e-4, help="the highest learning rate (0.0008)")
    task.add_argument(
        "--length",
        type=options.whole(16, 8192),
        default=256,
        help="leave longer examples out (256 tokens)",
    )
    task.add_argument("--rank", type=options.whole(1, 256), default=16, help="of the LoRA (16)")
    task.add_argument("--seed", type=int, default=0)
    task.add_argument(
        "--plain", action="store_true", help="do not put the prompts as messages of a chat"
    )
    task.add_argument(
        "--prompt",
        metavar="TEXT",
        help="what the prompts are put into, with {text} in it; \\n starts a line",
    )
    task.add_argument(
        "--adapter",
        action="store_true",
        help="keep it as an adapter of the model, not as a model of its own",
    )
    task.add_argument("--task", help="what the adapter is for: proofread, continue or sentiment")
    task.add_argument("--licence", help="the adapter's licence")
    task.add_argument("--origin", help="what it was made from")
    task.add_argument(
        "--start", metavar="FILE", help="an adapter.safetensors of the same rank to go on from"
    )
    task.add_argument("--threads", type=options.whole(1, 256), help="(all cores but one)")
    task.add_argument("--model", metavar="NAME", help="the installed model to start from")
    task.add_argument("--json", action="store_true", help="print one JSON object")
    _pretrain(kinds)
    _style(kinds)


def _style(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    style = kinds.add_parser(
        "style",
        help="teach a model your own way of writing",
        description="Teach a model from a folder of your texts. What came of it is measured on "
        "texts that were held out, and kept only if it is better. If it is stopped, the same "
        "command goes on.",
        allow_abbrev=False,
    )
    style.add_argument(
        "--folder", required=True, nargs="+", metavar="PATH", help="your texts: folders or files"
    )
    style.add_argument("--name", default="my-style", help="what it will be called (my-style)")
    style.add_argument(
        "--adapter", action="store_true", help="keep it as an adapter, a small file (the default)"
    )
    style.add_argument("--merged", action="store_true", help="make a model of its own")
    style.add_argument(
        "--minutes", type=options.real(1, 10_000), help="as much as fits into them (40)"
    )
    style.add_argument(
        "--epochs", type=options.real(0.1, 100), help="times through the texts at most (3)"
    )
    style.add_argument("--rank", type=options.whole(1, 256), help="of the LoRA (16)")
    style.add_argument(
        "--rate", type=options.real(0, 1, open_low=True), help="the highest learning rate"
    )
    style.add_argument(
        "--threads", type=options.whole(1, 1024), metavar="N", help="threads (all cores but one)"
    )
    style.add_argument("--seed", type=int)
    style.add_argument(
        "--weights",
        metavar="PATH",
        help="the GGUF file or Hugging Face folder that the model was made from (its own weights)",
    )
    style.add_argument(
        "--estimate", action="store_true", help="train nothing, say how long it would take here"
    )
    style.add_argument("--model", metavar="NAME", help="the installed model to start from")
    style.add_argument("--json", action="store_true", help="print one JSON object")


def _pretrain(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pre = kinds.add_parser(
        "pretrain",
        help="train a small model from scratch on texts",
        description="Make a small model that has read nothing but your texts. If it is stopped, "
        "the same command goes on.",
        allow_abbrev=False,
    )
    pre.add_argument(
        "--corpus",
        required=True,
        nargs="+",
        metavar="PATH",
        help="text files, or folders of them (.txt, .md, .markdown, .rst)",
    )
    pre.add_argument(
        "--preset",
        choices=("tiny", "small"),
        default="tiny",
        help="about 3 or 33 million parameters (tiny)",
    )
    pre.add_argument("--name", required=True, help="what the new model will be called")
    pre.add_argument(
        "--steps", type=options.whole(1, 10_000_000), metavar="N", help="updates at most"
    )
    pre.add_argument(
        "--minutes",
        type=options.real(0, 100_000, open_low=True),
        metavar="M",
        help="as many steps as fit, measured here",
    )
    pre.add_argument("--rate", type=float, help="the highest learning rate (the preset's)")
    pre.add_argument("--threads", type=options.whole(1, 256), help="(all cores but one)")
    pre.add_argument("--seed", type=options.whole(0, 2**31 - 1), default=0)
    pre.add_argument("--json", action="store_true", help="print one JSON object")


def _classify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--labels",
        type=options.prose,
        required=True,
        metavar="A,B",
        help="the labels to choose from, with commas between them",
    )
    parser.add_argument(
        "--template",
        type=options.prose,
        metavar="TEXT",
        help="the text that a label continues, with {text} and perhaps {labels} in it; "
        "\\n starts a line ('Text: {text}\\nCategory:')",
    )
    parser.add_argument(
        "--no-prior",
        action="store_true",
        help="do not divide out how probable each label is without the text",
    )
    options.add_text(parser, "to label")
    options.add_common(parser, adapter=True)


def _eval(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "task",
        choices=_EVALUATED,
        metavar="TASK",
        help=f"{', '.join(_EVALUATED[:-1])} or {_EVALUATED[-1]}",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="what the task is measured on, for library a folder; - reads stdin",
    )
    parser.add_argument(
        "--sample",
        type=options.whole(0),
        default=2400,
        metavar="N",
        help="perplexity: type at about N carets (2400); 0 leaves that out",
    )
    parser.add_argument("--svg", metavar="PATH", help="write a chart of the figures there")
    group = parser.add_argument_group("general")
    group.add_argument("--json", action="store_true", help="print one JSON object")
    group.add_argument(
        "--model",
        action="append",
        metavar="NAME",
        help="a model's name or folder; repeat it to compare several",
    )
    options.add_device(group)
    options.add_adapter(group)


def _simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="texts to replay; - reads stdin")
    parser.add_argument(
        "--sample",
        type=options.whole(1),
        metavar="N",
        help="look at N carets, in stretches drawn at random, instead of at all",
    )
    parser.add_argument(
        "--seed", type=options.whole(0, 2**63 - 1), default=0, metavar="N", help="of the sample (0)"
    )
    parser.add_argument(
        "--gate",
        type=options.real(0, 1),
        metavar="X",
        help="the least probability of a word that is shown (as in the preferences)",
    )
    parser.add_argument(
        "--svg", metavar="PATH", help="write the curve of precision over coverage there"
    )
    options.add_common(parser, adapter=True)


def _origin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the text")
    parser.add_argument("--markdown", action="store_true", help="print all that is known of it")
    options.add_common(parser, model=False)


def _models(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        verb: argparse.ArgumentParser = verbs.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        options.add_common(verb, model=False)
        return verb

    add("list", "list the models")
    show = add("show", "show one in detail")
    show.add_argument("name", nargs="?", metavar="NAME", help="the model (the one in use)")
    importing = add("import", "make a model of a GGUF file or a Hugging Face folder")
    importing.add_argument("path", metavar="PATH", help="a GGUF file, or a folder with safetensors")
    importing.add_argument("--name", metavar="NAME", help="the model's name (the file's)")
    importing.add_argument(
        "--precision",
        choices=("int8", "fp32", "int4"),
        default="int8",
        help="how weights are kept (int8); int4 only from 16 or 32 bits",
    )
    importing.add_argument(
        "--replace", action="store_true", help="replace the model that has this name"
    )
    use = add("use", "use this model from now on")
    use.add_argument("name", metavar="NAME", help="the model")
    use.add_argument(
        "--device",
        choices=("auto", "cpu", "gpu", "preferences"),
        help="what computes this model, whatever the preferences say; 'preferences' follows them",
    )
    verify = add("verify", "read all files and compare their SHA-256")
    verify.add_argument("name", nargs="?", metavar="NAME", help="the model (the one in use)")
    remove = add("remove", "delete a model")
    remove.add_argument("name", metavar="NAME", help="the model")
    remove.add_argument(
        "--force", action="store_true", help="even the model that Inkling comes with"
    )


def _dictionaries(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def add(name: str, summary: str, **argument: str) -> None:
        verb: argparse.ArgumentParser = verbs.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        if argument:
            verb.add_argument(argument["dest"], metavar=argument["metavar"], help=argument["help"])
        options.add_common(verb, model=False)

    add("list", "list the dictionaries")
    add(
        "import",
        "copy a pair of .dic and .aff files, so that Inkling has them",
        dest="path",
        metavar="PATH",
        help="either file of the pair",
    )
    add(
        "remove",
        "delete a dictionary that was imported",
        dest="name",
        metavar="NAME",
        help="the dictionary, like de_AT",
    )


def _styles(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, summary in (
        ("list", "list what was taught, and what is not done yet"),
        ("use", "write all documents in a style"),
        ("revert", "write in none again; no style is lost"),
        ("erase", "delete a style and all that was kept of its training"),
    ):
        verb: argparse.ArgumentParser = verbs.add_parser(
            name, help=summary, description=f"{summary[:1].upper()}{summary[1:]}."
        )
        if name in ("use", "erase"):
            verb.add_argument("name", metavar="NAME", help="the style")
        options.add_common(verb, model=False)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--verify", action="store_true", help="read the model's files and check their SHA-256"
    )
    options.add_common(parser)


def _convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="IN", help="a document; its name's ending tells its kind")
    parser.add_argument("target", metavar="OUT", help="the file to write")
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=("docx", "odt", "pdf", "html", "epub", "txt", "md"),
        help="the format of OUT, where its name does not tell",
    )
    parser.add_argument(
        "--changes",
        choices=("accept", "reject", "all"),
        default="accept",
        help="what becomes of a Word document's tracked changes; all keeps both, marked (accept)",
    )
    parser.add_argument("--replace", action="store_true", help="write over OUT if it is there")
    options.add_common(parser, model=False)


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repeat",
        type=options.whole(1, 99),
        metavar="N",
        help="runs a figure, median taken (5, quick 3)",
    )
    parser.add_argument("--quick", action="store_true", help="small contexts only")
    parser.add_argument(
        "--threads", type=options.whole(1, 1024), metavar="N", help="threads (all cores)"
    )
    options.add_common(parser)


COMMANDS: dict[str, _Command] = {
    "complete": _Command(
        "Continue a text.",
        "The continuation alone goes to standard output. One line end at the end of a file or of\n"
        "piped text is not part of the text to continue.\n\n"
        "examples:\n"
        '  inkling complete "The old lighthouse keeper climbed the stairs"\n'
        "  inkling complete --file chapter.md --max-tokens 40 --temperature 0.8 --seed 7\n"
        "  echo 'Dear Ms Reyes,' | inkling complete --json",
        _complete,
    ),
    "rewrite": _Command(
        "Rewrite a text.",
        "A long text is rewritten sentence by sentence or paragraph by paragraph, as the action\n"
        "says; headings, lists, tables, links and code stay. What a part lost or what made it not\n"
        "usable is told on standard error; not usable twice, a part stays as it was.\n\n"
        "Proofreading makes single corrections, which grammar rules, dictionaries and the\n"
        "model propose, where the model is surer of the sentence with them; the options of\n"
        "generation do not matter to it. With --json each says where it is and what was wrong.\n\n"
        "examples:\n"
        "  inkling rewrite --action proofread --file letter.txt\n"
        "  inkling rewrite --action translate --language French --file letter.txt\n"
        "  inkling rewrite --instruction 'Put this into the past tense.' \"He walks home.\"\n"
        "  pbpaste | inkling rewrite --action shorter --json",
        _rewrite,
    ),
    "proofread": _Command(
        "Find what is wrong in a file.",
        "Grammar rules, dictionaries and the model propose; the model's probabilities decide.\n"
        "Each line has the file, line, column, kind of mistake and what is better. Code and\n"
        "markup are left alone, your own words are right, rules that you switched off in the\n"
        "window are off. --fix writes the file whole or not at all, in its own encoding and with\n"
        "its own line ends.\n\n"
        "examples:\n"
        "  inkling proofread letter.md\n"
        "  inkling proofread --rules --dialect british --json letter.md\n"
        "  inkling proofread --fix --review-file changes.txt letter.md",
        _proofread,
    ),
    "actions": _Command(
        "List, show, import, export and remove the actions of `inkling rewrite`.",
        "docs/actions.md says how an action is written.\n\n"
        "examples:\n"
        "  inkling actions list\n"
        "  inkling actions export shorter my-shorter.toml\n"
        "  inkling actions import my-shorter.toml",
        _actions,
    ),
    "chat": _Command(
        "Talk with the model.",
        "Without --message it is a conversation in the terminal; an empty line is skipped, and\n"
        "Ctrl+D ends it. Piped text is one message.\n\n"
        "examples:\n"
        "  inkling chat\n"
        "  inkling chat --message 'Suggest three titles.' --document essay.md",
        _chat,
    ),
    "ask": _Command(
        "Answer a question from your own files.",
        "The best sentences are quoted first, the model's own comes second. Where the files\n"
        "do not speak of it, the answer is 'Not in your documents.' With --library all folders of\n"
        "`inkling library` are searched.\n\n"
        "examples:\n"
        "  inkling ask --library 'Who services the boiler?'\n"
        "  inkling ask --source manual.md 'How long is the guarantee?'\n"
        "  inkling ask --source a.txt --source b.txt --json 'Who led the study?'",
        _ask,
    ),
    "library": _Command(
        library_options.SUMMARY, library_options.EXAMPLES, library_options.add_library
    ),
    "score": _Command(
        "How likely the model finds a text, token by token.",
        "Natural-log probabilities; --json lists every token. Texts longer than the model's\n"
        "context are scored in overlapping windows whose stride is stated.\n\n"
        "examples:\n"
        "  inkling score --file essay.txt\n"
        '  inkling score --json "It is a truth universally acknowledged"',
        _score,
    ),
    "train": _Command(
        "Make a model from texts, or teach one from examples, on this computer.",
        "pretrain: a small model from scratch. Where it was stopped, the same command goes on. It\n"
        "is measured on held-out text, beside an n-gram model.\n\n"
        "task: low-rank adaptation (LoRA) of a model's weights. Where it was stopped, the same\n"
        "command goes on. A twentieth of the examples is held out, and the perplexity of their\n"
        "answers is measured before and after.\n\n"
        "style: the same from a folder of your own writing, measured on documents that are held\n"
        "out. Ctrl+C keeps what was learnt, and Ctrl+Z pauses where the system has it.\n\n"
        "All work at low priority and need the extra 'train' (torch); see docs/training.md.\n\n"
        "examples:\n"
        "  inkling train pretrain --corpus ~/Writing --name mine --minutes 30\n"
        "  inkling train style --folder ~/Writing --name mine\n"
        "  inkling train task --data pairs.jsonl --name proofreader",
        _train,
    ),
    "classify": _Command(
        "Choose the label that fits a text.",
        "No label is asked for: how probable each is as the continuation of the text is computed\n"
        "exactly, and compared with how probable it is after no text. A small model is often\n"
        "wrong; a template that says what the labels are about helps.\n\n"
        "examples:\n"
        '  inkling classify --labels positive,negative "The tap leaks and nobody calls back."\n'
        "  inkling classify --labels letter,invoice,recipe --file scan.txt --json\n"
        "  inkling classify --labels yes,no --template '{text}\\nRecommended:' --file review.txt",
        _classify,
    ),
    "convert": _Command(
        "Turn a document into one of another format.",
        "Reads docx, odt, rtf, html, epub, pdf (its text), txt and Markdown; writes docx, odt,\n"
        "pdf, html, epub, txt and Markdown. IN is never changed. What OUT cannot keep is said on\n"
        "standard error. Pictures of IN go to a folder beside OUT.\n\n"
        "examples:\n"
        "  inkling convert letter.docx letter.md\n"
        "  inkling convert essay.md essay.pdf --replace\n"
        '  for f in *.md; do inkling convert "$f" "${f%.md}.docx"; done',
        _convert,
    ),
    **{
        name: _Command(each.summary, each.examples, each.add_options) for name, each in USES.items()
    },
    "eval": _Command(
        "How good a model is at a task, on items whose right answers are known.",
        "proofread: JSON Lines with source, target, errors (the kinds of errors, [] for a text\n"
        "that is right). Edits of words are compared; docs/quality.md defines the figures.\n\n"
        "perplexity: prose; lines of three hyphens part documents. How well it is predicted, and\n"
        "how many keys suggestions would save in it.\n\n"
        "sentiment: JSON Lines with text and label. The likeliest label is the answer.\n\n"
        "reading: JSON Lines with passage and questions, each with q, a (the right answers) and\n"
        "span (the words that hold them, null where the passage does not say).\n\n"
        "library: a folder of documents with questions.jsonl, each line with q, file and span\n"
        "(both null where no document says).\n\n"
        "rewrite: JSON Lines with source, action (the name of one) and must_keep strings.\n\n"
        "summary: JSON Lines with source, key_points and keywords. A point counts where one\n"
        "sentence holds half of its words that carry meaning.\n\n"
        "examples:\n"
        "  inkling eval proofread sentences.jsonl\n"
        "  inkling eval perplexity essays.txt --model before --model after --svg chart.svg\n"
        "  inkling eval proofread sentences.jsonl --model qwen --svg chart.svg --json",
        _eval,
    ),
    "simulate": _Command(
        "How often suggestions would be right in texts, and how many keys they would save.",
        "Every caret after the first 200 characters of each text is looked at as if the text were\n"
        "being typed, which takes minutes for ten thousand characters; --sample is quicker.\n"
        "docs/completion.md defines the figures.\n\n"
        "examples:\n"
        "  inkling simulate --sample 2000 chapter.md\n"
        "  inkling simulate --svg curve.svg --json notes.txt letters.txt",
        _simulate,
    ),
    "styles": _Command(
        "List, use and erase the styles that `inkling train style` has taught.",
        "examples:\n"
        "  inkling styles list\n"
        "  inkling styles use my-style\n"
        "  inkling styles revert\n"
        "  inkling styles erase my-style",
        _styles,
    ),
    "origin": _Command(
        "Where the words of a file came from: typed, pasted, or from the model.",
        "Known of files that were written in Inkling on this computer; docs/origin.md says how.\n\n"
        "examples:\n"
        "  inkling origin essay.md\n"
        "  inkling origin essay.md --markdown > origin.md\n"
        "  inkling origin essay.md --json",
        _origin,
    ),
    "models": _Command(
        "List, import, choose, check and remove models.",
        "examples:\n"
        "  inkling models list\n"
        "  inkling models import ~/Downloads/qwen2.5-0.5b-instruct-q8_0.gguf --name qwen\n"
        "  inkling models use qwen --device gpu\n"
        "  inkling models verify qwen --json",
        _models,
    ),
    "dictionaries": _Command(
        "List, import and remove spelling dictionaries.",
        "Dictionaries are Hunspell's: a word list and its affix file, named after the language.\n\n"
        "examples:\n"
        "  inkling dictionaries list\n"
        "  inkling dictionaries import ~/Downloads/de_AT.dic",
        _dictionaries,
    ),
    "doctor": _Command(
        "Versions, devices, model, paths and the offline state.",
        "examples:\n  inkling doctor\n  inkling doctor --verify --json",
        _doctor,
    ),
    "bench": _Command(
        "Measure the engine's speed on this machine.",
        "examples:\n  inkling bench\n  inkling bench --quick --json",
        _bench,
    ),
}
"""The commands in the order of the help text."""

"""Actions as TOML: read with everything checked, and written so that a person can read it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from engine.errors import ActionDamaged
from engine.rewriting.action import (
    NAME,
    ActionExample,
    ActionForm,
    ActionOutput,
    ActionPiece,
    ActionPrompt,
    ModelRole,
    Preference,
    RewriteAction,
)

PLACES = ("text", "selection", "language", "title", "before")
"""What an instruction may have in braces; docs/actions.md says what each stands for."""

_PLACE = re.compile(r"\{(\w*)\}")
_MAX_BYTES = 64 * 1024
_MAX_TITLE = 60
_MAX_TEXT = 8_000
_MAX_EXAMPLES = 12
_MAX_REPLACEMENTS = 2_000
_MAX_TEMPERATURE = 2.0
_MAX_RATIO = 20.0
_PROMPT_FIELDS = frozenset({"instruction", "system", "pattern", "examples"})
_FIELDS = _PROMPT_FIELDS | frozenset(
    "name title icon temperature role output piece form length headings shortcut replace "
    "family".split()
)

Choice = TypeVar("Choice", bound=StrEnum)


class _Refused(Exception):
    """Why a file is no action; ``key`` says where."""

    def __init__(self, reason: str, key: str = "", section: str = "") -> None:
        super().__init__(reason)
        self.key = key
        self.section = section


def read_action(path: Path) -> RewriteAction:
    """The action in a file; its name is the file's where it has none.

    Raises:
        ActionDamaged: it cannot be read, or is no action; the sentence says in which line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ActionDamaged(path, 0, f"it cannot be read ({error.strerror})") from error
    if len(data) > _MAX_BYTES:
        raise ActionDamaged(path, 0, "it is too large for an action")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ActionDamaged(path, line, "it is not text in UTF-8") from error
    return parse_action(text, path)


def parse_action(text: str, path: Path) -> RewriteAction:
    """The action that ``text`` describes; ``path`` is for its name and for errors.

    Raises:
        ActionDamaged: it is none.
    """
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        reason = re.sub(r"\s*\(at .*\)$", "", str(error)) or "it is nested too deeply"
        end = text.count("\n") + 1
        line = int(place[1]) if place else end
        raise ActionDamaged(path, line, reason[:1].lower() + reason[1:]) from error
    try:
        return _action(data, path.stem)
    except _Refused as refused:
        line = _line(text, refused.key, refused.section)
        raise ActionDamaged(path, line, str(refused)) from refused


def _action(data: Mapping[str, Any], stem: str) -> RewriteAction:
    _known(data, _FIELDS)
    name = _text(data, "name", default=stem, most=40)
    if not NAME.fullmatch(name):
        raise _Refused(f"the name {name!r} may have only small letters, digits and hyphens", "name")
    title = _text(data, "title", most=_MAX_TITLE).strip()
    if not title:
        raise _Refused("the title is missing", "title")
    role = _choice(data, "role", ModelRole, ModelRole.ASSISTANT)
    prompt = _prompt(data, None)
    if not prompt.instruction.strip():
        raise _Refused("the instruction is missing", "instruction")
    families = data.get("family", {})
    if not isinstance(families, dict) or not all(isinstance(x, dict) for x in families.values()):
        raise _Refused("'family' has to be tables like [family.llama]", "family")
    for family, each in families.items():
        _known(each, _PROMPT_FIELDS | {"piece", "prefer", "unable"}, f"family.{family}")
    return RewriteAction(
        name=name,
        title=title,
        prompt=prompt,
        icon=_text(data, "icon", default="", most=40),
        temperature=_number(data.get("temperature", 0.0), "temperature", _MAX_TEMPERATURE),
        role=role,
        output=_choice(data, "output", ActionOutput, ActionOutput.REVIEW),
        piece=_choice(data, "piece", ActionPiece, ActionPiece.PARAGRAPH),
        form=_choice(data, "form", ActionForm, ActionForm.TEXT),
        length=_length(data),
        headings=_switch(data, "headings"),
        shortcut=_text(data, "shortcut", default="", most=40),
        replace=_replacements(data),
        families=MappingProxyType(
            {family: _prompt(each, prompt, f"family.{family}") for family, each in families.items()}
        ),
    )


def _prompt(data: Mapping[str, Any], usual: ActionPrompt | None, section: str = "") -> ActionPrompt:
    """A prompt; of what a family leaves out the usual one holds."""
    instruction = _text(data, "instruction", usual.instruction if usual else "", section=section)
    pattern = _text(data, "pattern", default="", section=section)
    _places(instruction, PLACES, "instruction", section)
    if pattern:
        places = _places(pattern, (*PLACES, "answer"), "pattern", section)
        if places.count("answer") != 1 or "text" not in places:
            raise _Refused(
                "the pattern needs {text}, and {answer} once after it", "pattern", section
            )
        if pattern.index("{answer}") < pattern.index("{text}"):
            raise _Refused("in the pattern {answer} has to come after {text}", "pattern", section)
    examples = usual.examples if usual and "examples" not in data else _examples(data, section)
    system = _text(data, "system", usual.system if usual else "", section=section)
    piece = None
    if usual is not None and "piece" in data:
        piece = _choice(data, "piece", ActionPiece, ActionPiece.PARAGRAPH, section)
    prefer = _choice(data, "prefer", Preference, Preference.MODEL, section)
    unable = _switch(data, "unable", section)
    return ActionPrompt(instruction, system, pattern, examples, piece, prefer, unable)


def _places(text: str, allowed: tuple[str, ...], key: str, section: str) -> list[str]:
    found = _PLACE.findall(text)
    for each in found:
        if each not in allowed:
            known = ", ".join(f"{{{name}}}" for name in allowed)
            raise _Refused(f"there is no {{{each}}}; there are {known}", key, section)
    return found


def _replacements(data: Mapping[str, Any]) -> Mapping[str, str]:
    table = data.get("replace", {})
    if not isinstance(table, dict) or len(table) > _MAX_REPLACEMENTS:
        raise _Refused("'replace' has to be a table of phrases", "replace")
    for phrase, new in table.items():
        if not isinstance(new, str) or not phrase.strip():
            raise _Refused(f"what replaces '{phrase}' has to be a text", phrase, "replace")
    return MappingProxyType(dict(table))


def _examples(data: Mapping[str, Any], section: str) -> tuple[ActionExample, ...]:
    given = data.get("examples", [])
    if not isinstance(given, list) or len(given) > _MAX_EXAMPLES:
        raise _Refused(f"'examples' has to be at most {_MAX_EXAMPLES} tables", "examples", section)
    found = []
    for each in given:
        if not isinstance(each, dict) or set(each) != {"text", "answer"}:
            raise _Refused("an example has a 'text' and an 'answer'", "examples", section)
        found.append(
            ActionExample(
                _text(each, "text", section=section), _text(each, "answer", section=section)
            )
        )
    return tuple(found)


def _known(data: Mapping[str, Any], fields: frozenset[str], section: str = "") -> None:
    for key in data:
        if key not in fields:
            raise _Refused(f"there is no field '{key}'", key, section)


def _text(
    data: Mapping[str, Any],
    key: str,
    default: str = "",
    *,
    most: int = _MAX_TEXT,
    section: str = "",
) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise _Refused(f"'{key}' has to be a text in quotation marks", key, section)
    if len(value) > most:
        raise _Refused(f"'{key}' is longer than {most} characters", key, section)
    return value


def _choice(
    data: Mapping[str, Any], key: str, kind: type[Choice], default: Choice, section: str = ""
) -> Choice:
    value = data.get(key, default)
    found = next((each for each in kind if each == value), None)
    if found is None:
        raise _Refused(f"'{key}' has to be one of {', '.join(kind)}", key, section)
    return found


def _number(value: object, key: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise _Refused(f"'{key}' has to be a number from 0 to {most:g}", key)
    return float(value)


def _length(data: Mapping[str, Any]) -> tuple[float, float]:
    value = data.get("length", [0.0, 0.0])
    if not isinstance(value, list) or len(value) != 2:
        raise _Refused("'length' has to be two numbers, like [0.5, 1.5]", "length")
    least, most = (_number(each, "length", _MAX_RATIO) for each in value)
    if least > most:
        raise _Refused("in 'length' the least comes first", "length")
    return least, most


def _switch(data: Mapping[str, Any], key: str, section: str = "") -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise _Refused(f"'{key}' has to be true or false", key, section)
    return value


def _line(text: str, key: str, section: str) -> int:
    """The line in which ``key`` is set, the first of its section, or 1 where neither is there."""
    found = 1
    inside = not section
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\s*\[", line):
            here = re.sub(r"[\s\[\]\"']", "", line.split("#", 1)[0])
            inside = here == section or (bool(section) and here.startswith(f"{section}."))
            if here in (section, key, f"{section}.{key}", f"family.{key}") and found == 1:
                found = number
        elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return found


def action_text(action: RewriteAction) -> str:
    """``action`` as TOML; ``parse_action`` makes the same action of it."""
    lines = [f"name = {_quoted(action.name)}", f"title = {_quoted(action.title)}"]
    plain = RewriteAction("", "", ActionPrompt(""))
    for key in ("icon", "shortcut", "role", "output", "piece", "form"):
        value = getattr(action, key)
        if value != getattr(plain, key):
            lines.append(f"{key} = {_quoted(str(value))}")
    if action.temperature != plain.temperature:
        lines.append(f"temperature = {action.temperature!r}")
    if action.length != plain.length:
        lines.append(f"length = [{action.length[0]!r}, {action.length[1]!r}]")
    if action.headings:
        lines.append("headings = true")
    lines += _prompt_lines(action.prompt, ActionPrompt(""), "")
    if action.replace:
        lines += ["", "[replace]"]
        lines += [f"{_one_line(old)} = {_one_line(new)}" for old, new in action.replace.items()]
    for family, prompt in action.families.items():
        section = (
            f"family.{family if re.fullmatch(r'[A-Za-z0-9_-]+', family) else _one_line(family)}"
        )
        lines += ["", f"[{section}]", *_prompt_lines(prompt, action.prompt, section)]
    return "\n".join(lines) + "\n"


def _prompt_lines(prompt: ActionPrompt, usual: ActionPrompt, section: str) -> list[str]:
    lines = []
    for key in ("instruction", "system"):
        value = getattr(prompt, key)
        if value != getattr(usual, key) or (key == "instruction" and not section):
            lines.append(f"{key} = {_quoted(value)}")
    if prompt.unable:
        lines.append("unable = true")
    if prompt.prefer is not Preference.MODEL:
        lines.append(f"prefer = {_quoted(prompt.prefer)}")
    if prompt.piece is not None:
        lines.append(f"piece = {_quoted(prompt.piece)}")
    if prompt.pattern:
        lines.append(f"pattern = {_quoted(prompt.pattern)}")
    if section and prompt.examples != usual.examples and not prompt.examples:
        lines.append("examples = []")
    elif prompt.examples != usual.examples:
        for each in prompt.examples:
            lines += ["", f"[[{section + '.' if section else ''}examples]]"]
            lines += [f"text = {_quoted(each.text)}", f"answer = {_quoted(each.answer)}"]
    return lines


def _one_line(text: str) -> str:
    """A TOML string on one line, fit for a key too."""
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", body) + '"'


def _quoted(text: str) -> str:
    """A TOML string; of several lines where the text has them."""
    escape: Callable[[re.Match[str]], str] = lambda match: f"\\u{ord(match[0]):04x}"  # noqa: E731
    several = "\n" in text
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    body = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]" if several else r"[\x00-\x1f\x7f]", escape, body)
    return f'"""\n{body}"""' if several else f'"{body}"'

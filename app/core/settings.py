"""The table of settings, and the file they are kept in."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.endings import Ending
from app.core.files import replace_file, set_aside
from app.core.formats.page_setup import HEADERS, NUMBERS
from app.core.grammar.dialects import FOLLOW
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.setting import (
    APPEARANCE,
    MODEL,
    ORIGIN,
    PAGE,
    SPELLING,
    SUGGESTIONS,
    WRITING,
    Setting,
    SettingValue,
)
from engine import GATES

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "system",
        QT_TRANSLATE_NOOP("Settings", "Theme"),
        choices=("system", "paper", "night", "sepia", "contrast"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "As the system"),
            QT_TRANSLATE_NOOP("Settings", "Paper"),
            QT_TRANSLATE_NOOP("Settings", "Night"),
            QT_TRANSLATE_NOOP("Settings", "Sepia"),
            QT_TRANSLATE_NOOP("Settings", "High contrast"),
        ),
        section=APPEARANCE,
    ),
    Setting(
        "language",
        "system",
        QT_TRANSLATE_NOOP("Settings", "Language"),
        choices=("system", "en", "zh_CN"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "As the system"),
            "English",
            "\u7b80\u4f53\u4e2d\u6587",
        ),
        section=APPEARANCE,
    ),
    Setting(
        "motion",
        "system",
        QT_TRANSLATE_NOOP("Settings", "Motion"),
        choices=("system", "full", "reduced"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "As the system"),
            QT_TRANSLATE_NOOP("Settings", "As usual"),
            QT_TRANSLATE_NOOP("Settings", "As little as possible"),
        ),
        section=APPEARANCE,
        description=QT_TRANSLATE_NOOP(
            "Settings", "With little motion the caret does not blink, and nothing fades or slides."
        ),
    ),
    Setting(
        "editor.font_family",
        "",
        QT_TRANSLATE_NOOP("Settings", "Reading font"),
        section=PAGE,
        font=True,
    ),
    Setting(
        "editor.font_size",
        17,
        QT_TRANSLATE_NOOP("Settings", "Text size"),
        minimum=8,
        maximum=72,
        section=PAGE,
        unit=QT_TRANSLATE_NOOP("Settings", "pixels"),
    ),
    Setting(
        "editor.column",
        68,
        QT_TRANSLATE_NOOP("Settings", "Width of the page"),
        minimum=30,
        maximum=160,
        section=PAGE,
        description=QT_TRANSLATE_NOOP("Settings", "Lines of 60 to 75 characters read best."),
        unit=QT_TRANSLATE_NOOP("Settings", "characters"),
    ),
    Setting(
        "editor.pictures",
        True,
        QT_TRANSLATE_NOOP("Settings", "Show pictures where the mouse rests on them"),
        section=PAGE,
        description=QT_TRANSLATE_NOOP(
            "Settings", "Pictures on this computer only; nothing is ever fetched from a network."
        ),
    ),
    Setting(
        "files.autosave",
        False,
        QT_TRANSLATE_NOOP("Settings", "Save files by themselves"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "After a pause in writing, and when you turn to something else. A text that was never "
            "saved has no file yet: save it once.",
        ),
    ),
    Setting(
        "goal.words",
        0,
        QT_TRANSLATE_NOOP("Settings", "Words to write in a day"),
        minimum=0,
        maximum=100_000,
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "The status bar shows how far you are, over all documents. 0 means no goal.",
        ),
        unit=QT_TRANSLATE_NOOP("Settings", "words"),
    ),
    Setting(
        "session.restore",
        True,
        QT_TRANSLATE_NOOP("Settings", "Begin with what was open last time"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "With it, texts that were never saved are kept for the next start as well.",
        ),
    ),
    Setting(
        "editor.line_spacing",
        150,
        QT_TRANSLATE_NOOP("Settings", "Height of lines"),
        minimum=150,
        maximum=250,
        section=PAGE,
        unit="%",
    ),
    Setting(
        "editor.paragraph_spacing",
        0,
        QT_TRANSLATE_NOOP("Settings", "Space between paragraphs"),
        minimum=0,
        maximum=150,
        section=PAGE,
        unit="%",
    ),
    Setting(
        "editor.caret_width",
        2,
        QT_TRANSLATE_NOOP("Settings", "Width of the caret"),
        minimum=1,
        maximum=8,
        section=PAGE,
        unit=QT_TRANSLATE_NOOP("Settings", "pixels"),
    ),
    Setting(
        "editor.caret_blinks",
        True,
        QT_TRANSLATE_NOOP("Settings", "The caret blinks"),
        section=PAGE,
    ),
    Setting(
        "writing.smart_typing",
        False,
        QT_TRANSLATE_NOOP("Settings", "Typographic quotes and dashes"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings", "Backspace right after one brings back what you typed. Never in code."
        ),
    ),
    Setting(
        "rewrite.unreviewed",
        False,
        QT_TRANSLATE_NOOP("Settings", "Apply rewrites without review"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "One that touches numbers, names, dates, links, negations or quoted words is shown for "
            "review all the same. Undo takes any rewrite back.",
        ),
    ),
    Setting(
        "focus.on",
        False,
        QT_TRANSLATE_NOOP("Settings", "Focus mode"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP("Settings", "All but the words around the caret steps back."),
    ),
    Setting(
        "focus.extent",
        "paragraph",
        QT_TRANSLATE_NOOP("Settings", "What stays in focus"),
        choices=("paragraph", "sentence"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "The paragraph"),
            QT_TRANSLATE_NOOP("Settings", "The sentence"),
        ),
        section=WRITING,
    ),
    Setting(
        "editor.typewriter",
        False,
        QT_TRANSLATE_NOOP("Settings", "Typewriter scrolling"),
        section=WRITING,
        description=QT_TRANSLATE_NOOP(
            "Settings", "The line that you write stays in the middle of the page."
        ),
    ),
    Setting(
        "ghost.enabled",
        True,
        QT_TRANSLATE_NOOP("Settings", "Suggest the next words as I write"),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings", "When this is off, a suggestion comes only when you ask for one."
        ),
    ),
    Setting(
        "ghost.delay_ms",
        350,
        QT_TRANSLATE_NOOP("Settings", "Pause before a suggestion appears"),
        minimum=0,
        maximum=5000,
        section=SUGGESTIONS,
        unit=QT_TRANSLATE_NOOP("Settings", "milliseconds"),
    ),
    Setting(
        "ghost.adaptive",
        True,
        QT_TRANSLATE_NOOP("Settings", "Adapt that pause to how I write"),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "Suggestions come when your hands rest, wait longer after five refusals, and stop "
            "after ten until you want them again.",
        ),
    ),
    Setting(
        "ghost.eagerness",
        "balanced",
        QT_TRANSLATE_NOOP("Settings", "How sure a suggestion must be"),
        choices=tuple(GATES),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "Very sure: few, and seldom wrong"),
            QT_TRANSLATE_NOOP("Settings", "Fairly sure"),
            QT_TRANSLATE_NOOP("Settings", "Less sure: more, and more often wrong"),
        ),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings", "A suggestion you ask for is shown however unsure it is."
        ),
    ),
    Setting(
        "ghost.better",
        True,
        QT_TRANSLATE_NOOP("Settings", "Better continuations"),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "Suggestions come from a form of the model that was taught to go on with prose, where "
            "there is one for it. It is prepared once and takes more memory.",
        ),
    ),
    Setting(
        "ghost.ending",
        Ending.SENTENCE.value,
        QT_TRANSLATE_NOOP("Settings", "How far a suggestion goes"),
        choices=tuple(ending.value for ending in Ending),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "To the end of a phrase"),
            QT_TRANSLATE_NOOP("Settings", "To the end of the sentence"),
            QT_TRANSLATE_NOOP("Settings", "As far as the longest"),
        ),
        section=SUGGESTIONS,
    ),
    Setting(
        "ghost.max_tokens",
        16,
        QT_TRANSLATE_NOOP("Settings", "Longest suggestion"),
        minimum=1,
        maximum=64,
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP("Settings", "A token is a short word or a piece of one."),
        unit=QT_TRANSLATE_NOOP("Settings", "tokens"),
    ),
    Setting(
        "ghost.everywhere",
        False,
        QT_TRANSLATE_NOOP("Settings", "Suggest in headings, code and addresses too"),
        section=SUGGESTIONS,
    ),
    Setting(
        "ghost.tab_in_lists",
        False,
        QT_TRANSLATE_NOOP("Settings", "Tab takes a suggestion in lists and tables too"),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings", "Otherwise it indents the item there, or goes to the next cell."
        ),
    ),
    Setting(
        "avoid.words",
        [],
        QT_TRANSLATE_NOOP("Settings", "Words to avoid"),
        section=SUGGESTIONS,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "Words and phrases of your own that suggestions, rewrites and answers do without. What "
            "you write yourself is never touched.",
        ),
    ),
    Setting(
        "generated.notice",
        True,
        QT_TRANSLATE_NOOP("Settings", "Say where text was generated that it may be wrong"),
        section=SUGGESTIONS,
    ),
    Setting(
        "spelling.enabled",
        True,
        QT_TRANSLATE_NOOP("Settings", "Check spelling as I write"),
        section=SPELLING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "Languages, dictionaries and your own words are in the Write menu, under Spelling and "
            "Dictionaries.",
        ),
    ),
    Setting(
        "spelling.capitals",
        False,
        QT_TRANSLATE_NOOP("Settings", "Check words in capitals too"),
        section=SPELLING,
    ),
    Setting("spelling.language", "system"),
    Setting(
        "grammar.enabled",
        True,
        QT_TRANSLATE_NOOP("Settings", "Check grammar as I write"),
        section=SPELLING,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "In English, by rules, where nothing is being typed. They take about 250 MB of memory. "
            "Each can be switched off in the Write menu, under Grammar Rules.",
        ),
    ),
    Setting(
        "grammar.dialect",
        FOLLOW,
        QT_TRANSLATE_NOOP("Settings", "English that grammar is checked for"),
        choices=(FOLLOW, "american", "british", "australian", "canadian", "indian"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "As the spelling"),
            QT_TRANSLATE_NOOP("Settings", "American"),
            QT_TRANSLATE_NOOP("Settings", "British"),
            QT_TRANSLATE_NOOP("Settings", "Australian"),
            QT_TRANSLATE_NOOP("Settings", "Canadian"),
            QT_TRANSLATE_NOOP("Settings", "Indian"),
        ),
        section=SPELLING,
    ),
    Setting("grammar.rules", {}),
    Setting(
        "device",
        "auto",
        QT_TRANSLATE_NOOP("Settings", "What computes (from the next start)"),
        choices=("auto", "cpu", "gpu"),
        choice_titles=(
            QT_TRANSLATE_NOOP("Settings", "The graphics card, if there is one"),
            QT_TRANSLATE_NOOP("Settings", "The processor"),
            QT_TRANSLATE_NOOP("Settings", "The graphics card"),
        ),
        section=MODEL,
    ),
    Setting("page.paper", ""),
    Setting("page.landscape", False),
    *(
        Setting(f"page.margin_{side}", 25, minimum=5, maximum=80)
        for side in ("left", "top", "right", "bottom")
    ),
    Setting("page.text_size", 11, minimum=6, maximum=36),
    Setting("page.header", "title", choices=HEADERS),
    Setting("page.numbers", "page", choices=NUMBERS),
    Setting("page.first_header", False),
    Setting("export.format", "docx"),
    Setting(
        "origin.keep",
        True,
        QT_TRANSLATE_NOOP("Settings", "Remember where text came from"),
        section=ORIGIN,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "Which words you typed, which you pasted and which came from the model. It is kept on "
            "this computer, among Inkling's data, and never put into your files unless you say so.",
        ),
    ),
    Setting(
        "origin.prompts",
        True,
        QT_TRANSLATE_NOOP("Settings", "Remember what the model was given"),
        section=ORIGIN,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "With it a text of the model can be made again just as it was. What it was given holds "
            "your own words around it. Switching this off takes them out of what is kept already.",
        ),
    ),
    Setting(
        "origin.in_files",
        False,
        QT_TRANSLATE_NOOP("Settings", "Write it into Markdown files too"),
        section=ORIGIN,
        description=QT_TRANSLATE_NOOP(
            "Settings",
            "As a comment at the end of the file, which readers of Markdown and Inkling itself do "
            "not show: where each part came from, by which model and when. What the model was "
            "given is never in it.",
        ),
    ),
    Setting("origin.show", False),
    Setting("welcome.shown", False),
    Setting("model", ""),
    Setting("style", ""),
    Setting("model.devices", []),
    Setting("rewrite.language", ""),
    Setting("panel.visible", True),
    Setting("chat.quote", False),
    Setting("outline.visible", False),
    Setting("goal.day", ""),
    Setting("goal.added", 0, minimum=-10_000_000, maximum=10_000_000),
    Setting("window.geometry", ""),
    Setting("keys", {}),
    Setting("window.splitter", ""),
    Setting("palette.recent", []),
    Setting("recent_files", []),
)
MAX_RECENT_FILES = 12
SETTINGS_NAME = "settings.json"


class SettingsStore:
    """The settings in a JSON file; what is unknown in it survives, what is wrong is ignored.

    Only what was changed here is written over what another process has saved meanwhile. A damaged
    file is kept under a name with "damaged" in it, and the defaults hold.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table = {setting.name: setting for setting in SETTINGS}
        self._listeners: list[Callable[[str, Any], None]] = []
        self._values = self._read()
        self._changed: set[str] = set()

    def get(self, name: str) -> Any:
        """The value of a setting of the table."""
        setting = self._table[name]
        value = self._values.get(name, setting.default)
        return copy.copy(value if setting.accepts(value) else setting.default)

    def set(self, name: str, value: SettingValue) -> None:
        """Change a setting and tell the listeners. Raises ``ValueError`` if it does not fit."""
        if not self._table[name].accepts(value):
            raise ValueError(f"{name} cannot be {value!r}")
        if value == self.get(name):
            return
        self._values[name] = copy.copy(value)
        self._changed.add(name)
        for listener in tuple(self._listeners):
            listener(name, value)

    def is_default(self, name: str) -> bool:
        """Whether a setting has the value it comes with."""
        return bool(self.get(name) == self._table[name].default)

    def reset(self, name: str) -> None:
        """Give a setting the value it comes with."""
        self.set(name, self._table[name].default)

    def subscribe(self, listener: Callable[[str, Any], None]) -> Callable[[], None]:
        """Call ``listener(name, value)`` at each change; returns how to stop that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def save(self) -> None:
        """Write the file. Raises ``OSError``."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        values = self._values | self._read() | {name: self._values[name] for name in self._changed}
        replace_file(self._path, json.dumps(values, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except OSError:
            return {}
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            return values
        set_aside(self._path)
        return {}

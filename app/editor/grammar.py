"""The grammar of one page: what rules find in it, under the spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QColor, QPen, QTextBlock

from app.core.found import Mark
from app.core.grammar.choices import is_own_word, place_of
from app.core.grammar.client import GrammarFinding
from app.core.grammar.dialects import FOLLOW, dialect_for
from app.editor.editor import Editor
from app.editor.grammar_check import GrammarCheck
from app.editor.grammar_menu import GrammarMenu
from app.editor.mark_layer import MarkLayer
from app.editor.model_check import ModelCheck
from app.editor.spelling import SpellingController
from app.editor.waves import draw_double
from app.services.grammar import GrammarService
from engine import Dialect, FindingSource, with_spelling

if TYPE_CHECKING:
    from app.services.theme import Theme


class GrammarController(MarkLayer):
    """Underlines what rules of grammar find, says why, and offers what is better."""

    switched_off = Signal(str)
    """The person wants nothing more of the rule of this name."""

    def __init__(
        self,
        editor: Editor,
        service: GrammarService,
        spelling: SpellingController,
        model: ModelCheck,
        parent: QObject,
    ) -> None:
        super().__init__(draw_double, parent)
        self._editor = editor
        self._service = service
        self._spelling = spelling
        self._enabled = False
        self._choice = FOLLOW
        self._off: frozenset[str] = frozenset()
        self._own: dict[tuple[str, tuple[str, ...]], bool] = {}
        """Whether changes are of the person's own words: asked with each paint."""
        self.check = GrammarCheck(editor, service, self)
        self.check.changed.connect(self.changed)
        self.check.advanced.connect(self.advanced)
        self.model = model
        model.changed.connect(self.changed)
        self.menu = GrammarMenu(editor, self)
        self.menu.passed.connect(self.pass_by)
        self.menu.silenced.connect(self.silence)
        self.menu.switched_off.connect(self.switched_off)
        spelling.language_changed.connect(self._settle)
        spelling.changed.connect(self._forget_own)
        self.check.changed.connect(self._forget_own)
        spelling.walk.add(self)

    # --- what is wanted

    def configure(self, *, enabled: bool, dialect: str, off: frozenset[str]) -> None:
        """Check or not, for a dialect or that of the spelling, without the rules ``off``."""
        self._enabled, self._choice, self._off = enabled, dialect, off
        self._settle()

    def dialect(self) -> Dialect | None:
        """The English that is checked for, None where nothing is."""
        if not (self._enabled and self._service.is_usable()):
            return None
        return dialect_for(self._choice, self._spelling.dictionary_of_text())

    def read_with_model(self) -> bool:
        """Have the model read the whole document; False where it is not English."""
        dictionary = self._spelling.dictionary_of_text()
        dialect, spelling = dialect_for(self._choice, dictionary), self._spelling.findings()
        if dialect is None or spelling is None:
            return False
        if self._service.is_usable():
            rules: FindingSource = self._service.findings(dialect, self._off)
            self.model.begin((with_spelling(rules, spelling),))
        else:
            self.model.begin((spelling,))
        return True

    @Slot(int, object)
    def pass_by(self, start: int, finding: GrammarFinding) -> None:
        """Take one finding, in the paragraph that begins at u16 ``start``, for right."""
        place = place_of(finding, self._editor.document().findBlock(start).text())
        self._spelling.choose_and_keep(self._spelling.chosen().passing(place))

    @Slot(str)
    def silence(self, rule: str) -> None:
        """Let a rule find nothing in this document."""
        self._spelling.choose_and_keep(self._spelling.chosen().without_rule(rule))

    def apply_theme(self, theme: Theme) -> None:
        """Take the colour of the lines."""
        self.pen = QPen(QColor(theme.accent), 1.0)
        self.changed.emit()

    def findings(self, block: QTextBlock) -> list[GrammarFinding]:
        """What is shown in a paragraph."""
        shown = self._spelling.marks.of(self, block)
        return [mark for mark in shown if isinstance(mark, GrammarFinding)]

    @Slot()
    def _settle(self) -> None:
        self.check.use(self.dialect(), self._off)

    # --- as a layer of marks

    def is_on(self) -> bool:
        """Whether the document is checked, or was read by the model."""
        return self.check.is_on() or self.model.any_found()

    def standing(self, block: QTextBlock) -> Sequence[GrammarFinding]:
        """What was found in a paragraph and is not to be let be.

        Where rules and the model differ it is the model's, which knows what the rules propose.
        """
        model = self.model.found(block)
        rules = [
            each
            for each in self.check.found(block)
            if not any(each.start < other.end and other.start < each.end for other in model)
        ]
        if not (model or rules):
            return ()
        chosen, line = self._spelling.chosen(), block.text()
        return [
            each
            for each in sorted((*model, *rules), key=lambda each: each.start)
            if each.rule not in chosen.rules
            and not self._is_own(each)
            and (not chosen.passed or place_of(each, line) not in chosen.passed)
        ]

    def _is_own(self, finding: GrammarFinding) -> bool:
        key = (finding.text, finding.replacements[:1])
        known = self._own.get(key)
        if known is None:
            known = self._own[key] = is_own_word(finding, self._spelling.accepts)
        return known

    @Slot()
    def _forget_own(self) -> None:
        self._own.clear()

    def may_hold(self, number: int) -> bool | None:
        """Whether something was found in a paragraph; None while that is not known."""
        by_rules = self.check.may_hold(number) if self.check.is_on() else False
        return self.model.may_hold(number) or by_rules

    def check_first(self, number: int) -> None:
        """Check this paragraph and those behind it before all others."""
        self.check.check_first(number)

    def offer(self, start: int, mark: Mark, place: QPoint, *, standard: bool) -> None:
        """Open the menu for a finding."""
        if isinstance(mark, GrammarFinding):
            self.menu.offer(start, mark, place, standard=standard)

"""The menu at something that a rule finds: why, what may come in its place, and letting it be."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction

from app.core.grammar.client import GrammarFinding
from app.editor.editor import Editor
from app.editor.mark_menu import MarkMenu
from app.services.kinds import kind_title

_WIDTH = 320
_MARGINS = (24, 6, 10, 4)
"""The words stand where those of the entries do."""
_MOST = 6
"""Replacements that are offered."""
_SHOWN = 60
"""Code points of a replacement that are shown."""


class GrammarMenu(MarkMenu):
    """Says what is wrong, above what may come in its place."""

    passed = Signal(int, object)
    """In the paragraph that begins at this u16 position this ``GrammarFinding`` is none."""
    silenced = Signal(str)
    """The rule of this name finds nothing in this document."""
    switched_off = Signal(str)
    """The rule of this name is off everywhere."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(editor, parent)
        self._finding: GrammarFinding | None = None

    def offer(self, start: int, finding: GrammarFinding, place: QPoint, *, standard: bool) -> None:
        """Open the menu for a finding in the paragraph that begins at u16 ``start``.

        ``place`` is on the screen; ``standard`` has the page's usual menu follow.
        """
        self._aim(start, finding, place, standard=standard)
        self._finding = finding
        own = [(self.tr("&Ignore This"), self._pass)]
        if finding.rule:
            own += [
                (self.tr("Ignore This Rule in This &Document"), self._silence),
                (self.tr("&Switch Off This Rule"), self._switch_off),
            ]
        menu, before = self._build(own)
        menu.insertAction(before, self._reason(menu, finding))
        replacements = [(self._title(each), each) for each in finding.replacements[:_MOST]]
        if not replacements:
            self._note(menu, before, self.tr("No suggestions"))
        self._fill(menu, before, replacements)
        menu.popup(place)

    def _reason(self, menu: QMenu, finding: GrammarFinding) -> QWidgetAction:
        kind = html.escape(kind_title(finding.kind))
        said = explained(finding.message) or html.escape(self.tr("The model would change this."))
        label = QLabel(f"<b>{kind}</b><br>{said}", menu)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFixedWidth(_WIDTH)
        label.setContentsMargins(*_MARGINS)
        label.setObjectName("reason")
        action = QWidgetAction(menu)
        action.setDefaultWidget(label)
        action.setText(f"{kind_title(finding.kind)}. {finding.message}")  # for screen readers
        action.setEnabled(False)
        return action

    def _title(self, replacement: str) -> str:
        text = self._text()
        if not replacement:
            if not text.strip():
                return self.tr("Remove the space")
            return self.tr("Remove \u201c{text}\u201d").format(text=text.strip())
        if not replacement.strip():
            return self.tr("One space")
        return replacement if len(replacement) <= _SHOWN else replacement[: _SHOWN - 1] + "\u2026"

    @Slot()
    def _pass(self) -> None:
        self.passed.emit(self._start, self._finding)

    @Slot()
    def _silence(self) -> None:
        if self._finding is not None:
            self.silenced.emit(self._finding.rule)

    @Slot()
    def _switch_off(self) -> None:
        if self._finding is not None:
            self.switched_off.emit(self._finding.rule)


def explained(message: str) -> str:
    """A rule's sentence in HTML; what it has as code is in quotation marks."""
    return re.sub(r"`([^`]*)`", "\u201c\\1\u201d", html.escape(message, quote=False))

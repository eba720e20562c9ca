"""The bar below the page that finds and replaces."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.core.find import Query
from app.editor.finder import Finder, FindState
from app.services.icons import icon
from app.services.sentences import said
from app.services.theme import Theme

_FIELD_WIDTH = 280


class _Field(QLineEdit):
    """A line that tells whether Enter was pressed with Shift or Ctrl."""

    entered = Signal(object)
    """The modifiers held."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(event.modifiers())
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """Hidden until ``open``; what it finds and marks is the ``Finder``'s work."""

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_fields()
        self._make_buttons()
        self._message = QLabel(self)
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        self._arrange()
        finder.changed.connect(self._show_state)
        finder.replaced.connect(self._say_replaced)
        finder.refused.connect(self._say_refused)
        self.hide()

    def open(self, *, replace: bool) -> None:
        """Show the bar, with or without the row that replaces, and begin from the caret."""
        selected = self._finder.begin()
        self._show_replacing(replace)
        self.show()
        if selected:
            self.wanted.setText(selected)
        field = self.replacement if replace and self.wanted.text() and selected else self.wanted
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        self._look()

    @Slot()
    def find_next(self) -> None:
        """The next match; the bar opens when there is nothing to look for."""
        if self.wanted.text():
            self._finder.find_next()
        else:
            self.open(replace=False)

    @Slot()
    def find_previous(self) -> None:
        """The match before; the bar opens when there is nothing to look for."""
        if self.wanted.text():
            self._finder.find_previous()
        else:
            self.open(replace=False)

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar and go back to the page, where the match last found stays selected."""
        self.in_selection.setChecked(False)
        self._finder.stop()
        self.hide()
        self._finder.editor().setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        for button, name in (
            (self.match_case, "case-sensitive"),
            (self.whole_words, "whole-word"),
            (self.expression, "regex"),
            (self.in_selection, "text-select"),
            (self._previous, "chevron-up"),
            (self._next, "chevron-down"),
            (self._close, "x"),
        ):
            button.setIcon(icon(name, theme, words=False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    # --- making

    def _make_fields(self) -> None:
        self.wanted = _Field(self)
        self.wanted.setMinimumWidth(_FIELD_WIDTH)
        self.wanted.textChanged.connect(self._look)
        self.wanted.entered.connect(self._find_entered)
        self.replacement = _Field(self)
        self.replacement.setMinimumWidth(_FIELD_WIDTH)
        self.replacement.entered.connect(self._replace_entered)
        self.replacement.textChanged.connect(self._quiet)
        self._count = QLabel(self)

    def _make_buttons(self) -> None:
        self.match_case = self._switch()
        self.whole_words = self._switch()
        self.expression = self._switch()
        for switch in (self.match_case, self.whole_words, self.expression):
            switch.toggled.connect(self._look)
        self.in_selection = self._switch()
        self.in_selection.toggled.connect(self._confine)
        self._previous, self._next, self._close = (self._tool() for _ in range(3))
        self._previous.clicked.connect(self._finder.find_previous)
        self._next.clicked.connect(self._finder.find_next)
        self._close.clicked.connect(self.close_bar)
        self._replace = QPushButton(self)
        self._replace.clicked.connect(self._replace_one)
        self._replace_all = QPushButton(self)
        self._replace_all.clicked.connect(self._replace_every)
        self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Find"))
        self.wanted.setPlaceholderText(self.tr("Find"))
        self.wanted.setAccessibleName(self.tr("Find"))
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self.replacement.setAccessibleName(self.tr("Replace with"))
        self.replacement.setToolTip(
            self.tr(
                "With regular expressions: \\1 is what the first group matched, \\0 all of it, "
                "\\n a line break, \\t a tab, \\\\ a backslash."
            )
        )
        self._replace.setText(self.tr("Replace"))
        self._replace_all.setText(self.tr("Replace All"))
        self._replace_all.setToolTip(self.tr("Ctrl+Enter"))
        for button, name in (
            (self.match_case, self.tr("Match case")),
            (self.whole_words, self.tr("Whole words")),
            (self.expression, self.tr("Regular expression")),
            (self.in_selection, self.tr("Only in the selection")),
            (self._previous, self.tr("Previous match")),
            (self._next, self.tr("Next match")),
            (self._close, self.tr("Close")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)

    def _tool(self) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _switch(self) -> QToolButton:
        button = self._tool()
        button.setCheckable(True)
        return button

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(8)
        layout.addWidget(self.wanted, 0, 0)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for button in (self.match_case, self.whole_words, self.expression, self.in_selection):
            tools.addWidget(button)
        tools.addSpacing(8)
        tools.addWidget(self._previous)
        tools.addWidget(self._next)
        tools.addSpacing(4)
        tools.addWidget(self._count)
        tools.addStretch(1)
        tools.addWidget(self._close)
        layout.addLayout(tools, 0, 1)
        layout.addWidget(self.replacement, 1, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._replace)
        buttons.addWidget(self._replace_all)
        buttons.addStretch(1)
        layout.addLayout(buttons, 1, 1)
        layout.addWidget(self._message, 2, 0, 1, 2)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        order = (self.wanted, self.replacement, self.match_case, self.whole_words, self.expression)
        for first, second in itertools.pairwise(order):
            self.setTabOrder(first, second)

    # --- asking

    def query(self) -> Query:
        """What the bar asks for."""
        return Query(
            self.wanted.text(),
            regular_expression=self.expression.isChecked(),
            whole_words=self.whole_words.isChecked(),
            match_case=self.match_case.isChecked(),
        )

    @Slot()
    def _look(self) -> None:
        self._quiet()
        if not self.isHidden():
            self._finder.look_for(self.query())

    @Slot(bool)
    def _confine(self, on: bool) -> None:
        self._quiet()
        if not self._finder.set_in_selection(on):
            self.in_selection.setChecked(False)
            self._say(self.tr("Select the text to search in first."), alarm=True)

    @Slot(object)
    def _find_entered(self, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._finder.find_previous()
        else:
            self._finder.find_next()

    @Slot(object)
    def _replace_entered(self, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._replace_every()
        else:
            self._replace_one()

    @Slot()
    def _replace_one(self) -> None:
        self._quiet()
        self._finder.replace(self.replacement.text())

    @Slot()
    def _replace_every(self) -> None:
        self._quiet()
        self._finder.replace_all(self.replacement.text())

    # --- saying

    def _show_replacing(self, on: bool) -> None:
        for widget in (self.replacement, self._replace, self._replace_all):
            widget.setVisible(on)

    @Slot(object)
    def _show_state(self, state: FindState) -> None:
        self._count.setText(self._words(state) if self.wanted.text() else "")

    def _words(self, state: FindState) -> str:
        number = self.locale().toString
        if state.searching and not state.count:
            return self.tr("searching")
        if not state.complete:
            return self.tr("{count} found; the pattern takes too long").format(
                count=number(state.count)
            )
        if not state.count:
            return self.tr("not found")
        if not state.current:
            one = self.tr("1 match")
            many = self.tr("{count} matches").format(count=number(state.count))
            return one if state.count == 1 else many
        words = self.tr("{current} of {count}").format(
            current=number(state.current), count=number(state.count)
        )
        if state.wrapped > 0:
            return self.tr("{place}, from the top again").format(place=words)
        if state.wrapped < 0:
            return self.tr("{place}, from the end again").format(place=words)
        return words

    @Slot(int)
    def _say_replaced(self, count: int) -> None:
        if count == 1:
            self._say(self.tr("1 match was replaced."))
        else:
            shown = self.locale().toString(count)
            self._say(self.tr("{count} matches were replaced.").format(count=shown))

    @Slot(object)
    def _say_refused(self, reason: Exception | str) -> None:
        if not isinstance(reason, str):
            self._count.clear()  # nothing was looked for
        self._say(reason if isinstance(reason, str) else said(reason), alarm=True)

    def _say(self, text: str, *, alarm: bool = False) -> None:
        self._message.setText(text)
        self._message.setAccessibleName(text)
        self._message.setProperty("alarm", alarm)
        self.style().unpolish(self._message)
        self.style().polish(self._message)
        self._message.show()

    @Slot()
    def _quiet(self) -> None:
        self._message.hide()
        self._message.clear()

    def message(self) -> str:
        """What is said below the fields, "" if nothing is."""
        return self._message.text()

    def count_text(self) -> str:
        """What is said of the matches."""
        return self._count.text()

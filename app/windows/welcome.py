"""The welcome: language, theme, the model, and where to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.setting import Setting
from app.core.settings import SETTINGS, SettingsStore
from app.services.sentences import said
from app.windows.preference_fields import ChoiceField, Field
from app.windows.theme_field import ThemeField
from engine import EngineState, EngineStatus

_WIDTH = 760
_MARGIN, _SIDE, _GAP = 16, 32, 12
_NAMES = 80
"""Pixels for what stands before each row."""


class WelcomeCard(QFrame):
    """Lies over the page. Esc closes it, and so does typing, which goes on in the page.

    It is no window of its own, so that nothing stands between a person, or a program that drives
    the window, and the page.
    """

    sample_wanted = Signal()
    guide_wanted = Signal()
    closed = Signal()
    typed = Signal(object)
    """Carries the ``QKeyEvent`` with which a person began to write."""

    def __init__(self, settings: SettingsStore, status: EngineStatus, window: QMainWindow) -> None:
        super().__init__(window)
        self._settings = settings
        self._status = status
        self._content = QWidget(self)
        self.setObjectName("welcome")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._content)
        window.installEventFilter(self)
        self._fill()

    def holds_focus(self) -> bool:
        """Whether the card, or a part of it, has the window's focus."""
        now = self.window().focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    @Slot(object)
    def show_engine(self, status: EngineStatus) -> None:
        """Say how far the model is."""
        self._status = status
        self.model.setText(self._model_words())
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the window."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no part of the card wants: Esc, or the first letter of a text."""
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not held and event.text().isprintable() and event.text():
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Go round in the card: what lies below it cannot be seen."""
        parts = [part for part in self.findChildren(QWidget) if _stops_at(part)]
        if not parts:
            return super().focusNextPrevChild(forward)
        now = self.window().focusWidget()
        at = parts.index(now) if now in parts else -1
        parts[(at + (1 if forward else -1)) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once: the card itself can choose it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            chosen = self.language.editor.hasFocus()
            if self.holds_focus():
                self.setFocus()  # so that the page does not get it from parts that go
            self._content.hide()
            self._content.deleteLater()
            self._content = QWidget(self)
            self._column.addWidget(self._content)
            self._fill()
            if chosen:
                self.language.setFocus()

    def _fill(self) -> None:
        self.setAccessibleName(self.tr("Welcome"))
        title = QLabel(self.tr("Welcome to Inkling"), self._content)
        title.setProperty("role", "welcome")
        words = QLabel(
            self.tr(
                "A writing desk with a language model inside. Everything runs on this computer; "
                "nothing you write leaves it."
            ),
            self._content,
        )
        self.model = QLabel(self._model_words(), self._content)
        self.model.setObjectName("model")
        for label in (words, self.model):
            label.setWordWrap(True)
        self.language = self._followed(ChoiceField(_setting("language"), self._content))
        self.theme = self._followed(ThemeField(_setting("theme"), self._content))
        column = QVBoxLayout(self._content)
        column.setContentsMargins(_SIDE, 28, _SIDE, 24)
        column.setSpacing(16)
        for part in (title, words):
            column.addWidget(part)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Language"), self.language),
            (self.tr("Theme"), self.theme),
            (self.tr("The model"), self.model),
        )
        for name, field in rows:
            column.addLayout(self._row(name, field))
        column.addSpacing(4)
        column.addLayout(self._buttons())
        hint = QLabel(
            self.tr(
                "Esc, or simply beginning to type, closes this. Help > Welcome shows it again."
            ),
            self._content,
        )
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self._content.show()
        self._place()

    def _row(self, name: str, part: QWidget) -> QHBoxLayout:
        label = QLabel(name, self._content)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setFixedWidth(_NAMES)
        label.setContentsMargins(0, 0 if part is self.model else 6, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(label)
        row.addWidget(part, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.sample = QPushButton(self.tr("Try It in a Sample Document"), self._content)
        self.guide = QPushButton(self.tr("User Guide"), self._content)
        self.start = QPushButton(self.tr("Start Writing"), self._content)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, wanted in (
            (self.sample, self.sample_wanted),
            (self.guide, self.guide_wanted),
            (self.start, self.closed),
        ):
            button.clicked.connect(wanted)
            row.addWidget(button)
        self.sample.setProperty("role", "first")
        row.insertStretch(2, 1)
        return row

    def _followed(self, field: Field) -> Field:
        name = field.setting.name
        field.show_value(self._settings.get(name))
        field.changed.connect(lambda value: self._settings.set(name, value))
        return field

    def _model_words(self) -> str:
        status = self._status
        if status.state is EngineState.FAILED:
            return self.tr(
                "There is none yet: {reason} Writing and saving work without it; `inkling "
                "models import` brings one in."
            ).format(reason=said(status.error) if status.error else "")
        if status.model is None:
            return self.tr("It is loading, which takes a few seconds.")
        return self.tr(
            "{name} is ready. It is small and quick, it makes mistakes, and nothing it writes "
            "enters your text before you accept it."
        ).format(name=status.model.name)

    def _place(self) -> None:
        window = self.window()
        width = min(_WIDTH, window.width() - 2 * _MARGIN)
        # Qt's boxes ask for the height of rows at another width than they get.
        shelf = self.theme.editor
        high = shelf.heightForWidth(width - 2 * _SIDE - _NAMES - _GAP)
        shelf.setFixedHeight(high)
        self.theme.setFixedHeight(high)
        height = max(
            self._column.totalHeightForWidth(width), self._column.totalMinimumSize().height()
        )
        height = min(height, window.height() - 2 * _MARGIN)
        self.setGeometry(
            (window.width() - width) // 2, (window.height() - height) // 2, width, height
        )


def _setting(name: str) -> Setting:
    return next(each for each in SETTINGS if each.name == name)


def _stops_at(part: QWidget) -> bool:
    """Whether Tab stops there: of buttons that exclude each other only at the chosen one."""
    if isinstance(part, QAbstractButton) and part.group() is not None and not part.isChecked():
        return False
    takes = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
    return takes and part.isVisible() and part.isEnabled()

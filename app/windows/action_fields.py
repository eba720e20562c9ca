"""The fields of one action of rewriting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.core.commands import REWRITE, CommandSpec
from app.core.keys import holder, keys_of, refusal
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.settings import SettingsStore
from app.services.icons import icon
from app.services.theme import THEMES, Theme
from app.windows.actions import plain, translated
from app.windows.key_field import KeyField
from app.windows.own_actions import OWN_PREFIX
from app.windows.shortcuts import KEYS, about_key, native, portable
from engine import (
    ActionForm,
    ActionOutput,
    ActionPiece,
    ActionPrompt,
    ModelRole,
    RewriteAction,
    StoredAction,
)

_CONTEXT = "ActionFields"
_OUTPUTS = {
    ActionOutput.REVIEW: QT_TRANSLATE_NOOP("ActionFields", "Review it in the place of the text"),
    ActionOutput.INSERT: QT_TRANSLATE_NOOP("ActionFields", "Insert it after the text"),
    ActionOutput.PANEL: QT_TRANSLATE_NOOP("ActionFields", "Show it in the panel"),
}
_PIECES = {
    ActionPiece.SENTENCE: QT_TRANSLATE_NOOP("ActionFields", "Sentence by sentence"),
    ActionPiece.PARAGRAPH: QT_TRANSLATE_NOOP("ActionFields", "Paragraph by paragraph"),
    ActionPiece.WHOLE: QT_TRANSLATE_NOOP("ActionFields", "All at once"),
}
_FORMS = {
    ActionForm.TEXT: QT_TRANSLATE_NOOP("ActionFields", "Text"),
    ActionForm.LIST: QT_TRANSLATE_NOOP("ActionFields", "A list"),
    ActionForm.TABLE: QT_TRANSLATE_NOOP("ActionFields", "A table"),
    ActionForm.LINE: QT_TRANSLATE_NOOP("ActionFields", "One short line"),
}
_ROLES = {
    ModelRole.ASSISTANT: QT_TRANSLATE_NOOP(
        "ActionFields", "The assistant, which is told what to do"
    ),
    ModelRole.COMPLETION: QT_TRANSLATE_NOOP(
        "ActionFields", "The one that suggests words, which goes on with the text"
    ),
}
_PLACES = ("{text}", "{selection}", "{language}", "{title}", "{before}")
ICONS = (
    "pen-line", "spell-check", "sun", "minimize-2", "maximize-2", "briefcase", "smile", "baby",
    "list", "table", "heading", "arrow-right", "languages", "sparkles", "star", "feather",
    "message-circle", "scissors", "quote", "graduation-cap",
)  # fmt: skip
_INSTRUCTION_LINES = 6


def _combo(words: Iterable[tuple[str, str]], parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    for value, text in words:
        combo.addItem(QCoreApplication.translate(_CONTEXT, text), value)
    return combo


class ActionFields(QWidget):
    """Shows an action and makes another of what the person writes; ``edited`` says so."""

    edited = Signal()

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = THEMES["paper"]
        self._action: RewriteAction | None = None
        self._key = ""
        self._showing = False
        self.title = QLineEdit(self)
        self.title.setMaxLength(60)
        self.icons = QComboBox(self)
        self.instruction = QPlainTextEdit(self)
        self.instruction.setTabChangesFocus(True)
        lines = self.instruction.fontMetrics().lineSpacing()
        self.instruction.setFixedHeight(_INSTRUCTION_LINES * lines + 16)
        self.instruction.document().setDocumentMargin(8)
        self.output = _combo(_OUTPUTS.items(), self)
        self.piece = _combo(_PIECES.items(), self)
        self.form = _combo(_FORMS.items(), self)
        self.role = _combo(_ROLES.items(), self)
        self.key = KeyField(self)
        self.key.setFixedWidth(160)
        self.temperature = QDoubleSpinBox(self)
        self.temperature.setRange(0, 2)
        self.temperature.setSingleStep(0.1)
        self.temperature.setFixedWidth(96)
        self.temperature.setMinimumHeight(self.key.sizeHint().height())
        self.temperature.lineEdit().setTextMargins(6, 0, 0, 0)  # as in the preferences
        self.headings = QCheckBox(self)
        self.no_key = QPushButton(self)
        self.no_key.setAutoDefault(False)
        self.about_key = QLabel(self)
        self.about_family = QLabel(self)
        for label in (self.about_key, self.about_family):
            label.setWordWrap(True)
            label.setProperty("role", "quiet")
        self._labels: dict[str, QLabel] = {}
        self._places: list[QPushButton] = []
        self._arrange()
        self._name_all()
        self._connect()

    def _arrange(self) -> None:
        places = QHBoxLayout()
        places.setSpacing(4)
        for place in _PLACES:
            button = QPushButton(place, self)
            button.setAutoDefault(False)
            button.clicked.connect(self._insert_place)
            self._places.append(button)
            places.addWidget(button)
        places.addStretch(1)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.key)
        keys.addWidget(self.no_key)
        keys.addStretch(1)
        grid = self._grid = QFormLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, part in (
            ("title", self.title),
            ("icons", self.icons),
            ("instruction", self.instruction),
            ("places", places),
            ("", self.about_family),
            ("output", self.output),
            ("piece", self.piece),
            ("form", self.form),
            ("headings", self.headings),
            ("role", self.role),
            ("temperature", self.temperature),
            ("key", keys),
            ("", self.about_key),
        ):
            label = QLabel(self)
            if name:
                self._labels[name] = label
            buddy = getattr(self, name, None)
            if isinstance(buddy, QWidget):
                label.setBuddy(buddy)
            if isinstance(part, QWidget):
                grid.addRow(label, part)
            else:
                grid.addRow(label, part)

    def _name_all(self) -> None:
        words = {
            "title": self.tr("&Title"),
            "icons": self.tr("&Icon"),
            "instruction": self.tr("I&nstruction"),
            "places": self.tr("Places"),
            "output": self.tr("&Result"),
            "piece": self.tr("&Given to the model"),
            "form": self.tr("&Form"),
            "headings": "",
            "role": self.tr("&Model"),
            "temperature": self.tr("Freed&om"),
            "key": self.tr("&Key"),
        }
        for name, text in words.items():
            self._labels[name].setText(text)
        self.headings.setText(self.tr("Rewrite &headings too"))
        self.no_key.setText(self.tr("No key"))
        self.temperature.setToolTip(
            self.tr("0 takes the likeliest word each time; more is freer, and more often wrong.")
        )
        tips = (
            self.tr("The piece of the text to rewrite"),
            self.tr("All that is rewritten, of which the piece is a part"),
            self.tr("A language, which you are asked for"),
            self.tr("The document's title"),
            self.tr("The text before"),
        )
        for button, tip in zip(self._places, tips, strict=True):
            button.setToolTip(tip)
        for combo, table in (
            (self.output, _OUTPUTS),
            (self.piece, _PIECES),
            (self.form, _FORMS),
            (self.role, _ROLES),
        ):
            for at, text in enumerate(table.values()):
                combo.setItemText(at, QCoreApplication.translate(_CONTEXT, text))
        self._show_key()

    def _connect(self) -> None:
        self.title.textEdited.connect(self._edited)
        self.instruction.textChanged.connect(self._edited)
        self.temperature.valueChanged.connect(self._edited)
        self.headings.toggled.connect(self._edited)
        for combo in (self.icons, self.output, self.piece, self.form, self.role):
            combo.currentIndexChanged.connect(self._edited)
        self.key.pressed.connect(self._pressed)
        self.key.left.connect(self._show_key)
        self.no_key.clicked.connect(self._clear_key)

    def show_action(self, stored: StoredAction | None) -> None:
        """Show an action without reporting a change; None shows nothing."""
        self._showing = True
        self._action = stored.action if stored else None
        action = self._action or RewriteAction("", "", ActionPrompt(""))
        built_in = stored is not None and stored.built_in
        self.setEnabled(stored is not None)
        self.title.setText(action.title)
        self.instruction.setPlainText(action.prompt.instruction)
        for combo, value in (
            (self.output, action.output),
            (self.piece, action.piece),
            (self.form, action.form),
            (self.role, action.role),
        ):
            combo.setCurrentIndex(combo.findData(value))
        self._show_icons(action.icon)
        self.temperature.setValue(action.temperature)
        self.headings.setChecked(action.headings)
        self._key = action.shortcut
        self.key.setEnabled(not built_in)
        self.no_key.setEnabled(not built_in and bool(self._key))
        self._show_key()
        self._show_more(action)
        self._showing = False

    def _show_more(self, action: RewriteAction) -> None:
        """Say what the file has that has no field here."""
        words = []
        if action.families:
            models = ", ".join(action.families)
            words.append(self.tr("another prompt for {models}").format(models=models))
        if action.replace:
            count = self.locale().toString(len(action.replace))
            words.append(self.tr("{count} phrases to replace").format(count=count))
        if action.prompt.examples:
            words.append(self.tr("examples"))
        self._grid.setRowVisible(self.about_family, bool(words))
        more = self.tr("Its file has besides: {things}. Export it to see and change that.")
        self.about_family.setText(more.format(things=self.tr(", ").join(words)))

    def action(self) -> RewriteAction | None:
        """The action as it is written here; what has no field stays as it was."""
        if self._action is None:
            return None
        return replace(
            self._action,
            title=self.title.text().strip(),
            icon=str(self.icons.currentData() or ""),
            prompt=replace(self._action.prompt, instruction=self.instruction.toPlainText()),
            output=ActionOutput(self.output.currentData()),
            piece=ActionPiece(self.piece.currentData()),
            form=ActionForm(self.form.currentData()),
            role=ModelRole(self.role.currentData()),
            temperature=round(self.temperature.value(), 2),
            headings=self.headings.isChecked(),
            shortcut=self._key,
        )

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        self._theme = theme
        showing, self._showing = self._showing, True
        self._show_icons(str(self.icons.currentData() or ""))
        self._showing = showing

    def _show_icons(self, chosen: str) -> None:
        self.icons.clear()
        self.icons.addItem(self.tr("None"), "")
        for name in (*ICONS, *([chosen] if chosen and chosen not in ICONS else [])):
            try:
                picture = icon(name, self._theme, words=False)
            except OSError:
                continue  # an action from elsewhere may name one that is not there
            self.icons.addItem(picture, name, name)
        self.icons.setCurrentIndex(max(0, self.icons.findData(chosen)))

    @Slot()
    def _edited(self) -> None:
        if not self._showing:
            self.edited.emit()

    @Slot()
    def _insert_place(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.instruction.insertPlainText(button.text())
            self.instruction.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QKeySequence)
    def _pressed(self, pressed: QKeySequence) -> None:
        key = portable(pressed)
        spec = CommandSpec(OWN_PREFIX, "", REWRITE)
        if key in ("Esc", "Tab", "Backtab", "Shift+Backtab"):
            self.focusNextPrevChild("Backtab" not in key)
            return
        why = refusal(key, spec)
        other = holder(key, spec, keys_of(self._settings.get(KEYS)))
        if why:
            self.about_key.setText(about_key(why, key))
        elif other is not None:
            words = self.tr("{key} is the key of {other}. Take another.")
            self.about_key.setText(
                words.format(key=native(key), other=plain(translated(other.title)))
            )
        else:
            self._key = key
            self._show_key()
            self.no_key.setEnabled(True)
            self._edited()

    @Slot()
    def _clear_key(self) -> None:
        self._key = ""
        self._show_key()
        self.no_key.setEnabled(False)
        self._edited()

    @Slot()
    def _show_key(self) -> None:
        self.key.setText(native(self._key) or self.tr("none"))
        if self.key.isEnabled():
            self.about_key.setText(self.tr("Click or go into the field and press the key."))
        else:
            self.about_key.setText(
                self.tr("Its key is changed in File > Keyboard Shortcuts, as that of any command.")
            )

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

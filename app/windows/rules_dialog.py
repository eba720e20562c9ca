"""The rules of grammar, in groups, each to be switched off or on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import shiboken6
from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.grammar.choices import rules_off, switched
from app.core.grammar.client import GrammarFailed
from app.core.grammar.words import GROUPS, plain_description, plain_name
from app.core.settings import SettingsStore
from app.services.grammar import GrammarService
from app.services.sentences import said
from engine import Dialect, RuleInfo

_SIZE = QSize(720, 620)
_NAME_WIDTH = 230
_RULE = Qt.ItemDataRole.UserRole
_CHECKED = Qt.CheckState.Checked


@dataclass(frozen=True, slots=True)
class _Group:
    """A group's own line, and those of its rules."""

    top: QTreeWidgetItem
    items: list[QTreeWidgetItem] = field(default_factory=list)


class RulesDialog(QDialog):
    """What is changed here takes effect at once."""

    def __init__(
        self,
        service: GrammarService,
        settings: SettingsStore,
        dialect: Dialect,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Grammar Rules"))
        self._settings = settings
        self._groups: dict[str, _Group] = {}
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search the rules"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Grammar rules"))
        self.tree.setHeaderLabels([self.tr("Rule"), self.tr("What it looks for")])
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(0, _NAME_WIDTH)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(False)
        self._said = QLabel(self.tr("Loading the rules\u2026"), self)
        self._said.setProperty("role", "quiet")
        self._said.setWordWrap(True)
        self.reset = QPushButton(self.tr("&Reset All"), self)
        self.reset.clicked.connect(self._reset_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for part in (self.search, self.tree, self._said, buttons):
            layout.addWidget(part, 1 if part is self.tree else 0)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))
        self.tree.itemChanged.connect(self._changed)
        self.search.textChanged.connect(self._filter)
        self._update_reset()
        service.rules(dialect, partial(_deliver, self))

    def show_rules(self, rules: tuple[RuleInfo, ...] | GrammarFailed) -> None:
        """Fill the list."""
        if isinstance(rules, GrammarFailed):
            self._said.setText(said(rules))
            return
        off = rules_off(self._settings.get("grammar.rules"))
        blocked = self.tree.blockSignals(True)
        for rule in rules:
            group = self._groups.get(rule.group)
            if group is None:
                top = QTreeWidgetItem(self.tree, [_group_title(rule.group)])
                top.setFirstColumnSpanned(True)
                group = self._groups[rule.group] = _Group(top)
            item = QTreeWidgetItem(group.top, [plain_name(rule.name), plain_description(rule)])
            group.items.append(item)
            item.setToolTip(1, plain_description(rule))
            item.setData(0, _RULE, rule.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Unchecked if rule.name in off else _CHECKED)
        self.tree.blockSignals(blocked)
        self._count()
        self._filter(self.search.text())

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of the rules, in order."""
        return [item for group in self._groups.values() for item in group.items]

    @Slot(QTreeWidgetItem, int)
    def _changed(self, item: QTreeWidgetItem, _column: int) -> None:
        rule = item.data(0, _RULE)
        if rule is not None:
            chosen = self._settings.get("grammar.rules")
            on = item.checkState(0) is _CHECKED
            self._settings.set("grammar.rules", switched(chosen, rule, on=on))
            self._count()

    @Slot()
    def _reset_all(self) -> None:
        self._settings.reset("grammar.rules")
        off = rules_off({})
        blocked = self.tree.blockSignals(True)
        for item in self.items():
            rule = item.data(0, _RULE)
            item.setCheckState(0, Qt.CheckState.Unchecked if rule in off else _CHECKED)
        self.tree.blockSignals(blocked)
        self.tree.viewport().update()
        self._count()

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for group in self._groups.values():
            some = False
            for item in group.items:
                parts = (group.top.text(0), item.text(0), item.text(1), item.data(0, _RULE))
                texts = " ".join(parts).casefold()
                fits = all(word in texts for word in words)
                item.setHidden(not fits)
                some = some or fits
            group.top.setHidden(not some)
            group.top.setExpanded(bool(words) and some)

    def _count(self) -> None:
        items = self.items()
        on = sum(item.checkState(0) is _CHECKED for item in items)
        self._said.setText(
            self.tr("{on} of {all} rules are on. Harper's rules, in English.").format(
                on=on, all=len(items)
            )
        )
        self._update_reset()

    def _update_reset(self) -> None:
        self.reset.setEnabled(not self._settings.is_default("grammar.rules"))


def _group_title(group: str) -> str:
    return QCoreApplication.translate("RuleGroups", group) if group in GROUPS else group


def _deliver(dialog: RulesDialog, rules: tuple[RuleInfo, ...] | GrammarFailed) -> None:
    if shiboken6.isValid(dialog):
        QTimer.singleShot(0, dialog, partial(dialog.show_rules, rules))

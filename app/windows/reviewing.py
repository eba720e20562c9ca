"""The commands of a review: possible only while a rewrite is under review, with their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.core.commands import COMMANDS, REVIEW
from app.editor.rewrite import RewriteController
from app.windows.desk import Desk
from app.windows.shortcuts import native, portable
from app.windows.tab import DocumentTab

_ACTS: Mapping[str, Callable[[RewriteController], object]] = {
    "review.accept": lambda rewrite: rewrite.page.accept(),
    "review.reject": lambda rewrite: rewrite.page.reject(),
    "review.next": lambda rewrite: rewrite.page.go(1),
    "review.previous": lambda rewrite: rewrite.page.go(-1),
    "review.accept_all": lambda rewrite: rewrite.accept_all(),
    "review.reject_all": lambda rewrite: rewrite.reject_all(),
    "review.later": lambda rewrite: rewrite.step(1),
    "review.earlier": lambda rewrite: rewrite.step(-1),
    "review.compare": lambda rewrite: rewrite.compare(),
}
_NEED_VERSIONS = frozenset({"review.later", "review.earlier", "review.compare"})


class Reviewing(QObject):
    """Does the commands on the document in front, and keeps them in step with its review."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions: list[QAction] = []

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        return dict.fromkeys(_ACTS, self._chosen)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The commands' actions; every document answers to their keys, page and card alike."""
        self._actions = [actions[command.id] for command in COMMANDS if command.context == REVIEW]
        for action in self._actions:
            action.changed.connect(self._key_changed)
        self._desk.for_each(self._attach)
        self._desk.current_changed.connect(self._update)
        self._update()

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if action is not None:
            _ACTS[action.objectName()](self._desk.current().rewrite)

    def _attach(self, tab: DocumentTab) -> None:
        tab.addActions(self._actions)
        tab.rewrite.review_changed.connect(self._update)
        for action in self._actions:
            self._tell_key(tab, action)

    def _tell_key(self, tab: DocumentTab, action: QAction) -> None:
        tab.rewrite.set_key(action.objectName(), native(portable(action.shortcut())))

    @Slot()
    def _key_changed(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            for tab in self._desk.tabs():
                self._tell_key(tab, action)

    @Slot()
    def _update(self) -> None:
        rewrite = self._desk.current().rewrite
        shown, versions = rewrite.page.shown(), bool(rewrite.versions()) and rewrite.active()
        for action in self._actions:
            needs = versions if action.objectName() in _NEED_VERSIONS else shown
            if action.isEnabled() != needs:
                action.setEnabled(needs)

"""The actions of rewriting as files: those that come along, and the person's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.core.files import replace_file
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling, reason
from engine import (
    ActionLibrary,
    RewriteAction,
    StoredAction,
    action_text,
    load_actions,
    read_action,
)

_NO_FILE = QT_TRANSLATE_NOOP(
    "Errors", "The action could not be written to {path}: {reason}. Nothing was changed."
)
_TAKEN = QT_TRANSLATE_NOOP(
    "Errors",
    "There is an action called {name} already. Nothing was changed. Rename one of them first, or "
    "import it again and let it take the other's place.",
)
_NOT_OWN = QT_TRANSLATE_NOOP(
    "Errors", "{name} comes with Inkling and cannot be deleted. Nothing was changed."
)


class ActionStoreError(Telling):
    """An action could not be kept or deleted."""


class ActionStore:
    """Reads and writes the files of actions; ``folders`` are the built-in ones' and the own one."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    @property
    def own_folder(self) -> Path:
        """Where the person's own actions are."""
        return self._folders[-1]

    def load(self) -> ActionLibrary:
        """All actions as they are now."""
        return load_actions(self._folders)

    def save(self, action: RewriteAction, before: StoredAction | None = None) -> Path:
        """Keep ``action`` as an own file, in the place of ``before`` where that was own.

        A built-in one keeps its file; the own one of the same name takes its place in menus.

        Raises:
            ActionStoreError: another action has the name, or the file cannot be written.
        """
        stored = self._stored(action.name)
        same = before is not None and before.action.name == action.name
        if stored is not None and not same:
            raise ActionStoreError(_TAKEN, name=action.name)
        path = stored.path if stored is not None and stored.own else self._free_file(action.name)
        self._write(path, action_text(action))
        if before is not None and before.own and before.path != path:
            self._remove(before)
        return path

    def delete(self, stored: StoredAction) -> None:
        """Delete an own action, or reset a built-in one that was changed.

        Raises:
            ActionStoreError: it is not the person's own, or the file cannot be deleted.
        """
        if not stored.own:
            raise ActionStoreError(_NOT_OWN, name=stored.action.title)
        self._remove(stored)

    def import_file(self, path: Path, *, replace_same: bool = False) -> RewriteAction:
        """Copy an action into the own folder and return it; a taken name gets a number.

        With ``replace_same`` it takes the place of an own one of the same name.

        Raises:
            ActionDamaged: the file is none.
            ActionStoreError: it cannot be written.
        """
        action = read_action(path)
        stored = self._stored(action.name)
        if stored is not None and not (replace_same and stored.own):
            action = replace(action, name=self.free_name(action.name))
            stored = None
        target = stored.path if stored else self._free_file(action.name)
        self._write(target, action_text(action))
        return action

    def export_file(self, action: RewriteAction, path: Path) -> None:
        """Write ``action`` to ``path``. Raises ``ActionStoreError``."""
        self._write(path, action_text(action))

    def free_name(self, wanted: str) -> str:
        """``wanted`` as the name of a file, with a number where there is such an action."""
        base = re.sub(r"[^a-z0-9]+", "-", wanted.casefold()).strip("-")[:30] or "action"
        names = {each.name for each in self.load().actions}
        files = {each.stem for each in self.own_folder.glob("*.toml")}
        number = 1
        name = base
        while name in names or name in files:
            number += 1
            name = f"{base}-{number}"
        return name

    def _free_file(self, name: str) -> Path:
        """A file that is not there yet: one that is no action may still be a person's work."""
        path = self.own_folder / f"{name}.toml"
        number = 1
        while path.exists():
            number += 1
            path = self.own_folder / f"{name}-{number}.toml"
        return path

    def _stored(self, name: str) -> StoredAction | None:
        return next((each for each in self.load().stored if each.action.name == name), None)

    def _write(self, path: Path, text: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, text.encode())
        except OSError as error:
            raise ActionStoreError(_NO_FILE, path=path, reason=reason(error)) from error

    def _remove(self, stored: StoredAction) -> None:
        try:
            stored.path.unlink(missing_ok=True)
        except OSError as error:
            raise ActionStoreError(_NO_FILE, path=stored.path, reason=reason(error)) from error

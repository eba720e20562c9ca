"""The actions there are: those that come along and the person's own, from folders of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ActionDamaged
from engine.rewriting.action import RewriteAction
from engine.rewriting.action_file import read_action

BUILT_IN = (
    "proofread", "clearer", "shorter", "longer", "formal", "friendly", "simpler",
    "bullets", "table", "title", "continue", "translate",
)  # fmt: skip
"""The names of the actions that come along, in the order of menus."""


@dataclass(frozen=True, slots=True)
class StoredAction:
    """An action and its file. ``own`` says that the person made it or changed a built-in one."""

    action: RewriteAction
    path: Path
    own: bool
    built_in: bool


@dataclass(frozen=True, slots=True)
class ActionLibrary:
    """All actions, the built-in ones first, and what is wrong with files that are none."""

    stored: tuple[StoredAction, ...] = ()
    problems: tuple[ActionDamaged, ...] = ()

    @property
    def actions(self) -> tuple[RewriteAction, ...]:
        """The actions in the order of menus."""
        return tuple(each.action for each in self.stored)

    def find(self, name: str) -> RewriteAction | None:
        """The action of that name."""
        return next((each for each in self.actions if each.name == name), None)


def load_actions(folders: Sequence[Path]) -> ActionLibrary:
    """The actions in ``folders``, the built-in ones' first; a later folder's replace earlier ones.

    A file that is no action is told of in ``problems``, and the others are there all the same.
    """
    found: dict[str, StoredAction] = {}
    problems: list[ActionDamaged] = []
    for place, folder in enumerate(folders):
        here: dict[str, Path] = {}
        for path in sorted(folder.glob("*.toml")):
            try:
                action = read_action(path)
                if action.name in here:
                    other = here[action.name].name
                    reason = f"{other} is called {action.name!r} too"
                    raise ActionDamaged(path, 0, reason)
            except ActionDamaged as problem:
                problems.append(problem)
                continue
            here[action.name] = path
            earlier = found.get(action.name)
            built_in = not place or (earlier is not None and earlier.built_in)
            found[action.name] = StoredAction(action, path, bool(place), built_in)
    order = {name: number for number, name in enumerate(BUILT_IN)}
    stored = sorted(
        found.values(),
        key=lambda each: (
            not each.built_in,
            order.get(each.action.name, len(order)),
            each.action.title.casefold(),
        ),
    )
    return ActionLibrary(tuple(stored), tuple(problems))

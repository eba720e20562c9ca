"""Going from one area of the window to the next by a key, since Tab writes a tab on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget


class Areas(QObject):
    """Goes round the areas that ``areas`` gives, in the order of reading.

    An area without anything to use is passed over.
    """

    def __init__(self, areas: Callable[[], Sequence[QWidget]], window: QWidget) -> None:
        super().__init__(window)
        self._areas = areas
        self._window = window

    @Slot()
    def go_to_next(self) -> None:
        """Give the focus to the next area."""
        self._go(1)

    @Slot()
    def go_to_previous(self) -> None:
        """Give the focus to the area before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        areas = [area for area in self._areas() if entrance(area) is not None]
        focused = self._window.focusWidget()
        here = next(
            (
                at
                for at, area in enumerate(areas)
                if focused is not None and (area is focused or area.isAncestorOf(focused))
            ),
            -1 if by > 0 else 0,
        )
        if areas:
            found = entrance(areas[(here + by) % len(areas)])
            if found is not None:
                found.setFocus(Qt.FocusReason.TabFocusReason)


def entrance(area: QWidget) -> QWidget | None:
    """The first part of an area that Tab could reach; None if there is none to be seen."""
    part: QWidget | None = area
    while part is not None:
        inside = part is area or area.isAncestorOf(part)
        reached = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if inside and reached and part.isVisible() and part.isEnabled():
            return part
        part = part.nextInFocusChain()
        if part is area:
            return None
    return None

"""A picture that the text names, shown while the mouse rests on its address.

The page shows exactly what the file holds, so pictures have no room between its lines. They are
read and scaled down off the interface's thread, and never fetched from a network.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPixmap
from PySide6.QtWidgets import QLabel

from app.core.formats.pictures import is_remote, local_file, read_picture
from app.editor.editor import Editor
from app.services.conversions import Conversions
from app.services.pages import picture_of

_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*(<[^>\n]+>|[^\s)]+)[^)\n]*\)")
_SIDE = 420
"""Pixels of the longer side."""
_HIDES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.Leave,
        QEvent.Type.FocusOut,
    }
)


def address_at(line: str, column: int) -> str:
    """The address of the picture whose Markdown is at that place of a line, "" for none."""
    for found in _PICTURE.finditer(line):
        if found.start() <= column < found.end():
            return found[1].strip("<>")
    return ""


class PicturePeek(QObject):
    """Watches one editor; ``base`` tells where relative addresses begin."""

    def __init__(
        self,
        editor: Editor,
        base: Callable[[], Path | None],
        conversions: Conversions,
        wanted: Callable[[], bool],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._base = base
        self._conversions = conversions
        self._wanted = wanted
        self._loading: threading.Event | None = None
        self._address = ""
        self.label = QLabel(editor, Qt.WindowType.ToolTip)
        self.label.setObjectName("peek")
        self.label.setMargin(6)
        self.label.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        editor.viewport().installEventFilter(self)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a picture where the mouse rests on one, and hide it when anything else is done."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if watched is self._editor.viewport() and self._wanted():
                return self._peek(event.pos(), event.globalPos())
        elif event.type() in _HIDES:
            self.hide()
        elif event.type() == QEvent.Type.MouseMove and self.label.isVisible():
            self._hide_elsewhere(event)
        return False

    def hide(self) -> None:
        """Show nothing."""
        self._address = ""
        if self._loading is not None:
            self._loading.set()
            self._loading = None
        self.label.hide()

    def _peek(self, place: QPoint, where: QPoint) -> bool:
        cursor = self._editor.cursorForPosition(place)
        address = address_at(cursor.block().text(), cursor.positionInBlock())
        if not address:
            self.hide()
            return False
        if address == self._address and self.label.isVisible():
            return True
        self.hide()
        self._address = address
        if is_remote(address):
            self._say(self.tr("A picture on the web; Inkling fetches nothing."), where)
            return True
        file = local_file(address, self._base())
        if file is None:
            self._say(self.tr("Save the document first: this address begins where it is."), where)
            return True

        def job(_pandoc: object, _stop: object) -> QImage | None:
            picture = read_picture(file)
            return picture_of(picture.data, _SIDE) if picture is not None else None

        def done(outcome: Any) -> None:
            if self._address != address:
                return
            if isinstance(outcome, QImage):
                self.label.setPixmap(QPixmap.fromImage(outcome))
                self._show(where)
            else:
                self._say(self.tr("No picture that can be shown: {name}").format(name=file), where)

        self._loading = self._conversions.run("", job, done, quiet=True)
        return True

    def _hide_elsewhere(self, event: QEvent) -> None:
        place = getattr(event, "position", None)
        if place is None:
            return
        cursor = self._editor.cursorForPosition(place().toPoint())
        if address_at(cursor.block().text(), cursor.positionInBlock()) != self._address:
            self.hide()

    def _say(self, words: str, where: QPoint) -> None:
        self.label.setPixmap(QPixmap())
        self.label.setText(words)
        self._show(where)

    def _show(self, where: QPoint) -> None:
        self.label.adjustSize()
        screen = self._editor.screen().availableGeometry()
        corner = where + QPoint(12, 20)
        x = max(screen.left(), min(corner.x(), screen.right() - self.label.width()))
        below = corner.y() + self.label.height() <= screen.bottom()
        y = corner.y() if below else max(screen.top(), where.y() - 12 - self.label.height())
        self.label.move(x, y)
        self.label.show()

"""Icons from bundled SVG files, in the theme's ink."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.assets import asset
from app.services.theme import Theme

_SIZES = (16, 18, 20, 24, 32, 36, 40, 48)


def icon(name: str, theme: Theme, *, words: bool = True) -> QIcon:
    """The icon ``assets/icons/NAME.svg``, drawn at each size it may be shown in.

    Before ``words`` a third of its height is left free at the right: the gap to them.
    """
    result = QIcon()
    source = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    states = ((QIcon.State.Off, theme.secondary), (QIcon.State.On, theme.accent))
    for state, colour in states:
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        for size in _SIZES:
            pixmap = QPixmap(size + (size // 3 if words else 0), size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            result.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return result

"""What Inkling is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from app.core.assets import asset
from app.core.version import inkling_version
from app.windows.dialog_frame import frame

_WIDTH = 420


class AboutDialog(QDialog):
    """What Inkling is, its version and the licences of what it contains."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Inkling"))
        picture = QLabel(self)
        picture.setPixmap(QIcon(str(asset("icons", "inkling.svg"))).pixmap(QSize(72, 72)))
        name = QLabel(self.tr("Inkling {version}").format(version=inkling_version()), self)
        font = name.font()
        font.setPixelSize(20)
        name.setFont(font)
        words = QLabel(
            self.tr(
                "A writing desk with a language model inside. Everything runs on this computer; "
                "nothing you write leaves it."
            ),
            self,
        )
        parts = QLabel(
            self.tr(
                "Inkling is under the Apache License 2.0. It contains the fonts Literata, "
                "Inter and JetBrains Mono (SIL Open Font License 1.1), icons by Lucide (ISC), "
                "Hunspell (MPL 1.1), and spelling dictionaries of American English (SCOWL) and of "
                "British English (LGPL)."
            ),
            self,
        )
        for label in (words, parts):
            label.setWordWrap(True)
        frame(self, [picture, name, words, parts])
        layout = self.layout()
        if layout is not None:
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

"""The icon in every size and format that the systems ask for, drawn from its one SVG."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

from project import APP_ID, ROOT
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = ROOT / "assets" / "icons" / "inkling.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def drawn(size: int) -> QImage:
    """The icon as a picture of ``size`` pixels on each side, its ground transparent."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def write_hicolor(share: Path) -> None:
    """Write the icon into the theme that all desktops fall back to, below ``share/icons``."""
    theme = share / "icons" / "hicolor"
    for size in SIZES:
        path = theme / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        save(drawn(size), path)
    scalable = theme / "scalable" / "apps" / f"{APP_ID}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE, scalable)


def save(image: QImage, path: Path) -> None:
    """Write a picture in the format of the file's ending. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path.name} could not be written as a picture.")


def write_ico(path: Path) -> None:
    """Write the icon for Windows, with a picture for each size it is shown in; Qt writes only one.

    Raises ``OSError``.
    """
    files = []
    for size in (16, 24, 32, 48, 64, 256):
        save(drawn(size), path)
        files.append(path.read_bytes())
    # Each has 6 bytes of its own, 16 about its picture (the last 4 say where), and the picture.
    entries, pictures = [file[6:18] for file in files], [file[22:] for file in files]
    place = 6 + 16 * len(entries)
    head = struct.pack("<HHH", 0, 1, len(entries))
    for entry, picture in zip(entries, pictures, strict=True):
        head += entry + struct.pack("<I", place)
        place += len(picture)
    path.write_bytes(head + b"".join(pictures))


def main(target: Path) -> None:
    """Write ``inkling.ico``, ``inkling.icns`` and ``inkling.png`` into ``target``."""
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    write_ico(target / "inkling.ico")
    save(drawn(512), target / "inkling.icns")
    save(drawn(256), target / "inkling.png")
    write_hicolor(target / "share")
    application.quit()


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]))

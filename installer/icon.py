"""Draw counselroom.svg as a Windows icon file. Run by the environment's interpreter: icon.py TARGET"""

import io
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)
SOURCE = Path(__file__).with_name("counselroom.svg")


def draw(size: int) -> Image.Image:
    """The picture at one size."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the type information names bytes only
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def main(target: Path) -> None:
    """Write all sizes into one file."""
    application = QGuiApplication([])
    largest, *others = [draw(size) for size in reversed(SIZES)]
    target.parent.mkdir(parents=True, exist_ok=True)
    largest.save(target, format="ICO", append_images=others, sizes=[(size, size) for size in SIZES])
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

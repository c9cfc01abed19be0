"""Icons: a file for each meaning, no file without one, drawn in the colour of the palette and sharp."""

import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from counselroom import resources
from counselroom.ui import icons, theme
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Mode


def inks(pixmap: QPixmap) -> set[str]:
    """The colours of the pixels that are fully covered."""
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


def test_files_and_meanings_match() -> None:
    files = {path.stem for path in resources.path("icons").glob("*.svg")}
    assert files == {str(icon) for icon in Icon}
    assert "ISC License" in resources.text("icons", "LICENSE")


@pytest.mark.parametrize("icon", list(Icon), ids=str)
def test_every_icon_draws(qapp: QApplication, icon: Icon) -> None:
    colours = [QColor(ink) for ink in inks(icons.pixmap(icon, 32, "danger", 2.0))]
    wanted = QColor(theme.LIGHT.danger)
    assert wanted in colours
    assert all(abs(colour.red() - wanted.red()) <= 2 for colour in colours)  # where lines meet, rounding


def test_the_colour_follows_the_palette(qapp: QApplication) -> None:
    assert inks(icons.pixmap(Icon.LOCK, 32, "ink", 2.0)) == {theme.LIGHT.ink}
    theme.apply(qapp, Mode.DARK)
    assert inks(icons.pixmap(Icon.LOCK, 32, "ink", 2.0)) == {theme.DARK.ink}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pixels_match_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = icons.pixmap(Icon.SEARCH, 16, "ink", ratio)
    assert pixmap.width() == round(16 * ratio)
    assert pixmap.deviceIndependentSize().width() == pytest.approx(16, abs=0.5)


def test_a_pixmap_is_drawn_once(qapp: QApplication) -> None:
    first, second = (icons.pixmap(Icon.PRINT, 20, "ink2", 1.0) for _ in range(2))
    assert first.cacheKey() == second.cacheKey()


def test_the_mark_is_the_icon_of_the_window(qapp: QApplication) -> None:
    image = icons.window_icon().pixmap(64, 64).toImage()
    assert image.pixelColor(0, 0).alpha() < 128  # round corners
    assert image.pixelColor(32, 6) == QColor(theme.LIGHT.accent)

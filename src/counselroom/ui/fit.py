"""The first size of the window: never more than the screen has."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from counselroom.ui.theme import Size

_TITLE_BAR = 40  # what the frame takes of the screen's height
_ROOMY_WIDTH, _ROOMY_HEIGHT = 1400, 800  # a smaller screen is filled


def fit_screen(window: QWidget, area: QRect | None = None) -> bool:
    """Fits the window into what the screen leaves; whether that is so little that the window should fill it."""
    area = window.screen().availableGeometry() if area is None else area
    width, height = area.width(), area.height() - _TITLE_BAR
    window.setMinimumSize(min(Size.MIN_WIDTH, width), min(Size.MIN_HEIGHT, height))
    window.resize(min(Size.REFERENCE_WIDTH, width), min(Size.REFERENCE_HEIGHT, height))
    return area.width() < _ROOMY_WIDTH or area.height() < _ROOMY_HEIGHT

"""The first size of the window follows the screen."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui.fit import fit_screen


@pytest.mark.parametrize(
    ("screen", "size", "least", "filled"),
    [
        ((1920, 1040), (1366, 768), (1280, 650), False),
        ((1366, 728), (1366, 688), (1280, 650), True),
        ((1280, 650), (1280, 610), (1280, 610), True),
    ],
)
def test_no_more_than_the_screen_has(
    qtbot: QtBot, screen: tuple[int, int], size: tuple[int, int], least: tuple[int, int], filled: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert fit_screen(window, QRect(0, 0, *screen)) is filled
    assert window.size() == QSize(*size)
    assert window.minimumSize() == QSize(*least)

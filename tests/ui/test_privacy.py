"""Privacy mode as pages are given it."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.ui.privacy import Privacy
from counselroom.ui.widgets import privacy as masks


def test_it_switches_the_masks_of_the_whole_window(qtbot: QtBot, qapp: QApplication) -> None:
    privacy = Privacy(qapp)
    with qtbot.waitSignal(privacy.changed) as caught:
        privacy.toggle()
    assert caught.args == [True]
    assert privacy.on
    assert masks.is_on()
    assert privacy.name("张三") == "张*"
    privacy.toggle()
    assert privacy.name("张三") == "张三"

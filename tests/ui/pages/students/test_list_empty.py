"""A school without students: what belongs here, and the first step."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counselroom.ui.pages.students.listing import ListView
from ui.pages.conftest import Desk, Open


def test_the_first_step_is_a_roster(desk: Open, shown: Callable[[Any, Desk], Any], qtbot: QtBot) -> None:
    here, led = desk(), []
    view = ListView(here.context, lambda **args: led.append(args))
    shown(view, here)
    assert view.empty.isVisible()
    assert view.empty.sentence.plain() == "这里会列出本校的学生"
    assert view.context_line() == ""
    focus = view.first_focus()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert led == [{"view": "intake"}]

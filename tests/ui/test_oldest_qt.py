"""What stands on Qt's own behaviour, in a few lines each: run on the oldest Qt that is promised as well."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.ui import icons, theme
from counselroom.ui.icons import Icon
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.tableview import TableView

pytestmark = pytest.mark.smoke


@pytest.fixture
def table(qtbot: QtBot) -> TableView:
    columns = (
        Column[tuple[str, int]]("name", "姓名", lambda row: row[0], Cell.NAME, width=120),
        Column[tuple[str, int]]("number", "学号", lambda row: row[1], Cell.NUMBER, width=90),
    )
    model = ListModel(columns, identity=lambda row: row[1])
    model.set_rows([("周沐阳", 3), ("左云帆", 1), ("郑言蹊", 2)])
    made = TableView("学生", model)
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    return made


def test_both_palettes_reach_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    field = LineEdit("口令")
    qtbot.addWidget(field)
    field.resize(200, 36)
    field.show()
    for mode, colours in ((theme.Mode.LIGHT, theme.LIGHT), (theme.Mode.DARK, theme.DARK)):
        theme.apply(qapp, mode)
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == colours.desk.lower()
        assert field.grab().toImage().pixelColor(100, 5).name() == colours.field_bg.lower()


def test_an_icon_is_drawn_in_a_colour_of_the_theme(qapp: QApplication) -> None:
    picture = icons.pixmap(Icon.LOCK, 32, "accent").toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(32) for y in range(32) if picture.pixelColor(x, y).alpha()}
    assert theme.LIGHT.accent.lower() in seen


def test_a_table_sorts_chooses_and_copies(qtbot: QtBot, table: TableView) -> None:
    model = table.model()
    assert model is not None
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [model.index(row, 0).data() for row in range(3)] == ["左云帆", "郑言蹊", "周沐阳"]
    assert table.choose(2)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "郑言蹊" in QGuiApplication.clipboard().text()
    before = table.grab().toImage()
    privacy.set_on(True)
    assert table.grab().toImage() != before

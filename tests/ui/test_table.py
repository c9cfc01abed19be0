"""The one table: sorted and filtered in the list, copied as it is shown, widths remembered, masked in privacy mode."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counselroom.ui import theme
from counselroom.ui.table import EMPTY, Cell, Column, ListModel, as_text
from counselroom.ui.theme import Size, Tone
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.tableview import TableView


@dataclass(frozen=True)
class Pupil:
    number: int
    name: str
    level: tuple[int, str] | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None


COLUMNS: tuple[Column[Pupil], ...] = (
    Column("name", "姓名", lambda row: row.name, Cell.NAME, width=100),
    Column("number", "学号", lambda row: row.number, Cell.NUMBER, width=90),
    Column(
        "level", "关注等级", lambda row: row.level, Cell.LEVEL, order=lambda row: -row.level[0] if row.level else None
    ),
    Column("tags", "关爱类别", lambda row: row.tags, Cell.TAGS, width=160),
    Column("note", "备注", lambda row: row.note, Cell.FREE_TEXT, stretch=True),
)
ROWS = (
    Pupil(3, "周沐阳", (2, "二级·重点"), ("留守", "单亲"), "睡得不好"),
    Pupil(1, "左云帆", (3, "一级·高危"), (), None),
    Pupil(2, "郑言蹊", None, ("随迁",), "=HYPERLINK(1)"),
    Pupil(12_345, "何小满", (2, "二级·重点"), (), "两\t行\n字"),
)


@pytest.fixture
def model() -> ListModel[Pupil]:
    made = ListModel(COLUMNS, identity=lambda row: row.number)
    made.set_rows(ROWS)
    return made


def numbers(model: ListModel[Pupil]) -> list[int]:
    return [row.number for row in model.rows()]


def test_the_model_keeps_the_rules_of_qt(model: ListModel[Pupil]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(1)
    model.set_filter(lambda row: row.number < 3)
    model.set_rows(())
    assert tester.model() is model


def test_cells_and_heads(model: ListModel[Pupil]) -> None:
    shown = [model.index(0, column).data() for column in range(len(COLUMNS))]
    assert shown == ["周沐阳", "3", "二级·重点", "留守、单亲", "睡得不好"]
    assert model.index(1, 4).data() == EMPTY
    assert model.index(2, 2).data() == EMPTY
    assert model.index(3, 1).data() == "12,345"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "学号"
    align = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, 1).data(align) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal, align) & Qt.AlignmentFlag.AlignRight
    assert not model.index(0, 0).data(align) & Qt.AlignmentFlag.AlignRight


def test_sort_is_stable_and_what_is_empty_stands_last(model: ListModel[Pupil]) -> None:
    model.sort(2)
    assert numbers(model) == [1, 3, 12_345, 2]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert numbers(model) == [3, 12_345, 1, 2]
    model.sort(-1)
    assert numbers(model) == [3, 1, 2, 12_345]


def test_new_rows_keep_filter_and_order(model: ListModel[Pupil]) -> None:
    model.sort(1)
    model.set_filter(lambda row: row.number > 1)
    model.set_rows([*ROWS, Pupil(7, "新同学")])
    assert numbers(model) == [2, 3, 7, 12_345]
    assert model.total() == 5
    model.set_filter(None)
    assert numbers(model) == [1, 2, 3, 7, 12_345]


def test_a_hundred_thousand_rows_are_a_list_and_no_proxy_model() -> None:
    big = ListModel(COLUMNS[:2], identity=lambda row: row.number)
    big.set_rows(Pupil((n * 7919) % 100_003, f"学生{n % 977}") for n in range(100_000))
    big.sort(0)
    big.set_filter(lambda row: "9" in row.name)
    big.sort(1, Qt.SortOrder.DescendingOrder)
    assert numbers(big) == sorted((row.number for row in big.rows()), reverse=True)
    assert all("9" in row.name for row in big.rows())
    assert not isinstance(big, QSortFilterProxyModel)
    assert isinstance(big, QAbstractItemModel)


def test_copied_text_is_safe_for_a_spreadsheet(model: ListModel[Pupil]) -> None:
    assert as_text(model, [1], [0, 1, 4]) == "左云帆\t1\t"
    assert as_text(model, [2, 3], [0, 4]) == "姓名\t备注\n郑言蹊\t'=HYPERLINK(1)\n何小满\t两 行 字"


def test_privacy_mode_masks_what_is_shown_copied_and_read_aloud(model: ListModel[Pupil], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged):
        privacy.set_on(True)
    shown = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(len(COLUMNS))]
    assert shown == ["周*", "3", "等级已遮", "2 项标签", "已遮住"]
    assert as_text(model, [0], [0]) == "周*"


@pytest.fixture
def view(model: ListModel[Pupil], qtbot: QtBot) -> TableView:
    made = TableView("学生", model)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_form(view: TableView) -> None:
    assert view.rowHeight(0) == Size.TABLE_ROW
    assert view.horizontalHeader().height() == Size.TABLE_HEAD
    assert view.accessibleName() == "学生"
    assert not view.showGrid()
    assert not view.verticalHeader().isVisible()


def pixel(view: TableView, x: int, y: int) -> QColor:
    return view.viewport().grab().toImage().pixelColor(x, y)


def test_the_chosen_row_has_its_bar_and_ground(view: TableView) -> None:
    view.clearSelection()
    assert pixel(view, 1, 18) == theme.colour("sheet")
    assert view.choose(3)
    assert pixel(view, 1, 18) == theme.colour("accent")
    assert pixel(view, 95, 18) == theme.colour("accent_soft")
    assert pixel(view, 95, 40) == theme.colour("sheet")


def test_the_keyboard_chooses_opens_and_copies(view: TableView, qtbot: QtBot) -> None:
    opened: list[Any] = []
    chosen: list[Any] = []
    view.opened.connect(opened.append)
    view.chosen.connect(chosen.append)
    view.choose(3)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.row() == ROWS[1]
    assert chosen[-1] == ROWS[1]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [ROWS[1]]
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "左云帆\t1\t一级·高危\t\t"


def test_the_row_that_gets_the_focus_is_seen_to_be_chosen(view: TableView, qtbot: QtBot) -> None:
    qtbot.waitUntil(view.hasFocus)
    assert view.selectionModel().isRowSelected(view.currentIndex().row())


def test_tab_leaves_the_table(view: TableView) -> None:
    assert not view.tabKeyNavigation()


def test_the_same_row_stays_chosen(view: TableView, model: ListModel[Pupil]) -> None:
    view.choose(2)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert view.row() == ROWS[2]
    model.set_rows([Pupil(9, "新"), Pupil(2, "郑言蹊", note="改过")])
    assert view.row() == Pupil(2, "郑言蹊", note="改过")
    chosen: list[Any] = []
    view.chosen.connect(chosen.append)
    model.set_rows([Pupil(9, "新")])
    assert chosen[-1] is None
    assert not view.choose(2)


def test_a_click_on_a_head_sorts(view: TableView, model: ListModel[Pupil], qtbot: QtBot) -> None:
    head = view.horizontalHeader()
    x = head.sectionViewportPosition(1) + 10
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert numbers(model) == [1, 2, 3, 12_345]


class Kept:
    def __init__(self, state: dict[str, Any] | None = None) -> None:
        self.state = state or {}
        self.saves = 0

    def load(self) -> dict[str, Any]:
        return self.state

    def save(self, state: dict[str, Any]) -> None:
        self.state = state
        self.saves += 1


def open_with(memory: Kept, qtbot: QtBot) -> TableView:
    model = ListModel(COLUMNS, identity=lambda row: row.number)
    model.set_rows(ROWS)
    view = TableView("学生", model, memory=memory)
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    return view


def test_widths_order_and_sorting_are_remembered(qtbot: QtBot) -> None:
    memory = Kept()
    view = open_with(memory, qtbot)
    view.horizontalHeader().resizeSection(0, 177)
    view.horizontalHeader().moveSection(0, 2)
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: memory.saves > 0)
    assert memory.saves == 1
    again = open_with(Kept(memory.state), qtbot)
    head = again.horizontalHeader()
    assert head.sectionSize(0) == 177
    assert [COLUMNS[head.logicalIndex(place)].key for place in range(3)] == ["number", "level", "name"]
    assert again.model().sorted_by() == (1, Qt.SortOrder.DescendingOrder)


@pytest.mark.parametrize(
    "state",
    [
        {"widths": {"gone": 50, "name": "wide"}, "order": ["gone", "note"], "sort": ["gone", True]},
        {"widths": None, "order": None, "sort": None},
        {"sort": "name"},
    ],
)
def test_an_old_or_odd_memory_does_no_harm(state: dict[str, Any], qtbot: QtBot) -> None:
    view = open_with(Kept(state), qtbot)
    assert view.horizontalHeader().sectionSize(0) == 100
    assert view.model().sorted_by() is None


@pytest.fixture(params=[theme.Mode.LIGHT, theme.Mode.DARK], ids=str)
def palette(request: pytest.FixtureRequest, qapp: Any) -> theme.Mode:
    mode: theme.Mode = request.param
    theme.apply(qapp, mode)
    return mode


def test_every_kind_of_cell_draws(palette: theme.Mode, view: TableView) -> None:
    image = view.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(400) for y in range(140)}
    for name in ("ink", "sheet", "line_soft", "lv2_bg", "lv3_bg"):
        assert getattr(theme.now(), name) in colours, name
    privacy.set_on(True)
    image = view.viewport().grab().toImage()
    masked = {image.pixelColor(x, y).name().upper() for x in range(900) for y in range(140)}
    assert theme.now().track in masked
    assert not {theme.now().lv2_bg, theme.now().lv3_bg} & masked


def test_a_tone_colours_what_is_due(qtbot: QtBot) -> None:
    column: Column[Pupil] = Column("due", "复核", lambda _row: "逾期 3 天", Cell.DUE, tone=lambda _row: Tone.DANGER)
    model = ListModel((column,))
    model.set_rows(ROWS[:1])
    view = TableView("复核", model)
    qtbot.addWidget(view)
    view.resize(200, 80)
    view.show()
    image = view.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(200) for y in range(36)}
    assert theme.LIGHT.danger in colours
    assert model.index(0, 0, QModelIndex()).data() == "逾期 3 天"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_nothing_on_the_clipboard_is_a_formula(first: str) -> None:
    rows: ListModel[str] = ListModel([Column("a", "甲", lambda row: row)])
    rows.set_rows([f"{first}cmd()", "-3.5"])
    assert as_text(rows, [0], [0]) == f"'{first}cmd()"
    assert as_text(rows, [1], [0]) == "-3.5"

"""The widgets: named for a screen reader, reached by the keyboard, right in both palettes and in privacy mode."""

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui import theme
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Mode, Size, Type
from counselroom.ui.widgets import buttons, levels, privacy
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.buttons import IconButton, Kind, ReasonedButton
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import CheckBox, ComboBox
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.fields import Field, PassphraseField, TextArea
from counselroom.ui.widgets.header import Mark, PageTitle
from counselroom.ui.widgets.levels import LevelBadge, LevelWord
from counselroom.ui.widgets.progress import ProgressPanel
from counselroom.ui.widgets.steps import StepList
from counselroom.ui.widgets.surfaces import Hairline, Inset, Scroll, Sheet
from counselroom.ui.widgets.text import Elided, KeyCap, PersonName, Tag, Text
from counselroom.ui.widgets.toast import Toast, toast
from counselroom.ui.widgets.todo import TodoRow
from counselroom.words import RefusalWords


def everything() -> QWidget:
    """One of each, on one page."""
    page = QWidget()
    layout = QVBoxLayout(page)
    sheet = Sheet(urgent=True)
    for widget in (
        buttons.primary("记录会谈", icon=Icon.WRITE_NOTE, hint="Enter"),
        buttons.danger("销毁 3 份草稿"),
        ReasonedButton(buttons.primary("下一步")),
        IconButton(Icon.BACK, "前一周"),
        ChipRow("筛选", [("all", "全部"), ("late", "逾期")]),
        Field("学籍号", hint="19 位"),
        PassphraseField("口令"),
        Field("经过", TextArea("经过")),
        CheckBox("两人见证"),
        ComboBox("年级", [("7", "七年级")]),
        Banner(Tint.WARN, "还有 3 份", "最早一份过期 3 天", actions=(("去处理", int),), closable=True),
        TodoRow(Icon.ASSESS, "周沐阳", "七（1）班", "复核已过期", "逾期 3 天", "评估定级", int, overdue=True),
        ProgressPanel("正在导入", "份"),
        EmptyPage(Icon.STUDENTS, "这里会列出学生", "先导入名册。", primary=buttons.primary("导入名册")),
        PageTitle("学生", "在校 1,286 人"),
        StepList(["学校信息", "您的口令"]),
        LevelBadge(3, "一级·高危"),
        LevelBadge(2, "二级·重点"),
        LevelWord(1, "三级·一般"),
        Tag("住校"),
        KeyCap("F2"),
        Hairline(),
        Mark(),
        Inset(),
        PersonName("何小满"),
    ):
        sheet.body.addWidget(widget)
    layout.addWidget(Scroll(sheet))
    return page


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QVBoxLayout(made)
    made.show()
    return made


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


def test_every_input_and_button_has_a_name(qtbot: QtBot) -> None:
    page = everything()
    qtbot.addWidget(page)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    inputs = [
        widget for kind in kinds for widget in page.findChildren(kind) if not widget.objectName().startswith("qt_")
    ]
    assert len(inputs) > 15
    nameless = [
        widget
        for widget in inputs
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        and not isinstance(widget.parent(), PageTitle)  # the way up has no words until there is one
    ]
    assert not nameless


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK], ids=str)
@pytest.mark.parametrize("masked", [False, True])
def test_everything_draws_in_both_palettes(qapp: QApplication, qtbot: QtBot, mode: Mode, masked: bool) -> None:
    theme.apply(qapp, mode)
    privacy.set_on(masked)
    page = everything()
    qtbot.addWidget(page)
    page.resize(700, 1500)
    page.show()
    image = page.grab().toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in range(image.height())}
    now = theme.now()
    assert {now.desk, now.sheet, now.accent, now.warn_soft, now.field_bg} <= seen
    assert (now.lv2_bg in seen) is not masked


def test_levels_show_shape_word_and_colour_or_nothing_at_all(window: QWidget) -> None:
    badges = [LevelBadge(0, "日常"), LevelBadge(3, "一级·高危")]
    put(window, *badges)
    assert badges[1].accessibleName() == "一级·高危"
    sizes = [badge.sizeHint() for badge in badges]
    privacy.set_on(True)
    assert [badge.sizeHint() for badge in badges] == sizes  # the layout does not move
    assert {badge.accessibleName() for badge in badges} == {"等级已遮"}
    left = [badge.grab().copy(0, 0, levels.hidden_width(), Size.BADGE).toImage() for badge in badges]
    assert left[0] == left[1]  # nothing tells one from the other


def test_the_thick_edge_tells_a_level_too(window: QWidget) -> None:
    sheet = Sheet(urgent=True)
    sheet.body.addWidget(Text("何小满"))
    put(window, sheet)
    middle = QPoint(2, sheet.height() // 2)
    assert sheet.grab().toImage().pixelColor(middle) == theme.colour("lv3_bg")
    privacy.set_on(True)
    assert sheet.grab().toImage().pixelColor(middle) == theme.colour("sheet")


def test_more_severe_is_more_ink(qapp: QApplication) -> None:
    def ink(severity: int) -> float:
        image = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        levels.paint_shape(painter, severity, QPointF(12, 12), levels.SHAPE_RADIUS, QColor(theme.now().ink))
        painter.end()
        return sum(image.pixelColor(x, y).alphaF() for x in range(24) for y in range(24))

    counts = [ink(severity) for severity in range(4)]
    assert counts == sorted(counts)
    assert counts[0] < 0.75 * counts[1]


def test_names_are_masked_and_back(window: QWidget) -> None:
    name = PersonName("何小满")
    row = TodoRow(Icon.ASSESS, "周沐阳", "七（1）班", "复核", "今天", "评估定级", int)
    put(window, name, row)
    privacy.set_on(True)
    assert name.plain() == "何*"
    assert row.button.accessibleName() == "评估定级　周*"
    assert privacy.phone("13812345678 转 12") == "138**** 转 12"
    name.set_name("左云帆")
    assert name.plain() == "左*"
    privacy.set_on(False)
    assert name.plain() == "左云帆"
    assert "周沐阳" in row.accessibleName()


def test_a_banner_says_acts_and_closes(window: QWidget, qtbot: QtBot) -> None:
    place, done = BannerPlace(), []
    put(window, place)
    assert not place.isVisible()
    place.show_banner(Banner(Tint.WARN, "还有 3 份", actions=(("去处理", lambda: done.append(1)),)))
    action = place.findChildren(buttons.Button)[0]
    assert action.kind() is Kind.SECONDARY
    action.click()
    assert done == [1]
    place.show_refusal(RefusalWords("有一行没有导入", "其余不受影响。", "请改这一行。"))
    assert place.banner is not None
    assert place.banner.meta.plain() == "其余不受影响。请改这一行。"
    close = place.findChildren(IconButton)[0]
    assert close.accessibleName() == "关闭提示"
    close.click()
    assert not place.isVisible()


def test_words_of_a_refusal_are_never_markup(window: QWidget) -> None:
    text = Text("已有“<img src=x>”", wrap=True)
    put(window, text)
    assert "<img" not in text.text()


def test_a_toast_takes_back_and_goes(window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counselroom.ui.widgets.toast.TOAST_MS", 30)
    done: list[str] = []
    first = toast(window, "复核日改为 11月30日", lambda: done.append("undone"))
    assert first.geometry().bottom() <= window.height() - Size.PAGE_BOTTOM
    assert first.undo_button is not None
    assert first.undo_button.text() == "撤销"
    first.undo_button.click()
    assert done == ["undone"]
    second = toast(window, "已复制")
    qtbot.waitUntil(lambda: not window.findChildren(Toast))
    assert not shiboken6.isValid(second) or not second.isVisible()


def test_one_toast_at_a_time(window: QWidget) -> None:
    toast(window, "甲")
    last = toast(window, "乙")
    assert window.findChildren(Toast) == [last]
    assert last.accessibleName() == "乙"
    window.resize(640, 600)
    QApplication.processEvents()
    assert last.y() > 500


def test_progress_has_numbers_a_rest_and_a_stop(window: QWidget) -> None:
    now = [0.0]
    panel = ProgressPanel("正在导入答卷", "份", clock=lambda: now[0])
    put(window, panel)
    assert not panel.bar.isVisible()
    assert panel.numbers.plain() == "正在进行"
    now[0] = 10.0
    panel.set_progress(612, 849, "已核对 8 个班")
    assert panel.numbers.plain() == "612 / 849 份，约 4 秒"
    assert panel.bar.isVisible()
    assert panel.bar.share() == pytest.approx(612 / 849)
    panel.set_progress(1200, 0)
    assert panel.numbers.plain() == "已处理 1,200 份"
    stops: list[int] = []
    panel.stopped.connect(lambda: stops.append(1))
    panel.stop.click()
    panel.stop.click()
    assert stops == [1]


def test_an_empty_page_offers_the_first_step(window: QWidget) -> None:
    done: list[int] = []
    step = buttons.primary("导入名册", lambda: done.append(1))
    page = EmptyPage(Icon.STUDENTS, "这里会列出本学期的学生", "先导入一份名册。", primary=step)
    put(window, page)
    assert page.sentence.font().weight() == theme.font(Type.LEAD_STRONG).weight()
    step.click()
    assert done == [1]


def test_steps_say_where_one_is(window: QWidget) -> None:
    steps = StepList(["学校信息", "您的口令", "恢复单"])
    put(window, steps)
    steps.set_current(1)
    assert steps.accessibleName() == "第 2 步，共 3 步：您的口令"
    assert steps.current() == 1
    assert steps.sizeHint().height() == 3 * Size.STEP_ROW


def test_steps_across_a_page_are_one_line(window: QWidget) -> None:
    steps = StepList(["选择文件", "认列", "核对"], across=True)
    put(window, steps)
    steps.set_current(2)
    assert steps.accessibleName() == "第 3 步，共 3 步：核对"
    assert steps.sizeHint().height() < Size.STEP_ROW
    first = steps.grab().toImage()
    steps.set_current(0)
    assert steps.grab().toImage() != first


def test_a_long_line_is_cut_and_told_whole(window: QWidget) -> None:
    line = Elided("很长的一句话" * 30)
    put(window, line)
    line.grab()
    assert line.toolTip() == "很长的一句话" * 30
    assert line.minimumSizeHint().width() < 100
    line.set_text("短")
    line.grab()
    assert line.toolTip() == ""


def test_the_title_leads_up(window: QWidget) -> None:
    title = PageTitle("学生")
    put(window, title)
    went: list[int] = []
    title.up.connect(lambda: went.append(1))
    assert not title.above.isVisible()
    title.set_title("何小满", "七（1）班", above="学生")
    assert title.above.text() == "学生"
    title.above.click()
    assert went == [1]


@pytest.mark.parametrize("kind", [LevelBadge, LevelWord])
def test_a_legend_explains_the_scheme_and_is_not_masked(kind: type[LevelBadge], qtbot: QtBot) -> None:
    level, legend = kind(3, "一级·高危"), kind(3, "一级·高危", legend=True)
    for widget in (level, legend):
        qtbot.addWidget(widget)
    privacy.set_on(True)
    assert (level.accessibleName(), legend.accessibleName()) == ("等级已遮", "一级·高危")
    level.resize(level.sizeHint())
    legend.resize(legend.sizeHint())
    masked, shown = level.grab().toImage(), legend.grab().toImage()
    privacy.set_on(False)
    assert legend.grab().toImage() == shown
    assert level.grab().toImage() != masked

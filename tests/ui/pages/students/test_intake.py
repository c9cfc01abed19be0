"""A roster comes in through the page: file, columns, plan, what was done, and the way back."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import messy
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.services.students import intake, listing, review, student
from counselroom.ui.pages.students.intake import wording
from counselroom.ui.pages.students.intake.details import ONLY
from counselroom.ui.pages.students.intake.frame import COLUMNS, PLAN, RESULT, START
from counselroom.ui.pages.students.intake.mapping import Samples
from counselroom.ui.pages.students.intake.view import IntakeView
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import Tint
from counselroom.ui.widgets.buttons import Button
from rosters import roster_file
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

Shown = Callable[[Any, Desk], Any]
HEAD = ("学生姓名", "性别", "班级", "学号", "出生日期", "联系电话")
# 赵雨桐 is there with another number, 单文博 unchanged, one new student, one bad row, one in doubt, one strange class.
ROWS = (
    ("赵雨桐", "女", "2024级3班", "20240301", "2012-03-05", "13800000001"),
    ("单文博", "男", "2024级3班", "20240303", "2012-08-08", ""),
    ("孙小小", "女", "2024级4班", "20240490", "2012-04-04", ""),
    ("钱多多", "男", "2024级4班", "20240491", "2012年13月", ""),
    ("李子悦", "女", "2024级4班", "", "2013-04-01", ""),
    ("周火火", "男", "火箭班", "20240492", "", ""),
)


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def led() -> list[dict[str, str]]:
    return []


@pytest.fixture
def view(here: Desk, shown: Shown, led: list[dict[str, str]], settle: "Settle") -> IntakeView:
    made = shown(IntakeView(here.context, lambda **args: led.append(args)), here)
    assert isinstance(made, IntakeView)
    made.open()
    settle()  # the room serves one thread at a time: what it is asked here must not meet what the view asks
    return made


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running(), timeout=10_000)


Settle = Callable[[], None]


def to_plan(view: IntakeView, settle: Settle, *rows: tuple[str, ...]) -> None:
    """Through the columns to the plan."""
    view.show_file(roster_file([HEAD, *(rows or ROWS)], "八年级.xlsx"))
    settle()
    view.next.button.click()
    settle()


def names_of(here: Desk) -> set[str]:
    return {line.name for line in here.room.run(listing.everybody).result}


def test_a_file_is_read_and_its_columns_are_shown(
    view: IntakeView, settle: Settle, script: Script, tmp_path: Path
) -> None:
    path = tmp_path / "八年级.xlsx"
    files.write(path, messy.xlsx({"名册": [HEAD, *ROWS]}))
    assert (view.step(), view.next.isVisible()) == (START, False)
    script.answers.append(path)
    view.start.open_button.click()
    settle()
    assert view.step() == COLUMNS
    assert view.context_line() == "八年级.xlsx"
    assert view.columns.summary.plain() == "“名册”：6 列要导入，0 列不导入"
    assert view.columns.note.plain() == "共 6 行学生。"


def test_a_file_that_cannot_be_read(view: IntakeView, settle: Settle, tmp_path: Path) -> None:
    path = tmp_path / "名册.pdf"
    files.write(path, b"%PDF-1.7 nothing")
    view.take(path)
    settle()
    assert view.step() == START
    assert view.said.banner is not None
    assert view.said.banner.tint() is Tint.ERROR
    assert "电子表格" in view.said.banner.sentence.plain()
    assert "没有导入" in view.said.banner.meta.plain()


def test_a_table_is_pasted(view: IntakeView, settle: Settle) -> None:
    view.start.open_button.setFocus()
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in (HEAD, *ROWS)))
    QTest.keyClick(view.start.open_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert view.step() == COLUMNS
    assert view.context_line() == "粘贴的表格"


def test_an_empty_clipboard_says_how_it_is_done(view: IntakeView, here: Desk, settle: Settle) -> None:
    settle()  # what the view reads for itself when it opens
    QGuiApplication.clipboard().setText("你好")
    view.start.paste()
    assert view.said.banner is not None
    assert "剪贴板里没有表格" in view.said.banner.sentence.plain()
    assert not here.jobs.running()


def test_a_file_is_dropped(view: IntakeView, settle: Settle, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    files.write(path, messy.csv_bytes([HEAD, *ROWS]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.start.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, keys))
    settle()
    assert view.step() == COLUMNS


def test_stopping_while_it_reads_leaves_nothing(view: IntakeView, settle: Settle, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    files.write(path, messy.csv_bytes([HEAD, *ROWS]))
    view.take(path)
    assert view.job is not None
    view.job.cancel()
    settle()
    assert view.step() == START
    assert view.file is None
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == "已停下，什么也没有写入"


def test_stopping_while_it_writes_leaves_nothing(view: IntakeView, settle: Settle, here: Desk) -> None:
    before = here.room.run(listing.everybody).result
    to_plan(view, settle)
    gate = threading.Event()
    here.context.jobs.call(None, None, gate.wait, 10)  # so few rows would be written before the click on stop
    view.next.button.click()
    assert view.job is not None
    view.job.cancel()
    gate.set()
    settle()
    assert view.step() == PLAN
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == "已停下，什么也没有写入"
    assert here.room.run(listing.everybody).result == before
    assert here.room.run(review.earlier, intake.KIND).result == []


def test_a_vault_that_is_open_for_reading_only(view: IntakeView) -> None:
    view.may = False
    view.start.set_may(False)
    view.open()
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == "现在不能导入"
    assert not view.start.open_button.isEnabled()
    assert not view.start.acceptDrops()
    view.take_text("姓名\t班级\n张三\t七（1）班")
    assert view.job is None


def test_a_field_belongs_to_one_column(view: IntakeView, settle: Settle) -> None:
    view.show_file(roster_file([HEAD, *ROWS]))
    settle()
    (mapping,) = view.columns.mappings
    name, _sex, _class, number = mapping.choices[:4]
    number.set_value("name")
    assert name.value() == ""
    assert view.columns.columns()[0] == {0: None, 1: "sex", 2: "class", 3: "name", 4: "birth", 5: "phone"}
    number.set_value("school_no")
    assert view.next.reason() == "还没有哪一列是姓名"
    assert not view.next.button.isEnabled()
    name.set_value("name")
    assert view.next.reason() == ""


def test_sheets_with_the_same_heads_are_mapped_once(view: IntakeView, settle: Settle) -> None:
    view.show_file(roster_file({"一班": [HEAD, ROWS[0]], "二班": [HEAD, ROWS[1]], "名单": [HEAD[:2], ROWS[2][:2]]}))
    settle()
    assert [len(mapping.tables) for mapping in view.columns.mappings] == [2, 1]
    assert view.columns.which.isVisible()
    assert view.columns.which.itemText(0) == "“一班”等 2 张表"
    view.columns.mappings[0].choices[5].set_value("")
    assert [fields[5] for fields in view.columns.columns().values()] == [None, None]


def test_samples_are_masked_in_privacy_mode(view: IntakeView, settle: Settle, here: Desk) -> None:
    view.show_file(roster_file([HEAD, *ROWS]))
    settle()
    samples = view.columns.mappings[0].findChildren(Samples)
    assert samples[0].plain() == "赵雨桐、单文博、孙小小"
    here.context.privacy.set_on(True)
    assert {sample.plain() for sample in samples} == {"已遮住"}


def test_a_strange_class_is_asked_once_and_remembered(view: IntakeView, settle: Settle, here: Desk) -> None:
    to_plan(view, settle)
    assert view.step() == PLAN  # nobody has to answer
    view.back_button.click()
    (answer,) = view.columns.questions.answers.values()
    assert answer.choice.hasFocus()
    answer.choice.setCurrentIndex(answer.choice.count() - 1)
    assert answer.number.isVisible()
    answer.number.setText("07")
    assert answer.class_id().endswith("-7")
    view.next.button.click()
    settle()
    assert view.step() == PLAN
    assert "周火火" not in {line.planned.line.basics.name for line in view.plan.model.rows()}
    view.next.button.click()
    settle()
    assert "周火火" in names_of(here)
    view.begin()
    to_plan(view, settle)
    (remembered,) = view.columns.questions.answers.values()
    assert remembered.class_id().endswith("-7"), "what is remembered stands there as the answer"


def test_a_class_word_that_is_remembered_can_be_explained_anew(view: IntakeView, settle: Settle, here: Desk) -> None:
    to_plan(view, settle)
    view.back_button.click()
    (answer,) = view.columns.questions.answers.values()
    answer.choice.setCurrentIndex(1)
    first = answer.class_id()
    view.next.button.click()
    settle()
    view.next.button.click()
    settle()
    view.begin()
    to_plan(view, settle)
    view.back_button.click()
    (remembered,) = view.columns.questions.answers.values()
    assert (remembered.class_id(), remembered.choice.hasFocus()) == (first, False)
    remembered.choice.setCurrentIndex(0)
    view.next.button.click()
    settle()
    (out,) = [line for line in view.lines() if line.planned.line.basics.name == "周火火"]
    assert [problem.code for problem in out.planned.problems] == ["class_unknown"]


def test_a_class_word_that_comes_up_later_is_asked_before_the_plan(view: IntakeView, settle: Settle) -> None:
    """The column becomes the class only when somebody says so."""
    head = ("姓名", "学号", "去哪里")
    view.show_file(roster_file([head, ("孙小小", "20240490", "火箭班")]))
    settle()
    view.columns.mappings[0].choices[-1].set_value("class")
    view.next.button.click()
    settle()
    assert view.step() == COLUMNS
    assert list(view.columns.questions.answers) == ["|火箭班"]
    view.next.button.click()
    settle()
    assert view.step() == PLAN


def test_the_plan_says_what_becomes_of_every_row(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle)
    shown = [chip.accessibleName() for chip in view.plan.chips.chips() if not chip.isHidden()]
    assert shown == ["全部 6", "需要处理 3", "新建 1", "更新 1", "没有变化 1"]
    said = {line.planned.line.basics.name: view.plan.model.columns[-1].text(line) for line in view.plan.model.rows()}
    assert said == {
        "钱多多": "出生日期　“2012年13月”不像一个日期",
        "李子悦": "与档案里 李子悦 的姓名、出生日期都相同，班级不同",
        "周火火": "班级　看不懂“火箭班”是哪个班",
    }
    assert view.next.button.text() == "导入 2 行"
    assert view.summary.plain() == "会新建 1 份档案，更新 1 份；3 行先不导入。整批可以撤销。"
    view.plan.chips.chips()[3].click()
    assert [view.plan.model.columns[-1].text(line) for line in view.plan.model.rows()] == ["联系电话：13800000001"]


def test_cells_that_are_left_alone_are_counted_and_found(view: IntakeView, settle: Settle) -> None:
    head = ("姓名", "班级", "学号", "家长姓名", "关系", "电话")
    rows = [
        ("孙小小", "2024级4班", "20240490", "孙大", "远亲戚", "没有"),
        ("单文博", "2024级3班", "20240303", "", "", ""),
        ("周火火", "火箭班", "20240492", "", "", ""),
    ]
    view.show_file(roster_file([head, *rows]))
    settle()
    view.next.button.click()
    settle()
    assert "；2 格没有照搬（看说明）。" in view.summary.plain()
    chip = view.plan.chips.chips()[-1]
    assert chip.accessibleName() == "有格没照搬 1"
    chip.click()
    (row,) = view.plan.model.rows()
    assert view.plan.model.columns[-1].text(row).startswith("关系　“远亲戚”不在选项里")
    view.next.button.click()
    settle()
    assert view.result.said.plain().endswith("另有 2 格没有照搬（看说明）。")
    left, untaken = view.result.chips.chips()
    assert [left.accessibleName(), untaken.accessibleName()] == ["没有导入的行 1", "有格没照搬的行 1"]
    untaken.click()
    assert [line.planned.line.basics.name for line in view.result.model.rows()] == ["孙小小"]
    assert not view.result.save_button.isVisible()


def test_a_year_group_that_jumps_is_questioned_before_and_after(view: IntakeView, settle: Settle) -> None:
    pupils = ("王安", "20240410"), ("王柏", "20240411"), ("王晨", "20240412")
    view.show_file(roster_file([HEAD, *((name, "男", "2023级4班", number, "", "") for name, number in pupils)]))
    settle()
    assert view.doubted.banner is None
    view.next.button.click()
    settle()
    assert view.doubted.banner is not None
    assert (view.doubted.banner.tint(), view.next.button.isEnabled()) == (Tint.WARN, True)
    assert view.doubted.banner.sentence.plain().startswith("有年级过半的学生会跳级，")
    assert view.summary.plain().startswith("请先核对：有年级过半的学生会跳级。会新建")
    view.back_button.click()
    assert view.doubted.banner is None
    view.next.button.click()
    settle()
    view.next.button.click()
    settle()
    assert view.step() == RESULT
    assert view.doubted.banner is not None
    assert view.doubted.banner.sentence.plain() == "写入时有疑问：有年级过半的学生会跳级"
    assert "点“撤销整批”" in view.doubted.banner.meta.plain()
    view.result.undo_button.click()
    settle()
    assert view.doubted.banner is None


def test_a_doubt_is_decided_and_taken_back(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle)
    doubtful = next(line for line in view.plan.model.rows() if line.doubts)
    view.plan.table.choose(doubtful.place)
    uid = doubtful.candidates[0].student_uid
    view.plan.details.buttons[uid].click()
    settle()
    assert view.next.button.text() == "导入 3 行"
    assert "李子悦" not in {line.planned.line.basics.name for line in view.plan.model.rows()}
    assert view.plan.selected()  # the next row is at hand
    view.plan.chips.chips()[0].click()
    view.plan.table.choose(doubtful.place)
    view.plan.details.buttons[""].click()
    settle()
    assert view.next.button.text() == "导入 2 行"


def test_many_doubts_are_decided_at_once(view: IntakeView, settle: Settle) -> None:
    moved = [
        ("李子悦", "女", "2024级4班", "", "2013-04-01", ""),
        ("赵子轩", "男", "2024级4班", "", "2013-06-15", ""),
        ("钱多多", "男", "2024级4班", "", "2012年13月", ""),
    ]
    to_plan(view, settle, *moved)
    view.plan.table.selectAll()
    assert view.plan.details.buttons[ONLY].text() == "都是档案里的那一位（2 行）"
    view.plan.details.buttons[ONLY].click()
    settle()
    assert view.next.button.text() == "导入 2 行"


def test_nothing_to_write(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle, ROWS[1])
    assert view.next.reason() == "没有要写入的行"
    assert view.plan.chips.value() == "all"


def test_a_day_that_is_none(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle)
    view.plan.day.setText("开学")
    view.plan.day.editingFinished.emit()
    assert view.next.reason() == "“班级从这天起”不是一个日期"
    view.plan.day.setText("2026年3月2日")
    view.plan.day.editingFinished.emit()
    assert (view.next.reason(), view.choices.from_on) == ("", "2026-03-02")


def test_another_school_year_reads_grades_otherwise(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle, ("孙小小", "女", "八年级（4）班", "20240490", "", ""))
    assert view.review is not None
    before = {line.planned.line.class_id for line in view.plan.model.rows()}
    view.plan.year.set_value(str(view.review.preview.school_year - 1))
    settle()
    after = {line.planned.line.class_id for line in view.plan.model.rows()}
    assert int(after.pop().split("-")[1]) == int(before.pop().split("-")[1]) - 1


def test_importing_and_taking_it_back(view: IntakeView, settle: Settle, here: Desk, led: list[dict[str, str]]) -> None:
    before = here.room.run(listing.everybody).result
    to_plan(view, settle)
    view.next.button.click()
    settle()
    assert view.step() == RESULT
    assert view.result.title.plain() == "已导入 2 行"
    assert view.result.said.plain() == "新建 1 份成长档案，更新 1 份，1 行没有变化，3 行没有导入。"
    assert len(view.result.model.rows()) == 3
    assert "孙小小" in names_of(here)
    view.result.undo_button.click()
    settle()
    assert view.result.title.plain() == "已撤销"
    assert here.room.run(listing.everybody).result == before
    view.next.button.click()
    assert led == [{}]


def test_undo_is_refused_with_the_names(view: IntakeView, settle: Settle, here: Desk) -> None:
    to_plan(view, settle)
    view.next.button.click()
    settle()
    uid = next(line.student_uid for line in here.room.run(listing.everybody).result if line.name == "孙小小")
    here.room.run(student.move, [uid], status="02")
    privacy.set_on(True)
    view.result.undo_button.click()
    settle()
    assert view.said.banner is not None
    words = view.said.banner.sentence.plain() + view.said.banner.meta.plain()
    assert "孙*" in words
    assert "孙小小" not in words
    assert "孙小小" in names_of(here)


def test_rows_that_stay_out_are_saved(view: IntakeView, settle: Settle, script: Script, tmp_path: Path) -> None:
    to_plan(view, settle)
    view.next.button.click()
    settle()
    script.answers.append(tmp_path / "要处理.xlsx")
    view.result.save_button.click()
    settle()
    assert script.asked[-1] == ("save", "保存有问题的行", "八年级-要处理的行.xlsx")
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == "已存成“要处理.xlsx”"
    assert len(intake.read_path(tmp_path / "要处理.xlsx").tables[0].rows) == 3


def test_earlier_files_can_be_taken_back(view: IntakeView, settle: Settle, here: Desk) -> None:
    here.room.run(intake.commit, roster_file([HEAD, ROWS[2]], "昨天.xlsx"), intake.Choices())
    view.open()
    settle()
    assert view.start.earlier.isVisible()
    assert not view.start.undo_button.isEnabled()
    view.start.table.selectRow(0)
    view.start.undo_button.click()
    settle()
    assert "孙小小" not in names_of(here)
    assert here.said[-1][0] == "已撤销“昨天.xlsx”，档案恢复到导入以前的样子"
    assert view.start.model.columns[-1].text(view.start.model.rows()[0]) == "已撤销"


def test_a_roster_of_another_school_needs_a_word(view: IntakeView, settle: Settle) -> None:
    view.show_file(roster_file([("星海市实验小学学生名册",), HEAD, *ROWS]))
    settle()
    assert view.step() == START
    banner = view.said.banner
    assert banner is not None
    assert banner.tint() is Tint.WARN
    next(button for button in banner.findChildren(Button) if button.text() == "是本校的，继续").click()
    settle()
    assert view.step() == COLUMNS


def test_without_a_column_for_the_name_the_columns_are_asked(view: IntakeView) -> None:
    view.file = roster_file([HEAD, *ROWS])
    view.columns.show_tables(view.file.tables)
    view.on_refused(Refusal("roster.no_name_column"))
    assert view.step() == COLUMNS


def test_a_change_elsewhere_makes_the_plan_anew(view: IntakeView, settle: Settle, here: Desk) -> None:
    to_plan(view, settle)
    here.room.run(intake.commit, roster_file([HEAD, ROWS[2]]), intake.Choices())
    view.refresh(frozenset({"students"}))
    settle()
    assert view.next.button.text() == "导入 1 行"


def test_escape_leaves_and_what_was_begun_waits(view: IntakeView, settle: Settle, led: list[dict[str, str]]) -> None:
    to_plan(view, settle)
    QTest.keyClick(view.plan.table, Qt.Key.Key_Escape)
    assert led == [{}]
    view.open()
    assert view.step() == PLAN


def test_another_file_instead(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle)
    view.back_button.click()
    assert view.back_button.text() == "换一个文件"
    view.back_button.click()
    settle()
    assert (view.step(), view.file) == (START, None)


def test_of_a_new_student_the_preview_says_what_the_row_says(view: IntakeView, settle: Settle) -> None:
    to_plan(view, settle)
    new = next(line for line in view.plan.review.lines if line.planned.line.basics.name == "孙小小")
    assert wording.told(new) == [("出生日期", "2012-04-04"), ("学号", "20240490")]
    privacy.set_on(True)
    assert wording.told(new) == [("出生日期", "已遮住"), ("学号", "已遮住")]

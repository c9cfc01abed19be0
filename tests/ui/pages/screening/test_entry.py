"""Typing one sheet: keys, blanks, the second time, pasting, saving, and what is told afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain.students.student import StudentUid
from counselroom.services.instruments.kept import alerts, sheets
from counselroom.services.instruments.kept.sheets import SheetLine
from counselroom.services.students import listing
from counselroom.ui.pages.screening.entry.view import EntryView
from counselroom.ui.widgets import privacy
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import bare_template
from ui.pages.students.conftest import peopled as template

__all__ = ["bare_template", "template"]

RAIN = "赵雨桐"


@dataclass
class Typist:
    """One person at the entry."""

    here: Desk
    view: EntryView
    qtbot: QtBot
    uids: dict[str, StudentUid]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.here.jobs.running())

    def open(self, **args: str) -> None:
        self.view.open(**args)
        self.settle()

    def at(self, name: str, instrument: str, **more: str) -> None:
        self.open(student=self.uids[name], instrument=instrument, **more)

    def keys(self, text: str) -> None:
        for sign in text:
            QTest.keyClicks(self.view.sheet.pad, sign)

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        QTest.keyClick(widget or self.view.sheet.pad, key)
        self.settle()

    def save(self) -> None:
        self.view.sheet.save()
        self.settle()

    def kept(self, name: str = RAIN) -> list[SheetLine]:
        found: list[SheetLine] = self.here.room.run(sheets.of_student, self.uids[name]).result
        return found

    def said(self) -> str:
        banner = self.view.sheet.said.banner
        return banner.sentence.plain() if banner is not None else ""

    @property
    def stage(self) -> QWidget | None:
        return self.view.stack.currentWidget()

    @property
    def shown(self) -> QWidget | None:
        return self.view.sheet.stack.currentWidget()


@pytest.fixture
def typist(desk: Open, shown: Callable[[Any, Desk], Any], qtbot: QtBot) -> Iterator[Typist]:
    """The entry, shown."""
    here = desk()
    view = EntryView(here.context, lambda **_args: None)
    here.jobs.changed.connect(view.refresh)
    shown(view, here)
    uids = {line.name: line.student_uid for line in here.room.run(listing.everybody).result}
    made = Typist(here, view, qtbot, uids)
    made.settle()
    yield made
    made.settle()
    view.hide()


# Choosing


def test_by_keys_from_the_questionnaire_to_the_first_item(typist: Typist) -> None:
    start = typist.view.start
    assert typist.view.first_focus() is start.forms.search
    assert start.go_on.reason() == "先选问卷"
    QTest.keyClicks(start.forms.search, "gad")
    QTest.keyClick(start.forms.search, Qt.Key.Key_Return)
    assert start.pupils.search.hasFocus()
    assert start.go_on.reason() == "再选学生"
    QTest.keyClicks(start.pupils.search, "zyt")
    typist.press(Qt.Key.Key_Return, start.pupils.search)
    assert typist.view.sheet.name.plain() == RAIN
    assert typist.view.sheet.pad.hasFocus()
    assert typist.view.context_line().startswith("GAD-7　")
    assert typist.view.context_line().endswith("　本人填")


def test_whose_answers_is_asked_where_several_may_answer(typist: Typist) -> None:
    start = typist.view.start
    start.preset(instrument="snap26", student=typist.uids[RAIN])
    assert not start.whose.isHidden()
    start.informant.set_values(["teacher"])
    asked = start.ask()
    assert asked is not None
    assert asked.informant == "teacher"
    start.preset(instrument="phq9")
    assert start.whose.isHidden()
    assert not start.keys.isHidden()
    start.preset(instrument="scl90")
    assert start.keys.isHidden()


def test_a_day_that_is_still_to_come_is_said_at_its_field(typist: Typist) -> None:
    start = typist.view.start
    start.preset(instrument="gad7", student=typist.uids[RAIN])
    start.day.set_text("2098-01-01")
    start.go_on.button.click()
    typist.settle()
    assert typist.stage is start
    assert start.day.error()
    assert start.go_on.button.isEnabled()


# Keys


def test_a_whole_sheet_by_digits_alone(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("1234123")
    view = typist.view
    assert typist.shown is view.sheet.summary
    assert view.sheet.summary.sentence.plain() == "7 题都录好了"
    assert view.sheet.summary.save.hasFocus()
    typist.press(Qt.Key.Key_Return, view.sheet.summary.save)
    (line,) = typist.kept()
    assert line.sheet.cells() == ("0", "1", "2", "3", "0", "1", "2")
    assert typist.stage is view.done
    assert view.done.status.plain() == "已计分"
    assert typist.here.said[-1][0] == "已保存赵雨桐的答卷"


def test_keys_may_be_the_printed_codes(typist: Typist) -> None:
    start = typist.view.start
    start.preset(instrument="gad7", student=typist.uids[RAIN])
    start.keying.set_values(["code"])
    start.go_on.button.click()
    typist.settle()
    assert [button.key for button in typist.view.sheet.pad.buttons] == ["0", "1", "2", "3"]
    assert typist.view.sheet.blank_cap.text() == "空格"
    typist.keys("012 -12")
    typist.save()
    typist.save()
    (line,) = typist.kept()
    assert line.sheet.cells() == ("0", "1", "2", "", "", "1", "2")


def test_moving_and_blanks(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    sheet, grid = typist.view.sheet, typist.view.sheet.grid
    typist.keys("10 ")
    assert sheet.work is not None
    assert sheet.work.pad.marks[:3] == ("1", "", "")
    assert [grid.shown(place) for place in range(4)] == ["1", "–", "–", ""]
    typist.press(Qt.Key.Key_Backspace)
    typist.keys("4")
    assert (sheet.work.pad.marks[2], sheet.work.pad.at) == ("4", 3)
    typist.keys("9x")  # no option, no blank
    assert sheet.work.pad.at == 3
    typist.press(Qt.Key.Key_End)
    assert sheet.work.pad.item.number == "2"
    typist.press(Qt.Key.Key_Down)
    assert sheet.work.pad.item.number == "3"
    typist.press(Qt.Key.Key_Up)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(6).center().toPoint())
    assert sheet.work.pad.item.number == "7"
    assert sheet.pad.hasFocus()
    typist.press(Qt.Key.Key_Return)  # nothing is answered here
    assert sheet.work.pad.item.number == "7"
    sheet.pad.buttons[1].click()
    assert typist.shown is sheet.summary
    assert sheet.summary.sentence.plain() == "录完了，空 4 题：第 2、4、5、6 题"
    typist.press(Qt.Key.Key_End, sheet.summary.save)
    assert sheet.work.pad.item.number == "2"


def test_saving_early_names_the_blanks_first(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("12")
    typist.save()
    assert typist.kept() == []
    assert typist.shown is typist.view.sheet.summary
    typist.press(Qt.Key.Key_Backspace, typist.view.sheet.summary.save)
    assert typist.shown is typist.view.sheet.pad
    typist.save()
    typist.save()
    (line,) = typist.kept()
    assert line.result.status == "incomplete"
    assert typist.view.done.status.plain() == "有空题：第 3、4、5、6、7 题"


def test_nothing_answered_is_not_saved(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("0000000")
    summary = typist.view.sheet.summary
    assert summary.sentence.plain() == "一题也没有答"
    assert not summary.save.isEnabled()
    assert summary.back.hasFocus()
    typist.save()
    assert typist.stage is typist.view.sheet


def test_times_and_numbers_are_written(typist: Typist) -> None:
    typist.at(RAIN, "psqi")
    pad = typist.view.sheet.pad
    assert pad.edit.hasFocus()
    QTest.keyClicks(pad.edit, "25:00")
    typist.press(Qt.Key.Key_Return, pad.edit)
    assert pad.field.error()
    pad.edit.clear()
    QTest.keyClicks(pad.edit, "23:30")
    typist.press(Qt.Key.Key_Return, pad.edit)
    QTest.keyClicks(pad.edit, "20")
    typist.press(Qt.Key.Key_Return, pad.edit)
    typist.press(Qt.Key.Key_Return, pad.edit)
    assert typist.view.sheet.work is not None
    assert typist.view.sheet.work.pad.marks[:3] == ("23:30", "20", "")
    typist.press(Qt.Key.Key_Up, pad.edit)
    typist.press(Qt.Key.Key_Up, pad.edit)
    assert pad.edit.text() == "20"


def test_ticks_are_toggled_and_enter_goes_on(typist: Typist) -> None:
    typist.at(RAIN, "ssrs")
    sheet = typist.view.sheet
    QTest.mouseClick(sheet.grid, Qt.MouseButton.LeftButton, pos=sheet.grid.cell(5).center().toPoint())
    typist.keys("23A3")
    assert sheet.work is not None
    assert sheet.work.pad.mark == "2;10"
    assert [button.isChecked() for button in sheet.pad.buttons][:3] == [False, True, False]
    typist.press(Qt.Key.Key_Return)
    assert sheet.work.pad.item.number == "7"
    assert sheet.work.pad.cells()[5] == "1;9"


def test_what_is_not_asked_is_passed_with_enter(typist: Typist) -> None:
    typist.at(RAIN, "phq9")
    typist.keys("111111111")
    assert not typist.view.sheet.pad.note.isHidden()
    typist.press(Qt.Key.Key_Return)
    assert typist.view.sheet.summary.sentence.plain() == "10 题都录好了"


# The second time


def second(typist: Typist, first: str, again: str) -> None:
    typist.at(RAIN, "gad7")
    typist.keys(first)
    typist.view.sheet.summary.again.click()
    assert typist.view.sheet.grid.shown(0) == ""
    typist.keys(again)


def test_two_times_alike(typist: Typist) -> None:
    second(typist, "1234123", "1234123")
    assert not typist.view.sheet.summary.twice.isHidden()
    typist.save()
    (line,) = typist.kept()
    assert line.second_by == "林若溪"


def test_where_the_two_differ_somebody_says_which_is_right(typist: Typist) -> None:
    second(typist, "1234123", "1244121")
    compare = typist.view.sheet.compare
    assert typist.shown is compare
    assert [line.number for line in compare.lines] == ["3", "7"]
    assert [choice.value for choice in compare.lines[0].choices] == ["一半以上的天数", "几乎每天"]
    assert compare.go_on.reason() == "还有 2 题没选"
    compare.lines[0].choices[0].click()
    compare.lines[1].choices[1].click()
    assert compare.go_on.button.hasFocus()
    compare.go_on.button.click()
    typist.save()
    (line,) = typist.kept()
    assert line.sheet.cells() == ("0", "1", "2", "3", "0", "1", "0")
    assert line.second_by == "林若溪"


def test_the_second_time_can_be_given_up(typist: Typist) -> None:
    second(typist, "1234123", "11")
    typist.view.sheet.stop.click()
    assert typist.shown is typist.view.sheet.summary
    typist.save()
    (line,) = typist.kept()
    assert line.sheet.cells() == ("0", "1", "2", "3", "0", "1", "2")
    assert line.second_by == ""


def test_what_is_changed_after_it_was_checked_is_checked_no_more(typist: Typist) -> None:
    second(typist, "1234123", "1234123")
    typist.press(Qt.Key.Key_Backspace, typist.view.sheet.summary.save)
    typist.keys("1")
    assert typist.view.sheet.summary.twice.isHidden()
    typist.save()
    assert typist.kept()[0].second_by == ""


# Pasting


def test_a_pasted_row_names_what_was_not_understood(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("44")
    QApplication.clipboard().setText("0\t1\t完全不会\tx\t7\t\t3\n1\t1\t1\t1\t1\t1\t1\n")
    typist.view.sheet.paste.click()
    sheet = typist.view.sheet
    assert typist.said() == "已放进 5 题，2 格看不懂，先当空着"
    assert "另外 1 行没有放进去" in sheet.said.banner.meta.plain()
    assert sheet.work is not None
    assert sheet.work.pad.item.number == "4"
    assert "“x”" in sheet.pad.note.plain()
    typist.keys("2")
    assert list(sheet.work.problems) == ["5"]
    typist.save()
    typist.save()
    (line,) = typist.kept()
    assert line.sheet.cells() == ("0", "1", "0", "1", "", "", "3")
    assert line.sheet.made.source == "pasted"


def test_pasted_digits_may_be_places_and_pasting_is_taken_back(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("44")
    QApplication.clipboard().setText("1234123")
    typist.view.sheet.paste_wanted.emit()
    banner = typist.view.sheet.said.banner
    buttons = {button.text(): button for button in banner.findChildren(type(typist.view.sheet.paste))}
    buttons["改按第几个选项读"].click()
    assert typist.view.sheet.work is not None
    assert typist.view.sheet.work.pad.cells() == ("0", "1", "2", "3", "0", "1", "2")
    banner = typist.view.sheet.said.banner
    buttons = {button.text(): button for button in banner.findChildren(type(typist.view.sheet.paste))}
    buttons["还原粘贴前"].click()
    assert typist.view.sheet.work.pad.marks == ("4", "4", None, None, None, None, None)


def test_a_void_sheet_says_once_to_do_it_again(typist: Typist) -> None:
    typist.at(RAIN, "mht")
    QApplication.clipboard().setText("1" * 100)
    typist.view.sheet.paste_wanted.emit()
    typist.save()
    assert typist.view.done.status.plain() == "作废：效度题 10 分，建议另找时间重测"
    assert typist.view.done.number.plain() == typist.view.sheet.number.plain()


def test_a_row_of_another_length_goes_nowhere(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("44")
    for text, said in (("1 2 3", "粘贴的一行有 3 格，这份问卷有 7 题，没有放进去"), ("", "剪贴板里没有一行答案")):
        QApplication.clipboard().setText(text)
        typist.view.sheet.paste_wanted.emit()
        assert typist.said() == said
    assert typist.view.sheet.work is not None
    assert typist.view.sheet.work.pad.marks[:3] == ("4", "4", None)


# Saved


def test_a_critical_answer_is_told_calmly_and_only_after_saving(typist: Typist) -> None:
    typist.at(RAIN, "phq9")
    typist.keys("1111111121")
    assert typist.view.said.isHidden()
    typist.save()
    (task,) = typist.here.room.run(alerts.open_tasks).result
    assert task.student == RAIN
    banner = typist.view.said.banner
    assert banner is not None
    assert banner.sentence.plain() == "有需要马上查看的题：赵雨桐 第 9 题。"
    assert banner.buttons[0].hasFocus()  # the Enter of somebody in a hurry leads to the file
    typist.press(Qt.Key.Key_Return, banner.buttons[0])
    assert typist.here.went == [("students", {"student": typist.uids[RAIN]})]
    privacy.set_on(True)
    assert typist.view.said.banner.sentence.plain() == "有需要马上查看的题：赵* 1 题。"


def test_the_same_sheet_again_changes_nothing_and_another_one_asks_why(typist: Typist, script: Script) -> None:
    day = "2026-01-05"
    for _time in range(2):
        typist.at(RAIN, "gad7", day=day)
        if typist.shown is typist.view.sheet.pad:
            typist.keys("1111111")
        typist.save()
    assert typist.here.said[-1][0] == "赵雨桐的这份答卷和已经录入的一样，没有变化"
    assert typist.view.done.state.plain() == "和已经录入的一样，没有变化"
    typist.at(RAIN, "gad7", day=day)
    assert typist.said() == "2026年1月5日已经录过一份，原来的答案都在右边"
    typist.press(Qt.Key.Key_Backspace, typist.view.sheet.summary.save)
    typist.keys("4")
    script.answers = [None, "看错了一行"]
    typist.save()
    assert len(script.asked) == 1
    assert typist.stage is typist.view.sheet
    typist.save()
    (line,) = typist.kept()
    assert line.sheet.reason == "看错了一行"
    assert line.sheet.cells()[-1] == "3"


def test_taking_it_back_gives_the_sheet_back_to_the_hand(typist: Typist) -> None:
    typist.at(RAIN, "phq9")
    typist.keys("1111111121")
    typist.save()
    undo = typist.here.said[-1][1]
    assert undo is not None
    undo()
    typist.settle()
    assert typist.kept() == []
    assert typist.stage is typist.view.sheet
    assert typist.view.said.isHidden()
    assert typist.view.sheet.work is not None
    assert typist.view.sheet.work.pad.answered
    typist.save()
    assert len(typist.kept()) == 1


def test_after_one_the_next_student_of_the_same_questionnaire(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("1111111")
    typist.save()
    assert typist.view.done.again.hasFocus()
    typist.press(Qt.Key.Key_Return, typist.view.done.again)
    start = typist.view.start
    assert typist.stage is start
    assert start.form() is not None
    assert start.form().bare_id == "gad7"
    assert start.pupil() is None
    assert start.pupils.search.hasFocus()
    assert typist.view.context_line() == ""


def test_to_the_file_of_the_student(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("1111111")
    typist.save()
    typist.view.done.to_file.click()
    assert typist.here.went == [("students", {"student": typist.uids[RAIN]})]


def test_privacy_covers_every_answer(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("12")
    typist.press(Qt.Key.Key_Up)
    sheet = typist.view.sheet
    assert sheet.number.plain().startswith("学号 ")
    assert "现在：好几天" in sheet.pad.accessibleDescription()
    privacy.set_on(True)
    assert sheet.name.plain() == "赵*"
    assert sheet.number.accessibleName() == "已遮住"
    assert [sheet.grid.shown(place) for place in range(3)] == ["•", "•", ""]
    assert "好几天。" not in sheet.pad.accessibleDescription().split("现在")[1]
    typist.at(RAIN, "psqi")
    QTest.keyClicks(sheet.pad.edit, "23:30")
    assert "23" not in sheet.pad.edit.displayText()

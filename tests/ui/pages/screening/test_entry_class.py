"""A whole class, sheet after sheet; and what waits when somebody is interrupted."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.domain.students.student import StudentUid
from counselroom.services import drafts
from counselroom.services.drafts import Draft
from counselroom.services.instruments.entry import occasions
from counselroom.services.instruments.kept import sheets
from counselroom.ui.handover import Ending, Handover
from counselroom.ui.widgets import privacy
from counselroom.ui.window import Successor
from ui.conftest import Script
from ui.pages.conftest import Open
from ui.pages.screening.test_entry import RAIN, Typist, typist
from ui.pages.students.conftest import THIRD, bare_template
from ui.pages.students.conftest import peopled as template
from ui.rooms import Outside, outside

__all__ = ["bare_template", "outside", "template", "typist"]

# The third class, in the order of names as they are read.
SHAN, ZHANG = "单文博", "张一诺"


def states(typist: Typist) -> list[tuple[str, str]]:
    return [(row.line.name, row.state) for row in typist.view.classes.model.rows()]


def waiting(typist: Typist) -> list[Draft]:
    found: list[Draft] = typist.here.room.run(drafts.of_kind, drafts.ANSWERS).result
    return found


def in_class(typist: Typist, instrument: str = "gad7") -> list[str]:
    typist.open(instrument=instrument, class_id=THIRD)
    return [name for name, _state in states(typist)]


def test_sheet_after_sheet_until_all_are_done(typist: Typist) -> None:
    names = in_class(typist)
    assert sorted(names) == sorted([SHAN, ZHANG, RAIN])
    view = typist.view
    view.classes.next.button.click()
    assert view.sheet.turn.plain() == "第 1 名，共 3 名"
    for place, name in enumerate(names):
        assert view.sheet.name.plain() == name
        typist.keys("111111" + ("0" if place == 1 else "1"))
        typist.save()
    assert typist.stage is view.classes
    assert view.classes.far.plain() == "已录 3 / 3 名"
    assert states(typist)[1] == (names[1], "已录，空 1 题")
    assert view.classes.next.reason() == "这个班都录完了"
    (occasion,) = typist.here.room.run(occasions.listed).result
    assert occasion.class_id == THIRD
    assert len(typist.here.room.run(sheets.of_occasion, occasion.occasion_uid).result) == 3


def test_a_second_questionnaire_of_the_day_joins_the_same_occasion(typist: Typist) -> None:
    for instrument in ("gad7", "phq2"):
        in_class(typist, instrument)
        typist.view.classes.next.button.click()
        typist.keys("1111111"[: len(typist.view.session.form.items)] if typist.view.session else "")
        typist.save()
    assert len(typist.here.room.run(occasions.listed).result) == 1


def test_one_can_be_chosen_left_and_passed_over(typist: Typist) -> None:
    names = in_class(typist)
    view = typist.view
    view.classes.table.selectRow(2)
    typist.press(Qt.Key.Key_Return, view.classes.table)
    assert view.sheet.name.plain() == names[2]
    typist.keys("12")
    view.sheet.left.emit()
    typist.settle()
    assert states(typist)[2] == (names[2], "录到 2 题，没保存")
    assert [draft.place.student_uid for draft in waiting(typist)] == [typist.uids[names[2]]]
    typist.press(Qt.Key.Key_Return, view.classes.table)
    assert view.sheet.work is not None
    assert view.sheet.work.pad.at == 2
    typist.keys("11111")
    typist.save()
    assert waiting(typist) == []
    assert view.sheet.name.plain() == names[0]  # around, to the first who is not done
    view.sheet.left.emit()
    typist.settle()
    assert states(typist) == [(names[0], "未录"), (names[1], "未录"), (names[2], "已录")]


def test_a_sheet_that_was_only_looked_at_stays_as_it_is(typist: Typist) -> None:
    in_class(typist)
    typist.view.classes.next.button.click()
    typist.keys("1111111")
    typist.save()
    typist.view.sheet.left.emit()
    typist.view.classes.table.selectRow(0)
    typist.press(Qt.Key.Key_Return, typist.view.classes.table)
    assert typist.shown is typist.view.sheet.summary
    typist.view.sheet.left.emit()
    typist.settle()
    assert states(typist)[0][1] == "已录"
    assert waiting(typist) == []


def test_a_row_is_pasted_for_the_one_who_is_chosen(typist: Typist) -> None:
    names = in_class(typist)
    typist.view.classes.table.selectRow(1)
    QApplication.clipboard().setText("0,1,2,3,0,1,2")
    typist.view.classes.paste_wanted.emit()
    assert typist.view.sheet.name.plain() == names[1]
    typist.save()
    assert typist.view.session is not None
    uid = typist.view.session.lines[1].student_uid  # there are two of that name
    (line,) = typist.here.room.run(sheets.of_student, uid).result
    assert line.sheet.cells() == ("0", "1", "2", "3", "0", "1", "2")


def test_one_saved_sheet_of_a_class_is_taken_back(typist: Typist) -> None:
    names = in_class(typist)
    typist.view.classes.next.button.click()
    typist.keys("1111111")
    typist.save()
    undo = typist.here.said[-1][1]
    assert undo is not None
    undo()
    typist.settle()
    assert typist.view.sheet.name.plain() == names[1]  # who is typed now stays
    typist.view.sheet.left.emit()
    typist.settle()
    assert states(typist)[0] == (names[0], "录到 7 题，没保存")


def test_whoever_goes_on_while_a_sheet_is_saved_keeps_what_is_typed_next(typist: Typist) -> None:
    names = in_class(typist)
    view = typist.view
    view.classes.next.button.click()
    typist.keys("1111111")
    assert view.session is not None
    third = view.session.lines[2]
    view.sheet.save()  # on its way: nothing has come back yet
    view.sheet.left.emit()
    view.type_for(third)
    typist.keys("12")
    typist.settle()
    assert view.sheet.name.plain() == names[2]  # nobody is led away from what is being typed
    five_seconds(typist)
    assert [draft.place.student_uid for draft in waiting(typist)] == [third.student_uid]
    view.sheet.left.emit()
    typist.settle()
    assert states(typist) == [(names[0], "已录"), (names[1], "未录"), (names[2], "录到 2 题，没保存")]


def test_whoever_leaves_while_a_sheet_is_saved_is_not_led_back(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("1111111")
    typist.view.sheet.save()
    typist.view.sheet.left.emit()
    typist.settle()
    assert typist.stage is typist.view.start
    assert len(typist.kept()) == 1
    assert waiting(typist) == []


def test_results_of_a_class_are_covered_in_privacy_mode(typist: Typist) -> None:
    in_class(typist)
    typist.view.classes.next.button.click()
    typist.keys("1111111")
    typist.save()
    typist.view.sheet.left.emit()
    model = typist.view.classes.model
    assert model.columns[-1].text(model.rows()[0]) == "已计分，很少"
    privacy.set_on(True)
    assert model.columns[-1].text(model.rows()[0]) == "已遮住"


# Interrupted


def five_seconds(typist: Typist) -> None:
    typist.view.keeper.timer.timeout.emit()
    typist.settle()


def test_it_is_kept_every_five_seconds_when_something_changed(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    five_seconds(typist)
    assert waiting(typist) == []
    typist.keys("12")
    five_seconds(typist)
    (first,) = waiting(typist)
    five_seconds(typist)
    assert waiting(typist) == [first]
    for _time in range(2):
        typist.press(Qt.Key.Key_Backspace)
        typist.press(Qt.Key.Key_Delete)
    five_seconds(typist)
    assert waiting(typist) == []


def test_what_was_left_is_offered_first_and_put_back(typist: Typist, script: Script) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("12")
    typist.press(Qt.Key.Key_Escape)
    typist.view.sheet.left.emit()
    typist.settle()
    banner = typist.view.start.said.banner
    assert banner is not None
    assert banner.sentence.plain() == "赵雨桐的“GAD-7”录到一半"
    privacy.set_on(True)
    assert typist.view.start.said.banner.sentence.plain() == "赵*的“GAD-7”录到一半"
    privacy.set_on(False)
    go_on, drop = typist.view.start.said.banner.findChildren(type(typist.view.sheet.paste))
    go_on.click()
    typist.settle()
    assert typist.view.sheet.work is not None
    assert typist.view.sheet.work.pad.marks[:3] == ("1", "2", None)
    assert typist.said().startswith("上次没录完的已经放回，")
    typist.view.sheet.left.emit()
    typist.settle()
    script.answers = [True]
    _go_on, drop = typist.view.start.said.banner.findChildren(type(typist.view.sheet.paste))
    drop.click()
    typist.settle()
    assert waiting(typist) == []
    assert typist.view.start.said.isHidden()


def test_several_of_a_class_are_one_line(typist: Typist) -> None:
    in_class(typist)
    for place in range(2):
        typist.view.classes.table.selectRow(place)
        typist.press(Qt.Key.Key_Return, typist.view.classes.table)
        typist.keys("1")
        typist.view.sheet.left.emit()
        typist.settle()
    typist.view.classes.left.emit()
    typist.settle()
    banner = typist.view.start.said.banner
    assert banner is not None
    assert banner.sentence.plain().endswith("的“GAD-7”录到一半，2 份")
    go_on, _drop = banner.findChildren(type(typist.view.sheet.paste))
    go_on.click()
    typist.settle()
    assert typist.stage is typist.view.classes
    assert [state for _name, state in states(typist)] == ["录到 1 题，没保存", "录到 1 题，没保存", "未录"]


def test_beginning_anew_throws_what_was_left_away(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("12")
    typist.view.sheet.left.emit()
    typist.settle()
    typist.at(RAIN, "gad7")
    (anew, *_rest) = typist.view.sheet.said.banner.findChildren(type(typist.view.sheet.paste))
    assert anew.text() == "清空重录"
    anew.click()
    five_seconds(typist)
    assert waiting(typist) == []
    assert typist.view.sheet.work is not None
    assert not typist.view.sheet.work.pad.begun


def test_what_cannot_be_put_back_is_said_and_goes_on_waiting(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    assert typist.view.session is not None
    place = typist.view.session.place(typist.uids[RAIN])
    typist.view.sheet.left.emit()
    typist.settle()
    typist.here.room.run(drafts.keep, place, {"marks": ["9", *[None] * 6], "at": 1})  # there are four options
    typist.at(RAIN, "gad7")
    assert typist.said().startswith("上次没录完的放不回来，")
    five_seconds(typist)
    assert len(waiting(typist)) == 1
    typist.keys("2")
    five_seconds(typist)
    (draft,) = waiting(typist)
    assert draft.typed["marks"][0] == "2"


def test_the_second_time_is_put_back_too(typist: Typist) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("1234123")
    typist.view.sheet.again()
    typist.keys("12")
    typist.view.sheet.left.emit()
    typist.settle()
    typist.at(RAIN, "gad7")
    work = typist.view.sheet.work
    assert work is not None
    assert work.first is not None
    assert work.first.marks == tuple("1234123")
    typist.keys("34123")
    assert not typist.view.sheet.summary.twice.isHidden()


def test_a_lock_keeps_what_was_typed(typist: Typist, qtbot: QtBot, outside: Outside, desk: Open, shown: Any) -> None:
    typist.at(RAIN, "gad7")
    typist.keys("123")
    uid: StudentUid = typist.uids[RAIN]
    way = Handover(typist.view.window(), typist.here.jobs, typist.here.room, Successor(outside.start, outside.leave))
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: bool(outside.started))
    (draft,) = desk().room.run(drafts.of_kind, drafts.ANSWERS).result
    assert draft.place.student_uid == uid
    assert draft.typed["marks"][:4] == ["1", "2", "3", None]

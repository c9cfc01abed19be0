"""Files of one student: pairs with their reasons, side by side, merged or set apart, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Basics, Guardian, StudentUid
from counselroom.services import batches
from counselroom.services.students import duplicates, guardians, listing, merging, student
from counselroom.ui.i18n import refusal_words
from counselroom.ui.pages.students.duplicates.view import DuplicatesView
from counselroom.ui.pages.students.duplicates.wording import coming
from counselroom.ui.widgets.banner import Banner, Tint
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]
THIRD, FOURTH = "junior-2025-3", "junior-2025-4"
SINCE, LATER = "2025-09-01", "2026-03-02"
VALID = ("53010220120305001X", "530102201203050028")


class School:
    """A few fictional files, and where the view led."""

    def __init__(self, here: Desk) -> None:
        self.here = here
        self.led: list[dict[str, str]] = []

    def register(self, name: str, class_id: str = THIRD, day: str = SINCE, **known: str) -> StudentUid:
        basics = replace(Basics(name), **known)  # type: ignore[arg-type]  # fields of text
        made = self.here.room.run(student.register, basics, class_id, day).result
        assert isinstance(made, student.Registered)
        return made.student_uid

    def names(self) -> list[str]:
        return sorted(line.name for line in self.here.room.run(listing.everybody).result)

    def steer(self, **args: str) -> None:
        self.led.append(args)


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def school8(here: Desk) -> School:
    return School(here)


@pytest.fixture
def twice(school8: School) -> tuple[StudentUid, StudentUid]:
    """One student with two files, in two classes; and twins, who are nobody's double."""
    first = school8.register("何嘉木", sex="1", birth="2012-03-05", school_no="20250301", phone="13800005530")
    second = school8.register(
        "何嘉木", FOURTH, LATER, birth="2012-03-05", school_no="20250417", dorm_building="3 号楼", dorm_room="204"
    )
    for name in ("赵子轩", "赵子涵"):
        school8.register(name, sex="1", birth="2012-06-15")
    for uid in (first, second):
        school8.here.room.run(guardians.write, Guardian("", uid, "何志强", phone="13800002716"))
    return first, second


@pytest.fixture
def show(here: Desk, school8: School, shown: Shown, qtbot: QtBot) -> Callable[..., DuplicatesView]:
    def opened(**args: str) -> DuplicatesView:
        view = shown(DuplicatesView(here.context, school8.steer), here)
        assert isinstance(view, DuplicatesView)
        here.jobs.changed.connect(view.refresh)
        view.open(**args)
        settle(here, qtbot)
        return view

    return opened


Show = Callable[..., DuplicatesView]


def settle(here: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)
    QApplication.processEvents()


def line(view: DuplicatesView, key: str) -> Any:
    return next(each for each in view.panel.lines if each.line.key == key)


def undo(here: Desk, qtbot: QtBot) -> None:
    way_back = here.said[-1][1]
    assert way_back is not None
    way_back()
    settle(here, qtbot)


def test_nothing_looks_double(show: Show, school8: School) -> None:
    school8.register("何嘉木")
    view = show()
    assert view.empty.isVisible()
    assert view.context_line() == ""
    view.empty.findChild(type(view.panel.swap)).click()
    assert school8.led == [{}]


def test_a_pair_with_its_reason_side_by_side(show: Show, twice: tuple[StudentUid, StudentUid]) -> None:
    view = show()
    assert view.context_line() == "1 对，看过再决定"
    (row,) = view.model.rows()
    name, classes, why = (column.text(row) for column in view.model.columns)
    assert (name, why) == ("何嘉木", "姓名和出生日期相同")
    assert classes == f"{row.first.class_name}、{row.second.class_name}"
    assert view.pair == twice
    assert [each.line.key for each in view.panel.lines] == ["sex", "school_no", "dorm_room", "phone", "place"]
    assert line(view, "sex").line.values == ("男", "")
    assert line(view, "dorm_room").line.values == ("", "3 号楼 204")
    assert [each.kept() for each in view.panel.lines] == [True, False, False, True, False]
    assert view.panel.merge_button.isEnabled()


def test_what_was_chosen_stands_after_the_merge_and_is_taken_back(
    show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    view = show()
    keep, _other = twice
    line(view, "school_no").choices[0].click()
    line(view, "place").choices[0].click()
    view.panel.merge_button.click()
    settle(here, qtbot)
    (merged,) = [row for row in here.room.run(listing.everybody).result if row.name == "何嘉木"]
    assert (merged.student_uid, merged.school_no, merged.class_id) == (keep, "20250301", THIRD)
    assert (merged.sex, merged.dorm) == ("男", "3 号楼 204")
    assert len(here.room.run(guardians.to_tell, keep).result) == 1
    assert here.said[-1][0] == "“何嘉木”的两份档案已合并"
    assert view.empty.isVisible()
    undo(here, qtbot)
    assert view.pair == twice
    assert len(view.model.rows()) == 1


def test_facts_that_belong_together_come_from_one_side(show: Show, twice: tuple[StudentUid, StudentUid]) -> None:
    view = show()
    assert view.panel.chosen()["dorm_building"] == "3 号楼"
    line(view, "dorm_room").choices[0].click()
    chosen = view.panel.chosen()
    assert (chosen["dorm_room"], chosen["dorm_building"], chosen["dorm_bed"]) == ("", "", "")


def test_the_other_file_can_be_kept(show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot) -> None:
    view = show()
    view.panel.swap.click()
    settle(here, qtbot)
    assert view.pair == (twice[1], twice[0])
    assert line(view, "sex").line.values == ("", "男")
    view.panel.merge_button.click()
    settle(here, qtbot)
    (merged,) = [row for row in here.room.run(listing.everybody).result if row.name == "何嘉木"]
    assert merged.student_uid == twice[1]


def test_two_people_are_not_suggested_again(
    show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    view = show()
    view.panel.apart_button.click()
    settle(here, qtbot)
    assert here.said[-1][0] == "已记下是两个人，不再提示"
    assert view.empty.isVisible()
    undo(here, qtbot)
    assert view.pair == twice


def test_what_comes_along_and_what_speaks_against_it(show: Show, twice: tuple[StudentUid, StudentUid]) -> None:
    view = show()
    assert view.panel.preview is not None
    assert [(each.label, each.kept, each.other, each.after) for each in coming(view.panel.preview)] == [
        ("监护人", "1 位", "1 位", "合并后 1 位，重复的 1 项只留一项"),
        ("班级经历", "1 段", "1 段", "合并后 2 段"),
    ]
    assert [banner.sentence.plain() for banner in view.panel.findChildren(Banner)] == ["两份档案都是在校，班级不同"]


def test_two_valid_identity_numbers_are_not_merged(show: Show, school8: School, qtbot: QtBot) -> None:
    first, second = (school8.register("何嘉木", birth="2012-03-05", id_no=number) for number in VALID)
    view = show(first=first, second=second)
    assert not view.panel.merge_button.isEnabled()
    assert view.panel.effect.plain() == "身份证号改正以后才能合并"
    assert [banner.tint() for banner in view.panel.findChildren(Banner)] == [Tint.ERROR]
    assert view.panel.apart_button.isEnabled()


def test_any_two_files_can_be_shown_and_the_kept_one_is_opened(
    show: Show, school8: School, here: Desk, qtbot: QtBot
) -> None:
    first, second = school8.register("阿依·古丽"), school8.register("古丽", FOURTH)
    view = show(view="duplicates", first=first, second=second)
    assert not view.list_sheet.isVisible()
    assert view.title() == "合并两份档案"
    assert view.pair == (first, second)
    line(view, "name").choices[0].click()
    view.panel.merge_button.click()
    settle(here, qtbot)
    assert school8.names() == ["阿依·古丽"]
    assert school8.led == [{"student": first}]


def test_a_pair_that_was_merged_meanwhile(show: Show, twice: tuple[StudentUid, StudentUid], school8: School) -> None:
    view = show(first=twice[0], second=twice[0])
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == refusal_words(Refusal("merge.same")).what
    assert view.pair == twice  # what is suggested instead


def test_by_keyboard(
    show: Show, school8: School, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    again = school8.register("李子涵", birth="2012-01-01"), school8.register("李子涵", FOURTH, birth="2012-01-01")
    view = show()
    assert len(view.model.rows()) == 2
    assert view.first_focus() is view.table
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    settle(here, qtbot)
    assert view.pair in (twice, again)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is view.panel.first_focus()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Left)
    view.panel.merge_button.setFocus()
    qtbot.keyClick(view.panel.merge_button, Qt.Key.Key_Return)
    settle(here, qtbot)
    assert len(view.model.rows()) == 1
    assert view.pair is not None  # on to the next one
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert school8.led == [{}]


def test_choices_stay_when_something_else_changes(
    show: Show, twice: tuple[StudentUid, StudentUid], school8: School, here: Desk, qtbot: QtBot
) -> None:
    view = show()
    line(view, "school_no").choices[0].click()
    here.jobs.run(view, None, student.register, Basics("钟弋阳"), THIRD)
    settle(here, qtbot)
    assert view.pair == twice
    assert line(view, "school_no").kept()


def test_long_numbers_hide_their_middle_until_they_are_asked_for(show: Show, school8: School) -> None:
    first = school8.register("何嘉木", birth="2012-03-05", xueji_aux="L530102201203050011")
    second = school8.register("何嘉木", FOURTH, birth="2012-03-05", xueji_aux="L530102201203050038")
    view = show(keep=first, other=second)
    number = line(view, "xueji_aux")
    assert [choice.shown()[-4:] for choice in number.choices] == ["0011", "0038"]
    assert all("*" in choice.shown() for choice in number.choices)
    number.eye.click()
    assert [choice.shown() for choice in number.choices] == ["L530102201203050011", "L530102201203050038"]
    assert number.eye.accessibleName() == "遮住号码"


def test_in_privacy_mode(show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot) -> None:
    view = show()
    here.context.privacy.set_on(True)
    assert line(view, "phone").choices[0].shown() == "138****"
    assert line(view, "school_no").choices[0].shown() == ""
    assert "20250301" not in line(view, "school_no").choices[0].accessibleName()
    assert line(view, "sex").choices[0].shown() == "男"
    assert not view.panel.grab().isNull()
    view.panel.merge_button.click()
    settle(here, qtbot)
    assert here.said[-1][0] == "“何*”的两份档案已合并"


def test_a_merge_is_taken_back_days_later(
    show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    here.room.run(merging.merge, *twice, {})
    view = show()
    assert view.empty.isVisible()
    ((name, about),) = view.past.said()
    assert name == "何嘉木"
    assert "并入" in about
    (button,) = view.past.buttons
    assert button.accessibleName() == "撤销“何嘉木”的合并"
    here.context.privacy.set_on(True)
    assert view.past.said()[0][0] == "何*"
    here.context.privacy.set_on(False)
    view.past.buttons[0].click()
    settle(here, qtbot)
    assert here.said[-1][0] == "已撤销合并，“何嘉木”又是两份档案"
    assert set(view.pair or ()) == set(twice)
    assert view.past.isVisible()
    assert view.past.buttons == []


def test_a_merge_on_which_something_stands_is_not_taken_back(
    show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    here.room.run(merging.merge, *twice, {})
    here.room.run(student.correct, twice[0], Basics("何嘉木", phone="13800009999"))
    view = show()
    view.past.buttons[0].click()
    settle(here, qtbot)
    assert view.said.banner is not None
    assert "何嘉木" in view.said.banner.sentence.plain() + view.said.banner.meta.plain()
    assert len(view.past.buttons) == 1


def test_two_files_that_were_chosen_have_the_whole_page(
    show: Show, twice: tuple[StudentUid, StudentUid], school8: School, here: Desk
) -> None:
    here.room.run(merging.merge, *twice, {})
    view = show(first=school8.register("阿依·古丽"), second=school8.register("古丽", FOURTH))
    assert not view.past.isVisible()


def test_somebody_else_has_undone_it_already(
    show: Show, twice: tuple[StudentUid, StudentUid], here: Desk, qtbot: QtBot
) -> None:
    view = show()
    batch = here.room.run(duplicates.set_apart, *twice).result
    here.room.run(batches.undo, BatchId(batch))
    view._toast("", batch)
    undo(here, qtbot)
    assert view.said.banner is not None
    assert view.said.banner.sentence.plain() == "这一步已经撤销过了"

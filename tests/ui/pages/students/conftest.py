"""A school with two dozen fictional students for the views of the students page.

A test module that wants them says ``from ui.pages.students.conftest import peopled as template``; the others get the
school without students.
"""

import shutil
from typing import Any

import pytest

from counselroom.domain.students.student import Basics, Entry, Guardian, StudentUid
from counselroom.services.students import entries, guardians, student
from counselroom.ui.pages.students.listing import ListView
from services.conftest import School8
from services.conftest import template as bare_template

__all__ = ["bare_template"]

# Fixed years of entry, so that whoever reads the tests knows the classes: 2024 and 2025 in the junior stage.
THIRD, FOURTH, YOUNG = "junior-2024-3", "junior-2024-4", "junior-2025-1"
SINCE = "2025-09-01"
# (name, class, sex, birth, school number, boarding). Two of one name, twins, a surname read in two ways, a middle dot.
CAST = (
    ("赵雨桐", THIRD, "2", "2012-03-05", "20240301", "2"),
    ("张一诺", THIRD, "1", "2012-05-17", "20240302", "1"),
    ("张一诺", FOURTH, "2", "2011-11-02", "20240401", "1"),
    ("郑言蹊", FOURTH, "1", "2012-01-20", "20240402", "2"),
    ("单文博", THIRD, "1", "2012-08-08", "20240303", "1"),
    ("阿依·古丽", YOUNG, "2", "2013-02-14", "20250101", "2"),
    ("赵子轩", YOUNG, "1", "2013-06-15", "20250102", "1"),
    ("赵子涵", YOUNG, "1", "2013-06-15", "20250103", "1"),
    ("李子悦", YOUNG, "2", "2013-04-01", "20250104", "1"),
    ("何小满", FOURTH, "2", "2012-07-30", "20240403", "1"),
)
OTHERS = tuple(
    (f"王{given}", FOURTH, "1", "2012-09-09", f"202404{number}", "1")
    for number, given in enumerate("安柏晨岱恩帆谷海嘉凯朗明宁朋", start=10)
)
IDENTITY = "53010220120305001X"


@pytest.fixture(scope="session")
def peopled(bare_template: School8, tmp_path_factory: pytest.TempPathFactory) -> School8:
    """The school with the cast; one has left, one has care categories and guardians."""
    folder = tmp_path_factory.mktemp("peopled") / "vault"
    shutil.copytree(bare_template.folder, folder)
    school = School8(folder, bare_template.shares)
    room = school.sign_in()
    uids: dict[str, StudentUid] = {}
    for name, class_id, sex, birth, number, boarding in (*CAST, *OTHERS):
        basics = Basics(name, sex=sex, birth=birth, school_no=number, boarding=boarding)
        uids[name] = room.run(student.register, basics, class_id, SINCE).result.student_uid
    rain = uids["赵雨桐"]
    basics = Basics("赵雨桐", sex="2", birth="2012-03-05", school_no="20240301", boarding="2", id_no=IDENTITY)
    room.run(student.correct, rain, basics)
    for code in ("C05", "C21"):
        room.run(entries.write, Entry("", rain, "care", code, from_on=SINCE))
    room.run(guardians.write, Guardian("", rain, "赵建国", relation="51", legal=True, phone="13800002716"))
    barred = Guardian("", rain, "钱某", relation="57", phone="13900001111", do_not_contact=True)
    room.run(guardians.write, Guardian(**{**vars(barred), "do_not_contact_reason": "法院裁定"}))
    room.run(student.move, [uids["何小满"]], status="90", from_on="2026-01-20")
    room.close()
    return school


def choose(view: ListView, *wanted: str) -> None:
    """Marks these lines of the list and no others."""
    view.table.clearSelection()
    for place, line in enumerate(view.model.rows()):
        if line.name in wanted:
            flags = view.table.selectionModel().SelectionFlag
            view.table.selectionModel().select(view.model.index(place, 0), flags.Select | flags.Rows)


def press(view: ListView, title: str) -> Any:
    """Presses a verb of the bar; gives the sheet that it opens."""
    next(button for button in view.bulk.buttons if button.text() == title).click()
    return view.bulk.dialog

"""The students page: from the list into a file and back to the line one came from."""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from counselroom.services.students import listing
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.pages.students.listing import ListView
from counselroom.ui.pages.students.page import StudentsPage
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]


def test_back_from_a_file_the_cursor_stands_on_its_line(
    desk: Open, shown: Callable[[Any, Desk], Any], qtbot: QtBot
) -> None:
    here = desk()
    page = shown(StudentsPage(here.context), here)
    assert page.first_focus() is page.view().filters.search
    line = next(line for line in here.room.run(listing.everybody).result if line.name == "郑言蹊")
    page.open(student=line.student_uid)
    file = page.view()
    assert isinstance(file, FileView)
    assert file.form is not None
    file.form.accept()
    qtbot.waitUntil(lambda: not here.jobs.running())
    assert page.above() == "学生"
    page.up()
    listed = page.view()
    assert isinstance(listed, ListView)
    assert listed.table.row().name == "郑言蹊"
    assert page.first_focus() is listed.table
    page.open(view="intake")
    page.up()
    assert page.first_focus() is listed.filters.search
    page.hide()

"""On paper: a growth file previewed and printed, a class list, and the files of several students in a folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.services import audit
from counselroom.services.students import growth_file, listing
from counselroom.services.students.listing import StudentLine
from counselroom.services.students.printing import Written
from counselroom.services.vault import opening
from counselroom.ui.context import Context, Look
from counselroom.ui.jobs import Jobs
from counselroom.ui.pages.settings.classes import ClassesSection
from counselroom.ui.pages.students.bulk_print import FilesDialog
from counselroom.ui.pages.students.file.forms.purpose import Why
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.pages.students.listing import ListView
from counselroom.ui.paper.class_list import ClassListPaper
from counselroom.ui.paper.dialog import PaperDialog
from counselroom.ui.paper.growth_file import GrowthFilePaper
from counselroom.ui.privacy import Privacy
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.text import Elided, PersonName
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import FOURTH, THIRD, choose, press
from ui.pages.students.conftest import peopled as template
from ui.printer import Paper, paper

__all__ = ["paper", "template"]

RAIN, BOOK, WORDS = "赵雨桐", "单文博", "郑言蹊"
Settle = Callable[[], None]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


@pytest.fixture
def lines(here: Desk) -> dict[str, StudentLine]:
    return {line.name: line for line in here.room.run(listing.everybody).result}


def left(here: Desk) -> list[str]:
    """What the register of what leaves says, newest first."""
    return [row.action for row in here.room.run(audit.left).result]


def printed(here: Desk, uid: StudentUid) -> list[tuple[str, bool]]:
    """The purposes in a file's access log, and whether it was on paper."""
    return [(each.purpose, each.printed) for each in here.room.run(growth_file.openings, uid).result]


# One growth file


@pytest.fixture
def view(
    here: Desk, shown: Callable[[Any, Desk], Any], settle: Settle, lines: dict[str, StudentLine]
) -> Iterator[FileView]:
    """赵雨桐's file, opened for a meeting."""
    made = FileView(here.context, lambda **_args: None)
    made.acts.why = Why("meeting")
    shown(made, here)
    made.open(student=lines[RAIN].student_uid)
    settle()
    yield made
    made.hide()


@pytest.fixture
def preview(view: FileView, settle: Settle, qtbot: QtBot) -> PaperDialog:
    qtbot.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    made = view.acts.form
    assert isinstance(made, PaperDialog)
    settle()
    return made


def test_a_preview_leaves_nothing_behind(preview: PaperDialog, view: FileView, here: Desk, qtbot: QtBot) -> None:
    assert preview.ground.pages.total() == 3
    assert RAIN not in preview.windowTitle()
    assert preview.told.plain() == "每次打印、存文件都记入外发登记和这份档案的查阅登记。"
    assert preview.ground.pages.hasFocus()
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert left(here) == []
    assert printed(here, view.uid) == [("meeting", False)]


def test_printed_and_entered_in_both_registers(
    preview: PaperDialog, view: FileView, here: Desk, settle: Settle, paper: Paper
) -> None:
    preview.print_button.click()
    settle()
    assert (paper.titles, paper.pages, paper.ended) == (["成长档案"], 3, True)
    assert QApplication.activeModalWidget() is None
    assert here.said[-1][0] == "成长档案已交给打印机，3 页"
    assert left(here) == ["file.printed"]
    assert printed(here, view.uid) == [("meeting", True), ("meeting", False)]


def test_fewer_parts_less_paper(preview: PaperDialog, settle: Settle, qtbot: QtBot, paper: Paper) -> None:
    choice = preview.options.findChild(type(preview.options.choice))  # type: ignore[attr-defined]
    choice.none.click()
    qtbot.waitUntil(lambda: preview.ground.state.plain() == "请至少选一个部分")
    assert preview.ground.pages.total() == 0
    assert not preview.print_button.isEnabled()
    choice.boxes["A"].click()
    assert not preview.print_button.isEnabled()  # what would be printed has not been shown yet
    qtbot.waitUntil(preview.print_button.isEnabled, timeout=20_000)
    settle()
    assert preview.ground.pages.total() == 2
    preview.print_button.click()
    settle()
    assert paper.pages == 2


def test_numbers_are_whole_only_when_asked_for(qtbot: QtBot) -> None:
    options = GrowthFilePaper(StudentUid("one"), RAIN, "", "DA-1", ("daily", ""))
    qtbot.addWidget(options)
    assert options.preview().more["masked"] is True
    options.choice.numbers.chips()[1].click()
    assert options.preview().more["masked"] is options.leaving().more["masked"] is False
    privacy.set_on(True)
    assert [name.plain() for name in options.findChildren(PersonName)] == ["赵*"]


def test_only_what_a_printer_was_found_for_is_in_a_register(
    preview: PaperDialog, here: Desk, settle: Settle, paper: Paper
) -> None:
    paper.turned_back = True
    preview.print_button.click()
    settle()
    assert preview.isVisible()
    paper.turned_back, paper.missing = False, True
    preview.print_button.click()
    assert preview.said.banner is not None
    assert "没有打印机" in preview.said.banner.sentence.plain()
    assert left(here) == []
    paper.missing, paper.jammed = False, True
    preview.print_button.click()
    settle()
    assert preview.said.banner is not None
    assert "打印没有完成" in preview.said.banner.sentence.plain()
    assert preview.print_button.isEnabled()  # and can be tried again
    assert left(here) == ["file.printed"]


def test_printing_can_be_stopped(preview: PaperDialog, settle: Settle, qtbot: QtBot, paper: Paper) -> None:
    preview.print_button.click()
    qtbot.waitUntil(lambda: preview.numbers.plain() == "正在打印 1 / 3 页", timeout=20_000)
    preview.stop_button.click()
    settle()
    assert paper.stopped
    assert paper.pages < 3
    assert preview.isVisible()
    assert preview.said.banner is not None
    assert preview.said.banner.sentence.plain() == "打印已停止"


def test_closing_ends_the_printing(preview: PaperDialog, settle: Settle, qtbot: QtBot, paper: Paper) -> None:
    preview.print_button.click()
    qtbot.waitUntil(lambda: paper.pages == 1, timeout=20_000)
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    settle()
    assert (paper.stopped, paper.ended) == (True, False)


def test_a_file_is_written_once_it_was_said_that_it_is_open_to_all(
    preview: PaperDialog, view: FileView, here: Desk, settle: Settle, script: Script, tmp_path: Path
) -> None:
    script.answers += [False]
    preview.save_button.click()
    assert preview.isVisible()
    script.answers += [True, tmp_path / "missing" / "out"]
    preview.save_button.click()
    settle()
    assert preview.said.banner is not None
    script.answers += [True, tmp_path / "给林老师"]
    preview.save_button.click()
    settle()
    kept = tmp_path / "给林老师.pdf"
    assert kept.read_bytes().startswith(b"%PDF-")
    assert kept.stat().st_mode & 0o077 == 0
    assert "没有加密" in script.asked[0][2]
    assert script.asked[-1] == ("save", "存成 PDF", f"成长档案-{view.acts.file.file_no if view.acts.file else ''}.pdf")
    assert here.said[-1][0] == "已存成 给林老师.pdf，没有加密"
    assert left(here) == ["file.printed"] * 2
    assert QApplication.activeModalWidget() is None


def test_the_past_is_not_printed_and_it_says_so(view: FileView, settle: Settle) -> None:
    view.look_back("2030-01-01")
    settle()
    view.verbs.buttons["print"].click()
    form = view.acts.form
    assert isinstance(form, PaperDialog)
    assert "印出来的是今天的档案" in " ".join(text.text() for text in form.options.findChildren(type(form.told)))
    form.reject()


def test_a_vault_for_reading_shows_but_prints_nothing(
    school: School8, shown: Callable[[Any, Desk], Any], qtbot: QtBot
) -> None:
    room = opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, read_only=True, ports=CHEAP)
    jobs = Jobs(room)
    context = Context(room, jobs, lambda *_a, **_k: None, lambda *_a: None, Privacy(), Look(), lambda: None)
    uid = next(line.student_uid for line in room.run(listing.everybody).result if line.name == BOOK)
    section = ClassesSection(context)
    shown(section, Desk(context, jobs))
    dialog = PaperDialog(context, section, GrowthFilePaper(uid, BOOK, "", "DA-1", ("daily", "")))
    dialog.open()
    qtbot.waitUntil(lambda: not jobs.running(), timeout=20_000)
    assert dialog.ground.pages.total() == 3
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    assert dialog.told.plain() == "档案库以只读方式打开，只能预览"
    dialog.reject()
    jobs.close(room.close)


# Class lists


@pytest.fixture
def students(here: Desk, shown: Callable[[Any, Desk], Any]) -> Iterator[ListView]:
    made = ListView(here.context, lambda **_args: None)
    here.jobs.changed.connect(made.refresh)
    shown(made, here)
    yield made
    made.hide()


def test_the_classes_of_those_who_are_chosen(
    students: ListView, here: Desk, settle: Settle, qtbot: QtBot, paper: Paper
) -> None:
    choose(students, RAIN, BOOK, WORDS)
    dialog = press(students, "打印班级名单…")
    assert isinstance(dialog, PaperDialog)
    options = dialog.options
    assert isinstance(options, ClassListPaper)
    assert [options.which.itemData(place) for place in range(options.which.count())] == [THIRD, FOURTH]
    settle()
    options.which.set_value(FOURTH)
    options.heading.set_text("心理委员选举")
    options.boxes["dorm"].click()
    assert options.leaving().args == (FOURTH, ("name", "sex", "school_no", "dorm"), "心理委员选举")
    assert options.leaving().args == options.preview().args
    qtbot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    dialog.print_button.click()
    settle()
    assert paper.titles == ["班级名单"]
    assert paper.pages == 1
    assert left(here) == ["class_list.printed"]


def test_a_list_without_columns_is_none(students: ListView, settle: Settle, qtbot: QtBot) -> None:
    choose(students, RAIN, BOOK)
    dialog = press(students, "打印班级名单…")
    for key in ("name", "sex", "school_no"):
        dialog.options.boxes[key].click()
    qtbot.waitUntil(lambda: dialog.ground.state.plain() == "请至少选一列")
    assert not dialog.print_button.isEnabled()
    dialog.reject()
    settle()


def test_whoever_has_left_is_on_no_list(students: ListView, here: Desk, lines: dict[str, StudentLine]) -> None:
    students.bulk._print_list([lines["何小满"]])
    assert here.said[-1][0] == "所选学生现在都不在班里，没有名单可打印"
    assert students.bulk.dialog is None


def test_from_the_classes_of_the_settings(
    here: Desk, shown: Callable[[Any, Desk], Any], settle: Settle, paper: Paper
) -> None:
    section = shown(ClassesSection(here.context), here)
    section.begin()
    settle()
    section.table.choose(THIRD)
    section.print_list.click()
    settle()
    assert section.paper.ground.pages.total() == 1
    assert section.paper.options.file_name() == "班级名单-" + section.model.rows()[1].name
    section.paper.print_button.click()
    settle()
    assert left(here) == ["class_list.printed"]


# Several growth files


def begin(students: ListView, *names: str) -> FilesDialog:
    choose(students, *names)
    dialog = press(students, "打印档案…")
    assert isinstance(dialog, FilesDialog)
    return dialog


def test_each_in_a_file_named_by_its_number(
    students: ListView, here: Desk, settle: Settle, script: Script, tmp_path: Path, lines: dict[str, StudentLine]
) -> None:
    dialog = begin(students, RAIN, BOOK)
    dialog.choice.none.click()
    dialog.accept()
    assert dialog.purpose.missing.plain() == "请先选一个用途"
    assert dialog.missing.plain() == "请至少选一个部分"
    dialog.purpose.rows[0].chips()[2].click()
    dialog.choice.boxes["A"].click()
    assert dialog.missing.isHidden()
    script.answers.append(None)
    dialog.accept()
    assert dialog.accept_button.isEnabled()
    script.answers.append(tmp_path)
    dialog.accept()
    settle()
    numbers = {lines[name].file_no for name in (RAIN, BOOK)}
    assert {path.stem for path in tmp_path.glob("*.pdf")} == numbers
    assert dialog.sentence.plain() == f"2 份成长档案都已存进“{tmp_path}”。"
    assert dialog.reject_button.text() == "关闭"
    assert dialog.accept_button.isHidden()
    assert left(here) == ["file.printed"]
    assert printed(here, lines[BOOK].student_uid) == [("meeting", True)]
    dialog.reject()
    assert not dialog.isVisible()


def test_a_whole_class_asks_a_second_person_and_can_be_stopped(
    students: ListView, here: Desk, settle: Settle, script: Script, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = begin(students, *(line.name for line in students.model.rows()))
    assert "超过 20 人" in dialog.note.plain()
    dialog.purpose.rows[0].chips()[0].click()
    script.answers.append(tmp_path)
    dialog.accept()
    settle()
    consent = dialog.consent
    assert consent is not None
    consent.who.set_value("王守正")
    consent.passphrase.set_text(STAFF["王守正"][1])
    consent.accept()
    qtbot.waitUntil(lambda: dialog.panel is not None, timeout=20_000)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))), timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # asks to stop, and does not close over what goes on
    assert dialog.isVisible()
    settle()
    QApplication.processEvents()
    assert not list(tmp_path.glob("*.pdf"))
    assert dialog.said.banner is not None
    assert dialog.said.banner.sentence.plain() == "已停止"
    assert dialog.accept_button.isVisible()
    dialog.reject()


def test_who_turns_back_from_the_consent_keeps_the_questions(
    students: ListView, settle: Settle, script: Script, tmp_path: Path
) -> None:
    dialog = begin(students, *(line.name for line in students.model.rows()))
    dialog.purpose.rows[0].chips()[0].click()
    script.answers.append(tmp_path)
    dialog.accept()
    settle()
    assert dialog.consent is not None
    dialog.consent.reject()
    assert dialog.accept_button.isEnabled()
    assert not list(tmp_path.glob("*.pdf"))


def test_whose_file_is_missing_is_named(students: ListView, lines: dict[str, StudentLine], tmp_path: Path) -> None:
    dialog = begin(students, RAIN, BOOK)
    missing = Refusal("print.glyph_missing", characters="𠮷", places="姓名")
    dialog._folder = tmp_path
    dialog._on_written(Written((tmp_path / "DA-2026-0001.pdf",), ((lines[BOOK].student_uid, missing),)))
    assert dialog.sentence.plain() == f"1 份已存进“{tmp_path}”，下面 1 份没有生成。"
    assert [name.plain() for name in dialog.findChildren(PersonName)] == [BOOK]
    assert any("𠮷" in said.plain() for said in dialog.findChildren(Elided))

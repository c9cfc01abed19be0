"""Journeys with students in the real window: the first roster of a new room, and a September."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import messy
from attack.kit import CHEAP, Target
from counselroom import resources
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.year_plan import Change
from counselroom.services.room.door import Room
from counselroom.services.students import intake, listing
from counselroom.services.vault import first_run, location
from counselroom.ui.pages.students.intake.frame import COLUMNS, PLAN, RESULT, START
from counselroom.ui.shell import Shell
from counselroom.ui.window import Window
from counselroom.ui.wizard.wizard import Wizard
from rosters import roster_file
from ui.conftest import Script, script
from ui.printer import Paper, paper
from ui.rooms import made, open_room, outside, sign_in, target, type_back, window

__all__ = ["made", "outside", "paper", "script", "target", "window"]

YEAR = school_year_of(date.today())  # noqa: DTZ011 - as the program sees it
SCHOOL, NAME, PASSPHRASE = "云溪市第三中学", "林若溪", "lan tian bai yun 01"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("安和", "知远", "若水", "明哲")
NAMES = [surname + given for given in GIVEN for surname in SURNAMES]


@pytest.fixture
def settle(window: Window, qtbot: QtBot) -> Callable[[], None]:
    """Waits until everything that was asked of the database has arrived."""
    return lambda: qtbot.waitUntil(lambda: window.jobs is None or not window.jobs.running(), timeout=10_000)


Settle = Callable[[], None]


def first_start(window: Window, qtbot: QtBot) -> None:
    """School, level scheme, place, own account, three sheets on paper, two groups typed back."""
    window.show_wizard()
    wizard = window.screen_widget
    assert isinstance(wizard, Wizard)
    onward = wizard.frame.next.button
    wizard.welcome.begin_button.click()
    form = wizard.school.form
    form.name.set_text(SCHOOL)
    form.division.set_code("530102")
    form.stages.set_values(["junior"])
    wizard.school.changed.emit()
    onward.click()
    onward.click()
    qtbot.waitUntil(lambda: bool(wizard.place.cards))
    wizard.place.cards[0].click()
    if wizard.place.reason():
        wizard.place.accepted.click()
    onward.click()
    wizard.own.name.set_text(NAME)
    chooser = wizard.own.chooser
    chooser.ways.chips()[1].click()
    chooser.own.first.set_text(PASSPHRASE)
    chooser.own.second.set_text(PASSPHRASE)
    onward.click()
    qtbot.waitUntil(lambda: len(wizard.steps) > 4, timeout=10_000)
    step: Any = wizard.steps[4]
    qtbot.waitUntil(lambda: bool(step.typeback.fields))
    for sheet in step.panel.columns:
        sheet.print_button.click()
        qtbot.waitUntil(lambda sheet=sheet: sheet.done, timeout=10_000)
    groups = {share.number: share.groups for share in step.panel._shares.shares}
    for field in step.typeback.fields:
        field.edit.setText(groups[field.place.share][field.place.position - 1])
    qtbot.waitUntil(lambda: not step.typeback.reason())
    onward.click()
    onward.click()
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell))


def messy_roster() -> list[list[object]]:
    """Forty pupils as offices write them; two rows cannot be taken in: a date that is none, a number too short."""
    rows: list[list[object]] = [[f"{SCHOOL}{YEAR}年秋季学期学生名册"], ["制表：教务处"], []]
    rows.append(["序号", "姓　名", "性别", "班　级", "学号", "全国学籍号", "出生日期", "家长电话"])
    classes = ("七年级（１）班", "初一2班", f"{YEAR}级3班", "七（4）班")
    for place, name in enumerate(NAMES):
        number = f"{YEAR}{place + 1:04d}"
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number) if place % 3 == 0 else number
        born = f"{YEAR - 12}.{place % 12 + 1}.{place % 27 + 1}"
        shown = f"{name[0]}　{name[1:]}" if place % 5 == 0 else f" {name} "
        rows.append([place + 1, shown, "男女"[place % 2], classes[place % 4], wide, "", born, f"144０{place:07d}"])
    rows[14][6] = f"{YEAR - 12}.13.40"
    rows[25][5] = "G53010220140107113"
    rows.append(["合计", f"{len(NAMES)}人"])
    return rows


def everybody(room: Room | None) -> list[listing.StudentLine]:
    assert room is not None
    return room.run(listing.everybody).result


def test_from_the_first_start_to_a_file_on_paper(
    window: Window,
    qtbot: QtBot,
    settle: Settle,
    script: Script,
    paper: Paper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """She starts the program for the first time, takes in what the office has sent, mends two rows, finds a pupil by
    initials and prints the growth file."""
    monkeypatch.setenv("COUNSELROOM_FONTS", str(resources.fonts_dir()))  # before the home is another one
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(location, "suggestions", lambda: [tmp_path / location.FOLDER_NAME])
    monkeypatch.setattr(first_run, "create", partial(first_run.create, ports=CHEAP))
    first_start(window, qtbot)
    shell: Any = window.screen_widget
    settle()

    shell.go("students")
    settle()
    shell.page().view().first_step.click()
    view = shell.page().view()
    assert view.title() == "导入名册"
    roster, mended = tmp_path / "教务处名册.xlsx", tmp_path / "改好的行.xlsx"
    roster.write_bytes(messy.xlsx({"名册": messy_roster()}))
    script.answers += [roster, mended]
    settle()
    view.start.open_button.click()
    settle()
    assert view.step() == COLUMNS
    assert view.columns.note.plain().startswith("共 40 行学生；另有 3 行是标题、合计或说明")
    view.next.button.click()
    settle()
    assert view.step() == PLAN
    assert view.next.button.text() == "导入 38 行"
    view.next.button.click()
    settle()
    assert view.step() == RESULT
    assert len(everybody(window.room)) == 38

    view.result.save_button.click()
    settle()
    mend(mended)
    view.result.again.emit()
    settle()
    assert view.step() == START
    script.answers.append(mended)
    view.start.open_button.click()
    settle()
    view.next.button.click()
    settle()
    view.next.button.click()
    settle()
    assert sorted(line.name for line in everybody(window.room)) == sorted(NAMES)

    view.next.button.click()  # 去看学生
    settle()
    listed = shell.page().view()
    QTest.keyClicks(listed.filters.search, "qzw")
    QTest.keyClick(listed.filters.search, Qt.Key.Key_Backspace)
    QTest.keyClicks(listed.filters.search, "y")
    settle()
    assert [line.name for line in listed.model.rows()] == ["钱知远"]
    QTest.keyClick(listed.filters.search, Qt.Key.Key_Return)
    file = shell.page().view()
    assert file.title() == "成长档案"
    file.form.accept()  # for daily work, as proposed
    settle()
    assert file.head.name.plain() == "钱知远"

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(file, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = file.acts.form
    settle()
    preview.print_button.click()
    qtbot.waitUntil(lambda: paper.ended, timeout=10_000)
    settle()
    assert paper.titles[-1] == "成长档案", "the name of the print job tells nobody who it is about"
    assert paper.pages >= 2
    file.panel.choose("N")
    settle()
    assert {item.title for item in file.panel.line.items()} == {NAME}
    assert any(item.text == "打印：日常辅导" for item in file.panel.line.items())


def mend(path: Path) -> None:
    """What was pointed out is put right in the very sheet that the program wrote."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    (wrong_day,) = (cell for cell in cells if cell.value == f"{YEAR - 12}.13.40")
    (too_short,) = (cell for cell in cells if cell.value == "G53010220140107113")
    wrong_day.value, too_short.value = f"{YEAR - 12}-03-04", ""
    book.save(path)


def grown(first: int, last: int) -> list[tuple[str, ...]]:
    """A roster by the years in which classes began, eight pupils to a year."""
    rows = []
    for entered in range(first, last + 1):
        for place in range(8):
            name = NAMES[(entered - YEAR + 3) * 8 + place]
            rows.append((name, f"{entered}级{place % 2 + 1}班", f"{entered}{place:04d}", f"{entered - 12}-05-06"))
    return rows


def test_a_september(
    window: Window, target: Target, qtbot: QtBot, settle: Settle, script: Script, tmp_path: Path
) -> None:
    """The new roster comes; one pupil has gone to another school, of one nobody knows where to. She looks at that one,
    and then the office says that it was the wrong list: one step back, and everything is as before."""
    head = ("姓名", "班级", "学号", "出生日期")
    type_back(target)
    room = open_room(target)
    choices = intake.Choices(school_year=YEAR - 1, from_on=f"{YEAR - 1}-09-01")
    room.run(intake.commit, roster_file([head, *grown(YEAR - 3, YEAR - 1)]), choices)
    before = everybody(room)
    room.close()
    known, unknown = NAMES[9], NAMES[17]
    stayed = [row for row in grown(YEAR - 2, YEAR) if row[0] not in (known, unknown)]
    path = tmp_path / "新学年名册.xlsx"
    path.write_bytes(messy.xlsx({"名册": [(f"{YEAR}年秋季学生名册",), head, *stayed]}))

    sign_in(qtbot, window, target)
    settle()
    shell: Any = window.screen_widget
    shell.go("students")
    settle()
    shell.page().view().year.click()
    settle()
    view = shell.page().view()
    next(chip for chip in view.which.chips.chips() if chip.key == str(YEAR)).click()
    script.answers.append(path)
    view.start.open_button.click()
    settle()
    view.next.button.click()
    settle()
    assert view.step() == PLAN
    counts = {group.change: group.count for group in view.plan.groups.model.rows()}
    assert counts == {Change.GONE: 2, Change.GRADUATED: 8, Change.NEW: 8, Change.PROMOTED: 14}
    view.plan.groups.table.choose(Change.GONE)
    gone = next(item for item in view.plan.model.rows() if item.name == known)
    view.plan.table.choose(gone.student_uid)
    view.plan.leavers.choice.set_value("03")
    view.plan.leavers.apply.click()
    settle()
    view.next.button.click()
    settle()
    assert view.step() == RESULT
    now = {line.name: line for line in everybody(window.room)}
    assert (now[known].status, now[unknown].status) == ("03", "90")
    assert sum(line.present for line in now.values()) == 22

    shell.go("students", view="undecided")
    settle()
    listed = shell.page().view()
    assert [line.name for line in listed.model.rows()] == [unknown]
    listed.table.choose(now[unknown].student_uid)
    listed.preview.open_button.click()
    shell.page().view().form.accept()
    settle()
    file = shell.page().view()
    assert file.head.status.plain() == "已离校·去向未定"
    assert file.head.decide_button.isVisible()

    shell.go("students", view="year")
    settle()
    assert view.step() == START
    view.start.table.selectRow(0)
    view.start.undo_button.click()
    settle()
    assert everybody(window.room) == before

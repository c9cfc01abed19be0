"""Two shares from paper open the vault for a member with a new passphrase; a wrong group is named."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counselroom.domain.recovery import line
from counselroom.domain.refusal import Refusal
from counselroom.services.room.door import Room
from counselroom.services.vault import opening, place, recovery
from counselroom.ui.widgets.surfaces import Scroll
from counselroom.ui.wizard.printed import SheetsStep
from counselroom.ui.wizard.recover import RecoverPage
from counselroom.ui.wizard.share_field import ShareField, in_fours
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8
from ui.conftest import Script
from ui.printer import Paper


@pytest.fixture
def rooms() -> Iterator[list[Room]]:
    made: list[Room] = []
    yield made
    for room in made:
        room.close()


@pytest.fixture
def left() -> list[str]:
    return []


@pytest.fixture
def held() -> list[tuple[Room, int]]:
    """The rooms that can be locked, each with its idle minutes."""
    return []


@pytest.fixture
def page(
    qtbot: QtBot, school: School8, rooms: list[Room], left: list[str], held: list[tuple[Room, int]]
) -> Iterator[RecoverPage]:
    made = RecoverPage(
        school.folder, rooms.append, lambda: left.append("left"),
        hold=lambda room, _jobs, minutes: held.append((room, minutes)),
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitActive(made)
    qtbot.waitUntil(lambda: made.first._names is not None)
    yield made
    made.shut()


def choose(page: RecoverPage, name: str) -> None:
    next(chip for chip in page.first._names.chips() if chip.key == name).click()


def fill(page: RecoverPage, school: School8, name: str = LEAD) -> None:
    one, _two, three = school.shares.shares
    page.first.one.edit.setPlainText(line(one))
    page.first.two.edit.setPlainText(line(three).replace(" ", ""))
    choose(page, name)
    page.first.chooser.offered.noted.click()


def test_the_lead_comes_back_in(
    page: RecoverPage,
    school: School8,
    rooms: list[Room],
    held: list[tuple[Room, int]],
    qtbot: QtBot,
    paper: Paper,
    type_back: Callable[..., None],
) -> None:
    assert QApplication.focusWidget() is page.first.one.edit
    fill(page, school)
    assert held == []
    passphrase = page.first.chooser.passphrase()
    assert page.frame.next.reason() == ""
    page.frame.next.button.click()
    qtbot.waitUntil(lambda: page.second is not None, timeout=20_000)
    step = page.second
    assert isinstance(step, SheetsStep)
    assert page.first.one.edit.toPlainText() == ""
    qtbot.waitUntil(lambda: bool(step.typeback.fields))
    assert page.frame.next.reason() == "还有 3 份没有打印"
    for sheet in step.panel.columns:
        qtbot.waitUntil(sheet.print_button.isEnabled)
        sheet.print_button.click()
        qtbot.waitUntil(lambda sheet=sheet: sheet.done, timeout=20_000)
    type_back(step.typeback, step.panel._shares)
    qtbot.waitUntil(lambda: page.frame.next.reason() == "")
    page.frame.next.button.click()
    (room,) = rooms
    assert held == [(room, 15)]
    assert place.remembered().account == room.account.account_id
    assert room.run(recovery.state).result.due == ()
    room.close()
    with pytest.raises(Refusal, match=r"passphrase\.wrong"):
        opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, ports=CHEAP)
    rooms[:] = [opening.unlock(school.folder, LEAD, passphrase, ports=CHEAP)]


def test_a_counsellor_who_recovers_prints_the_new_sheets_too(
    page: RecoverPage, school: School8, rooms: list[Room], qtbot: QtBot, paper: Paper
) -> None:
    fill(page, school, next(iter(STAFF)))
    page.frame.next.button.click()
    qtbot.waitUntil(lambda: page.second is not None, timeout=20_000)
    step = page.second
    assert isinstance(step, SheetsStep)
    qtbot.waitUntil(step.panel.columns[0].print_button.isEnabled, timeout=20_000)
    step.panel.columns[0].print_button.click()
    qtbot.waitUntil(lambda: step.panel.columns[0].done, timeout=20_000)


def test_it_fits_without_a_scroll_bar(page: RecoverPage, school: School8, qtbot: QtBot) -> None:
    page.resize(1366, 768)
    page.first.one.edit.setPlainText("0418" * 33)  # the longest complaint
    scroll = page.frame._held[page.first]
    assert isinstance(scroll, Scroll)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0)


def test_only_members_are_offered(page: RecoverPage) -> None:
    assert [chip.key for chip in page.first._names.chips()] == [LEAD, next(iter(STAFF))]


def test_the_wrong_group_is_named(page: RecoverPage, school: School8) -> None:
    groups = list(school.shares.shares[0].groups)
    groups[6] = "0001" if groups[6] != "0001" else "0002"
    page.first.one.edit.setPlainText(" ".join(groups))
    assert page.first.one._state.plain().startswith("第 1 份的第 7 组数字与纸上不一样")
    assert groups[6] in page.first.one.edit.toPlainText()
    assert page.frame.next.reason() == "还差两份恢复单"


def test_the_same_share_twice(page: RecoverPage, school: School8) -> None:
    for field in (page.first.one, page.first.two):
        field.edit.setPlainText(line(school.shares.shares[1]))
    assert page.frame.next.reason() == "两次输入的都是第 2 份"


def test_shares_of_another_set_change_nothing(page: RecoverPage, school: School8, qtbot: QtBot) -> None:
    room = school.sign_in()
    room.run(recovery.reissue)
    room.close()
    fill(page, school)
    page.frame.next.button.click()
    qtbot.waitUntil(lambda: page.first.refused.banner is not None, timeout=20_000)
    assert page.first.one.share() is not None
    school.sign_in().close()


def test_from_a_file(page: RecoverPage, school: School8, script: Script) -> None:
    path = school.folder.with_name("share-2.txt")
    path.write_text(line(school.shares.shares[1]) + "\n", encoding="utf-8")
    script.answers.append(path)
    page.first.one.file_button.click()
    assert page.first.one.share() == school.shares.shares[1]


def test_turning_back(page: RecoverPage, school: School8, left: list[str]) -> None:
    fill(page, school)
    page.frame.back_button.click()
    assert left == ["left"]
    assert page.first.one.edit.toPlainText() == ""


def test_groups_are_set_apart_and_counted_while_typing(qtbot: QtBot) -> None:
    field = ShareField("第一份")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "041800230")
    assert field.edit.toPlainText() == "0418 0023 0"
    assert field.count.plain() == "已输入 2 / 33 组"
    cursor = field.edit.textCursor()
    cursor.setPosition(4)
    field.edit.setTextCursor(cursor)
    qtbot.keyClicks(field.edit, "9")
    assert field.edit.toPlainText() == "0418 9002 30"
    assert field.edit.textCursor().position() == 6


@pytest.mark.parametrize(
    ("typed", "shaped"),
    [
        ("", ""),
        ("12", "12"),
        ("12345", "1234 5"),
        ("1 2 3 4 5", "1234 5"),
        ("12345678", "1234 5678"),
        ("1234" * 6, "1234 1234 1234 1234 1234\n1234"),
    ],
)
def test_in_fours(typed: str, shaped: str) -> None:
    assert in_fours(typed) == shaped

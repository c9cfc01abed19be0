"""Accounts and keys: add, change, renew, remove; the own passphrase; new recovery sheets."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from counselroom.domain.access import Kind, Role
from counselroom.domain.refusal import Refusal
from counselroom.services import people, settings
from counselroom.services.people import AccountRow
from counselroom.services.vault import opening, recovery
from counselroom.ui.pages.settings import SettingsPage
from counselroom.ui.pages.settings.account_form import Task
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8
from ui.conftest import Script
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]
COUNSELLOR, PRINCIPAL = list(STAFF)[:2]


def settle(here: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


def section_of(here: Desk, shown: Shown, qtbot: QtBot, key: str) -> Any:
    page = shown(SettingsPage(here.context), here)
    page.open(section=key)
    settle(here, qtbot)
    return page.section()


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def section(here: Desk, shown: Shown, qtbot: QtBot) -> Any:
    return section_of(here, shown, qtbot, "people")


def account(here: Desk, name: str) -> AccountRow:
    return next(row for row in here.room.run(people.accounts).result if row.name == name)


def choose(section: Any, here: Desk, name: str) -> None:
    assert section.table.choose(account(here, name).account_id)


def test_everybody_is_listed(section: Any) -> None:
    assert [row.name for row in section.model.rows()] == [LEAD, *STAFF]
    assert [column.text(section.model.rows()[0]) for column in section.model.columns][1:3] == [
        "心理教师（负责人）",
        "可打开档案库",
    ]


def test_adding(section: Any, here: Desk, qtbot: QtBot, school: School8) -> None:
    section.add_button.click()
    form = section.form
    assert form.name.edit.hasFocus()
    assert form.go.reason() == "还差姓名"
    form.name.set_text("李老师")
    assert form.go.reason() == "还没有选角色"
    form.roles.boxes[Role.HEAD_TEACHER].click()
    assert form.roles.sum.plain() == "这个账号打不开档案库，只打开交给本人的文件。"
    assert form.go.reason() == "请先把口令抄下来并打勾"
    form.chooser.offered.noted.click()
    passphrase = form.chooser.passphrase()
    form.go.button.click()
    settle(here, qtbot)
    assert section.form is None
    assert here.said[-1][0] == "已添加“李老师”"
    assert account(here, "李老师").kind is Kind.HOLDER
    opening.unlock(school.folder, "李老师", passphrase, read_only=True, ports=CHEAP).close()


def test_a_name_that_is_taken(section: Any, here: Desk, qtbot: QtBot) -> None:
    section.add_button.click()
    form = section.form
    form.name.set_text(COUNSELLOR)
    form.roles.boxes[Role.OFFICE].click()
    form.chooser.offered.noted.click()
    form.go.button.click()
    settle(here, qtbot)
    assert section.form is form
    assert form.name.error() == f"已经有一个叫“{COUNSELLOR}”的账号"
    assert form.name.text() == COUNSELLOR
    assert section.said.banner is None  # said once, at the name
    form.left.emit()
    assert section.form is None


def test_which_verbs_fit(section: Any, here: Desk) -> None:
    assert not section.remove_button.isEnabled()
    assert section.why.plain() == "先在表里选一个账号"
    choose(section, here, LEAD)
    assert (section.remove_button.isEnabled(), section.renew_button.isEnabled()) == (False, False)
    choose(section, here, PRINCIPAL)
    assert section.remove_button.isEnabled()
    assert section.renew_button.isEnabled()
    assert section.why.plain() == ""


def test_removing(section: Any, here: Desk, qtbot: QtBot, script: Script) -> None:
    choose(section, here, PRINCIPAL)
    script.answers += [False, True]
    section.remove_button.click()
    assert here.room.generation == 1
    section.remove_button.click()
    settle(here, qtbot)
    assert PRINCIPAL not in [row.name for row in section.model.rows()]
    assert here.room.generation == 2
    (question, *_rest) = script.asked
    assert question[1] == "移除账号"
    assert "会更换档案库钥匙" in question[2]
    assert "以前的备份" in question[2]
    assert question[3] == "danger"


def test_nobody_is_named_in_privacy_mode(section: Any, here: Desk, qtbot: QtBot, script: Script) -> None:
    choose(section, here, COUNSELLOR)
    section.roles_button.click()
    heading = section.form._heading
    assert heading.plain() == f"调整“{COUNSELLOR}”的角色"
    here.context.privacy.set_on(True)
    masked = f"{COUNSELLOR[0]}*"
    assert heading.plain() == f"调整“{masked}”的角色"
    section.form.roles.set_roles([Role.GRADE_HEAD])
    section.form.roles.changed.emit()
    script.answers += [True, True]
    section.form.go.button.click()
    settle(here, qtbot)
    choose(section, here, PRINCIPAL)
    section.remove_button.click()
    settle(here, qtbot)
    told = [question[2] for question in script.asked] + [said for said, _undo in here.said]
    assert len(told) == 4
    assert not any(COUNSELLOR in sentence or PRINCIPAL in sentence for sentence in told)
    assert here.said[0][0] == f"已调整“{masked}”的角色"


def test_other_roles(section: Any, here: Desk, qtbot: QtBot, script: Script) -> None:
    choose(section, here, COUNSELLOR)
    section.roles_button.click()
    form = section.form
    assert form.task is Task.ROLES
    assert form.go.reason() == "没有改动"
    form.roles.set_roles([Role.GRADE_HEAD])
    form.roles.changed.emit()
    script.answers.append(True)
    form.go.button.click()
    settle(here, qtbot)
    assert account(here, COUNSELLOR).roles == (Role.GRADE_HEAD,)
    assert "打不开档案库" in script.asked[0][2]


def test_a_new_passphrase_for_somebody(section: Any, here: Desk, qtbot: QtBot, script: Script, school: School8) -> None:
    choose(section, here, PRINCIPAL)
    section.renew_button.click()
    form = section.form
    form.chooser.offered.noted.click()
    passphrase = form.chooser.passphrase()
    script.answers.append(True)
    form.go.button.click()
    settle(here, qtbot)
    assert section.form is None
    with pytest.raises(Refusal, match=r"passphrase\.wrong"):
        opening.unlock(school.folder, PRINCIPAL, STAFF[PRINCIPAL][1], read_only=True, ports=CHEAP)
    opening.unlock(school.folder, PRINCIPAL, passphrase, read_only=True, ports=CHEAP).close()


def test_a_counsellor_only_reads(desk: Open, shown: Shown, qtbot: QtBot) -> None:
    section = section_of(desk(COUNSELLOR), shown, qtbot, "people")
    assert section.add_button.isHidden()
    assert section.remove_button.isHidden()
    assert len(section.model.rows()) == 1 + len(STAFF)


@pytest.mark.parametrize("name", [LEAD, PRINCIPAL])
def test_the_own_passphrase(desk: Open, shown: Shown, qtbot: QtBot, school: School8, name: str) -> None:
    here = desk(name)
    sheet = section_of(here, shown, qtbot, "keys").own
    assert not sheet.chooser.isVisible()  # no offer before it is asked for
    sheet.start_button.click()
    assert sheet.chooser.isVisible()
    assert sheet.go.reason() == "还差现在的口令"
    sheet.old.set_text("nicht richtig")
    sheet.chooser.offered.noted.click()
    sheet.go.button.click()
    settle(here, qtbot)
    assert sheet.old.error() == "现在的口令不对，请再输入一次"
    assert sheet.old.text() == ""
    sheet.old.set_text(LEAD_PASSPHRASE if name == LEAD else STAFF[name][1])
    passphrase = sheet.chooser.passphrase()
    sheet.go.button.click()
    settle(here, qtbot)
    assert here.said[-1][0] == "口令已修改，下次登录用新口令"
    assert sheet.old.text() == ""
    opening.unlock(school.folder, name, passphrase, read_only=True, ports=CHEAP).close()


def test_new_recovery_sheets(here: Desk, shown: Shown, qtbot: QtBot, script: Script) -> None:
    section = section_of(here, shown, qtbot, "keys")
    before = here.room.run(recovery.state).result.mark
    assert "还没有核对" in section.state.plain()
    script.answers.append(True)
    section.reissue_button.click()
    qtbot.waitUntil(lambda: section.panel is not None and bool(section.typeback.fields), timeout=20_000)
    assert "打不开档案库" in script.asked[0][2]
    shares = section.panel._shares
    assert shares.mark != before or here.room.generation == 2
    groups = {share.number: share.groups for share in shares.shares}
    for field in section.typeback.fields:
        field.edit.setText(groups[field.place.share][field.place.position - 1])
    qtbot.waitUntil(lambda: section.panel is None)
    settle(here, qtbot)
    assert "已核对" in section.state.plain()
    assert here.said[-1][0] == "恢复单已核对"


def test_the_table_looks_as_it_was_left(here: Desk, section: Any, shown: Shown, qtbot: QtBot) -> None:
    head = section.table.horizontalHeader()
    settle(here, qtbot)
    head.resizeSection(0, 333)
    qtbot.waitUntil(lambda: "widths" in here.room.run(settings.table_layout, "accounts").result, timeout=10_000)
    again = section_of(here, shown, qtbot, "people")
    qtbot.waitUntil(lambda: again.table.horizontalHeader().sectionSize(0) == 333, timeout=10_000)

"""Settings: sections by right, declared settings without a line of code, everything that can be undone is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain import settings as declared
from counselroom.domain.settings import SPECS, SettingKind, SettingSpec
from counselroom.services import audit, settings
from counselroom.services.vault import place
from counselroom.ui import theme
from counselroom.ui.pages.settings import SettingsPage
from counselroom.ui.pages.settings.account_form import Task
from counselroom.ui.pages.settings.declared import DeclaredSection
from counselroom.ui.pages.settings.people import PeopleSection
from counselroom.ui.pages.settings.records import action_words, fact_words
from services.conftest import LEAD, STAFF
from ui.conftest import Script
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def page(here: Desk, shown: Shown) -> SettingsPage:
    made = shown(SettingsPage(here.context), here)
    assert isinstance(made, SettingsPage)
    return made


def settle(here: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


def keys(page: SettingsPage) -> list[str]:
    return [spec.key for spec in page.specs]


def test_sections_of_the_lead(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    assert keys(page) == [
        "school",
        "calendar",
        "classes",
        "level",
        "people",
        "keys",
        "lock",
        "look",
        "vault",
        "records",
        "about",
    ]
    for key in keys(page):
        page.show_section(key)
        settle(here, qtbot)
        assert page.section().said.banner is None


class Windows(QObject):
    """Notes every window that comes onto the screen, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("name", [LEAD, *list(STAFF)[:2]])
def test_no_part_opens_as_a_window(desk: Open, shown: Shown, qtbot: QtBot, qapp: QApplication, name: str) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    here = desk(name)
    page = shown(SettingsPage(here.context), here)
    for key in keys(page):
        page.show_section(key)
        settle(here, qtbot)
    section = page._made.get("people")
    if isinstance(section, PeopleSection) and section.may:
        section.table.selectRow(1)
        for task in Task:
            section.show_form(task)
            section.show_list()
    qapp.removeEventFilter(windows)
    assert windows.seen == ["SettingsPage"]


def test_sections_of_others(desk: Open, shown: Shown) -> None:
    counsellor = desk(next(iter(STAFF)))
    assert "records" not in keys(shown(SettingsPage(counsellor.context), counsellor))
    counsellor.jobs.close(counsellor.room.close)
    holder = desk(list(STAFF)[1])
    assert keys(shown(SettingsPage(holder.context), holder)) == ["keys", "look", "about"]


def test_a_holder_chooses_light_or_dark(desk: Open, shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    holder = desk(list(STAFF)[1])
    place.remember(tmp_path, "")
    page = shown(SettingsPage(holder.context), holder)
    page.show_section("look")
    section = page.section()
    section.line.control.chips()[2].click()
    settle(holder, qtbot)
    assert theme.mode() is theme.Mode.DARK
    assert place.remembered().look == "dark"


def test_the_list_by_keyboard(page: SettingsPage, qtbot: QtBot) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list.entries[0], Qt.Key.Key_Down)
    assert page.current == "calendar"
    qtbot.keyClick(page.list.entries[1], Qt.Key.Key_Up)
    assert page.current == "school"


@pytest.mark.parametrize(("section", "shown_section"), [("privacy", "lock"), ("people", "people"), ("none", "school")])
def test_links_lead_to_sections(page: SettingsPage, section: str, shown_section: str) -> None:
    page.open(section=section)
    assert page.current == shown_section


def test_a_choice_is_changed_and_taken_back(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    page.show_section("level")
    settle(here, qtbot)
    section = page.section()
    assert isinstance(section, DeclaredSection)
    section.rows["level.scheme"].control.chips()[1].click()  # type: ignore[attr-defined]  # a row of chips
    settle(here, qtbot)
    assert here.room.run(settings.values).result["level.scheme"] == "four"
    (text, undo) = here.said[-1]
    assert text == "已改：等级叫法"
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert here.room.run(settings.values).result["level.scheme"] == "three"
    assert section.rows["level.scheme"].value() == "three"


def test_a_number_and_a_personal_switch(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    page.show_section("lock")
    settle(here, qtbot)
    section = page.section()
    assert isinstance(section, DeclaredSection)
    assert section.rows["lock.idle_minutes"].value() == 3
    section.rows["lock.idle_minutes"].control.setValue(7)  # type: ignore[attr-defined]  # a number box
    section.rows["privacy.start"].control.click()  # type: ignore[attr-defined]  # a box to tick
    settle(here, qtbot)
    values = here.room.run(settings.values).result
    assert (values["lock.idle_minutes"], values["privacy.start"]) == (7, True)
    undo = here.said[-1][1]
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert here.room.run(settings.values).result["privacy.start"] is False


@pytest.fixture
def new_setting() -> Iterator[SettingSpec]:
    spec = declared.declare(
        SettingSpec("talk.minutes", "talk", SettingKind.NUMBER, "setting.t", "setting.h", default=40, least=10, most=90)
    )
    yield spec
    del SPECS[spec.name]


def test_a_new_declaration_is_enough(desk: Open, shown: Shown, new_setting: SettingSpec, qtbot: QtBot) -> None:
    here = desk()
    page = shown(SettingsPage(here.context), here)
    page.open(section="talk")
    settle(here, qtbot)
    section = page.section()
    assert isinstance(section, DeclaredSection)
    section.rows["talk.minutes"].control.setValue(45)  # type: ignore[attr-defined]  # a number box
    settle(here, qtbot)
    assert here.room.run(settings.values).result["talk.minutes"] == 45


def test_the_school_is_changed_and_taken_back(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    section: Any = page.section()
    assert section.save.reason() == "没有改动"
    section._kept = None  # as long as nothing was read, nothing may be saved over it
    section._on_changed()
    assert not section.save.button.isEnabled()
    section._read_anew()
    settle(here, qtbot)
    section.form.stages.set_values([])
    section._save()
    assert "学段" in section.said.banner.sentence.plain()
    section._read_anew()
    settle(here, qtbot)
    section.form.name.set_text("云溪第一中学")
    assert section.save.reason() == ""
    section.save.button.click()
    settle(here, qtbot)
    assert here.room.run(settings.school).result.name == "云溪第一中学"
    undo = here.said[-1][1]
    assert undo is not None
    undo()
    settle(here, qtbot)
    assert section.form.name.text() == "云溪中学"


def test_what_is_being_typed_is_not_overwritten(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    section: Any = page.section()
    section.form.name.set_text("云溪")
    page.refresh(frozenset({"settings"}))
    settle(here, qtbot)
    assert section.form.name.text() == "云溪"


def test_the_vault_is_checked_and_gets_a_new_key(page: SettingsPage, here: Desk, qtbot: QtBot, script: Script) -> None:
    page.show_section("vault")
    settle(here, qtbot)
    section: Any = page.section()
    assert section.pragmas.isHidden()
    section.details.click()
    assert "cipher" in section.pragmas.plain()
    section.check_button.setFocus()
    section.check_button.click()
    settle(here, qtbot)
    assert section.check_button.hasFocus()
    assert section.said.banner.sentence.plain() == "检查过了，档案库完好"
    script.answers += [False, True]
    section.rotate_button.click()
    assert here.room.generation == 1
    section.rotate_button.click()
    settle(here, qtbot)
    assert here.room.generation == 2
    assert all("钥匙" in question[2] for question in script.asked)


def test_records_in_words(page: SettingsPage, here: Desk, qtbot: QtBot) -> None:
    page.open(section="records", kind="entries")
    settle(here, qtbot)
    section: Any = page.section()
    shown_words = [column.text(section.entries.rows()[0]) for column in section.entries.columns]
    assert section.entries.rows()[0].n == section.entries.total()
    assert "." not in "".join(shown_words)
    for use_case_action in {row.action for row in here.room.run(audit.entries).result}:
        assert not action_words(use_case_action).isascii()


@pytest.mark.parametrize(
    ("action", "facts", "words"),
    [
        ("people.added", {"name": "周岚", "roles": ["counselor", "grade_head"]}, "姓名 周岚　心理教师、年级组长"),
        ("settings.changed", {"name": "level.scheme", "value": "four", "batch": "x"}, "等级叫法：四色"),
        ("settings.changed", {"name": "lock.idle_minutes", "value": 5}, "离开多久后自动锁定：5"),
        ("settings.preference", {"name": "look.mode"}, "明暗"),
        ("settings.preference", {"table": "people"}, ""),
        ("recovery.sheet_made", {"share": 2, "mark": "DVF"}, "套号 DVF　第几份 2"),
    ],
)
def test_facts_in_words(qapp: object, action: str, facts: dict[str, Any], words: str) -> None:
    assert fact_words(action, facts) == words

"""The growth file: opened for a purpose, read at a glance, written into by one key; never more is shown than may be."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain.students.student import Entry, StudentUid
from counselroom.services.students import entries, growth_file, listing
from counselroom.services.vault import opening
from counselroom.ui.pages.students.file.forms.entry import EntryForm
from counselroom.ui.pages.students.file.forms.guardian import GuardianForm
from counselroom.ui.pages.students.file.forms.purpose import Why
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import Button
from counselroom.ui.widgets.fields import LineEdit
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, School8
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import IDENTITY
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

RAIN, GONE = "赵雨桐", "何小满"
DAILY = Why("daily")


class Opened:
    """A view with one student's file."""

    def __init__(self, here: Desk, view: FileView, led: list[dict[str, str]], qtbot: QtBot) -> None:
        self.here, self.view, self.led, self._qtbot = here, view, led, qtbot

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.here.jobs.running())

    def uid(self, name: str) -> StudentUid:
        found = self.here.room.run(listing.everybody).result
        return next(line.student_uid for line in found if line.name == name)

    def open(self, name: str) -> None:
        self.view.open(student=self.uid(name))
        self.settle()

    def write(self, kind: str, code: str, **more: Any) -> None:
        self.here.jobs.run(None, None, entries.write, Entry("", self.view.uid, kind, code, **more))
        self.settle()

    def form(self) -> Any:
        return self.view.acts.form

    def press(self, key: Qt.Key, widget: QWidget | None = None, mods: Any = Qt.KeyboardModifier.NoModifier) -> None:
        if isinstance(widget, QDialog):  # a key goes to the window that is active
            self._qtbot.waitUntil(widget.isActiveWindow)
        self._qtbot.keyClick(widget or self.view, key, mods)
        self.settle()

    def save(self) -> None:
        self.form().accept_button.click()
        self.settle()

    def titles(self) -> list[str]:
        return [item.title for item in self.view.trail.line.items()]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def nobody(here: Desk, shown: Callable[[Any, Desk], Any], qtbot: QtBot) -> Iterator[Opened]:
    """The view before anything was opened."""
    led: list[dict[str, str]] = []
    view = FileView(here.context, lambda **args: led.append(args))
    here.jobs.changed.connect(view.refresh)
    shown(view, here)
    made = Opened(here, view, led, qtbot)
    yield made
    view.hide()
    made.settle()


@pytest.fixture
def file(nobody: Opened) -> Opened:
    """赵雨桐, opened for daily work."""
    nobody.view.acts.why = DAILY
    nobody.open(RAIN)
    return nobody


# Opening


def test_the_purpose_is_asked_before_anything_is_read(nobody: Opened) -> None:
    nobody.open(RAIN)
    form = nobody.view.form
    assert form is not None
    assert form.isVisible()
    assert nobody.view.head.name.plain() == ""
    form.accept_button.click()
    nobody.settle()
    assert nobody.view.head.name.plain() == RAIN
    assert nobody.view.head.why.text() == "日常辅导"
    told = nobody.here.room.run(growth_file.openings, nobody.view.uid).result
    assert [(each.who, each.purpose) for each in told] == [(LEAD, "daily")]


def test_it_is_asked_once(file: Opened) -> None:
    file.open(GONE)
    assert file.view.form is None
    assert file.view.head.name.plain() == GONE


def test_another_purpose_wants_words_when_it_is_none_of_the_list(file: Opened) -> None:
    file.view.head.why.click()
    form: Any = file.view.form
    form.chips.chips()[-1].click()
    assert not form.accept_button.isEnabled()
    form.words.set_text("校医询问过敏史")
    form.accept_button.click()
    file.settle()
    assert file.view.head.why.accessibleName() == "查阅事由　校医询问过敏史"
    privacy.set_on(True)
    assert file.view.head.why.accessibleName() == "查阅事由　其他"
    newest = file.here.room.run(growth_file.openings, file.view.uid).result[0]
    assert (newest.purpose, newest.words) == ("other", "校医询问过敏史")


def test_who_names_no_purpose_is_led_back_to_the_list(nobody: Opened) -> None:
    nobody.open(RAIN)
    assert nobody.view.form is not None
    nobody.view.form.reject()
    assert nobody.led == [{}]
    assert nobody.here.room.run(growth_file.openings, nobody.view.uid).result == []


def test_the_title_names_nobody(file: Opened) -> None:
    assert file.view.title() == "成长档案"
    assert file.view.context_line() == ""


def test_esc_leads_back_and_nothing_stays_behind_the_list(file: Opened) -> None:
    file.press(Qt.Key.Key_Escape, file.view.trail.line)
    assert file.led == [{}]
    file.view.hide()
    assert file.view.head.name.plain() == ""
    assert file.titles() == []


def test_somebody_who_is_gone_is_refused_in_words(file: Opened) -> None:
    file.view.open(student="nobody")
    file.settle()
    assert file.view.said.banner is not None
    assert file.view.said.banner.sentence.plain() == "找不到这位学生"
    assert file.view.head.name.plain() == ""


# The head


def test_the_head_tells_where_the_student_is(file: Opened) -> None:
    head = file.view.head
    assert head.place.plain().split("　")[:2] == ["九年级（3）班", "女"]
    assert head.tags.words() == ("离异重组", "新转入", "住校")
    assert head.level.plain() == "尚未评定"
    assert head.consent.value.plain() == "咨询 未征集　测评 未征集"
    assert head.guardian.value.plain() == "父亲 赵建国"


def test_a_leaver_whose_destination_is_open_gets_it_written(file: Opened) -> None:
    file.open(GONE)
    head = file.view.head
    assert head.status.plain() == "已离校·去向未定"
    assert head.level.isHidden()
    head.decide_button.click()
    file.settle()
    form = file.form()
    form.status.set_value("03")
    form.destination.set_text("云溪二中")
    file.save()
    assert head.status.plain() == "转出"
    assert head.decide_button.isHidden()
    assert "云溪二中" in file.view.trail.line.items()[0].text


# Writing


def test_f2_writes_an_event_and_the_toast_takes_it_back(file: Opened) -> None:
    before = file.titles()
    file.press(Qt.Key.Key_F2)
    form = file.form()
    assert isinstance(form, EntryForm)
    file.save()
    assert form.code_field.error() == "请先选一项"
    form.code.set_value("LE04")
    file.save()
    assert form.text.error() == "还没有写内容"
    form.text.set_text("爷爷住院")
    form.day.set_text("2026年10月")
    file.save()
    assert file.form() is None
    assert file.titles() == [before[0], "家人重病或伤残", *before[1:]]
    assert (file.view.trail.line.items()[1].date, file.view.trail.line.items()[1].text) == ("10月", "爷爷住院")
    said, undo = file.here.said[-1]
    assert said == "已记下"
    assert undo is not None
    undo()
    file.settle()
    assert file.titles() == before


@pytest.mark.parametrize(("key", "title"), [
    (Qt.Key.Key_F3, "记一个优势"), (Qt.Key.Key_F4, "加关爱类别"), (Qt.Key.Key_F5, "登记知情同意"),
    (Qt.Key.Key_F6, "登记监护人"), (Qt.Key.Key_F8, "更正资料"), (Qt.Key.Key_F9, "班级与状态"),
    (Qt.Key.Key_F10, "记成长背景"),
])  # fmt: skip
def test_every_verb_is_one_key_away(file: Opened, key: Qt.Key, title: str) -> None:
    file.press(key)
    assert file.form().title.plain() == title
    file.form().reject()


def test_a_date_that_is_none_is_said_at_its_field(file: Opened) -> None:
    file.view.acts.write("event", "LE15")
    form = file.form()
    form.day.set_text("上周")
    form.text.set_text("得了奖")
    file.save()
    assert "2026-11-20" in form.day.error()
    assert form.isVisible()
    form.done(0)


def test_what_was_typed_is_not_lost_by_a_slip(file: Opened, script: Script) -> None:
    file.view.acts.write("event", "LE15")
    form = file.form()
    form.text.set_text("得了奖")
    script.answers = [False, True]
    file.press(Qt.Key.Key_Escape, form)
    assert form.isVisible()
    file.press(Qt.Key.Key_Escape, form)
    assert file.form() is None
    assert script.asked == [("confirm", "不保存就关闭", "关闭后，刚才写的内容不保存。", "danger")] * 2


def test_an_empty_sheet_closes_without_a_question(file: Opened, script: Script) -> None:
    file.press(Qt.Key.Key_F4)
    file.press(Qt.Key.Key_Escape, file.form())
    assert file.form() is None
    assert script.asked == []


def test_a_highly_secret_category_says_so(file: Opened) -> None:
    file.view.acts.write("care")
    form = file.form()
    form.code.set_value("C15")
    assert form.note.plain().endswith("不列入任何名单，标签不写明原因。")
    form.code.set_value("C04")
    assert form.note.isHidden()
    form.done(0)


def test_enter_on_an_entry_corrects_it_and_the_old_words_stay_in_its_history(file: Opened) -> None:
    file.write("event", "LE15", from_on="2026-11-06", text="得了第三名")
    line = file.view.trail.line
    line.setFocus()
    file.press(Qt.Key.Key_Down, line)
    file.press(Qt.Key.Key_Return, line)
    form = file.form()
    assert form.title.plain() == "更正这件事"
    form.text.set_text("得了第二名")
    file.save()
    assert line.items()[1].text == "得了第二名"
    (entry,) = file.view.acts.file.of("event") if file.view.acts.file else ()
    file.view.acts.entry_history(entry)
    file.settle()
    told = [item.text.split("\n")[0] for item in file.form().line.items()]
    assert told == ["2026年11月6日；得了第二名", "2026年11月6日；得了第三名"]
    assert "手工录入" in file.form().line.items()[0].text
    file.form().accept()


def test_striking_out_asks_for_a_reason(file: Opened, script: Script) -> None:
    file.write("event", "LE15", from_on="2026-11-06", text="得了奖")
    assert file.view.acts.file is not None
    file.view.acts.change(file.view.acts.file.of("event")[0])
    form = file.form()
    script.answers = [None, "写错了人"]
    form._strike()
    file.settle()
    assert form.isVisible()
    form._strike()
    file.settle()
    assert file.here.said[-1][0] == "已作废"
    assert file.view.acts.file.of("event") == ()


def test_a_number_that_somebody_else_has_is_said_at_its_field(file: Opened) -> None:
    file.open("张一诺")
    file.press(Qt.Key.Key_F8)
    form = file.form()
    form.fields["id_no"].set_text("53010220120305001X")
    file.save()
    assert form.fields["id_no"].error() == f"这个号码已经是 {RAIN} 的"
    form.done(0)


def test_a_long_number_is_covered_until_it_is_asked_for(file: Opened) -> None:
    file.press(Qt.Key.Key_F8)
    number = file.form().fields["id_no"]
    assert number.edit.displayText() != IDENTITY
    assert number.text() == IDENTITY
    number.edit.eye.click()
    assert number.edit.displayText() == IDENTITY
    assert type(file.form().fields["xueji_no"].edit) is LineEdit  # empty: what is typed now is seen
    file.form().reject()


def test_a_citizens_number_says_of_which_paper_it_is(file: Opened) -> None:
    file.press(Qt.Key.Key_F8)
    kind = file.form().fields["id_type"].edit
    assert (kind.currentText(), kind.value()) == ("居民身份证（按号码）", "")
    file.form().reject()


def test_without_a_number_nothing_is_said_of_the_paper(file: Opened) -> None:
    file.open("张一诺")
    file.press(Qt.Key.Key_F8)
    assert file.form().fields["id_type"].edit.currentText() == "未填"
    file.form().reject()


def test_basics_that_did_not_change_write_nothing(file: Opened) -> None:
    assert file.view.acts.file is not None
    before = file.view.acts.file.versions
    file.press(Qt.Key.Key_F8)
    file.save()
    assert file.here.said[-1][0] == "没有改动"
    assert file.view.acts.file.versions == before


# Guardians


def test_who_must_not_be_told_is_named_with_the_reason_and_without_a_number(file: Opened) -> None:
    contacts = [file.view.beside.contacts.itemAt(place).widget() for place in range(2)]
    words = [row.words() for row in contacts]
    assert words == ["父亲　赵建国　138 0000 2716", "不可联系：钱某，法院裁定"]


def test_correcting_somebody_who_is_barred_keeps_the_number(file: Opened) -> None:
    assert file.view.acts.file is not None
    file.view.acts.guardian(file.view.acts.file.barred[0])
    file.settle()
    form = file.form()
    assert isinstance(form, GuardianForm)
    assert form.phones.isHidden()
    form.reason.set_text("法院裁定，至 2027 年")
    file.save()
    form = None
    file.view.acts.guardian(file.view.acts.file.barred[0])
    file.settle()
    assert file.form().phone.text() == "13900001111"
    file.form().reject()


def test_barring_somebody_wants_a_reason(file: Opened) -> None:
    file.press(Qt.Key.Key_F6)
    form = file.form()
    form.name.set_text("李某")
    form.barred.click()
    file.save()
    assert form.reason.error()
    form.done(0)


# Looking back


def test_a_day_before_the_file_is_shown_empty_with_the_way_back(file: Opened) -> None:
    day = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - the day on the wall of the room
    file.view.look_back(day)
    file.settle()
    assert file.view.said.banner is not None
    assert file.view.said.banner.sentence.plain() == "这一天还没有这份档案"
    assert not file.view.verbs.buttons["event"].isEnabled()
    assert not file.view.acts.may_write
    assert file.view.head.name.plain() == ""
    assert file.titles() == []
    back = next(button for button in file.view.said.banner.findChildren(Button) if button.text() == "回到今天")
    back.click()
    file.settle()
    assert file.view.head.name.plain() == RAIN
    assert file.view.acts.may_write


def test_as_of_a_day_nothing_can_be_written(file: Opened) -> None:
    file.view.look_back(date.today().isoformat())  # noqa: DTZ011 - as above
    file.settle()
    banner = file.view.said.banner
    assert banner is not None
    assert banner.sentence.plain().endswith("的样子")
    button = file.view.verbs.buttons["event"]
    assert not button.isEnabled()
    assert button.accessibleDescription() == "正在看以前的样子，回到今天才能写"
    file.press(Qt.Key.Key_F8)
    assert file.form() is None
    file.view.look_back("")
    file.settle()
    assert file.view.said.banner is None
    assert button.isEnabled()


def test_today_is_no_day_to_look_back_to(file: Opened) -> None:
    file.view.ask_day()
    form: Any = file.view.form
    form.day.set_text(date.today().isoformat())  # noqa: DTZ011 - as above
    form.accept_button.click()
    assert form.day.error() == "请选今天以前的一天"
    form.reject()


def test_a_vault_that_is_only_read_says_why_nothing_can_be_written(
    school: School8, shown: Callable[[Any, Desk], Any], desk: Open, qtbot: QtBot
) -> None:
    here = desk()
    uid = next(line.student_uid for line in here.room.run(listing.everybody).result if line.name == RAIN)
    here.jobs.close(here.room.close)
    from counselroom.ui.context import Context, Look
    from counselroom.ui.jobs import Jobs
    from counselroom.ui.privacy import Privacy

    room = opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, read_only=True, ports=CHEAP)
    jobs = Jobs(room)
    context = Context(room, jobs, lambda *_a, **_k: None, lambda *_a: None, Privacy(), Look(), lambda: None)
    view = FileView(context, lambda **_args: None)
    view.acts.why = DAILY
    shown(view, Desk(context, jobs))
    view.open(student=uid)
    qtbot.waitUntil(lambda: not jobs.running())
    assert view.head.name.plain() == RAIN
    assert view.verbs.buttons["event"].toolTip() == "档案库以只读方式打开，不能写"
    assert view.said.banner is not None
    view.hide()
    jobs.close(room.close)


# Neighbours and parts


def test_next_and_previous_go_through_the_list_that_was_shown(file: Opened) -> None:
    uids = [file.uid(name) for name in ("单文博", RAIN, "郑言蹊")]
    file.view.sequence = lambda: uids
    file.open(RAIN)
    assert file.view.verbs.where.plain() == "2 / 3"
    file.press(Qt.Key.Key_Down, mods=Qt.KeyboardModifier.ControlModifier)
    file.press(Qt.Key.Key_Up, mods=Qt.KeyboardModifier.ControlModifier)
    assert file.led == [{"student": uids[2]}, {"student": uids[0]}]
    file.open("郑言蹊")
    assert not file.view.verbs.after.isEnabled()
    file.view.step(1)
    assert len(file.led) == 2


def test_the_index_tells_what_stands_in_each_part_and_what_will_come(file: Opened) -> None:
    said = {row.part.key: row.said() for row in file.view.panel.rows}
    assert list(said) == [*"ABCDEFGHIJKLMN", "papers"]
    assert (said["A"], said["C"], said["F"]) == ("更正过 1 次", "暂无", "2 条")
    assert said["H"] == "以后的约谈和会谈记录"


def test_a_part_is_opened_and_left_by_keys(file: Opened) -> None:
    panel = file.view.panel
    panel.rows[0].setFocus()
    file.press(Qt.Key.Key_Down, panel.rows[0])
    assert panel.rows[1].hasFocus()
    file.press(Qt.Key.Key_Return, panel.rows[0])
    assert panel.chosen == "A"
    assert panel.back.hasFocus()
    file.press(Qt.Key.Key_Return, panel.back)
    assert panel.chosen == ""
    assert panel.rows[0].hasFocus()


def test_the_basics_hide_the_middle_of_long_numbers(file: Opened) -> None:
    file.view.panel.choose("A")
    facts = {fact.label: fact.value for fact in file.view.panel.basics.grid.facts}
    assert facts["证件号"] == "5301**********001X"
    assert facts["性别"] == "女"
    assert facts["资料来源"].startswith("手工录入")


def test_who_opened_the_file_is_one_click(file: Opened) -> None:
    file.view.panel.rows[13].click()
    file.settle()
    assert [(item.title, item.text) for item in file.view.panel.line.items()] == [(LEAD, "日常辅导")]


def test_the_next_step_is_the_consent_that_is_missing(file: Opened) -> None:
    due = file.view.beside.due
    assert due.sentence.plain() == "征求心理辅导的知情同意"
    due.button.click()
    form = file.form()
    assert form.code.value() == "counselling"
    form.evidence.set_text("父亲当面签字")
    file.save()
    assert form.states.value() == ""  # that somebody agrees is chosen by hand
    assert not form.no_state.isHidden()
    form.states.chips()[1].click()
    assert form.no_state.isHidden()
    file.save()
    assert file.view.head.consent.value.plain() == "咨询 同意　测评 未征集"
    assert due.isHidden()


def test_chips_show_only_kinds_that_occur(file: Opened) -> None:
    chips = file.view.trail.chips
    assert [chip.text() for chip in chips.chips()] == ["全部", "班级", "更正", "关爱"]
    chips.chips()[3].click()
    assert file.titles() == ["关爱　离异重组家庭", "关爱　新转入/插班"]


# Privacy


def test_privacy_mode_tells_nothing(file: Opened) -> None:
    file.write("strength", "ST01", text="会打篮球")
    file.view.panel.choose("A")
    privacy.set_on(True)
    head = file.view.head
    assert (head.name.plain(), head.guardian.value.plain()) == ("赵*", "父亲 赵*")
    assert head.tags.words() == ("3 项关爱标签",)
    contacts = file.view.beside.contacts
    assert contacts.itemAt(0).widget().words() == "父亲　赵*　138****"
    assert contacts.itemAt(1).widget().words() == "不可联系：钱*"
    assert file.view.beside.strengths.itemAt(0).widget().words() == ""
    spoken = [item.spoken() for item in file.view.trail.line.items()]
    assert all("篮球" not in each and "离异" not in each for each in spoken)

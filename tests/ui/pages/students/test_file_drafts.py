"""What is typed into a form of the growth file outlives a lock; what was struck out can still be read."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counselroom.domain.students.student import StudentUid
from counselroom.services import drafts
from counselroom.services.drafts import Draft, Place
from counselroom.services.students import entries
from counselroom.ui.handover import Ending, Handover
from counselroom.ui.pages.students.file.forms.entry import EntryForm
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.window import Successor
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import FOURTH
from ui.pages.students.conftest import peopled as template
from ui.pages.students.test_file import DAILY, RAIN, Opened, file, here, nobody
from ui.rooms import Outside, outside

__all__ = ["file", "here", "nobody", "outside", "template"]

WORDS = "省赛的前一晚没有睡"


def waiting(file: Opened) -> list[Draft]:
    return file.here.room.run(drafts.waiting, file.view.uid).result


def typed(file: Opened, verb: Qt.Key = Qt.Key.Key_F2) -> Any:
    """The form of an event with something in it, before anything was kept."""
    file.press(verb)
    form = file.form()
    form.code.set_value("LE15")
    form.text.set_text(WORDS)
    return form


def five_seconds(file: Opened) -> None:
    file.form().drafting.timer.timeout.emit()
    file.settle()


@pytest.fixture
def left(file: Opened) -> Opened:
    """A file in which somebody left an event half written."""
    file.here.room.run(drafts.keep, Place.of("event", file.view.uid), {"code": "LE15", "text": WORDS})
    return file


def test_a_lock_keeps_what_was_typed_and_the_next_sign_in_puts_it_back(
    file: Opened, qtbot: QtBot, outside: Outside, desk: Open, shown: Callable[[Any, Desk], Any], script: Script
) -> None:
    typed(file)
    day, uid = file.form().day.text(), file.view.uid
    way = Handover(file.view.window(), file.here.jobs, file.here.room, Successor(outside.start, outside.leave))
    way.begin(Ending.LOCK)
    assert way.cover.isVisible()
    assert not script.asked  # nothing is asked in front of the cover
    qtbot.waitUntil(lambda: bool(outside.started))

    again = desk()
    view = FileView(again.context, lambda **_args: None)
    view.acts.why = DAILY
    again.jobs.changed.connect(view.refresh)
    shown(view, again)
    later = Opened(again, view, [], qtbot)
    view.open(student=uid)
    later.settle()
    later.press(Qt.Key.Key_F2)
    form = later.form()
    assert (form.code.value(), form.text.text(), form.day.text()) == ("LE15", WORDS, day)
    assert form.drafting.line.words.plain().startswith("上次没写完的内容已经放回，")
    later.save()
    assert view.acts.file is not None
    assert [entry.text for entry in view.acts.file.of("event")] == [WORDS]
    assert waiting(later) == []
    view.hide()


def test_it_is_kept_every_five_seconds_when_something_changed(file: Opened) -> None:
    form = typed(file)
    five_seconds(file)
    (first,) = waiting(file)
    assert first.typed == {"code": "LE15", "text": WORDS, "day": form.day.text()}
    five_seconds(file)
    assert waiting(file) == [first]
    form.text.set_text("")
    form.code.set_value("")
    five_seconds(file)
    assert waiting(file) == []
    form.reject()


def test_throwing_it_away_throws_the_draft_away(file: Opened, script: Script) -> None:
    form = typed(file)
    five_seconds(file)
    script.answers = [False, True]
    form.reject()
    assert form.isVisible()
    assert waiting(file) != []
    form.reject()
    file.settle()
    assert waiting(file) == []


def test_what_was_put_back_and_left_alone_stays_without_a_question(left: Opened, script: Script) -> None:
    left.press(Qt.Key.Key_F2)
    left.press(Qt.Key.Key_Escape, left.form())
    assert left.form() is None
    assert script.asked == []
    assert len(waiting(left)) == 1


def test_clearing_begins_anew(left: Opened) -> None:
    left.press(Qt.Key.Key_F2)
    form = left.form()
    form.drafting.line.button.click()
    left.settle()
    assert (form.code.value(), form.text.text()) == ("", "")
    assert form.drafting.line.isHidden()
    assert form.code.hasFocus()
    assert waiting(left) == []
    left.press(Qt.Key.Key_Escape, form)
    assert left.form() is None


def test_what_is_typed_before_the_draft_was_read_goes_first(left: Opened) -> None:
    left.view.acts.write("event")
    form = left.form()
    form.text.set_text("另一件事")
    left.settle()
    assert (form.code.value(), form.text.text()) == ("LE15", "另一件事")
    form.done(0)


def test_a_choice_that_is_offered_no_more_is_left_out(file: Opened) -> None:
    typed_once = {"code": "gone", "text": WORDS}
    file.here.room.run(drafts.keep, Place.of("event", file.view.uid), typed_once)
    file.press(Qt.Key.Key_F2)
    assert (file.form().code.value(), file.form().text.text()) == ("", WORDS)
    file.form().done(0)


def test_a_correction_keeps_only_what_was_changed(file: Opened) -> None:
    file.press(Qt.Key.Key_F8)
    file.form().fields["address"].set_text("翠湖南路 7 号")
    five_seconds(file)
    (draft,) = waiting(file)
    assert draft.typed == {"address": "翠湖南路 7 号"}
    file.save()
    assert waiting(file) == []


def test_the_class_is_put_back_once_the_classes_are_there(file: Opened) -> None:
    place = Place.of("placement", file.view.uid)
    file.here.room.run(drafts.keep, place, {"class": FOURTH, "reason": "家长申请"})
    file.press(Qt.Key.Key_F9)
    form = file.form()
    assert (form.classes.value(), form.reason.text()) == (FOURTH, "家长申请")
    form.done(0)


def test_a_guardian_who_is_barred_is_put_back_with_the_reason(file: Opened) -> None:
    place = Place.of("guardian", file.view.uid)
    file.here.room.run(drafts.keep, place, {"name": "李某", "barred": True, "reason": "法院裁定"})
    file.press(Qt.Key.Key_F6)
    form = file.form()
    assert (form.name.text(), form.barred.isChecked(), form.reason.text()) == ("李某", True, "法院裁定")
    assert form.phones.isHidden()
    form.done(0)


def test_a_lock_while_it_is_being_saved_leaves_no_draft_of_what_was_saved(
    file: Opened, qtbot: QtBot, outside: Outside, desk: Open
) -> None:
    form = typed(file)
    form.submit()
    saving = form._saving
    qtbot.waitUntil(lambda: saving.outcome is not None)
    way = Handover(file.view.window(), file.here.jobs, file.here.room, Successor(outside.start, outside.leave))
    uid: StudentUid = file.view.uid
    way.begin(Ending.LOCK)
    qtbot.waitUntil(lambda: bool(outside.started))
    assert desk().room.run(drafts.waiting, uid).result == []


def test_a_lock_that_stops_the_saving_keeps_the_draft(file: Opened, qtbot: QtBot, outside: Outside, desk: Open) -> None:
    form, released = typed(file), threading.Event()
    file.here.jobs.call(None, None, released.wait, 5)  # something else is running: the saving waits
    form.submit()
    way = Handover(file.view.window(), file.here.jobs, file.here.room, Successor(outside.start, outside.leave))
    way.begin(Ending.LOCK)
    released.set()
    qtbot.waitUntil(lambda: bool(outside.started))
    (draft,) = desk().room.run(drafts.waiting, file.view.uid).result
    assert draft.typed["text"] == WORDS


# The next step


def test_the_next_step_is_what_lies_half_written(left: Opened) -> None:
    left.open(RAIN)
    due = left.view.beside.due
    assert due.sentence.plain() == "“记一笔”写到一半"
    due.button.click()
    left.settle()
    form = left.form()
    assert isinstance(form, EntryForm)
    form.drafting.line.button.click()
    left.settle()
    assert due.sentence.plain() == "征求心理辅导的知情同意"
    form.done(0)


def test_several_are_counted(left: Opened) -> None:
    left.here.room.run(drafts.keep, Place.of("strength", left.view.uid), {"text": "会打鼓"})
    left.open(RAIN)
    assert left.view.beside.due.sentence.plain() == "“记一个优势”等 2 处写到一半"


def test_a_correction_of_what_was_struck_out_meanwhile_is_let_go(file: Opened) -> None:
    file.write("event", "LE15", text="得了奖")
    assert file.view.acts.file is not None
    (entry,) = file.view.acts.file.of("event")
    file.here.room.run(drafts.keep, Place.of("event", file.view.uid, entry.entry_id), {"text": "第二名"})
    file.here.jobs.run(None, None, entries.strike, entry.entry_id, "写错了人")
    file.settle()
    due = file.view.beside.due
    assert due.sentence.plain() == "“更正这件事”写到一半"
    due.button.click()
    file.settle()
    assert file.form() is None
    assert waiting(file) == []
    assert file.here.said[-1][0] == "要更正的那一条已经作废，没写完的更正也放下了"


@pytest.mark.parametrize(
    ("kind", "title"), [("guardian", "登记监护人"), ("placement", "班级与状态"), ("basics", "更正资料")]
)
def test_each_form_opens_again_by_its_name(file: Opened, kind: str, title: str) -> None:
    place = Place.of(kind, file.view.uid)
    file.here.room.run(drafts.keep, place, {"reason": "x", "address": "x"})
    file.open(RAIN)
    assert file.view.beside.due.sentence.plain() == f"“{title}”写到一半"
    file.view.beside.due.button.click()
    file.settle()
    assert file.form().title.plain() == title
    file.form().done(0)


# Struck out


def test_a_part_tells_how_much_was_struck_out_and_why(file: Opened) -> None:
    panel = file.view.panel
    panel.choose("E")
    assert panel.struck.isHidden()
    for text in ("得了奖", "搬了家"):
        file.write("event", "LE15", text=text)
    assert file.view.acts.file is not None
    for entry in file.view.acts.file.of("event"):
        file.here.jobs.run(None, None, entries.strike, entry.entry_id, f"{entry.text}是别人的")
    file.settle()
    assert panel.struck.text() == "已作废 2 条"
    panel.struck.click()
    items = file.form().line.items()
    assert [item.text.split("\n")[:2] for item in items] == [
        ["作废原因：搬了家是别人的", "搬了家"],
        ["作废原因：得了奖是别人的", "得了奖"],
    ]
    assert items[0].author == "林若溪"
    file.form().accept()
    panel.choose("C")
    assert panel.struck.isHidden()


def test_a_guardian_who_was_struck_out_stands_under_the_basics(file: Opened, script: Script) -> None:
    assert file.view.acts.file is not None
    file.view.acts.guardian(file.view.acts.file.guardians[0])
    file.settle()
    script.answers = ["不再是监护人"]
    file.form()._strike()
    file.settle()
    file.view.panel.choose("A")
    assert file.view.panel.struck.text() == "已作废 1 条"
    file.view.panel.struck.click()
    (item,) = file.form().line.items()
    assert item.title == "赵建国"
    assert item.text.split("\n")[:2] == ["作废原因：不再是监护人", "父亲"]
    file.form().accept()

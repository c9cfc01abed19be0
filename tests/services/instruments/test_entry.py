"""Sheets come in: scored at once, alerts in the same step, the same sheet once, corrections with a reason."""

from collections.abc import Callable

import pytest

from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import OccasionKind, Person
from counselroom.services import audit, batches, today
from counselroom.services.instruments.entry import entry, occasions
from counselroom.services.instruments.entry.entry import Filled, Frame, State
from counselroom.services.instruments.kept import alerts, sheets
from counselroom.services.room.door import Room
from counselroom.services.students import merging, student
from services.instruments.conftest import DAY, Typed, filled, refused
from services.students.conftest import FOURTH, THIRD, Pupils

# PHQ-9 with item 9 on "several days" and the difficulty question; nothing else.
WISH = "8*0 1 0"
QUIET = "10*0"
# MHT: 97 (a jump from a height) and eight lie items, void.
VOID = "81*0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 1 3*0"


def test_a_sheet_is_scored_and_its_alert_raised_in_the_same_step(lead: Room, typed: Typed, pupils: Pupils) -> None:
    saved = typed("phq9", "张欣怡", "3 3 3 3 3 3 3 3 1 2")
    assert saved.state is State.SAVED
    assert (saved.result.status, saved.result.scores["total"]) == ("scored", 25)
    assert saved.result.alerts == ("9",)
    task = saved.task
    assert task is not None
    assert (task.student, task.student_uid, task.priority) == ("张欣怡", pupils["张欣怡"], Priority.SAME_DAY)
    ((item,),) = [sheet.items for sheet in task.sheets]
    assert item.item == "9"
    assert lead.run(alerts.open_tasks).result == [task]


def test_the_students_sex_age_and_grade_are_those_of_the_day(lead: Room, typed: Typed, pupils: Pupils) -> None:
    lead.run(student.move, [pupils["张欣怡"]], class_id="junior-2023-1", from_on="2025-03-01")
    for day, person in (("2024-10-01", Person("F", 13, 7)), ("2025-03-02", Person("F", 14, 8))):
        uid = typed("who5", "张欣怡", "5*3", day=day).sheet_uid
        (line,) = lead.run(sheets.history, uid).result
        assert line.sheet.person == person, day


def test_alerts_of_an_incomplete_and_of_a_void_sheet(typed: Typed) -> None:
    incomplete = typed("phq9", "张欣怡", "1 - 6*0 2 0")
    assert (incomplete.result.status, incomplete.result.alerts) == ("incomplete", ("9",))
    void = typed("mht", "赵子轩", VOID)
    assert void.result.status == "void"
    assert void.result.alerts == ("97",)
    assert void.task is not None
    assert void.task.priority is Priority.NOW


def test_a_child_comes_before_every_other_thing_of_today(lead: Room, typed: Typed) -> None:
    typed("phq9", "张欣怡", WISH)
    first, *others = lead.run(today.reminders).result
    assert (first.code, first.values["name"]) == ("alert_same_day", "张欣怡")
    assert "recovery_due" in [other.code for other in others]


def test_one_open_task_for_student_and_occasion_however_entered(lead: Room, typed: Typed, pupils: Pupils) -> None:
    first = typed("phq9", "张欣怡", WISH)
    again = typed("phq9", "张欣怡", WISH)
    assert (again.state, again.batch_id, again.sheet_uid) == (State.UNCHANGED, None, first.sheet_uid)
    assert again.task == first.task
    pasted = Frame("mht", DAY, source=entry.PASTED)
    (other,) = lead.run(entry.save_class, pasted, [filled(pupils["张欣怡"], VOID)]).result
    assert first.task is not None
    assert other.task is not None
    assert other.task.task_uid == first.task.task_uid
    assert [sheet.instrument for sheet in other.task.sheets] == ["phq9", "mht"]
    assert other.task.priority is Priority.NOW
    assert len(lead.run(alerts.open_tasks).result) == 1
    next_day = typed("phq9", "张欣怡", WISH, day="2025-10-11")
    assert next_day.task is not None
    assert next_day.task.task_uid != first.task.task_uid


def test_the_same_sheet_imported_into_a_round_is_the_same_sheet(lead: Room, typed: Typed, pupils: Pupils) -> None:
    first = typed("phq9", "张欣怡", WISH)
    term = lead.run(occasions.begin, OccasionKind.ROUND, "秋季测评", DAY).result
    frame = Frame("phq9", DAY, occasion_uid=term.occasion_uid)
    rows = [filled(pupils["张欣怡"], WISH), filled(pupils["赵子轩"], QUIET)]
    same, new = lead.run(entry.save_class, frame, rows).result
    assert (same.state, same.sheet_uid) == (State.UNCHANGED, first.sheet_uid)
    assert (new.state, new.occasion_uid, new.task) == (State.SAVED, term.occasion_uid, None)
    assert len(lead.run(alerts.open_tasks).result) == 1
    assert lead.run(occasions.listed).result == [term]


def test_other_answers_need_a_reason_and_are_a_correction(lead: Room, typed: Typed, pupils: Pupils) -> None:
    first = typed("phq9", "张欣怡", WISH)
    refusal = refused(lead, entry.save, Frame("phq9", DAY), filled(pupils["张欣怡"], QUIET))
    assert (refusal.code, refusal.values["names"]) == ("answers.reason_missing", ("张欣怡",))
    second = typed("phq9", "张欣怡", QUIET, reason="第九题录错了")
    assert (second.state, second.result.alerts) == (State.CORRECTED, ())
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert (line.sheet.sheet_uid, line.sheet.reason) == (second.sheet_uid, "第九题录错了")
    assert [each.sheet.sheet_uid for each in lead.run(sheets.history, second.sheet_uid).result] == [
        first.sheet_uid,
        second.sheet_uid,
    ]
    # The alert stays: a person decides.
    (task,) = lead.run(alerts.open_tasks).result
    assert [(sheet.corrected, len(sheet.items)) for sheet in task.sheets] == [(True, 1)]


def test_what_was_dealt_with_is_not_opened_again_by_correcting_another_item(lead: Room, typed: Typed) -> None:
    task = typed("phq9", "张欣怡", WISH).task
    assert task is not None
    assert refused(lead, alerts.close, task.task_uid, " ").code == "alert.done_missing"
    lead.run(alerts.close, task.task_uid, "当天面谈，已告知家长")
    assert refused(lead, alerts.close, task.task_uid, "再写一次").code == "alert.closed"
    other = typed("phq9", "张欣怡", "1 7*0 1 0", reason="第一题录错了")
    assert (other.result.alerts, other.task) == (("9",), None)
    worse = typed("phq9", "张欣怡", "1 7*0 3 0", reason="第九题录错了")
    assert worse.task is not None
    assert worse.task.task_uid != task.task_uid
    of_student = lead.run(alerts.of_student, task.student_uid).result
    assert [(one.is_open, one.done) for one in of_student] == [(True, ""), (False, "当天面谈，已告知家长")]
    assert of_student[1].done_by == "林若溪"


def test_today_names_the_student_and_leads_to_the_file(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("mht", "张欣怡", VOID)
    typed("adaptation-check", "赵子轩", "12*1")
    found = {one.code: one for one in lead.run(today.reminders).result if one.code.startswith("alert_")}
    assert set(found) == {"alert_now", "alert_this_week"}
    now, later = found["alert_now"], found["alert_this_week"]
    assert (now.group, later.group) == (today.Group.NOT_OVERNIGHT, today.Group.THIS_WEEK)
    assert (now.page, now.args) == ("students", {"student": pupils["张欣怡"]})
    assert (now.values["name"], now.values["count"]) == ("张欣怡", 1)


def test_a_whole_class_in_one_step_or_not_at_all(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("who5", "赵子轩", "5*1")
    names = ("张欣怡", "赵子轩", "赵子涵")
    rows = [filled(pupils[name], answers) for name, answers in zip(names, ("5*3", "5*2", "- - - - -"), strict=True)]
    assert refused(lead, entry.save_class, Frame("who5", DAY), rows).code == "answers.reason_missing"
    assert lead.run(sheets.of_student, pupils["张欣怡"]).result == []
    done = lead.run(entry.save_class, Frame("who5", DAY), [rows[0], filled(pupils["赵子轩"], "5*1"), rows[2]]).result
    assert [(each.student_uid, each.state) for each in done] == [
        (pupils["张欣怡"], State.SAVED),
        (pupils["赵子轩"], State.UNCHANGED),
    ]
    lead.run(batches.undo, done[0].batch_id)
    assert lead.run(sheets.of_student, pupils["张欣怡"]).result == []
    assert len(lead.run(sheets.of_student, pupils["赵子轩"]).result) == 1


@pytest.mark.parametrize(
    ("answers", "more", "code"),
    [
        ("9*0", {}, "answers.count"),
        ("9*0 7", {}, "answers.unreadable"),
        ("10*-", {}, "answers.empty"),
        ("10*0", {"second": ("0",) * 8 + ("1", "0")}, "answers.differ"),
    ],
)
def test_what_cannot_be_kept(
    answers: str, more: dict[str, tuple[str, ...]], code: str, lead: Room, pupils: Pupils
) -> None:
    assert refused(lead, entry.save, Frame("phq9", DAY), filled(pupils["张欣怡"], answers, **more)).code == code


def test_frames_that_cannot_be(lead: Room, pupils: Pupils) -> None:
    sheet = filled(pupils["张欣怡"], QUIET)
    for frame, code in (
        (Frame("phq9", "2099-01-01"), "students.future_day"),
        (Frame("phq9", "2025-10"), "entry.date"),
        (Frame("phq9", DAY, "friend"), "answers.informant"),
        (Frame("phq9", DAY, occasion_uid="none"), "occasion.unknown"),
        (Frame("no-such"), "instrument.unknown"),
    ):
        assert refused(lead, entry.save, frame, sheet).code == code
    assert refused(lead, entry.save_class, Frame("phq9", DAY), [sheet, sheet]).code == "answers.twice"
    assert refused(lead, entry.save, Frame("phq9", DAY), Filled("none", sheet.cells)).code == "students.unknown"
    assert refused(lead, occasions.begin, OccasionKind.SINGLE, "名字").code == "occasion.name_missing"


def test_a_second_entry_that_agrees_is_noted(lead: Room, typed: Typed) -> None:
    saved = typed("phq9", "张欣怡", QUIET, second=("0",) * 10)
    (line,) = lead.run(sheets.history, saved.sheet_uid).result
    assert (line.by, line.second_by) == ("林若溪", "林若溪")


def test_a_parents_sheet_stands_beside_the_students_own(lead: Room, typed: Typed, pupils: Pupils) -> None:
    own, parents = typed("who5", "张欣怡", "5*3"), typed("who5", "张欣怡", "5*2", informant="parent")
    assert (own.occasion_uid, parents.state) == (parents.occasion_uid, State.SAVED)
    assert parents.result.status == "not_applicable"
    assert len(lead.run(sheets.of_student, pupils["张欣怡"]).result) == 2


def test_undo_takes_sheet_result_and_task_back_unless_something_stands_on_them(
    lead: Room, typed: Typed, pupils: Pupils
) -> None:
    first = typed("phq9", "张欣怡", WISH)
    corrected = typed("phq9", "张欣怡", "7*0 1 1 0", reason="第八题录错了")
    refusal = refused(lead, batches.undo, first.batch_id)
    assert (refusal.code, refusal.values["names"]) == ("batch.referred", ("张欣怡",))
    lead.run(batches.undo, corrected.batch_id)
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert line.sheet.sheet_uid == first.sheet_uid
    assert first.task is not None
    closing = lead.run(alerts.close, first.task.task_uid, "面谈过").result
    assert refused(lead, batches.undo, first.batch_id).code == "batch.referred"
    lead.run(batches.undo, closing)
    assert len(lead.run(alerts.open_tasks).result) == 1
    lead.run(batches.undo, first.batch_id)
    assert lead.run(alerts.open_tasks).result == []
    assert lead.run(sheets.of_student, pupils["张欣怡"]).result == []
    # And it may come in again, into the occasion that is still there.
    once_more = typed("phq9", "张欣怡", WISH)
    assert (once_more.state, once_more.occasion_uid) == (State.SAVED, first.occasion_uid)


def test_a_closing_stays_while_a_later_task_is_open(lead: Room, typed: Typed) -> None:
    task = typed("phq9", "张欣怡", WISH).task
    assert task is not None
    closing = lead.run(alerts.close, task.task_uid, "面谈过").result
    typed("mht", "张欣怡", VOID)
    assert refused(lead, batches.undo, closing).code == "batch.referred"


def test_a_round_stays_while_there_are_sheets_of_it(lead: Room, pupils: Pupils) -> None:
    term = lead.run(occasions.begin, OccasionKind.CLASS, "七年级三班", DAY, THIRD).result
    assert term.made is not None
    saved = lead.run(entry.save, Frame("who5", "", occasion_uid=term.occasion_uid), filled(pupils["张欣怡"], "5*1"))
    assert saved.result.occasion_uid == term.occasion_uid
    assert refused(lead, batches.undo, term.made.batch_id).code == "batch.referred"
    lead.run(batches.undo, saved.result.batch_id)
    lead.run(batches.undo, term.made.batch_id)
    assert lead.run(occasions.listed).result == []


def test_a_file_that_was_opened_stays_while_there_is_a_sheet(lead: Room, register: Callable[..., str]) -> None:
    uid = register("王小明")
    opened = next(row for row in lead.run(audit.entries).result if row.action == "student.registered")
    lead.run(entry.save, Frame("who5", DAY), filled(uid, "5*1"))
    assert refused(lead, batches.undo, opened.facts["batch"]).code == "batch.referred"


def test_merged_files_bring_their_sheets_and_tasks_along(
    lead: Room, typed: Typed, pupils: Pupils, register: Callable[..., str]
) -> None:
    other = register("张欣怡", FOURTH, "2025-09-01")
    kept = pupils["张欣怡"]
    lead.run(entry.save, Frame("phq9", DAY), filled(other, WISH))
    merged = lead.run(merging.merge, kept, other, {}).result
    (line,) = lead.run(sheets.of_student, kept).result
    assert line.sheet.student_uid == other
    (task,) = lead.run(alerts.open_tasks).result
    assert (task.student_uid, task.student) == (kept, "张欣怡")
    again = typed("phq9", "张欣怡", WISH)
    assert (again.state, again.task) == (State.UNCHANGED, task)
    joined = typed("mht", "张欣怡", VOID)
    assert joined.task is not None
    assert joined.task.task_uid == task.task_uid
    corrected = typed("phq9", "张欣怡", QUIET, reason="录错了")
    assert corrected.state is State.CORRECTED
    # The second sheet lies in the occasion and in the task of the other file: the merge cannot be taken back under it.
    assert refused(lead, batches.undo, merged).code == "batch.referred"
    lead.run(batches.undo, joined.batch_id)
    lead.run(batches.undo, merged)
    assert lead.run(sheets.of_student, kept).result == []
    assert [line.sheet.sheet_uid for line in lead.run(sheets.of_student, other).result] == [corrected.sheet_uid]


def test_a_sheet_that_a_merged_file_brought_along_is_corrected_not_doubled(
    lead: Room, typed: Typed, pupils: Pupils, register: Callable[..., str]
) -> None:
    other, kept = register("张欣怡", FOURTH, "2025-09-01"), pupils["张欣怡"]
    typed("phq9", "张欣怡", QUIET)  # both files have a single occasion on that day
    lead.run(entry.save, Frame("gad7", DAY), filled(other, "7*0"))
    lead.run(merging.merge, kept, other, {})
    frame = Frame("gad7", DAY)
    assert refused(lead, entry.save, frame, filled(kept, "7*1")).code == "answers.reason_missing"
    saved = lead.run(entry.save, frame, filled(kept, "7*1", reason="录错了")).result
    assert saved.state is State.CORRECTED
    found = {line.sheet.instrument: line.sheet for line in lead.run(sheets.of_student, kept).result}
    assert len(lead.run(sheets.of_student, kept).result) == 2
    assert (found["gad7"].cells(), found["gad7"].student_uid) == (("1",) * 7, other)


def test_a_correction_is_one_also_where_another_occasion_of_the_day_says_the_same(
    lead: Room, typed: Typed, pupils: Pupils
) -> None:
    uid = pupils["张欣怡"]
    of_class = lead.run(occasions.begin, OccasionKind.CLASS, "期初", DAY, THIRD).result
    frame = Frame("gad7", DAY, "", of_class.occasion_uid)
    lead.run(entry.save, frame, filled(uid, "7*1"))
    typed("gad7", "张欣怡", "7*2")
    assert lead.run(entry.save, frame, filled(uid, "7*2", reason="录错了一行")).result.state is State.CORRECTED
    (line,) = lead.run(sheets.of_occasion, of_class.occasion_uid).result
    assert line.sheet.cells() == ("2",) * 7

"""Answers that somebody has to look at: one open task for each student and occasion, until a person says what was done.

Alerts are raised by ``raise_for`` wherever sheets come in; nothing else opens a task.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counselroom.db.instruments.alerts import Alerts, TaskRow
from counselroom.db.instruments.sheets import Occasions, Sheets
from counselroom.db.students.merges import Merges, end_of
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import Occasion, RaisedAlert, Sheet, fresh_alerts, most_urgent
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Provenance, RosterRow, StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.instruments.kept import stored
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, writing
from counselroom.services.today import Group, Reminder, today_source

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult


@dataclass(frozen=True)
class TaskItem:
    """A critical answer: the printed number, the topic where a source documents it, the word that was ticked."""

    item: str
    topic: str
    answer: str
    priority: Priority


@dataclass(frozen=True)
class TaskSheet:
    """A sheet of a task. ``corrected``: it has been corrected since; the alert stays until a person decides."""

    sheet_uid: str
    instrument: str
    name: str
    informant: str
    items: tuple[TaskItem, ...]
    corrected: bool


@dataclass(frozen=True)
class Task:
    """Somebody has to look at a student: all critical answers of one occasion. ``student_uid`` is the file that holds
    the student now, ``class_name`` (short) where they are now. ``done`` says what was done, by whom and when; empty
    while the task is open."""

    task_uid: str
    student_uid: StudentUid
    student: str
    class_name: str
    occasion: Occasion
    priority: Priority
    sheets: tuple[TaskSheet, ...]
    opened_at: str
    done: str = ""
    done_by: str = ""
    done_at: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what was done."""
        return not self.done

    @property
    def count(self) -> int:
        """How many answers."""
        return sum(len(sheet.items) for sheet in self.sheets)


@dataclass(frozen=True)
class Raising:
    """A sheet that was written or scored anew. ``form``: the definition by which it was scored, variants in force;
    ``before`` is the sheet that it corrects (the sheet itself where it was scored anew)."""

    sheet: Sheet
    form: Definition
    result: "SheetResult"
    before: Sheet | None = None


@query(Permission.READ_ASSESSMENTS)
def open_tasks(tx: Transaction) -> list[Task]:
    """Every open task, the most urgent first, of one urgency the oldest first."""
    order = tuple(Priority)
    tasks = views(tx, Alerts(tx.db).open_tasks())
    return sorted(tasks, key=lambda task: order.index(task.priority))


@query(Permission.READ_ASSESSMENTS)
def of_student(tx: Transaction, student_uid: StudentUid) -> list[Task]:
    """The tasks of a student, closed ones too, the newest first."""
    return views(tx, reversed(Alerts(tx.db).tasks(Merges(tx.db).family(writing.present(tx, student_uid)))))


@command(Permission.CHANGE_ASSESSMENTS, "alert.closed", changes=(Topic.ASSESSMENTS,))
def close(tx: Transaction, task_uid: str, done: str) -> BatchId:
    """Somebody has looked at the student: ``done`` says in a few words what was done."""
    task = Alerts(tx.db).task(task_uid)
    if task is None:
        raise Refusal("alert.unknown")
    if task.closed is not None:
        raise Refusal("alert.closed")
    if not done.strip():
        raise Refusal("alert.done_missing")
    where = writing.made(tx, "alert.closed")
    Alerts(tx.db).close(task_uid, done.strip(), where)
    tx.note(Merges(tx.db).into(task.student_uid))
    return BatchId(where.batch_id)


def raise_for(tx: Transaction, raisings: Iterable[Raising], where: Provenance) -> dict[str, str]:
    """Writes the alerts of sheets; the task of each sheet that has any, by sheet.

    A sheet joins the open task of its student and occasion. Without one, a new task is opened, unless all that the
    sheet raises was told before and has been dealt with: a correction of another item opens nothing again.
    """
    loud = [each for each in raisings if each.result.alerts]
    if not loud:
        return {}
    told = _told(tx, loud)
    ends = Merges(tx.db).held(Merges(tx.db).roots(each.sheet.student_uid for each in loud))
    tasks = {
        (ends[row.student_uid], row.occasion_uid): row.task_uid for row in Alerts(tx.db).tasks(ends, only_open=True)
    }
    new_tasks, rows, found = [], [], {}
    for each in loud:
        key = (ends[each.sheet.student_uid], each.sheet.occasion_uid)
        before = told.get(each.before.sheet_uid, {}) if each.before else {}
        again = each.before is not None and each.before.sheet_uid == each.sheet.sheet_uid
        fresh = _fresh(each, before)
        if key not in tasks and fresh:
            tasks[key] = tx.new_id()
            new_tasks.append(TaskRow(tasks[key], key[0], key[1], where))
        priorities = _priorities(each.form)
        for item in fresh if again else each.result.alerts:
            task = tasks.get(key) or before[item]
            found[each.sheet.sheet_uid] = task
            rows.append(RaisedAlert(task, each.sheet.sheet_uid, item, priorities[item]))
    Alerts(tx.db).add_tasks(new_tasks)
    Alerts(tx.db).add(rows, where)
    return found


def _told(tx: Transaction, raisings: Iterable[Raising]) -> dict[str, dict[str, str]]:
    """What the sheets that are corrected have raised: task by item, by sheet."""
    found: dict[str, dict[str, str]] = {}
    for row in Alerts(tx.db).of_sheets(each.before.sheet_uid for each in raisings if each.before):
        found.setdefault(row.sheet_uid, {})[row.item] = row.task_uid
    return found


def _fresh(raising: Raising, told: Mapping[str, str]) -> tuple[str, ...]:
    numbers = raising.form.numbers()
    now = dict(zip(numbers, raising.sheet.cells(), strict=True))
    # A sheet of an earlier version may have had other items.
    before = dict(zip(numbers, raising.before.cells(), strict=False)) if raising.before else {}
    return fresh_alerts({item: now[item] for item in raising.result.alerts}, before, told)


def _priorities(form: Definition) -> dict[str, Priority]:
    found: dict[str, list[Priority]] = {}
    for alert in form.alerts:
        for item in alert.items:
            found.setdefault(item, []).append(alert.priority)
    return {item: most_urgent(several) for item, several in found.items()}


def views(tx: Transaction, rows: Iterable[TaskRow]) -> list[Task]:
    """Tasks with everything that is shown of them."""
    tasks = list(rows)
    if not tasks:  # nearly always: names and classes of a whole school need not be read
        return []
    raised: dict[str, dict[str, list[RaisedAlert]]] = {}
    for alert in Alerts(tx.db).of_tasks(task.task_uid for task in tasks):
        raised.setdefault(alert.task_uid, {}).setdefault(alert.sheet_uid, []).append(alert)
    sheets = Sheets(tx.db).some({uid for of_task in raised.values() for uid in of_task})
    counting = {sheet.sheet_uid for sheet in Sheets(tx.db).of({sheet.student_uid for sheet in sheets.values()})}
    occasions = Occasions(tx.db).some({task.occasion_uid for task in tasks})
    ways, names = Merges(tx.db).ways(), tx.people.names_ever()
    ends = {task.student_uid: end_of(task.student_uid, ways) for task in tasks}
    students = {row.student_uid: row for row in writing.roster(tx).some(set(ends.values()))}
    called = classes.names(tx)
    return [
        Task(
            task.task_uid, ends[task.student_uid],
            *_called(students.get(ends[task.student_uid]), called), occasions[task.occasion_uid],
            most_urgent(alert.priority for alerts in raised[task.task_uid].values() for alert in alerts),
            tuple(_sheet(sheets[uid], alerts, uid not in counting) for uid, alerts in raised[task.task_uid].items()),
            task.made.made_at, task.done, names.get(task.closed.made_by, "") if task.closed else "",
            task.closed.made_at if task.closed else "",
        )
        for task in tasks
    ]  # fmt: skip


def _called(row: RosterRow | None, called: classes.Names) -> tuple[str, str]:
    """Name and class; both empty for a file that was taken back."""
    return (row.name, called.short(row.class_id)) if row else ("", "")


def _sheet(sheet: Sheet, alerts: Iterable[RaisedAlert], corrected: bool) -> TaskSheet:
    form = stored.form(sheet.instrument, sheet.version, sheet.variants)
    if form is None:  # what the sheet was typed by is here no more: the alert is shown all the same
        items = tuple(TaskItem(alert.item, "", "", alert.priority) for alert in alerts)
        return TaskSheet(sheet.sheet_uid, sheet.instrument, sheet.instrument, sheet.informant, items, corrected)
    cells = dict(zip(form.numbers(), sheet.cells(), strict=True))
    items = tuple(
        TaskItem(alert.item, form.item(alert.item).topic, _answer(form, alert.item, cells[alert.item]), alert.priority)
        for alert in alerts
    )
    return TaskSheet(sheet.sheet_uid, sheet.instrument, form.name, sheet.informant, items, corrected)


def _answer(form: Definition, number: str, cell: str) -> str:
    """The word that was ticked; the cell itself where it has none."""
    words = {f"{option.code:.10g}": option.word for option in form.responses_of(number).options}
    return words.get(cell, cell)


@today_source(Permission.CHANGE_ASSESSMENTS)
def _to_look_at(tx: Transaction) -> Iterable[Reminder]:
    for task in open_tasks(tx):
        names = tuple(dict.fromkeys(sheet.name for sheet in task.sheets))
        args: dict[str, str] = {"student": task.student_uid}
        values = {"name": task.student, "instruments": names, "count": task.count}
        match task.priority:
            case Priority.NOW:
                yield Reminder("alert_now", Group.NOT_OVERNIGHT, "students", args, values, child=True)
            case Priority.SAME_DAY:
                yield Reminder("alert_same_day", Group.NOT_OVERNIGHT, "students", args, values, child=True)
            case Priority.THIS_WEEK:
                yield Reminder("alert_this_week", Group.THIS_WEEK, "students", args, values, child=True)

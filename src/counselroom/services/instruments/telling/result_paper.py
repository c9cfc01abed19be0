"""Results on paper: for the file (F24), or a few words for the student. Paper leaves the room: each print is entered in
the register and in the access log of the file."""

from collections.abc import Iterable
from datetime import date, datetime

from counselroom.domain.access import Permission
from counselroom.domain.dates import clock_time, plain_date
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.reports import worker
from counselroom.reports.assessment import AssessmentContent, CriticalLine, SheetContent, assessment
from counselroom.reports.parts import Parts
from counselroom.reports.student_feedback import FeedbackContent, student_feedback
from counselroom.services import codes, settings
from counselroom.services.instruments.kept.alerts import Task, TaskItem
from counselroom.services.instruments.telling import cards, curves, feedback, telling
from counselroom.services.instruments.telling.cards import Card
from counselroom.services.room.declaration import leaving, query
from counselroom.services.room.transaction import Leaving, Transaction
from counselroom.services.students import growth_file, purposes, writing
from counselroom.words import word


@leaving(Permission.READ_ASSESSMENTS, growth_file.RESULT_PRINTED, changes=(Topic.REGISTER,))
def print_report(
    tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str], purpose: str, words: str = ""
) -> Leaving[bytes]:
    """The results of these sheets for the file, as PDF bytes."""
    parts = _report(tx, student_uid, sheet_uids)
    return _left(tx, student_uid, parts, purpose, words)


@query(Permission.READ_ASSESSMENTS)
def preview_report(tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str]) -> bytes:
    """The paper as ``print_report`` would make it, of a file that lies open: nothing leaves the screen."""
    return worker.render(_report(tx, student_uid, sheet_uids))


@leaving(Permission.READ_ASSESSMENTS, growth_file.FEEDBACK_PRINTED, changes=(Topic.REGISTER,))
def print_feedback(
    tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str], purpose: str, words: str = "", where: str = ""
) -> Leaving[bytes]:
    """A few words for the student: no level, no number, no name of a scale. ``where``: when and where the room is open,
    empty for a line to be filled in."""
    parts = _feedback(tx, student_uid, sheet_uids, where)
    return _left(tx, student_uid, parts, purpose, words)


@query(Permission.READ_ASSESSMENTS)
def preview_feedback(tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str], where: str = "") -> bytes:
    """The paper as ``print_feedback`` would make it."""
    return worker.render(_feedback(tx, student_uid, sheet_uids, where))


def _left(tx: Transaction, student_uid: StudentUid, parts: Parts, purpose: str, words: str) -> Leaving[bytes]:
    why = purposes.checked(purpose, words)
    uid = writing.present(tx, student_uid)
    tx.note(uid, purpose=why.code, words=why.words)
    body = {"students": [uid], "purpose": why.code, "words": why.words}
    return Leaving(body, lambda: worker.render(parts))


def _chosen(tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str]) -> list[Card]:
    """The cards of these sheets, the newest first; refused when one is there no more, or none is asked for."""
    wanted = set(sheet_uids)
    found = [
        card
        for card in cards.read(tx, writing.present(tx, student_uid)).cards
        if card.line.sheet.sheet_uid in wanted
    ]  # fmt: skip
    if not wanted or len(found) != len(wanted):
        raise Refusal("answers.unknown")
    return found


def _feedback(tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str], where: str) -> Parts:
    chosen = _chosen(tx, student_uid, sheet_uids)
    kind = feedback.opening(chosen)
    name = growth_file.content(tx, student_uid).present.basics.name
    return student_feedback(
        FeedbackContent(
            school=settings.school(tx).name,
            name=name,
            opening=feedback.sentence(kind),
            things=feedback.things(kind, (card.line.sheet.instrument for card in chosen)),
            where=" ".join(where.split()),
            from_whom=tx.actor.name,
            on=tx.ports.clock().astimezone(),
        )
    )


def _report(tx: Transaction, student_uid: StudentUid, sheet_uids: Iterable[str]) -> Parts:
    chosen = _chosen(tx, student_uid, sheet_uids)
    file = growth_file.content(tx, student_uid)
    basics = file.present.basics
    about = (file.class_name, codes.name("sex", basics.sex))
    return assessment(
        AssessmentContent(
            school=settings.school(tx).name,
            number=file.file_no,
            name=basics.name,
            about="　".join(part for part in about if part),
            printed_by=tx.actor.name,
            printed_at=tx.ports.clock().astimezone(),
            sheets=tuple(map(_sheet, chosen)),
        )
    )


def _sheet(card: Card) -> SheetContent:
    curve = curves.curve(card.line, card.total, card.points)
    changed = (telling.changed(change, name) for name, change in card.changes)
    remarks = (*telling.flags(card.line), *card.norms, *card.warnings, curve.mark, *changed)
    return SheetContent(
        name=card.line.name,
        facts=tuple(_facts(card)),
        status=telling.status(card.line),
        critical=tuple(CriticalLine(_question(item), _done(card.task)) for item in card.critical),
        scores=tuple(_scores(card)),
        chart=telling.chart(card.gauges, void=card.void) if card.gauges else None,
        curve=curve.chart,
        remarks=tuple(text for text in remarks if text),
        reasons=card.reasons,
        limits=tuple(_limits(card)),
    )


def _facts(card: Card) -> Iterable[tuple[str, str]]:
    line, sheet, heads = card.line, card.line.sheet, "result_paper"
    age = word(f"{heads}.years", n=sheet.person.age) if sheet.person.age is not None else ""
    told = (plain_date(date.fromisoformat(sheet.day)), word(f"informant.{sheet.informant}"), age)
    yield word(f"{heads}.day"), "　".join(part for part in told if part)
    second = word(f"{heads}.second", name=line.second_by) if line.second_by else ""
    yield word(f"{heads}.typed"), f"{line.by}{second}"
    scored = _moment(line.scored_at)
    yield word(f"{heads}.version"), word(f"{heads}.version_line", version=line.result.version, at=scored)
    if card.variants:
        yield word(f"{heads}.variants"), word("explain.joint").join(card.variants)
    if card.tags:
        yield word(f"{heads}.tags"), word("list.separator").join(card.tags)


def _scores(card: Card) -> Iterable[tuple[str, str, str]]:
    for each in card.gauges:
        if each.value is None:
            yield each.name, telling.gauge(each, void=card.void), ""
        else:
            band = each.limit.name if each.limit else ""
            yield each.name, band, telling.number(each.value)


def _question(item: TaskItem) -> str:
    return word("result_paper.question", item=item.item, topic=item.topic).strip()


def _done(task: Task | None) -> str:
    if task is None or task.is_open:
        return ""
    return word("result_paper.done", at=_moment(task.done_at), who=task.done_by, done=task.done)


def _limits(card: Card) -> Iterable[str]:
    form = card.line.form
    if form is not None:
        yield form.evidence
        yield word(f"confidence.{form.confidence}")


def _moment(stamp: str) -> str:
    at = datetime.fromisoformat(stamp).astimezone()
    return f"{plain_date(at)} {clock_time(at)}"

"""What students' own facts put on the time line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from counselroom.db.students.attachments import Attachments
from counselroom.db.students.basics import Students
from counselroom.db.students.enrolments import Enrolments
from counselroom.db.students.entries import Entries
from counselroom.domain.access import Permission
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.student import BasicsVersion, Entry, Provenance, StudentUid
from counselroom.services import codes
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes
from counselroom.services.students.entries import KINDS
from counselroom.services.timeline import File, Moment, timeline_kind


def day_of(at: str) -> str:
    """The day (ISO; or the year and month) of what is kept; a moment (UTC) is taken to the room's own time."""
    if len(at) <= len("2026-11-24"):
        return at
    return datetime.fromisoformat(at).astimezone().date().isoformat()


@timeline_kind("enrolment", "users", Permission.READ_STUDENTS)
def _enrolments(tx: Transaction, file: File) -> Iterator[Moment]:
    before, words = None, classes.words(tx)
    for row in Enrolments(tx.db).history(file.family, file.until):
        called = classes.Names(school_year_of(date.fromisoformat(row.from_on)), words).long(row.class_id)
        title = _what_changed(before, (row.class_id, row.status))
        values = {"class_name": called, "status": codes.name("status", row.status), "destination": row.destination}
        author = file.authors.get(row.made.made_by, "")
        yield Moment(row.from_on, "enrolment", title, values, row.reason, author, str(row.enrolment_id))
        before = (row.class_id, row.status)


def _what_changed(before: tuple[str, str] | None, now: tuple[str, str]) -> str:
    if not codes.is_present(now[1]):
        return "status"
    if before is None:
        return "entered"
    if not codes.is_present(before[1]):
        return "returned"
    return "class" if before[0] != now[0] else "status"


@timeline_kind("basics", "pencil", Permission.READ_STUDENTS)
def _corrections(tx: Transaction, file: File) -> Iterator[Moment]:
    # Each file by itself: after a merge the statements of two lie between one another.
    latest: dict[StudentUid, BasicsVersion] = {}
    for new in Students(tx.db).versions(file.family, file.until):
        old = latest.get(new.student_uid)
        latest[new.student_uid] = new
        fields = old.basics.differences(new.basics) if old else ()
        if fields:
            # The names of the fields are keys of the catalogue; whoever shows them looks them up.
            values = {"fields": " ".join(fields)}
            author = file.authors.get(new.made.made_by, "")
            yield Moment(new.made.made_at, "basics", "corrected", values, "", author, str(new.version_id))


# kind of an entry -> its icon
_ICONS = {
    "care": "heart-handshake",
    "consent": "file-check",
    "event": "calendar-days",
    "strength": "star",
    "background": "house",
}


def _of_kind(kind: str) -> Callable[[Transaction, File], Iterator[Moment]]:
    def source(tx: Transaction, file: File) -> Iterator[Moment]:
        known = file.entries
        for entry in Entries(tx.db).present(file.family, file.until, kind) if known is None else known:
            if entry.kind == kind:
                yield from _moments_of(entry, file.authors)

    return source


def _moments_of(entry: Entry, authors: Mapping[str, str]) -> Iterator[Moment]:
    written = entry.made or Provenance("", "", "")
    author, state = authors.get(written.made_by, ""), ""
    if entry.state:
        state = codes.name("consent_state", entry.state)
    values = {"name": codes.name(entry.kind, entry.code), "state": state}
    at = entry.from_on or written.made_at
    yield Moment(at, entry.kind, entry.kind, values, entry.text, author, entry.entry_id)
    if entry.kind == "care" and entry.to_on:
        yield Moment(entry.to_on, entry.kind, "care_ended", values, "", author, entry.entry_id)


for _kind in KINDS:
    timeline_kind(_kind, _ICONS[_kind], Permission.READ_STUDENTS)(_of_kind(_kind))


@timeline_kind("attachment", "file-text", Permission.READ_STUDENTS)
def _papers(tx: Transaction, file: File) -> Iterator[Moment]:
    for paper in Attachments(tx.db).present(file.family, file.until):
        author = file.authors.get(paper.made.made_by, "")
        yield Moment(
            paper.made.made_at, "attachment", "attachment", {"title": paper.title}, "", author, paper.attachment_id
        )

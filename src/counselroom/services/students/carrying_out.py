"""Carrying out a plan: the rows of many students written at once, all of one batch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from counselroom.db.students.basics import NewVersion, Students
from counselroom.db.students.class_teachers import ClassTeacher, ClassTeachers
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians, NewGuardian
from counselroom.domain.built import built
from counselroom.domain.intake.planning import Action, Planned
from counselroom.domain.intake.roster_line import NamedGuardian, Place
from counselroom.domain.students.student import Entry, Guardian, Provenance, StudentUid
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, student, writing

# Between two looks whether the user wants to stop.
_STEP = 500


def carry_out(tx: Transaction, planned: Sequence[Planned], action: str, from_on: str) -> dict[Place, StudentUid]:
    """Writes what a plan creates and updates; who was created, by the place of the line."""
    base = writing.made(tx, action, writing.IMPORTED)
    created = _open(tx, [row for row in planned if row.action is Action.CREATED], base)
    work = [
        (uid, row)
        for row in planned
        if row.action in (Action.CREATED, Action.UPDATED)
        and (uid := created.get(row.line.place) or row.match.student_uid) is not None
    ]
    # By student, as the indexes are: their pages fill one after another.
    work.sort(key=itemgetter(0))
    sets = _Rows(tx, base, from_on, [row for _, row in work])
    for number, (uid, row) in enumerate(work):
        if number % _STEP == 0:
            tx.progress(number, len(work))
        sets.take(row, uid)
    sets.write()
    _teachers(tx, planned, base, from_on)
    writing.refresh(tx, sets.touched)
    return created


def _open(tx: Transaction, rows: list[Planned], base: Provenance) -> dict[Place, StudentUid]:
    """New files, numbered in the order of the classes and not of the rows."""
    called = classes.names(tx)
    ranks = {class_id: called.order(class_id) for class_id in {row.line.class_id for row in rows}}

    def order(row: Planned) -> tuple[object, ...]:
        return (ranks[row.line.class_id], row.line.basics.school_no, row.line.basics.name, row.line.place)

    ordered = sorted(rows, key=order)
    uids = student.open_files(tx, [base] * len(ordered))
    return {row.line.place: uid for row, uid in zip(ordered, uids, strict=True)}


class _Rows:
    """The rows of a plan, collected by table."""

    def __init__(self, tx: Transaction, base: Provenance, from_on: str, rows: Sequence[Planned]) -> None:
        self._tx = tx
        self._base = base
        self._from_on = from_on
        self._versions: list[NewVersion] = []
        self._enrolments: list[NewEnrolment] = []
        self._guardians: list[Guardian] = []
        self._named: list[NewGuardian] = []
        self._entries: list[Entry] = []
        self.touched: list[StudentUid] = []
        # Ascending, for the sake of the indexes.
        count = sum(len(row.guardians) + len(row.care) for row in rows)
        self._ids = iter(sorted([tx.new_id() for _ in range(count)]))

    def take(self, row: Planned, uid: StudentUid) -> None:
        """Adds what one line says of one student."""
        made = built(Provenance, {**vars(self._base), "place": f"{row.line.sheet}!{row.line.row}"})
        self.touched.append(uid)
        if row.fields or row.action is Action.CREATED:
            self._versions.append(writing.version(uid, row.basics, made))
        if row.class_id is not None or row.status is not None:
            self._enrol(row, uid, made)
        for guardian in row.guardians:
            self._guardian(guardian, uid, made)
        for code, said in row.care:
            self._entries.append(
                Entry(next(self._ids), uid, "care", code, from_on=self._from_on, evidence=said, made=made)
            )

    def _enrol(self, row: Planned, uid: StudentUid, made: Provenance) -> None:
        now = None if row.action is Action.CREATED else writing.roster(self._tx).get(uid)
        class_id = row.class_id if row.class_id is not None else now.class_id if now else ""
        status = row.status if row.status is not None else now.status if now else ""
        # A file that speaks of an earlier day still says where the student is now.
        day = max(self._from_on, now.status_from) if now else self._from_on
        self._enrolments.append(NewEnrolment(uid, day, class_id, status, made))

    def _guardian(self, said: Guardian | NamedGuardian, uid: StudentUid, made: Provenance) -> None:
        if isinstance(said, Guardian):
            self._guardians.append(replace(said, made=made))
        else:
            self._named.append(
                NewGuardian(next(self._ids), uid, said.name, said.relation, said.phone, said.legal, made)
            )

    def write(self) -> None:
        """Writes everything."""
        db = self._tx.db
        Students(db).add_versions(self._versions)
        Enrolments(db).add(self._enrolments)
        Guardians(db).add(self._guardians)
        Guardians(db).add_named(self._named)
        Entries(db).add(self._entries)


def _teachers(tx: Transaction, planned: Iterable[Planned], base: Provenance, from_on: str) -> None:
    """The head teacher whom most rows of a class name, where it is another than before."""
    named: dict[str, Counter[str]] = {}
    for row in planned:
        if row.line.teacher and row.line.class_id and row.action is not Action.BAD:
            named.setdefault(row.line.class_id, Counter())[row.line.teacher] += 1
    before = ClassTeachers(tx.db).on(from_on)
    # Of two names with as many rows the one first by character: the order of the rows decides nothing.
    chosen = {class_id: min(names, key=lambda name: (-names[name], name)) for class_id, names in named.items()}
    ClassTeachers(tx.db).add(
        [
            ClassTeacher(class_id, teacher, from_on)
            for class_id, teacher in sorted(chosen.items())
            if before.get(class_id) != teacher
        ],
        base,
    )

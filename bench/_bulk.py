"""Fills a vault with many students and years at once, for measuring: 10,000 x 10 years, or 100,000 for the search.

The rows are those that the use cases would have written one by one (tests/test_bulk.py compares them); they go through
the same statements of db, many in one transaction. ``fill(room, 10_000, 10)``; ``long_file(room, uid, 300)``.
"""

import hashlib
import hmac
import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from counselroom.db.audit import Audit
from counselroom.db.settings import Batches
from counselroom.db.students.basics import NewVersion, StudentRow, Students
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.vault import VaultFacts
from counselroom.domain.access import Permission
from counselroom.domain.chain import GENESIS, canonical
from counselroom.domain.chain import Entry as Audited
from counselroom.domain.dates import stamp
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.numbers import check_character
from counselroom.domain.students.student import Basics, Entry, Guardian, Provenance, StudentUid
from counselroom.services.demo.naming import FEMALE, MALE, Namer
from counselroom.services.demo.term_times import moment
from counselroom.services.room.declaration import Declaration, UseCase
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import student, writing

CLASS, PRIMARY, SCHOOL_YEARS = 45, 6, 9
# Of a hundred students each school year: so many get something written into their file.
WRITTEN = 40
KINDS = (
    ("strength", "ST02", "喜欢看科普书"), ("event", "LE15", "作文比赛获奖"), ("event", "LE12", "月考退步较多"),
    ("background", "BG01", "家中老大"), ("consent", "screening", ""), ("care", "C03", ""), ("care", "C11", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Registered:
    """A file is opened."""

    day: date
    number: int
    basics: Basics
    class_id: str


@dataclass(frozen=True)
class Named:
    """A guardian is written down; ids are given when it is."""

    day: date
    number: int
    guardian: Guardian


@dataclass(frozen=True)
class Written:
    """An entry is written down; ids are given when it is."""

    day: date
    number: int
    entry: Entry


@dataclass(frozen=True)
class Moved:
    """Another class, or another status; what is empty stays."""

    day: date
    number: int
    class_id: str = ""
    status: str = ""


Fact = Registered | Named | Written | Moved
NOBODY = StudentUid("")


def facts(count: int, years: int, today: date, seed: int = 7) -> list[Fact]:
    """What happened to ``count`` students of a nine-year school in ``years`` school years, day by day."""
    chance = random.Random(seed)  # noqa: S311 - the same school in every run
    namer = Namer(chance)
    found = [fact for number in range(count) for fact in _life(chance, namer, number, -(-count // years), years, today)]
    return sorted(found, key=lambda fact: (fact.day, fact.number))


def fill(room: Room, count: int, years: int = 1, seed: int = 7) -> list[StudentUid]:
    """Writes them all; the files in the order of their numbers."""
    return load(room, facts(count, years, room.ports.today(), seed), {})


def long_file(room: Room, student_uid: StudentUid, count: int = 300) -> None:
    """Writes so many events into one file, one a day up to today."""
    today = room.ports.today()
    days = [today - timedelta(days=count - 1 - number) for number in range(count)]
    entry = Entry("", NOBODY, "event", "LE15", text="在运动会上得了奖", evidence="班主任")
    load(room, [Written(day, 0, replace(entry, from_on=day.isoformat())) for day in days], {0: student_uid})


def load(room: Room, said: Iterable[Fact], known: Mapping[int, StudentUid]) -> list[StudentUid]:
    """Writes facts in their order, as one step; ``known`` are the files of numbers that are registered already."""
    # Not by @command: that would put it into the program's own list of use cases.
    declaration = Declaration("bench.filled", Permission.CHANGE_STUDENTS, writes=True, action="bench.filled")

    def work(tx: Transaction) -> list[StudentUid]:
        told = list(said)
        rows = _Rows(tx, room._session, known, len(told))
        for fact in told:
            rows.take(fact)
        rows.write()
        return list(rows.uids.values())

    return room.run(UseCase(declaration, work)).result


def _life(chance: random.Random, namer: Namer, number: int, cohort: int, years: int, today: date) -> Iterable[Fact]:
    back, place = number % years, number // years
    entered = school_year_of(today) - back
    named, begin = namer.pupil(), date(entered, 9, 1)
    born = date(entered - 7, 9, 1) + timedelta(days=place % 365)
    serial = 2 * (place // 365 + 1) - (named.sex == MALE)
    seventeen = f"530199{born:%Y%m%d}{serial:03d}"
    identity = seventeen + check_character(seventeen)
    class_number = place * max(1, round(cohort / CLASS)) // cohort + 1
    basics = Basics(
        named.name, sex=named.sex, birth=born.isoformat(), ethnic=named.ethnic, id_type="1", id_no=identity,
        xueji_no=f"G{identity}", school_no=f"{entered}{place:05d}", boarding=chance.choice("12"),
    )  # fmt: skip
    yield Registered(begin, number, basics, f"primary-{entered}-{class_number}")
    phone = f"1440{number:07d}"
    yield Named(begin, number, Guardian("", NOBODY, namer.adult(FEMALE, 1980), "52", legal=True, phone=phone))
    for grade in range(1, min(back + 1, SCHOOL_YEARS) + 1):
        day = date(entered + grade - 1, 9, 2) + timedelta(days=chance.randrange(300))
        if chance.randrange(100) < WRITTEN and day <= today:
            yield Written(day, number, _entry(chance, day))
    if back >= PRIMARY:
        yield Moved(date(entered + PRIMARY, 9, 1), number, f"junior-{entered + PRIMARY}-{class_number}")
    if back >= SCHOOL_YEARS:
        yield Moved(date(entered + SCHOOL_YEARS, 9, 1), number, status="06")


def _entry(chance: random.Random, day: date) -> Entry:
    kind, code, text = chance.choice(KINDS)
    state = "1" if kind == "consent" else ""
    return Entry("", NOBODY, kind, code, state=state, from_on=day.isoformat(), text=text, evidence="班主任")


class _Rows:
    """The rows of many facts, table by table, and the audit entry of each."""

    def __init__(self, tx: Transaction, session: int, known: Mapping[int, StudentUid], count: int) -> None:
        self._tx = tx
        # Ascending, so that the pages of the indexes fill one after another.
        self._ids = iter(sorted(tx.new_id() for _ in range(2 * count)))
        self._audit = _AuditTrail(tx, session)
        self._serials: dict[int, int] = {}
        self._now: dict[int, tuple[str, str]] = {}
        self.uids: dict[int, StudentUid] = dict(known)
        self._batches: list[tuple[str, str, str]] = []
        self._students: list[StudentRow] = []
        self._versions: list[NewVersion] = []
        self._enrolments: list[NewEnrolment] = []
        self._guardians: list[Guardian] = []
        self._entries: list[Entry] = []

    def take(self, fact: Fact) -> None:
        """The rows of one fact, as its use case would write them."""
        if isinstance(fact, Registered):
            self._register(fact)
        elif isinstance(fact, Named):
            made = self._made(fact, "guardian.written", do_not_contact=fact.guardian.do_not_contact)
            uid = self.uids[fact.number]
            guardian = replace(fact.guardian, guardian_id=next(self._ids), student_uid=uid, made=made)
            self._guardians.append(guardian)
        elif isinstance(fact, Written):
            made = self._made(fact, "entry.written", kind=fact.entry.kind, code=fact.entry.code)
            uid = self.uids[fact.number]
            self._entries.append(replace(fact.entry, entry_id=next(self._ids), student_uid=uid, made=made))
        else:
            self._move(fact)

    def write(self) -> None:
        """Everything, and the roster once."""
        db = self._tx.db
        for batch_id, action, at in self._batches:
            Batches(db).add(batch_id, action, at, self._tx.actor.account_id)
        self._audit.write()
        Students(db).add(self._students)
        Students(db).add_versions(self._versions)
        Enrolments(db).add(self._enrolments)
        Guardians(db).add(self._guardians)
        Entries(db).add(self._entries)
        writing.refresh(self._tx, self.uids.values())

    def _register(self, fact: Registered) -> None:
        uid = self.uids[fact.number] = StudentUid(next(self._ids))
        made = self._made(fact, "student.registered")
        year = fact.day.year
        prefix = f"{student.FILE_KIND}-{year}-"
        if year not in self._serials:
            self._serials[year] = Students(self._tx.db).last_serial(prefix)
        self._serials[year] += 1
        file_no = f"{prefix}{self._serials[year]:04d}"
        self._students.append(StudentRow(uid, file_no, made.made_at, made.made_by, made.batch_id))
        self._versions.append(writing.version(uid, fact.basics, made))
        self._enrol(fact, made, fact.class_id, "01")

    def _move(self, fact: Moved) -> None:
        made = self._made(fact, "student.moved", students=1)
        class_id, status = self._now[fact.number]
        self._enrol(fact, made, fact.class_id or class_id, fact.status or status)

    def _enrol(self, fact: Fact, made: Provenance, class_id: str, status: str) -> None:
        self._now[fact.number] = (class_id, status)
        self._enrolments.append(NewEnrolment(self.uids[fact.number], fact.day.isoformat(), class_id, status, made))

    def _made(self, fact: Fact, action: str, **body: Any) -> Provenance:
        """Where the rows of a fact come from: a batch and an audit entry of its own."""
        batch_id, at = next(self._ids), stamp(moment(fact.day))
        self._batches.append((batch_id, action, at))
        self._audit.add(at, action, self.uids[fact.number], {"batch": batch_id, **body})
        return Provenance(at, self._tx.actor.account_id, writing.TYPED, "", batch_id)


class _AuditTrail:
    """The chain of audit entries, going on from the last one of the vault."""

    def __init__(self, tx: Transaction, session: int) -> None:
        self._audit = Audit(tx.db)
        self._actor, self._session = tx.actor.account_id, session
        self._secret, _ = VaultFacts(tx.db).school_key("pseudonym")
        last = self._audit.last()
        self._n, self._previous = (last[0], last[1]) if last else (0, GENESIS)
        self._entries: list[tuple[Audited, str]] = []

    def add(self, at: str, action: str, object_id: str, body: Mapping[str, Any]) -> None:
        """One more entry."""
        text = canonical(body).decode()
        self._n += 1
        name = hmac.new(self._secret, object_id.encode(), hashlib.sha256).hexdigest()[:32]
        digest = hashlib.sha256(text.encode()).digest()
        entry = Audited(self._n, at, self._session, self._actor, action, name, digest, self._previous)
        self._previous = entry.digest()
        self._entries.append((entry, text))

    def write(self) -> None:
        """Into the vault, in their order."""
        for entry, text in self._entries:
            self._audit.append(entry, text)

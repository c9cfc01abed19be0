"""What the bulk loader of bench/ writes is what the use cases would have written, row by row."""

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from counselroom.domain.school import School
from counselroom.domain.students.student import StudentUid
from counselroom.services.demo.term_times import moment
from counselroom.services.demo.turns import Clock
from counselroom.services.room.door import Room
from counselroom.services.students import entries, growth_file, guardians, student
from counselroom.services.vault import first_run, inspection
from counselroom.services.vault.first_run import FirstRun
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE

STUDENTS, YEARS = 50, 10
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
# What two vaults cannot have in common: ids, who made them, hashes, and what was sealed with a key.
OWN = re.compile(r".*_(id|uid|hash|by)|object|previous|actor|row_id|replaces")
# Tables of the vault's own keys and times, and of the accounts.
VAULT = {
    "migrations", "vault", "school_keys", "accounts", "account_keys", "account_roles", "recovery_sets",
    "recovery_checks", "recovery_confirmations", "tree_heads",
}  # fmt: skip
BY_BENCH = "bench.filled"

Make = Callable[[str], Room]


@pytest.fixture(scope="module")
def bulk() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "bench" / "_bulk.py"
    spec = importlib.util.spec_from_file_location("bench_bulk", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes a vault whose clock can be set; every one is closed at the end."""
    rooms: list[Room] = []

    def new(name: str) -> Room:
        ports = replace(CHEAP, clock=Clock(lambda: NOW))
        school = School("云溪学校", "", "530102", ("primary", "junior"))
        first = FirstRun(school, "three", LEAD, LEAD_PASSPHRASE)
        rooms.append(first_run.create(tmp_path_factory.mktemp("bulk") / name, first, ports).room)
        return rooms[-1]

    yield new
    for room in rooms:
        room.close()


def one_by_one(room: Room, bulk: ModuleType) -> None:
    """The same facts, each through its use case on its day."""
    uids: dict[int, StudentUid] = {}
    clock = room.ports.clock
    assert isinstance(clock, Clock)
    for fact in bulk.facts(STUDENTS, YEARS, NOW.date()):
        clock.set(moment(fact.day))
        if isinstance(fact, bulk.Registered):
            uids[fact.number] = room.run(student.register, fact.basics, fact.class_id).result.student_uid
        elif isinstance(fact, bulk.Named):
            room.run(guardians.write, replace(fact.guardian, student_uid=uids[fact.number]))
        elif isinstance(fact, bulk.Written):
            room.run(entries.write, replace(fact.entry, student_uid=uids[fact.number]))
        else:
            room.run(student.move, [uids[fact.number]], class_id=fact.class_id or None, status=fact.status or None)
    clock.let_go()


def rows(room: Room) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table in the order in which it was written, without what two vaults cannot have in common."""
    assert room._keys is not None
    db = room._keys.db
    file_no = {row["student_uid"]: row["file_no"] for row in db.all("SELECT student_uid, file_no FROM students")}
    tables = [row["name"] for row in db.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, list[tuple[object, ...]]] = {}
    for table in sorted(set(tables) - VAULT):
        found[table] = [
            (file_no.get(row.get("student_uid", ""), ""), *_shared(row))
            for row in map(dict, db.all(f"SELECT * FROM {table} ORDER BY rowid"))
            if row.get("action") != BY_BENCH
        ]
    # The roster is written again and again by one way, once by the other: its order says nothing.
    found["roster"].sort(key=str)
    return found


def _shared(row: dict[str, object]) -> list[tuple[str, object]]:
    """The columns with their values; inside of an audit entry's body the id of the batch is left out as well."""
    kept = [(name, value) for name, value in row.items() if not OWN.fullmatch(name)]
    return [
        (name, re.sub(r'"batch":"[0-9a-f]+"', '"batch":""', value)) if name == "body" else (name, value)
        for name, value in kept
    ]


def test_the_rows_are_those_of_the_use_cases(bulk: ModuleType, make: Make) -> None:
    slow, quick = make("slow"), make("quick")
    one_by_one(slow, bulk)
    bulk.fill(quick, STUDENTS, YEARS)
    expected, found = rows(slow), rows(quick)
    assert set(found) == set(expected)
    for table, wanted in expected.items():
        assert found[table] == wanted, table
    filled = {name for name, content in expected.items() if content}
    assert {"student_versions", "enrolments", "guardians", "entries", "roster", "batches", "audit"} <= filled
    assert len(expected["students"]) == STUDENTS


def test_a_long_file_opens_with_all_its_entries_and_the_vault_is_whole(bulk: ModuleType, make: Make) -> None:
    room = make("long")
    first, *_ = bulk.fill(room, 3)
    bulk.long_file(room, first, 300)
    file = room.run(growth_file.open_file, first, "daily").result
    assert len(file.of("event")) >= 300
    assert max(entry.from_on for entry in file.entries) == NOW.date().isoformat()
    room.close()
    report = inspection.check(room.folder, LEAD, LEAD_PASSPHRASE)
    assert (report.integrity, report.chain, report.faults) == ("ok", "ok", [])


def test_every_way_of_life_is_there(bulk: ModuleType) -> None:
    said = bulk.facts(STUDENTS, YEARS, NOW.date())
    assert {type(fact).__name__ for fact in said} == {"Registered", "Named", "Written", "Moved"}
    assert {fact.entry.kind for fact in said if isinstance(fact, bulk.Written)} == {
        "care", "consent", "event", "strength", "background",
    }  # fmt: skip
    assert any(fact.status for fact in said if isinstance(fact, bulk.Moved))
    assert all(fact.day <= NOW.date() for fact in said)
    assert bulk.facts(STUDENTS, YEARS, NOW.date()) == said

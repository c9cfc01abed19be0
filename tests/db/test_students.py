"""Statements on students: what counts, what is computed, what the schema refuses."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counselroom.db import migrate as road
from counselroom.db.connection import Connection
from counselroom.db.settings import Batches
from counselroom.db.students.basics import NewVersion, StudentRow, Students
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.students.merges import Merges, end_of
from counselroom.db.students.roster import Roster
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import BASICS, Basics, Entry, Guardian, Provenance, StudentUid

A, B, C = (StudentUid(uid) for uid in "abc")
TODAY = "2025-09-10"


def made(batch: str = "b1", at: str = "2025-09-01T00:00:00.000Z") -> Provenance:
    return Provenance(at, "me", "typed", "", batch)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """Three students of one class, each written down with the batch ``b1``; ``b2`` and ``b3`` have no rows yet."""
    connection = Connection(tmp_path / "v.db", bytes(32), create=True)
    road.migrate(connection, "2025-09-01T00:00:00.000Z")
    connection.run("INSERT INTO accounts (account_id, name, kind, added_at) VALUES ('me', '林若溪', 'member', '')")
    for batch in ("b1", "b2", "b3"):
        Batches(connection).add(batch, "roster.imported", "2025-09-01T00:00:00.000Z", "me")
    Students(connection).add([StudentRow(uid, f"DA-2025-000{n}", "", "me", "b1") for n, uid in enumerate((A, B, C), 1)])
    Students(connection).add_versions([version(uid, f"学生{uid}") for uid in (A, B, C)])
    Enrolments(connection).add([NewEnrolment(uid, "2025-09-01", "junior-2024-3", "01", made()) for uid in (A, B, C)])
    Roster(connection, TODAY).refresh([A, B, C])
    yield connection
    connection.close()


def version(uid: StudentUid, name: str, batch: str = "b1", **known: str) -> NewVersion:
    return NewVersion(uid, Basics(name, **known), "pinyin", f"|{name}|", made(batch))


def withdraw(db: Connection, batch: str) -> None:
    Batches(db).withdraw(batch, "2025-09-02T00:00:00.000Z", "me")


def shown(db: Connection) -> dict[str, tuple[str, str, str, tuple[str, ...]]]:
    Roster(db, TODAY).refresh([A, B, C])
    return {row.student_uid: (row.name, row.class_id, row.status, row.care) for row in Roster(db, TODAY).rows()}


def test_the_newest_statement_counts_until_its_batch_is_withdrawn(db: Connection) -> None:
    Students(db).add_versions([version(A, "新名", "b2", school_no="AB1")])
    assert shown(db)[A][0] == "新名"
    row = Roster(db, TODAY).get(A)
    assert row is not None
    assert row.keys == "|新名|ab1||||"
    withdraw(db, "b2")
    assert shown(db)[A][0] == "学生a"


def test_every_value_comes_back_in_its_own_column(db: Connection) -> None:
    said = Basics(**{name: f"{name} 的值" for name in BASICS})
    Students(db).add_versions([NewVersion(A, said, "pīn", "|key|", made("b2"))])
    found = Students(db).present([A])[A]
    assert (found.basics, found.pinyin, found.made) == (said, "pīn", made("b2"))
    texts = ("name", "relation", "relation_note", "phone", "phone_2", "best_time", "do_not_contact_reason")
    for flag in ("legal", "lives_with", "works_away", "do_not_contact"):
        guardian = replace(Guardian(flag, A, ""), made=made("b2"), **{name: f"{name} 的值" for name in texts})
        guardian = replace(guardian, **{flag: True})
        Guardians(db).add([guardian])
        assert Guardians(db).versions(flag) == [guardian]
    entry = Entry("e", A, "consent", "K01", "state", "2025-01-01", "2025-02-01", "text", "evidence", made=made("b2"))
    Entries(db).add([entry])
    assert Entries(db).present([A]) == [entry]


def test_the_last_day_counts_and_of_one_day_the_last_row(db: Connection) -> None:
    rows = [("2026-01-01", "junior-2024-4"), ("2025-12-01", "junior-2024-5"), ("2026-01-01", "junior-2024-6")]
    Enrolments(db).add([NewEnrolment(A, day, class_id, "01", made("b2")) for day, class_id in rows])
    assert shown(db)[A][1] == "junior-2024-6"
    withdraw(db, "b2")
    assert shown(db)[A][1] == "junior-2024-3"


def test_a_row_that_was_replaced_counts_no_longer(db: Connection) -> None:
    (old,) = Enrolments(db).history([A])
    Enrolments(db).add([NewEnrolment(A, "2025-08-01", "junior-2024-9", "02", made("b2"), replaces=old.enrolment_id)])
    assert shown(db)[A][1:3] == ("junior-2024-9", "02")
    withdraw(db, "b2")
    assert shown(db)[A][1:3] == ("junior-2024-3", "01")


def test_care_categories_in_force_each_once_and_in_order(db: Connection) -> None:
    def care(entry_id: str, code: str, to_on: str = "", *, void: bool = False) -> Entry:
        return Entry(entry_id, A, "care", code, from_on="2025-09-01", to_on=to_on, void=void)

    Entries(db).add(
        [care("1", "C07"), care("2", "C02"), care("3", "C07"), care("4", "C04", "2025-09-09"), care("5", "C05")],
        made("b2"),
    )
    Entries(db).add([care("5", "C05", void=True)], made("b3"))
    assert shown(db)[A][3] == ("C02", "C07")
    withdraw(db, "b3")
    assert shown(db)[A][3] == ("C02", "C05", "C07")


def test_a_category_known_to_the_month_counts_to_its_end_and_once(db: Connection) -> None:
    ends = ((TODAY[:7], "C07"), ("2099-12", "C07"), ("2025-08", "C02"))
    found = [Entry(str(n), A, "care", code, from_on="2025-01", to_on=to_on) for n, (to_on, code) in enumerate(ends)]
    Entries(db).add(found, made("b2"))
    assert shown(db)[A][3] == ("C07",)


def test_a_student_whose_file_is_taken_back_leaves_the_roster(db: Connection) -> None:
    withdraw(db, "b1")
    assert shown(db) == {}
    assert not Students(db).counting(A)


def test_merged_files_lead_to_their_end_and_count_for_it(db: Connection) -> None:
    merges = Merges(db)
    assert (merges.ways(), merges.roots([A, B])) == ({}, [A, B])
    Students(db).add_versions([version(C, "最新", "b2")])
    merges.add(C, B, "2025-09-01", "me", "b2")
    merges.add(B, A, "2025-09-01", "me", "b2")
    assert merges.roots([C, B, A]) == [A]
    assert (merges.into(C), sorted(merges.family(A))) == (A, [A, B, C])
    assert end_of(C, merges.ways()) == A
    assert {uid: known[0] for uid, known in shown(db).items()} == {A: "最新"}
    found = Roster(db, TODAY)
    assert [[row.student_uid for row in found.find(text, 9)] for text in ("最新", "学生a", "学生b")] == [[A]] * 3
    withdraw(db, "b2")
    assert merges.roots([C, B, A]) == [C, B, A]
    assert {uid: known[0] for uid, known in shown(db).items()} == {A: "学生a", B: "学生b", C: "学生c"}


def test_refreshing_some_leaves_the_others(db: Connection) -> None:
    Students(db).add_versions([version(A, "新名甲", "b2"), version(B, "新名乙", "b2")])
    Roster(db, TODAY).refresh([A])
    assert {row.student_uid: row.name for row in Roster(db, TODAY).rows()} == {A: "新名甲", B: "学生b", C: "学生c"}
    Roster(db, TODAY).refresh([])
    assert len(Roster(db, TODAY).rows()) == 3


def test_flags_of_guardians_come_back_as_they_were(db: Connection) -> None:
    father = Guardian("g1", A, "甲大", legal=True, works_away=True, phone="13800000001", do_not_contact=True)
    Guardians(db).add([father], made("b2"))
    (found,) = Guardians(db).present([A])
    assert found == Guardian(**{**vars(father), "made": made("b2")})
    Guardians(db).add([Guardian("g1", A, "甲大", void=True)], made("b3"))
    assert Guardians(db).present([A]) == []
    assert len(Guardians(db).versions("g1")) == 2
    withdraw(db, "b3")
    assert len(Guardians(db).present([A])) == 1


def test_a_row_without_provenance_is_a_bug(db: Connection) -> None:
    with pytest.raises(ValueError, match="where it came from"):
        Guardians(db).add([Guardian("g1", A, "甲大")])
    with pytest.raises(ValueError, match="where it came from"):
        Entries(db).add([Entry("1", A, "care", "C07")])


@pytest.mark.parametrize("kind", ["care", "consent", "event", "strength", "background", "gossip", ""])
def test_entries_have_one_of_five_kinds(db: Connection, kind: str) -> None:
    entry = Entry("1", A, kind, "C07")
    if kind in ("gossip", ""):
        with pytest.raises(Exception, match="CHECK constraint"):
            Entries(db).add([entry], made("b2"))
    else:
        Entries(db).add([entry], made("b2"))
        assert [found.kind for found in Entries(db).present([A])] == [kind]


@pytest.mark.parametrize("table", ["students", "student_versions", "enrolments"])
def test_facts_are_appended_and_never_changed(db: Connection, table: str) -> None:
    for verb in (f"UPDATE {table} SET batch_id = 'b2'", f"DELETE FROM {table}"):
        with pytest.raises(Refusal) as refused:
            db.run(verb)
        assert refused.value.code == "vault.append_only"


def test_a_statement_about_nobody_is_refused(db: Connection) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        Students(db).add_versions([version(StudentUid("nobody"), "无")])


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT max(version_id) FROM student_versions WHERE student_uid = 'a'", "student_versions_student"),
        ("SELECT max(version_id) FROM guardians WHERE guardian_id = 'a'", "guardians_id"),
        ("SELECT max(version_id) FROM entries WHERE entry_id = 'a'", "entries_id"),
    ],
)
def test_the_newest_row_is_found_in_an_index_alone(db: Connection, sql: str, index: str) -> None:
    plan = " ".join(str(row["detail"]) for row in db.all(f"EXPLAIN QUERY PLAN {sql}"))
    assert f"COVERING INDEX {index}" in plan

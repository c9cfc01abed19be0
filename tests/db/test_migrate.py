"""The single road to every schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counselroom.db import migrate as road
from counselroom.db.connection import Connection
from counselroom.db.generation import export, row_counts
from counselroom.db.migrate import Migration
from counselroom.domain.refusal import Refusal

KEY = bytes(range(32))
AT = "2026-09-01T08:00:00+00:00"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    made = Connection(tmp_path / "vault-1.db", KEY, create=True)
    road.migrate(made, AT)
    yield made
    made.close()


NEWEST = road.known()[-1].number


def with_another(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    steps = [*road.known(), Migration(NEWEST + 1, sql, "0" * 64)]
    monkeypatch.setattr(road, "known", lambda: steps)


def test_another_step_is_taken_once(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_another(monkeypatch, "CREATE TABLE extra (a TEXT NOT NULL) STRICT;")
    assert [step.number for step in road.pending(db)] == [NEWEST + 1]
    road.migrate(db, AT)
    road.migrate(db, AT)
    assert road.schema_number(db) == NEWEST + 1
    assert db.all("SELECT * FROM extra") == []


def test_a_failing_step_leaves_no_table_behind(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_another(monkeypatch, "CREATE TABLE extra (a TEXT NOT NULL) STRICT; CREATE TABLE audit (a TEXT) STRICT;")
    with pytest.raises(Exception, match="already exists"):
        road.migrate(db, AT)
    assert road.schema_number(db) == NEWEST
    assert db.one("SELECT 1 FROM sqlite_master WHERE name = 'extra'") is None


def test_a_newer_schema_is_refused_with_both_numbers(db: Connection) -> None:
    db.run("PRAGMA user_version=99")
    with pytest.raises(Refusal) as refused:
        road.check(db)
    assert (refused.value.code, refused.value.values) == ("vault.newer_schema", {"found": 99, "known": NEWEST})


def test_a_schema_made_by_other_migrations_is_refused(db: Connection) -> None:
    db.run("UPDATE migrations SET sha256 = 'other'")
    with pytest.raises(Refusal) as refused:
        road.check(db)
    assert refused.value.code == "vault.foreign_schema"


def test_published_migrations_never_change() -> None:
    """A released step is what databases in the field were made by; a new need is a new step."""
    assert {step.number: step.sha256 for step in road.known()} == {
        1: "504bec62efbc421b01ebc5f7fc1338b2a221dc5376a31f92256ae1db7327c69b",
        2: "2d7e38edcade9ac826ca7bde36f583e6dea6469f0bb370911fa056b374659a3c",
        3: "605ca6511b43660d4c0fcb97d852b85bb76d1a2503f47427029e2421190ac62a",
    }


def test_an_export_holds_every_row_trigger_and_number(db: Connection, tmp_path: Path) -> None:
    db.run("INSERT INTO vault VALUES (1, 'v', 1, 0, x'', 'now')")
    export(db, tmp_path / "copy.db", b"\x09" * 32)
    copy = Connection(tmp_path / "copy.db", b"\x09" * 32)
    assert row_counts(copy) == row_counts(db)
    assert road.schema_number(copy) == NEWEST
    names = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert [tuple(row) for row in copy.all(names)] == [tuple(row) for row in db.all(names)]
    assert copy.integrity_faults() == []
    copy.close()
    with pytest.raises(Refusal):
        Connection(tmp_path / "copy.db", KEY)

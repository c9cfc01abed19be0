"""SQLCipher as we pin it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counselroom.db.connection import PRAGMAS, Connection
from counselroom.db.migrate import migrate
from counselroom.domain.refusal import Refusal

KEY = bytes(range(32))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    made = Connection(tmp_path / "a b 心理.db", KEY, create=True)
    migrate(made, "2026-09-01T08:00:00+00:00")
    yield made
    made.close()


def test_every_pragma_reads_back_as_pinned(db: Connection) -> None:
    assert db.pragmas() == {name: expected for name, (_, expected) in PRAGMAS.items()}


def test_a_database_that_reads_back_otherwise_is_refused(
    db: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(PRAGMAS, "synchronous", ("FULL", "7"))
    with pytest.raises(Refusal) as refused:
        Connection(db.path, KEY)
    assert refused.value.code == "vault.pragma"


def test_nothing_in_the_file_is_readable(db: Connection) -> None:
    db.run("INSERT INTO vault VALUES (1, 'CANARY-WORD', 1, 0, x'', 'now')")
    db.checkpoint()
    content = db.path.read_bytes()
    assert b"CANARY-WORD" not in content
    assert not content.startswith(b"SQLite format 3")


def test_a_wrong_key_is_refused_at_once(db: Connection) -> None:
    db.checkpoint()
    with pytest.raises(Refusal) as refused:
        Connection(db.path, b"\x01" * 32)
    assert refused.value.code == "vault.damaged"


def test_a_missing_file_never_becomes_an_empty_database(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Connection(tmp_path / "vault-1.db", KEY)
    assert refused.value.code == "vault.file_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (a) STRICT",
        "DROP TABLE audit",
        "ALTER TABLE audit ADD COLUMN x",
        "DROP TRIGGER audit_no_delete",
        "CREATE TEMP TRIGGER t AFTER INSERT ON audit BEGIN SELECT 1; END",
        "ATTACH ':memory:' AS other",
        "PRAGMA recursive_triggers=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA rekey='x'",
    ],
)
def test_schema_changes_are_refused_after_migration(db: Connection, statement: str) -> None:
    db.forbid_schema_changes()
    with pytest.raises(Exception, match=r"not authorized|prohibited"):
        db.run(statement)


def test_append_only_tables_refuse_every_road(db: Connection) -> None:
    tables = [
        row["name"].removesuffix("_no_update")
        for row in db.all("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_update'")
    ]
    assert len(tables) >= 11
    for table in tables:
        assert db.one("SELECT 1 FROM sqlite_master WHERE name = :name", name=f"{table}_no_delete")
    values = {"at": "t", "counter": 1, "hash": b"h"}
    db.run("INSERT INTO audit VALUES (1, :at, :counter, 'a', 'b', '', '{}', :hash, :hash, :hash)", **values)
    for statement in (
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "REPLACE INTO audit VALUES (1, 't', 1, 'a', 'b', '', '{}', x'00', x'00', x'00')",
        "INSERT INTO audit VALUES (1, 't', 1, 'a', 'b', '', '{}', x'00', x'00', x'00')"
        " ON CONFLICT (n) DO UPDATE SET action = 'x'",
    ):
        with pytest.raises(Refusal) as refused:
            db.run(statement)
        assert refused.value.code == "vault.append_only"


def test_a_reading_connection_cannot_write(db: Connection) -> None:
    db.checkpoint()
    reader = Connection(db.path, KEY, read_only=True)
    with pytest.raises(Refusal) as refused:
        reader.run("INSERT INTO vault VALUES (1, 'v', 1, 0, x'', 'now')")
    assert refused.value.code == "disk.read_only"
    reader.close()

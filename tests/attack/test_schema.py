"""A newer schema is refused kindly; an older one is migrated after a verified copy."""

import hashlib

import pytest

from attack.kit import Target, key_of, refused, snapshot
from counselroom.cli.exits import exit_of
from counselroom.db import migrate
from counselroom.db.connection import Connection
from counselroom.db.migrate import Migration
from counselroom.domain.refusal import Exit, Refusal
from counselroom.services import people

SECOND = "CREATE TABLE later (only INTEGER PRIMARY KEY) STRICT;"
BROKEN = "CREATE TABLE later (only INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);"
REAL = migrate.known()


def _second(sql: str) -> list[Migration]:
    return [*REAL, Migration(len(REAL) + 1, sql, hashlib.sha256(sql.encode()).hexdigest())]


def test_newer_schema(target: Target) -> None:
    db = Connection(target.database, key_of(target))
    db.run("PRAGMA user_version=99")
    db.checkpoint()
    db.close()
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.newer_schema"
    assert exit_of(Refusal("vault.newer_schema")) is Exit.VERSION
    report = target.check()
    assert (report.schema, report.integrity, report.faults) == (99, "ok", ["vault.newer_schema"])
    assert snapshot(target.folder) == before


def test_schema_of_somebody_else(target: Target) -> None:
    db = Connection(target.database, key_of(target))
    db.run("UPDATE migrations SET sha256 = 'x'")
    db.checkpoint()
    db.close()
    assert refused(target.open) == "vault.foreign_schema"


def test_migration_keeps_a_copy(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "known", lambda: _second(SECOND))
    key, number = key_of(target), len(REAL) + 1
    room = target.open()
    assert len(room.run(people.accounts).result) == 3
    room.close()
    copy = Connection(target.folder / f"vault-1.db.before-{number}", key, read_only=True)
    assert (migrate.schema_number(copy), copy.integrity_faults()) == (number - 1, [])
    copy.close()
    now = Connection(target.database, key, read_only=True)
    assert migrate.schema_number(now) == number
    now.close()
    assert target.check().faults == []


def test_failed_migration_leaves_the_vault_as_it_was(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "known", lambda: _second(BROKEN))
    with pytest.raises(Exception, match="nowhere"):
        target.open()
    monkeypatch.setattr(migrate, "known", lambda: REAL)
    assert target.check().faults == []
    target.open().close()

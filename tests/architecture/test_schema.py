"""The schema: every table STRICT, and what is a fact appended only, by triggers of the database itself."""

import ast
import re
from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from architecture.source import PACKAGE, Source, caught, clean, passed
from architecture.test_sql import OR_REPLACE

MIGRATIONS = sorted((PACKAGE / "db" / "migrations").glob("*.sql"))

# Tables whose rows may change, each with the reason. Every other table is appended to and nothing else.
MUTABLE = {
    "vault": "generation and number of sign-ins move on",
    "school_keys": "a replaced key gets its end date",
    "accounts": "a removed account gets its end date",
    "account_roles": "a role that was taken back gets its end date",
    "account_keys": "a replaced key gets its end date",
    "preferences": "how one person likes the screen is not a fact",
    "learned": "what a column or a class word of a file means is an aid to memory, not a fact",
    "roster": "computed from the facts, written again whenever they change",
}

CHANGES = re.compile(r"\b(?:UPDATE|DELETE\s+FROM)\s+(\w+)")
CREATES = re.compile(r"CREATE\s+(?:TEMP\s+)?TABLE\b.*", re.DOTALL)


def schema_faults(sql: str) -> list[str]:
    """What is wrong with the schema that the script makes."""
    db = sqlcipher.connect(":memory:")
    try:
        db.executescript(sql)
        tables = {row[1]: bool(row[5]) for row in db.execute("PRAGMA table_list") if row[2] == "table"}
        triggers = [row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    finally:
        db.close()
    ours = {name: strict for name, strict in tables.items() if not name.startswith("sqlite_")}
    faults = [f"{name} is not STRICT" for name, strict in ours.items() if not strict]
    for name in ours.keys() - MUTABLE.keys():
        for verb in ("UPDATE", "DELETE"):
            guard = rf"BEFORE {verb} ON {name} BEGIN SELECT RAISE\(ABORT, 'append-only'\); END"
            if not any(re.search(guard, " ".join(text.split())) for text in triggers):
                faults.append(f"{name} may be changed: no trigger before {verb}, and no reason in MUTABLE")
    return faults


def facts_stay(source: Source) -> Iterator[str]:
    """A statement in db that changes or deletes rows of an append-only table, or makes a table that is not STRICT."""
    if source.ring != "db":
        return
    for text in source.strings:
        for table in CHANGES.findall(str(text.value)):
            if table not in MUTABLE and table != "SET":  # ON CONFLICT … DO UPDATE SET
                yield source.at(text, f"{table} is appended to, never changed")
        made = CREATES.search(str(text.value))
        if made and not made[0].rstrip("; \n").endswith("STRICT"):
            yield source.at(text, "tables are STRICT")


def test_the_schema() -> None:
    assert MIGRATIONS
    assert not schema_faults("\n".join(path.read_text(encoding="utf-8") for path in MIGRATIONS))


def test_no_needless_allowance() -> None:
    made = set(re.findall(r"CREATE TABLE (\w+)", "\n".join(path.read_text(encoding="utf-8") for path in MIGRATIONS)))
    assert set(MUTABLE) <= made


def test_numbers_without_a_gap() -> None:
    assert [path.name[:4] for path in MIGRATIONS] == [f"{n:04d}" for n in range(1, len(MIGRATIONS) + 1)]


def test_migrations_never_replace() -> None:
    assert not [path.name for path in MIGRATIONS if OR_REPLACE.search(path.read_text(encoding="utf-8"))]


def test_statements_leave_facts_alone() -> None:
    clean(facts_stay)


GUARDED = """
CREATE TABLE facts (a TEXT) STRICT;
CREATE TRIGGER u BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER d BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


def test_a_guarded_table_is_well() -> None:
    assert not schema_faults(GUARDED)
    assert not schema_faults("CREATE TABLE preferences (a TEXT) STRICT;")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE preferences (a TEXT);",
        "CREATE TABLE facts (a TEXT) STRICT;",
        GUARDED.replace("BEFORE DELETE", "AFTER DELETE"),
        GUARDED.replace("UPDATE ON", "UPDATE OF a ON"),
        GUARDED.replace("ON facts BEGIN", "ON facts WHEN old.a = 'x' BEGIN", 1),
        GUARDED + "CREATE TABLE other_facts (a TEXT) STRICT;",
    ],
)
def test_bad_schema(sql: str) -> None:
    assert schema_faults(sql)


@pytest.mark.parametrize(
    "code",
    [
        "SQL = 'UPDATE audit SET at = :at'",
        "SQL = 'DELETE FROM settings WHERE name = :n'",
        "SQL = 'CREATE TABLE loose (a TEXT)'",
    ],
)
def test_bad_statement(code: str) -> None:
    ast.parse(code)
    caught(facts_stay, "db.bad", code)


def test_good_statements() -> None:
    passed(facts_stay, "db.good", "A = 'INSERT INTO b VALUES (:a) ON CONFLICT (a) DO UPDATE SET a = excluded.a'")
    passed(facts_stay, "db.good", "A = 'UPDATE accounts SET removed_at = :at'\nB = 'CREATE TABLE a (b TEXT) STRICT'")

"""Opening the encrypted database: every pragma pinned and read back, schema changes denied afterwards."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from counselroom.domain.refusal import Refusal

# name -> (value to set, value read back). security.md "Database".
PRAGMAS: dict[str, tuple[str, str]] = {
    "cipher_memory_security": ("ON", "1"),
    "cipher_page_size": ("4096", "4096"),
    "cipher_use_hmac": ("ON", "1"),
    "cipher_hmac_algorithm": ("HMAC_SHA512", "HMAC_SHA512"),
    "cipher_plaintext_header_size": ("0", "0"),
    "temp_store": ("MEMORY", "2"),
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", "2"),
    "foreign_keys": ("ON", "1"),
    "recursive_triggers": ("ON", "1"),
    "secure_delete": ("ON", "1"),
    "trusted_schema": ("OFF", "0"),
    # 32 MiB: with the usual 2 a roster of thousands is encrypted again and again while it is written.
    "cache_size": ("-32768", "-32768"),
    # 16 MB of log before it is folded into the file: not in the middle of a roster of thousands. Closing folds it too.
    "wal_autocheckpoint": ("4000", "4000"),
}
_WRITING = ("journal_mode", "secure_delete")
_IMMUTABLE = "mode=ro&immutable=1"
# Prepared statements that Python keeps lie in the connection's small ready-made memory. When it is used up, SQLite asks
# the system for every row, and with cipher_memory_security each time locks and unlocks a piece of memory: writing
# becomes four times slower (measured with 10,000 rows and three indexes). So only few are kept.
_KEPT_STATEMENTS = 2
# The driver keeps five at least, and of five that were used once the four that came first, for ever: without these,
# which are nothing, the first pragmas (the key's among them), in memory that a row's writing lacks then.
_NOTHING = tuple(f"-- {number}" for number in range(4))

_INTERRUPTED = "interrupted"
_PARAMETER = re.compile(r":(\w+)")

Row = Any


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a database; ``detail`` names pages or pragmas, never contents."""

    kind: str
    detail: str


class Connection:
    """One connection to an encrypted vault file, used by one thread at a time.

    ``key`` is the raw 32-byte SQLCipher key. A wrong key and a damaged first page look alike to SQLCipher, and both
    are refused as ``vault.damaged``: the key came out of a verified keyring.
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._reading = False
        if not create and not path.is_file():
            raise Refusal("vault.file_missing", file=path.name)
        if not create and not path.stat().st_size:
            # An emptied file would open with every key, as a new vault; one is made in one place only.
            raise Refusal("vault.damaged")
        # A closed file has no log beside it: read as it stands, so that reading leaves no log and no index behind.
        closed = read_only and not path.with_name(f"{path.name}-wal").is_file()
        try:
            self._open(_IMMUTABLE if closed else "mode=ro" if read_only else "mode=rwc" if create else "mode=rw", key)
        except Refusal as refusal:
            if not read_only or refusal.code not in ("disk.gone", "disk.read_only"):
                raise
            # In a folder that cannot be written there is no place for the log's index: the closed file alone is read.
            self._open(_IMMUTABLE, key)

    def _open(self, mode: str, key: bytes) -> None:
        try:
            self._db = sqlcipher.connect(
                f"{self.path.absolute().as_uri()}?{mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=5,
                cached_statements=_KEPT_STATEMENTS,
            )
        except sqlcipher.Error as error:
            raise refusal_of(error) from error
        try:
            self._prepare(key)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, key: bytes) -> None:
        self._db.row_factory = sqlcipher.Row
        try:
            for comment in _NOTHING:
                self._db.execute(comment)
            # A wrong key is an ordinary refusal here; SQLCipher would print lines about it on stderr.
            self._db.execute("PRAGMA cipher_log_level=NONE")
            self._db.execute("PRAGMA cipher_memory_security=ON")
            self._db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            for name, (value, _) in PRAGMAS.items():
                if not (self.read_only and name in _WRITING):
                    self._db.execute(f"PRAGMA {name}={value}")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.Error as error:
            raise refusal_of(error) from error
        self._db.enable_load_extension(False)
        wrong = [fault.detail for fault in self.pragma_faults()]
        if wrong:
            raise Refusal("vault.pragma", names=tuple(wrong))

    def pragmas(self) -> dict[str, str]:
        """Each pinned pragma as the database itself reads it back."""
        return {name: str(self.all(f"PRAGMA {name}")[0][0]) for name in PRAGMAS}

    def pragma_faults(self) -> list[Fault]:
        """Pragmas that do not read back as pinned."""
        read = self.pragmas()
        return [
            Fault("pragma", name)
            for name, (_, expected) in PRAGMAS.items()
            if read[name] != expected and not (self.read_only and name in _WRITING)
        ]

    def integrity_faults(self) -> list[Fault]:
        """Damage: every page's seal (HMAC), then the structure; empty when all is well."""
        try:
            faults = [Fault("page", str(row[0])) for row in self._db.execute("PRAGMA cipher_integrity_check")]
            if not faults:
                rows = self._db.execute("PRAGMA integrity_check").fetchall()
                faults = [Fault("structure", str(row[0])) for row in rows if row[0] != "ok"]
                faults += [Fault("reference", str(row[0])) for row in self._db.execute("PRAGMA foreign_key_check")]
        except sqlcipher.DatabaseError as error:
            if _INTERRUPTED in str(error):
                raise refusal_of(error) from error
            faults = [Fault("page", str(error))]
        return faults

    def forbid_schema_changes(self) -> None:
        """From here on the database refuses CREATE, DROP, ALTER and ATTACH, whatever text reaches it."""
        self._db.set_authorizer(_authorize)

    def allow_schema_changes(self) -> None:
        """Lifts the ban for a migration or the writing of a new generation."""
        self._db.set_authorizer(None)

    def all(self, sql: str, **values: object) -> list[Row]:
        """All rows of one statement with named parameters."""
        try:
            return list(self._db.execute(sql, values).fetchall())
        except sqlcipher.DatabaseError as error:
            raise refusal_of(error) from error

    def one(self, sql: str, **values: object) -> Row | None:
        """The first row of one statement, or None."""
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def run(self, sql: str, **values: object) -> int:
        """Runs one writing statement; the number of rows it touched."""
        try:
            return int(self._db.execute(sql, values).rowcount)
        except sqlcipher.DatabaseError as error:
            raise refusal_of(error) from error

    def many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Runs one writing statement for each row of named parameters; there are two of them at least.

        SQLite numbers the names as they come first in the statement, and the rows are handed over in that order. To
        look a name up in a row, the driver makes it a text anew each time: 50 ms for a roster of 5,000 students.
        """
        values = itemgetter(*dict.fromkeys(_PARAMETER.findall(sql)))
        self.each(sql, map(values, rows))

    def each(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs one writing statement for each row of values, in the order in which it first names its parameters."""
        try:
            self._db.executemany(sql, rows)
        except sqlcipher.DatabaseError as error:
            raise refusal_of(error) from error

    def script(self, sql: str) -> None:
        """Runs a script as it stands: BEGIN and COMMIT are the script's own (executescript commits first)."""
        try:
            self._db.executescript(sql)
        except sqlcipher.DatabaseError as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise refusal_of(error) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, the database itself refuses every write, and ``interrupt`` may end what is running."""
        self._db.execute("PRAGMA query_only=ON")
        self._reading = True
        try:
            yield
        finally:
            self._reading = False
            self._db.execute("PRAGMA query_only=OFF")

    def interrupt(self) -> None:
        """Ends a statement that only reads; may be called from another thread. Writing is never interrupted."""
        if self._reading:
            self._db.interrupt()

    def begin(self) -> None:
        """Starts a transaction that may write at once."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commits; with synchronous=FULL the rows are on the disk when this returns."""
        self.run("COMMIT")

    def rollback(self) -> None:
        """Takes back everything since ``begin``; harmless when nothing was begun."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file and empties it."""
        self.all("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes; the last connection folds the write-ahead log into the file."""
        with contextlib.suppress(sqlcipher.Error):
            self._db.close()


def refusal_of(error: Exception) -> Exception:
    """The refusal that a database error means for the user; a programming error stays what it is."""
    text = str(error)
    if "append-only" in text:
        return Refusal("vault.append_only")
    for marks, code in (
        (("disk is full",), "disk.full"),
        (("readonly", "read-only"), "disk.read_only"),
        (("unable to open", "disk I/O"), "disk.gone"),
        (("locked",), "vault.busy"),
        ((_INTERRUPTED,), "job.cancelled"),
        (("not a database", "malformed", "hmac", "corrupt"), "vault.damaged"),
    ):
        if any(mark in text for mark in marks):
            return Refusal(code)
    return error


# Action codes of sqlite3.h that change the schema or reach another file; sqlcipher3 exports only some by name.
_DENIED = frozenset({
    1, 2, 7, 8, 29,  # CREATE INDEX, TABLE, TRIGGER, VIEW, VIRTUAL TABLE
    5, 6, 14, 15,  # CREATE and DROP TEMP TRIGGER, TEMP VIEW
    10, 11, 16, 17, 30,  # DROP INDEX, TABLE, TRIGGER, VIEW, VIRTUAL TABLE
    26, 24, 25,  # ALTER TABLE, ATTACH, DETACH
})  # fmt: skip
_PRAGMA = 19
# Pragmas that may be set while the vault is open; all others may be read only.
_SETTABLE = frozenset({"query_only", "wal_checkpoint"})


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    set_pragma = action == _PRAGMA and second is not None and first not in _SETTABLE
    return int(sqlcipher.SQLITE_DENY if action in _DENIED or set_pragma else sqlcipher.SQLITE_OK)

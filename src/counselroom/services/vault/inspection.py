"""Checking a vault from outside: everything is read, nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from counselroom.db import migrate
from counselroom.db.connection import Connection
from counselroom.domain.access import Kind
from counselroom.domain.passphrase import tidy
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.formats.keyring import Keyring, RollEntry
from counselroom.services.room import keyrings, trail
from counselroom.services.vault.opening import agree, typed_name

# Nothing is there that could be checked.
_ABSENT = frozenset({"keyring.lost", "keyring.missing", "vault.folder_missing"})


@dataclass
class Report:
    """What a check found; ``faults`` is empty when all is well."""

    integrity: str = "unknown"
    chain: str = "unknown"
    tree_head: str | None = None
    pragmas: dict[str, str] = field(default_factory=dict)
    schema: int | None = None
    generation: int | None = None
    faults: list[str] = field(default_factory=list)


def check(folder: Path, name: str, passphrase: str, key_file: bytes | None = None) -> Report:
    """Reads everything and writes nothing. Raises for a wrong passphrase; damage stands in the report."""
    report = Report()
    try:
        keyring = keyrings.load(folder)
        report.generation = keyring.roll.generation
        entry, identity = keyrings.open_identity(keyring, typed_name(name), tidy(passphrase), key_file)
        if entry.kind is Kind.HOLDER:
            raise Refusal("access.holder")
        key = keyrings.vault_key(keyring, identity.age)
        db = Connection(files.vault_file(folder, keyring.roll.generation), key, read_only=True)
    except Refusal as refusal:
        if not refusal.code.startswith(("keyring.", "vault.")) or refusal.code in _ABSENT:
            raise
        report.faults.append(refusal.code)
        if refusal.code == "vault.damaged":
            report.integrity = "damaged"
        return report
    try:
        _look_through(folder, keyring, entry, db, report)
    finally:
        db.close()
    if report.integrity == "ok":
        report.pragmas |= _pragmas_in_use(folder, db.path, key)
    return report


def _pragmas_in_use(folder: Path, path: Path, key: bytes) -> dict[str, str]:
    """The pragmas as a session has them: a closed file that is only read has no journal mode of its own.

    Nothing is written by opening and closing a whole file without a log. While somebody else has the vault, or where
    nothing can be written, what was read before stands.
    """
    if not files.is_file(folder / files.LOCK) or not files.is_writable(folder):
        return {}
    try:
        lock = files.FolderLock(folder)
    except Refusal:
        return {}
    try:
        db = Connection(path, key)
        try:
            return db.pragmas()
        finally:
            db.close()
    finally:
        lock.release()


def _look_through(folder: Path, keyring: Keyring, entry: RollEntry, db: Connection, report: Report) -> None:
    faults = db.integrity_faults()
    report.integrity = "damaged" if faults else "ok"
    report.faults += [f"{fault.kind}: {fault.detail}" for fault in faults]
    report.pragmas = db.pragmas()
    report.faults += [f"pragma: {fault.detail}" for fault in db.pragma_faults()]

    def guarded(step: Callable[[], None]) -> None:
        try:
            step()
        except Refusal as refusal:
            if refusal.code == "vault.busy" or refusal.code.startswith("disk."):
                raise
            if refusal.code not in report.faults:
                report.faults.append(refusal.code)

    def schema() -> None:
        report.schema = migrate.schema_number(db)
        migrate.check(db)

    def chain() -> None:
        state = trail.verify(db)
        report.chain = "ok" if state.broken_at is None else f"broken at {state.broken_at}"
        report.tree_head = state.root
        if state.broken_at is not None:
            report.faults.append(f"chain: {state.broken_at}")
        alarm = trail.witness_alarm(db, folder)
        if alarm:
            report.chain = alarm
            report.faults.append(alarm)

    def agreement() -> None:
        agree(folder, keyring, entry, db)

    guarded(schema)
    guarded(chain)
    guarded(agreement)

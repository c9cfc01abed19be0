"""A new generation: the whole vault written again under a fresh key.

The new file is written, changed, verified and synced first. Renaming the keyring is the commit: before it the old
vault is whole, after it the new one is. The old file goes last.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from counselroom.db import generation as generations
from counselroom.db.connection import Connection
from counselroom.db.vault import VaultFacts
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.formats import keyring as keyring_format
from counselroom.formats.keyring import Keyring
from counselroom.services.room import keyrings, trail
from counselroom.services.room.ports import Ports
from counselroom.services.room.transaction import Transaction

R = TypeVar("R")


def next_generation(
    folder: Path,
    keyring: Keyring,
    old: Connection,
    work: Callable[[Connection], tuple[Transaction, R]],
    ports: Ports,
) -> tuple[tuple[Connection, bytes], Keyring, R]:
    """Writes the next generation with ``work`` done in it; the open new vault with its key, its keyring, the result.

    Whatever fails before the commit leaves the old vault as it was and no new file behind.
    """
    number = keyring.roll.generation + 1
    path, key = files.vault_file(folder, number), ports.random_bytes(32)
    if files.is_file(path):
        files.set_aside(path, _mark(ports))  # never deleted: see ``tidy``
    db: Connection | None = None
    try:
        files.make_private(path)
        generations.export(old, path, key)
        db = Connection(path, key)
        db.forbid_schema_changes()
        _compare(db, old)
        new_keyring, result = _change(db, keyring, key, number, work)
        _verify(db)
        db.checkpoint()
        files.sync(path)
        staged = keyrings.stage(folder, new_keyring)
    except BaseException:
        _take_back(db, path)
        raise
    try:
        keyrings.publish(folder, staged, new_keyring)
    except Refusal:
        # Only this says that the rename did not happen; anything else may strike after the commit.
        files.discard(staged)
        _take_back(db, path)
        raise
    return (db, key), new_keyring, result


def _take_back(db: Connection | None, path: Path) -> None:
    if db is not None:
        db.close()
    files.discard_database(path)


def _change(
    db: Connection,
    keyring: Keyring,
    key: bytes,
    number: int,
    work: Callable[[Connection], tuple[Transaction, R]],
) -> tuple[Keyring, R]:
    db.begin()
    try:
        VaultFacts(db).set_generation(number)
        tx, result = work(db)
        new_keyring = keyrings.make(db, keyring, tx.wishes, key, tx.now())
        VaultFacts(db).set_keyring(keyring_format.to_bytes(new_keyring))
        db.commit()
    except BaseException:
        db.rollback()
        raise
    return new_keyring, result


def _compare(db: Connection, old: Connection) -> None:
    """The copy must hold as many rows of each table as the old vault, before anything is done in it: what is no fact
    (preferences) may become fewer by the work."""
    if generations.row_counts(db) != generations.row_counts(old):
        raise Refusal("vault.copy_failed")


def _verify(db: Connection) -> None:
    """What is about to be committed must be whole."""
    if db.integrity_faults() or trail.verify(db).broken_at is not None:
        raise Refusal("vault.copy_failed")


def drop_old(folder: Path, old: Connection) -> None:
    """Closes and deletes the generation that has been replaced, and its snapshots."""
    old.close()
    files.discard_database(old.path)
    for copy in files.snapshots(folder):
        files.discard_database(copy)


def _mark(ports: Ports) -> str:
    return f"aside-{ports.clock():%Y%m%d%H%M%S}-{ports.new_id()[:4]}"


def set_newer_aside(folder: Path, generation: int, ports: Ports) -> bool:
    """Renames every database newer than ``generation``; whether there was one."""
    newer = [number for number in files.generations(folder) if number > generation]
    for number in newer:
        files.set_aside(files.vault_file(folder, number), _mark(ports))
    return bool(newer)


def tidy(folder: Path, generation: int, ports: Ports) -> bool:
    """After a vault has opened: what a crash left. Whether a file was set aside.

    An older file has been replaced for good and goes; a newer one was never committed, yet it is set aside rather
    than deleted: if somebody put an old keyring back, it is the only copy of the newer vault.
    """
    for number in files.generations(folder):
        if number < generation:
            files.discard_database(files.vault_file(folder, number))
    return set_newer_aside(folder, generation, ports)

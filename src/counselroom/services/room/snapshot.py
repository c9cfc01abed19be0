"""A verified copy of the vault beside it, under the same key, before a step that touches much."""

from pathlib import Path

from counselroom.db import generation as generations
from counselroom.db.connection import Connection
from counselroom.domain.refusal import Refusal
from counselroom.formats import files


def make(folder: Path, db: Connection, key: bytes, name: str) -> Path:
    """Writes ``vault-<n>.db.before-<name>`` and opens it again to check it; only a good copy replaces an earlier one.

    ``name`` is the number of a migration, or the word of a step (``files.snapshots`` knows them). A change of the
    vault's key deletes every such copy.
    """
    copy = folder / f"{db.path.name}.before-{name}"
    fresh = copy.with_name(f"{copy.name}.new")
    files.discard_database(fresh)
    try:
        files.make_private(fresh)
        generations.export(db, fresh, key)
        _check(fresh, db, key)
        files.sync(fresh)
        files.publish(fresh, copy)
    except BaseException:
        files.discard_database(fresh)
        raise
    return copy


def _check(fresh: Path, db: Connection, key: bytes) -> None:
    made = Connection(fresh, key, read_only=True)
    try:
        if made.integrity_faults() or generations.row_counts(made) != generations.row_counts(db):
            raise Refusal("vault.copy_failed")
    finally:
        made.close()

"""Copying a whole vault into a new file under a new key."""

from pathlib import Path

from counselroom.db.connection import Connection
from counselroom.db.migrate import schema_number


def export(source: Connection, target: Path, key: bytes) -> None:
    """Writes every table, view and trigger of ``source`` into ``target`` under the raw 32-byte ``key``.

    ``target`` must not exist. It is complete when this returns, but not yet synced; the caller verifies it.
    """
    source.allow_schema_changes()
    try:
        source.run("ATTACH DATABASE :file AS target KEY :key", file=str(target), key=f"x'{key.hex()}'")
        try:
            source.all("PRAGMA target.cipher_page_size=4096")
            source.all("SELECT sqlcipher_export('target')")
            source.all(f"PRAGMA target.user_version={schema_number(source)}")
        finally:
            source.run("DETACH DATABASE target")
    finally:
        source.forbid_schema_changes()


def row_counts(db: Connection) -> dict[str, int]:
    """Rows of each table, for comparing two copies."""
    names = [row["name"] for row in db.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    counts = {}
    for name in names:
        row = db.one(f'SELECT count(*) FROM "{name}"')  # noqa: S608  names come from the schema itself
        counts[name] = int(row[0]) if row else 0
    return counts

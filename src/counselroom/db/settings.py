"""Settings as appended rows, batches and their withdrawal, and each person's preferences."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.connection import Connection


@dataclass(frozen=True)
class BatchRow:
    """What was done as one step and can be withdrawn as one."""

    batch_id: str
    action: str
    made_at: str
    made_by: str
    withdrawn: bool


class Settings:
    """Statements on settings; the newest row that is not withdrawn is in force."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def in_force(self) -> dict[str, str]:
        """Every setting in force: name to JSON text."""
        rows = self._db.all("SELECT name, value FROM settings_in_force ORDER BY setting_id")
        return {row["name"]: row["value"] for row in rows}

    def add(self, name: str, value: str, at: str, by: str, batch_id: str) -> None:
        """Sets a value (JSON text) from now on."""
        self._db.run(
            "INSERT INTO settings (name, value, set_at, set_by, batch_id) VALUES (:name, :value, :at, :by, :batch)",
            name=name, value=value, at=at, by=by, batch=batch_id,
        )  # fmt: skip

    def preferences(self, account_id: str) -> dict[str, str]:
        """One person's preferences: name to JSON text."""
        rows = self._db.all("SELECT name, value FROM preferences WHERE account_id = :id", id=account_id)
        return {row["name"]: row["value"] for row in rows}

    def set_preference(self, account_id: str, name: str, value: str) -> None:
        """Remembers one preference."""
        self._db.run(
            "INSERT INTO preferences VALUES (:id, :name, :value)"
            " ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value",
            id=account_id, name=name, value=value,
        )  # fmt: skip

    def forget_preference(self, account_id: str, name: str) -> None:
        """As if it had never been set."""
        self._db.run("DELETE FROM preferences WHERE account_id = :id AND name = :name", id=account_id, name=name)

    def forget_preferences(self, account_id: str) -> None:
        """As if the person had never set one."""
        self._db.run("DELETE FROM preferences WHERE account_id = :id", id=account_id)


class Batches:
    """Statements on batches."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, batch_id: str, action: str, at: str, by: str) -> None:
        """Starts a batch."""
        self._db.run("INSERT INTO batches VALUES (:id, :action, :at, :by)", id=batch_id, action=action, at=at, by=by)

    def get(self, batch_id: str) -> BatchRow | None:
        """One batch."""
        found = self.newest_of([batch_id])
        return found[0] if found else None

    def newest_of(self, batch_ids: Iterable[str]) -> list[BatchRow]:
        """These batches, the one that was begun last first."""
        rows = self._db.all(
            "SELECT b.*, w.batch_id IS NOT NULL AS withdrawn FROM batches b"
            " LEFT JOIN batch_withdrawals w USING (batch_id)"
            " WHERE b.batch_id IN (SELECT value FROM json_each(:ids)) ORDER BY b.rowid DESC",
            ids=json.dumps(list(batch_ids)),
        )
        return [
            BatchRow(row["batch_id"], row["action"], row["made_at"], row["made_by"], bool(row["withdrawn"]))
            for row in rows
        ]

    def withdraw(self, batch_id: str, at: str, by: str) -> None:
        """Withdraws a whole batch: its rows stay and count no longer."""
        self._db.run("INSERT INTO batch_withdrawals VALUES (:id, :at, :by)", id=batch_id, at=at, by=by)

"""Occasions, sheets and their results."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, counts, ids, made, made_values
from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind, Person, Sheet
from counselroom.domain.students.student import Provenance, StudentUid

# At ``:until``: the row was there, and no row that counted then stood in its place.
_COUNTING = f"{counts('s')} AND NOT EXISTS (SELECT 1 FROM sheets r WHERE r.replaces = s.sheet_uid AND {counts('r')})"


@dataclass(frozen=True)
class ResultRow:
    """What came of a sheet: ``result`` is the JSON of a ``SheetResult``, ``variants`` those in force, sorted."""

    sheet_uid: str
    version: int
    variants: tuple[str, ...]
    status: str
    result: dict[str, Any]
    made: Provenance


def _occasion(row: Row) -> Occasion:
    student = StudentUid(row["student_uid"]) if row["student_uid"] else None
    where = Provenance(row["made_at"], row["made_by"], "", "", row["batch_id"])
    return Occasion(
        row["occasion_uid"], OccasionKind(row["kind"]), row["day"], row["name"], row["class_id"], student, where
    )


def _sheet(row: Row) -> Sheet:
    return Sheet(
        row["sheet_uid"], StudentUid(row["student_uid"]), row["occasion_uid"], row["instrument"], row["version"],
        row["informant"], row["day"], row["answers"], tuple(row["variants"].split()),
        Person(row["sex"], row["age"], row["grade"]), row["second_by"], row["replaces"], row["reason"], made(row),
    )  # fmt: skip


def _result(row: Row) -> ResultRow:
    return ResultRow(
        row["sheet_uid"], row["version"], tuple(row["variants"].split()), row["status"], json.loads(row["result"]),
        Provenance(row["made_at"], row["made_by"], "", "", row["batch_id"]),
    )  # fmt: skip


class Occasions:
    """Statements on occasions."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[Occasion]) -> None:
        """Writes occasions; each has to say where it came from."""
        self._db.many(
            "INSERT INTO occasions (occasion_uid, kind, name, day, class_id, student_uid, made_at, made_by, batch_id)"
            " VALUES (:occasion_uid, :kind, :name, :day, :class_id, :student_uid, :made_at, :made_by, :batch_id)",
            ({**vars(row), "kind": row.kind.value, **_values(row.made)} for row in rows),
        )

    def get(self, occasion_uid: str) -> Occasion | None:
        """One occasion, whatever became of its batch."""
        row = self._db.one("SELECT * FROM occasions WHERE occasion_uid = :uid", uid=occasion_uid)
        return _occasion(row) if row else None

    def some(self, uids: Iterable[str]) -> dict[str, Occasion]:
        """These occasions by id."""
        rows = self._db.all(
            "SELECT * FROM occasions WHERE occasion_uid IN (SELECT value FROM json_each(:uids))", uids=ids(uids)
        )
        return {row["occasion_uid"]: _occasion(row) for row in rows}

    def singles(self, uids: Iterable[StudentUid], day: str) -> dict[StudentUid, Occasion]:
        """The single occasion of a day of each of these files. It is there for good: only what was entered counts."""
        rows = self._db.all(
            "SELECT * FROM occasions WHERE kind = 'single' AND day = :day"
            " AND student_uid IN (SELECT value FROM json_each(:uids))",
            uids=ids(uids), day=day,
        )  # fmt: skip
        return {StudentUid(row["student_uid"]): _occasion(row) for row in rows}

    def shared(self) -> list[Occasion]:
        """Classes and rounds that count, the newest day first."""
        rows = self._db.all(
            f"SELECT o.* FROM occasions o WHERE o.kind <> 'single' AND {counts('o')} ORDER BY o.day DESC, o.rowid DESC",
            until=EVER,
        )
        return [_occasion(row) for row in rows]


class Sheets:
    """Statements on sheets: a correction is a row that replaces another."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[Sheet]) -> None:
        """Writes sheets; each has to say where it came from."""
        self._db.many(
            "INSERT INTO sheets (sheet_uid, student_uid, occasion_uid, instrument, version, informant, day, sex, age,"
            " grade, answers, variants, second_by, replaces, reason, made_at, made_by, source, place, batch_id)"
            " VALUES (:sheet_uid, :student_uid, :occasion_uid, :instrument, :version, :informant, :day, :sex, :age,"
            " :grade, :answers, :variants, :second_by, :replaces, :reason, :made_at, :made_by, :source, :place,"
            " :batch_id)",
            (
                {**vars(row), **vars(row.person), "variants": " ".join(row.variants), **_values(row.made)}
                for row in rows
            ),
        )

    def get(self, sheet_uid: str) -> Sheet | None:
        """One sheet that counts."""
        row = self._db.one("SELECT * FROM sheets_counting WHERE sheet_uid = :uid", uid=sheet_uid)
        return _sheet(row) if row else None

    def of(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Sheet]:
        """The sheets of these files that counted at ``until``, by day."""
        rows = self._db.all(
            "SELECT s.* FROM sheets s WHERE s.student_uid IN (SELECT value FROM json_each(:uids))"
            f" AND {_COUNTING} ORDER BY s.day, s.row_id",
            uids=ids(uids), until=until,
        )  # fmt: skip
        return [_sheet(row) for row in rows]

    def of_instrument(self, instrument: str) -> list[Sheet]:
        """Every sheet of a questionnaire that counts, by day."""
        rows = self._db.all(
            "SELECT * FROM sheets_counting WHERE instrument = :instrument ORDER BY day, row_id", instrument=instrument
        )
        return [_sheet(row) for row in rows]

    def instruments(self) -> list[str]:
        """The questionnaires of which there are sheets, the one that came last first."""
        rows = self._db.all("SELECT instrument FROM sheets_counting GROUP BY instrument ORDER BY max(row_id) DESC")
        return [row["instrument"] for row in rows]

    def of_occasion(self, occasion_uid: str) -> list[Sheet]:
        """Every sheet of an occasion that counts, in the order of entry."""
        rows = self._db.all("SELECT * FROM sheets_counting WHERE occasion_uid = :uid ORDER BY row_id", uid=occasion_uid)
        return [_sheet(row) for row in rows]

    def some(self, uids: Iterable[str]) -> dict[str, Sheet]:
        """These sheets by id, those that count no longer too."""
        rows = self._db.all(
            "SELECT * FROM sheets WHERE sheet_uid IN (SELECT value FROM json_each(:uids))", uids=ids(uids)
        )
        return {row["sheet_uid"]: _sheet(row) for row in rows}

    def versions(self, sheet_uid: str) -> list[Sheet]:
        """The sheet and what it was before, as far as the batches count, the oldest first."""
        rows = self._db.all(
            "WITH RECURSIVE chain (uid) AS (SELECT :uid UNION SELECT s.replaces FROM chain"
            " JOIN sheets s ON s.sheet_uid = chain.uid WHERE s.replaces IS NOT NULL)"
            f" SELECT s.* FROM sheets s JOIN chain ON chain.uid = s.sheet_uid WHERE {counts('s')} ORDER BY s.row_id",
            uid=sheet_uid, until=EVER,
        )  # fmt: skip
        return [_sheet(row) for row in rows]


class Results:
    """Statements on results: the newest that counts is the one in force."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[ResultRow]) -> None:
        """Writes results."""
        self._db.many(
            "INSERT INTO results (sheet_uid, version, variants, status, result, made_at, made_by, batch_id)"
            " VALUES (:sheet_uid, :version, :variants, :status, :result, :made_at, :made_by, :batch_id)",
            (
                {
                    **vars(row),
                    "variants": " ".join(row.variants),
                    "result": json.dumps(row.result, ensure_ascii=False, separators=(",", ":")),
                    **made_values(row.made),
                }
                for row in rows
            ),
        )

    def present(self, sheet_uids: Iterable[str], until: str = EVER) -> dict[str, ResultRow]:
        """The result of each of these sheets that was in force at ``until``, by sheet."""
        rows = self._db.all(
            "SELECT r.* FROM results r WHERE r.sheet_uid IN (SELECT value FROM json_each(:uids)) AND r.result_id ="
            f" (SELECT max(n.result_id) FROM results n WHERE n.sheet_uid = r.sheet_uid AND {counts('n')})",
            uids=ids(sheet_uids), until=until,
        )  # fmt: skip
        return {row["sheet_uid"]: _result(row) for row in rows}

    def versions(self, sheet_uid: str) -> list[ResultRow]:
        """Every result of one sheet that counts, the oldest first."""
        rows = self._db.all(
            f"SELECT r.* FROM results r WHERE r.sheet_uid = :uid AND {counts('r')} ORDER BY r.result_id",
            uid=sheet_uid, until=EVER,
        )  # fmt: skip
        return [_result(row) for row in rows]


def _values(where: Provenance | None) -> dict[str, object]:
    if where is None:
        raise ValueError("a row needs to say where it came from")
    return made_values(where)

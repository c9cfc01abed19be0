"""What a school has decided about questionnaires: wording, variants, norms of its own."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from counselroom.db.connection import Connection, Row
from counselroom.db.students.rows import EVER, counts, made, made_values
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.domain.students.student import Provenance


@dataclass(frozen=True)
class WordingRow:
    """The text of a questionnaire that the school may use: ``{number: {"text": …, "options": […]}}``, and whence."""

    instrument: str
    wording: dict[str, Any]
    note: str
    made: Provenance


@dataclass(frozen=True)
class ChoiceRow:
    """Variants that the school has chosen, and why."""

    instrument: str
    variants: tuple[str, ...]
    reason: str
    made: Provenance


def _where(row: Row) -> Provenance:
    return Provenance(row["made_at"], row["made_by"], "", "", row["batch_id"])


class Wordings:
    """Statements on wording packs: the newest that counts is in use."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, row: WordingRow) -> None:
        """Keeps a pack."""
        self._db.run(
            "INSERT INTO wording_packs (instrument, wording, note, made_at, made_by, source, place, batch_id)"
            " VALUES (:instrument, :wording, :note, :made_at, :made_by, :source, :place, :batch_id)",
            instrument=row.instrument, wording=json.dumps(row.wording, ensure_ascii=False), note=row.note,
            **made_values(row.made),
        )  # fmt: skip

    def present(self, instrument: str) -> WordingRow | None:
        """The pack in use."""
        row = self._db.one(
            "SELECT p.* FROM wording_packs p WHERE p.instrument = :instrument"
            f" AND {counts('p')} ORDER BY p.pack_id DESC LIMIT 1",
            instrument=instrument, until=EVER,
        )  # fmt: skip
        return WordingRow(row["instrument"], json.loads(row["wording"]), row["note"], made(row)) if row else None

    def instruments(self) -> set[str]:
        """The questionnaires of which there is a pack."""
        rows = self._db.all(f"SELECT DISTINCT p.instrument FROM wording_packs p WHERE {counts('p')}", until=EVER)
        return {row["instrument"] for row in rows}


class Choices:
    """Statements on chosen variants: the newest choice that counts holds."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, row: ChoiceRow) -> None:
        """Keeps a choice."""
        self._db.run(
            "INSERT INTO instrument_choices (instrument, variants, reason, made_at, made_by, batch_id)"
            " VALUES (:instrument, :variants, :reason, :made_at, :made_by, :batch_id)",
            instrument=row.instrument, variants=json.dumps(row.variants), reason=row.reason,
            made_at=row.made.made_at, made_by=row.made.made_by, batch_id=row.made.batch_id,
        )  # fmt: skip

    def all(self, instrument: str) -> list[ChoiceRow]:
        """Every choice that counts, the newest first."""
        rows = self._db.all(
            "SELECT c.* FROM instrument_choices c WHERE c.instrument = :instrument"
            f" AND {counts('c')} ORDER BY c.choice_id DESC",
            instrument=instrument, until=EVER,
        )  # fmt: skip
        return [
            ChoiceRow(row["instrument"], tuple(json.loads(row["variants"])), row["reason"], _where(row)) for row in rows
        ]


class LocalNorms:
    """Statements on norms that the school has computed: those of the newest batch that counts hold, as a whole."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, rows: Iterable[LocalNorm]) -> None:
        """Keeps norms; each has to say where it came from."""
        self._db.many(
            "INSERT INTO local_norms (instrument, version, variants, score, sex, grade, n, mean, sd,"
            " made_at, made_by, batch_id) VALUES (:instrument, :version, :variants, :score, :sex, :grade, :n, :mean,"
            " :sd, :made_at, :made_by, :batch_id)",
            ({**vars(row), "variants": " ".join(row.variants), **_values(row.made)} for row in rows),
        )

    def present(self, instrument: str) -> list[LocalNorm]:
        """The norms in force of a questionnaire."""
        rows = self._db.all(
            "SELECT n.* FROM local_norms n WHERE n.instrument = :instrument AND n.batch_id ="
            " (SELECT l.batch_id FROM local_norms l WHERE l.instrument = :instrument"
            f"  AND {counts('l')} ORDER BY l.norm_id DESC LIMIT 1) ORDER BY n.norm_id",
            instrument=instrument, until=EVER,
        )  # fmt: skip
        return [
            LocalNorm(
                row["instrument"], row["version"], tuple(row["variants"].split()), row["score"], row["n"], row["mean"],
                row["sd"], row["sex"], row["grade"], _where(row),
            )
            for row in rows
        ]  # fmt: skip


def _values(where: Provenance | None) -> dict[str, object]:
    if where is None:
        raise ValueError("a row needs to say where it came from")
    return made_values(where)

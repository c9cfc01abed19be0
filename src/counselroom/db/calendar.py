"""The school calendar: rows of one batch make up one school year, the newest batch counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from counselroom.db.connection import Connection


@dataclass(frozen=True)
class SpanRow:
    """A term (``term_1``, ``term_2``), a holiday, days without teaching, or make-up days; ISO dates, both included."""

    kind: str
    name: str
    from_on: str
    to_on: str


class CalendarSpans:
    """Statements on the school calendar."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, school_year: int, spans: Iterable[SpanRow], at: str, by: str, batch_id: str) -> None:
        """States a school year anew, whole."""
        self._db.many(
            "INSERT INTO calendar_spans (school_year, kind, name, from_on, to_on, made_at, made_by, batch_id)"
            " VALUES (:year, :kind, :name, :from_on, :to_on, :at, :by, :batch_id)",
            ({"year": school_year, **vars(span), "at": at, "by": by, "batch_id": batch_id} for span in spans),
        )

    def of(self, school_year: int) -> list[SpanRow]:
        """The spans of a school year in order; empty when it has not been entered."""
        rows = self._db.all(
            "SELECT c.kind, c.name, c.from_on, c.to_on FROM calendar_spans c WHERE c.school_year = :year"
            " AND c.batch_id = (SELECT n.batch_id FROM calendar_spans n WHERE n.school_year = :year"
            "  AND NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = n.batch_id)"
            "  ORDER BY n.row_id DESC LIMIT 1) ORDER BY c.from_on, c.row_id",
            year=school_year,
        )
        return [SpanRow(**dict(row)) for row in rows]

    def years(self) -> list[int]:
        """The school years that have been entered."""
        rows = self._db.all(
            "SELECT DISTINCT school_year FROM calendar_spans c"
            " WHERE NOT EXISTS (SELECT 1 FROM batch_withdrawals w WHERE w.batch_id = c.batch_id) ORDER BY school_year"
        )
        return [row["school_year"] for row in rows]

"""The register of what left the room, approvals, and notices to accounts."""

from dataclasses import dataclass

from counselroom.db.connection import Connection


@dataclass(frozen=True)
class OutgoingRow:
    """Something that left or was about to: outcome is done, failed, or None when it is unknown."""

    intent_id: str
    action: str
    begun_at: str
    begun_by: str
    outcome: str | None


@dataclass(frozen=True)
class NoticeRow:
    """What an account must be told: a code of the catalogue and its values as JSON."""

    notice_id: str
    code: str
    body: str
    made_at: str


@dataclass(frozen=True)
class ApprovalRow:
    """A second person's signed consent to one intent."""

    approval_id: str
    intent: str
    intent_hash: bytes
    asked_by: str
    approved_by: str
    signature: str
    approved_at: str


class Register:
    """Statements on intents, outcomes, approvals and notices."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def begin(self, intent_id: str, action: str, body: str, at: str, by: str) -> None:
        """Something is about to leave."""
        self._db.run(
            "INSERT INTO outgoing_intents VALUES (:id, :action, :body, :at, :by)",
            id=intent_id, action=action, body=body, at=at, by=by,
        )  # fmt: skip

    def end(self, intent_id: str, outcome: str, body: str, at: str) -> None:
        """How it ended: done or failed."""
        self._db.run(
            "INSERT INTO outgoing_outcomes VALUES (:id, :outcome, :body, :at)",
            id=intent_id, outcome=outcome, body=body, at=at,
        )  # fmt: skip

    def outgoing(self, limit: int) -> list[OutgoingRow]:
        """The newest things that left or were about to, newest first."""
        rows = self._db.all(
            "SELECT i.intent_id, i.action, i.begun_at, i.begun_by, o.outcome FROM outgoing_intents i"
            " LEFT JOIN outgoing_outcomes o USING (intent_id) ORDER BY i.rowid DESC LIMIT :limit",
            limit=limit,
        )
        return [OutgoingRow(*row) for row in rows]

    def unknown_outcomes(self) -> int:
        """How many things were begun of which nobody knows how they ended."""
        row = self._db.one(
            "SELECT count(*) FROM outgoing_intents i"
            " WHERE NOT EXISTS (SELECT 1 FROM outgoing_outcomes o WHERE o.intent_id = i.intent_id)"
        )
        return int(row[0]) if row else 0

    def add_approval(self, row: ApprovalRow) -> None:
        """Keeps an approval."""
        self._db.run(
            "INSERT INTO approvals VALUES (:id, :intent, :hash, :asked, :approved, :signature, :at)",
            id=row.approval_id, intent=row.intent, hash=row.intent_hash, asked=row.asked_by,
            approved=row.approved_by, signature=row.signature, at=row.approved_at,
        )  # fmt: skip

    def has_approval(self, approval_id: str) -> bool:
        """Whether this consent was used before."""
        return self._db.one("SELECT 1 FROM approvals WHERE approval_id = :id", id=approval_id) is not None

    def approvals(self) -> list[ApprovalRow]:
        """All approvals, oldest first."""
        rows = self._db.all("SELECT * FROM approvals ORDER BY rowid")
        return [ApprovalRow(row[0], row[1], bytes(row[2]), row[3], row[4], row[5], row[6]) for row in rows]

    def add_notice(self, notice_id: str, account_id: str, code: str, body: str, at: str) -> None:
        """Something that the account must be told at its next sign-in."""
        self._db.run(
            "INSERT INTO notices VALUES (:id, :account, :code, :body, :at)",
            id=notice_id, account=account_id, code=code, body=body, at=at,
        )  # fmt: skip

    def unseen_notices(self, account_id: str) -> list[NoticeRow]:
        """What the account has not been told yet."""
        rows = self._db.all(
            "SELECT notice_id, code, body, made_at FROM notices WHERE account_id = :account"
            " AND notice_id NOT IN (SELECT notice_id FROM notices_seen) ORDER BY rowid",
            account=account_id,
        )
        return [NoticeRow(*row) for row in rows]

    def notice_seen(self, notice_id: str, at: str) -> None:
        """The account has read it."""
        self._db.run("INSERT OR IGNORE INTO notices_seen VALUES (:id, :at)", id=notice_id, at=at)

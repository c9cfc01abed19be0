"""The vault's own facts: generation, the school's keys, recovery sets, tree heads."""

from dataclasses import dataclass

from counselroom.db.connection import Connection, Row


@dataclass(frozen=True)
class VaultRow:
    """Which vault this is; ``sessions`` counts the sign-ins."""

    vault_id: str
    generation: int
    sessions: int
    keyring: bytes
    created_at: str


@dataclass(frozen=True)
class RecoveryCheck:
    """A group of digits that has to be typed back from paper: share 1–3, position from 1."""

    share: int
    position: int
    digits: str


@dataclass(frozen=True)
class RecoverySet:
    """A set of recovery shares: its printed mark and the recipient that they open together."""

    set_id: str
    mark: str
    recipient: str
    made_at: str
    made_by: str
    confirmed: bool


@dataclass(frozen=True)
class HeadRow:
    """A signed tree head: after entry ``n`` the tree's root was ``root``; ``frontier`` lets the tree grow on."""

    n: int
    root: bytes
    frontier: str
    at: str
    signature: str


class VaultFacts:
    """Statements on the vault itself."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def make(self, vault_id: str, at: str) -> None:
        """The one row of a new vault; its keyring follows in the same transaction."""
        self._db.run("INSERT INTO vault VALUES (1, :id, 1, 0, x'', :at)", id=vault_id, at=at)

    def row(self) -> VaultRow:
        """Which vault this is."""
        return VaultRow(*self._db.all("SELECT vault_id, generation, sessions, keyring, created_at FROM vault")[0])

    def set_generation(self, generation: int) -> None:
        """Names the generation of this file."""
        self._db.run("UPDATE vault SET generation = :generation", generation=generation)

    def set_keyring(self, content: bytes) -> None:
        """The keyring that stands beside this file from now on."""
        self._db.run("UPDATE vault SET keyring = :content", content=content)

    def count_session(self) -> int:
        """One more sign-in; its number."""
        self._db.run("UPDATE vault SET sessions = sessions + 1")
        return self.row().sessions

    def add_school_key(self, purpose: str, secret: bytes, public: bytes, at: str) -> None:
        """A key of the school: signing (Ed25519), transport (age), pseudonym (HMAC)."""
        self._db.run(
            "INSERT INTO school_keys VALUES (:purpose, :secret, :public, :at, NULL)",
            purpose=purpose, secret=secret, public=public, at=at,
        )  # fmt: skip

    def school_key(self, purpose: str) -> tuple[bytes, bytes]:
        """Secret and public half of the key in force."""
        row = self._db.all(
            "SELECT secret, public FROM school_keys WHERE purpose = :purpose AND to_at IS NULL", purpose=purpose
        )[0]
        return bytes(row["secret"]), bytes(row["public"])

    def add_recovery_set(self, made: RecoverySet, checks: list[RecoveryCheck]) -> None:
        """A new set of shares with the groups to type back; the newest set is the one in force."""
        self._db.run(
            "INSERT INTO recovery_sets VALUES (:id, :mark, :recipient, :at, :by)",
            id=made.set_id, mark=made.mark, recipient=made.recipient, at=made.made_at, by=made.made_by,
        )  # fmt: skip
        for check in checks:
            self._db.run(
                "INSERT INTO recovery_checks VALUES (:id, :share, :position, :digits)",
                id=made.set_id, share=check.share, position=check.position, digits=check.digits,
            )  # fmt: skip

    def recovery_set(self) -> RecoverySet | None:
        """The set in force; None in a vault whose first run is not that far."""
        row = self._db.one(
            "SELECT s.set_id, s.mark, s.recipient, s.made_at, s.made_by, c.set_id IS NOT NULL AS confirmed"
            " FROM recovery_sets s LEFT JOIN recovery_confirmations c USING (set_id) ORDER BY s.rowid DESC LIMIT 1"
        )
        if row is None:
            return None
        return RecoverySet(
            row["set_id"], row["mark"], row["recipient"], row["made_at"], row["made_by"], bool(row["confirmed"])
        )

    def recovery_checks(self, set_id: str) -> list[RecoveryCheck]:
        """The groups to type back for a set."""
        rows = self._db.all(
            "SELECT share, position, digits FROM recovery_checks WHERE set_id = :id ORDER BY share, position",
            id=set_id,
        )
        return [RecoveryCheck(*row) for row in rows]

    def confirm_recovery(self, set_id: str, at: str, by: str) -> None:
        """The groups were typed back."""
        self._db.run("INSERT INTO recovery_confirmations VALUES (:id, :at, :by)", id=set_id, at=at, by=by)

    def add_head(self, head: HeadRow) -> None:
        """Keeps a signed tree head."""
        self._db.run(
            "INSERT INTO tree_heads VALUES (:n, :root, :frontier, :at, :signature)",
            n=head.n, root=head.root, frontier=head.frontier, at=head.at, signature=head.signature,
        )  # fmt: skip

    def newest_head(self) -> HeadRow | None:
        """The newest tree head kept inside."""
        row = self._db.one("SELECT * FROM tree_heads ORDER BY n DESC, rowid DESC LIMIT 1")
        return _head(row) if row else None

    def heads(self) -> list[HeadRow]:
        """Every head that was signed, oldest first."""
        return [_head(row) for row in self._db.all("SELECT * FROM tree_heads ORDER BY n, rowid")]

    def head_at(self, n: int) -> HeadRow | None:
        """The head that was signed after entry ``n``."""
        row = self._db.one("SELECT * FROM tree_heads WHERE n = :n ORDER BY rowid DESC LIMIT 1", n=n)
        return _head(row) if row else None


def _head(row: Row) -> HeadRow:
    return HeadRow(row["n"], bytes(row["root"]), row["frontier"], row["at"], row["signature"])

"""Accounts, their roles and public keys."""

from counselroom.db.connection import Connection, Row
from counselroom.domain.access import Kind, Role
from counselroom.domain.ids import AccountId
from counselroom.domain.people import Account

_ACCOUNT = """
    SELECT a.account_id, a.name, a.kind, a.added_at, k.age_recipient, k.signing_public,
           (SELECT group_concat(r.role, ' ') FROM account_roles r
            WHERE r.account_id = a.account_id AND r.to_at IS NULL) AS roles
    FROM accounts a JOIN account_keys k ON k.account_id = a.account_id AND k.to_at IS NULL
"""


def _account(row: Row) -> Account:
    held = (row["roles"] or "").split()
    return Account(
        account_id=AccountId(row["account_id"]),
        name=row["name"],
        kind=Kind(row["kind"]),
        roles=tuple(role for role in Role if role in held),
        age_recipient=row["age_recipient"],
        signing_public=bytes(row["signing_public"]),
        added_at=row["added_at"],
    )


class People:
    """Statements on accounts."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def present(self) -> list[Account]:
        """Accounts that have not been removed, in the order in which they were added."""
        rows = self._db.all(f"{_ACCOUNT} WHERE a.removed_at IS NULL ORDER BY a.added_at, a.rowid")
        return [_account(row) for row in rows]

    def by_name(self, name: str) -> Account | None:
        """The present account of that name."""
        row = self._db.one(f"{_ACCOUNT} WHERE a.removed_at IS NULL AND a.name = :name", name=name)
        return _account(row) if row else None

    def by_id(self, account_id: AccountId) -> Account | None:
        """The present account of that id."""
        row = self._db.one(f"{_ACCOUNT} WHERE a.removed_at IS NULL AND a.account_id = :id", id=account_id)
        return _account(row) if row else None

    def names_ever(self) -> dict[str, str]:
        """Names of all accounts by id, removed ones included: for showing old entries."""
        return {row["account_id"]: row["name"] for row in self._db.all("SELECT account_id, name FROM accounts")}

    def add(self, account: Account, by: str | None) -> None:
        """Adds an account row; keys and roles have their own statements."""
        self._db.run(
            "INSERT INTO accounts (account_id, name, kind, added_at, added_by) VALUES (:id, :name, :kind, :at, :by)",
            id=account.account_id, name=account.name, kind=account.kind.value, at=account.added_at, by=by,
        )  # fmt: skip

    def add_role(self, account_id: AccountId, role: Role, at: str) -> None:
        """Gives a role from now on."""
        self._db.run(
            "INSERT INTO account_roles (account_id, role, from_at) VALUES (:id, :role, :at)",
            id=account_id, role=role.value, at=at,
        )  # fmt: skip

    def set_roles(self, account_id: AccountId, roles: tuple[Role, ...], at: str) -> None:
        """Ends the roles that are not wanted any more and gives the new ones; the old rows keep their dates."""
        present = self.by_id(account_id)
        held = set(present.roles) if present else set()
        for role in held - set(roles):
            self._db.run(
                "UPDATE account_roles SET to_at = :at WHERE account_id = :id AND role = :role AND to_at IS NULL",
                id=account_id, role=role.value, at=at,
            )  # fmt: skip
        for role in roles:
            if role not in held:
                self.add_role(account_id, role, at)

    def set_kind(self, account_id: AccountId, kind: Kind) -> None:
        """Makes the account a member or a holder."""
        self._db.run("UPDATE accounts SET kind = :kind WHERE account_id = :id", id=account_id, kind=kind.value)

    def add_keys(self, account_id: AccountId, age_recipient: str, signing_public: bytes, at: str) -> None:
        """Makes these the account's public keys from now on; the old ones keep their dates."""
        self._db.run(
            "UPDATE account_keys SET to_at = :at WHERE account_id = :id AND to_at IS NULL", id=account_id, at=at
        )
        self._db.run(
            "INSERT INTO account_keys (account_id, age_recipient, signing_public, from_at)"
            " VALUES (:id, :age, :signing, :at)",
            id=account_id, age=age_recipient, signing=signing_public, at=at,
        )  # fmt: skip

    def remove(self, account_id: AccountId, at: str, by: str) -> None:
        """Ends an account, its roles and its keys; the rows stay, for old signatures and old entries."""
        values: dict[str, object] = {"id": account_id, "at": at}
        self._db.run("UPDATE accounts SET removed_at = :at, removed_by = :by WHERE account_id = :id", by=by, **values)
        self._db.run("UPDATE account_roles SET to_at = :at WHERE account_id = :id AND to_at IS NULL", **values)
        self._db.run("UPDATE account_keys SET to_at = :at WHERE account_id = :id AND to_at IS NULL", **values)

"""The one door: every use case runs through ``Room.run``.

It alone checks permission and approval, opens the transaction, writes the audit entry, commits, and says what changed.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from counselroom.db.connection import Connection
from counselroom.db.people import People
from counselroom.domain.access import Permission, allowed
from counselroom.domain.approval import Approval, Intent
from counselroom.domain.ids import AccountId
from counselroom.domain.people import Account
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.formats import files
from counselroom.formats import keyring as keyring_format
from counselroom.formats.identity import Identity
from counselroom.formats.keyring import Keyring
from counselroom.services.room import keyrings, rekey, snapshot, trail
from counselroom.services.room.call import Call
from counselroom.services.room.declaration import Declaration, UseCase
from counselroom.services.room.ports import Ports
from counselroom.services.room.transaction import Leaving, Progress, Transaction

R = TypeVar("R")


@dataclass(frozen=True)
class Done(Generic[R]):
    """What a run gave, and the topics that pages should read again."""

    result: R
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Alarm:
    """Something that the person who signs in must be told: a code of the catalogue."""

    code: str


@dataclass
class Keys:
    """What a member holds while the vault is open: the connection and the raw key of its generation."""

    db: Connection
    vault_key: bytes

    def __repr__(self) -> str:
        return "Keys(…)"


class Room:
    """A signed-in person's way to the vault. Holders have no vault: their room runs a few vault-less use cases.

    One thread at a time may call ``run``.
    """

    def __init__(
        self,
        folder: Path,
        keyring: Keyring,
        identity: Identity,
        account: Account,
        ports: Ports,
        *,
        keys: Keys | None = None,
        lock: files.FolderLock | None = None,
        session: int = 0,
        alarms: tuple[Alarm, ...] = (),
        also: frozenset[Permission] = frozenset(),
    ) -> None:
        self.folder = folder
        self.account = account
        self.alarms = alarms
        self.ports = ports
        self._keyring = keyring
        self._identity = identity
        self._keys = keys
        self._lock = lock
        self._session = session
        self._also = also

    @property
    def is_member(self) -> bool:
        """Whether the vault is open in this room."""
        return self._keys is not None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: a damaged vault, or a folder that cannot be written."""
        return self._keys is not None and self._keys.db.read_only

    @property
    def recovered_at(self) -> str | None:
        """When the vault was last opened with recovery shares."""
        return self._keyring.roll.recovered_at

    def become(self, identity: Identity) -> None:
        """After a recovery: the room goes on with the member's new keys and ordinary rights."""
        self._identity = identity
        self._also = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether the person who is signed in has the permission."""
        return permission in self._also or allowed(self.account.roles, permission)

    def intent_of(self, use_case: UseCase[..., Any], *args: Any, **kwargs: Any) -> Intent | None:
        """What a second person would have to approve for this call; None when nobody has to."""
        declaration = use_case.declaration
        self._admit(declaration)
        if declaration.approval is None:
            return None
        return declaration.approval(self._transaction(self._keys.db if self._keys else None), *args, **kwargs)

    def run(
        self,
        use_case: UseCase[..., R],
        *args: Any,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        approval: Approval | None = None,
        **kwargs: Any,
    ) -> Done[R]:
        """Runs one use case. Raises ``Refusal`` when it may not or cannot be done; then nothing has changed."""
        call = Call(use_case, args, kwargs, progress, cancelled, approval)
        self._admit(call.declaration)
        if call.declaration.rekeys:
            result = self._run_rekeying(call)
        elif not call.declaration.needs_vault and self._keys is None:
            result = self._run_outside(call)
        else:
            result = self._run_inside(call)
        return Done(result, call.declaration.changes)

    def interrupt(self) -> None:
        """Ends a query that is running, so that locking need not wait for it; may be called from another thread."""
        keys = self._keys
        if keys is not None:
            keys.db.interrupt()

    def close(self) -> str | None:
        """Signs the tree head, forgets the keys, lets go of the folder; the short head for the paper log."""
        try:
            return self._close_vault()
        finally:
            self._keys, self._identity = None, Identity("", b"", b"", "")
            if self._lock is not None:
                self._lock.release()

    def _close_vault(self) -> str | None:
        if self._keys is None:
            return None
        db = self._keys.db
        if db.read_only:
            db.close()
            return None
        db.begin()
        try:
            head = trail.sign_head(db, self.ports.stamp())
            db.commit()
        except BaseException:
            db.rollback()
            raise
        finally:
            vault_id = self._keyring.roll.vault_id
            db.close()
        trail.write_witness(self.folder, vault_id, head)
        return trail.short_head(head)

    def _admit(self, declaration: Declaration) -> None:
        if not self.may(declaration.permission):
            raise Refusal("access.denied")
        if declaration.needs_vault and self._keys is None:
            raise Refusal("access.holder")
        if declaration.writes and self.read_only:
            raise Refusal("vault.read_only")

    def _transaction(self, db: Connection | None, call: Call[Any] | None = None) -> Transaction:
        progress, cancelled = (call.progress, call.cancelled) if call else (None, None)
        return Transaction(db, self.account, self._identity, self._keyring, self.ports, progress, cancelled)

    def _run_inside(self, call: Call[R]) -> R:
        declaration, db = call.declaration, self._open.db
        tx = self._transaction(db, call)
        if not (declaration.writes or (declaration.audited and not db.read_only)):
            with db.reading():
                return call.run(tx)
        if declaration.snapshot:
            snapshot.make(self.folder, db, self._open.vault_key, declaration.snapshot)
        intent_id, staged = tx.new_id(), None
        db.begin()
        try:
            result = call.run(tx)
            if declaration.leaves:
                self._begin_leaving(tx, intent_id, declaration, result)
            if not declaration.silent:
                self._enter(tx, declaration)
            if tx.wishes.rewrite:
                keyring = self._next_keyring(tx)
                staged = keyrings.stage(self.folder, keyring)
            db.commit()
        except BaseException:
            db.rollback()
            if staged is not None:
                files.discard(staged)
            raise
        if staged is not None:
            # The vault has it already: should the rename fail, the next sign-in brings it to the disk.
            self._keyring = keyring
            try:
                keyrings.publish(self.folder, staged, keyring)
            except Refusal as error:
                files.discard(staged)
                raise Refusal("keyring.behind") from error
        self._refresh()
        return self._leave(intent_id, result) if isinstance(result, Leaving) else result

    def _run_outside(self, call: Call[R]) -> R:
        """A holder's use case: there is no vault, so the only thing that it may change is the own slot."""
        tx = self._transaction(None, call)
        result = call.run(tx)
        own = tx.wishes.slots.get(self.account.account_id)
        if own is not None:
            old = self._keyring
            slots = {**old.slots, self.account.account_id: own}
            keyring = Keyring(old.roll, old.roll_text, old.signature, slots)
            keyrings.write(self.folder, keyring)
            self._keyring = keyring
        return result

    def _run_rekeying(self, call: Call[R]) -> R:
        old = self._open

        def work(db: Connection) -> tuple[Transaction, R]:
            tx = self._transaction(db, call)
            result = call.run(tx)
            self._enter(tx, call.declaration)
            return tx, result

        new, self._keyring, result = rekey.next_generation(self.folder, self._keyring, old.db, work, self.ports)
        self._keys = Keys(*new)
        rekey.drop_old(self.folder, old.db)
        self._refresh()
        return result

    @property
    def _open(self) -> Keys:
        if self._keys is None:
            raise Refusal("access.holder")
        return self._keys

    def _enter(self, tx: Transaction, declaration: Declaration) -> None:
        at, actor = tx.now(), self.account.account_id
        for object_id in tx.objects:
            trail.append(tx.db, at, self._session, actor, declaration.action, object_id, tx.body)

    def _next_keyring(self, tx: Transaction) -> Keyring:
        keyring = keyrings.make(tx.db, self._keyring, tx.wishes, self._open.vault_key, tx.now())
        tx.vault.set_keyring(keyring_format.to_bytes(keyring))
        return keyring

    def _begin_leaving(self, tx: Transaction, intent_id: str, declaration: Declaration, result: object) -> None:
        if not isinstance(result, Leaving):
            raise TypeError(f"{declaration.name} must return Leaving")
        body = json.dumps(result.body, ensure_ascii=False)
        tx.register.begin(intent_id, declaration.action, body, tx.now(), self.account.account_id)

    def _leave(self, intent_id: str, leaving: Leaving[R]) -> R:
        """Sends, then enters the outcome; a crash in between leaves an intent whose outcome is unknown."""
        try:
            result = leaving.send()
        except BaseException as error:
            code = error.code if isinstance(error, Refusal) else type(error).__name__
            self._enter_outcome(intent_id, "failed", {"reason": code})
            raise
        self._enter_outcome(intent_id, "done", {})
        return result

    def _enter_outcome(self, intent_id: str, outcome: str, body: dict[str, Any]) -> None:
        tx = self._transaction(self._open.db)
        tx.db.begin()
        try:
            tx.register.end(intent_id, outcome, json.dumps(body), tx.now())
            actor = self.account.account_id
            trail.append(tx.db, tx.now(), self._session, actor, f"leaving.{outcome}", intent_id, body)
            tx.db.commit()
        except BaseException:
            tx.db.rollback()
            raise

    def _refresh(self) -> None:
        """Reads the own account again: roles may have changed."""
        if self._keys is not None:
            self.account = People(self._keys.db).by_id(self.account.account_id) or self.account

    @property
    def vault_id(self) -> str:
        """Which vault this is."""
        return self._keyring.roll.vault_id

    @property
    def generation(self) -> int:
        """The generation of the vault's key."""
        return self._keyring.roll.generation


def account_of(keyring: Keyring, account_id: AccountId) -> Account:
    """An account as the signed roll shows it: a holder's, or a member's whose vault cannot be read."""
    entry = next(entry for entry in keyring.roll.accounts if entry.account_id == account_id)
    return Account(entry.account_id, entry.name, entry.kind, entry.roles, entry.age_recipient, entry.signing_public, "")

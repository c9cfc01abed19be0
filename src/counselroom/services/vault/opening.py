"""Opening a vault: signing in, and the room that two recovery shares open."""

from dataclasses import dataclass
from pathlib import Path

from counselroom.db import migrate
from counselroom.db.connection import Connection
from counselroom.db.people import People
from counselroom.db.vault import VaultFacts
from counselroom.domain.access import Kind, Permission
from counselroom.domain.ids import AccountId
from counselroom.domain.passphrase import tidy
from counselroom.domain.people import Account, tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.formats import keyring as keyring_format
from counselroom.formats.identity import Identity, recipient_of
from counselroom.formats.keyring import Keyring, RollEntry
from counselroom.services.room import keyrings, rekey, snapshot, trail
from counselroom.services.room.door import Alarm, Keys, Room, account_of
from counselroom.services.room.keyrings import Agreed
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.vault import location


@dataclass(frozen=True)
class LoginName:
    """A name that may sign in, as the lock screen lists it."""

    account_id: AccountId
    name: str
    kind: Kind
    key_file: bool


def exists(folder: Path) -> bool:
    """Whether there is a vault in the folder, whatever its state."""
    return keyrings.present(folder)


def login_names(folder: Path) -> list[LoginName]:
    """Who may sign in; refuses a keyring that is damaged, altered or too new."""
    keyring = keyrings.load(folder)
    return [
        LoginName(
            entry.account_id, entry.name, entry.kind,
            keyring_format.slot_header(keyring.slots[entry.account_id]).key_file,
        )
        for entry in keyring.roll.accounts
    ]  # fmt: skip


def unlock(
    folder: Path,
    name: str,
    passphrase: str,
    key_file: bytes | None = None,
    *,
    read_only: bool = False,
    ports: Ports = REAL,
) -> Room:
    """Signs in. A wrong name and a wrong passphrase are refused alike; nothing on the disk is touched before both fit.

    ``read_only`` opens without writing a byte: for a damaged vault, an older one, or a folder that cannot be written.
    """
    location.refuse_network(folder)
    keyring = keyrings.load(folder)
    entry, identity = keyrings.open_identity(keyring, typed_name(name), tidy(passphrase), key_file)
    if not read_only:
        files.refuse_full(folder)
    lock = None if read_only else files.FolderLock(folder)
    try:
        if entry.kind is Kind.HOLDER:
            account = account_of(keyring, entry.account_id)
            return Room(folder, keyring, identity, account, ports, lock=lock)
        return _open(folder, keyring, entry, identity, lock, ports)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def typed_name(name: str) -> str:
    """A typed name; one that no account can have is simply unknown, in the same time."""
    try:
        return tidy_name(name)
    except Refusal:
        return ""


def _open(
    folder: Path, keyring: Keyring, entry: RollEntry, identity: Identity, lock: files.FolderLock | None, ports: Ports
) -> Room:
    key = keyrings.vault_key(keyring, identity.age)
    db = Connection(files.vault_file(folder, keyring.roll.generation), key, read_only=lock is None)
    lost = [Alarm("keyring_from_copy")] if keyrings.is_lost(folder) else []
    try:
        if lock is not None:
            _bring_up(folder, db, key, ports)
        migrate.check(db)
        db.forbid_schema_changes()
        session = 0
        if lock is None:
            account, alarms = _rescue(folder, keyring, entry, db, ports)
        else:
            agreed, account = agree(folder, keyring, entry, db)
            keyring = agreed.keyring
            alarms = lost + _alarms(folder, agreed, db, ports)
            session = _enter_session(db, account, alarms, agreed, ports)
    except BaseException:
        db.close()
        raise
    return Room(
        folder, keyring, identity, account, ports,
        keys=Keys(db, key), lock=lock, session=session, alarms=tuple(alarms),
    )  # fmt: skip


def _rescue(
    folder: Path, keyring: Keyring, entry: RollEntry, db: Connection, ports: Ports
) -> tuple[Account, list[Alarm]]:
    """Reading only: what is damaged or older is told as an alarm, and what can be read is shown all the same."""
    try:
        _, account = agree(folder, keyring, entry, db)
        return account, _witness_alarms(folder, db, ports)
    except Refusal as refusal:
        if refusal.code not in ("vault.damaged", "vault.older"):
            raise
        return account_of(keyring, entry.account_id), [Alarm(refusal.code.replace(".", "_"))]


def _bring_up(folder: Path, db: Connection, key: bytes, ports: Ports) -> None:
    """Migrates an older vault, after a verified copy of it was made beside it."""
    migrate.check(db)
    if not migrate.pending(db):
        return
    snapshot.make(folder, db, key, str(migrate.pending(db)[0].number))
    migrate.migrate(db, ports.stamp())


def agree(folder: Path, keyring: Keyring, entry: RollEntry, db: Connection) -> tuple[Agreed, Account]:
    """The keyring and the account when disk and vault agree; whatever does not fit is an alarm, never used."""
    row = VaultFacts(db).row()
    if (row.vault_id, row.generation) != (keyring.roll.vault_id, keyring.roll.generation):
        raise Refusal("keyring.altered")
    agreed = keyrings.compare(folder, keyring, db, entry.account_id)
    account = People(db).by_id(entry.account_id)
    if account is None or account.kind is not Kind.MEMBER:
        raise Refusal("passphrase.wrong")
    return agreed, account


def _alarms(folder: Path, agreed: Agreed, db: Connection, ports: Ports) -> list[Alarm]:
    """What has to be told at this sign-in; also tidies what a crash left in the folder."""
    found = [Alarm("keyring_behind")] if agreed.behind else []
    found += _witness_alarms(folder, db, ports)
    if rekey.tidy(folder, agreed.keyring.roll.generation, ports):
        found.append(Alarm("newer_file_aside"))
    return found


def _witness_alarms(folder: Path, db: Connection, ports: Ports) -> list[Alarm]:
    found = (trail.witness_alarm(db, folder), trail.clock_alarm(db, ports.clock()))
    return [Alarm(code) for code in found if code]


def _enter_session(db: Connection, account: Account, alarms: list[Alarm], agreed: Agreed, ports: Ports) -> int:
    db.begin()
    try:
        session = VaultFacts(db).count_session()
        body: dict[str, list[str]] = {}
        if alarms:
            body["alarms"] = [alarm.code for alarm in alarms]
        if agreed.adopted:
            body["own_passphrase_changed"] = list(agreed.adopted)
        trail.append(db, ports.stamp(), session, account.account_id, "session.opened", account.account_id, body)
        db.commit()
    except BaseException:
        db.rollback()
        raise
    return session


def recovery_room(folder: Path, secret_identity: str, name: str, ports: Ports) -> Room:
    """A room opened by the recovery identity, for the member ``name``; only recover.py uses it."""
    location.refuse_network(folder)
    keyring = keyrings.load(folder)
    if recipient_of(secret_identity) != keyring.roll.recovery_recipient:
        raise Refusal("recovery.not_for_this")
    key = keyrings.vault_key(keyring, secret_identity)
    files.refuse_full(folder)
    lock = files.FolderLock(folder)
    try:
        db = Connection(files.vault_file(folder, keyring.roll.generation), key)
        try:
            _bring_up(folder, db, key, ports)
            migrate.check(db)
            db.forbid_schema_changes()
            account = People(db).by_name(tidy_name(name))
            if account is None or account.kind is not Kind.MEMBER:
                raise Refusal("people.unknown_member", name=name)
            _, signing = VaultFacts(db).school_key("signing")
            if not keyring.signed_by(signing):
                raise Refusal("keyring.altered")
            agreed = keyrings.compare(folder, keyring, db, None)
            alarms = _alarms(folder, agreed, db, ports)
            session = _enter_session(db, account, alarms, agreed, ports)
        except BaseException:
            db.close()
            raise
    except BaseException:
        lock.release()
        raise
    nobody = Identity("", b"", signing, keyring.roll.school_transport)
    return Room(
        folder, agreed.keyring, nobody, account, ports, keys=Keys(db, key), lock=lock, session=session,
        alarms=tuple(alarms), also=frozenset({Permission.RECOVER}),
    )  # fmt: skip

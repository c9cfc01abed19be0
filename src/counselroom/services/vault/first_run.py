"""Making a vault. Until the keyring has its name there is no vault, and a new try starts from nothing."""

from dataclasses import dataclass
from pathlib import Path

from counselroom.db.connection import Connection
from counselroom.db.migrate import migrate
from counselroom.domain.access import Kind, Role
from counselroom.domain.ids import AccountId
from counselroom.domain.levels import LevelScheme
from counselroom.domain.passphrase import tidy
from counselroom.domain.people import Account, tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.formats import files
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.formats.bech32 import age_identity
from counselroom.formats.identity import Identity
from counselroom.formats.keyring import Keyring
from counselroom.services import codes, people, settings
from counselroom.services.passphrases import check_new
from counselroom.services.room import keyrings, rekey, trail
from counselroom.services.room.door import Keys, Room
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.room.transaction import Transaction
from counselroom.services.vault import location, recovery
from counselroom.services.vault.recovery import Shares

_FIRST_GENERATION = 1


@dataclass(frozen=True)
class FirstRun:
    """What the wizard or the command line has asked for; ``school`` is checked already."""

    school: School
    scheme: str
    name: str
    passphrase: str
    key_file: bytes | None = None
    demo: bool = False

    def __repr__(self) -> str:
        return "FirstRun(…)"


@dataclass(frozen=True)
class Created:
    """A new vault, opened, and its recovery shares, which exist nowhere else."""

    room: Room
    shares: Shares


def check_first(first: FirstRun) -> FirstRun:
    """The same, tidied; refuses a name, passphrase or scheme that cannot be used."""
    name = tidy_name(first.name)
    _scheme(first.scheme)
    return FirstRun(
        first.school, first.scheme, name, check_new(first.passphrase, name=name), first.key_file, first.demo
    )


def create(folder: Path, first: FirstRun, ports: Ports = REAL) -> Created:
    """Makes a vault in ``folder`` and opens it for its first counsellor.

    The database is written under a temporary name, synced and renamed; renaming the keyring is the moment at which
    the vault exists. Whatever fails before takes its files back.
    """
    first = check_first(first)
    if location.look_at(folder.absolute()).free_bytes < files.LEAST_FREE:
        raise Refusal("disk.full", file=folder.name)
    made_folder = not folder.exists()
    files.make_folder(folder)
    lock: files.FolderLock | None = None
    try:
        lock = files.FolderLock(folder)
        if keyrings.present(folder):
            raise Refusal("vault.exists", folder=folder.name)
        _set_lost_files_aside(folder, ports)
        return _create(folder, first, lock, ports)
    except BaseException:
        if lock is not None:
            lock.release()
        if made_folder:
            files.discard(folder / files.LOCK)
            files.remove_empty_folder(folder)
        raise


def _create(folder: Path, first: FirstRun, lock: files.FolderLock, ports: Ports) -> Created:
    path, key = files.vault_file(folder, _FIRST_GENERATION), ports.random_bytes(32)
    building = folder / f".{path.name}.new"
    files.discard_database(building)
    try:
        files.make_private(building)
        db = Connection(building, key, create=True)
        try:
            keyring, identity, account, shares = _fill(db, first, key, ports)
            db.checkpoint()
        finally:
            db.close()
        files.sync(building)
        files.publish(building, path)
        keyrings.write(folder, keyring)
    except BaseException:
        files.discard_database(building)
        if not files.is_file(folder / files.KEYRING):
            files.discard_database(path)
        raise
    db = Connection(path, key)
    db.forbid_schema_changes()
    room = Room(folder, keyring, identity, account, ports, keys=Keys(db, key), lock=lock, session=1)
    return Created(room, shares)


def _fill(db: Connection, first: FirstRun, key: bytes, ports: Ports) -> tuple[Keyring, Identity, Account, Shares]:
    at = ports.stamp()
    migrate(db, at)
    db.begin()
    try:
        tx = _first_transaction(db, first, ports)
        tx.vault.make(ports.new_id(), at)
        _make_school_keys(tx)
        account, identity = _first_account(tx, first)
        tx.actor = account
        shares = recovery.new_shares(tx)
        settings.put_school(tx, first.school)
        settings.put(tx, "level.scheme", first.scheme)
        if first.demo:
            settings.put_demo(tx)
        session = tx.vault.count_session()
        trail.append(db, at, session, account.account_id, "vault.created", tx.vault.row().vault_id, {})
        keyring = keyrings.make(db, None, tx.wishes, key, at)
        tx.vault.set_keyring(keyring_format.to_bytes(keyring))
        db.commit()
    except BaseException:
        db.rollback()
        raise
    return keyring, identity, account, shares


def _first_transaction(db: Connection, first: FirstRun, ports: Ports) -> Transaction:
    """A transaction before there is an account: its actor, identity and keyring are set while the vault is filled."""
    nobody = Account(AccountId(ports.new_id()), first.name, Kind.MEMBER, (Role.COUNSELOR_LEAD,), "", b"", "")
    empty = keyring_format.nothing()
    return Transaction(db, nobody, keys.new_identity(b"", ""), empty, ports)


def _make_school_keys(tx: Transaction) -> None:
    seed = tx.ports.random_bytes(32)
    transport = age_identity(tx.ports.random_bytes(32))
    tx.vault.add_school_key("signing", seed, keys.public_of(seed), tx.now())
    tx.vault.add_school_key("transport", transport.encode(), keys.recipient_of(transport).encode(), tx.now())
    tx.vault.add_school_key("pseudonym", tx.ports.random_bytes(32), b"", tx.now())


def _first_account(tx: Transaction, first: FirstRun) -> tuple[Account, Identity]:
    _, signing = tx.vault.school_key("signing")
    _, transport = tx.vault.school_key("transport")
    identity = keys.new_identity(signing, transport.decode())
    account = Account(
        tx.actor.account_id, first.name, Kind.MEMBER, (Role.COUNSELOR_LEAD,),
        identity.age_recipient, identity.signing_public, tx.now(),
    )  # fmt: skip
    people.put_rows(tx, account, added_by=None)
    tx.put_slot(
        account.account_id, people.seal(tx, identity, tidy(first.passphrase), first.key_file, account.account_id)
    )
    return account, identity


def _scheme(code: str) -> LevelScheme:
    scheme = codes.schemes().get(code)
    if scheme is None:
        raise Refusal("settings.value_unusable", name="level.scheme", allowed=" / ".join(codes.schemes()))
    return scheme


def _set_lost_files_aside(folder: Path, ports: Ports) -> None:
    """A database without a keyring cannot be opened by anyone but may be somebody's: it is renamed, not deleted."""
    rekey.set_newer_aside(folder, 0, ports)

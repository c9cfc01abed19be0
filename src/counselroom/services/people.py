"""Accounts: add, remove, change passphrase, change roles."""

from dataclasses import dataclass

from counselroom.domain.access import SCHOOL_ROLES, Kind, Permission, Role, kind_of
from counselroom.domain.ids import AccountId
from counselroom.domain.passphrase import tidy
from counselroom.domain.people import Account, tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.formats.identity import Identity, Slot
from counselroom.services.passphrases import check_new
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class AccountRow:
    """An account as the page lists it."""

    account_id: AccountId
    name: str
    kind: Kind
    roles: tuple[Role, ...]
    added_at: str
    is_me: bool


def role_of(code: str) -> Role:
    """A role by its code, as a school's vault takes it."""
    try:
        role = Role(code)
    except ValueError as error:
        raise Refusal("people.role_unknown", role=code, known=SCHOOL_ROLES) from error
    if role not in SCHOOL_ROLES:
        raise Refusal("people.role_not_here", role=code)
    return role


@query(Permission.READ_VAULT)
def accounts(tx: Transaction) -> list[AccountRow]:
    """Everybody who may sign in."""
    return [
        AccountRow(a.account_id, a.name, a.kind, a.roles, a.added_at, a.account_id == tx.actor.account_id)
        for a in tx.people.present()
    ]


@command(Permission.MANAGE_ACCOUNTS, "people.added", changes=(Topic.PEOPLE,))
def add_account(
    tx: Transaction, name: str, roles: tuple[Role, ...], passphrase: str, key_file: bytes | None = None
) -> Account:
    """Gives a person an account; a member opens the vault from now on, a holder only files made for them."""
    added = put_account(tx, name, roles, passphrase, key_file)
    tx.note(added.account_id, name=added.name, roles=list(added.roles))
    return added


def put_account(
    tx: Transaction, name: str, roles: tuple[Role, ...], passphrase: str, key_file: bytes | None
) -> Account:
    """The rows and the slot of a new account."""
    name, roles = tidy_name(name), _school_roles(roles)
    if tx.people.by_name(name):
        raise Refusal("people.name_taken", name=name)
    text = check_new(passphrase, name=name)
    identity = _new_identity(tx)
    account = Account(
        AccountId(tx.new_id()), name, kind_of(roles), roles, identity.age_recipient, identity.signing_public, tx.now()
    )
    put_rows(tx, account, added_by=tx.actor.account_id)
    tx.put_slot(account.account_id, seal(tx, identity, text, key_file, account.account_id))
    return account


def put_rows(tx: Transaction, account: Account, added_by: AccountId | None) -> None:
    """The rows of a new account: name, public keys, roles."""
    tx.people.add(account, added_by)
    tx.people.add_keys(account.account_id, account.age_recipient, account.signing_public, tx.now())
    for role in account.roles:
        tx.people.add_role(account.account_id, role, tx.now())


@command(Permission.MANAGE_ACCOUNTS, "people.removed", changes=(Topic.PEOPLE, Topic.KEYS), rekeys=True)
def remove_account(tx: Transaction, account_id: AccountId) -> None:
    """Ends an account and changes the vault key, so that what the person once knew opens nothing new.

    What the person left unsaved in a form, and the widths of tables, go with the account: nobody else ever reads them.
    """
    account = _present(tx, account_id)
    if account_id == tx.actor.account_id:
        raise Refusal("people.self_remove")
    _keep_a_lead(tx, account, ())
    tx.people.remove(account_id, tx.now(), tx.actor.account_id)
    tx.settings.forget_preferences(account_id)
    tx.rewrite_keyring()
    tx.note(account_id, name=account.name)


@command(Permission.MANAGE_ACCOUNTS, "people.roles_changed", changes=(Topic.PEOPLE, Topic.KEYS), rekeys=True)
def change_roles(tx: Transaction, account_id: AccountId, roles: tuple[Role, ...]) -> None:
    """Gives a person exactly these roles; the vault key is new, since a member may have become a holder."""
    account, roles = _present(tx, account_id), _school_roles(roles)
    _keep_a_lead(tx, account, roles)
    tx.people.set_roles(account_id, roles, tx.now())
    tx.people.set_kind(account_id, kind_of(roles))
    tx.rewrite_keyring()
    tx.note(account_id, name=account.name, roles=list(roles))


@command(Permission.MANAGE_ACCOUNTS, "people.passphrase_renewed", changes=(Topic.PEOPLE, Topic.KEYS), rekeys=True)
def renew_passphrase(tx: Transaction, account_id: AccountId, passphrase: str, key_file: bytes | None = None) -> None:
    """A person forgot the passphrase: new keys under a new one. What was sealed to the old keys stays closed."""
    account = _present(tx, account_id)
    if account_id == tx.actor.account_id:
        raise Refusal("people.self_renew")
    put_new_keys(tx, account, passphrase, key_file)
    tx.note(account_id, name=account.name)


def put_new_keys(tx: Transaction, account: Account, passphrase: str, key_file: bytes | None) -> Identity:
    """A new identity for an existing account, under a new passphrase."""
    text = check_new(passphrase, name=account.name)
    identity = _new_identity(tx)
    tx.people.add_keys(account.account_id, identity.age_recipient, identity.signing_public, tx.now())
    tx.put_slot(account.account_id, seal(tx, identity, text, key_file, account.account_id))
    return identity


@command(Permission.CHANGE_OWN_PASSPHRASE, "people.passphrase_changed", changes=(Topic.KEYS,), needs_vault=False)
def change_passphrase(
    tx: Transaction,
    old: str,
    new: str,
    old_key_file: bytes | None = None,
    new_key_file: bytes | None = None,
) -> None:
    """The own passphrase: the same keys under a new seal, so that everything sealed to them still opens."""
    slot = tx.keyring.slots[tx.actor.account_id]
    header = keyring_format.slot_header(slot)
    if header.key_file and old_key_file is None:
        raise Refusal("key_file.missing")
    identity = keys.open_slot(
        slot, tidy(old), old_key_file if header.key_file else None,
        account=tx.actor.account_id, salt=header.salt, cost=header.cost,
    )  # fmt: skip
    text = check_new(new, name=tx.actor.name)
    tx.put_slot(tx.actor.account_id, seal(tx, identity, text, new_key_file, tx.actor.account_id))
    tx.note(tx.actor.account_id)


@command(Permission.MANAGE_KEYS, "keys.rotated", changes=(Topic.KEYS,), rekeys=True)
def rotate(tx: Transaction) -> int:
    """A new vault key; everybody's passphrase and the recovery sheets stay good. The new generation's number."""
    tx.rewrite_keyring()
    return tx.vault.row().generation


def seal(tx: Transaction, identity: Identity, passphrase: str, key_file: bytes | None, account_id: AccountId) -> Slot:
    """An identity sealed for its place in this vault; costs one Argon2id run."""
    row = tx.vault.row() if tx.has_vault else None
    place = keys.Place(
        account_id,
        row.vault_id if row else tx.keyring.roll.vault_id,
        row.generation if row else tx.keyring.roll.generation,
        tx.now(),
    )
    return keys.seal(identity, passphrase, key_file, place, tx.ports.cost())


def _new_identity(tx: Transaction) -> Identity:
    _, signing = tx.vault.school_key("signing")
    _, transport = tx.vault.school_key("transport")
    return keys.new_identity(signing, transport.decode())


def _present(tx: Transaction, account_id: AccountId) -> Account:
    account = tx.people.by_id(account_id)
    if account is None:
        raise Refusal("people.unknown")
    return account


def _school_roles(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise Refusal("people.role_missing")
    return tuple(role for role in SCHOOL_ROLES if role in {role_of(code) for code in roles})


def _keep_a_lead(tx: Transaction, account: Account, roles: tuple[Role, ...]) -> None:
    """Refuses to take the last account that can manage accounts and keys."""
    if Role.COUNSELOR_LEAD not in account.roles or Role.COUNSELOR_LEAD in roles:
        return
    others = [other for other in tx.people.present() if other.account_id != account.account_id]
    if not any(Role.COUNSELOR_LEAD in other.roles for other in others):
        raise Refusal("people.last_member")

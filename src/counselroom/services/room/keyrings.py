"""The keyring beside the vault: reading it, and writing it anew from the vault's own rows.

Everything that is sealed to somebody is sealed to a public key from inside the vault. What the disk says is only
compared, never used (security.md, "Accounts and keys").
"""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from counselroom.db.connection import Connection
from counselroom.db.people import People
from counselroom.db.vault import VaultFacts
from counselroom.domain.access import Kind
from counselroom.domain.ids import AccountId, VaultId
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.formats import identity as keys
from counselroom.formats import keyring as keyring_format
from counselroom.formats.identity import Identity, Slot
from counselroom.formats.keyring import Keyring, Roll, RollEntry
from counselroom.services.room.transaction import Wishes


def present(folder: Path) -> bool:
    """Whether a keyring lies in the folder, be it only its copy."""
    return files.is_file(folder / files.KEYRING) or files.is_file(folder / files.KEYRING_COPY)


def is_lost(folder: Path) -> bool:
    """Whether the keyring itself is missing, so that its copy stands in."""
    return not files.is_file(folder / files.KEYRING)


def load(folder: Path) -> Keyring:
    """The keyring of a folder; ``keyring.missing`` when there is no vault in it, ``keyring.lost`` when only it is gone.

    The copy is read only where the keyring is missing: one that is damaged or altered is refused, not passed over.
    """
    if not present(folder):
        if not files.is_folder(folder):
            raise Refusal("vault.folder_missing", folder=folder.name)
        lost = files.generations(folder)
        raise Refusal("keyring.lost", folder=folder.name) if lost else Refusal("keyring.missing", folder=folder.name)
    path = folder / (files.KEYRING_COPY if is_lost(folder) else files.KEYRING)
    return keyring_format.from_bytes(files.read(path, at_most=keyring_format.MOST_BYTES))


def stage(folder: Path, keyring: Keyring) -> Path:
    """Writes a keyring under a temporary name; ``publish`` makes it the keyring."""
    return files.stage(folder / files.KEYRING, keyring_format.to_bytes(keyring))


def publish(folder: Path, staged: Path, keyring: Keyring) -> None:
    """The rename that commits; the copy follows, and may fail without harm: the next sign-in writes it."""
    files.publish(staged, folder / files.KEYRING)
    with contextlib.suppress(Refusal):
        files.write(folder / files.KEYRING_COPY, keyring_format.to_bytes(keyring))


def write(folder: Path, keyring: Keyring) -> None:
    """Puts a keyring in place."""
    publish(folder, stage(folder, keyring), keyring)


def open_identity(keyring: Keyring, name: str, passphrase: str, key_file: bytes | None) -> tuple[RollEntry, Identity]:
    """Who ``name`` is, proven by the passphrase. An unknown name costs the same time and gets the same words."""
    entry = keyring.entry(name)
    if entry is None:
        keys.waste(passphrase, keyring_format.slot_header(next(iter(keyring.slots.values()))).cost)
        raise Refusal("passphrase.wrong")
    header = keyring_format.slot_header(keyring.slots[entry.account_id])
    if header.key_file and key_file is None:
        raise Refusal("key_file.missing")
    identity = keys.open_slot(
        keyring.slots[entry.account_id], passphrase, key_file if header.key_file else None,
        account=entry.account_id, salt=header.salt, cost=header.cost,
    )  # fmt: skip
    if not keyring.signed_by(identity.school_signing) or (entry.age_recipient, entry.signing_public) != (
        identity.age_recipient,
        identity.signing_public,
    ):
        raise Refusal("keyring.altered")
    return entry, identity


def vault_key(keyring: Keyring, age_identity: str) -> bytes:
    """The raw key of the present generation, unwrapped by a member's or the recovery identity."""
    try:
        payload = json.loads(keys.decrypt(age_identity, keyring.roll.vault_key))
    except ValueError as error:
        raise Refusal("keyring.altered") from error
    if (payload["vault"], payload["generation"]) != (keyring.roll.vault_id, keyring.roll.generation):
        raise Refusal("keyring.altered")
    return bytes.fromhex(payload["key"])


def make(db: Connection, old: Keyring | None, wishes: Wishes, key: bytes, at: str) -> Keyring:
    """The keyring that the vault's rows ask for; slots of removed accounts fall away."""
    facts, people = VaultFacts(db), People(db).present()
    row = facts.row()
    recovery = facts.recovery_set()
    if recovery is None:
        raise LookupError("a vault always has a recovery set")
    seed, school_signing = facts.school_key("signing")
    _, transport = facts.school_key("transport")
    members = [account.age_recipient for account in people if account.kind is Kind.MEMBER]
    payload = json.dumps({"vault": row.vault_id, "generation": row.generation, "key": key.hex()}).encode()
    roll = Roll(
        vault_id=VaultId(row.vault_id),
        serial=old.roll.serial + 1 if old else 1,
        generation=row.generation,
        made_at=at,
        school_signing=school_signing,
        school_transport=transport.decode(),
        recovery_recipient=recovery.recipient,
        recovered_at=at if wishes.recovered else old.roll.recovered_at if old else None,
        vault_key=keys.encrypt_to([*members, recovery.recipient], payload),
        accounts=tuple(RollEntry(a.account_id, a.name, a.roles, a.age_recipient, a.signing_public) for a in people),
    )
    slots = {**(old.slots if old else {}), **wishes.slots}
    return keyring_format.make(roll, {a.account_id: slots[a.account_id] for a in people}, seed)


@dataclass(frozen=True)
class Agreed:
    """Disk and vault after they were compared: the keyring in force, and what has to be told and entered.

    ``behind``: the file had missed a change; ``adopted``: holders whose new seal the vault has taken over.
    """

    keyring: Keyring
    behind: bool = False
    adopted: tuple[AccountId, ...] = ()


def compare(folder: Path, disk: Keyring, db: Connection, signed_in: AccountId | None) -> Agreed:
    """Compares the keyring on the disk with the vault's own copy, and heals what a crash left half done.

    The vault commits first and the file follows, so a file that is behind is written again. A file that is ahead of
    its vault means that an older database was put in place, and is refused. Who signs in with a seal that the vault
    has since replaced is let in when the file is exactly one change behind (a crash, and nobody was told of the new
    passphrase); behind by more, the file is brought up and the person is asked for the newer passphrase.
    """
    inside = keyring_format.from_bytes(VaultFacts(db).row().keyring)
    if inside.roll_text == disk.roll_text:
        return _same_roll(folder, inside, disk, db)
    if disk.roll.serial > inside.roll.serial:
        raise Refusal("vault.older")
    if disk.roll.serial == inside.roll.serial:
        raise Refusal("keyring.altered")
    one_step = disk.roll.serial == inside.roll.serial - 1
    slots = {
        account: _newer(slot, disk.slots.get(account), prefer_disk=one_step and account == signed_in)
        for account, slot in inside.slots.items()
    }
    healed = Keyring(inside.roll, inside.roll_text, inside.signature, slots)
    if not db.read_only:
        _keep_inside(db, healed)
        write(folder, healed)
    if signed_in is not None and slots[signed_in] != disk.slots[signed_in]:
        raise Refusal("keyring.renewed")
    return Agreed(healed, behind=True)


def _same_roll(folder: Path, inside: Keyring, disk: Keyring, db: Connection) -> Agreed:
    """The roll is the vault's. A member's slot must be the vault's as well; a holder changes the own one without it."""
    adopted = []
    for entry in disk.roll.accounts:
        kept, found = inside.slots[entry.account_id], disk.slots[entry.account_id]
        if kept == found:
            continue
        if entry.kind is Kind.MEMBER or _made_at(found) < _made_at(kept):
            raise Refusal("keyring.altered")
        adopted.append(entry.account_id)
    if not db.read_only:
        if adopted:
            _keep_inside(db, disk)
        _complete(folder, disk)
    return Agreed(disk, adopted=tuple(adopted))


def _complete(folder: Path, keyring: Keyring) -> None:
    """Both files say what the keyring says: a lost one, and a copy that could not be written, are written now."""
    content = keyring_format.to_bytes(keyring)
    for name in (files.KEYRING, files.KEYRING_COPY):
        path = folder / name
        if not files.is_file(path) or files.read(path, at_most=keyring_format.MOST_BYTES) != content:
            files.write(path, content)


def _keep_inside(db: Connection, keyring: Keyring) -> None:
    """The vault's own copy of the keyring; one statement is one transaction."""
    VaultFacts(db).set_keyring(keyring_format.to_bytes(keyring))


def _made_at(slot: Slot) -> str:
    return keyring_format.slot_header(slot).made_at


def _newer(inside: Slot, disk: Slot | None, *, prefer_disk: bool) -> Slot:
    """The later of two slots: a holder may have changed the passphrase while the file was behind."""
    if disk is None:
        return inside
    if prefer_disk:
        return disk
    return disk if _made_at(disk) > _made_at(inside) else inside

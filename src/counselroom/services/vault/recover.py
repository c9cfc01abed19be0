"""Opening a vault with two shares: a new passphrase for a member, a new vault key, new shares."""

from collections.abc import Sequence
from pathlib import Path

from counselroom.domain.access import Permission
from counselroom.domain.recovery import Share
from counselroom.domain.topics import Topic
from counselroom.formats import slip39
from counselroom.formats.bech32 import age_identity
from counselroom.formats.identity import Identity
from counselroom.services import people
from counselroom.services.passphrases import check_new
from counselroom.services.room.declaration import command
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.room.transaction import Transaction
from counselroom.services.vault import opening, recovery
from counselroom.services.vault.first_run import Created
from counselroom.services.vault.recovery import Shares


@command(Permission.RECOVER, "vault.recovered", changes=(Topic.EVERYTHING,), rekeys=True)
def take_over(tx: Transaction, passphrase: str, key_file: bytes | None = None) -> tuple[Shares, Identity]:
    """New keys for the member who recovers, new shares, a new vault key; every account is told at its next sign-in."""
    identity = people.put_new_keys(tx, tx.actor, passphrase, key_file)
    made = recovery.new_shares(tx)
    tx.rewrite_keyring(recovered=True)
    for account in tx.people.present():
        tx.register.add_notice(tx.new_id(), account.account_id, "vault.recovered", tx.actor.name, tx.now())
    tx.note(tx.actor.account_id, name=tx.actor.name, mark=made.mark)
    return made, identity


def recover(
    folder: Path,
    shares: Sequence[Share],
    name: str,
    passphrase: str,
    key_file: bytes | None = None,
    ports: Ports = REAL,
) -> Created:
    """Opens the vault with two shares. The member's old private notes stay closed for ever: they had no other key."""
    secret = slip39.combine(shares)
    check_new(passphrase, name=name)
    room = opening.recovery_room(folder, age_identity(secret), name, ports)
    try:
        made, identity = room.run(take_over, passphrase, key_file).result
    except BaseException:
        room.close()
        raise
    room.become(identity)
    return Created(room, made)

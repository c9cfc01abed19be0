"""The second person: their key signs what they were shown, the door checks it."""

from pathlib import Path

from counselroom.db.register import ApprovalRow
from counselroom.domain.access import Permission, allowed
from counselroom.domain.approval import NAMESPACE, Approval, Intent, signed_message
from counselroom.domain.ids import ApprovalId
from counselroom.domain.passphrase import tidy
from counselroom.domain.people import tidy_name
from counselroom.domain.refusal import Refusal
from counselroom.formats import sshsig
from counselroom.services.room import keyrings
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.room.transaction import Transaction


def approve(
    folder: Path, name: str, passphrase: str, intent: Intent, key_file: bytes | None = None, ports: Ports = REAL
) -> Approval:
    """The consent of the person whose passphrase this is, member or holder; good for this one act."""
    keyring = keyrings.load(folder)
    entry, identity = keyrings.open_identity(keyring, tidy_name(name), tidy(passphrase), key_file)
    approval_id = ApprovalId(ports.new_id())
    signature = sshsig.sign(identity.seed, signed_message(keyring.roll.vault_id, approval_id, intent), NAMESPACE)
    return Approval(approval_id, intent, entry.account_id, signature)


def accept(tx: Transaction, intent: Intent, approval: Approval) -> None:
    """Checks an approval against the intent as the door itself computes it, and keeps it.

    The key comes from inside the vault. One person has one account, whatever their roles, so another account is
    another person; names are compared all the same.
    """
    if approval.intent != intent:
        raise Refusal("approval.altered")
    second = tx.people.by_id(approval.account_id)
    if second is None:
        raise Refusal("approval.unknown")
    if second.account_id == tx.actor.account_id or second.name == tx.actor.name:
        raise Refusal("approval.same_person")
    if not allowed(second.roles, Permission.APPROVE):
        raise Refusal("access.denied")
    message = approval.message(tx.keyring.roll.vault_id)
    if not sshsig.verify(second.signing_public, message, approval.signature, NAMESPACE):
        raise Refusal("approval.altered")
    if tx.register.has_approval(approval.approval_id):
        raise Refusal("approval.used")
    tx.register.add_approval(
        ApprovalRow(
            approval.approval_id, intent.text(), intent.digest(), tx.actor.account_id, second.account_id,
            approval.signature, tx.now(),
        )
    )  # fmt: skip
    tx.body["approved_by"] = second.account_id
    tx.body["approval"] = approval.approval_id

"""What a second person consents to."""

import hashlib
from dataclasses import dataclass

from counselroom.domain.chain import canonical
from counselroom.domain.ids import AccountId, ApprovalId, VaultId

NAMESPACE = "approve@counselroom.v1"


@dataclass(frozen=True)
class Intent:
    """An act as it is shown to the second person: the action and the facts, in the order in which they are shown."""

    action: str
    facts: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """The exact text whose SHA-256 is signed."""
        return canonical([self.action, [list(fact) for fact in self.facts]]).decode()

    def digest(self) -> bytes:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text().encode()).digest()


@dataclass(frozen=True)
class Approval:
    """A signed consent: ``signature`` is an SSHSIG over the approval's id and the intent's hash."""

    approval_id: ApprovalId
    intent: Intent
    account_id: AccountId
    signature: str

    def message(self, vault_id: VaultId) -> bytes:
        """The bytes that are signed: good for one act in one vault only."""
        return signed_message(vault_id, self.approval_id, self.intent)


def signed_message(vault_id: VaultId, approval_id: ApprovalId, intent: Intent) -> bytes:
    """The bytes that the second person's key signs."""
    return "".join(f"{part}\n" for part in (vault_id, approval_id, intent.digest().hex())).encode()

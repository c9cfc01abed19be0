"""Names of the identifiers that travel through the rings."""

from typing import NewType

AccountId = NewType("AccountId", str)
BatchId = NewType("BatchId", str)
VaultId = NewType("VaultId", str)
IntentId = NewType("IntentId", str)
ApprovalId = NewType("ApprovalId", str)

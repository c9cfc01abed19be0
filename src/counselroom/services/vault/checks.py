"""Looking through the open vault: pages, structure, chain, pinned pragmas."""

from counselroom.domain.access import Permission
from counselroom.services.room import trail
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@query(Permission.READ_VAULT)
def full(tx: Transaction) -> list[str]:
    """Codes of what is wrong (``integrity``, ``pragmas``, ``chain``); empty when all is well. May take seconds."""
    found = []
    if tx.db.integrity_faults():
        found.append("integrity")
    if tx.db.pragma_faults():
        found.append("pragmas")
    last = tx.audit.last()
    total = last[0] if last else 0
    if trail.verify(tx.db, lambda walked: tx.progress(walked, total)).broken_at is not None:
        found.append("chain")
    return found

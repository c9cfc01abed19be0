"""What IT staff asks about the open vault: where it lies, its generation, its schema, how it is encrypted."""

from dataclasses import dataclass

from counselroom.db import migrate
from counselroom.domain.access import Permission
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class Facts:
    """Facts without a single content: ``pragmas`` as the database reads them back."""

    vault_id: str
    generation: int
    schema: int
    pragmas: dict[str, str]
    pragmas_hold: bool


@query(Permission.READ_VAULT)
def facts(tx: Transaction) -> Facts:
    """The facts as they are now."""
    row = tx.vault.row()
    return Facts(row.vault_id, row.generation, migrate.schema_number(tx.db), tx.db.pragmas(), not tx.db.pragma_faults())

"""What an account must be told at its next sign-in."""

from dataclasses import dataclass

from counselroom.domain.access import Permission
from counselroom.domain.topics import Topic
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction


@dataclass(frozen=True)
class Notice:
    """A notice: ``code`` is a code of the catalogue, ``text`` the value that its words name."""

    notice_id: str
    code: str
    text: str
    at: str


@query(Permission.READ_VAULT)
def mine(tx: Transaction) -> list[Notice]:
    """What the person who is signed in has not been told yet."""
    return [
        Notice(row.notice_id, row.code, row.body, row.made_at)
        for row in tx.register.unseen_notices(tx.actor.account_id)
    ]


@command(Permission.READ_VAULT, "notice.seen", changes=(Topic.NOTICES,))
def seen(tx: Transaction, notice_id: str) -> None:
    """The notice was read."""
    tx.register.notice_seen(notice_id, tx.now())
    tx.note(notice_id)

"""What a use case is given: statements, a clock, ids, progress, and a place to say what it did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from counselroom.db.audit import Audit
from counselroom.db.connection import Connection
from counselroom.db.people import People
from counselroom.db.register import Register
from counselroom.db.settings import Batches, Settings
from counselroom.db.vault import VaultFacts
from counselroom.domain.ids import AccountId, BatchId
from counselroom.domain.people import Account
from counselroom.domain.refusal import Refusal
from counselroom.formats.identity import Identity, Slot
from counselroom.formats.keyring import Keyring
from counselroom.services.room.ports import Ports

R = TypeVar("R")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Leaving(Generic[R]):
    """Something about to leave: ``body`` goes into the register, ``send`` does it, after the intent is committed."""

    body: dict[str, Any]
    send: Callable[[], R]


@dataclass
class Wishes:
    """What a use case asks the door to do with the keyring when it commits."""

    slots: dict[AccountId, Slot] = field(default_factory=dict)
    rewrite: bool = False
    recovered: bool = False


class Transaction:
    """One use case's view of the vault; good until the use case returns.

    ``actor`` is who acts, ``identity`` their own secret keys, ``keyring`` what the disk said when the run began.
    """

    def __init__(
        self,
        db: Connection | None,
        actor: Account,
        identity: Identity,
        keyring: Keyring,
        ports: Ports,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.actor = actor
        self.identity = identity
        self.keyring = keyring
        self.ports = ports
        self.wishes = Wishes()
        self.objects: tuple[str, ...] = ("",)
        self.body: dict[str, Any] = {}
        self._db = db
        self._progress = progress
        self._cancelled = cancelled
        self._batch: BatchId | None = None

    @property
    def has_vault(self) -> bool:
        """Whether the vault is open; a holder's room has none."""
        return self._db is not None

    @property
    def db(self) -> Connection:
        """The open vault. Only members have one; the door refuses others before it comes to this."""
        if self._db is None:
            raise Refusal("access.holder")
        return self._db

    @property
    def people(self) -> People:
        """Accounts."""
        return People(self.db)

    @property
    def settings(self) -> Settings:
        """Settings and preferences."""
        return Settings(self.db)

    @property
    def register(self) -> Register:
        """What left, approvals, notices."""
        return Register(self.db)

    @property
    def vault(self) -> VaultFacts:
        """The vault's own facts."""
        return VaultFacts(self.db)

    @property
    def audit(self) -> Audit:
        """The audit chain, for reading."""
        return Audit(self.db)

    def now(self) -> str:
        """The present moment as it is stored."""
        return self.ports.stamp()

    def today(self) -> date:
        """The day on the wall of the room."""
        return self.ports.today()

    def new_id(self) -> str:
        """A fresh 128-bit id."""
        return self.ports.new_id()

    @property
    def cancelled(self) -> bool:
        """Whether the user has asked to stop."""
        return self._cancelled is not None and self._cancelled()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Reports progress, and ends the run when the user has asked to stop: everything is taken back."""
        if self.cancelled:
            raise Refusal("job.cancelled")
        if self._progress is not None:
            self._progress(done, total, text)

    def note(self, object_id: str, **body: Any) -> None:
        """What the audit entry of this run says: on what (kept as a pseudonym) and the facts."""
        self.note_each((object_id,), **body)

    def note_each(self, object_ids: Iterable[str], **body: Any) -> None:
        """As ``note``, with an entry of its own for each of several objects."""
        self.objects = tuple(object_ids) or ("",)
        self.body.update(body)

    def batch(self, action: str) -> BatchId:
        """The batch of this run, which can be undone as one."""
        if self._batch is None:
            self._batch = BatchId(self.new_id())
            Batches(self.db).add(self._batch, action, self.now(), self.actor.account_id)
            self.body["batch"] = self._batch
        return self._batch

    def put_slot(self, account_id: AccountId, slot: Slot) -> None:
        """Puts a sealed identity into the keyring when this run commits."""
        self.wishes.slots[account_id] = slot
        self.wishes.rewrite = True

    def rewrite_keyring(self, *, recovered: bool = False) -> None:
        """Has the keyring written anew from the vault's own rows when this run commits."""
        self.wishes.rewrite = True
        self.wishes.recovered = recovered

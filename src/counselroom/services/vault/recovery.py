"""Recovery sheets: making shares, printing them, typing two groups back.

Shares are never kept: they exist while they are printed, then on paper only.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counselroom.db.vault import RecoveryCheck, RecoverySet
from counselroom.domain.access import Permission, allowed
from counselroom.domain.recovery import GroupPlace, Share, check_groups, line, set_mark, tidy_group
from counselroom.domain.refusal import Refusal
from counselroom.domain.topics import Topic
from counselroom.formats import files, slip39
from counselroom.formats.bech32 import age_identity
from counselroom.formats.identity import recipient_of
from counselroom.reports import worker
from counselroom.reports.parts import Parts
from counselroom.reports.recovery_sheet import recovery_sheet
from counselroom.services import settings
from counselroom.services.room.declaration import command, leaving, query
from counselroom.services.room.transaction import Leaving, Transaction

SECRET_BYTES = 32


@dataclass(frozen=True)
class Shares:
    """Three shares with the mark of their set and the moment when they were made."""

    shares: tuple[Share, ...]
    mark: str
    made_at: str

    def __repr__(self) -> str:
        return f"Shares({self.mark})"


@dataclass(frozen=True)
class RecoveryState:
    """The set in force; ``due`` are the groups that still have to be typed back, empty when it is confirmed.

    ``may_hold``: the person who is signed in may print and renew the sheets.
    """

    mark: str
    made_at: str
    due: tuple[GroupPlace, ...]
    may_hold: bool


def new_shares(tx: Transaction) -> Shares:
    """Splits a fresh recovery secret and makes its identity a recipient of the vault key from this commit on."""
    secret = tx.ports.random_bytes(SECRET_BYTES)
    shares = slip39.split(secret)
    by_number = {share.number: share for share in shares}
    checks = [
        RecoveryCheck(place.share, place.position, by_number[place.share].groups[place.position - 1])
        for place in check_groups(shares, tx.ports.choose)
    ]
    recipient = recipient_of(age_identity(secret))
    made = RecoverySet(tx.new_id(), set_mark(shares[0]), recipient, tx.now(), tx.actor.account_id, confirmed=False)
    tx.vault.add_recovery_set(made, checks)
    tx.rewrite_keyring()
    return Shares(shares, made.mark, made.made_at)


@command(Permission.READ_VAULT, "recovery.reissued", changes=(Topic.KEYS,), rekeys=True)
def reissue(tx: Transaction) -> Shares:
    """Three new shares; the vault key is new as well, so that the old sheets open nothing from now on."""
    _check_may_hold(tx)
    made = new_shares(tx)
    tx.note("", mark=made.mark)
    return made


@query(Permission.READ_VAULT)
def state(tx: Transaction) -> RecoveryState:
    """Which set is in force and what is still due for it."""
    made = _set(tx)
    due = (
        () if made.confirmed else tuple(GroupPlace(c.share, c.position) for c in tx.vault.recovery_checks(made.set_id))
    )
    return RecoveryState(made.mark, made.made_at, due, _may_hold(tx))


@query(Permission.READ_VAULT)
def group_is_right(tx: Transaction, place: GroupPlace, digits: str) -> bool:
    """Whether one group was typed as it stands on the sheet."""
    return any(
        (check.share, check.position) == (place.share, place.position) and check.digits == tidy_group(digits)
        for check in tx.vault.recovery_checks(_set(tx).set_id)
    )


@command(Permission.READ_VAULT, "recovery.confirmed", changes=(Topic.KEYS,))
def confirm(tx: Transaction, typed: dict[GroupPlace, str]) -> None:
    """The groups were typed back from paper; refused with ``recovery.check_wrong`` while one does not fit."""
    made = _set(tx)
    for check in tx.vault.recovery_checks(made.set_id):
        if tidy_group(typed.get(GroupPlace(check.share, check.position), "")) != check.digits:
            raise Refusal("recovery.check_wrong", share=check.share, position=check.position)
    if not made.confirmed:
        tx.vault.confirm_recovery(made.set_id, tx.now(), tx.actor.account_id)
    tx.note("", mark=made.mark)


@leaving(Permission.READ_VAULT, "recovery.sheet_made", changes=(Topic.REGISTER,))
def make_sheet(tx: Transaction, shares: Shares, number: int) -> Leaving[bytes]:
    """One printable sheet as PDF bytes; entered in the register, since paper leaves the room."""
    _check_may_hold(tx)
    tx.note("", share=number, mark=shares.mark)
    share = next(share for share in shares.shares if share.number == number)
    parts = _sheet(tx, shares, share)
    return Leaving({"share": number, "mark": shares.mark}, lambda: worker.render(parts))


@leaving(Permission.READ_VAULT, "recovery.files_made", changes=(Topic.REGISTER,))
def write_files(tx: Transaction, shares: Shares, folder: Path) -> Leaving[tuple[Path, ...]]:
    """Lines and printable sheets of all three shares as files of mode 0600, for IT staff without a window."""
    _check_may_hold(tx)
    tx.note("", mark=shares.mark)
    sheets = [(share, _sheet(tx, shares, share)) for share in shares.shares]

    def send() -> tuple[Path, ...]:
        """The digits first: they are what opens the vault, whether a page can be drawn here or not."""
        made = [folder / f"share-{share.number}.{ending}" for ending in ("txt", "pdf") for share in shares.shares]
        for share in shares.shares:
            files.write(folder / f"share-{share.number}.txt", f"{line(share)}\n".encode())
        for share, parts in sheets:
            files.write(folder / f"share-{share.number}.pdf", worker.render(parts))
        return tuple(made)

    return Leaving({"mark": shares.mark}, send)


def _sheet(tx: Transaction, shares: Shares, share: Share) -> Parts:
    made, now = (datetime.fromisoformat(text).astimezone() for text in (shares.made_at, tx.now()))
    school = settings.school_name(tx)
    return recovery_sheet(share, school=school, made_on=made.date(), printed_by=tx.actor.name, printed_at=now)


def check_shares_folder(folder: Path) -> None:
    """Refuses a folder in which shares of another set lie already, and makes it when it is missing."""
    files.make_folder(folder)
    if any(files.is_file(folder / f"share-{number}.{ending}") for number in (1, 2, 3) for ending in ("txt", "pdf")):
        raise Refusal("shares.folder_used", folder=folder.name)
    if not files.is_writable(folder):
        raise Refusal("disk.read_only", file=folder.name)


def _may_hold(tx: Transaction) -> bool:
    """The lead, and whoever made the set in force until it is confirmed: after a recovery nobody else has it."""
    made = _set(tx)
    mine = not made.confirmed and made.made_by == tx.actor.account_id
    return mine or allowed(tx.actor.roles, Permission.MANAGE_KEYS)


def _check_may_hold(tx: Transaction) -> None:
    if not _may_hold(tx):
        raise Refusal("access.denied")


def _set(tx: Transaction) -> RecoverySet:
    made = tx.vault.recovery_set()
    if made is None:
        raise LookupError("a vault always has a recovery set")
    return made

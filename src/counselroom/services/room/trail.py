"""The audit trail: entries, signed tree heads, and the witness that lies outside the database."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counselroom.db.audit import Audit
from counselroom.db.connection import Connection
from counselroom.db.vault import HeadRow, VaultFacts
from counselroom.domain.chain import GENESIS, Entry, TreeHead, canonical
from counselroom.domain.refusal import Refusal
from counselroom.formats import files, sshsig, strict_json

NAMESPACE = "head@counselroom.v1"
_WITNESS_BYTES = 64 * 1024
_STEP = 1000
# A clock that was set back by more than this is an event; less is an ordinary correction.
_CLOCK_TOLERANCE = timedelta(hours=1)


@dataclass(frozen=True)
class Witness:
    """The newest signed head as it lies beside the vault."""

    vault_id: str
    n: int
    root: str
    at: str
    signature: str


def append(db: Connection, at: str, session: int, actor: str, action: str, object_id: str, body: dict[str, Any]) -> int:
    """Adds one entry in the running transaction; its number. The object is kept as a pseudonym."""
    audit = Audit(db)
    last = audit.last()
    text = canonical(body).decode()
    entry = Entry(
        n=last[0] + 1 if last else 1,
        at=at,
        counter=session,
        actor=actor,
        action=action,
        object=pseudonym(db, object_id) if object_id else "",
        body_hash=hashlib.sha256(text.encode()).digest(),
        previous=last[1] if last else GENESIS,
    )
    audit.append(entry, text)
    return entry.n


def pseudonym(db: Connection, object_id: str) -> str:
    """What stands for an object in the audit: to be found again with the school's own key only."""
    secret, _ = VaultFacts(db).school_key("pseudonym")
    return hmac.new(secret, object_id.encode(), hashlib.sha256).hexdigest()[:32]


def _signed(vault_id: str, n: int, root: str, at: str) -> bytes:
    return canonical([vault_id, n, root, at])


def sign_head(db: Connection, at: str) -> HeadRow:
    """Signs the tree head over all entries and keeps it, in the running transaction; grows from the last head."""
    facts = VaultFacts(db)
    newest = facts.newest_head()
    tree = TreeHead.resumed(newest.frontier) if newest else TreeHead()
    for entry_hash in Audit(db).hashes_after(tree.size):
        tree.append(entry_hash)
    if newest and newest.n == tree.size:
        return newest
    seed, _ = facts.school_key("signing")
    root = tree.root()
    message = _signed(facts.row().vault_id, tree.size, root.hex(), at)
    head = HeadRow(tree.size, root, tree.frontier(), at, sshsig.sign(seed, message, NAMESPACE))
    facts.add_head(head)
    return head


def short_head(head: HeadRow) -> str:
    """Four groups of four digits for the paper log."""
    return TreeHead.resumed(head.frontier).short()


def write_witness(folder: Path, vault_id: str, head: HeadRow) -> None:
    """Puts the head beside the vault, where an older database does not reach."""
    body = {"vault": vault_id, "n": head.n, "root": head.root.hex(), "at": head.at, "signature": head.signature}
    files.write(folder / files.WITNESS, json.dumps(body, indent=1).encode())


def read_witness(folder: Path) -> Witness | None:
    """The witness, or None where there is none; one that cannot be read counts as altered."""
    path = folder / files.WITNESS
    if not files.is_file(path):
        return None
    try:
        body = strict_json.loads(files.read(path, at_most=_WITNESS_BYTES))
        return Witness(body["vault"], int(body["n"]), body["root"], body["at"], body["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("witness.altered") from error


def witness_alarm(db: Connection, folder: Path) -> str | None:
    """What the witness has to say against this database: None, ``witness_altered`` or ``vault_older``."""
    try:
        witness = read_witness(folder)
    except Refusal:
        return "witness_altered"
    if witness is None:
        return None
    facts = VaultFacts(db)
    _, public = facts.school_key("signing")
    message = _signed(witness.vault_id, witness.n, witness.root, witness.at)
    if witness.vault_id != facts.row().vault_id or not sshsig.verify(public, message, witness.signature, NAMESPACE):
        return "witness_altered"
    kept = facts.head_at(witness.n)
    return None if kept and kept.root.hex() == witness.root else "vault_older"


def clock_alarm(db: Connection, now: datetime) -> str | None:
    """``clock_back`` when the newest entry lies in the future by more than an hour."""
    last = Audit(db).last()
    if last and datetime.fromisoformat(last[2]) - now > _CLOCK_TOLERANCE:
        return "clock_back"
    return None


@dataclass(frozen=True)
class ChainState:
    """The chain after a full check: first broken entry (None when whole), number of entries, root over all of them."""

    broken_at: int | None
    entries: int
    root: str


def verify(db: Connection, step: Callable[[int], None] | None = None) -> ChainState:
    """Walks the whole chain: every hash, every body, every head that was signed inside.

    ``step`` is called with the number of entries walked, now and then; it may raise to end the walk.
    """
    tree, previous, broken = TreeHead(), GENESIS, None
    facts = VaultFacts(db)
    heads = {head.n: head.root for head in facts.heads()}
    for number, (entry, stored, body) in enumerate(Audit(db).entries(), start=1):
        whole = (
            entry.n == number
            and entry.previous == previous
            and entry.digest() == stored
            and hashlib.sha256(body.encode()).digest() == entry.body_hash
        )
        tree.append(stored)
        if number in heads:
            whole = heads.pop(number) == tree.root() and whole
        if not whole and broken is None:
            broken = number
        previous = stored
        if step is not None and number % _STEP == 0:
            step(number)
    if broken is None and heads:
        broken = tree.size + 1  # a head was signed over entries that are no longer there
    return ChainState(broken, tree.size, tree.root().hex())

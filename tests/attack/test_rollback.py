"""Old files put back, entries edited with the key in hand, people who have left."""

import shutil
from pathlib import Path

import pytest

from attack.kit import (
    HOLDER,
    HOLDER_PASSPHRASE,
    LEAD,
    LEAD_PASSPHRASE,
    MEMBER,
    MEMBER_PASSPHRASE,
    Target,
    key_of,
    refused,
    snapshot,
)
from counselroom.cli import main
from counselroom.db.connection import Connection
from counselroom.domain.refusal import Exit, Refusal
from counselroom.services import people, settings
from counselroom.services.room import keyrings
from counselroom.services.vault import inspection


def _remove(target: Target, name: str) -> None:
    room = target.open()
    rows = room.run(people.accounts).result
    room.run(people.remove_account, next(row.account_id for row in rows if row.name == name))
    room.close()


def _check_exit(target: Target, tmp_path: Path) -> int:
    secret = tmp_path / "passphrase.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    return main(["vault", "check", str(target.folder), "--user", LEAD, "--passphrase-file", str(secret)])


def test_older_database_under_the_newer_witness(target: Target, tmp_path: Path) -> None:
    older = target.database.read_bytes()
    target.open().close()
    target.database.write_bytes(older)
    report = target.check()
    assert (report.chain, report.faults) == ("vault_older", ["vault_older"])
    assert _check_exit(target, tmp_path) == Exit.DAMAGED
    room = target.open()
    assert [alarm.code for alarm in room.alarms] == ["vault_older"]
    room.close()


def test_whole_folder_put_back_looks_as_it_looked_then(target: Target, tmp_path: Path) -> None:
    """The honest limit of the threat model: only a head that left the computer tells."""
    shutil.copytree(target.folder, tmp_path / "then")
    room = target.open()
    room.run(people.rotate)
    head = room.close()
    shutil.rmtree(target.folder)
    shutil.copytree(tmp_path / "then", target.folder)
    room = target.open()
    assert room.alarms == ()
    assert room.close() != head


@pytest.mark.parametrize(
    "change", [b"", b"{}", b"not json", b'{"vault": "x", "n": 1, "root": "", "at": "", "signature": ""}']
)
def test_altered_witness(target: Target, change: bytes) -> None:
    (target.folder / "witness.json").write_bytes(change)
    assert target.check().faults == ["witness_altered"]
    room = target.open()
    assert [alarm.code for alarm in room.alarms] == ["witness_altered"]
    room.close()


EDITS = {
    "body": "UPDATE audit SET body = '{}' WHERE n = 2",
    "actor": "UPDATE audit SET actor = 'nobody' WHERE n = 2",
    "time": "UPDATE audit SET at = '2020-01-01T00:00:00.000+00:00' WHERE n = 2",
    "hash": "UPDATE audit SET entry_hash = x'00' WHERE n = 2",
    "deleted in the middle": "DELETE FROM audit WHERE n = 2",
    "deleted at the end": "DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)",
    "two exchanged": "UPDATE audit SET action = CASE n WHEN 1 THEN 'people.added' ELSE 'vault.created' END WHERE n < 3",
    "head": "UPDATE tree_heads SET root = x'00'",
}


@pytest.mark.parametrize("edit", EDITS)
def test_audit_edited_by_somebody_with_the_key(edit: str, target: Target, tmp_path: Path) -> None:
    """A member with a tool of their own drops the triggers and rewrites what happened: the chain breaks."""
    db = Connection(target.database, key_of(target))
    for name in ("audit", "tree_heads"):
        for verb in ("update", "delete"):
            db.run(f"DROP TRIGGER {name}_no_{verb}")
    db.run(EDITS[edit])
    db.checkpoint()
    db.close()
    report = target.check()
    assert report.integrity == "ok"
    assert report.chain != "ok"
    assert report.faults
    assert _check_exit(target, tmp_path) == Exit.DAMAGED


def test_the_database_itself_refuses_to_forget(target: Target) -> None:
    db = Connection(target.database, key_of(target))
    try:
        for statement in ("DELETE FROM audit", "UPDATE audit SET body = ''", "DELETE FROM settings"):
            assert refused(lambda text=statement: db.run(text)) == "vault.append_only"  # type: ignore[misc]  # bound at once
    finally:
        db.close()


def test_a_removed_member_opens_nothing(target: Target) -> None:
    older = target.keyring.read_bytes()
    old_key = key_of(target, MEMBER, MEMBER_PASSPHRASE)
    _remove(target, MEMBER)
    assert refused(lambda: target.open(MEMBER, MEMBER_PASSPHRASE)) == "passphrase.wrong"
    with pytest.raises(Refusal) as caught:
        Connection(target.folder / "vault-2.db", old_key)
    assert caught.value.code == "vault.damaged"
    target.keyring.write_bytes(older)
    assert refused(lambda: target.open(MEMBER, MEMBER_PASSPHRASE)) == "vault.file_missing"
    # Even with the new file under the old name: the key is another one.
    shutil.copyfile(target.folder / "vault-2.db", target.database)
    assert refused(lambda: target.open(MEMBER, MEMBER_PASSPHRASE)) == "vault.damaged"


def test_a_removed_holder_signs_in_nowhere(target: Target) -> None:
    target.open(HOLDER, HOLDER_PASSPHRASE).close()
    _remove(target, HOLDER)
    assert refused(lambda: target.open(HOLDER, HOLDER_PASSPHRASE)) == "passphrase.wrong"


def test_old_keyring_put_back_beside_a_newer_vault_is_told(target: Target) -> None:
    """Old keyring and old database come back, the newer file still lies there: it is kept, and said."""
    older, database = target.keyring.read_bytes(), target.database.read_bytes()
    room = target.open()
    room.run(people.rotate)
    room.close()
    newer = (target.folder / "vault-2.db").read_bytes()
    target.keyring.write_bytes(older)
    target.database.write_bytes(database)
    room = target.open()
    assert {alarm.code for alarm in room.alarms} == {"vault_older", "newer_file_aside"}
    room.close()
    (aside,) = target.folder.glob("vault-2.db.aside-*")
    assert aside.read_bytes() == newer


def test_database_of_another_vault(target: Target, untouched: Target, tmp_path: Path) -> None:
    """A file of the same name from elsewhere does not open, and nothing new is made in its place."""
    target.database.write_bytes(untouched.database.read_bytes()[::-1])
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.damaged"
    assert target.check().faults == ["vault.damaged"]
    assert snapshot(target.folder) == before


def test_missing_database_is_not_made_anew(target: Target) -> None:
    target.database.unlink()
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.file_missing"
    assert snapshot(target.folder) == before


def test_read_only_looks_and_leaves_nothing(target: Target) -> None:
    before = snapshot(target.folder)
    room = target.open(read_only=True)
    assert room.run(settings.school).result.name == "云溪中学"
    assert refused(lambda: room.run(people.rotate)) == "vault.read_only"
    assert room.close() is None
    assert snapshot(target.folder) == before


def test_holder_has_no_way_to_the_vault_key(target: Target) -> None:
    keyring = keyrings.load(target.folder)
    _, identity = keyrings.open_identity(keyring, HOLDER, HOLDER_PASSPHRASE, None)
    assert refused(lambda: keyrings.vault_key(keyring, identity.age)) == "keyring.altered"
    assert refused(lambda: inspection.check(target.folder, HOLDER, HOLDER_PASSPHRASE)) == "access.holder"

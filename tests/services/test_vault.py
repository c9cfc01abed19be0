"""Opening, checking and healing a vault."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counselroom.db import migrate
from counselroom.db.connection import PRAGMAS
from counselroom.domain.access import Role
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School
from counselroom.formats import files
from counselroom.services import audit, people, settings
from counselroom.services.room.door import Alarm, Room
from counselroom.services.vault import checks, first_run, inspection, opening
from counselroom.services.vault.first_run import FirstRun
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8

NEW = "yi er san si wu liu 9"


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_wrong_name_and_a_wrong_passphrase_are_refused_alike(school: School8) -> None:
    for name in (LEAD, "没有这个人", "", "名" * 99, "\x00"):
        assert refusal(lambda n=name: opening.unlock(school.folder, n, "wrong passphrase", ports=CHEAP)) == (
            "passphrase.wrong"
        )


def test_a_passphrase_typed_in_full_width_is_the_same(school: School8) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "　" for c in LEAD_PASSPHRASE)
    opening.unlock(school.folder, LEAD, wide, ports=CHEAP).close()


def test_the_vault_opens_once(lead: Room, school: School8) -> None:
    assert refusal(school.sign_in) == "vault.open_elsewhere"


def test_a_folder_without_a_vault_is_said_to_have_none(tmp_path: Path) -> None:
    assert not opening.exists(tmp_path)
    assert refusal(lambda: opening.login_names(tmp_path)) == "keyring.missing"


def test_a_vault_is_never_made_over_another(school: School8) -> None:
    before = (school.folder / files.KEYRING).read_bytes()
    first = FirstRun(School("另一所学校", "", "", ("junior",)), "three", "别人", NEW)
    assert refusal(lambda: first_run.create(school.folder, first, CHEAP)) == "vault.exists"
    assert (school.folder / files.KEYRING).read_bytes() == before


def test_a_lost_database_is_set_aside_and_not_deleted(school: School8) -> None:
    (school.folder / files.KEYRING).unlink()
    (school.folder / files.KEYRING_COPY).unlink()
    database = next(school.folder.glob("vault-*.db"))
    content = database.read_bytes()
    first = FirstRun(School("另一所学校", "", "", ("junior",)), "four", "别人", NEW)
    made = first_run.create(school.folder, first, CHEAP)
    assert made.room.run(settings.values).result["level.scheme"] == "four"
    made.room.close()
    aside = [path for path in school.folder.iterdir() if ".aside-" in path.name]
    assert [path.read_bytes() for path in aside] == [content]


def test_what_cannot_be_a_vault_leaves_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first = FirstRun(School("云溪中学", "", "", ("junior",)), "three", LEAD, "short")
    assert refusal(lambda: first_run.create(folder, first, CHEAP)) == "passphrase.short"
    assert not folder.exists()

    def broken(_: int) -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        first_run.create(folder, replace(first, passphrase=NEW), replace(CHEAP, random_bytes=broken))
    assert not folder.exists()


def test_a_healthy_vault_checks_well(school: School8) -> None:
    report = inspection.check(school.folder, LEAD, LEAD_PASSPHRASE)
    assert (report.integrity, report.chain, report.faults) == ("ok", "ok", [])
    assert report.schema == migrate.known()[-1].number
    assert report.generation == 1
    assert report.tree_head is not None
    assert len(report.tree_head) == 64
    assert report.pragmas == {name: expected for name, (_, expected) in PRAGMAS.items()}


def test_a_check_writes_nothing(school: School8) -> None:
    before = {path.name: path.read_bytes() for path in school.folder.iterdir()}
    inspection.check(school.folder, LEAD, LEAD_PASSPHRASE)
    after = {path.name: path.read_bytes() for path in school.folder.iterdir()}
    assert {name: after[name] for name in before} == before


def test_a_keyring_that_a_crash_left_behind_is_brought_up(lead: Room, school: School8, tmp_path: Path) -> None:
    """The vault commits first; here the rename of the keyring never happened."""
    behind = (school.folder / files.KEYRING).read_bytes()
    lead.run(people.add_account, "新同事", (Role.COUNSELOR,), NEW)
    lead.close()
    (school.folder / files.KEYRING).write_bytes(behind)
    assert refusal(lambda: opening.unlock(school.folder, "新同事", NEW, ports=CHEAP)) == "passphrase.wrong"
    school.sign_in().close()
    opening.unlock(school.folder, "新同事", NEW, ports=CHEAP).close()


def test_the_passphrase_that_has_just_opened_stays_good_when_healing(lead: Room, school: School8) -> None:
    behind = (school.folder / files.KEYRING).read_bytes()
    lead.run(people.change_passphrase, LEAD_PASSPHRASE, NEW)
    lead.close()
    (school.folder / files.KEYRING).write_bytes(behind)
    room = school.sign_in()
    assert room.alarms == (Alarm("keyring_behind"),)
    room.close()
    room = school.sign_in()
    assert room.alarms == ()
    room.close()


def test_an_older_database_in_place_of_the_newer_one_is_noticed(lead: Room, school: School8, tmp_path: Path) -> None:
    lead.close()
    database = next(school.folder.glob("vault-*.db"))
    shutil.copy(database, tmp_path / "old.db")
    room = school.sign_in()
    room.run(settings.change, "lock.idle_minutes", 9)
    room.close()
    shutil.copy(tmp_path / "old.db", database)
    assert inspection.check(school.folder, LEAD, LEAD_PASSPHRASE).faults == ["vault_older"]
    room = school.sign_in()
    assert room.alarms == (Alarm("vault_older"),)
    room.close()


def test_an_older_database_under_a_newer_keyring_is_refused_and_can_be_read(
    lead: Room, school: School8, tmp_path: Path
) -> None:
    lead.close()
    database = next(school.folder.glob("vault-*.db"))
    shutil.copy(database, tmp_path / "old.db")
    room = school.sign_in()
    room.run(people.add_account, "新同事", (Role.COUNSELOR,), NEW)
    room.close()
    shutil.copy(tmp_path / "old.db", database)
    assert refusal(school.sign_in) == "vault.older"
    room = opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, read_only=True, ports=CHEAP)
    assert Alarm("vault_older") in room.alarms
    room.close()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"vault": "x", "n": 1, "root": "", "at": "", "signature": ""}', b"\xff"]
)
def test_an_altered_witness_is_an_alarm(school: School8, content: bytes) -> None:
    (school.folder / files.WITNESS).write_bytes(content)
    room = school.sign_in()
    assert room.alarms == (Alarm("witness_altered"),)
    room.close()


def test_a_clock_that_was_set_back_is_an_event(lead: Room, school: School8) -> None:
    lead.close()
    past = replace(CHEAP, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    room = opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, ports=past)
    assert room.alarms == (Alarm("clock_back"),)
    assert room.run(checks.full).result == []
    room.close()


def test_what_a_crashed_rotation_left_is_tidied_and_nothing_newer_is_deleted(school: School8) -> None:
    newer = files.vault_file(school.folder, 2)
    newer.write_bytes(b"never committed")
    room = school.sign_in()
    assert room.alarms == (Alarm("newer_file_aside"),)
    assert not newer.exists()
    aside = [path for path in school.folder.iterdir() if ".aside-" in path.name]
    assert [path.read_bytes() for path in aside] == [b"never committed"]
    room.run(people.rotate)
    files.vault_file(school.folder, 1).write_bytes(b"left over")
    room.close()
    school.sign_in().close()
    assert files.generations(school.folder) == [2]


def test_a_missing_database_is_named_and_no_empty_one_appears(school: School8) -> None:
    files.vault_file(school.folder, 1).unlink()
    assert refusal(school.sign_in) == "vault.file_missing"
    assert files.generations(school.folder) == []
    assert inspection.check(school.folder, LEAD, LEAD_PASSPHRASE).faults == ["vault.file_missing"]


def test_a_short_head_is_given_at_the_lock(lead: Room) -> None:
    head = lead.close()
    assert head is not None
    assert [len(group) for group in head.split()] == [4, 4, 4, 4]


def test_a_lost_keyring_is_replaced_by_its_copy_and_told(lead: Room, school: School8) -> None:
    lead.run(people.rotate)
    lead.close()
    (school.folder / files.KEYRING).unlink()
    assert opening.exists(school.folder)
    first = FirstRun(School("另一所学校", "", "", ("junior",)), "three", "别人", NEW)
    assert refusal(lambda: first_run.create(school.folder, first, CHEAP)) == "vault.exists"
    room = school.sign_in()
    assert room.alarms == (Alarm("keyring_from_copy"),)
    room.close()
    assert (school.folder / files.KEYRING).read_bytes() == (school.folder / files.KEYRING_COPY).read_bytes()
    school.sign_in().close()


def test_a_damaged_keyring_is_refused_even_with_a_good_copy(school: School8) -> None:
    (school.folder / files.KEYRING).write_bytes(b"{}")
    assert refusal(school.sign_in) == "keyring.damaged"


def test_a_damaged_slot_of_somebody_else_is_noticed_before_it_is_kept(school: School8) -> None:
    path = school.folder / files.KEYRING
    content = path.read_text()
    other = next(login.account_id for login in opening.login_names(school.folder) if login.name == "周岚")
    at = content.index('"sealed": "', content.index(f'"{other}": ')) + len('"sealed": "')
    path.write_text(content[:at] + ("A" if content[at] != "A" else "B") + content[at + 1 :])
    assert refusal(school.sign_in) == "keyring.altered"
    assert inspection.check(school.folder, LEAD, LEAD_PASSPHRASE).faults == ["keyring.altered"]


def test_an_old_slot_put_back_does_not_bring_the_old_passphrase_back(lead: Room, school: School8) -> None:
    """The slot is genuine and signed, but the vault knows a newer one."""
    import json

    path = school.folder / files.KEYRING
    old = json.loads(path.read_text())["slots"]
    lead.run(people.change_passphrase, LEAD_PASSPHRASE, NEW)
    me = lead.account.account_id
    lead.close()
    body = json.loads(path.read_text())
    body["slots"][me] = old[me]
    path.write_text(json.dumps(body))
    assert refusal(school.sign_in) == "keyring.altered"


def test_an_older_keyring_does_not_bring_an_old_passphrase_back(lead: Room, school: School8) -> None:
    """Two changes behind is no crash: the file is brought up, and the newer passphrase is asked for."""
    old = (school.folder / files.KEYRING).read_bytes()
    lead.run(people.change_passphrase, LEAD_PASSPHRASE, NEW)
    lead.run(people.add_account, "新同事", (Role.COUNSELOR,), NEW)
    lead.close()
    (school.folder / files.KEYRING).write_bytes(old)
    assert refusal(school.sign_in) == "keyring.renewed"
    assert refusal(school.sign_in) == "passphrase.wrong"
    opening.unlock(school.folder, LEAD, NEW, ports=CHEAP).close()


def test_a_copy_that_could_not_be_written_is_written_at_the_next_sign_in(lead: Room, school: School8) -> None:
    stale = (school.folder / files.KEYRING_COPY).read_bytes()
    lead.run(people.rotate)
    lead.close()
    (school.folder / files.KEYRING_COPY).write_bytes(stale)
    school.sign_in().close()
    assert (school.folder / files.KEYRING_COPY).read_bytes() == (school.folder / files.KEYRING).read_bytes()


def test_a_holders_new_seal_is_entered_when_the_vault_takes_it_over(
    sign_in: Callable[..., Room], school: School8
) -> None:
    sign_in("何静").run(people.change_passphrase, STAFF["何静"][1], NEW)
    room = sign_in(LEAD)
    opened = [row for row in room.run(audit.entries).result if row.action == "session.opened"]
    holder = next(row.account_id for row in room.run(people.accounts).result if row.name == "何静")
    assert opened[0].facts == {"own_passphrase_changed": [holder]}


def test_a_log_goes_aside_with_its_database(school: School8) -> None:
    newer = files.vault_file(school.folder, 2)
    for path in (newer, newer.with_name(newer.name + "-wal")):
        path.write_bytes(b"newer")
    school.sign_in().close()
    aside = sorted(path.name.rsplit("-", 1)[-1] for path in school.folder.iterdir() if ".aside-" in path.name)
    assert len(aside) == 2
    assert aside[-1] == "wal"


def test_a_long_check_ends_when_it_is_interrupted(lead: Room) -> None:
    """As the lock does it, from the window's thread."""
    import threading

    from counselroom.domain.access import Permission
    from counselroom.services.room.declaration import USE_CASES, query
    from counselroom.services.room.transaction import Transaction

    begun = threading.Event()

    @query(Permission.READ_VAULT)
    def endless(tx: Transaction) -> None:
        begun.set()
        tx.db.all("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")

    USE_CASES.pop("test_vault.endless")
    codes = []

    def run() -> None:
        codes.append(refusal(lambda: lead.run(endless)))

    thread = threading.Thread(target=run)
    thread.start()
    begun.wait(10)
    while thread.is_alive():
        lead.interrupt()
        thread.join(0.05)
    assert codes == ["job.cancelled"]
    lead.run(settings.change, "lock.idle_minutes", 5)

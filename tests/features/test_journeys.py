"""Journeys in a counsellor's words: what a person sets out to do, from the first day to the forgotten passphrase."""

import shutil
from pathlib import Path

import pytest

from attack.kit import CHEAP, NEW_PASSPHRASE, SCHOOL, refused
from counselroom.domain.access import Kind, Permission, Role
from counselroom.domain.approval import Approval, Intent
from counselroom.domain.recovery import line
from counselroom.services import audit, notices, people, settings
from counselroom.services.room import approvals, declaration
from counselroom.services.room.declaration import USE_CASES, command
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction
from counselroom.services.vault import first_run, opening, recovery, typed_shares
from counselroom.services.vault.first_run import Created, FirstRun
from counselroom.services.vault.recover import recover

TEACHER, HER_PASSPHRASE = "何若溪", "wo de xiao yuan li 01"
COLLEAGUE, HIS_PASSPHRASE = "周岚", "ta de xiao yuan li 02"
PRINCIPAL, PRINCIPALS_PASSPHRASE = "王守正", "xiao zhang de yi ju 03"


def _begin(folder: Path) -> Created:
    return first_run.create(folder, FirstRun(SCHOOL, "three", TEACHER, HER_PASSPHRASE), CHEAP)


def _sign_in(folder: Path, name: str, passphrase: str) -> Room:
    return opening.unlock(folder, name, passphrase, ports=CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "心理辅导室数据"


def test_the_first_day(folder: Path) -> None:
    """She sets the room up, prints three sheets, types two groups back, and signs in again after lunch."""
    assert not opening.exists(folder)
    created = _begin(folder)
    room, shares = created.room, created.shares
    for number in (1, 2, 3):
        assert room.run(recovery.make_sheet, shares, number).result.startswith(b"%PDF-")
    due = room.run(recovery.state).result.due
    paper = {share.number: share.groups for share in shares.shares}
    typed = {place: paper[place.share][place.position - 1] for place in due}
    wrong = dict.fromkeys(due, "0000")
    assert refused(lambda: room.run(recovery.confirm, wrong)) == "recovery.check_wrong"
    room.run(recovery.confirm, typed)
    assert room.run(recovery.state).result.due == ()
    assert [row.outcome for row in room.run(audit.left).result] == ["done"] * 3, "paper that left is in the register"
    head = room.close()
    assert head
    assert len(head.split()) == 4
    again = _sign_in(folder, TEACHER, HER_PASSPHRASE)
    assert again.run(settings.school).result == SCHOOL
    assert again.alarms == ()
    again.close()


def test_a_half_finished_first_day(folder: Path) -> None:
    """She closes the window before the sheets: the vault is there, and the sheets are still asked for."""
    _begin(folder).room.close()
    room = _sign_in(folder, TEACHER, HER_PASSPHRASE)
    assert len(room.run(recovery.state).result.due) == 2
    made = room.run(recovery.reissue).result
    paper = {share.number: share.groups for share in made.shares}
    due = room.run(recovery.state).result.due
    room.run(recovery.confirm, {place: paper[place.share][place.position - 1] for place in due})
    room.close()


def test_a_colleague_joins_and_leaves(folder: Path, tmp_path: Path) -> None:
    """He gets an account, picks a passphrase of his own, works, and is removed: from that day he opens nothing."""
    hers = _begin(folder).room
    hers.run(people.add_account, COLLEAGUE, (Role.COUNSELOR,), "yi ci xing de kou ling 9")
    hers.close()
    his = _sign_in(folder, COLLEAGUE, "yi ci xing de kou ling 9")
    his.run(people.change_passphrase, "yi ci xing de kou ling 9", HIS_PASSPHRASE)
    assert his.run(settings.school).result.name == SCHOOL.name
    assert refused(lambda: his.run(people.rotate)) == "access.denied"
    his.close()
    assert refused(lambda: _sign_in(folder, COLLEAGUE, "yi ci xing de kou ling 9")) == "passphrase.wrong"
    copy = tmp_path / "stick"
    shutil.copytree(folder, copy)
    hers = _sign_in(folder, TEACHER, HER_PASSPHRASE)
    row = next(row for row in hers.run(people.accounts).result if row.name == COLLEAGUE)
    hers.run(people.remove_account, row.account_id)
    actions = [entry.action for entry in hers.run(audit.entries).result]
    assert {"people.added", "people.passphrase_changed", "people.removed"} <= set(actions)
    hers.close()
    assert refused(lambda: _sign_in(folder, COLLEAGUE, HIS_PASSPHRASE)) == "passphrase.wrong"
    assert [name.name for name in opening.login_names(folder)] == [TEACHER]
    _sign_in(copy, COLLEAGUE, HIS_PASSPHRASE).close()  # what he copied before still opens: said in the threat model


def test_the_class_teacher_becomes_a_counsellor(folder: Path) -> None:
    """A holder gets a member's role: the same passphrase, and from now on the vault."""
    room = _begin(folder).room
    added = room.run(people.add_account, COLLEAGUE, (Role.HEAD_TEACHER,), HIS_PASSPHRASE).result
    assert added.kind is Kind.HOLDER
    room.run(people.change_roles, added.account_id, (Role.HEAD_TEACHER, Role.COUNSELOR))
    room.close()
    his = _sign_in(folder, COLLEAGUE, HIS_PASSPHRASE)
    assert his.is_member
    assert his.may(Permission.READ_VAULT)
    his.close()


def test_the_principal_approves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something needs a second person: the principal, who cannot open the vault, consents with an own passphrase."""
    monkeypatch.setattr(declaration, "USE_CASES", dict(USE_CASES))

    def asks(_: Transaction, reason: str) -> Intent:
        return Intent("feature.test", (("理由", reason),))

    @command(Permission.CHANGE_SETTINGS, "settings.changed", approval=asks)
    def weighty(tx: Transaction, reason: str) -> str:
        return reason

    room = _begin(folder).room
    room.run(people.add_account, PRINCIPAL, (Role.PRINCIPAL,), PRINCIPALS_PASSPHRASE)
    assert refused(lambda: room.run(weighty, "转介")) == "approval.missing"
    shown = room.intent_of(weighty, "转介")
    assert shown is not None

    def consent(name: str, passphrase: str, intent: Intent = shown) -> Approval:
        return approvals.approve(folder, name, passphrase, intent, ports=CHEAP)

    assert refused(lambda: consent(PRINCIPAL, "nicht dies hier")) == "passphrase.wrong"
    own = consent(TEACHER, HER_PASSPHRASE)
    assert refused(lambda: room.run(weighty, "转介", approval=own)) == "approval.same_person"
    given = consent(PRINCIPAL, PRINCIPALS_PASSPHRASE)
    assert refused(lambda: room.run(weighty, "别的", approval=given)) == "approval.altered"
    assert room.run(weighty, "转介", approval=given).result == "转介"
    assert refused(lambda: room.run(weighty, "转介", approval=given)) == "approval.used"
    newest = room.run(audit.entries, 1).result[0]
    assert "approved_by" in newest.facts
    room.close()


def test_a_forgotten_passphrase(folder: Path) -> None:
    """Two sheets from the safe and the principal's drawer: a new passphrase, new sheets, and the colleague is told."""
    created = _begin(folder)
    created.room.run(people.add_account, COLLEAGUE, (Role.COUNSELOR,), HIS_PASSPHRASE)
    created.room.close()
    sheets = [f"恢复单 第 {share.number} 份\n{line(share)}" for share in created.shares.shares]
    safe, drawer = (typed_shares.parse(text) for text in (sheets[2], sheets[0]))
    assert refused(lambda: recover(folder, [safe], TEACHER, NEW_PASSPHRASE)) == "recovery.too_few"
    recovered = recover(folder, [safe, drawer], TEACHER, NEW_PASSPHRASE, ports=CHEAP)
    assert len(recovered.room.run(recovery.state).result.due) == 2, "the new sheets have to be printed and typed back"
    recovered.room.close()
    assert refused(lambda: _sign_in(folder, TEACHER, HER_PASSPHRASE)) == "passphrase.wrong"
    assert refused(lambda: recover(folder, [safe, drawer], TEACHER, NEW_PASSPHRASE)) == "recovery.not_for_this"
    his = _sign_in(folder, COLLEAGUE, HIS_PASSPHRASE)
    (told,) = his.run(notices.mine).result
    assert told.code == "vault.recovered"
    his.close()
    _sign_in(folder, TEACHER, NEW_PASSPHRASE).close()


def test_a_colleague_forgets(folder: Path) -> None:
    """The lead gives him a new passphrase; nobody else notices anything."""
    room = _begin(folder).room
    added = room.run(people.add_account, COLLEAGUE, (Role.COUNSELOR,), HIS_PASSPHRASE).result
    room.run(people.renew_passphrase, added.account_id, NEW_PASSPHRASE)
    room.close()
    assert refused(lambda: _sign_in(folder, COLLEAGUE, HIS_PASSPHRASE)) == "passphrase.wrong"
    _sign_in(folder, COLLEAGUE, NEW_PASSPHRASE).close()
    _sign_in(folder, TEACHER, HER_PASSPHRASE).close()

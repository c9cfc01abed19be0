"""Three sheets of paper: two open the vault, and afterwards the old ones open nothing."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from counselroom.domain.recovery import GroupPlace
from counselroom.domain.refusal import Refusal
from counselroom.formats import files, slip39
from counselroom.reports import worker
from counselroom.services import audit, notices, people, settings
from counselroom.services.room.door import Alarm, Room
from counselroom.services.vault import opening, recover, recovery
from counselroom.services.vault.recovery import Shares
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8

NEW = "yi er san si wu liu 9"


def digits(shares: Shares, place: GroupPlace) -> str:
    share = next(share for share in shares.shares if share.number == place.share)
    return share.groups[place.position - 1]


@pytest.mark.parametrize("pair", list(combinations((0, 1, 2), 2)))
def test_any_two_shares_open_the_vault(school: School8, pair: tuple[int, int]) -> None:
    chosen = [school.shares.shares[number] for number in pair]
    made = recover.recover(school.folder, chosen, LEAD, NEW, ports=CHEAP)
    assert len(made.room.run(people.accounts).result) == 8
    made.room.close()
    opening.unlock(school.folder, LEAD, NEW, ports=CHEAP).close()
    with pytest.raises(Refusal):
        opening.unlock(school.folder, LEAD, LEAD_PASSPHRASE, ports=CHEAP)


def test_one_share_opens_nothing(school: School8) -> None:
    with pytest.raises(Refusal) as refused:
        recover.recover(school.folder, school.shares.shares[:1], LEAD, NEW, ports=CHEAP)
    assert refused.value.code == "recovery.too_few"


def test_after_a_recovery_the_old_shares_open_nothing_and_the_others_keep_their_passphrase(
    school: School8, sign_in: Callable[..., Room]
) -> None:
    made = recover.recover(school.folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP)
    made.room.close()
    with pytest.raises(Refusal) as refused:
        recover.recover(school.folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP)
    assert refused.value.code == "recovery.not_for_this"
    recover.recover(school.folder, made.shares.shares[1:], LEAD, NEW + "0", ports=CHEAP).room.close()
    for name in ("周岚", "何静"):
        room = sign_in(name)
        assert room.recovered_at is not None


def test_everybody_is_told_once_that_the_vault_was_recovered(school: School8) -> None:
    recover.recover(school.folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP).room.close()
    room = school.sign_in("周岚")
    (notice,) = room.run(notices.mine).result
    assert (notice.code, notice.text) == ("vault.recovered", LEAD)
    room.run(notices.seen, notice.notice_id)
    assert room.run(notices.mine).result == []
    room.close()


def test_only_a_member_recovers(school: School8) -> None:
    for name in ("王守正", "没有这个人"):
        with pytest.raises(Refusal) as refused:
            recover.recover(school.folder, school.shares.shares[:2], name, NEW, ports=CHEAP)
        assert refused.value.code == "people.unknown_member"
    school.sign_in().close()


def test_shares_of_another_school_open_nothing_here(school: School8) -> None:
    other = slip39.split(b"\x07" * 32)
    with pytest.raises(Refusal) as refused:
        recover.recover(school.folder, other[:2], LEAD, NEW, ports=CHEAP)
    assert refused.value.code == "recovery.not_for_this"


def test_recovery_goes_on_with_ordinary_rights(school: School8) -> None:
    made = recover.recover(school.folder, school.shares.shares[:2], "周岚", NEW, ports=CHEAP)
    with pytest.raises(Refusal) as refused:
        made.room.run(recover.take_over, NEW)
    assert refused.value.code == "access.denied"
    assert made.room.run(recovery.make_sheet, made.shares, 1).result.startswith(b"%PDF-")
    again = made.room.run(recovery.reissue).result
    made.room.run(recovery.confirm, {place: digits(again, place) for place in made.room.run(recovery.state).result.due})
    for call, *arguments in ((recovery.reissue,), (recovery.make_sheet, again, 1)):
        with pytest.raises(Refusal) as refused:
            made.room.run(call, *arguments)
        assert refused.value.code == "access.denied"
    made.room.run(people.change_passphrase, NEW, NEW + "1")
    made.room.close()


def test_two_groups_are_typed_back(lead: Room, school: School8) -> None:
    due = lead.run(recovery.state).result.due
    assert len({place.share for place in due}) == 2
    wrong = dict.fromkeys(due, "0000")
    if any(digits(school.shares, place) != "0000" for place in due):
        with pytest.raises(Refusal) as refused:
            lead.run(recovery.confirm, wrong)
        assert refused.value.code == "recovery.check_wrong"
    assert lead.run(recovery.group_is_right, due[0], digits(school.shares, due[0])).result
    lead.run(recovery.confirm, {place: f" {digits(school.shares, place)} " for place in due})
    assert lead.run(recovery.state).result.due == ()


def test_reissued_sheets_replace_the_old_ones(lead: Room, school: School8) -> None:
    made = lead.run(recovery.reissue).result
    assert lead.run(recovery.state).result.mark == made.mark
    assert lead.run(recovery.state).result.due
    lead.close()
    with pytest.raises(Refusal):
        recover.recover(school.folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP)
    recover.recover(school.folder, made.shares[:2], LEAD, NEW, ports=CHEAP).room.close()


def test_sheets_are_entered_in_the_register(lead: Room, school: School8) -> None:
    pdf = lead.run(recovery.make_sheet, school.shares, 2).result
    assert pdf.startswith(b"%PDF-")
    assert [(row.action, row.outcome) for row in lead.run(audit.left).result] == [("recovery.sheet_made", "done")]


def test_share_files_are_for_the_owner_alone_and_never_overwritten(lead: Room, school: School8, tmp_path: Path) -> None:
    folder = tmp_path / "恢复单 目录"
    recovery.check_shares_folder(folder)
    written = lead.run(recovery.write_files, school.shares, folder).result
    assert sorted(path.name for path in written) == sorted(
        f"share-{number}.{ending}" for number in (1, 2, 3) for ending in ("txt", "pdf")
    )
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert slip39.parse_share((folder / "share-2.txt").read_text()) == school.shares.shares[1]
    with pytest.raises(Refusal) as refused:
        recovery.check_shares_folder(folder)
    assert refused.value.code == "shares.folder_used"


def test_the_mark_is_on_the_sheet_and_in_the_vault(lead: Room, school: School8) -> None:
    assert lead.run(recovery.state).result.mark == school.shares.mark
    assert lead.run(settings.school).result.name == "云溪中学"


def test_a_holder_is_told_of_a_recovery_without_the_vault(school: School8) -> None:
    recover.recover(school.folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP).room.close()
    room = opening.unlock(school.folder, "何静", STAFF["何静"][1], ports=CHEAP)
    assert not room.is_member
    assert room.recovered_at is not None
    room.close()


def test_the_digits_are_written_even_where_no_page_can_be_drawn(
    lead: Room, school: School8, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_font(_parts: object) -> bytes:
        raise Refusal("print.no_font")

    monkeypatch.setattr(worker, "render", no_font)
    with pytest.raises(Refusal):
        lead.run(recovery.write_files, school.shares, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("share-*")) == ["share-1.txt", "share-2.txt", "share-3.txt"]
    assert lead.run(audit.left).result[0].outcome == "failed"


def test_a_recovery_with_an_old_keyring_deletes_no_newer_vault(lead: Room, school: School8) -> None:
    """Somebody put yesterday's files back over a vault that has been rotated since."""
    folder = school.folder
    yesterday = {path.name: path.read_bytes() for path in folder.iterdir()}
    lead.run(people.rotate)
    lead.close()
    newer = files.vault_file(folder, 2).read_bytes()
    for name, content in yesterday.items():
        if name.endswith((".json", ".db")):
            (folder / name).write_bytes(content)
    made = recover.recover(folder, school.shares.shares[:2], LEAD, NEW, ports=CHEAP)
    assert Alarm("newer_file_aside") in made.room.alarms
    made.room.close()
    assert [path.read_bytes() for path in folder.iterdir() if ".aside-" in path.name] == [newer]

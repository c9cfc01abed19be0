"""Recovery with one, two, three, mixed and mistyped shares."""

from dataclasses import replace

import pytest

from attack.kit import (
    CHEAP,
    HOLDER,
    HOLDER_PASSPHRASE,
    LEAD,
    LEAD_PASSPHRASE,
    MEMBER,
    MEMBER_PASSPHRASE,
    NEW_PASSPHRASE,
    Target,
    refused,
    snapshot,
)  # fmt: skip
from counselroom.domain.recovery import Share, line
from counselroom.services import notices
from counselroom.services.vault import recovery, typed_shares
from counselroom.services.vault.recover import recover


def _recover(target: Target, *numbers: int, shares: tuple[Share, ...] = (), name: str = LEAD) -> recovery.Shares:
    chosen = shares or tuple(target.shares.shares[number - 1] for number in numbers)
    created = recover(target.folder, chosen, name, NEW_PASSPHRASE, ports=CHEAP)
    created.room.close()
    return created.shares


def test_one_share_opens_nothing(target: Target) -> None:
    before = snapshot(target.folder)
    for number in (1, 2, 3):
        assert refused(lambda n=number: _recover(target, n)) == "recovery.too_few"  # type: ignore[misc]  # bound at once
        assert refused(lambda n=number: _recover(target, n, n)) == "recovery.share_same"  # type: ignore[misc]  # as above
    assert snapshot(target.folder) == before


@pytest.mark.parametrize("numbers", [(1, 2), (1, 3), (3, 2), (1, 2, 3)])
def test_two_or_three_open(target: Target, numbers: tuple[int, ...]) -> None:
    _recover(target, *numbers)
    assert refused(target.open) == "passphrase.wrong"
    target.open(LEAD, NEW_PASSPHRASE).close()
    assert target.check(LEAD, NEW_PASSPHRASE).faults == []


def test_the_others_stay_and_are_told(target: Target) -> None:
    _recover(target, 1, 2)
    room = target.open(MEMBER, MEMBER_PASSPHRASE)
    assert [notice.code for notice in room.run(notices.mine).result] == ["vault.recovered"]
    assert room.recovered_at is not None
    room.close()
    target.open(HOLDER, HOLDER_PASSPHRASE).close()


def test_another_member_recovers_for_themselves(target: Target) -> None:
    _recover(target, 2, 3, name=MEMBER)
    target.open().close()
    target.open(MEMBER, NEW_PASSPHRASE).close()
    assert refused(lambda: target.open(MEMBER, MEMBER_PASSPHRASE)) == "passphrase.wrong"


@pytest.mark.parametrize("name", [HOLDER, "谁也不是"])
def test_only_for_a_member(name: str, target: Target) -> None:
    before = target.keyring.read_bytes()
    assert refused(lambda: _recover(target, 1, 2, name=name)) == "people.unknown_member"
    assert target.keyring.read_bytes() == before
    target.open().close()


def test_old_shares_open_nothing_afterwards(target: Target) -> None:
    older_keyring, older_database = target.keyring.read_bytes(), target.database.read_bytes()
    new = _recover(target, 1, 2)
    before = snapshot(target.folder)
    assert refused(lambda: _recover(target, 1, 2)) == "recovery.not_for_this"
    assert refused(lambda: _recover(target, shares=(target.shares.shares[0], new.shares[1]))) == "recovery.shares_mixed"
    assert snapshot(target.folder) == before
    target.keyring.write_bytes(older_keyring)
    assert refused(lambda: _recover(target, 1, 2)) == "vault.file_missing"
    (target.folder / "vault-1.db").write_bytes((target.folder / "vault-2.db").read_bytes())
    assert refused(lambda: _recover(target, 1, 2)) == "vault.damaged"
    assert older_database  # with the whole folder of that day they would open that day's vault: not promised otherwise


def test_new_shares_open(target: Target) -> None:
    new = _recover(target, 1, 2)
    _recover(target, shares=new.shares[1:])
    target.open(LEAD, NEW_PASSPHRASE).close()


def test_reissued_shares_void_the_old_ones(target: Target) -> None:
    room = target.open()
    new = room.run(recovery.reissue).result
    room.close()
    assert refused(lambda: _recover(target, 1, 3)) == "recovery.not_for_this"
    _recover(target, shares=new.shares[:2])


def test_every_mistyped_group_is_named(target: Target) -> None:
    share = target.shares.shares[1]
    for position in range(5, 34):
        groups = list(share.groups)
        groups[position - 1] = f"{(int(groups[position - 1]) + 7) % 1024:04d}"
        code, values = _typed(line(replace(share, groups=tuple(groups))))
        assert (code, values) == ("recovery.share_mistyped", {"number": 2, "position": position})


def _typed(text: str) -> tuple[str, dict[str, object]]:
    from counselroom.domain.refusal import Refusal

    with pytest.raises(Refusal) as caught:
        typed_shares.parse(text)
    return caught.value.code, caught.value.values


def test_lead_passphrase_is_not_shown_by_anything(target: Target) -> None:
    """What a bug report could quote: no secret in any repr."""
    room = target.open()
    shown = f"{room!r} {room._keys!r} {room._identity!r} {target.shares!r} {target.shares.shares!r}"
    room.close()
    assert LEAD_PASSPHRASE not in shown
    assert "AGE-SECRET" not in shown
    assert line(target.shares.shares[0]) not in shown
    assert target.shares.shares[0].groups[8] not in shown

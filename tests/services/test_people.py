"""Accounts, as the lead keeps them."""

from collections.abc import Callable

import pytest

from counselroom.domain.access import Kind, Role
from counselroom.domain.refusal import Refusal
from counselroom.formats import files
from counselroom.services import people, settings
from counselroom.services.people import AccountRow
from counselroom.services.room.door import Room
from counselroom.services.vault import opening
from services.conftest import CHEAP, LEAD, LEAD_PASSPHRASE, STAFF, School8

NEW = "yi er san si wu liu 9"


def row(room: Room, name: str) -> AccountRow:
    return next(account for account in room.run(people.accounts).result if account.name == name)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_new_colleague_opens_the_vault_and_a_new_principal_does_not(lead: Room, school: School8) -> None:
    lead.run(people.add_account, "新同事", (Role.COUNSELOR,), NEW)
    lead.run(people.add_account, "新校长", (Role.PRINCIPAL, Role.OFFICE), NEW)
    lead.close()
    colleague = opening.unlock(school.folder, "新同事", NEW, ports=CHEAP)
    assert colleague.is_member
    assert row(colleague, "新校长").kind is Kind.HOLDER
    colleague.close()
    principal = opening.unlock(school.folder, "新校长", NEW, ports=CHEAP)
    assert not principal.is_member
    assert principal.account.roles == (Role.PRINCIPAL, Role.OFFICE)
    principal.close()


@pytest.mark.parametrize(
    ("name", "roles", "passphrase", "code"),
    [
        ("", (Role.COUNSELOR,), NEW, "people.name_missing"),
        ("　 ", (Role.COUNSELOR,), NEW, "people.name_missing"),
        ("名" * 41, (Role.COUNSELOR,), NEW, "people.name_unusable"),
        ("何静", (Role.COUNSELOR,), NEW, "people.name_taken"),
        ("新同事", (), NEW, "people.role_missing"),
        ("新同事", (Role.COUNTY_CLERK,), NEW, "people.role_not_here"),
        ("新同事", (Role.COUNSELOR,), "short", "passphrase.short"),
        ("新同事", (Role.COUNSELOR,), "1111111111", "passphrase.simple"),
        ("新同事新同事新", (Role.COUNSELOR,), "新同事新同事新新同事新同事新", "passphrase.simple"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_nothing_is_kept(
    lead: Room, name: str, roles: tuple[Role, ...], passphrase: str, code: str
) -> None:
    before = lead.run(people.accounts).result
    assert refusal(lambda: lead.run(people.add_account, name, roles, passphrase)) == code
    assert lead.run(people.accounts).result == before


def test_removal_closes_the_vault_to_the_person_and_changes_the_key(lead: Room, school: School8) -> None:
    old_keyring = (school.folder / files.KEYRING).read_bytes()
    before = lead.generation
    lead.run(people.remove_account, row(lead, "周岚").account_id)
    assert lead.generation == before + 1
    lead.close()
    assert refusal(lambda: opening.unlock(school.folder, "周岚", STAFF["周岚"][1], ports=CHEAP)) == "passphrase.wrong"
    (school.folder / files.KEYRING).write_bytes(old_keyring)
    assert refusal(lambda: opening.unlock(school.folder, "周岚", STAFF["周岚"][1], ports=CHEAP)) == "vault.file_missing"


def test_nobody_removes_themselves_and_the_last_lead_stays(lead: Room) -> None:
    me = lead.account.account_id
    assert refusal(lambda: lead.run(people.remove_account, me)) == "people.self_remove"
    assert refusal(lambda: lead.run(people.change_roles, me, (Role.COUNSELOR,))) == "people.last_member"
    assert refusal(lambda: lead.run(people.renew_passphrase, me, NEW)) == "people.self_renew"


def test_a_member_who_becomes_a_holder_no_longer_opens_the_vault(
    lead: Room, sign_in: Callable[..., Room], school: School8
) -> None:
    lead.run(people.change_roles, row(lead, "周岚").account_id, (Role.HEAD_TEACHER,))
    room = sign_in("周岚")
    assert not room.is_member
    assert room.account.roles == (Role.HEAD_TEACHER,)


def test_a_holder_who_becomes_a_member_opens_the_vault_with_the_same_passphrase(
    lead: Room, sign_in: Callable[..., Room]
) -> None:
    lead.run(people.change_roles, row(lead, "何静").account_id, (Role.COUNSELOR, Role.HEAD_TEACHER))
    room = sign_in("何静")
    assert room.is_member
    assert row(room, "何静").roles == (Role.COUNSELOR, Role.HEAD_TEACHER)


@pytest.mark.parametrize("name", [LEAD, "何静"])
def test_the_own_passphrase_is_changed_by_members_and_holders(
    name: str, sign_in: Callable[..., Room], school: School8
) -> None:
    old = LEAD_PASSPHRASE if name == LEAD else STAFF[name][1]
    room = sign_in(name)
    assert refusal(lambda: room.run(people.change_passphrase, "wrong one 123", NEW)) == "passphrase.wrong"
    room.run(people.change_passphrase, old, NEW)
    room.close()
    assert refusal(lambda: opening.unlock(school.folder, name, old, ports=CHEAP)) == "passphrase.wrong"
    opening.unlock(school.folder, name, NEW, ports=CHEAP).close()


def test_a_holder_who_changed_the_passphrase_keeps_it_when_the_lead_writes_the_keyring(
    sign_in: Callable[..., Room], school: School8
) -> None:
    sign_in("何静").run(people.change_passphrase, STAFF["何静"][1], NEW)
    sign_in(LEAD).run(people.add_account, "新同事", (Role.COUNSELOR,), NEW)
    sign_in(LEAD).close()
    opening.unlock(school.folder, "何静", NEW, ports=CHEAP).close()


def test_a_forgotten_passphrase_is_renewed_by_the_lead(lead: Room, school: School8) -> None:
    lead.run(people.renew_passphrase, row(lead, "周岚").account_id, NEW)
    lead.close()
    assert refusal(lambda: opening.unlock(school.folder, "周岚", STAFF["周岚"][1], ports=CHEAP)) == "passphrase.wrong"
    opening.unlock(school.folder, "周岚", NEW, ports=CHEAP).close()


def test_a_key_file_is_asked_for_by_name_and_needed(lead: Room, school: School8) -> None:
    lead.run(people.add_account, "新同事", (Role.COUNSELOR,), NEW, b"stick")
    lead.close()
    assert [login.name for login in opening.login_names(school.folder) if login.key_file] == ["新同事"]
    assert refusal(lambda: opening.unlock(school.folder, "新同事", NEW, ports=CHEAP)) == "key_file.missing"
    assert refusal(lambda: opening.unlock(school.folder, "新同事", NEW, b"other", ports=CHEAP)) == "passphrase.wrong"
    opening.unlock(school.folder, "新同事", NEW, b"stick", ports=CHEAP).close()


def test_rotation_keeps_everybody(lead: Room, sign_in: Callable[..., Room]) -> None:
    lead.run(settings.change, "lock.idle_minutes", 8)
    lead.run(people.rotate)
    for name in (LEAD, *STAFF):
        room = sign_in(name)
        if room.is_member:
            assert room.run(settings.values).result["lock.idle_minutes"] == 8

"""The permission table, as domain.md 10.2 has it for accounts, keys, backup and logs."""

import pytest

from counselroom.domain.access import (
    MEMBER_ROLES,
    SCHOOL_ROLES,
    TABLE,
    Kind,
    Permission,
    Role,
    allowed,
    kind_of,
)

HOLDERS = [
    Role.HEAD_TEACHER,
    Role.GRADE_HEAD,
    Role.VICE_PRINCIPAL,
    Role.MORAL_DIRECTOR,
    Role.PRINCIPAL,
    Role.OFFICE,
]


def test_role_codes_are_those_of_the_format() -> None:
    assert {role.value for role in Role} == {
        "counselor", "counselor_lead", "county_clerk", "head_teacher", "grade_head", "vice_principal",
        "moral_director", "principal", "office",
    }  # fmt: skip


def test_every_role_stands_in_the_table() -> None:
    assert set(TABLE) == set(Role)
    assert set(SCHOOL_ROLES) == set(Role) - {Role.COUNTY_CLERK}


@pytest.mark.parametrize("role", HOLDERS)
def test_a_holder_signs_in_approves_and_changes_the_own_passphrase_nothing_else(role: Role) -> None:
    granted = {permission for permission in Permission if allowed([role], permission)}
    assert granted == {Permission.SIGN_IN, Permission.CHANGE_OWN_PASSPHRASE, Permission.APPROVE}
    assert kind_of([role]) is Kind.HOLDER


def test_a_counselor_reads_and_sets_but_has_no_accounts_keys_or_logs() -> None:
    for permission in (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_KEYS, Permission.READ_AUDIT):
        assert not allowed([Role.COUNSELOR], permission)
    for permission in (Permission.READ_VAULT, Permission.CHANGE_SETTINGS):
        assert allowed([Role.COUNSELOR], permission)


def test_the_lead_may_all_that_a_counselor_may_and_everything_there_is() -> None:
    assert TABLE[Role.COUNSELOR] < TABLE[Role.COUNSELOR_LEAD]
    assert TABLE[Role.COUNSELOR_LEAD] == set(Permission) - {Permission.RECOVER}


def test_no_role_recovers_only_two_shares_do() -> None:
    assert not any(allowed([role], Permission.RECOVER) for role in Role)


def test_roles_add_up_and_one_member_role_makes_a_member() -> None:
    both = [Role.HEAD_TEACHER, Role.COUNSELOR]
    assert kind_of(both) is Kind.MEMBER
    assert allowed(both, Permission.READ_VAULT)
    assert all(kind_of([role]) is Kind.MEMBER for role in MEMBER_ROLES)
    assert not any(allowed([], permission) for permission in Permission)

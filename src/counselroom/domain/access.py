"""Who may do what: the one permission table.

Only members hold the vault's key. A holder's rights concern sealed files and approvals: that a holder cannot read
the vault is enforced by keys, not by this table.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Role codes; their words stand in the catalogue ([role])."""

    COUNSELOR_LEAD = "counselor_lead"
    COUNSELOR = "counselor"
    COUNTY_CLERK = "county_clerk"
    HEAD_TEACHER = "head_teacher"
    GRADE_HEAD = "grade_head"
    VICE_PRINCIPAL = "vice_principal"
    MORAL_DIRECTOR = "moral_director"
    PRINCIPAL = "principal"
    OFFICE = "office"


class Kind(StrEnum):
    """Kind of an account: a member wraps the vault key, a holder has an own identity only."""

    MEMBER = "member"
    HOLDER = "holder"


MEMBER_ROLES = frozenset({Role.COUNSELOR_LEAD, Role.COUNSELOR, Role.COUNTY_CLERK})
# A county vault is another program mode; a school's vault takes these.
SCHOOL_ROLES = tuple(role for role in Role if role is not Role.COUNTY_CLERK)


class Permission(StrEnum):
    """What a use case asks for."""

    SIGN_IN = "sign_in"
    READ_VAULT = "read_vault"
    CHANGE_SETTINGS = "change_settings"
    CHANGE_OWN_PASSPHRASE = "change_own_passphrase"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_KEYS = "manage_keys"
    READ_AUDIT = "read_audit"
    APPROVE = "approve"
    READ_STUDENTS = "read_students"
    CHANGE_STUDENTS = "change_students"
    IMPORT_ROSTER = "import_roster"
    EXPORT_STUDENTS = "export_students"
    READ_ASSESSMENTS = "read_assessments"
    CHANGE_ASSESSMENTS = "change_assessments"
    # Held by no role: two recovery shares give it, for the one act of taking over.
    RECOVER = "recover"


_EVERYONE = frozenset({Permission.SIGN_IN, Permission.CHANGE_OWN_PASSPHRASE, Permission.APPROVE})
_MEMBER = _EVERYONE | {Permission.READ_VAULT, Permission.CHANGE_SETTINGS}
_RECORDS = frozenset({
    Permission.READ_STUDENTS,
    Permission.CHANGE_STUDENTS,
    Permission.IMPORT_ROSTER,
    Permission.EXPORT_STUDENTS,
    # Answers and scores are a closed layer: who advises sees them, nobody else (domain.md 4.7 D).
    Permission.READ_ASSESSMENTS,
    Permission.CHANGE_ASSESSMENTS,
})  # fmt: skip
_KEEPER = frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_KEYS, Permission.READ_AUDIT})

# domain.md 10.2: keys, accounts, backup and logs are the lead's; a county's vault holds no student.
TABLE: dict[Role, frozenset[Permission]] = {
    Role.COUNSELOR_LEAD: _MEMBER | _RECORDS | _KEEPER,
    Role.COUNSELOR: _MEMBER | _RECORDS,
    Role.COUNTY_CLERK: _MEMBER | _KEEPER,
    Role.HEAD_TEACHER: _EVERYONE,
    Role.GRADE_HEAD: _EVERYONE,
    Role.VICE_PRINCIPAL: _EVERYONE,
    Role.MORAL_DIRECTOR: _EVERYONE,
    Role.PRINCIPAL: _EVERYONE,
    Role.OFFICE: _EVERYONE,
}


def kind_of(roles: Iterable[Role]) -> Kind:
    """The kind that a set of roles asks for."""
    return Kind.MEMBER if MEMBER_ROLES.intersection(roles) else Kind.HOLDER


def allowed(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether any of the roles carries the permission."""
    return any(permission in TABLE[role] for role in roles)

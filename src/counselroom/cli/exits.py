"""The one table of exit codes: which refusal ends a command with which code.

An unknown exception (a bug) ends with 1, as it does for any Python program, after one sentence and no traceback.
``vault check`` ends with 0 or 4 whenever it could look; its findings stand in the JSON.
"""

from counselroom.domain.refusal import Exit, Refusal

_CODES: dict[Exit, tuple[str, ...]] = {
    Exit.FAILED: ("job.cancelled",),
    # What was asked for cannot be asked for: the same command would be refused tomorrow too.
    Exit.USAGE: (
        "batch.unknown", "batch.withdrawn",
        "key_file.exists", "key_file.short",
        "location.not_absolute",
        "passphrase.short", "passphrase.simple",
        "people.name_missing", "people.name_taken", "people.name_unusable", "people.role_missing",
        "people.role_not_here", "people.role_unknown", "people.unknown",
        "school.code_class", "school.code_form", "school.code_province", "school.division_unknown",
        "school.name_missing", "school.name_unusable", "school.stage_missing", "school.stage_unknown",
        "settings.unknown", "settings.value_unusable",
    ),
    # Nothing is wrong with the files: this person, or these shares, may not or cannot.
    Exit.DENIED: (
        "access.denied", "access.holder",
        "approval.altered", "approval.missing", "approval.same_person", "approval.unknown", "approval.used",
        "key_file.missing", "keyring.renewed",
        "passphrase.wrong",
        "people.last_member", "people.self_remove", "people.self_renew", "people.unknown_member",
        "recovery.check_wrong", "recovery.group_count", "recovery.group_unreadable", "recovery.not_for_this",
        "recovery.share_foreign",
        "recovery.share_mistyped", "recovery.share_mistyped_several", "recovery.share_same", "recovery.shares_mixed",
        "recovery.too_few",
        "shares.file_unreadable",
        "vault.append_only",
    ),
    Exit.DAMAGED: (
        "disk.too_large",
        "keyring.altered", "keyring.damaged", "keyring.limits",
        "vault.copy_failed", "vault.damaged", "vault.file_missing", "vault.older",
        "witness.altered",
    ),
    Exit.VERSION: ("keyring.newer", "vault.foreign_schema", "vault.newer_schema"),
    Exit.ENVIRONMENT: (
        "demo.gone", "disk.failed", "disk.full", "disk.gone", "disk.read_only",
        "key_file.file",
        "keyring.behind",
        "keyring.lost", "keyring.missing", "vault.folder_missing",
        "location.network", "location.not_writable",
        "passphrase.file", "passphrase.no_memory",
        "print.failed", "print.glyph_missing", "print.no_font", "print.no_printer", "print.too_large", "print.too_slow",
        "shares.folder_used",
        "vault.busy", "vault.exists", "vault.open_elsewhere", "vault.pragma", "vault.read_only",
    ),
}  # fmt: skip

TABLE: dict[str, Exit] = {code: exit_code for exit_code, codes in _CODES.items() for code in codes}


def exit_of(refusal: Refusal) -> Exit:
    """The exit code of a refusal."""
    return TABLE.get(refusal.code, Exit.FAILED)

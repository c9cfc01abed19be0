"""The one table of exit codes: which refusal ends a command with which code.

An unknown exception (a bug) ends with 1, as it does for any Python program, after one sentence and no traceback.
``vault check`` ends with 0 or 4 whenever it could look; its findings stand in the JSON.
"""

from counselroom.domain.refusal import Exit, Refusal

_CODES: dict[Exit, tuple[str, ...]] = {
    # A file whose columns are another instrument's: nothing of it was scored. A file that is no questionnaire.
    Exit.FAILED: (
        "convert.not_json", "convert.too_large", "convert.unknown_kind",
        "instrument.answers_head", "instrument.answers_twice", "instrument.no_answers", "job.cancelled",
    ),
    # What was asked for cannot be asked for: the same command would be refused tomorrow too.
    Exit.USAGE: (
        "alert.closed", "alert.done_missing", "alert.unknown",
        "answers.count", "answers.differ", "answers.empty", "answers.informant", "answers.not_comparable",
        "answers.reason_missing", "answers.twice", "answers.unknown", "answers.unreadable",
        "attachment.full", "attachment.reason_missing", "attachment.too_large", "attachment.unknown",
        "batch.referred", "batch.unknown", "batch.withdrawn",
        "calendar.dates_missing", "calendar.kind_unknown", "calendar.name_missing", "calendar.no_head",
        "calendar.no_term", "calendar.outside", "calendar.span_order", "calendar.spans_overlap",
        "calendar.term_length", "calendar.term_number", "calendar.term_order", "calendar.term_outside",
        "calendar.terms_overlap",
        "codes.unknown",
        "convert.out_exists",
        "demo.size",
        "entry.date", "entry.dates_turned", "entry.reason_missing", "entry.text_missing", "entry.unknown",
        "export.columns",
        "file.not_yet",
        "guardian.name_missing", "guardian.phone", "guardian.reason_missing", "guardian.strike_reason",
        "guardian.unknown",
        "instrument.no_variant", "instrument.two_variants", "instrument.unknown",
        "key_file.exists", "key_file.short",
        "instrument.reason_missing",
        "location.not_absolute",
        "merge.already", "merge.changed", "merge.same", "merge.two_id_numbers",
        "norms.too_few",
        "occasion.name_missing", "occasion.unknown",
        "passphrase.short", "passphrase.simple",
        "people.name_missing", "people.name_taken", "people.name_unusable", "people.role_missing",
        "people.role_not_here", "people.role_unknown", "people.unknown",
        "purpose.missing",
        "school.code_class", "school.code_form", "school.code_province", "school.division_unknown",
        "school.name_missing", "school.name_unusable", "school.stage_missing", "school.stage_unknown",
        "roster.no_head", "roster.no_name_column", "roster.no_problems",
        "settings.unknown", "settings.value_unusable",
        "sheet.empty", "sheet.html", "sheet.kind", "sheet.ods", "sheet.protected", "sheet.too_large", "sheet.unknown",
        "sheet.xlsb",
        "students.birth", "students.earlier_move", "students.future_day", "students.name", "students.none_chosen",
        "students.number", "students.number_taken", "students.unknown",
        "wording.items", "wording.no_head", "wording.none", "wording.options",
        "wording.source_missing",
        "year.too_early", "year.which",
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
        "attachment.kind", "attachment.unreadable",
        "disk.too_large",
        "instrument.faulty",
        "keyring.altered", "keyring.damaged", "keyring.limits",
        "paper.too_large", "paper.unreadable",
        "picture.damaged", "picture.kind", "picture.too_large",
        "sheet.damaged",
        "vault.copy_failed", "vault.damaged", "vault.file_missing", "vault.older",
        "witness.altered",
    ),
    Exit.NOT_FOR_US: ("roster.other_school",),
    Exit.VERSION: ("keyring.newer", "vault.foreign_schema", "vault.newer_schema"),
    Exit.ENVIRONMENT: (
        "demo.folder_used", "demo.gone", "disk.failed", "disk.full", "disk.gone", "disk.read_only",
        "key_file.file",
        "keyring.behind",
        "keyring.lost", "keyring.missing", "vault.folder_missing",
        "location.network", "location.not_writable",
        "passphrase.file", "passphrase.no_memory",
        "paper.too_slow",
        "picture.too_slow",
        "print.failed", "print.folder_used", "print.glyph_missing", "print.no_font", "print.no_printer",
        "print.too_large", "print.too_slow",
        "sheet.too_slow",
        "shares.folder_used",
        "vault.busy", "vault.exists", "vault.open_elsewhere", "vault.pragma", "vault.read_only",
    ),
}  # fmt: skip

TABLE: dict[str, Exit] = {code: exit_code for exit_code, codes in _CODES.items() for code in codes}


def exit_of(refusal: Refusal) -> Exit:
    """The exit code of a refusal."""
    return TABLE.get(refusal.code, Exit.FAILED)

"""The subjects: every module of services that declares a use case, a reminder, a hit or a kind of moment.

A declaration counts once its module has been imported. Whoever reads a registry loads the subjects first, so that what
is found never depends on which page happened to be shown before. A new subject is one word here.
"""

from types import ModuleType


def load() -> tuple[ModuleType, ...]:
    """Imports every subject."""
    return (*_everyday(), *_students(), *_instruments(), *_vault())


# Imported inside, since the registries stand in some of the subjects and call ``load``.


def _everyday() -> tuple[ModuleType, ...]:
    from counselroom.services import (
        audit,
        batches,
        calendar,
        drafts,
        notices,
        people,
        search,
        settings,
        timeline,
        today,
    )

    return audit, batches, calendar, drafts, notices, people, search, settings, timeline, today


def _students() -> tuple[ModuleType, ...]:
    from counselroom.services.students import (
        attachments,
        classes,
        duplicates,
        entries,
        export,
        growth_file,
        guardians,
        intake,
        intake_problems,
        listing,
        merging,
        moments,
        printing,
        review,
        student,
        writing,
        year,
    )

    return (
        attachments, classes, duplicates, entries, export, growth_file, guardians, intake, intake_problems, listing,
        merging, moments, printing, review, student, writing, year,
    )  # fmt: skip


def _instruments() -> tuple[ModuleType, ...]:
    from counselroom.services.instruments.entry import entry, filling, occasions
    from counselroom.services.instruments.kept import alerts, norms, results, sheets
    from counselroom.services.instruments.library import blank_form, catalogue, choices, wording
    from counselroom.services.instruments.telling import cards, result_paper

    return (
        alerts, blank_form, cards, catalogue, choices, entry, filling, norms, occasions, result_paper,
        results, sheets, wording,
    )  # fmt: skip


def _vault() -> tuple[ModuleType, ...]:
    from counselroom.services.vault import checks, recover, recovery, vault_facts

    return checks, recover, recovery, vault_facts

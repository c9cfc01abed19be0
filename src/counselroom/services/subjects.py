"""The subjects: every module of services that declares a use case, a reminder, a hit or a kind of moment.

A declaration counts once its module has been imported. Whoever reads a registry loads the subjects first, so that what
is found never depends on which page happened to be shown before. A new subject is one word here.
"""

from types import ModuleType


def load() -> tuple[ModuleType, ...]:
    """Imports every subject."""
    # Inside, since the registries stand in some of the subjects and call this.
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
    from counselroom.services.vault import checks, recover, recovery, vault_facts

    return (
        audit, batches, calendar, drafts, notices, people, search, settings, timeline, today,
        attachments, classes, duplicates, entries, export, growth_file, guardians, intake, intake_problems, listing,
        merging, moments, printing, review, student, writing, year,
        checks, recover, recovery, vault_facts,
    )  # fmt: skip

"""Every use case × every role: one table, written by hand, never computed from the code that it checks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counselroom.domain.access import Role
from counselroom.domain.refusal import Refusal
from counselroom.services import subjects
from counselroom.services.room.declaration import USE_CASES
from counselroom.services.room.door import Room
from services.conftest import LEAD, STAFF, School8

subjects.load()
L, C = Role.COUNSELOR_LEAD, Role.COUNSELOR
HOLDERS = (
    Role.HEAD_TEACHER,
    Role.GRADE_HEAD,
    Role.VICE_PRINCIPAL,
    Role.MORAL_DIRECTOR,
    Role.PRINCIPAL,
    Role.OFFICE,
)
EVERYBODY = (L, C, *HOLDERS)

# use case -> who gets past the door with it.
TABLE: dict[str, tuple[Role, ...]] = {
    "alerts.close": (L, C),
    "alerts.of_student": (L, C),
    "alerts.open_tasks": (L, C),
    "attachments.add": (L, C),
    "attachments.content": (L, C),
    "attachments.listed": (L, C),
    "attachments.pages": (L, C),
    "attachments.strike": (L, C),
    "attachments.take_out": (L, C),
    "audit.entries": (L,),
    "audit.left": (L,),
    "audit.newest_head": (L, C),
    "batches.undo": (L, C),
    "blank_form.preview": (L, C),
    "blank_form.printed": (L, C),
    "calendar.of_year": (L, C),
    "calendar.put": (L, C),
    "calendar.today": (L, C),
    "calendar.years": (L, C),
    "catalogue.listed": (L, C),
    "catalogue.of": (L, C),
    "cards.of_student": (L, C),
    "checks.full": (L, C),
    "choices.choose": (L, C),
    "choices.get": (L, C),
    "classes.listed": (L, C),
    "classes.name_teacher": (L, C),
    "drafts.drop": (L, C),
    "drafts.keep": (L, C),
    "drafts.kept": (L, C),
    "drafts.of_kind": (L, C),
    "drafts.waiting": (L, C),
    "duplicates.set_apart": (L, C),
    "duplicates.suggestions": (L, C),
    "entries.history": (L, C),
    "entries.strike": (L, C),
    "entries.tag": (L, C),
    "entries.write": (L, C),
    "entry.save": (L, C),
    "entry.save_class": (L, C),
    "export.export": (L, C),  # and above 20 students with a second person
    "filling.prepare": (L, C),
    "filling.recent": (L, C),
    "growth_file.again": (L, C),
    "growth_file.open_file": (L, C),
    "growth_file.openings": (L, C),
    "guardians.history": (L, C),
    "guardians.strike": (L, C),
    "guardians.to_tell": (L, C),
    "guardians.write": (L, C),
    "intake.commit": (L, C),
    "intake.preview": (L, C),
    "intake_problems.save_problems": (L, C),
    "listing.everybody": (L, C),
    "listing.find": (L, C),
    "listing.glance": (L, C),
    "listing.one": (L, C),
    "listing.overview": (L, C),
    "listing.some": (L, C),
    "merging.merge": (L, C),
    "merging.past": (L, C),
    "merging.preview": (L, C),
    "norms.compute": (L, C),
    "norms.of": (L, C),
    "notices.mine": (L, C),
    "notices.seen": (L, C),
    "occasions.begin": (L, C),
    "occasions.listed": (L, C),
    "people.accounts": (L, C),
    "people.add_account": (L,),
    "people.change_passphrase": EVERYBODY,
    "people.change_roles": (L,),
    "people.remove_account": (L,),
    "people.renew_passphrase": (L,),
    "people.rotate": (L,),
    "printing.preview_class_list": (L, C),
    "printing.preview_file": (L, C),
    "printing.print_class_list": (L, C),
    "printing.print_file": (L, C),
    "printing.print_files": (L, C),
    "recover.take_over": (),  # two shares, no role
    "recovery.confirm": (L, C),
    "recovery.group_is_right": (L, C),
    "recovery.make_sheet": (L, C),  # and then only who holds the unconfirmed set
    "recovery.reissue": (L, C),  # as above
    "recovery.state": (L, C),
    "recovery.write_files": (L, C),  # as above
    "result_paper.preview_feedback": (L, C),
    "result_paper.preview_report": (L, C),
    "result_paper.print_feedback": (L, C),
    "result_paper.print_report": (L, C),
    "results.outdated": (L, C),
    "results.recompute": (L, C),
    "review.earlier": (L, C),
    "review.roster": (L, C),
    "review.school_year": (L, C),
    "review.years": (L, C),
    "search.search": (L, C),
    "settings.change": (L, C),
    "settings.change_school": (L, C),
    "settings.is_demo": (L, C),
    "settings.prefer": (L, C),
    "settings.remember_table": (L, C),
    "settings.school": (L, C),
    "settings.table_layout": (L, C),
    "settings.values": (L, C),
    "sheets.change": (L, C),
    "sheets.history": (L, C),
    "sheets.of_occasion": (L, C),
    "sheets.of_student": (L, C),
    "student.correct": (L, C),
    "student.correct_enrolment": (L, C),
    "student.likely": (L, C),
    "student.move": (L, C),
    "student.register": (L, C),
    "timeline.moments": (L, C),
    "today.due": (L, C),
    "today.reminders": (L, C),
    "vault_facts.facts": (L, C),
    "wording.import_pack": (L, C),
    "wording.instruments": (L, C),
    "wording.of": (L, C),
    "year.apply": (L, C),
    "year.plan": (L, C),
}

NAME_OF = {L: LEAD} | {role: name for name, (role, _) in STAFF.items()}


@pytest.fixture(scope="module")
def rooms(template: School8, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Role], Room]]:
    """A room for each role, opened once; every role has an own copy of the vault."""
    import shutil

    opened: dict[Role, Room] = {}

    def room(role: Role) -> Room:
        if role not in opened:
            folder: Path = tmp_path_factory.mktemp("room") / "vault"
            shutil.copytree(template.folder, folder)
            opened[role] = School8(folder, template.shares).sign_in(NAME_OF[role])
        return opened[role]

    yield room
    for made in opened.values():
        made.close()


def test_every_use_case_stands_in_the_table() -> None:
    own = {name for name, use_case in USE_CASES.items() if use_case.function.__module__.startswith("counselroom.")}
    assert own == set(TABLE)


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_door_admits_exactly_who_the_table_says(role: Role, rooms: Callable[[Role], Room]) -> None:
    admitted = {name for name in TABLE if _admits(rooms(role), name)}
    assert admitted == {name for name, roles in TABLE.items() if role in roles}


def _admits(room: Room, name: str) -> bool:
    try:
        room._admit(USE_CASES[name].declaration)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_is_not_admitted_does_not_reach_the_function(role: Role, rooms: Callable[[Role], Room]) -> None:
    """Called for real with senseless arguments: the refusal comes before they are looked at."""
    for name, roles in TABLE.items():
        if role not in roles:
            with pytest.raises(Refusal) as refused:
                rooms(role).run(USE_CASES[name], *[object()] * 9)
            assert refused.value.code in ("access.denied", "access.holder"), name

"""What the tests of the intake do again and again: take a roster in, and look at everything that a room can show."""

from collections.abc import Sequence
from typing import Any

import messy
from counselroom.db.generation import row_counts
from counselroom.domain.students.numbers import check_character
from counselroom.services import search, timeline
from counselroom.services.room.door import Room
from counselroom.services.students import classes, duplicates, growth_file, intake, listing
from counselroom.services.students.intake import Choices, Outcome, Preview, RosterFile

# The pupils of the template are in classes that the school year 2025 calls 八（3）班 and 八（4）班.
YEAR = Choices(school_year=2025, from_on="2025-09-01")
Rows = Sequence[Sequence[object]]


def sheet(rows: Rows, name: str = "名册") -> RosterFile:
    """A roster that went through a real .xlsx and the reading process."""
    return intake.read_file(messy.xlsx({name: rows}), "名册.xlsx")


def seen(room: Room, file: RosterFile, choices: Choices = YEAR) -> Preview:
    """What the file would change."""
    return room.run(intake.preview, file, choices).result


def taken(room: Room, file: RosterFile, choices: Choices = YEAR) -> Outcome:
    """Looked at and then carried out: the two agree."""
    before = seen(room, file, choices)
    outcome = room.run(intake.commit, file, choices).result
    assert outcome.counts == before.counts()
    assert list(outcome.problems) == before.problems()
    return outcome


def codes_of(outcome: Outcome | Preview) -> list[tuple[int, str, str]]:
    """Why rows stayed out: row, column, code."""
    problems = outcome.problems() if isinstance(outcome, Preview) else outcome.problems
    return [(problem.row, problem.column, problem.code) for problem in problems]


def lines(room: Room) -> dict[str, list[listing.StudentLine]]:
    """Everybody by name."""
    found: dict[str, list[listing.StudentLine]] = {}
    for line in room.run(listing.everybody).result:
        found.setdefault(line.name, []).append(line)
    return found


def one(room: Room, name: str) -> listing.StudentLine:
    """The only student of a name."""
    (line,) = lines(room)[name]
    return line


def rows_of_tables(room: Room) -> dict[str, int]:
    """Rows of every table that holds something of students."""
    counts = row_counts(room._open.db)
    return {name: count for name, count in counts.items() if name not in ("audit", "migrations", "tree_heads")}


def everything(room: Room) -> dict[str, Any]:
    """Every answer that the queries on students give."""
    everybody = room.run(listing.everybody).result
    uids = [line.student_uid for line in everybody]
    return {
        "everybody": everybody,
        "classes": room.run(classes.listed).result,
        "found": [room.run(listing.find, text).result for text in ("张", "zxy", "2024", "八", "九3", "530102")],
        "hits": [room.run(search.search, text, str).result for text in ("张欣怡", "li", "13800000001")],
        "files": [room.run(growth_file.again, uid).result for uid in uids],
        "moments": [room.run(timeline.moments, timeline.File(uid, (uid,))).result for uid in uids],
        "glances": [room.run(listing.glance, uid).result for uid in uids],
        "doubles": room.run(duplicates.suggestions).result,
    }


def content(room: Room) -> list[tuple[object, ...]]:
    """What the room knows of everybody, without numbers that are given as files are opened."""
    found = []
    for line in room.run(listing.everybody).result:
        file = room.run(growth_file.again, line.student_uid).result
        found.append(
            (
                *(part for name, part in line._asdict().items() if name not in ("student_uid", "file_no", "keys")),
                file.present.basics,
                sorted((person.name, person.relation, person.phone, person.legal) for person in file.guardians),
                sorted((entry.kind, entry.code, entry.evidence) for entry in file.entries),
                [(span.enrolment.from_on, span.class_name, span.enrolment.status) for span in file.history],
            )
        )
    return sorted(found, key=repr)


def identity(birth: str, serial: int, division: str = "530102") -> str:
    """A number that is right in itself: division, eight digits of birth, three of a serial, the check character."""
    seventeen = f"{division}{birth}{serial:03d}"
    return seventeen + check_character(seventeen)

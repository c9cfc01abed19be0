"""The sheet that the fictional school's office makes each September, as it is read from a file."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from counselroom import resources
from counselroom.domain.intake import heads
from counselroom.domain.intake.tables import Sheet
from counselroom.domain.students.classes import school_year_name
from counselroom.services import codes
from counselroom.services.demo.population import Population
from counselroom.services.demo.pupils import Pupil
from counselroom.services.students.classes import Names
from counselroom.services.students.intake import RosterFile

# Columns of care that ask no more than yes or no.
_FLAGS = ("migrant", "single_parent", "aid")
_CODED = ("sex", "ethnic", "id_type", "boarding")
_STAYS = "0"  # not left behind


def roster_file(people: Population, called: Names, school: str) -> RosterFile:
    """The roster of everybody who is present, classes as they are called in that school year."""
    said = _content()
    columns: list[list[str]] = said["columns"]
    pupils = sorted(people.present, key=lambda pupil: (called.order(pupil.class_id), pupil.basics.school_no))
    year = school_year_name(called.school_year, called.words)
    title = said["title"].format(school=school, year=year)
    rows = [(title, *[None] * (len(columns) - 1)), tuple(head for head, _ in columns)]
    rows += [_cells(pupil, people, called, [name for _, name in columns]) for pupil in pupils]
    sheet = Sheet(said["sheet"], tuple(rows))
    name = said["file"].format(school=school, year=year)
    return RosterFile(name, _digest(rows), heads.find_all([sheet], codes.roster_heads()))


def _cells(pupil: Pupil, people: Population, called: Names, names: Iterable[str]) -> tuple[str | None, ...]:
    known = {**vars(pupil.basics), **_relatives(pupil), **_care(pupil)}
    known |= {name: codes.name(name, known[name]) for name in _CODED}
    known |= {"class": called.long(pupil.class_id), "teacher": people.teacher(pupil.class_id)}
    return tuple(known.get(name) or None for name in names)


def _relatives(pupil: Pupil) -> dict[str, str]:
    cells: dict[str, str] = {}
    for number, relative in enumerate(pupil.family, start=1):
        group = f"guardian{number}"
        cells |= {
            f"{group}_name": relative.name,
            f"{group}_relation": codes.name("relation", relative.relation),
            f"{group}_phone": relative.phone,
            f"{group}_legal": _content()["yes" if relative.legal else "no"],
        }
    return cells


def _care(pupil: Pupil) -> dict[str, str]:
    flags = {name: str(_content()["yes" if name in pupil.said else "no"]) for name in _FLAGS}
    return {
        **flags,
        "left_behind": codes.name("left_behind", pupil.said.get("left_behind", _STAYS)),
        "disability": codes.name("disability", pupil.said.get("disability", "")),
    }


def _digest(rows: Iterable[Iterable[str | None]]) -> str:
    """What tells this sheet from another one, as the bytes of a file do."""
    text = "\n".join("\t".join(cell or "" for cell in row) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = resources.toml("demo", "school.toml")["roster"]
    return content

"""What rosters are read with in the tests of the rules: the lists that the program comes with, a fixed day."""

from collections.abc import Mapping, Sequence
from datetime import date

from counselroom.domain.intake.roster_line import RosterLine, RosterLists
from counselroom.domain.intake.tables import Column, Row, Table
from counselroom.domain.students.student import Basics, RosterRow, StudentUid
from counselroom.services import codes

TODAY = date(2025, 9, 10)


def lists(**changed: object) -> RosterLists:
    """The lists of a junior school in the school year 2025."""
    values: dict[str, object] = {
        "lists": codes.lists(), "words": codes.class_words(("junior",)), "school_year": 2025, "today": TODAY,
        "aliases": {}, "care_of_field": codes.care_of_field(), "flags": codes.flag_words(),
        "test_names": codes.test_names(), "usual_name": codes.policy_number("name.usual_most"),
    }  # fmt: skip
    return RosterLists(**{**values, **changed})  # type: ignore[arg-type]  # fields by name


def table(
    heads: Mapping[str, str], *rows: Sequence[str | None], title: str = "", lost: Mapping[int, set[int]] | None = None
) -> Table:
    """A table with these heads by field; ``lost`` are damaged places by the row's number (the first is 2)."""
    columns = tuple(Column(index, head, field) for index, (field, head) in enumerate(heads.items()))
    made = [
        Row(number, tuple(cell or None for cell in row), frozenset((lost or {}).get(number, ())))
        for number, row in enumerate(rows, start=2)
    ]
    return Table("名册", title, columns, tuple(made))


def line(name: str, row: int = 2, class_id: str = "junior-2024-3", **known: str) -> RosterLine:
    """A line that says this of somebody."""
    return RosterLine("名册", row, Basics(name, **known), class_id)


def known(uid: str, name: str, class_id: str = "junior-2024-3", status: str = "01", **more: str) -> RosterRow:
    """A student who is in the vault."""
    values: dict[str, object] = dict.fromkeys(RosterRow.__dataclass_fields__, "")
    values |= {"student_uid": StudentUid(uid), "name": name, "class_id": class_id, "status": status, "care": ()}
    return RosterRow(**{**values, "severity": None, **more})  # type: ignore[arg-type]  # fields by name

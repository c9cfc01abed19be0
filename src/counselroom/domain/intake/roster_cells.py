"""What the cells of a roster's columns mean: for each field a small function that understands one text."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from counselroom.domain.intake.roster_line import RosterLists
from counselroom.domain.students.cells import parse_date, parse_flag, parse_phone
from counselroom.domain.students.names import clean_name, is_long, name_problem
from counselroom.domain.students.numbers import NumberProblem, tidy_number, xueji_problem

# Fields that are numbers: a cell that a spreadsheet has damaged makes the whole row worthless.
NUMBERS = frozenset({"id_no", "xueji_no", "xueji_aux", "school_no", "class_seat"})
GUARDIANS = ("guardian1", "guardian2")
# Columns named after a parent say the relation themselves (GB/T 4761: 51 father, 52 mother).
PARENTS = {"father": "51", "mother": "52"}
# Columns that ask whether somebody boards: the code of boarding that a yes means, and a no (1 day pupil, 2 boarder).
ASKED = {"boards": ("2", "1"), "day_pupil": ("1", "2")}
LEFT_BEHIND = "left_behind"
CARE = (
    "migrant", "orphan", "martyr", "special_class", "disability", "aid", "single_parent",
)  # fmt: skip
YES = "yes"
# Codes of notes that say that a cell was left alone.
NOT_TAKEN = frozenset({"word_unknown", "phone_unreadable"})
_SHOWN = 20  # characters of a cell that was not understood


class Fault(NamedTuple):
    """Something about a cell, as ``Problem`` has it. Unless it is a note, the row stays out.

    ``taken`` is what is taken in all the same, empty where the cell is left alone.
    """

    code: str
    values: dict[str, object]
    is_note: bool = False
    taken: str = ""


Meaning = str | Fault
_Reader = Callable[[str, str, RosterLists], Meaning]


class ColumnMeaning(dict[str | None, Meaning]):
    """What the texts of one column mean. Empty: nothing. ``faulty``: some text had something about it.

    Each text is understood once: most columns say the same few things in thousands of rows.
    """

    def __init__(self, field: str, lists: RosterLists) -> None:
        super().__init__({None: ""})
        self._read, self._field, self._lists = _READERS[field], field, lists
        self.faulty = False

    def __missing__(self, text: str) -> Meaning:
        meaning = self[text] = self._read(text, self._field, self._lists)
        self.faulty = self.faulty or isinstance(meaning, Fault)
        return meaning


def number_fault(problem: NumberProblem) -> Fault:
    """What a number's problem says about the row."""
    return Fault(problem.code, {"expected": problem.expected, "found": problem.found})


def damaged(text: str | None) -> Fault:
    """A number of which a spreadsheet has lost digits."""
    return Fault("number_damaged", {"found": text or ""})


def _unclear(code: str, text: str) -> Fault:
    return Fault(code, {"found": text[:_SHOWN]}, is_note=True)


def _name(text: str, _field: str, lists: RosterLists) -> Meaning:
    name = clean_name(text)
    problem = name_problem(name, lists.test_names)
    if problem:
        return Fault(problem, {"found": name[:_SHOWN]})
    return (
        Fault("name_long", {"count": len(name)}, is_note=True, taken=name) if is_long(name, lists.usual_name) else name
    )


def _person(text: str, _field: str, _lists: RosterLists) -> Meaning:
    return clean_name(text)


def _plain(text: str, _field: str, _lists: RosterLists) -> Meaning:
    return " ".join(text.split())


def _number(text: str, _field: str, _lists: RosterLists) -> Meaning:
    return tidy_number(text)


def _xueji(text: str, _field: str, _lists: RosterLists) -> Meaning:
    number = tidy_number(text)
    problem = xueji_problem(number)
    return number_fault(problem) if problem else number


def _coded(text: str, field: str, lists: RosterLists) -> Meaning:
    code = lists.lists[field].find(text)
    return _unclear("word_unknown", text) if code is None else code


def _asked(text: str, field: str, lists: RosterLists) -> Meaning:
    """Yes or no by the head, or the word for boarding itself. A digit counts as an answer alone: whether 2 is the code
    of boarders there, or the second answer, cannot be known."""
    flag = parse_flag(text, lists.flags)
    if flag is not None:
        return ASKED[field][0 if flag else 1]
    return _unclear("word_unknown", text) if tidy_number(text).isdecimal() else _coded(text, "boarding", lists)


def ticked(texts: Iterable[str | None], lists: RosterLists) -> bool:
    """Whether a column holds nothing but ticks: then an empty cell is a no."""
    flags = {parse_flag(text, lists.flags) for text in set(texts) if text is not None}
    return flags == {True}


def _birth(text: str, _field: str, lists: RosterLists) -> Meaning:
    day = parse_date(text)
    if day is None:
        return Fault("date_unreadable", {"found": text[:_SHOWN]})
    if day[:10] > lists.today.isoformat():
        return Fault("date_in_future", {"found": text[:_SHOWN]})
    return day


def _phone(text: str, _field: str, _lists: RosterLists) -> Meaning:
    return parse_phone(text) or _unclear("phone_unreadable", text)


def _status(text: str, _field: str, lists: RosterLists) -> Meaning:
    statuses = lists.lists["status"]
    code = statuses.find(text)
    if code is None:
        return _unclear("word_unknown", text)
    return "" if statuses.has("event", code) else code  # "transferred in" says how somebody came, not where they are


def _care(text: str, _field: str, lists: RosterLists) -> Meaning:
    """Whatever else than "no" stands there says what it is: a kind of disability, a kind of aid."""
    return "" if parse_flag(text, lists.flags) is False else " ".join(text.split())


def _relation(text: str, _field: str, lists: RosterLists) -> Meaning:
    code = lists.lists["relation"].find(text)
    return _unclear("word_unknown", text) if code is None else code


def _yes(text: str, _field: str, lists: RosterLists) -> Meaning:
    return YES if parse_flag(text, lists.flags) else ""


_READERS: dict[str, _Reader] = {
    "name": _name, "birth": _birth, "xueji_no": _xueji, "phone": _phone, "status": _status,
    "head_teacher": _person, LEFT_BEHIND: _coded,
    **dict.fromkeys(NUMBERS - {"xueji_no"}, _number),
    **dict.fromkeys(("former_name", "address", "dorm_building", "dorm_room", "dorm_bed"), _plain),
    **dict.fromkeys(("sex", "ethnic", "id_type", "boarding"), _coded),
    **dict.fromkeys(ASKED, _asked),
    **dict.fromkeys(CARE, _care),
    **{f"{who}_name": _person for who in (*GUARDIANS, *PARENTS)},
    **{f"{who}_phone": _phone for who in (*GUARDIANS, *PARENTS)},
    **{f"{who}_relation": _relation for who in GUARDIANS},
    **{f"{who}_legal": _yes for who in GUARDIANS},
}  # fmt: skip
FIELDS = frozenset(_READERS)

"""What is being typed: whose sheets, of which questionnaire, and how far each of them is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import ItemProblem, SheetCells, differing
from counselroom.domain.instruments.sheets.keypad import Keying, Pad, keying_matters, mark_of
from counselroom.domain.students.student import StudentUid
from counselroom.services import drafts
from counselroom.services.drafts import Draft, Place
from counselroom.services.instruments.entry.filling import Prepared
from counselroom.services.students.listing import StudentLine

KIND = drafts.ANSWERS
_APART = "~"


@dataclass(frozen=True)
class Ask:
    """What was chosen before: ``student_uids`` in the order of typing, ``class_id`` where it is a whole class."""

    instrument: str
    student_uids: tuple[StudentUid, ...]
    day: str = ""
    informant: str = ""
    class_id: str = ""
    keying: Keying = Keying.PLACE


@dataclass(frozen=True)
class Session:
    """An entry that goes on: what was asked, the questionnaire, and the lines of its students."""

    ask: Ask
    ready: Prepared
    lines: tuple[StudentLine, ...]

    @property
    def form(self) -> Definition:
        """The questionnaire, its variants in force."""
        return self.ready.form

    @property
    def keying(self) -> Keying:
        """What a digit means; the place of the option where the questionnaire prints no other digits."""
        return self.ask.keying if keying_matters(self.form) else Keying.PLACE

    def place(self, uid: StudentUid) -> Place:
        """Where the draft of a student's sheet waits."""
        return place_of(self.form.bare_id, self.ready.informant, self.ready.day, uid)

    def sex(self, uid: StudentUid) -> str:
        """As questionnaires say it; empty where it is not known."""
        person = self.ready.people.get(uid)
        return person.sex if person else ""


def place_of(instrument: str, informant: str, day: str, uid: StudentUid) -> Place:
    """Where the draft of one sheet waits."""
    return Place.of(KIND, uid, _APART.join((instrument, informant, day)))


def asked_by(draft: Draft, class_id: str = "", others: Sequence[StudentUid] = ()) -> Ask:
    """What a draft is a draft of; for a class with the students in whose order it is typed."""
    parts = draft.place.thing.split(_APART)
    keying = Keying.CODE if draft.typed.get("keying") == Keying.CODE else Keying.PLACE
    return Ask(parts[0], tuple(others) or (draft.place.student_uid,), parts[2], parts[1], class_id, keying)


@dataclass(frozen=True)
class Work:
    """One sheet. ``first``: what was typed first, while somebody types it again without looking. ``checked``: typed
    twice, and the two agree. ``problems``: pasted cells that were not understood, by item."""

    pad: Pad
    first: Pad | None = None
    checked: bool = False
    pasted: bool = False
    problems: Mapping[str, ItemProblem] = field(default_factory=dict)

    def typed(self, pad: Pad) -> "Work":
        """Another state of the sheet; what was typed at an item settles its problem and what was checked."""
        changed = {
            item.number
            for item, one, other in zip(pad.form.items, self.pad.marks, pad.marks, strict=True)
            if one != other
        }
        open_ = {number: problem for number, problem in self.problems.items() if number not in changed}
        return replace(self, pad=pad, checked=self.checked and not changed, problems=open_)

    def again(self) -> "Work":
        """From the beginning a second time; the first time is put aside."""
        return Work(Pad.empty(self.pad.form), self.pad, pasted=self.pasted)

    def back(self) -> "Work":
        """The second time is given up."""
        return self if self.first is None else Work(self.first, pasted=self.pasted)

    def different(self) -> tuple[str, ...]:
        """The items in which the two times differ."""
        if self.first is None:
            return ()
        return differing(self.pad.form, self.first.cells(), self.pad.cells())

    def agreed(self, marks: Mapping[str, str]) -> "Work":
        """Both times agree, with these answers at the items where they differed."""
        numbers = self.pad.form.numbers()
        settled = tuple(marks.get(number, mark) for number, mark in zip(numbers, self.pad.marks, strict=True))
        return Work(Pad(self.pad.form, settled, len(settled)), checked=True, pasted=self.pasted)

    def with_row(self, row: SheetCells) -> "Work":
        """A pasted row in the place of everything; one stands at the first cell that was not understood."""
        form = self.pad.form
        marks = tuple(
            mark_of(form.responses_of(number), cell) for number, cell in zip(form.numbers(), row.texts, strict=True)
        )
        problems = {problem.item: problem for problem in row.problems}
        at = form.numbers().index(row.problems[0].item) if row.problems else len(marks)
        return Work(Pad(form, marks, at), self.first, pasted=True, problems=problems)

    def kept(self, keying: Keying) -> dict[str, Any]:
        """As a draft keeps it; nothing where nothing was typed."""
        if not self.pad.begun and self.first is None:
            return {}
        body: dict[str, Any] = {"marks": list(self.pad.marks), "at": self.pad.at, "keying": keying.value}
        if self.first is not None:
            body["first"] = list(self.first.marks)
        flags = {"checked": self.checked, "pasted": self.pasted}
        return {**body, **{name: True for name, on in flags.items() if on}}


def put_back(form: Definition, typed: Mapping[str, Any]) -> Work | None:
    """What a draft keeps; None where it was typed of another version of the questionnaire."""
    marks, first = typed.get("marks"), typed.get("first")
    count = len(form.items)
    if not isinstance(marks, list) or len(marks) != count or (first is not None and len(first) != count):
        return None
    pad = Pad(form, tuple(marks)).moved(int(typed.get("at", 0)))
    before = Pad(form, tuple(first), count) if first is not None else None
    try:  # variants may have been chosen since: then there may be fewer options
        pad.cells()
        if before is not None:
            before.cells()
    except (IndexError, ValueError):
        return None
    return Work(pad, before, bool(typed.get("checked")), bool(typed.get("pasted")))

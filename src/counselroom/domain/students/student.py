"""A student and what the growth file holds of them: plain rows, dates as ISO text, codes of resources/codes."""

from dataclasses import dataclass, fields, replace
from typing import NewType

StudentUid = NewType("StudentUid", str)


@dataclass(frozen=True)
class Provenance:
    """Where a row came from: when it was written down, by which account, how, and with which batch.

    ``source`` is ``typed`` or ``import``; ``place`` is then ``sheet!row`` of the file.
    """

    made_at: str
    made_by: str
    source: str
    place: str = ""
    batch_id: str = ""


@dataclass(frozen=True)
class Basics:
    """Part A of the growth file as it was stated at one time; empty text where nothing is known.

    ``birth`` is an ISO date, or year and month alone. Numbers are text and keep their leading zeros.
    """

    name: str
    former_name: str = ""
    sex: str = ""
    birth: str = ""
    ethnic: str = ""
    id_type: str = ""
    id_no: str = ""
    xueji_no: str = ""
    xueji_aux: str = ""
    school_no: str = ""
    class_seat: str = ""
    boarding: str = ""
    dorm_building: str = ""
    dorm_room: str = ""
    dorm_bed: str = ""
    address: str = ""
    phone: str = ""

    def filled_from(self, newer: "Basics") -> "Basics":
        """These basics with whatever ``newer`` states; what it leaves empty says nothing and stays."""
        stated = {name: getattr(newer, name) for name in BASICS if getattr(newer, name)}
        return replace(self, **stated)

    def differences(self, other: "Basics") -> tuple[str, ...]:
        """Names of the fields in which the two differ."""
        return tuple(name for name in BASICS if getattr(self, name) != getattr(other, name))


BASICS = tuple(field.name for field in fields(Basics))


@dataclass(frozen=True)
class BasicsVersion:
    """One statement of the basics, with where it came from."""

    version_id: int
    student_uid: StudentUid
    basics: Basics
    pinyin: str
    made: Provenance


@dataclass(frozen=True)
class Enrolment:
    """From ``from_on`` on the student is in the class with the status; ``to_on`` is the day before the next row.

    ``class_id`` may be empty (a leaver of whom no class is known). ``destination`` is where a leaver went.
    """

    enrolment_id: int
    student_uid: StudentUid
    from_on: str
    class_id: str
    status: str
    reason: str
    destination: str
    made: Provenance
    to_on: str = ""


@dataclass(frozen=True)
class Guardian:
    """Somebody who answers for the student. ``do_not_contact``: told nothing (suspected harm, a court's order).

    Whoever tells a guardian something takes ``guardians.addressees`` and never looks at the flag itself.
    """

    guardian_id: str
    student_uid: StudentUid
    name: str
    relation: str = ""
    relation_note: str = ""
    legal: bool = False
    lives_with: bool = False
    works_away: bool = False
    phone: str = ""
    phone_2: str = ""
    best_time: str = ""
    do_not_contact: bool = False
    do_not_contact_reason: str = ""
    void: bool = False
    made: Provenance | None = None


@dataclass(frozen=True)
class Entry:
    """One thing written into the file: ``kind`` is care, consent, event, strength or background.

    ``code`` is of the kind's code list. ``state`` is the consent state. ``from_on`` and ``to_on`` are ISO dates (an
    event may be known to the month or the year). ``evidence`` is on what paper or whose word it rests.
    """

    entry_id: str
    student_uid: StudentUid
    kind: str
    code: str
    state: str = ""
    from_on: str = ""
    to_on: str = ""
    text: str = ""
    evidence: str = ""
    void: bool = False
    made: Provenance | None = None


@dataclass(frozen=True)
class Attachment:
    """A paper kept in the vault; its content is read on its own."""

    attachment_id: str
    student_uid: StudentUid
    title: str
    mime: str
    size: int
    made: Provenance


@dataclass(frozen=True)
class RosterRow:
    """How a student stands now: the row of lists and of the search.

    ``care`` are codes of the care categories in force; ``severity`` is the level, None until somebody has assessed the
    student; ``keys`` are the ways in which the student may be searched, each between bars.
    """

    student_uid: StudentUid
    file_no: str
    name: str
    pinyin: str
    sex: str
    birth: str
    id_no: str
    xueji_no: str
    school_no: str
    class_seat: str
    boarding: str
    dorm: str
    class_id: str
    status: str
    status_from: str
    care: tuple[str, ...]
    severity: int | None
    keys: str


def in_force(from_on: str, to_on: str, day: str) -> bool:
    """Whether what holds from one day to another holds on ``day`` (ISO); empty is open.

    What is known to the month or the year alone begins on its first day and counts to its end.
    """
    return from_on <= day and (not to_on or day[: len(to_on)] <= to_on)


def age_on(birth: str, day: str) -> int | None:
    """Full years on a day (ISO texts); None unless the day of birth is known."""
    if len(birth) != 10:
        return None
    return int(day[:4]) - int(birth[:4]) - (day[5:10] < birth[5:])

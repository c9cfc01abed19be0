"""Who a line of a roster is: the matching ladder (domain.md 6.5), from the strongest ground to the weakest.

Every line is matched with the roster as it stood before the file, never with other lines, so that the order of the
rows changes nothing. Never by the name alone across classes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from counselroom.domain.intake.roster_line import RosterLine
from counselroom.domain.students.names import name_key
from counselroom.domain.students.numbers import is_school_wide
from counselroom.domain.students.student import RosterRow, StudentUid


class Rung(IntEnum):
    """The ground of a match; those from ``SIMILAR`` on need somebody's word."""

    NONE = 0
    XUEJI = 1
    ID = 2
    SCHOOL_NO = 3
    CLASS_NAME = 4
    SIMILAR = 5
    NAME_BIRTH = 6
    DECIDED = 7  # a person has said who it is

    @property
    def strength(self) -> int:
        """Which of two grounds goes before the other (the larger one); somebody's word before all."""
        return self if self is Rung.DECIDED else -self


class Match(NamedTuple):
    """Who a line is. ``doubt`` is a code when it cannot be told without a person; ``candidates`` are who it may be."""

    rung: Rung = Rung.NONE
    student_uid: StudentUid | None = None
    doubt: str = ""
    candidates: tuple[StudentUid, ...] = ()


NOBODY = Match()
_WHOLE_DATE = 10


class Matcher:
    """The roster, looked up by everything that may tell a student. ``is_present`` says it of a status code."""

    def __init__(
        self,
        rows: Iterable[RosterRow],
        similar: Callable[[str], str],
        is_present: Callable[[str], bool] = lambda _status: True,
    ) -> None:
        self._similar = similar
        self._is_present = is_present
        self._rows: dict[StudentUid, RosterRow] = {}
        self._by_xueji: dict[str, list[StudentUid]] = defaultdict(list)
        self._by_id: dict[str, list[StudentUid]] = defaultdict(list)
        self._by_school_no: dict[tuple[str, str], list[StudentUid]] = defaultdict(list)
        self._by_class_name: dict[tuple[str, str], list[StudentUid]] = defaultdict(list)
        self._by_class_similar: dict[tuple[str, str], list[StudentUid]] = defaultdict(list)
        self._by_name_birth: dict[tuple[str, str], list[StudentUid]] = defaultdict(list)
        for row in rows:
            self._add(row)

    def row(self, student_uid: StudentUid) -> RosterRow:
        """How a student stands."""
        return self._rows[student_uid]

    def __contains__(self, student_uid: object) -> bool:
        return student_uid in self._rows

    def _add(self, row: RosterRow) -> None:
        uid, name = row.student_uid, name_key(row.name)
        self._rows[uid] = row
        if row.xueji_no:
            self._by_xueji[row.xueji_no].append(uid)
        if row.id_no:
            self._by_id[row.id_no].append(uid)
        if row.school_no:
            self._by_school_no[row.school_no, name].append(uid)
        if row.class_id:
            self._by_class_name[row.class_id, name].append(uid)
            self._by_class_similar[row.class_id, self._similar(row.name)].append(uid)
        if row.birth:
            self._by_name_birth[name, row.birth].append(uid)

    def match(self, line: RosterLine) -> Match:
        """The student of a line, nobody, or a doubt."""
        if not self._rows:
            return NOBODY
        basics, name = line.basics, name_key(line.basics.name)
        by_number = self._by_number(line)
        if by_number is not None:
            return by_number
        if basics.school_no and (found := self._by_school_no.get((basics.school_no, name))):
            fitting = [uid for uid in self._fitting(line, found) if self._is_school_wide(line, self._rows[uid])]
            if fitting:
                return self._one(line, fitting, Rung.SCHOOL_NO)
            if is_school_wide(basics.school_no):
                # Name and number of the school agree, and another fact does not: one of them is written wrongly.
                return Match(Rung.SCHOOL_NO, doubt="facts_differ", candidates=tuple(found))
        if line.class_id and (found := self._by_class_name.get((line.class_id, name))):
            fitting = self._fitting(line, found)
            if fitting:
                return self._in_class(line, fitting)
        return self._weak(line, name)

    def _by_number(self, line: RosterLine) -> Match | None:
        basics = line.basics
        by_xueji = self._by_xueji.get(basics.xueji_no, []) if basics.xueji_no else []
        by_id = self._by_id.get(basics.id_no, []) if basics.id_no else []
        if not by_xueji and not by_id:
            return None
        found = tuple(dict.fromkeys((*by_xueji, *by_id)))
        if len(found) > 1:
            return Match(doubt="numbers_disagree", candidates=found)
        uid, rung = found[0], Rung.XUEJI if by_xueji else Rung.ID
        row = self._rows[uid]
        other_name = name_key(row.name) != name_key(basics.name)
        both_numbers = bool(by_xueji and by_id)
        if other_name and self._similar(row.name) != self._similar(basics.name):
            # One digit of a neighbour's number, a slipped row, or a new name: only a person can tell. Both numbers say
            # no more than one: an enrolment number with G holds the identity number.
            return Match(rung, doubt="name_differs", candidates=(uid,))
        if not both_numbers and self._contradicts(line, row):
            return Match(rung, doubt="facts_differ", candidates=(uid,))
        return Match(rung, uid)

    def _fitting(self, line: RosterLine, uids: list[StudentUid]) -> list[StudentUid]:
        return [uid for uid in uids if not self._contradicts(line, self._rows[uid])]

    def _contradicts(self, line: RosterLine, row: RosterRow) -> bool:
        """Whether both state the same thing differently: then it is somebody else of that name."""
        stated = line.basics
        pairs = (
            (stated.xueji_no, row.xueji_no),
            (stated.id_no, row.id_no),
            (stated.sex, row.sex),
            (stated.birth[: len(row.birth)], row.birth[: len(stated.birth)]),
        )
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)

    def _in_class(self, line: RosterLine, uids: list[StudentUid]) -> Match:
        """By class and name, unless the numbers say that it may be another of that name."""
        found = self._one(line, uids, Rung.CLASS_NAME)
        if found.student_uid is not None and self._other_number(line, self._rows[found.student_uid]):
            return Match(Rung.CLASS_NAME, doubt="same_name", candidates=tuple(uids))
        return found

    def _other_number(self, line: RosterLine, row: RosterRow) -> bool:
        """Whether line and file have numbers that differ: of two of one name in a class each has an own one. Who was
        born on the very day was given a new number. A seat is another each year, but nobody sits on a leaver's."""
        stated = line.basics
        if len(stated.birth) == _WHOLE_DATE and stated.birth == row.birth:
            return False
        if is_school_wide(stated.school_no) and is_school_wide(row.school_no):
            return stated.school_no != row.school_no
        if self._is_present(row.status):
            return False
        pairs = ((stated.school_no, row.school_no), (stated.class_seat, row.class_seat))
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)

    def _one(self, line: RosterLine, uids: list[StudentUid], rung: Rung) -> Match:
        if len(uids) > 1:
            told = [uid for uid in uids if self._told_apart(line, self._rows[uid])]
            if len(told) != 1:
                return Match(rung, doubt="same_name", candidates=tuple(uids))
            uids = told
        return Match(rung, uids[0])

    def _is_school_wide(self, line: RosterLine, row: RosterRow) -> bool:
        """A short number is a seat in the class (1 to 60 in most rosters): it tells nobody outside of the class."""
        return is_school_wide(line.basics.school_no) or line.class_id == row.class_id

    def _told_apart(self, line: RosterLine, row: RosterRow) -> bool:
        """Whether something besides the name says that this one of several is meant."""
        stated = line.basics
        return any(
            mine and mine == theirs
            for mine, theirs in (
                (stated.birth, row.birth),
                (stated.school_no, row.school_no),
                (stated.class_seat, row.class_seat),
            )
        )

    def _weak(self, line: RosterLine, name: str) -> Match:
        basics = line.basics
        similar = self._by_class_similar.get((line.class_id, self._similar(basics.name)), []) if line.class_id else []
        fitting = [
            uid
            for uid in self._fitting(line, similar)
            # The same name with other facts is somebody else, not a way of writing.
            if name_key(self._rows[uid].name) != name
        ]
        if fitting:
            return Match(Rung.SIMILAR, doubt="similar_name", candidates=tuple(fitting))
        born = self._by_name_birth.get((name, basics.birth), []) if len(basics.birth) == _WHOLE_DATE else []
        fitting = self._fitting(line, born)
        if fitting:
            return Match(Rung.NAME_BIRTH, doubt="same_name_and_birth", candidates=tuple(fitting))
        return NOBODY

"""The plan for a new school year: who goes up, moves, comes, leaves, and what is in doubt.

Classes are named after the year in which they entered, so that going up is not a change: the plan shows it, and
writes nothing for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from counselroom.domain.intake.planning import Action, Planned
from counselroom.domain.students.classes import ClassKey, ClassWords, is_left
from counselroom.domain.students.names import name_key
from counselroom.domain.students.student import RosterRow, StudentUid

# Decisions on somebody whom the file does not list: a status code, or this.
STAYS = "stay"


class Change(StrEnum):
    """What the new year means for a student; the words stand in the catalogue ([year])."""

    PROMOTED = "promoted"
    MOVED = "moved"
    REPEATS = "repeats"
    SKIPS = "skips"
    NEXT_STAGE = "next_stage"
    NEW = "new"
    RETURNED = "returned"
    GRADUATED = "graduated"
    GONE = "gone"
    UNLISTED = "unlisted"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class YearItem:
    """One student of the plan. ``planned`` is the line of the file, ``student_uid`` who is in the vault.

    ``decision`` is what will be written for somebody whom the file does not list: a status code, or ``stay``.
    """

    change: Change
    name: str
    from_class: str
    to_class: str
    planned: Planned | None = None
    student_uid: StudentUid | None = None
    decision: str = ""


@dataclass(frozen=True)
class Defaults:
    """Status codes that are proposed for those who leave, and when somebody counts as such.

    A year group is listed when the file names ``listed_percent`` of it; with less the file is one of single classes,
    and who is not in it has not left.
    """

    graduated: str
    gone: str
    listed_percent: int


def year_items(
    planned: Sequence[Planned],
    rows: Sequence[RosterRow],
    present: Iterable[StudentUid],
    decisions: Mapping[StudentUid, str],
    year: int,
    words: ClassWords,
    defaults: Defaults,
) -> tuple[YearItem, ...]:
    """The plan: the lines of the file in their order, then those whom it does not list, by class and name.

    ``rows`` is everybody in the vault, ``present`` who is in the school now, ``decisions`` what was said about those
    whom the file does not list.
    """
    by_uid = {row.student_uid: row for row in rows}
    listed = {uid for row in planned for uid in (row.match.student_uid, *row.match.candidates) if uid}
    items = [_of_line(row, by_uid) for row in planned]
    at_school = set(present)
    missing = [row for row in rows if row.student_uid in at_school and row.student_uid not in listed]
    complete = _complete(planned, [row for row in rows if row.student_uid in at_school], defaults.listed_percent)
    # Who stands in a row that is kept out has not left; which student that is can be told by the name alone.
    kept_out = {name_key(row.line.basics.name) for row in planned if row.action is Action.BAD}
    for row in missing:
        item = _of_missing(row, complete, year, words, defaults)
        if name_key(row.name) in kept_out:
            item = replace(item, decision=STAYS)
        items.append(replace(item, decision=decisions.get(row.student_uid, item.decision)))
    return tuple(items)


def _of_line(row: Planned, by_uid: Mapping[StudentUid, RosterRow]) -> YearItem:
    line, uid = row.line, row.match.student_uid
    now = by_uid.get(uid) if uid else None
    from_class, name = now.class_id if now else "", line.basics.name or (now.name if now else "")
    to_class = line.class_id or from_class
    if row.action is Action.BAD:
        change = Change.DOUBTFUL if row.match.candidates else Change.BAD
        return YearItem(change, name, from_class, line.class_id, row, uid)
    if now is None:
        return YearItem(Change.NEW, name, "", to_class, row, None)
    change = Change.RETURNED if row.status is not None and not line.status else _move(from_class, to_class)
    return YearItem(change, name, from_class, to_class, row, uid)


def _move(from_class: str, to_class: str) -> Change:
    if from_class == to_class:
        return Change.PROMOTED
    if not from_class:
        return Change.MOVED
    old, new = ClassKey.from_id(from_class), ClassKey.from_id(to_class)
    if old.stage != new.stage:
        return Change.NEXT_STAGE
    if old.entry_year == new.entry_year:
        return Change.MOVED
    return Change.REPEATS if new.entry_year > old.entry_year else Change.SKIPS


def grade_doubts(moves: Iterable[tuple[str, str]], percent: int) -> tuple[str, ...]:
    """``most_skips`` and ``most_repeats`` (words under [year]): in some year group more than ``percent`` of those who
    are in the file skip a grade, or repeat one.

    ``moves`` are class ids before and in the file. One pupil alone is no year group: some do repeat.
    """
    groups: dict[tuple[str, int], Counter[Change]] = {}
    for from_class, to_class in moves:
        if from_class and to_class:
            groups.setdefault(_group(from_class), Counter())[_move(from_class, to_class)] += 1
    return tuple(
        f"most_{change}"
        for change in (Change.SKIPS, Change.REPEATS)
        if any(found[change] > 1 and 100 * found[change] > percent * found.total() for found in groups.values())
    )


def _of_missing(
    row: RosterRow,
    complete: set[tuple[str, int]],
    year: int,
    words: ClassWords,
    defaults: Defaults,
) -> YearItem:
    change, decision = Change.UNLISTED, STAYS
    if row.class_id:
        key = ClassKey.from_id(row.class_id)
        if is_left(key, year, words):
            change, decision = Change.GRADUATED, defaults.graduated
        elif (key.stage, key.entry_year) in complete:
            change, decision = Change.GONE, defaults.gone
    return YearItem(change, row.name, row.class_id, "", None, row.student_uid, decision)


def _complete(planned: Iterable[Planned], at_school: Iterable[RosterRow], percent: int) -> set[tuple[str, int]]:
    """Year groups (stage, year of entry) that the file lists as a whole."""
    in_file = Counter(_group(row.line.class_id) for row in planned if row.line.class_id)
    before = Counter(_group(row.class_id) for row in at_school if row.class_id)
    return {group for group, count in in_file.items() if 100 * count >= percent * before[group]}


def _group(class_id: str) -> tuple[str, int]:
    key = ClassKey.from_id(class_id)
    return key.stage, key.entry_year

"""Files that may be two of one student: suggested to somebody who decides, never merged by themselves."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from counselroom.domain.students.names import name_key
from counselroom.domain.students.numbers import ID_LENGTH, is_school_wide
from counselroom.domain.students.student import RosterRow, StudentUid

# Reasons, with what each says about two files being one: an order among suggestions, and nothing more.
ID_NO, XUEJI_NO, SCHOOL_NO = "id_no", "xueji_no", "school_no"
NAME_BIRTH, SIMILAR_BIRTH, NAME_CLASS, SIMILAR_SEAT = "name_birth", "similar_birth", "name_class", "similar_seat"
SCORES = {ID_NO: 95, XUEJI_NO: 95, SCHOOL_NO: 85, NAME_BIRTH: 80, SIMILAR_BIRTH: 60, NAME_CLASS: 55, SIMILAR_SEAT: 50}
# Everybody of a larger group is compared with its oldest file alone: rows of nonsense must not cost their square.
_GROUP = 8
_SEXES = frozenset("12")  # GB/T 2261.1: the others say that it is not known


@dataclass(frozen=True)
class Suggestion:
    """Two files that may be of one student; ``first`` is the one that was opened earlier. Reasons: the best first."""

    first: StudentUid
    second: StudentUid
    score: int
    reasons: tuple[str, ...]


# A row with its name as names are compared: the very name, and with variant characters counted as one.
_Candidate = tuple[RosterRow, str, str]
# What two files have to share to be compared at all; empty where a file lacks it.
_Key = Callable[[_Candidate], str]
_KEYS: tuple[tuple[str, _Key], ...] = (
    (ID_NO, lambda one: one[0].id_no),
    (XUEJI_NO, lambda one: one[0].xueji_no),
    (SCHOOL_NO, lambda one: f"{one[0].school_no} {one[1]}" if is_school_wide(one[0].school_no) else ""),
    (SIMILAR_BIRTH, lambda one: one[0].birth and f"{one[0].birth} {one[2]}"),
    (SIMILAR_BIRTH, lambda one: one[0].birth and f"{one[0].birth} {one[0].pinyin}"),
    (SIMILAR_SEAT, lambda one: one[0].class_id and f"{one[0].class_id} {one[2]}"),
    (SIMILAR_SEAT, lambda one: one[0].class_id and f"{one[0].class_id} {one[0].pinyin}"),
)


def suggest(
    rows: Iterable[RosterRow], apart: Collection[tuple[StudentUid, StudentUid]], variants: Mapping[int, str]
) -> tuple[Suggestion, ...]:
    """Pairs that somebody should look at, the likeliest first; ``apart`` (smaller id first) were looked at.

    Twins share surname and birth, and are never suggested for that: unless a number is the same, the whole name has to
    be the same or to sound the same with its tones, and nothing may speak against it. The same number in two files is
    always suggested, whatever the names: a student who was renamed has two files then, or one number is wrong.
    So is the same name with the same number of the school (not a seat), though another fact differs: one is a slip.
    ``variants`` are characters that count as another (``names.similar_key``).
    """
    everybody = [(row, name, name.translate(variants)) for row, name in ((row, name_key(row.name)) for row in rows)]
    found: dict[tuple[StudentUid, StudentUid], list[str]] = {}
    for shared, key in _KEYS:
        for first, second in _sharing(everybody, key):
            pair = (first[0].student_uid, second[0].student_uid)
            reason = _reason(shared, first, second)
            if reason and (min(pair), max(pair)) not in apart:
                found.setdefault(pair, []).append(reason)
    made = [Suggestion(*pair, _score(reasons), tuple(dict.fromkeys(reasons))) for pair, reasons in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.score, one.first, one.second)))


def _sharing(everybody: Iterable[_Candidate], key: _Key) -> Iterator[tuple[_Candidate, _Candidate]]:
    """Pairs with the same key, the earlier file first. Nearly every key is alone: a group is made for the others."""
    alone: dict[str, _Candidate] = {}
    groups: dict[str, list[_Candidate]] = {}
    for one in everybody:
        shared = key(one)
        if shared and (other := alone.setdefault(shared, one)) is not one:
            groups.setdefault(shared, [other]).append(one)
    for group in groups.values():
        group.sort(key=lambda one: (one[0].file_no, one[0].student_uid))
        yield from combinations(group, 2) if len(group) <= _GROUP else ((group[0], other) for other in group[1:])


def _score(reasons: list[str]) -> int:
    """The best reason, and a little for each other one."""
    return min(max(SCORES[reason] for reason in reasons) + 2 * (len(set(reasons)) - 1), 100)


def _reason(shared: str, first: _Candidate, second: _Candidate) -> str | None:
    """Why the two may be one, when nothing of what is known contradicts it."""
    one, other = first[0], second[0]
    if shared in (ID_NO, XUEJI_NO, SCHOOL_NO):
        return shared
    if _contradict(one, other):
        return None
    same_name = first[1] == second[1]
    if shared == SIMILAR_BIRTH:
        return NAME_BIRTH if same_name else SIMILAR_BIRTH
    if _two_places(one, other):
        return None
    if same_name:
        return NAME_CLASS
    return SIMILAR_SEAT if one.class_seat and one.class_seat == other.class_seat else None


def _contradict(one: RosterRow, other: RosterRow) -> bool:
    """Whether what is known of the two cannot be true of one person. A temporary enrolment number gives way to another,
    and other papers than identity cards get new numbers."""
    return (
        _differ(one.birth[:7], other.birth[:7])
        or (len(one.birth) == len(other.birth) and _differ(one.birth, other.birth))
        or ({one.sex, other.sex} == _SEXES)
        or (_differ(one.id_no, other.id_no) and len(one.id_no) == len(other.id_no) == ID_LENGTH)
        or (_differ(one.xueji_no, other.xueji_no) and one.xueji_no[0] == other.xueji_no[0])
    )


def _two_places(one: RosterRow, other: RosterRow) -> bool:
    """Two of one name in a class are told apart by these, and nearly always two people."""
    return _differ(one.school_no, other.school_no) or _differ(one.class_seat, other.class_seat)


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)

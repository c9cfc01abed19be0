"""What a roster would change, before anything is written: created, updated, unchanged, kept out.

The plan depends on the lines and on the roster before the file, not on the order of the rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from counselroom.domain.intake.matching import NOBODY, Match, Matcher, Rung
from counselroom.domain.intake.roster_line import NamedGuardian, Place, Problem, RosterLine, refuse
from counselroom.domain.students.guardians import barred_numbers, same_number
from counselroom.domain.students.names import name_key
from counselroom.domain.students.student import Basics, Guardian, StudentUid

# What somebody has said about a line in doubt: a student's id, or one of these.
AS_NEW, LEAVE_OUT = "new", "skip"
Decisions = Mapping[Place, str]

# A kind of claim, and what is claimed.
_Claim = tuple[str, ...]

_NOTHING = Basics("")


class Action(StrEnum):
    """What becomes of a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    BAD = "bad"


@dataclass(frozen=True)
class Known:
    """What the vault holds of a student that a roster may add to; what was struck out, it may not bring back."""

    basics: Basics
    class_id: str
    status: str
    present: bool
    guardians: tuple[Guardian, ...]
    care: frozenset[str]
    struck_guardians: tuple[Guardian, ...] = ()
    struck_care: frozenset[str] = frozenset()


class Planned(NamedTuple):
    """A line and what becomes of it. ``basics`` is whole, as it will stand.

    ``fields`` are the basics that change; ``class_id`` and ``status`` are set where the enrolment changes;
    ``guardians`` and ``care`` are what is added.
    """

    line: RosterLine
    action: Action
    match: Match = NOBODY
    basics: Basics = _NOTHING
    fields: tuple[str, ...] = ()
    class_id: str | None = None
    status: str | None = None
    guardians: tuple[Guardian | NamedGuardian, ...] = ()
    care: tuple[tuple[str, str], ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why a line is kept out."""
        return self.line.problems


def plan(
    lines: Sequence[RosterLine],
    matcher: Matcher,
    known: Callable[[Iterable[StudentUid]], Mapping[StudentUid, Known]],
    decisions: Decisions,
    enter_as: str,
) -> tuple[Planned, ...]:
    """What becomes of each line, in the order of the lines. ``enter_as`` is the status of who comes (in the school)."""
    matched = [_matched(line, matcher, decisions) for line in lines]
    settled = _among_themselves(matched)
    facts = known({match.student_uid for line, match in settled if match.student_uid and not line.problems})
    repeated = _repeats(settled)
    return tuple(
        _planned(line, match, facts, place in repeated, enter_as) for place, (line, match) in enumerate(settled)
    )


def _matched(line: RosterLine, matcher: Matcher, decisions: Decisions) -> tuple[RosterLine, Match]:
    said = decisions.get(line.place)
    if said == LEAVE_OUT:
        return refuse(line, "left_out"), NOBODY
    if line.problems:
        return line, NOBODY
    if said == AS_NEW:
        return line, Match(Rung.DECIDED)
    if said is not None and StudentUid(said) in matcher:
        return line, Match(Rung.DECIDED, StudentUid(said))
    match = matcher.match(line)
    if match.doubt:
        names = tuple(matcher.row(uid).name for uid in match.candidates)
        return refuse(line, match.doubt, names=names), match
    return line, match


def _among_themselves(matched: list[tuple[RosterLine, Match]]) -> list[tuple[RosterLine, Match]]:
    """Lines of one file that claim the same student, or the same number, and say different things: all kept out."""
    out: dict[int, str] = {}
    asked: dict[int, str] = {}
    beside: dict[int, set[int]] = {}
    for claim, places in _several(matched, _claims):
        if len({matched[place][0].says() for place in places}) > 1 and not _two_people(claim, matched, places):
            weaker = _weaker(matched, places) if claim[0] == "who" else {}
            found = weaker or dict.fromkeys(places, _CLASH[claim[0]])
            (asked if weaker else out).update(found)
            for place in found:
                beside.setdefault(place, set()).update(places)
    said = {**asked, **out}

    def others(place: int) -> tuple[Place, ...]:
        return tuple(sorted(matched[other][0].place for other in beside[place] - {place}))

    return [
        _in_doubt(line, match, said[place], others(place)) if place in said else (line, match)
        for place, (line, match) in enumerate(matched)
    ]


def _weaker(matched: list[tuple[RosterLine, Match]], places: Iterable[int]) -> dict[int, str]:
    """Lines that claim a student by less than another line does, which has the student: each is somebody's to tell.
    By the name in the class alone all are; empty when the strongest say different things themselves."""
    strengths = {place: matched[place][1].rung.strength for place in places}
    best = max(strengths.values())
    if best == Rung.CLASS_NAME.strength:
        return dict.fromkeys(strengths, "same_name_unclear")
    strongest = {matched[place][0].says() for place, strength in strengths.items() if strength == best}
    return {place: "same_name" for place, strength in strengths.items() if strength < best and len(strongest) == 1}


def _in_doubt(line: RosterLine, match: Match, code: str, others: tuple[Place, ...]) -> tuple[RosterLine, Match]:
    """A line that stays out for what ``others`` say, with whom it may be where somebody can tell."""
    if code.startswith("same_name") and match.student_uid is not None:
        match = Match(match.rung, doubt=code, candidates=(match.student_uid,))
    return refuse(line, code, rows=others), match


def _several(
    matched: list[tuple[RosterLine, Match]], claims: Callable[[RosterLine, Match], Iterable[_Claim]]
) -> Iterable[tuple[_Claim, list[int]]]:
    """Claims that several lines make, with their places. What whole lines say is compared inside these alone: nearly
    all claims are made once."""
    first: dict[_Claim, int] = {}
    several: dict[_Claim, list[int]] = {}
    for place, (line, match) in enumerate(matched):
        if not line.problems:
            for claim in claims(line, match):
                before = first.setdefault(claim, place)
                if before != place:
                    several.setdefault(claim, [before]).append(place)
    return several.items()


_CLASH = {
    "who": "rows_clash",
    "xueji": "rows_clash",
    "id": "rows_clash",
    "name": "same_name_unclear",
    "born": "two_classes",
}


def _claims(line: RosterLine, match: Match) -> Iterable[_Claim]:
    if match.student_uid:
        yield "who", match.student_uid
    if line.basics.xueji_no:
        yield "xueji", line.basics.xueji_no
    if line.basics.id_no:
        yield "id", line.basics.id_no
    if not match.student_uid and match.rung is not Rung.DECIDED:
        name = name_key(line.basics.name)
        yield "name", line.class_id, name
        if len(line.basics.birth) == 10:
            yield "born", line.basics.birth, name


def _two_people(claim: _Claim, matched: list[tuple[RosterLine, Match]], places: list[int]) -> bool:
    """Lines of one name that are told apart by something that one person cannot have twice."""
    if claim[0] not in ("name", "born"):
        return False
    said = [matched[place][0].basics for place in places]
    return any(
        all(getattr(one, field) for one in said) and len({getattr(one, field) for one in said}) == len(said)
        for field in ("xueji_no", "id_no", "birth", "sex", "school_no", "class_seat")
    )


def _repeats(settled: list[tuple[RosterLine, Match]]) -> set[int]:
    """Places of lines that only say again what another line says; of each such group one counts."""
    found = set()
    for _, places in _several(settled, _same_name):
        said: set[object] = set()
        for place in sorted(places, key=lambda place: settled[place][0].place):
            line, match = settled[place]
            says = (match.student_uid, line.says())
            if says in said:
                found.add(place)
            said.add(says)
    return found


def _same_name(line: RosterLine, _match: Match) -> Iterable[_Claim]:
    yield line.class_id, line.basics.name


def _planned(
    line: RosterLine, match: Match, facts: Mapping[StudentUid, Known], repeated: bool, enter_as: str
) -> Planned:
    if line.problems:
        return Planned(line, Action.BAD, match)
    if repeated:
        note = Problem(line.sheet, line.row, "", "row_repeated")
        return Planned(line._replace(notes=(*line.notes, note)), Action.UNCHANGED, match)
    if match.student_uid is None:
        return Planned(
            line, Action.CREATED, match, line.basics, class_id=line.class_id, status=line.status or enter_as,
            guardians=line.guardians, care=line.care,
        )  # fmt: skip
    return _update(line, match, facts[match.student_uid], enter_as)


def _update(line: RosterLine, match: Match, known: Known, enter_as: str) -> Planned:
    basics = known.basics.filled_from(line.basics)
    fields = known.basics.differences(basics)
    class_id = line.class_id if line.class_id and line.class_id != known.class_id else None
    status = _status(line, known, enter_as)
    struck = {name_key(guardian.name) for guardian in known.struck_guardians}
    struck -= {name_key(guardian.name) for guardian in known.guardians}
    named = [guardian for guardian in line.guardians if name_key(guardian.name) not in struck]
    guardians = tuple(_added(named, known.guardians))
    unknown = [(code, said) for code, said in line.care if code not in known.care]
    care = tuple((code, said) for code, said in unknown if code not in known.struck_care)
    line = _noted(line, (
        ("guardian_struck", len(named) < len(line.guardians)),
        ("care_struck", len(care) < len(unknown)),
        ("guardian_barred", _barred(named, known.guardians)),
    ))  # fmt: skip
    changed = bool(fields or guardians or care) or class_id is not None or status is not None
    action = Action.UPDATED if changed else Action.UNCHANGED
    return Planned(line, action, match, basics, fields, class_id, status, guardians, care)


def _noted(line: RosterLine, notes: Iterable[tuple[str, bool]]) -> RosterLine:
    fresh = [Problem(line.sheet, line.row, "", code) for code, holds in notes if holds]
    return line._replace(notes=(*line.notes, *fresh)) if fresh else line


def _barred(named: Iterable[NamedGuardian], known: Sequence[Guardian]) -> bool:
    """Whether somebody is named beside the number of a guardian who must not be told anything."""
    numbers = barred_numbers(known)
    barred = {name_key(guardian.name) for guardian in known if guardian.do_not_contact}
    return bool(numbers) and any(
        same_number(guardian.phone) in numbers for guardian in named if name_key(guardian.name) not in barred
    )


def _status(line: RosterLine, known: Known, enter_as: str) -> str | None:
    """A status that the file states and that differs; who had left and stands in the file is back."""
    if line.status:
        return line.status if line.status != known.status else None
    return None if known.present else enter_as


def _added(named: Iterable[NamedGuardian], known: Sequence[Guardian]) -> Iterable[Guardian | NamedGuardian]:
    """Guardians whom the file names and the vault does not know, and known ones with another number or relation."""
    by_name = {name_key(guardian.name): guardian for guardian in known}
    for guardian in named:
        old = by_name.get(name_key(guardian.name))
        if old is None:
            yield guardian
            continue
        phone, relation = guardian.phone or old.phone, guardian.relation or old.relation
        legal = guardian.legal or old.legal
        if (phone, relation, legal) != (old.phone, old.relation, old.legal):
            yield replace(old, phone=phone, relation=relation, legal=legal)

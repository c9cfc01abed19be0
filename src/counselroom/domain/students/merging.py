"""Two files of one student become one: what differs, what is proposed, what speaks against it, what would be doubled.

Nothing is lost by a merge: the facts of the merged file count for the kept one, and all of it can be taken back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.names import name_key
from counselroom.domain.students.numbers import id_problem
from counselroom.domain.students.student import BASICS, Basics, BasicsVersion, Enrolment, Entry, Guardian, StudentUid

# Warnings of the preview. The first one forbids the merge.
TWO_ID_NUMBERS = "two_id_numbers"
ID_NUMBERS, XUEJI_NUMBERS, BIRTHS, SEXES = "id_numbers", "xueji_numbers", "births", "sexes"
TWO_CLASSES, SET_APART, GUARDIAN_BARRED = "two_classes", "set_apart", "guardian_barred"
WARNINGS = (
    TWO_ID_NUMBERS, ID_NUMBERS, XUEJI_NUMBERS, BIRTHS, SEXES, TWO_CLASSES, SET_APART, GUARDIAN_BARRED,
)  # fmt: skip

# Fields that make sense only together: they are proposed from one side, the one whose first field counts.
_TOGETHER = (("id_no", "id_type"), ("dorm_room", "dorm_building", "dorm_bed"))
# Of a consent the newest statement counts, so that none may be struck for looking like another.
_MAY_DOUBLE = frozenset({"care", "event", "strength", "background"})
_TEXTS = ("relation", "relation_note", "best_time", "do_not_contact_reason")
_FLAGS = ("legal", "lives_with", "works_away", "do_not_contact")
_SEXES = frozenset("12")


@dataclass(frozen=True)
class Difference:
    """A field of the basics in which the two files differ; ``proposed`` is one of the two values."""

    field: str
    kept: str
    other: str
    proposed: str


@dataclass(frozen=True)
class StatusRules:
    """What the statuses mean: whether one is in the school, and the one of a leaver of whom nothing is known."""

    present: Callable[[str], bool]
    unknown: str


@dataclass(frozen=True)
class GuardianPlan:
    """What happens to guardians: ``doubled`` pairs of (kept, struck); ``written`` are the rows that say so."""

    doubled: tuple[tuple[Guardian, Guardian], ...] = ()
    written: tuple[Guardian, ...] = ()
    newly_barred: bool = field(default=False)


def differences(kept: BasicsVersion, other: BasicsVersion) -> tuple[Difference, ...]:
    """Fields in which two files differ. Proposed is what is known; where both know, what was stated later."""
    later = kept if kept.version_id > other.version_id else other
    proposed = _newest(kept.basics, other.basics, later.basics)
    return tuple(
        Difference(name, getattr(kept.basics, name), getattr(other.basics, name), getattr(proposed, name))
        for name in kept.basics.differences(other.basics)
    )


def _newest(one: Basics, other: Basics, later: Basics) -> Basics:
    values = {name: getattr(later, name) or getattr(one, name) or getattr(other, name) for name in BASICS}
    for group in _TOGETHER:
        first = group[0]
        if getattr(one, first) != getattr(other, first):
            side = one if getattr(one, first) == values[first] else other
            values |= {name: getattr(side, name) for name in group}
    return Basics(**values)


def merged_basics(kept: BasicsVersion, other: BasicsVersion, chosen: Mapping[str, str]) -> Basics:
    """The basics after the merge: what was chosen, else what is proposed.

    ``Refusal('merge.changed')`` when a chosen value stands in neither file: one of them was changed meanwhile. Another
    value is a correction, which is a step of its own.
    """
    values = {one.field: one.proposed for one in differences(kept, other)}
    for name, value in chosen.items():
        if name not in BASICS or value not in (getattr(kept.basics, name), getattr(other.basics, name)):
            raise Refusal("merge.changed")
    return replace(kept.basics, **{**values, **chosen})


def current(history: Iterable[Enrolment]) -> Enrolment | None:
    """The row of a class history that counts now: the last day, of that day the last that was written."""
    return max(history, key=lambda row: (row.from_on, row.enrolment_id), default=None)


def proposed_place(kept: Enrolment | None, other: Enrolment | None, rules: StatusRules) -> Enrolment | None:
    """Where the student is after the merge: what began later. A leaver of whom nothing is known gives way to the file
    that knows the student in the school: coming back under a new file is how such pairs come about."""
    if kept is None or other is None:
        return kept or other
    for one, against in ((kept, other), (other, kept)):
        if rules.present(one.status) and against.status == rules.unknown:
            return one
    return current((kept, other))


def contradictions(kept: Basics, other: Basics, checked: Iterable[str]) -> tuple[str, ...]:
    """Warnings that come from the basics. ``checked`` are the kinds of paper whose numbers have a check digit; an empty
    kind is the identity card."""
    found = []
    if kept.id_no and other.id_no and kept.id_no != other.id_no:
        cards = kept.id_type == other.id_type and kept.id_type in {"", *checked}
        valid = not (id_problem(kept.id_no, typed=True) or id_problem(other.id_no, typed=True))
        found.append(TWO_ID_NUMBERS if cards and valid else ID_NUMBERS)
    if kept.xueji_no and other.xueji_no and kept.xueji_no != other.xueji_no:
        found.append(XUEJI_NUMBERS)
    known = min(len(kept.birth), len(other.birth))  # a month may be all that one file knows
    if kept.birth[:known] != other.birth[:known]:
        found.append(BIRTHS)
    if {kept.sex, other.sex} == _SEXES:
        found.append(SEXES)
    return tuple(found)


def two_classes(kept: Enrolment | None, other: Enrolment | None, rules: StatusRules) -> bool:
    """Whether both files say that the student is in the school, each in another class."""
    if kept is None or other is None:
        return False
    return rules.present(kept.status) and rules.present(other.status) and kept.class_id != other.class_id


def plan_guardians(kept: Iterable[Guardian], other: Iterable[Guardian]) -> GuardianPlan:
    """Guardians who stand in both files become one, who knows all that the two knew.

    Who must not be contacted according to either file is not contacted afterwards, even where the two are not joined
    (same name, other telephone): a wrong bar costs a call, a lost one may cost a child more.
    """
    hosts = {person.guardian_id: person for person in kept}
    guests = {guest.guardian_id: guest for guest in other}
    before = hosts | guests
    doubled: list[tuple[Guardian, Guardian]] = []
    for guest in guests.values():
        host = next((person for person in hosts.values() if _one_person(person, guest)), None)
        if host is not None:
            hosts[host.guardian_id] = _joined(host, guest)
            doubled.append((before[host.guardian_id], guest))
    struck = {guest.guardian_id for _, guest in doubled}
    people = _barred_alike(hosts | {key: guest for key, guest in guests.items() if key not in struck})
    written = [person for key, person in people.items() if person != before[key]]
    written += [replace(guest, void=True) for _, guest in doubled]
    reachable = {_called(person) for person in before.values() if not person.do_not_contact}
    barred = {_called(person) for person in before.values() if person.do_not_contact}
    return GuardianPlan(tuple(doubled), tuple(written), bool(reachable & barred))


def _one_person(one: Guardian, other: Guardian) -> bool:
    """The same name, and telephones that do not speak against it: one in common, or none known on one side."""
    if _called(one) != _called(other):
        return False
    mine, theirs = _phones(one), _phones(other)
    return len(set(mine + theirs)) <= 2 and (not mine or not theirs or bool(set(mine) & set(theirs)))


def _joined(one: Guardian, other: Guardian) -> Guardian:
    phones = [*dict.fromkeys(_phones(one) + _phones(other)), "", ""]
    texts = {name: getattr(one, name) or getattr(other, name) for name in _TEXTS}
    flags = {name: getattr(one, name) or getattr(other, name) for name in _FLAGS}
    return replace(one, phone=phones[0], phone_2=phones[1], **texts, **flags)


def _barred_alike(people: Mapping[str, Guardian]) -> dict[str, Guardian]:
    reasons = {_called(person): person.do_not_contact_reason for person in people.values() if person.do_not_contact}
    return {
        key: replace(person, do_not_contact=True, do_not_contact_reason=reasons[_called(person)])
        if not person.do_not_contact and _called(person) in reasons
        else person
        for key, person in people.items()
    }


def _called(person: Guardian) -> str:
    return name_key(person.name)


def _phones(person: Guardian) -> list[str]:
    return [phone for phone in (person.phone, person.phone_2) if phone]


def doubled_entries(kept: Iterable[Entry], other: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries to be struck because one of the other file says the same and as much; whatever says more stays."""
    mine = list(kept)
    struck: dict[str, Entry] = {}
    for guest in other:
        for host in mine:
            if host.entry_id in struck or not _same_thing(host, guest):
                continue
            if _covers(host, guest):
                struck[guest.entry_id] = guest
                break
            if _covers(guest, host):
                struck[host.entry_id] = host
    return tuple(struck.values())


def _same_thing(one: Entry, other: Entry) -> bool:
    return one.kind in _MAY_DOUBLE and (one.kind, one.code, one.to_on) == (other.kind, other.code, other.to_on)


def _covers(one: Entry, other: Entry) -> bool:
    """Whether ``one`` says all that ``other`` says."""
    names = ("from_on", "text", "evidence")
    return all(getattr(other, name) in ("", getattr(one, name)) for name in names)


def in_force(versions: Mapping[StudentUid, BasicsVersion]) -> BasicsVersion:
    """The statement that counts for a file and all that was merged into it before: the newest."""
    return max(versions.values(), key=lambda version: version.version_id)

"""What happens in a school year, in the order of its days: each thing is one use case, run when its day has come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from random import Random

from counselroom.services.demo import moving, telling
from counselroom.services.demo.scene import Scene
from counselroom.services.demo.term_times import school_days, some_moment

Act = Callable[[Scene], None]


@dataclass(frozen=True)
class Happening:
    """Something that is written down at a time."""

    at: datetime
    act: Act


# School days in which the year's second file comes about.
_EARLY = 5
# How many times in a school year for each hundred pupils; at least once in any school.
_MOVES: tuple[tuple[Act, float], ...] = (
    (moving.transfer, 0.4), (moving.suspend, 0.1), (moving.disappear, 0.1), (moving.decide, 0.6),
    (moving.change_class, 0.3), (moving.correct, 0.5), (moving.other_teacher, 0.1), (telling.tag_several, 0.1),
)  # fmt: skip


def happenings(chance: Random, students: int, year: int, *, last: bool) -> list[Happening]:
    """What is told of one school year. Only in the ``last`` year somebody gets a second file."""
    days = school_days(year)
    found = [
        Happening(some_moment(chance, days), act) for act, count in _counts(chance, students) for _ in range(count)
    ]
    if last:
        # Early, so that it is there to look at on nearly every day of the year.
        found.append(Happening(some_moment(chance, days[:_EARLY]), moving.double))
    return found


def in_order(*several: list[Happening]) -> list[Happening]:
    """All of them in the order of time."""
    return sorted(chain(*several), key=lambda happening: happening.at)


def _counts(chance: Random, students: int) -> Iterator[tuple[Act, int]]:
    for act, share in _MOVES:
        yield act, max(1, round(share * students / 100))
    said = telling.content()
    for entry in said["entries"]:
        yield partial(telling.write_entry, said=entry), _count(chance, entry["share"], students)
    for consent in said["consents"]:
        yield partial(telling.write_consent, said=consent), _count(chance, consent["share"], students)
    yield telling.add_grandparent, _count(chance, said["guardians"]["grandparents"], students)
    yield telling.bar_guardian, max(1, round(said["guardians"]["barred"] * students / 100))
    yield telling.open_file, _count(chance, said["openings"]["share"], students)


def _count(chance: Random, share: float, students: int) -> int:
    """So many of a hundred; what is left over happens by chance, so that small schools have some of everything."""
    return int(share * students / 100 + chance.random())

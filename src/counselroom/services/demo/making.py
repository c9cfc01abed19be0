"""Makes the fictional school: the vault, its accounts, and one school year after the other, with the clock set back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from counselroom import resources
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School, check_school
from counselroom.domain.students.classes import school_year_name, school_year_of
from counselroom.formats import files
from counselroom.formats.identity import LANES, LEAST_MEMORY_KIB, PASSES, Cost
from counselroom.services import calendar, codes, people
from counselroom.services.demo import telling
from counselroom.services.demo.answers import Answers
from counselroom.services.demo.happening import Happening, happenings, in_order
from counselroom.services.demo.population import Population
from counselroom.services.demo.roster_file import roster_file
from counselroom.services.demo.scene import Scene
from counselroom.services.demo.staff import Staff, invented
from counselroom.services.demo.term_times import LOOK_AROUND, Size, calendar_of, checked_size, founded, moment
from counselroom.services.demo.turns import Clock, Turns
from counselroom.services.room.door import Room
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.students import intake, listing, year
from counselroom.services.students.classes import Names
from counselroom.services.students.intake import Choices
from counselroom.services.students.year import YearChoices
from counselroom.services.vault import first_run, location, opening, recovery
from counselroom.services.vault.first_run import FirstRun
from counselroom.services.vault.recovery import Shares

# So many pupils of a roster take as long as one single thing that is written down.
_ROSTER_ROWS = 20


@dataclass(frozen=True)
class Created:
    """The open demo school, signed in as the first of its staff."""

    room: Room
    staff: tuple[Staff, ...]


class Steps:
    """How far the work is; asks before each step whether it shall go on."""

    def __init__(
        self, progress: Callable[[int, int, str], None] | None, cancelled: Callable[[], bool] | None, total: int
    ) -> None:
        self._progress = progress or (lambda _done, _total, _text: None)
        self.cancelled = cancelled or (lambda: False)
        self._total = total
        self._done = 0

    def done(self, text: str = "", steps: int = 0) -> None:
        """Tells that ``steps`` more are done; ``Refusal('job.cancelled')`` when nobody wants the rest."""
        if self.cancelled():
            raise Refusal("job.cancelled")
        self._done += steps
        self._progress(self._done, self._total, text)


def demo_folder() -> Path:
    """A folder that has no vault yet, beside the best place for data."""
    beside = (location.suggestions() or [Path.home() / location.FOLDER_NAME])[0].parent
    name = str(_content()["folder"])
    number, folder = 1, beside / name
    while opening.exists(folder):
        number += 1
        folder = beside / f"{name}-{number}"
    return folder


def create_demo(
    folder: Path,
    progress: Callable[[int, int, str], None] | None = None,
    ports: Ports = REAL,
    *,
    size: Size = LOOK_AROUND,
    cancelled: Callable[[], bool] | None = None,
) -> Created:
    """Makes the demo school; ``progress`` is told (done, total, the school year). Whatever fails leaves no vault.

    Its passphrases are stretched as little as the keyring allows: they guard nobody.
    """
    size, clock = checked_size(size), Clock(ports.clock)
    cost = Cost(LEAST_MEMORY_KIB, PASSES, LANES)
    quick = replace(ports, clock=clock, cost=lambda: cost)
    making = _Making(size, clock, school_year_of(ports.today()))
    steps = Steps(progress, cancelled, making.steps)
    steps.done()
    clock.set(founded(making.first_year))
    lead = making.staff[0]
    created = first_run.create(
        folder, FirstRun(_school(), _content()["scheme"], lead.name, lead.passphrase, demo=True), ports=quick
    )
    turns = Turns(created.room, making.staff, quick)
    try:
        _confirm(created.room, created.shares)
        making.fill(turns, steps)
    except BaseException:
        turns.room.close()
        take_back(folder)
        raise
    return Created(turns.room, making.staff)


def take_back(folder: Path) -> None:
    """Deletes a demo vault that nobody has seen; what is not a vault's own file stays."""
    for generation in files.generations(folder):
        files.discard_database(files.vault_file(folder, generation))
    for copy in files.snapshots(folder):
        files.discard_database(copy)
    for name in (files.KEYRING, files.KEYRING_COPY, files.WITNESS, files.LOCK):
        files.discard(folder / name)
    files.remove_empty_folder(folder)


class _Making:
    """What will be made, planned before the first step so that progress knows its end."""

    def __init__(self, size: Size, clock: Clock, last_year: int) -> None:
        self.staff = invented()
        self.first_year = last_year - size.years + 1
        self._clock = clock
        self._chance = Random(size.seed)  # noqa: S311 - the same school for the same seed, nothing secret
        self._words = codes.class_words(tuple(_content()["stages"]))
        answers = Answers(size.seed, size.students, self._words, clock())
        self._plan = {
            year_: in_order(
                happenings(self._chance, size.students, year_, last=year_ == last_year),
                answers.year(year_, last=year_ == last_year),
            )
            for year_ in range(self.first_year, last_year + 1)
        }
        self._people = Population(self._chance, size.students, self.first_year, last_year)
        self._roster_steps = size.students // _ROSTER_ROWS
        self.steps = len(self.staff) + sum(self._roster_steps + len(plan) for plan in self._plan.values())

    def fill(self, turns: Turns, steps: Steps) -> None:
        """Accounts, then year by year the roster and what happened."""
        steps.done(steps=1)
        for person in self.staff[1:]:
            turns.room.run(people.add_account, person.name, person.roles, person.passphrase)
            steps.done(steps=1)
        for year_, plan in self._plan.items():
            name = school_year_name(year_, self._words)
            self._begin(year_, turns.lead(), steps)
            steps.done(name, self._roster_steps)
            self._live(plan, turns, steps, name)
        self._clock.let_go()
        turns.lead()

    def _begin(self, year_: int, room: Room, steps: Steps) -> None:
        """The calendar and the roster of a school year, and the category of those who have come into a class."""
        self._clock.set(moment(date(year_, 9, 1)))
        room.run(calendar.put, calendar_of(year_))
        choices = Choices(school_year=year_)
        if year_ > self.first_year:
            self._people.september(year_)
        file = roster_file(self._people, Names(year_, self._words), _content()["name"])
        if year_ == self.first_year:
            room.run(intake.commit, file, choices, cancelled=steps.cancelled)
        else:
            room.run(year.apply, file, YearChoices(choices), cancelled=steps.cancelled)
        files_now = {line.school_no: line.student_uid for line in room.run(listing.everybody).result}
        for pupil in self._people.present:
            pupil.uid = files_now[pupil.basics.school_no]
        for pupil in self._people.arrived:
            telling.welcome(Scene(room, self._people, self._chance), pupil)

    def _live(self, plan: list[Happening], turns: Turns, steps: Steps, name: str) -> None:
        """What happens in the year, up to now: days to come are passed over."""
        for happening in plan:
            if self._clock.is_past(happening.at):
                self._clock.set(happening.at)
                happening.act(Scene(turns.at(happening.at), self._people, self._chance))
            steps.done(name, 1)


def _confirm(room: Room, shares: Shares) -> None:
    """The sheets of a demo protect nothing and are never printed, so that nothing is left to be typed back."""
    digits = {share.number: share.groups for share in shares.shares}
    due = room.run(recovery.state).result.due
    room.run(recovery.confirm, {place: digits[place.share][place.position - 1] for place in due})


def _school() -> School:
    content = _content()
    return check_school(content["name"], "", content["division"], content["stages"], codes.school_lists())


@cache
def _content() -> dict[str, Any]:
    return resources.toml("demo", "school.toml")

"""Questionnaires of the fictional school: classes in October, somebody who is seen again and again, and this week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from random import Random

from counselroom.domain.dates import plain_date
from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind
from counselroom.domain.students.classes import ClassKey, ClassWords, grade_number
from counselroom.services.demo import telling
from counselroom.services.demo.answering import Answerer
from counselroom.services.demo.happening import Act, Happening
from counselroom.services.demo.pupils import Pupil, in_hundred
from counselroom.services.demo.scene import Scene
from counselroom.services.demo.term_times import moment, school_days, some_moment
from counselroom.services.instruments.entry import entry, occasions
from counselroom.services.instruments.entry.entry import Filled, Frame, Saved
from counselroom.services.instruments.kept import alerts
from counselroom.services.students.classes import Names

_OCTOBER = 10
# Of so many pupils one class is asked in a year: about a third of all classes. Two at least.
_PUPILS_FOR_ONE, _LEAST_CLASSES = 135, 2
_EVERYBODY, _NEWCOMERS = "mht", ("adaptation-check", "class-weather")
# Of three classes one is of a grade that is new at the school.
_OF_THREE, _NEW = 3, 1
_ABSENT = 4
# Who is seen again and again: how many of a hundred pupils in a school year, how often, school days between.
_SEEN, _LEAST_SEEN, _TIMES, _BETWEEN, _BEGINNING = 0.4, 2, 4, 16, 30
_AGAIN = ("phq9", "gad7")
# One of so many is taken who carries most; they feel better from time to time, with ups and downs.
_OF_SEVERAL, _BETTER, _UPS = 6, -0.3, 0.3
_CRITICAL_THEN, _ALWAYS = 15, 100
# What nobody has looked at yet.
_THIS_WEEK = ("class-weather", "phq9", "class-weather")


@dataclass
class _Seen:
    """Somebody who is seen again and again: who it is shows the first time."""

    pupil: Pupil | None = None
    burden: float = 0.0


class Answers:
    """What is answered in the years of the school. ``now`` is the real moment, up to which there is something."""

    def __init__(self, seed: int, students: int, words: ClassWords, now: datetime) -> None:
        # A chance of its own: the rest of the school is the same with questionnaires and without.
        self._chance = Random(f"answers-{seed}")  # noqa: S311 - the same school for the same seed, nothing secret
        self._answerer = Answerer(self._chance)
        self._students, self._words, self._now = students, words, now
        self._rounds: dict[int, Occasion] = {}
        self._asked: set[tuple[int, str]] = set()
        self._answered: set[tuple[int, Pupil]] = set()
        self._single: set[Pupil] = set()
        self._to_look_at: list[str] = []

    def year(self, year: int, *, last: bool) -> list[Happening]:
        """Everything of a school year. Only in the ``last`` one something is left that nobody has looked at."""
        days = school_days(year)
        october = [place for place, day in enumerate(days) if day.month == _OCTOBER]
        classes = max(_LEAST_CLASSES, round(self._students / _PUPILS_FOR_ONE))
        planned: list[tuple[int, Act]] = [
            (self._chance.choice(october), partial(self._class, number)) for number in range(classes)
        ]
        for _ in range(max(_LEAST_SEEN, round(_SEEN * self._students / 100))):
            seen, first = _Seen(), self._chance.randrange(_BEGINNING)
            planned += [(first + time * _BETWEEN, partial(self._see, seen)) for time in range(_TIMES)]
        found = [Happening(some_moment(self._chance, [days[place]]), act) for place, act in planned]
        # On the next school day somebody has looked at it.
        found += [Happening(some_moment(self._chance, [days[place + 1]]), self._look) for place, _ in planned]
        return found + list(self._this_week(year, days) if last else ())

    def _this_week(self, year: int, days: Iterable[date]) -> Iterable[Happening]:
        """On the last school days; in the very first days of a year when it began."""
        today = self._now.astimezone().date()
        past = [day for day in days if day < today] or [date(year, 9, 1)]
        for place, instrument in enumerate(_THIS_WEEK):
            day = past[-min(len(past), len(_THIS_WEEK) - place)]
            yield Happening(min(moment(day, 11, 10 * place), self._now), partial(self._wish, instrument))

    def _class(self, number: int, scene: Scene) -> None:
        """A class is asked that was not asked this year; nobody answers twice, some are absent."""
        new = number % _OF_THREE == _NEW
        able = [name for name in scene.people.class_ids() if (scene.year, name) not in self._asked]
        able = [name for name in able if (_grade(name, scene.year) == 1) == new] or able
        class_id = self._chance.choice(able)
        pupils = [pupil for pupil in scene.people.present if pupil.class_id == class_id and self._comes(pupil, scene)]
        if not pupils:
            return
        instrument = _NEWCOMERS[number // _OF_THREE % len(_NEWCOMERS)] if new else _EVERYBODY
        occasion = self._of_class(scene, class_id) if new else self._round(scene)
        frame = Frame(instrument, scene.today.isoformat(), occasion_uid=occasion.occasion_uid)
        rows = [Filled(one.uid, self._answerer.cells(instrument, self._answerer.burden(one))) for one in pupils]
        self._note(scene.room.run(entry.save_class, frame, rows).result)
        self._asked.add((scene.year, class_id))
        self._answered |= {(scene.year, pupil) for pupil in pupils}

    def _comes(self, pupil: Pupil, scene: Scene) -> bool:
        absent = in_hundred(self._chance, _ABSENT)
        return pupil.screened and not absent and (scene.year, pupil) not in self._answered

    def _of_class(self, scene: Scene, class_id: str) -> Occasion:
        called = Names(scene.year, self._words).short(class_id)
        name = telling.content()["answers"]["class"].format(name=called, day=plain_date(scene.today))
        return scene.room.run(occasions.begin, OccasionKind.CLASS, name, class_id=class_id).result

    def _round(self, scene: Scene) -> Occasion:
        """The one of this autumn, begun by the class that is asked first."""
        if scene.year not in self._rounds:
            name = telling.content()["answers"]["round"].format(year=scene.year)
            self._rounds[scene.year] = scene.room.run(occasions.begin, OccasionKind.ROUND, name).result
        return self._rounds[scene.year]

    def _see(self, seen: _Seen, scene: Scene) -> None:
        """Somebody is asked again, as long as they are at the school."""
        if seen.pupil is None:
            able = self._chance.sample(self._others(scene), _OF_SEVERAL)
            seen.pupil = max(able, key=self._answerer.burden)
            seen.burden = self._answerer.burden(seen.pupil) + 1
            self._single.add(seen.pupil)
        if seen.pupil not in scene.people.present:
            return
        for instrument in _AGAIN:
            cells = self._answerer.cells(instrument, seen.burden, _CRITICAL_THEN)
            self._note([scene.room.run(entry.save, Frame(instrument), Filled(seen.pupil.uid, cells)).result])
        seen.burden += self._chance.gauss(_BETTER, _UPS)

    def _wish(self, instrument: str, scene: Scene) -> None:
        """A sheet of today that somebody still has to look at."""
        pupil = self._chance.choice(self._others(scene))
        self._single.add(pupil)
        cells = self._answerer.cells(instrument, self._answerer.burden(pupil), _ALWAYS)
        scene.room.run(entry.save, Frame(instrument), Filled(pupil.uid, cells))

    def _others(self, scene: Scene) -> list[Pupil]:
        """Who may be asked and has not been asked alone."""
        return [pupil for pupil in scene.people.present if pupil.screened and pupil not in self._single]

    def _note(self, several: Iterable[Saved]) -> None:
        self._to_look_at += [saved.task.task_uid for saved in several if saved.task]

    def _look(self, scene: Scene) -> None:
        """Somebody has seen those whose answers had to be looked at, and says what was done."""
        for task_uid in dict.fromkeys(self._to_look_at):
            done = self._chance.choice(telling.content()["answers"]["done"])
            scene.room.run(alerts.close, task_uid, done)
        self._to_look_at.clear()


def _grade(class_id: str, year: int) -> int:
    """The grade of its stage."""
    return grade_number(ClassKey.from_id(class_id), year)

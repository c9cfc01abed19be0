"""Who is in which class, from September to September: the fictional school as it would be without the program."""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from counselroom.domain.students.classes import ClassKey, grade_number
from counselroom.services.demo import staff
from counselroom.services.demo.naming import FEMALE, MALE, Namer
from counselroom.services.demo.pupils import Pupil, PupilMaker, in_hundred

_STAGES = ("junior", "senior")
_GRADES = 3  # of each stage
_CLASS = 45  # pupils that a class should have
# How many of a hundred: go on from the lower stage, are not in the new roster, stay down.
_GO_ON, _GONE, _STAY_DOWN = 55, 0.8, 0.25
# Among so many newcomers one is somebody's twin, one is called as a classmate, one as somebody in a class beside.
_TWIN, _SAME_CLASS, _SAME_GRADE = 53, 47, 29
# In this grade of the upper stage classes are made anew by the subjects that were chosen.
_SPLIT = ("senior", 2)


class Population:
    """Everybody who is at school, who is away for a while, and whose way nobody knows yet.

    ``present`` always has as many pupils as the school shall have.
    """

    def __init__(self, chance: Random, students: int, first_year: int, last_year: int) -> None:
        self._chance = chance
        self._namer = Namer(chance)
        self.maker = PupilMaker(chance, self._namer)
        self._targets = _targets(students)
        self._newcomers = 0
        self.present: list[Pupil] = []
        self.away: list[Pupil] = []
        self.undecided: list[Pupil] = []
        # Who came into a class that was there already: they get the category of newcomers.
        self.arrived: list[Pupil] = []
        lead = staff.head_teachers()
        self._teachers = {f"junior-{last_year - place}-1": name for place, name in enumerate(lead)}
        self._fill(first_year, first=True)

    def september(self, year: int) -> None:
        """A new school year: who goes up, stays down, leaves, comes back or comes anew."""
        self.arrived = []
        going_on = [pupil for pupil in self.present if self._goes_on(pupil, year)]
        back = [pupil for pupil in self.away if self._come_down(pupil, year)]
        back += [pupil for pupil in self.undecided[:1] if len(self.undecided) > 1 and _grade(pupil, year) <= _GRADES]
        self.away = [pupil for pupil in self.away if pupil not in back]
        self.undecided = [pupil for pupil in self.undecided if pupil not in back]
        self.present = going_on
        self._let_go(max(1, round(_GONE * len(going_on) / 100)), year)
        self._stay_down(max(1, round(_STAY_DOWN * len(self.present) / 100)), year)
        self.present += back
        self._split(year)
        self._fill(year, first=False)

    def teacher(self, class_id: str) -> str:
        """The head teacher of a class, the same one as long as nobody changes it."""
        if class_id not in self._teachers:
            self._teachers[class_id] = self._namer.adult(self._chance.choice((MALE, FEMALE)), 1980)
        return self._teachers[class_id]

    def change_teacher(self, class_id: str) -> str:
        """From now on somebody else leads the class; the name."""
        self._teachers.pop(class_id, None)
        return self.teacher(class_id)

    def class_ids(self) -> list[str]:
        """The classes in which somebody is."""
        return sorted({pupil.class_id for pupil in self.present})

    def newcomer(self, class_id: str, year: int) -> Pupil:
        """Somebody who comes in the middle of the year."""
        pupil = self.maker.pupil(class_id, year)
        self.present.append(pupil)
        return pupil

    def leaves(self, pupil: Pupil) -> None:
        """Takes somebody out of those who are present."""
        self.present.remove(pupil)

    def _goes_on(self, pupil: Pupil, year: int) -> bool:
        """Whether somebody is still at the school; from the lower stage a part goes on to the upper one."""
        if _grade(pupil, year) <= _GRADES:
            return True
        if ClassKey.from_id(pupil.class_id).stage != _STAGES[0] or not in_hundred(self._chance, _GO_ON):
            return False
        pupil.class_id = _key(_STAGES[1], year, self._chance.randint(1, self._classes(_STAGES[1], 1)))
        self.maker.settle(pupil)
        return True

    def _come_down(self, pupil: Pupil, year: int) -> bool:
        """Who was away comes back a grade lower, so that nothing is missed; False when that is no grade any more."""
        key = ClassKey.from_id(pupil.class_id)
        pupil.class_id = _key(key.stage, key.entry_year + 1, int(key.number))
        return _grade(pupil, year) <= _GRADES

    def _let_go(self, count: int, year: int) -> None:
        """Some are not in the new roster although their class goes on."""
        for pupil in self._some(count, lambda pupil: _grade(pupil, year) > 1):
            self.leaves(pupil)
            self.undecided.append(pupil)

    def _stay_down(self, count: int, year: int) -> None:
        for pupil in self._some(count, lambda pupil: _grade(pupil, year) > 1):
            self._come_down(pupil, year)

    def _some(self, count: int, fits: Callable[[Pupil], bool]) -> list[Pupil]:
        able = [pupil for pupil in self.present if fits(pupil)]
        return self._chance.sample(able, min(count, len(able)))

    def _split(self, year: int) -> None:
        """The classes of one grade are made anew; who was together goes on in several classes."""
        stage, grade = _SPLIT
        entry = year - grade + 1
        group = [pupil for pupil in self.present if _group(pupil) == (stage, entry)]
        classes = self._classes(stage, grade)
        self._chance.shuffle(group)
        for place, pupil in enumerate(group):
            pupil.class_id = _key(stage, entry, place % classes + 1)

    def _fill(self, year: int, *, first: bool) -> None:
        """Newcomers, until each grade has as many pupils as it shall have; the lowest grades begin with none."""
        groups: dict[tuple[str, int], list[Pupil]] = defaultdict(list)
        for pupil in self.present:
            groups[_group(pupil)].append(pupil)
        for stage, grade, target in self._targets:
            entry = year - grade + 1
            here = groups[stage, entry]
            for pupil in here[: max(0, len(here) - target)]:
                self.leaves(pupil)
                self.undecided.append(pupil)
            for _ in range(target - len(here)):
                pupil = self._join(here, stage, grade, entry, entry if first else year)
                here.append(pupil)
                self.present.append(pupil)
                if grade > 1 and not first:
                    self.arrived.append(pupil)

    def _join(self, here: list[Pupil], stage: str, grade: int, entry: int, entered: int) -> Pupil:
        """Somebody new for the smallest class of a grade."""
        self._newcomers += 1
        names = (_key(stage, entry, number) for number in range(1, self._classes(stage, grade) + 1))
        sizes = dict.fromkeys(names, 0)
        for pupil in here:
            sizes[pupil.class_id] = sizes.get(pupil.class_id, 0) + 1
        class_id = min(sizes, key=lambda name: (sizes[name], name))
        mates = [pupil for pupil in here if pupil.class_id == class_id]
        beside = [pupil for pupil in here if pupil.class_id != class_id]
        if mates and self._newcomers % _TWIN == 0:
            return self.maker.twin(self._chance.choice(mates), entered)
        if mates and self._newcomers % _SAME_CLASS == 0:
            return self.maker.namesake(self._chance.choice(mates), class_id, entered)
        if beside and self._newcomers % _SAME_GRADE == 0:
            return self.maker.namesake(self._chance.choice(beside), class_id, entered)
        return self.maker.pupil(class_id, entered)

    def _classes(self, stage: str, grade: int) -> int:
        """How many classes a grade has; from the split on at least two, so that there is something to choose."""
        target = next(count for one, number, count in self._targets if (one, number) == (stage, grade))
        least = 2 if stage == _SPLIT[0] and grade >= _SPLIT[1] else 1
        return max(least, round(target / _CLASS))


def _targets(students: int) -> list[tuple[str, int, int]]:
    """How many pupils each grade has. What is left over goes to the highest: classes grow, and nobody is sent away."""
    grades = [(stage, grade) for stage in _STAGES for grade in range(1, _GRADES + 1)]
    each, more = divmod(students, len(grades))
    return [(*grade, each + (place >= len(grades) - more)) for place, grade in enumerate(grades)]


def _key(stage: str, entry_year: int, number: int) -> str:
    return ClassKey(stage, entry_year, str(number)).class_id


def _group(pupil: Pupil) -> tuple[str, int]:
    key = ClassKey.from_id(pupil.class_id)
    return key.stage, key.entry_year


def _grade(pupil: Pupil, year: int) -> int:
    return grade_number(ClassKey.from_id(pupil.class_id), year)

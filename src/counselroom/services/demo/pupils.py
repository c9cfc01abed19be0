"""Invents pupils with their families. Nobody is meant: see resources/demo/README.md for the numbers."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from counselroom import resources
from counselroom.domain.students.classes import ClassKey
from counselroom.domain.students.numbers import check_character
from counselroom.domain.students.student import Basics, StudentUid
from counselroom.services.demo.naming import FEMALE, MALE, Named, Namer, surname_of

# Division codes that no county ever had (the last one of Kunming is 530181): such a number is nobody's.
_DIVISIONS = tuple(str(code) for code in range(530191, 530200))
# Numbers of the range 1440 have 13 digits: one of 11 reaches nobody.
_PHONE = "1440"
_FATHER, _MOTHER, _GRANDFATHER, _GRANDMOTHER = "51", "52", "61", "62"  # GB/T 4761
_DAY_PUPIL, _BOARDER = "1", "2"
_IDENTITY_CARD = "1"
# Years of age at the beginning of the lowest grade.
_AGE = {"junior": 12, "senior": 15}
# How many of a hundred: who boards by stage, who has no number at all, who has an enrolment number but no card.
_BOARDING = {"junior": 12, "senior": 70}
_NO_NUMBERS, _NO_CARD = 1.5, 1.0
# How many of a hundred a roster says it of; 1 and 2 are left behind by one parent or by both.
_LEFT_BEHIND = {"1": 4, "2": 3}
_SAID = {"migrant": 6, "single_parent": 5, "aid": 6}
_DISABILITY = 0.5
_KINDS = ("1", "2", "4")
# Pupils between two of the special names: three hundred pupils have them all.
_SPECIAL_EVERY = 12
# Until the pupil is in the vault.
_NO_FILE = StudentUid("")


@dataclass(frozen=True)
class Relative:
    """Somebody of the family as a roster names them; ``relation`` is a code of GB/T 4761."""

    name: str
    relation: str
    phone: str
    legal: bool


@dataclass(eq=False)
class Pupil:
    """A pupil while the school is made up: what is known, where, and which file it became.

    ``said`` are codes of the roster's columns on care by field (``yes`` where the column asks for no more).
    ``screened``: the family has not said no to questionnaires.
    """

    basics: Basics
    class_id: str
    family: tuple[Relative, ...]
    said: dict[str, str] = field(default_factory=dict)
    uid: StudentUid = _NO_FILE
    screened: bool = True


class PupilMaker:
    """Invents pupils one after the other; numbers, names in a class with a birthday, and beds are given once."""

    def __init__(self, chance: Random, namer: Namer) -> None:
        self._chance = chance
        self._namer = namer
        self._made = 0
        self._numbers: set[str] = set()
        self._born: set[tuple[str, str]] = set()
        self._serials: dict[str, int] = {}
        self._beds: dict[str, int] = {}
        self._phones = 0

    def pupil(self, class_id: str, entered: int) -> Pupil:
        """Somebody new in a class, who came to the school in the school year ``entered``."""
        self._made += 1
        named = (self._namer.special() if self._made % _SPECIAL_EVERY == 0 else None) or self._namer.pupil()
        return self._pupil(named, self._birthday(class_id, named.name), class_id, entered)

    def twin(self, other: Pupil, entered: int) -> Pupil:
        """A brother or sister of the same day, in the same class."""
        born, sex = other.basics.birth, self._chance.choice((MALE, FEMALE))
        surname = surname_of(other.basics.name) or self._namer.surname()
        name = other.basics.name
        while (name, born) in self._born:
            name = self._namer.of_family(surname, sex)
        twin = self._pupil(Named(name, sex, other.basics.ethnic), born, other.class_id, entered)
        twin.family, twin.said = other.family, dict(other.said)
        twin.basics = replace(twin.basics, address=other.basics.address)
        return twin

    def namesake(self, other: Pupil, class_id: str, entered: int) -> Pupil:
        """Somebody else with the same name, born on another day."""
        named = Named(other.basics.name, other.basics.sex, other.basics.ethnic)
        return self._pupil(named, self._birthday(class_id, named.name), class_id, entered)

    def settle(self, pupil: Pupil) -> None:
        """Who enters a stage may board from then on; a boarder keeps the bed. Six to a room, twenty rooms a floor."""
        stage = ClassKey.from_id(pupil.class_id).stage
        if pupil.basics.boarding == _BOARDER or not in_hundred(self._chance, _BOARDING[stage]):
            return
        building = _home()["boys" if pupil.basics.sex == MALE else "girls"]
        taken = self._beds[building] = self._beds.get(building, 0) + 1
        room, bed = divmod(taken - 1, 6)
        number = str(100 * (1 + room // 20) + 1 + room % 20)
        pupil.basics = replace(
            pupil.basics, boarding=_BOARDER, dorm_building=building, dorm_room=number, dorm_bed=str(bed + 1)
        )

    def phone(self) -> str:
        """A number that reaches nobody, given once."""
        self._phones += 1
        return f"{_PHONE}{self._phones * 7919 % 10_000_000:07d}"

    def _pupil(self, named: Named, born: str, class_id: str, entered: int) -> Pupil:
        self._born.add((named.name, born))
        stage = ClassKey.from_id(class_id).stage
        basics = Basics(
            named.name, sex=named.sex, birth=born, ethnic=named.ethnic, school_no=self._school_no(stage, entered),
            boarding=_DAY_PUPIL, address=self._address(), **self._identity(born, named.sex),
        )  # fmt: skip
        pupil = Pupil(basics, class_id, self._family(named, int(born[:4])), self._said())
        self.settle(pupil)
        return pupil

    def _birthday(self, class_id: str, name: str) -> str:
        """A day of the twelve months in which a class is born, on which nobody else of that name was: such two would
        be taken for one."""
        key = ClassKey.from_id(class_id)
        eldest = date(key.entry_year - _AGE[key.stage] - 1, 9, 1)
        while True:
            day = (eldest + timedelta(days=self._chance.randrange(365))).isoformat()
            if (name, day) not in self._born:
                return day

    def _identity(self, born: str, sex: str) -> dict[str, str]:
        if in_hundred(self._chance, _NO_NUMBERS):
            return {}
        number = self._number(born, sex)
        if in_hundred(self._chance, _NO_CARD):
            return {"xueji_no": f"J{number}"}
        return {"id_type": _IDENTITY_CARD, "id_no": number, "xueji_no": f"G{number}"}

    def _number(self, born: str, sex: str) -> str:
        """Formally right (GB 11643); the 17th digit is odd for a man."""
        while True:
            serial = 2 * self._chance.randrange(1, 500) - (sex == MALE)
            seventeen = f"{self._chance.choice(_DIVISIONS)}{born.replace('-', '')}{serial:03d}"
            number = seventeen + check_character(seventeen)
            # A number that ends with 000 looks as if a spreadsheet had damaged it.
            if number not in self._numbers and not number.endswith("000"):
                self._numbers.add(number)
                return number

    def _school_no(self, stage: str, entered: int) -> str:
        prefix = f"{entered}{2 if stage == 'junior' else 3}"
        serial = self._serials[prefix] = self._serials.get(prefix, 0) + 1
        return f"{prefix}{serial:04d}"

    def _family(self, named: Named, year: int) -> tuple[Relative, ...]:
        surname = surname_of(named.name)
        decade = 1970 if year < 2009 else 1980
        father = Relative(self._namer.adult(MALE, decade, surname), _FATHER, self.phone(), True)
        mother = Relative(self._namer.adult(FEMALE, decade), _MOTHER, self.phone(), True)
        return (father, mother) if in_hundred(self._chance, 85) else (self._chance.choice((father, mother)),)

    def grandparent(self, pupil: Pupil) -> Relative:
        """Somebody who looks after a pupil whose parents are away."""
        sex = self._chance.choice((MALE, FEMALE))
        surname = surname_of(pupil.basics.name) if sex == MALE else ""
        relation = _GRANDFATHER if sex == MALE else _GRANDMOTHER
        return Relative(self._namer.adult(sex, 1950, surname), relation, self.phone(), False)

    def _said(self) -> dict[str, str]:
        said = {name: "yes" for name, share in _SAID.items() if in_hundred(self._chance, share)}
        kind = next((code for code, share in _LEFT_BEHIND.items() if in_hundred(self._chance, share)), "")
        if kind:
            said["left_behind"] = kind
        if in_hundred(self._chance, _DISABILITY):
            said["disability"] = self._chance.choice(_KINDS)
        return said

    def _address(self) -> str:
        home, draw = _home(), self._chance.randint
        return str(home["address"]).format(
            street=self._chance.choice(home["streets"]), number=draw(1, 180), block=draw(1, 12),
            flat=f"{draw(1, 6)}0{draw(1, 4)}",
        )  # fmt: skip


def in_hundred(chance: Random, share: float) -> bool:
    """True for ``share`` of a hundred draws."""
    return chance.random() * 100 < share


def other_school(chance: Random) -> str:
    """Where somebody goes to, or comes from."""
    schools: list[str] = _home()["schools"]
    return chance.choice(schools)


@cache
def _home() -> dict[str, Any]:
    home: dict[str, Any] = resources.toml("demo", "school.toml")["home"]
    return home

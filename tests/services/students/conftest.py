"""The school of tests/services with a few fictional students, entered by hand as a counsellor would."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from counselroom.domain.students.student import Basics, Guardian, StudentUid
from counselroom.services.room.door import Room
from counselroom.services.students import guardians, student
from services.conftest import School8

THIRD, FOURTH = "junior-2024-3", "junior-2024-4"
# name -> (class, what else is known). Two of one name, twins, a middle dot, a rare character.
PUPILS: dict[str, tuple[str, Basics]] = {
    "张欣怡": (THIRD, Basics("张欣怡", sex="2", birth="2011-02-03", school_no="20240301", boarding="2")),
    "赵子轩": (THIRD, Basics("赵子轩", sex="1", birth="2011-06-15", school_no="20240302", id_no="530102201106150019")),
    "赵子涵": (THIRD, Basics("赵子涵", sex="1", birth="2011-06-15", school_no="20240303")),
    "阿依·古丽": (FOURTH, Basics("阿依·古丽", sex="2", birth="2011-09-30", school_no="20240401")),
    "李𠮷": (FOURTH, Basics("李𠮷", sex="1", birth="2010-12-01", school_no="20240402")),
}


@dataclass(frozen=True)
class Pupils:
    """The students of the template by name."""

    uids: dict[str, StudentUid]

    def __getitem__(self, name: str) -> StudentUid:
        return self.uids[name]


@pytest.fixture(scope="session")
def school_with_pupils(template: School8, tmp_path_factory: pytest.TempPathFactory) -> tuple[School8, Pupils]:
    folder = tmp_path_factory.mktemp("pupils") / "vault"
    shutil.copytree(template.folder, folder)
    school = School8(folder, template.shares)
    room = school.sign_in()
    uids = {
        name: room.run(student.register, basics, class_id, "2024-09-01").result.student_uid
        for name, (class_id, basics) in PUPILS.items()
    }
    room.run(
        guardians.write,
        Guardian("", uids["张欣怡"], "张建国", relation="51", legal=True, lives_with=True, phone="13800000001"),
    )
    room.close()
    return school, Pupils(uids)


@pytest.fixture
def school(school_with_pupils: tuple[School8, Pupils], tmp_path: Path) -> School8:
    """An own copy of the school with its students."""
    made, _ = school_with_pupils
    folder = tmp_path / "vault"
    shutil.copytree(made.folder, folder)
    return School8(folder, made.shares)


@pytest.fixture
def pupils(school_with_pupils: tuple[School8, Pupils]) -> Pupils:
    """Ids of the students by name."""
    return school_with_pupils[1]


@pytest.fixture
def register(lead: Room) -> Callable[..., StudentUid]:
    """Opens one more file: ``register("王小明", class_id, birth=…)``."""

    def enter(name: str, class_id: str = THIRD, from_on: str = "2024-09-01", **known: str) -> StudentUid:
        basics = replace(Basics(name), **known)  # type: ignore[arg-type]  # fields of text
        return lead.run(student.register, basics, class_id, from_on).result.student_uid

    return enter

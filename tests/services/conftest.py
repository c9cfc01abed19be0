"""A real vault for the tests of the services, at the least cost that a keyring may ask for."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counselroom.domain.access import Role
from counselroom.domain.school import School
from counselroom.formats.identity import Cost
from counselroom.services import people
from counselroom.services.room.door import Room
from counselroom.services.room.ports import Ports
from counselroom.services.vault import first_run, opening
from counselroom.services.vault.first_run import FirstRun
from counselroom.services.vault.recovery import Shares

CHEAP = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
LEAD, LEAD_PASSPHRASE = "林若溪", "lan tian bai yun 01"
# name -> (role, passphrase): one person for each role that a school has.
STAFF = {
    "周岚": (Role.COUNSELOR, "qing shan lv shui 02"),
    "王守正": (Role.PRINCIPAL, "chun hua qiu yue 03"),
    "何静": (Role.HEAD_TEACHER, "xia he dong xue 04"),
    "段云": (Role.GRADE_HEAD, "feng he ri li 05"),
    "和平": (Role.VICE_PRINCIPAL, "niao yu hua xiang 06"),
    "李德明": (Role.MORAL_DIRECTOR, "tian gao yun dan 07"),
    "赵文": (Role.OFFICE, "shui guang shan se 08"),
}


class School8:
    """The template: a vault with one account for each role, and what is needed to sign in."""

    def __init__(self, folder: Path, shares: Shares) -> None:
        self.folder = folder
        self.shares = shares

    def sign_in(self, name: str = LEAD) -> Room:
        passphrase = LEAD_PASSPHRASE if name == LEAD else STAFF[name][1]
        return opening.unlock(self.folder, name, passphrase, ports=CHEAP)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> School8:
    folder = tmp_path_factory.mktemp("template") / "云溪中学"
    school = School("云溪中学", "3153010001", "530102", ("junior",))
    made = first_run.create(folder, FirstRun(school, "three", LEAD, LEAD_PASSPHRASE), CHEAP)
    for name, (role, passphrase) in STAFF.items():
        made.room.run(people.add_account, name, (role,), passphrase)
    made.room.close()
    return School8(folder, made.shares)


@pytest.fixture
def school(template: School8, tmp_path: Path) -> School8:
    """An own copy of the template; a closed vault is a folder that can be copied."""
    folder = tmp_path / "云溪中学 数据"
    shutil.copytree(template.folder, folder)
    return School8(folder, template.shares)


@pytest.fixture
def sign_in(school: School8) -> Iterator[Callable[..., Room]]:
    """Signs in; only one room is open at a time, the last one is closed at the end."""
    rooms: list[Room] = []

    def enter(name: str = LEAD) -> Room:
        for room in rooms:
            room.close()
        rooms[:] = [school.sign_in(name)]
        return rooms[0]

    yield enter
    for room in rooms:
        room.close()


@pytest.fixture
def lead(sign_in: Callable[..., Room]) -> Room:
    """The lead's room."""
    return sign_in(LEAD)

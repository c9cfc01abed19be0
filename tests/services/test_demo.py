"""The demo school: a real vault with invented people, ready to be looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counselroom.domain.access import Kind, Role
from counselroom.domain.refusal import Refusal
from counselroom.services import demo, people, settings
from counselroom.services.demo import Created
from counselroom.services.vault import location, opening, recovery
from services.conftest import CHEAP


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "演示学校"


@pytest.fixture(scope="module")
def created(folder: Path) -> Iterator[Created]:
    steps: list[tuple[int, int]] = []
    made = demo.create_demo(folder, lambda done, total, _text: steps.append((done, total)), CHEAP)
    assert steps == [(number, 5) for number in range(6)]
    yield made
    made.room.close()


def test_it_is_marked(created: Created) -> None:
    assert created.room.run(settings.is_demo).result
    school = created.room.run(settings.school).result
    assert (school.division, school.stages) == ("530102", ("junior", "senior"))


def test_nothing_is_left_to_type_back(created: Created) -> None:
    assert created.room.run(recovery.state).result.due == ()


def test_one_of_each_kind(created: Created) -> None:
    rows = created.room.run(people.accounts).result
    assert [row.name for row in rows] == [person.name for person in created.staff]
    assert rows[0].roles == (Role.COUNSELOR_LEAD,)
    assert rows[0].is_me
    assert [row.kind for row in rows].count(Kind.MEMBER) == 2
    assert {Role.PRINCIPAL, Role.HEAD_TEACHER} <= {role for row in rows for role in row.roles}


def test_its_passphrases_open_it(created: Created, folder: Path) -> None:
    assert len({person.passphrase for person in created.staff}) == 5
    for person in created.staff:
        room = opening.unlock(folder, person.name, person.passphrase, read_only=True, ports=CHEAP)
        assert room.account.name == person.name
        room.close()


def test_secrets_stay_out_of_a_trace(created: Created) -> None:
    assert created.staff[0].passphrase not in repr(created.staff)


def test_another_one_gets_a_folder_of_its_own(created: Created, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "suggestions", lambda: [folder.parent / location.FOLDER_NAME])
    assert demo.demo_folder() == folder.with_name("演示学校-2")
    with pytest.raises(Refusal, match=r"vault\.(exists|open_elsewhere)"):
        demo.create_demo(folder, ports=CHEAP)

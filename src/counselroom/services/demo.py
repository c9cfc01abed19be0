"""A fictional school to look around in: a real vault in a folder of its own, with invented people."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from counselroom import resources
from counselroom.domain.access import Role
from counselroom.domain.school import School, check_school
from counselroom.formats.identity import LANES, LEAST_MEMORY_KIB, PASSES, Cost
from counselroom.services import codes, offers, people
from counselroom.services.room.door import Room
from counselroom.services.room.ports import REAL, Ports
from counselroom.services.vault import first_run, location, opening, recovery
from counselroom.services.vault.first_run import FirstRun
from counselroom.services.vault.recovery import Shares


@dataclass(frozen=True)
class Staff:
    """One invented account with the passphrase that opens it."""

    name: str
    roles: tuple[Role, ...]
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Created:
    """The open demo school, signed in as the first of its staff."""

    room: Room
    staff: tuple[Staff, ...]


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
) -> Created:
    """Makes the demo school. Its passphrases are stretched as little as the keyring allows: they guard nobody."""
    cost = Cost(LEAST_MEMORY_KIB, PASSES, LANES)
    quick = replace(ports, cost=lambda: cost)
    staff = tuple(
        Staff(entry["name"], tuple(Role(code) for code in entry["roles"]), offers.passphrase_offer())
        for entry in _content()["staff"]
    )
    told = progress or (lambda _done, _total, _text: None)
    told(0, len(staff), "")
    first = FirstRun(_school(), _content()["scheme"], staff[0].name, staff[0].passphrase, demo=True)
    created = first_run.create(folder, first, ports=quick)
    try:
        _confirm(created.room, created.shares)
        for number, person in enumerate(staff[1:], start=1):
            told(number, len(staff), "")
            created.room.run(people.add_account, person.name, person.roles, person.passphrase)
        told(len(staff), len(staff), "")
    except BaseException:
        created.room.close()
        raise
    return Created(created.room, staff)


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

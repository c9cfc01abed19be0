"""A holder at the door: every use case that needs the vault is refused, whatever the arguments."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from attack.kit import HOLDER, HOLDER_PASSPHRASE, Target, refused
from counselroom import services
from counselroom.services.room.declaration import USE_CASES
from counselroom.services.room.door import Room

for _module in pkgutil.iter_modules(services.__path__):
    importlib.import_module(f"counselroom.services.{_module.name}")

NEEDING = sorted(name for name, use_case in USE_CASES.items() if use_case.declaration.needs_vault)


@pytest.fixture(scope="module")
def holder(untouched: Target) -> Iterator[Room]:
    room = untouched.open(HOLDER, HOLDER_PASSPHRASE)
    yield room
    room.close()


def test_there_are_use_cases() -> None:
    assert len(NEEDING) > 15


@pytest.mark.parametrize("name", NEEDING)
def test_refused(name: str, holder: Room) -> None:
    assert refused(lambda: holder.run(USE_CASES[name])) in ("access.denied", "access.holder")


def test_has_no_vault(holder: Room) -> None:
    assert not holder.is_member
    assert not holder.read_only

"""Settings as stored: the choices of a policy file, and what no longer fits."""

from collections.abc import Iterator

import pytest

from counselroom import resources
from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.services import codes, settings
from counselroom.services.room.declaration import USE_CASES, command
from counselroom.services.room.door import Room
from counselroom.services.room.transaction import Transaction


@pytest.fixture
def third_scheme(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The policy file with one more scheme in it."""
    real = resources.toml
    words = {"3": "甲", "2": "乙", "1": "丙", "0": "平常"}
    more = {"letters": {"name": "甲乙丙", "about": "甲最重", "source": "学校自己的预案", "words": words}}
    with monkeypatch.context() as patch:
        patch.setattr(resources, "toml", lambda *parts: real(*parts) | (more if parts[-1] == "levels.toml" else {}))
        _forget()
        yield
    _forget()


def _forget() -> None:
    codes.schemes.cache_clear()
    codes.choices.cache_clear()


@pytest.fixture
def stored() -> Iterator[None]:
    """Takes the use case of a test out of the registry again."""
    before = dict(USE_CASES)
    yield
    USE_CASES.clear()
    USE_CASES.update(before)


def in_force(room: Room) -> str:
    return str(room.run(settings.values).result["level.scheme"])


@pytest.mark.usefixtures("third_scheme")
def test_a_scheme_that_the_file_lists_can_be_chosen_and_read(lead: Room) -> None:
    assert settings.specs()["level.scheme"].choices == ("three", "four", "letters")
    lead.run(settings.change, "level.scheme", "letters")
    assert in_force(lead) == "letters"
    assert codes.schemes()[in_force(lead)].words == ("平常", "丙", "乙", "甲")


def test_a_scheme_that_the_file_does_not_list_is_refused(lead: Room) -> None:
    with pytest.raises(Refusal) as refused:
        lead.run(settings.change, "level.scheme", "letters")
    assert refused.value.code == "settings.value_unusable"
    assert refused.value.values == {"name": "level.scheme", "allowed": "three / four"}


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("value", ["letters", 7, None])
def test_a_stored_value_that_no_longer_fits_counts_as_not_chosen(lead: Room, value: object) -> None:
    @command(Permission.CHANGE_SETTINGS, "test.stored")
    def store(tx: Transaction) -> None:
        settings.put(tx, "level.scheme", value)
        settings.put(tx, "lock.idle_minutes", 7)

    lead.run(store)
    values = lead.run(settings.values).result
    assert values["level.scheme"] == "three"
    assert values["lock.idle_minutes"] == 7, "the other settings stay"

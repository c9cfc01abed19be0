"""What the wizard remembers between two starts: no secret, and never in the way."""

from dataclasses import fields
from pathlib import Path

import pytest

from counselroom.services import draft
from counselroom.services.draft import Draft

ANSWERS = Draft("place", "530102", ("junior", "senior"), "four", "/data/心理辅导室数据")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "counselroom"


def test_answers_come_back() -> None:
    draft.save(ANSWERS)
    assert draft.load() == ANSWERS


def test_nothing_before_the_first_answer(config: Path) -> None:
    assert draft.load() is None
    assert not config.exists()


def test_nothing_after_the_end(config: Path) -> None:
    draft.save(ANSWERS)
    draft.discard()
    assert draft.load() is None
    assert list(config.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"a": 1, "a": 2}', b"[" * 100, b" " * 20_000])
def test_a_damaged_draft_is_no_draft(config: Path, content: bytes) -> None:
    config.mkdir()
    (config / "first-run.json").write_bytes(content)
    assert draft.load() is None


def test_values_of_another_kind_are_empty(config: Path) -> None:
    config.mkdir()
    (config / "first-run.json").write_text('{"step": 3, "stages": ["junior", 4], "folder": null}', encoding="utf-8")
    assert draft.load() == Draft(stages=("junior",))


def test_no_place_for_a_secret() -> None:
    names = {field.name for field in fields(Draft)}
    assert names == {"step", "division", "stages", "scheme", "folder"}


def test_for_this_user_alone(config: Path) -> None:
    draft.save(ANSWERS)
    assert (config / "first-run.json").stat().st_mode & 0o777 == 0o600

"""Setting declarations and the check of a value."""

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.settings import (
    SPECS,
    SettingKind,
    SettingSpec,
    check_value,
    declare,
    default_of,
    parse_value,
)


def test_the_settings_of_today() -> None:
    assert {name: spec.personal for name, spec in SPECS.items()} == {
        "lock.idle_minutes": False,
        "level.scheme": False,
        "look.mode": True,
        "privacy.start": True,
    }


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("lock.idle_minutes", 1, "1"),
        ("lock.idle_minutes", 15, "15"),
        ("look.mode", "dark", '"dark"'),
        ("privacy.start", True, "true"),
    ],
)
def test_a_stored_text_becomes_its_value(name: str, value: object, text: str) -> None:
    parsed = parse_value(SPECS[name], text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("lock.idle_minutes", 0, "1–15"),
        ("lock.idle_minutes", 16, "1–15"),
        ("lock.idle_minutes", True, "1–15"),
        ("lock.idle_minutes", 3.0, "1–15"),
        ("lock.idle_minutes", "3", "1–15"),
        ("look.mode", "sepia", "system / light / dark"),
        ("look.mode", None, "system / light / dark"),
        ("look.mode", 1, "system / light / dark"),
        ("privacy.start", 1, "true / false"),
        ("privacy.start", "true", "true / false"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: object, allowed: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_value(SPECS[name], value)
    assert caught.value.code == "settings.value_unusable"
    assert caught.value.values == {"name": name, "allowed": allowed}


@pytest.mark.parametrize("text", ["", "{", "[3]", "null", "3.5", "99"])
def test_a_stored_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"settings\.value_unusable"):
        parse_value(SPECS["lock.idle_minutes"], text)


def test_a_default_comes_from_the_declaration_or_from_the_policy() -> None:
    policy = {"lock.idle_minutes": 5, "look.mode": "dark"}
    assert default_of(SPECS["lock.idle_minutes"], policy) == 5
    assert default_of(SPECS["look.mode"], policy) == "system"
    with pytest.raises(Refusal):
        default_of(SPECS["lock.idle_minutes"], {"lock.idle_minutes": 60})


def test_a_declaration_that_contradicts_itself_or_another_is_a_bug() -> None:
    before = dict(SPECS)
    with pytest.raises(ValueError, match="twice"):
        declare(SPECS["look.mode"])
    with pytest.raises(ValueError, match="choices"):
        declare(SettingSpec("a.b", "a", SettingKind.CHOICE, "t", "h"))
    with pytest.raises(ValueError, match="choices"):
        declare(SettingSpec("a.b", "a", SettingKind.NUMBER, "t", "h", choices=("x",)))
    assert before == SPECS


def test_a_declared_setting_is_known() -> None:
    spec = SettingSpec("a.b", "a", SettingKind.NUMBER, "t", "h", default=7, least=0)
    declare(spec)
    try:
        assert SPECS["a.b"] is spec
        assert default_of(spec, {}) == 7
    finally:
        del SPECS["a.b"]

"""Settings as declarations: one entry each, and the page, the check and the words follow from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counselroom.domain.refusal import Refusal

Value = str | int | bool


class SettingKind(StrEnum):
    """How a setting is typed and shown."""

    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"


@dataclass(frozen=True)
class SettingSpec:
    """One setting. ``default`` None: the policy pack holds the value under the same name.

    ``choices_from`` names the policy file that lists the choices and their names, instead of ``choices``.

    ``personal`` settings belong to the one who signs in, the others to the school.
    ``title_key``, ``help_key`` and ``unit_key`` are keys of the word catalogue, as are ``<title_key>.<choice>`` for the
    choices.
    """

    name: str
    section: str
    kind: SettingKind
    title_key: str
    help_key: str
    default: Value | None = None
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    least: int | None = None
    most: int | None = None
    unit_key: str = ""
    personal: bool = False


SPECS: dict[str, SettingSpec] = {}


def declare(spec: SettingSpec) -> SettingSpec:
    """Adds a setting to the registry; a second one of the same name is a bug."""
    if spec.name in SPECS:
        raise ValueError(f"setting {spec.name} is declared twice")
    if (spec.kind is SettingKind.CHOICE) != bool(spec.choices or spec.choices_from):
        raise ValueError(f"setting {spec.name}: choices go with the kind choice, and only with it")
    SPECS[spec.name] = spec
    return spec


def default_of(spec: SettingSpec, policy: Mapping[str, Value]) -> Value:
    """The value while nobody has chosen one: the declaration's own, else the policy pack's."""
    return check_value(spec, policy[spec.name] if spec.default is None else spec.default)


def check_value(spec: SettingSpec, value: object) -> Value:
    """The value when it fits the declaration, else a refusal that names the setting and what fits."""
    if spec.kind is SettingKind.SWITCH and isinstance(value, bool):
        return value
    if spec.kind is SettingKind.CHOICE and isinstance(value, str) and value in spec.choices:
        return value
    # bool is an int in Python: "yes" minutes is no number.
    if (
        spec.kind is SettingKind.NUMBER
        and isinstance(value, int)
        and not isinstance(value, bool)
        and _fits(spec, value)
    ):
        return value
    raise Refusal("settings.value_unusable", name=spec.name, allowed=_allowed(spec))


def parse_value(spec: SettingSpec, text: str) -> Value:
    """A stored value (JSON text), checked."""
    try:
        value: object = json.loads(text)
    except ValueError:
        raise Refusal("settings.value_unusable", name=spec.name, allowed=_allowed(spec)) from None
    return check_value(spec, value)


def _fits(spec: SettingSpec, number: int) -> bool:
    return (spec.least is None or number >= spec.least) and (spec.most is None or number <= spec.most)


def _allowed(spec: SettingSpec) -> str:
    """What fits, without words of any language; the catalogue's sentence stands around it."""
    if spec.kind is SettingKind.NUMBER:
        low, high = ("" if limit is None else str(limit) for limit in (spec.least, spec.most))
        return f"{low}–{high}"
    return " / ".join(spec.choices) or "true / false"


# A quarter of an hour is the most that still counts as locking.
declare(
    SettingSpec(
        "lock.idle_minutes",
        "lock",
        SettingKind.NUMBER,
        "setting.lock.idle_minutes",
        "setting.lock.idle_minutes.help",
        least=1,
        most=15,
        unit_key="unit.minutes",
    )
)
declare(
    SettingSpec(
        "level.scheme",
        "level",
        SettingKind.CHOICE,
        "setting.level.scheme",
        "setting.level.scheme.help",
        choices_from="levels",
    )
)
declare(
    SettingSpec(
        "look.mode",
        "look",
        SettingKind.CHOICE,
        "setting.look.mode",
        "setting.look.mode.help",
        default="system",
        choices=("system", "light", "dark"),
        personal=True,
    )
)
declare(
    SettingSpec(
        "privacy.start",
        "privacy",
        SettingKind.SWITCH,
        "setting.privacy.start",
        "setting.privacy.start.help",
        default=False,
        personal=True,
    )
)

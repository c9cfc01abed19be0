"""The school and its settings, and each person's preferences."""

import contextlib
import json
from dataclasses import replace
from typing import Any

from counselroom.domain import settings as declared
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.school import School, check_school
from counselroom.domain.settings import SPECS, SettingSpec, Value
from counselroom.domain.topics import Topic
from counselroom.services import codes
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction

_SCHOOL = "school"
_DEMO = "demo"


def put(tx: Transaction, name: str, value: Any) -> BatchId:
    """Appends a setting in the batch of this run."""
    batch = tx.batch("settings.changed")
    text = json.dumps(value, ensure_ascii=False)
    tx.settings.add(name, text, tx.now(), tx.actor.account_id, batch)
    return batch


def put_school(tx: Transaction, school: School) -> BatchId:
    """Appends the school's facts."""
    return put(
        tx,
        _SCHOOL,
        {"name": school.name, "code": school.code, "division": school.division, "stages": list(school.stages)},
    )


def put_demo(tx: Transaction) -> None:
    """Marks the vault as a fictional school."""
    put(tx, _DEMO, True)


def school_name(tx: Transaction) -> str:
    """The school's name, for headings."""
    return school.function(tx).name


@query(Permission.READ_VAULT)
def school(tx: Transaction) -> School:
    """The school as it is in force."""
    body = json.loads(tx.settings.in_force().get(_SCHOOL, "{}"))
    return School(body.get("name", ""), body.get("code", ""), body.get("division", ""), tuple(body.get("stages", ())))


@query(Permission.READ_VAULT)
def is_demo(tx: Transaction) -> bool:
    """Whether this is a fictional school."""
    return json.loads(tx.settings.in_force().get(_DEMO, "false")) is True


@command(Permission.CHANGE_SETTINGS, "school.changed", changes=(Topic.SCHOOL, Topic.SETTINGS))
def change_school(tx: Transaction, name: str, code: str, division: str, stages: tuple[str, ...]) -> BatchId:
    """Changes the school's facts; the batch undoes it."""
    wanted = check_school(name, code, division, stages, codes.school_lists())
    tx.note(_SCHOOL, name=wanted.name, code=wanted.code)
    return put_school(tx, wanted)


def specs() -> dict[str, SettingSpec]:
    """Every declared setting with its choices, those of a policy file too."""
    return {
        name: replace(spec, choices=tuple(codes.choices(spec.choices_from))) if spec.choices_from else spec
        for name, spec in SPECS.items()
    }


@query(Permission.READ_VAULT)
def values(tx: Transaction) -> dict[str, Value]:
    """Every declared setting with the value in force for the person who is signed in."""
    stored, own = tx.settings.in_force(), tx.settings.preferences(tx.actor.account_id)
    return {name: _in_force(spec, (own if spec.personal else stored).get(name)) for name, spec in specs().items()}


@command(Permission.CHANGE_SETTINGS, "settings.changed", changes=(Topic.SETTINGS,))
def change(tx: Transaction, name: str, value: Value) -> BatchId:
    """Changes one setting of the school; the batch undoes it."""
    checked = declared.check_value(_spec(name, personal=False), value)
    tx.note(name, name=name, value=checked)
    return put(tx, name, checked)


@command(Permission.READ_VAULT, "settings.preference", changes=(Topic.PREFERENCES,))
def prefer(tx: Transaction, name: str, value: Value) -> None:
    """Changes one personal setting."""
    checked = declared.check_value(_spec(name, personal=True), value)
    tx.settings.set_preference(tx.actor.account_id, name, json.dumps(checked))
    tx.note(name, name=name)


@query(Permission.READ_VAULT)
def table_layout(tx: Transaction, table: str) -> dict[str, Any]:
    """How this person left a table: widths, order, sorting."""
    text = tx.settings.preferences(tx.actor.account_id).get(f"table.{table}", "{}")
    layout: dict[str, Any] = json.loads(text)
    return layout


@command(Permission.READ_VAULT, "settings.preference", changes=())
def remember_table(tx: Transaction, table: str, layout: dict[str, Any]) -> None:
    """Remembers how this person left a table."""
    tx.settings.set_preference(tx.actor.account_id, f"table.{table}", json.dumps(layout))
    tx.note(table, table=table)


def _in_force(spec: SettingSpec, text: str | None) -> Value:
    """The stored value; the default where nothing is stored, or what no longer fits (a scheme that is gone)."""
    if text is not None:
        with contextlib.suppress(Refusal):
            return declared.parse_value(spec, text)
    return declared.default_of(spec, codes.policy())


def _spec(name: str, *, personal: bool) -> SettingSpec:
    spec = specs().get(name)
    if spec is None or spec.personal is not personal:
        raise Refusal("settings.unknown", name=name)
    return spec

"""What is written into the growth files of the fictional school, and that they are opened."""

from dataclasses import replace
from functools import cache
from typing import Any

from counselroom import resources
from counselroom.domain.students.student import Entry, Guardian
from counselroom.services.demo.pupils import Pupil
from counselroom.services.demo.scene import Scene
from counselroom.services.students import entries, growth_file, guardians

# Left behind by both parents, or by one: grandparents look after them (resources/codes/care.toml).
_NEWCOMER, _SUPPORTED = "C21", "C11"
_TAGGED = 6
# resources/codes/consent.toml
_SCREENING, _AGREED = "screening", "1"


def write_entry(scene: Scene, said: dict[str, Any]) -> None:
    """A strength, an event, something of the background or a category; some events bring a category with them."""
    pupil, day = scene.somebody(), scene.today.isoformat()
    evidence = scene.chance.choice(content()["evidence"])
    text = scene.chance.choice(said["texts"])
    dated = "" if said["kind"] in ("strength", "background") else day
    entry = Entry("", pupil.uid, said["kind"], said["code"], from_on=dated, text=text, evidence=evidence)
    scene.room.run(entries.write, entry)
    if "care" in said:
        care = Entry("", pupil.uid, "care", said["care"], from_on=day, text=text, evidence=evidence)
        scene.room.run(entries.write, care)


def write_consent(scene: Scene, said: dict[str, Any]) -> None:
    """What a family has said."""
    pupil, day = scene.somebody(), scene.today.isoformat()
    entry = Entry("", pupil.uid, "consent", said["code"], state=said["state"], from_on=day)
    scene.room.run(entries.write, entry)
    if said["code"] == _SCREENING:
        pupil.screened = said["state"] == _AGREED


def welcome(scene: Scene, pupil: Pupil) -> None:
    """A newcomer is looked after until the end of the calendar year or of the next term."""
    day = scene.today
    to_on = day.replace(year=day.year + 1, month=1, day=31) if day.month >= 9 else day.replace(month=7, day=10)
    if to_on < day:
        to_on = day
    entry = Entry("", pupil.uid, "care", _NEWCOMER, from_on=day.isoformat(), to_on=to_on.isoformat())
    scene.room.run(entries.write, entry)


def tag_several(scene: Scene) -> None:
    """The list of those whom the school supports has come."""
    several = scene.chance.sample(scene.people.present, _TAGGED)
    day, evidence = scene.today.isoformat(), content()["supported"]
    scene.room.run(entries.tag, [pupil.uid for pupil in several], _SUPPORTED, day, evidence)


def add_grandparent(scene: Scene) -> None:
    """Somebody of the family who looks after the pupil day by day, while a parent works elsewhere."""
    pupil = scene.somebody()
    old = scene.people.maker.grandparent(pupil)
    said = content()["guardians"]
    scene.room.run(
        guardians.write,
        Guardian(
            "", pupil.uid, old.name, old.relation, lives_with=True, phone=old.phone,
            best_time=scene.chance.choice(said["best_time"]),
        ),
    )  # fmt: skip
    known = scene.room.run(guardians.to_tell, pupil.uid).result
    scene.room.run(guardians.write, replace(known[0], works_away=True))


def bar_guardian(scene: Scene) -> None:
    """One parent must not be told anything from now on; another one can."""
    pupil = scene.somebody()
    known = scene.room.run(guardians.to_tell, pupil.uid).result
    if len(known) > 1:
        reason = content()["guardians"]["barred_reason"]
        barred = replace(known[0], do_not_contact=True, do_not_contact_reason=reason)
        scene.room.run(guardians.write, barred)


def open_file(scene: Scene) -> None:
    """Somebody looks something up, and says what for."""
    purpose = scene.chance.choice(content()["openings"]["purposes"])
    scene.room.run(growth_file.open_file, scene.somebody().uid, purpose)


@cache
def content() -> dict[str, Any]:
    """What stands in resources/demo/history.toml."""
    return resources.toml("demo", "history.toml")

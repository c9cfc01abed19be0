"""Who comes, leaves, changes class or is put right in the fictional school.

For everybody who leaves somebody comes, so that the school always has as many pupils as it was asked for.
"""

from dataclasses import replace

from counselroom.domain.students.classes import ClassKey
from counselroom.domain.students.student import Basics
from counselroom.services.demo import staff, telling
from counselroom.services.demo.pupils import Pupil, other_school
from counselroom.services.demo.scene import Scene
from counselroom.services.students import classes, student

# resources/codes/people.toml, status
_SUSPENDED, _TRANSFERRED, _UNDECIDED = "02", "03", "90"


def transfer(scene: Scene) -> None:
    """Somebody goes to another school."""
    pupil, school = scene.somebody(), other_school(scene.chance)
    _leave(scene, pupil, _TRANSFERRED, _words()["transferred"], school)
    _arrive(scene, pupil.class_id)


def suspend(scene: Scene) -> None:
    """Somebody is away for a while, and comes back in the next school year."""
    pupil = scene.somebody()
    _leave(scene, pupil, _SUSPENDED, _words()["illness"])
    scene.people.away.append(pupil)
    _arrive(scene, pupil.class_id)


def disappear(scene: Scene) -> None:
    """Somebody comes no longer, and nobody knows where they are."""
    pupil = scene.somebody()
    _leave(scene, pupil, _UNDECIDED, _words()["gone"])
    scene.people.undecided.append(pupil)
    _arrive(scene, pupil.class_id)


def decide(scene: Scene) -> None:
    """It turns out where somebody went. Of one at least it stays unknown, so that there is one to look at."""
    if len(scene.people.undecided) > 1:
        pupil = scene.people.undecided.pop(0)
        school = other_school(scene.chance)
        scene.room.run(
            student.move, [pupil.uid], status=_TRANSFERRED, reason=_words()["tidied"], destination=school
        )  # fmt: skip


def change_class(scene: Scene) -> None:
    """Somebody goes to the class beside."""
    pupil = scene.somebody()
    key = ClassKey.from_id(pupil.class_id)
    group = f"{key.stage}-{key.entry_year}-"
    beside = [name for name in scene.people.class_ids() if name.startswith(group) and name != pupil.class_id]
    if beside:
        pupil.class_id = scene.chance.choice(beside)
        scene.room.run(student.move, [pupil.uid], class_id=pupil.class_id, reason=_words()["other_class"])


def correct(scene: Scene) -> None:
    """A pupil's telephone is written down, or a new one in the place of the old."""
    pupil = scene.somebody()
    pupil.basics = replace(pupil.basics, phone=scene.people.maker.phone())
    scene.room.run(student.correct, pupil.uid, pupil.basics)


def other_teacher(scene: Scene) -> None:
    """A class gets another head teacher; those who have an account keep theirs."""
    able = [name for name in scene.people.class_ids() if scene.people.teacher(name) not in staff.head_teachers()]
    class_id = scene.chance.choice(able)
    scene.room.run(classes.name_teacher, class_id, scene.people.change_teacher(class_id))


def double(scene: Scene) -> None:
    """Somebody gets a second file by mistake: there is something to merge. Somebody else leaves, for the count."""
    pupil = scene.somebody()
    leaver = next(one for one in scene.people.present if one is not pupil)
    _leave(scene, leaver, _TRANSFERRED, _words()["transferred"], other_school(scene.chance))
    said = pupil.basics
    again = Pupil(Basics(said.name, sex=said.sex, birth=said.birth), pupil.class_id, ())
    again.uid = scene.room.run(student.register, again.basics, again.class_id).result.student_uid
    scene.people.present.append(again)


def _leave(scene: Scene, pupil: Pupil, status: str, reason: str, destination: str = "") -> None:
    scene.people.leaves(pupil)
    scene.room.run(student.move, [pupil.uid], status=status, reason=reason, destination=destination)


def _arrive(scene: Scene, class_id: str) -> None:
    """Somebody new registers, and gets the category of newcomers."""
    pupil = scene.people.newcomer(class_id, scene.year)
    pupil.uid = scene.room.run(student.register, pupil.basics, class_id).result.student_uid
    telling.welcome(scene, pupil)


def _words() -> dict[str, str]:
    words: dict[str, str] = telling.content()["moves"]
    return words

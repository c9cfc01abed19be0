"""Forms of a growth file that somebody left half written: what they are called, and opening them again."""

from collections.abc import Callable

from counselroom.services import drafts
from counselroom.services.drafts import Draft, Place
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.forms.entry import LOOKS


def called(place: Place) -> str:
    """The form as its own title says it."""
    look = LOOKS.get(place.kind)
    if look is not None:
        return tr(look.correct if place.thing else look.verb)
    if place.kind == drafts.ANSWERS:
        return tr("录入答卷")
    if place.kind == "guardian":
        return tr("更正监护人") if place.thing else tr("登记监护人")
    if place.kind == "placement":
        return tr("更正班级记录") if place.thing else tr("班级与状态")
    return tr("更正资料")


def open_again(acts: Acts, draft: Draft) -> None:
    """Opens the form; it puts back what was typed. A correction of something that is gone has nowhere to go."""
    act = _act(acts, draft.place)
    if act is not None:
        act()
        return
    acts.context.jobs.run(None, None, drafts.drop, draft.place)
    acts.context.toast(tr("要更正的那一条已经作废，没写完的更正也放下了"))


def _act(acts: Acts, place: Place) -> Callable[[], object] | None:
    if place.kind == drafts.ANSWERS:
        instrument, informant, day = place.thing.split("~")
        uid = place.student_uid
        return lambda: acts.context.go(
            "screening", view="entry", student=uid, instrument=instrument, informant=informant, day=day
        )
    if place.thing:
        return _of_thing(acts, place)
    if place.kind == "guardian":
        return acts.guardian
    if place.kind == "placement":
        return acts.placement
    return (lambda: acts.write(place.kind)) if place.kind in LOOKS else acts.basics


def _of_thing(acts: Acts, place: Place) -> Callable[[], object] | None:
    file = acts.file
    if file is None:
        return None
    for entry in file.entries:
        if entry.entry_id == place.thing:
            return lambda: acts.change(entry)
    for guardian in (*file.guardians, *file.barred):
        if guardian.guardian_id == place.thing:
            return lambda: acts.guardian(guardian)
    for span in file.history:
        if str(span.enrolment.enrolment_id) == place.thing:
            return lambda: acts.placement(span.enrolment)
    return None

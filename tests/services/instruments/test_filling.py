"""What an entry begins with."""

import pytest

from counselroom.domain.instruments.sheets.occasions import OccasionKind
from counselroom.domain.refusal import Refusal
from counselroom.services import drafts, today
from counselroom.services.drafts import Place
from counselroom.services.instruments.entry import entry, filling, occasions
from counselroom.services.instruments.entry.entry import Frame
from counselroom.services.instruments.entry.filling import Prepared
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file
from services.instruments.conftest import DAY, Typed, filled, pupils, register, school, school_with_pupils, typed
from services.students.conftest import Pupils

__all__ = ["pupils", "register", "school", "school_with_pupils", "typed"]

NAME = "张欣怡"


def ready(room: Room, pupils: Pupils, instrument: str = "phq9", day: str = DAY, class_id: str = "") -> Prepared:
    found: Prepared = room.run(filling.prepare, instrument, day, "", [pupils[NAME]], class_id).result
    return found


def test_what_is_kept_of_that_day(lead: Room, pupils: Pupils, typed: Typed) -> None:
    assert ready(lead, pupils).kept == {}
    saved = typed("phq9", NAME, "8*0 1 -")
    kept = ready(lead, pupils).kept[pupils[NAME]]
    assert kept.sheet_uid == saved.sheet_uid
    assert kept.cells == (*("0",) * 8, "1", "")
    assert kept.occasion_uid == ""
    assert ready(lead, pupils, day="2025年10月11日").kept == {}
    assert ready(lead, pupils, "gad7").kept == {}


def test_whoever_saw_the_answers_stands_in_the_access_log(lead: Room, pupils: Pupils, typed: Typed) -> None:
    ready(lead, pupils)
    before = lead.run(growth_file.openings, pupils[NAME]).result
    typed("phq9", NAME, "10*0")
    ready(lead, pupils)
    seen, *others = lead.run(growth_file.openings, pupils[NAME]).result
    assert (seen.words, others) == ("录入答卷时看到当天已录的答卷", before)


def test_a_sheet_of_a_class_names_its_occasion(lead: Room, pupils: Pupils) -> None:
    begun = lead.run(occasions.begin, OccasionKind.CLASS, "八（3）班", DAY, "junior-2024-3").result
    assert ready(lead, pupils, class_id="junior-2024-3").occasion == begun
    assert ready(lead, pupils, class_id="junior-2024-4").occasion is None
    assert ready(lead, pupils, day="2025-10-11", class_id="junior-2024-3").occasion is None
    lead.run(entry.save, Frame("phq9", DAY, occasion_uid=begun.occasion_uid), filled(pupils[NAME], "10*0"))
    assert ready(lead, pupils).kept[pupils[NAME]].occasion_uid == begun.occasion_uid


def test_who_answers_and_what_is_printed(lead: Room, pupils: Pupils) -> None:
    assert ready(lead, pupils, "psc17").informant == "parent"
    assert ready(lead, pupils).text is None
    own = ready(lead, pupils, "class-weather").text
    assert own is not None
    assert list(own.items) == [str(number) for number in range(1, 9)]


def test_a_day_to_come_is_refused(lead: Room, pupils: Pupils) -> None:
    with pytest.raises(Refusal) as found:
        ready(lead, pupils, day="2098-01-01")
    assert found.value.code == "students.future_day"


def test_the_last_used_comes_first(lead: Room, typed: Typed) -> None:
    assert lead.run(filling.recent).result == []
    typed("phq9", NAME, "10*0")
    typed("gad7", NAME, "7*0")
    assert lead.run(filling.recent).result == ["gad7", "phq9"]


def test_half_typed_sheets_have_one_reminder_of_their_own(lead: Room, pupils: Pupils) -> None:
    for instrument in ("phq9", "gad7"):
        place = Place.of(drafts.ANSWERS, pupils[NAME], f"{instrument}~self~{DAY}")
        lead.run(drafts.keep, place, {"marks": ["1"]})
    lead.run(drafts.keep, Place.of("event", pupils[NAME]), {"text": "x"})
    found = [each for each in lead.run(today.reminders).result if "draft" in each.code]
    assert [(each.code, each.page, each.args) for each in found if each.code == "answers_draft"] == [
        ("answers_draft", "screening", {"view": "entry"})
    ]
    assert next(each for each in found if each.code == "answers_draft").values["count"] == 2
    assert next(each for each in found if each.code == "draft").values["count"] == 1
    assert len(lead.run(drafts.of_kind, drafts.ANSWERS).result) == 2

"""The list of questionnaires, one in full, and an empty one on paper."""

from counselroom.services import audit
from counselroom.services.instruments.library import blank_form, catalogue, choices
from counselroom.services.room.door import Room
from services.instruments.conftest import Typed, refused


def test_our_own_stand_first_and_can_be_printed(lead: Room) -> None:
    listed = lead.run(catalogue.listed).result
    assert [line.definition.bare_id for line in listed[:2]] == ["adaptation-check", "class-weather"]
    assert [line.worded for line in listed[:3]] == [True, True, False]


def test_one_with_what_was_chosen(lead: Room, typed: Typed) -> None:
    typed("sds", "张欣怡", "20*1")
    assert lead.run(catalogue.of, "sds").result.outdated == 0
    lead.run(choices.choose, "sds", ("bands-50",), "全区统一")
    held = lead.run(catalogue.of, "sds").result
    assert held.outdated == 1
    assert held.text is None
    assert {limit.bound.value for bands in held.form.bands for limit in bands.limits} >= {50, 60, 70}
    assert refused(lead, catalogue.of, "nothing").code == "instrument.unknown"


def test_an_empty_one_is_printed_with_a_text_only(lead: Room) -> None:
    assert refused(lead, blank_form.preview, "mht").code == "wording.none"
    assert lead.run(blank_form.preview, "class-weather").result.startswith(b"%PDF")
    assert lead.run(blank_form.printed, "adaptation-check", ("code", "day"), "入学问候").result.startswith(b"%PDF")
    entries = [entry.action for entry in lead.run(audit.entries).result]
    assert entries.count("questionnaire.printed") == 1

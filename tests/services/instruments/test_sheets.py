"""Sheets on a growth file: words on the time line, as of a day, pasted rows."""

import pytest

from counselroom.domain.instruments.sheets.cells import CellProblem
from counselroom.services import timeline
from counselroom.services.instruments.entry import entry, pasting
from counselroom.services.instruments.kept import alerts, results, sheets
from counselroom.services.instruments.library import choices, library
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file
from services.instruments.conftest import Typed
from services.students.conftest import Pupils


def said(room: Room, uid: str) -> list[tuple[str, str, str]]:
    file = room.run(growth_file.open_file, uid, "daily").result
    return [
        (moment.title, moment.values.get("state", ""), moment.text)
        for moment in file.moments
        if moment.kind == "assessment"
    ]


def test_the_time_line_says_in_words_what_came_of_a_sheet(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("phq9", "张欣怡", "7*2 0 0 0", day="2025-03-01")
    typed("phq9", "张欣怡", "- 9*0", day="2025-04-01")
    task = typed("phq9", "张欣怡", "8*0 1 0", day="2025-05-01").task
    assert task is not None
    lead.run(alerts.close, task.task_uid, "面谈，家长知情")
    form = library.definition("phq9")
    bands = next(bands for bands in form.bands if "total" in bands.scores)
    assert said(lead, pupils["张欣怡"]) == [
        ("alert_closed", "", "面谈，家长知情"),
        ("assessment", bands.limits[bands.place(1)].name, ""),
        ("assessment", "没有答完", ""),
        ("assessment", bands.limits[bands.place(14)].name, ""),
    ]
    assert timeline.KINDS["assessment"].icon == "clipboard-list"


def test_as_of_a_day_before_the_sheet_was_typed_there_is_none(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("who5", "张欣怡", "5*3", day="2025-03-01")
    assert lead.run(sheets.of_student, pupils["张欣怡"], "2025-06-01").result == []
    assert len(lead.run(sheets.of_student, pupils["张欣怡"], "2099-01-01").result) == 1


def test_results_read_as_of_a_moment(lead: Room, typed: Typed) -> None:
    saved = typed("mht", "张欣怡", "60*1 40*0")
    lead.run(choices.choose, "mht", ("middle-56",), "学校报告的用法")
    lead.run(results.recompute, "mht")
    versions = lead.run(sheets.history, saved.sheet_uid).result
    assert [line.result.bands["total"] for line in versions] == ["middle"]
    assert saved.result.bands["total"] == "normal"


def test_a_pasted_row_of_codes_words_or_places() -> None:
    form = library.definition("phq9").in_force(library.choose(library.definition("phq9"), ()))
    for text in ("0 1 2 3 0 0 0 0 1 0", "0123000010", "0\t1\t2\t3\t0\t0\t0\t0\t1\t0", "0,1,2,3,0,0,0,0,1,0"):
        assert pasting.read_row(form, text).texts == tuple("0123000010"), text
    words = "完全不会\t好几天\t一半以上的天数\t几乎每天\t\t从不\t0\t0\t好几天\t没有困难"
    assert pasting.read_row(form, words).texts == ("0", "1", "2", "3", "", "0", "0", "0", "1", "0")
    assert pasting.read_row(form, "1 2 3 4 1 1 1 1 2 1", ordinal=True).texts == tuple("0123000010")
    bad = pasting.read_row(form, "0 1 2 4 x 0/1 0 0 1 0")
    assert [(problem.item, problem.code) for problem in bad.problems] == [
        ("4", CellProblem.OUT_OF_RANGE),
        ("5", CellProblem.LETTERS),
        ("6", CellProblem.TWO_MARKS),
    ]
    assert bad.texts == ("0", "1", "2", "", "", "", "0", "0", "1", "0")
    assert [pasting.read_row(form, text).extra for text in ("0 1", "0 " * 12)] == [-8, 2]
    assert len(pasting.read_rows(form, "0123000010\n\n0000000000\n")) == 2
    assert entry.compare("phq9", tuple("0123000010"), tuple("0223000000")) == ("2", "9")


@pytest.mark.parametrize(
    ("cell", "kept"), [("23:30", "23:30"), ("7:05", "07:05"), ("23：30", "23:30"), ("23:30:00", "23:30")]
)
def test_times_of_a_sheet_are_kept_in_one_spelling(cell: str, kept: str) -> None:
    definition = library.definition("psqi")
    form = definition.in_force(definition.choose(()))
    row = pasting.read_row(form, "\t".join([cell, "15", "6:30", "7.5", *["0"] * (len(form.items) - 4)]))
    assert (row.problems, row.texts[:4]) == ((), (kept, "15", "06:30", "7.5"))

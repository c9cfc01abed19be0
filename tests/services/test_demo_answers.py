"""The questionnaires of the fictional school: something to look at in every place where answers are shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from counselroom.domain.instruments.sheets.occasions import OccasionKind
from counselroom.services import batches, demo, today
from counselroom.services.demo import Size
from counselroom.services.demo.answering import Answerer
from counselroom.services.instruments.entry import occasions
from counselroom.services.instruments.kept import alerts, sheets
from counselroom.services.instruments.kept.sheets import SheetLine
from counselroom.services.instruments.library import library
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file, listing
from services.conftest import CHEAP

# A Tuesday in the second term.
NOW = datetime(2027, 4, 20, 8, tzinfo=UTC)
THEN = replace(CHEAP, clock=lambda: NOW)
SMALL = Size(students=30, years=1)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    created = demo.create_demo(tmp_path_factory.mktemp("answers") / "a", ports=THEN, size=SMALL)
    yield created.room
    created.room.close()


def by_student(room: Room) -> dict[str, list[SheetLine]]:
    """All sheets by file number."""
    files = room.run(listing.everybody).result
    return {line.file_no: room.run(sheets.of_student, line.student_uid).result for line in files}


def told(room: Room) -> list[tuple[object, ...]]:
    return sorted(
        (number, line.sheet.day, line.sheet.instrument, line.sheet.answers, line.result.status, line.result.alerts)
        for number, lines in by_student(room).items()
        for line in lines
    )


def test_in_autumn_classes_were_asked_and_nobody_twice(room: Room) -> None:
    met = room.run(occasions.listed).result
    assert Counter((one.kind, one.day[:7]) for one in met) == {
        (OccasionKind.ROUND, "2026-10"): 1,
        (OccasionKind.CLASS, "2026-10"): 1,
    }
    for one in met:
        lines = room.run(sheets.of_occasion, one.occasion_uid).result
        assert lines
        people = [line.sheet.student_uid for line in lines]
        assert len(set(people)) == len(people)
        assert {line.sheet.day[:7] for line in lines} == {one.day[:7]}
        wanted = {"mht"} if one.kind is OccasionKind.ROUND else {"adaptation-check", "class-weather"}
        assert {line.sheet.instrument for line in lines} <= wanted


def test_this_week_some_wait_and_the_earlier_ones_were_dealt_with(room: Room) -> None:
    waiting = room.run(alerts.open_tasks).result
    assert len(waiting) == 3
    week = (NOW - timedelta(days=7)).isoformat()
    assert all(task.opened_at > week for task in waiting)
    assert {item.item for task in waiting for sheet in task.sheets for item in sheet.items} >= {"8", "9"}
    reminders = [one.code for one in room.run(today.reminders).result]
    assert reminders.count("alert_same_day") == 1
    assert reminders.count("alert_this_week") == 2
    files = room.run(listing.everybody).result
    tasks = [task for line in files for task in room.run(alerts.of_student, line.student_uid).result]
    closed = [task for task in tasks if not task.is_open]
    assert closed
    assert all(task.done_at > task.opened_at for task in closed)
    assert len(closed) == len(tasks) - 3


def test_somebody_was_seen_often_enough_for_a_curve(room: Room) -> None:
    curves = [sheets.curve(lines, name, "self") for lines in by_student(room).values() for name in ("phq9", "gad7")]
    assert sum(len(curve) >= 3 for curve in curves) >= 2
    uid = next(
        lines[0].sheet.student_uid
        for lines in by_student(room).values()
        if len(sheets.curve(lines, "phq9", "self")) >= 3
    )
    moments = room.run(growth_file.again, uid).result.moments
    assert sum(one.kind == "assessment" for one in moments) >= 6


def test_the_same_seed_gives_the_same_answers_and_a_step_can_be_undone(room: Room, tmp_path: Path) -> None:
    again = demo.create_demo(tmp_path / "a", ports=THEN, size=SMALL).room
    assert told(again) == told(room)
    first = again.run(alerts.open_tasks).result[0]
    (line,) = [one for one in again.run(sheets.of_student, first.student_uid).result if one.result.alerts][:1]
    assert line.sheet.made is not None
    again.run(batches.undo, line.sheet.made.batch_id)
    assert len(again.run(alerts.open_tasks).result) == 2
    assert line.sheet.sheet_uid not in {
        one.sheet.sheet_uid for one in again.run(sheets.of_student, first.student_uid).result
    }
    again.close()


# What is ticked, without a vault.


@pytest.mark.parametrize("instrument", ["mht", "class-weather", "adaptation-check", "phq9", "gad7"])
def test_every_tick_is_one_that_the_sheet_has(instrument: str) -> None:
    form, answerer = library.definition(instrument), Answerer(Random(2))
    seen: dict[str, set[str]] = {number: set() for number in form.numbers()}
    for _ in range(400):
        cells = answerer.cells(instrument, 0.8, 30)
        for number, cell in zip(form.numbers(), cells, strict=True):
            seen[number].add(cell)
    for number, cells in seen.items():
        codes = {f"{option.code:.10g}" for option in form.responses_of(number).options}
        assert cells <= codes | {""}
        assert len(cells) >= 2, "everything is ticked by somebody"


def test_most_sheets_are_calm_and_some_are_not() -> None:
    answerer = Answerer(Random(5))
    form = library.definition("mht")
    lie = form.score("lie").items
    numbers = form.numbers()
    sheets_ = [answerer.cells("mht", 0) for _ in range(600)]
    ticks = [sum(cell == "1" for cell in cells) for cells in sheets_]
    assert sum(count < 55 for count in ticks) / 600 > 0.9
    painted = sum(sum(cells[numbers.index(item)] == "1" for item in lie) >= 7 for cells in sheets_)
    assert 5 <= painted <= 40
    critical = sum(cells[numbers.index("85")] == "1" or cells[numbers.index("97")] == "1" for cells in sheets_)
    assert 1 <= critical <= 20
    assert 10 <= sum("" in cells for cells in sheets_) <= 50

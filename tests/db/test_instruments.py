"""Statements on sheets: what counts, what the schema refuses, what is read as of a moment."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counselroom.db import migrate as road
from counselroom.db.connection import Connection
from counselroom.db.instruments.alerts import Alerts, TaskRow, later_sheets
from counselroom.db.instruments.choices import (
    ChoiceRow,
    Choices,
    LocalNorms,
    WordingRow,
    Wordings,
)
from counselroom.db.instruments.persons import Persons
from counselroom.db.instruments.sheets import Occasions, ResultRow, Results, Sheets
from counselroom.db.settings import Batches
from counselroom.db.students.basics import StudentRow, Students
from counselroom.db.students.enrolments import Enrolments, NewEnrolment
from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import Occasion, OccasionKind, Person, RaisedAlert, Sheet
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Provenance, StudentUid

A, B = StudentUid("a"), StudentUid("b")
DAY = "2025-10-10"
TABLES = (
    "occasions", "sheets", "results", "alert_tasks", "alerts", "alert_closings", "wording_packs", "instrument_choices",
    "local_norms",
)  # fmt: skip


def made(batch: str = "b1", at: str = "2025-10-10T00:00:00.000Z", source: str = "typed", place: str = "") -> Provenance:
    return Provenance(at, "me", source, place, batch)


def bare(where: Provenance) -> Provenance:
    """As tables without a source give it back."""
    return replace(where, source="", place="")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    connection = Connection(tmp_path / "v.db", bytes(32), create=True)
    road.migrate(connection, "2025-09-01T00:00:00.000Z")
    connection.run("INSERT INTO accounts (account_id, name, kind, added_at) VALUES ('me', '林若溪', 'member', '')")
    for batch in ("b0", "b1", "b2", "b3"):
        Batches(connection).add(batch, "sheet.saved", "2025-10-10T00:00:00.000Z", "me")
    Students(connection).add([StudentRow(uid, f"DA-2025-{uid}", "", "me", "b0") for uid in (A, B)])
    Occasions(connection).add(
        [Occasion(f"o-{uid}", OccasionKind.SINGLE, DAY, student_uid=uid, made=made()) for uid in (A, B)]
    )
    yield connection
    connection.close()


def sheet(uid: str, batch: str = "b1", **more: Any) -> Sheet:
    return replace(Sheet(uid, A, "o-a", "phq9", 1, "self", DAY, "10*0", made=made(batch)), **more)


def withdraw(db: Connection, batch: str, at: str = "2025-10-12T00:00:00.000Z") -> None:
    Batches(db).withdraw(batch, at, "me")


def test_every_value_comes_back_in_its_own_column(db: Connection) -> None:
    whole = sheet(
        "s1", answers="9*0 -", variants=("a", "b"), person=Person("F", 13, 8), second_by="me", informant="parent",
        made=made("b1", source="import", place="表1!3"),
    )  # fmt: skip
    Sheets(db).add([sheet("s0"), whole])
    assert Sheets(db).get("s1") == whole
    correction = sheet("s2", replaces="s1", reason="录错了", informant="parent")
    Sheets(db).add([correction])
    assert Sheets(db).of([A]) == [sheet("s0"), correction]
    assert Sheets(db).versions("s2") == [whole, correction]
    assert Sheets(db).some(["s1"]) == {"s1": whole}
    assert Sheets(db).of_occasion("o-a") == Sheets(db).of_instrument("phq9") == [sheet("s0"), correction]
    row = ResultRow("s2", 2, ("a", "b"), "void", {"scores": {"total": 7}}, bare(made("b2")))
    Results(db).add([row])
    assert Results(db).present(["s2"]) == {"s2": row}
    term = Occasion("o-1", OccasionKind.CLASS, DAY, "秋季测评", "junior-2024-3", None, bare(made("b2")))
    Occasions(db).add([term])
    assert Occasions(db).get("o-1") == term
    assert Occasions(db).shared() == [term]
    assert list(Occasions(db).singles([A, B], DAY)) == [A, B]


def test_a_second_sheet_of_one_occasion_is_refused_by_the_database(db: Connection) -> None:
    Sheets(db).add([sheet("s1")])
    with pytest.raises(Exception, match="a second sheet"):
        Sheets(db).add([sheet("s2")])
    Sheets(db).add([sheet("s2", student_uid=B, occasion_uid="o-b"), sheet("s3", instrument="gad7")])
    withdraw(db, "b1")
    Sheets(db).add([sheet("s4", "b2")])
    assert [one.sheet_uid for one in Sheets(db).of([A])] == ["s4"]


def test_a_correction_says_why(db: Connection) -> None:
    Sheets(db).add([sheet("s1")])
    with pytest.raises(Exception, match="CHECK"):
        Sheets(db).add([sheet("s2", replaces="s1")])


def test_a_correction_that_is_taken_back_gives_the_sheet_back(db: Connection) -> None:
    Sheets(db).add([sheet("s1"), sheet("s2", "b2", replaces="s1", reason="x")])
    assert [one.sheet_uid for one in Sheets(db).of([A])] == ["s2"]
    withdraw(db, "b2")
    assert [one.sheet_uid for one in Sheets(db).of([A])] == ["s1"]
    assert Sheets(db).get("s2") is None


def test_sheets_and_results_as_of_a_moment(db: Connection) -> None:
    later = "2025-11-01T00:00:00.000Z"
    Sheets(db).add([sheet("s1"), sheet("s2", "b2", replaces="s1", reason="x", made=made("b2", later))])
    Results(db).add([ResultRow("s1", 1, (), "scored", {"n": 1}, bare(made()))])
    Results(db).add([ResultRow("s1", 2, (), "scored", {"n": 2}, bare(made("b3", later)))])
    moment = "2025-10-20T00:00:00.000Z"
    assert [one.sheet_uid for one in Sheets(db).of([A], moment)] == ["s1"]
    assert Results(db).present(["s1"], moment)["s1"].result == {"n": 1}
    assert Results(db).present(["s1"])["s1"].result == {"n": 2}
    withdraw(db, "b3")
    assert Results(db).present(["s1"])["s1"].result == {"n": 1}
    assert len(Results(db).versions("s1")) == 1


def opened(db: Connection, task: str = "t1", sheet_uid: str = "s1", batch: str = "b1") -> None:
    Alerts(db).add_tasks([TaskRow(task, A, "o-a", made(batch))])
    Alerts(db).add([RaisedAlert(task, sheet_uid, "9", Priority.NOW)], made(batch))


def test_one_open_task_for_student_and_occasion(db: Connection) -> None:
    Sheets(db).add([sheet("s1")])
    opened(db)
    with pytest.raises(Exception, match="a second open task"):
        Alerts(db).add_tasks([TaskRow("t2", A, "o-a", made("b2"))])
    Alerts(db).close("t1", "面谈过", made("b2"))
    (closed,) = Alerts(db).tasks([A])
    assert (closed.done, closed.closed) == ("面谈过", bare(made("b2")))
    assert Alerts(db).open_tasks() == []
    opened(db, "t2", batch="b3")
    assert [task.task_uid for task in Alerts(db).open_tasks()] == ["t2"]


def test_a_task_is_there_while_a_sheet_of_it_is(db: Connection) -> None:
    Sheets(db).add([sheet("s1"), sheet("s2", "b2", instrument="mht")])
    opened(db)
    Alerts(db).add([RaisedAlert("t1", "s2", "97", Priority.SAME_DAY)], made("b2"))
    withdraw(db, "b1")
    assert [task.task_uid for task in Alerts(db).open_tasks()] == ["t1"]
    assert [alert.item for alert in Alerts(db).of_tasks(["t1"])] == ["97"]
    withdraw(db, "b2")
    assert Alerts(db).tasks([A]) == []
    assert Alerts(db).task("t1") is None


def test_what_stands_on_a_batch(db: Connection) -> None:
    Sheets(db).add([sheet("s1")])
    opened(db)
    assert later_sheets(db, "b1").uids == []
    assert later_sheets(db, "b0").batch_ids == ["b1"]
    Alerts(db).close("t1", "面谈过", made("b2"))
    assert later_sheets(db, "b1").batch_ids == ["b2"]
    withdraw(db, "b2")
    assert later_sheets(db, "b1").batch_ids == []
    Sheets(db).add([sheet("s2", "b3", replaces="s1", reason="x")])
    assert (later_sheets(db, "b1").uids, later_sheets(db, "b1").batch_ids) == ([A], ["b3"])


def test_the_class_of_a_day(db: Connection) -> None:
    days = (("2024-09-01", "junior-2024-1"), ("2025-09-01", "junior-2024-2"))
    Enrolments(db).add([NewEnrolment(A, day, class_id, "01", made()) for day, class_id in days])
    persons = Persons(db)
    assert persons.class_on([A, B], "2025-08-31")[A][1] == "junior-2024-1"
    assert persons.class_on([A, B], "2025-09-01")[A][1] == "junior-2024-2"
    assert persons.class_on([A, B], "2024-01-01") == {}


def test_of_what_a_school_has_chosen_the_newest_counts(db: Connection) -> None:
    for batch in ("b1", "b2"):
        Choices(db).add(ChoiceRow("mht", (f"v-{batch}", "w"), "手册", made(batch)))
        Wordings(db).add(
            WordingRow("mht", {"1": {"text": batch}}, "合同", made(batch, source="import", place="a.xlsx"))
        )
        LocalNorms(db).add([LocalNorm("mht", 1, ("v", "w"), "total", 120, 1.5, 2.5, "F", 7, bare(made(batch)))])
    assert [choice.variants for choice in Choices(db).all("mht")] == [("v-b2", "w"), ("v-b1", "w")]
    used = Wordings(db).present("mht")
    assert used == WordingRow("mht", {"1": {"text": "b2"}}, "合同", made("b2", source="import", place="a.xlsx"))
    norm = LocalNorm("mht", 1, ("v", "w"), "total", 120, 1.5, 2.5, "F", 7, bare(made("b2")))
    assert LocalNorms(db).present("mht") == [norm]
    withdraw(db, "b2")
    assert [choice.variants for choice in Choices(db).all("mht")] == [("v-b1", "w")]
    present = Wordings(db).present("mht")
    assert present is not None
    assert present.wording == {"1": {"text": "b1"}}
    assert LocalNorms(db).present("mht")[0].made == bare(made("b1"))
    assert Wordings(db).instruments() == {"mht"}
    assert Wordings(db).present("phq9") is None


@pytest.mark.parametrize("table", TABLES)
def test_facts_are_appended_to_and_nothing_else(table: str, db: Connection) -> None:
    Sheets(db).add([sheet("s1")])
    Results(db).add([ResultRow("s1", 1, (), "scored", {}, bare(made()))])
    opened(db)
    Alerts(db).close("t1", "x", made())
    Choices(db).add(ChoiceRow("mht", ("v",), "x", made()))
    Wordings(db).add(WordingRow("mht", {}, "x", made()))
    LocalNorms(db).add([LocalNorm("mht", 1, (), "total", 100, 1, 1, made=made())])
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET made_by = 'other'"):
        with pytest.raises(Refusal) as refused:
            db.run(statement)
        assert refused.value.code == "vault.append_only"

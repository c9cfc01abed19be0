"""Variants that a school chooses, results anew, norms of its own, and change between two occasions."""

from collections.abc import Callable

import pytest

from counselroom.domain.instruments.telling.change import Verdict, Why
from counselroom.services import batches, codes
from counselroom.services.instruments.entry import entry
from counselroom.services.instruments.entry.entry import Filled, Frame, State
from counselroom.services.instruments.kept import alerts, norms, results, sheets
from counselroom.services.instruments.library import choices
from counselroom.services.room.door import Room
from services.instruments.conftest import DAY, Typed, filled, refused
from services.students.conftest import Pupils


def test_the_default_holds_until_the_school_chooses_with_a_reason(lead: Room) -> None:
    before = lead.run(choices.get, "mht").result
    assert (before.variants, before.past) == (("lie-7", "no-middle"), ())
    assert refused(lead, choices.choose, "mht", ("lie-8",), " ").code == "instrument.reason_missing"
    assert refused(lead, choices.choose, "mht", ("lie-9",), "手册").code == "instrument.no_variant"
    assert refused(lead, choices.choose, "mht", ("lie-7", "lie-8"), "手册").code == "instrument.two_variants"
    batch = lead.run(choices.choose, "mht", ("lie-8",), "手册第 12 页").result
    now = lead.run(choices.get, "mht").result
    assert now.variants == ("lie-8", "no-middle")
    assert [(one.reason, one.by) for one in now.past] == [("手册第 12 页", "林若溪")]
    lead.run(batches.undo, batch)
    assert lead.run(choices.get, "mht").result == before


def test_sheets_keep_their_result_until_they_are_scored_anew(lead: Room, typed: Typed, pupils: Pupils) -> None:
    # MHT with exactly seven lie items: void by the one line, valid by the other.
    seven = "81*0 1 0 1 0 1 0 1 0 1 0 1 0 1 6*0"
    saved = typed("mht", "张欣怡", seven)
    assert saved.result.status == "void"
    lead.run(choices.choose, "mht", ("lie-8",), "手册")
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert (line.result.status, line.result.variants) == ("void", ("lie-7", "no-middle"))
    assert lead.run(results.outdated, "mht").result == 1
    done = lead.run(results.recompute, "mht").result
    assert (done.scored, done.kept) == (1, 0)
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert (line.result.status, line.result.variants) == ("scored", ("lie-8", "no-middle"))
    assert lead.run(results.recompute, "mht").result.batch_id is None
    lead.run(batches.undo, done.batch_id)
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert line.result == saved.result


def test_codes_are_those_of_the_choice_by_which_they_were_typed(lead: Room, typed: Typed, pupils: Pupils) -> None:
    saved = typed("scl90", "张欣怡", "14*1 3 75*1")
    assert (saved.result.scores["total"], saved.result.alerts) == (92, ("15",))
    task = saved.task
    assert task is not None
    lead.run(alerts.close, task.task_uid, "面谈过")
    lead.run(choices.choose, "scl90", ("coded-0-4",), "本校用 0–4 计分")
    assert lead.run(results.recompute, "scl90").result.scored == 1
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert (line.result.scores["total"], line.result.alerts) == (2, ("15",))
    # What was dealt with does not come up again, and the same paper typed in the new codes is the same sheet.
    assert lead.run(alerts.open_tasks).result == []
    assert typed("scl90", "张欣怡", "14*0 2 75*0").state is State.UNCHANGED
    (again,) = lead.run(alerts.of_student, pupils["张欣怡"]).result
    assert again.done == "面谈过"
    assert [item.answer for sheet in again.sheets for item in sheet.items] == ["中等"]


def test_what_cannot_be_told_apart_any_more_keeps_its_result(lead: Room, typed: Typed, pupils: Pupils) -> None:
    # ASLEC: "did not happen" and "no effect" have one code by the default, two by the other choice.
    saved = typed("aslec", "张欣怡", "27*1")
    lead.run(choices.choose, "aslec", ("absent-0",), "后来的用法")
    done = lead.run(results.recompute, "aslec").result
    assert (done.scored, done.kept, done.batch_id) == (0, 1, None)
    (line,) = lead.run(sheets.of_student, pupils["张欣怡"]).result
    assert line.result == saved.result


def test_a_curve_marks_where_the_scoring_changed(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("mht", "张欣怡", "100*0", day="2025-03-01")
    typed("mht", "张欣怡", "3*1 97*0", day="2025-06-01")
    lead.run(choices.choose, "mht", ("middle-56",), "学校报告的用法")
    typed("mht", "张欣怡", "60*1 40*0", day="2025-10-01")
    lines = lead.run(sheets.of_student, pupils["张欣怡"]).result
    points = sheets.curve(lines, "mht", "self")
    assert [(point.day, point.value, point.band, point.marked) for point in points] == [
        ("2025-03-01", 0, "normal", False),
        ("2025-06-01", 3, "normal", False),
        ("2025-10-01", 60, "middle", True),
    ]
    uids = [point.sheet_uid for point in points]
    assert lead.run(sheets.change, uids[0], uids[1]).result.why is Why.NO_RELIABILITY
    assert lead.run(sheets.change, uids[1], uids[2]).result.why is Why.SCORED_DIFFERENTLY
    other = typed("who5", "张欣怡", "5*1").sheet_uid
    assert refused(lead, sheets.change, uids[0], other).code == "answers.not_comparable"
    assert refused(lead, sheets.change, uids[0], "none").code == "answers.unknown"
    assert lead.run(sheets.change, uids[0], uids[1]).result.verdict is Verdict.CANNOT_TELL


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy pack that asks for three sheets in a group: a hundred would only make the test long."""
    policy = {**codes.policy(), "instrument.local_norm_least": 3}
    monkeypatch.setattr(codes, "policy", lambda: policy)


@pytest.mark.usefixtures("few")
def test_norms_of_the_schools_own_valid_sheets(
    lead: Room, typed: Typed, pupils: Pupils, register: Callable[..., str]
) -> None:
    girls = [register(f"王小{sign}", sex="2") for sign in "甲乙丙"]
    rows = [filled(uid, answers) for uid, answers in zip(girls, ("5*1", "5*2", "5*3"), strict=True)]
    lead.run(entry.save_class, Frame("who5", DAY), rows)
    lead.run(entry.save_class, Frame("who5", "2025-11-01"), [filled(girls[0], "5*2")])
    typed("who5", "赵子轩", "4*2 -")
    typed("who5", "赵子涵", "5*5")
    found = {(norm.sex, norm.grade, norm.score): norm for norm in lead.run(norms.compute, "who5").result}
    # One sheet for each student, the newest: 40, 40, 60 percent of the girls, and one boy.
    girl = found["F", 8, "total"]
    assert (girl.n, girl.mean, round(girl.sd, 6)) == (3, pytest.approx(140 / 3), 11.547005)
    assert found["", None, "total"].n == 4
    assert not [key for key in found if key[0] == "M"]
    kept = lead.run(norms.of, "who5").result
    assert {(norm.sex, norm.grade, norm.score): norm.mean for norm in kept} == {
        key: norm.mean for key, norm in found.items()
    }
    lines = lead.run(sheets.of_student, girls[2]).result
    standing = norms.standings(kept, lines[0])["total"]
    assert (standing.norm.sex, standing.norm.grade) == ("F", 8)
    assert standing.t == pytest.approx(50 + 10 * (60 - 140 / 3) / girl.sd)
    assert standing.norm.made is not None
    lead.run(batches.undo, standing.norm.made.batch_id)
    assert lead.run(norms.of, "who5").result == []


def test_too_few_sheets_make_no_norm(lead: Room, typed: Typed) -> None:
    typed("who5", "张欣怡", "5*3")
    refusal = refused(lead, norms.compute, "who5")
    assert (refusal.code, refusal.values) == ("norms.too_few", {"least": 100, "found": 1})


def test_a_hundred_sheets_in_one_step(lead: Room, register: Callable[..., str]) -> None:
    uids = [register(f"学生{chr(0x4E00 + n)}") for n in range(20)]
    rows = [Filled(uid, ("1",) * 60) for uid in uids]
    saved = lead.run(entry.save_class, Frame("mssmhs", DAY, source=entry.PASTED), rows).result
    assert {each.state for each in saved} == {State.SAVED}
    assert len({each.occasion_uid for each in saved}) == 20

"""A list that leaves: what is in it and what never is, who has to agree, what is entered."""

import io
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from counselroom.domain.approval import Intent
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Entry, StudentUid
from counselroom.services import audit, codes
from counselroom.services.room import approvals
from counselroom.services.room.door import Room
from counselroom.services.students import entries, export, merging
from counselroom.words import entry as words_of
from services.conftest import CHEAP, LEAD, STAFF, School8
from services.students.conftest import Pupils


def cells(path: Path) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def refusal(room: Room, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        room.run(*args, **more)
    return refused.value


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "名单.xlsx"


def test_the_list_as_it_is_shown_with_why_who_and_when(lead: Room, pupils: Pupils, target: Path) -> None:
    uids = [pupils["赵子轩"], pupils["张欣怡"], pupils["李𠮷"], pupils["赵子轩"]]
    written = lead.run(export.export, uids, ["name", "sex", "school_no", "id_no", "boarding"], target, "report").result
    assert written == target
    about, heads, *rows = cells(written)
    assert about[0].startswith(f"用途：统计上报　导出人：{LEAD}　时间：")
    assert about[0].endswith("内部资料　注意保密")
    assert heads == ["姓名", "性别", "学号", "证件号（部分遮住）", "就读方式"]
    assert rows == [
        ["赵子轩", "男", "20240302", "5301**********0019"],
        ["张欣怡", "女", "20240301", "住校"],
        ["李𠮷", "男", "20240402"],
    ]
    if sys.platform != "win32":
        assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_whole_number_only_when_it_was_asked_for(lead: Room, pupils: Pupils, target: Path) -> None:
    lead.run(export.export, [pupils["赵子轩"]], ["name", "id_no_full"], target, "report")
    assert cells(target)[1:] == [["姓名", "证件号"], ["赵子轩", "530102201106150019"]]
    assert lead.run(audit.entries).result[1].facts["columns"] == ["name", "id_no_full"]


def test_every_column_has_a_head_and_a_value(lead: Room, pupils: Pupils, target: Path) -> None:
    lead.run(export.export, [pupils["张欣怡"]], list(export.COLUMNS), target, "daily")
    heads, row = cells(target)[2:4]
    assert len(heads) == len(set(heads)) == len(export.COLUMNS)
    assert all(words_of(f"column.{key}") for key in export.COLUMNS)
    assert {"张欣怡", "zhāng xīn yí", "女", "2011-02-03", "在校", "2024-09-01"} <= set(row)


def test_categories_of_high_secrecy_are_in_no_list(lead: Room, pupils: Pupils, target: Path) -> None:
    uid = pupils["张欣怡"]
    secret = sorted(codes.code_list("care").marks["high_secrecy"])
    for code in ("C04", *secret):
        lead.run(entries.write, Entry("", uid, "care", code))
    lead.run(export.export, [uid, pupils["赵子轩"]], ["name", "care"], target, "meeting")
    about, note, _, *rows = cells(target)
    assert rows == [["张欣怡", "单亲"], ["赵子轩"]]
    assert note == ["需要高度保密的关爱类别不列入名单。"]
    content = str(cells(target))
    assert secret == ["C14", "C15", "C18"]
    assert not any(codes.code_list("care").tag(code) in content for code in secret)
    # The note stands there whether or not there are any: it must not tell.
    lead.run(export.export, [pupils["赵子轩"]], ["name", "care"], target, "meeting")
    assert cells(target)[1] == note
    assert about


def test_nothing_in_the_list_is_a_formula(lead: Room, register: Callable[..., StudentUid], target: Path) -> None:
    uid = register("王小明", dorm_room="=HYPERLINK(1)", school_no="007")
    lead.run(export.export, [uid], ["name", "dorm", "school_no"], target, "daily")
    assert cells(target)[2] == ["王小明", "'=HYPERLINK(1)", "007"]
    sheet = load_workbook(io.BytesIO(target.read_bytes())).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"columns": []}, "export.columns"),
        ({"columns": ["name", "phone_of_guardian"]}, "export.columns"),
        ({"purpose": ""}, "purpose.missing"),
        ({"purpose": "other"}, "purpose.missing"),
        ({"purpose": "fun"}, "codes.unknown"),
        ({"student_uids": []}, "students.none_chosen"),
        ({"student_uids": ["nobody"]}, "students.unknown"),
    ],
)
def test_what_is_refused_leaves_nothing(
    lead: Room, pupils: Pupils, target: Path, change: dict[str, Any], code: str
) -> None:
    wanted = {"student_uids": [pupils["张欣怡"]], "columns": ["name"], "path": target, "purpose": "daily", **change}
    assert refusal(lead, export.export, **wanted).code == code
    assert not target.exists()
    assert lead.run(audit.left).result == []


def test_the_register_knows_whose_data_left(lead: Room, pupils: Pupils, target: Path) -> None:
    lead.run(export.export, [pupils["张欣怡"]], ["name"], target, "other", "  学校  体检 ")
    (left,) = lead.run(audit.left).result
    assert (left.action, left.outcome) == ("students.exported", "done")
    entered = next(one for one in lead.run(audit.entries).result if one.action == "students.exported")
    assert {key: entered.facts[key] for key in ("students", "purpose", "words")} == {
        "students": 1, "purpose": "other", "words": "学校 体检",
    }  # fmt: skip


def test_the_ending_is_added_and_the_proposed_name_tells_nothing(lead: Room, pupils: Pupils, tmp_path: Path) -> None:
    written = lead.run(export.export, [pupils["张欣怡"]], ["name"], tmp_path / "v1.2", "daily").result
    assert written.name == "v1.2.xlsx"
    assert export.proposed_name(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == "名单-20261123-0905.xlsx"


@pytest.fixture
def limit_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two instead of twenty, so that the school of the tests is large enough."""
    real = codes.policy_number
    monkeypatch.setattr(codes, "policy_number", lambda key: 2 if key == "export.approval_above" else real(key))


def consent(school: School8, intent: Intent | None) -> approvals.Approval:
    assert intent is not None
    return approvals.approve(school.folder, "王守正", STAFF["王守正"][1], intent, ports=CHEAP)


@pytest.mark.usefixtures("limit_of_two")
def test_more_than_the_limit_needs_a_second_person_for_exactly_these(
    lead: Room, school: School8, pupils: Pupils, target: Path
) -> None:
    everybody = list(pupils.uids.values())
    few, more, others = everybody[:2], everybody[:3], everybody[1:4]
    rest = (["name", "class"], target, "meeting")
    assert lead.intent_of(export.export, [*few, few[0]], *rest) is None
    lead.run(export.export, [*few, few[0]], *rest)
    assert refusal(lead, export.export, more, *rest).code == "approval.missing"
    intent = lead.intent_of(export.export, more, *rest)
    assert intent is not None
    assert intent.facts[:3] == (("students", "3"), ("columns", "姓名、班级"), ("purpose", "研判会议"))
    assert all(words_of(f"intent.{key}") for key, _ in intent.facts)
    approval = consent(school, intent)
    assert refusal(lead, export.export, others, *rest, approval=approval).code == "approval.altered"
    assert refusal(lead, export.export, more, ["name", "id_no_full"], *rest[1:], approval=approval).code == (
        "approval.altered"
    )
    lead.run(export.export, list(reversed(more)), *rest, approval=approval)
    assert len(cells(target)) == 5
    assert refusal(lead, export.export, more, *rest, approval=approval).code == "approval.used"


@pytest.mark.usefixtures("limit_of_two")
def test_two_files_of_one_student_count_as_one(
    lead: Room, pupils: Pupils, target: Path, register: Callable[..., StudentUid]
) -> None:
    other = register("张欣怡")
    lead.run(merging.merge, pupils["张欣怡"], other, {})
    lead.run(export.export, [other, pupils["张欣怡"], pupils["李𠮷"]], ["name"], target, "daily")
    assert cells(target)[2:] == [["张欣怡"], ["李𠮷"]]

"""Growth files and class lists on paper, through the door: what stands on them, and what the registers say."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Entry, Guardian, StudentUid
from counselroom.reports.parts import texts
from counselroom.services import audit
from counselroom.services.room.door import Room
from counselroom.services.students import entries, growth_file, guardians, printing
from services.students.conftest import THIRD, Pupils


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the papers go."""
    made = tmp_path / "papers"
    made.mkdir()
    return made


def words_on(lead: Room, uid: StudentUid, **how: bool) -> str:
    """The words of the parts that would be drawn."""
    tx = lead._transaction(lead._open.db)
    return "\n".join(texts(printing._file(tx, uid, printing.EVERY_PART, how.get("masked", True))))


def test_a_file_is_drawn_and_entered_everywhere(lead: Room, pupils: Pupils) -> None:
    uid = pupils["张欣怡"]
    pdf = lead.run(printing.print_file, uid, "daily").result
    assert pdf.startswith(b"%PDF-")
    assert lead.run(audit.left).result[0].action == "file.printed"
    (line,) = lead.run(growth_file.openings, uid).result
    assert (line.who, line.purpose, line.printed) == ("林若溪", "daily", True)


def test_paper_shows_what_the_file_holds_and_no_barred_number(lead: Room, pupils: Pupils) -> None:
    uid = pupils["张欣怡"]
    lead.run(entries.write, Entry("", uid, "event", "LE08", from_on="2026-09", text="转到新座位"))
    lead.run(entries.write, Entry("", uid, "care", "C01", from_on="2026-09-01", evidence="班主任家访"))
    barred = Guardian("", uid, "王某某", relation="57", phone="13900000009", do_not_contact=True,
                      do_not_contact_reason="疑似伤害")  # fmt: skip
    lead.run(guardians.write, barred)
    said = words_on(lead, uid)
    for wanted in ("张欣怡", "转到新座位", "2026年9月", "班主任家访", "张建国", "13800000001", "王某某", "不可联系"):
        assert wanted in said
    assert "13900000009" not in said
    assert "疑似伤害" not in said


def test_numbers_are_masked_unless_asked_for(lead: Room, pupils: Pupils) -> None:
    uid = pupils["赵子轩"]
    assert "530102201106150019" not in words_on(lead, uid)
    assert "530102201106150019" in words_on(lead, uid, masked=False)


def test_many_files_in_a_folder_each_in_its_own_access_log(lead: Room, pupils: Pupils, folder: Path) -> None:
    uids = list(pupils.uids.values())
    seen: list[tuple[int, int]] = []
    done = lead.run(
        printing.print_files, uids, folder, "inspection", progress=lambda done, total, _: seen.append((done, total))
    ).result
    # Where no font of the computer has the rare character, that one file is named and the rest is there.
    assert {uid for uid, _ in done.failures} <= {pupils["李𠮷"]}
    assert all(refusal.code == "print.glyph_missing" for _, refusal in done.failures)
    assert len(done.paths) + len(done.failures) == len(uids)
    paths = done.paths
    assert [path.name for path in paths] == sorted(path.name for path in folder.iterdir())
    assert all(path.read_bytes().startswith(b"%PDF-") and path.stat().st_mode & 0o077 == 0 for path in paths)
    assert seen[-1] == (len(uids), len(uids))
    assert [len(lead.run(growth_file.openings, uid).result) for uid in uids] == [1] * len(uids)


def test_stopping_takes_away_what_was_written(lead: Room, pupils: Pupils, folder: Path) -> None:
    with pytest.raises(Refusal, match=r"^job\.cancelled$"):
        lead.run(
            printing.print_files, list(pupils.uids.values()), folder, "inspection",
            cancelled=lambda: bool(list(folder.iterdir())),
        )  # fmt: skip
    assert list(folder.iterdir()) == []
    assert lead.run(audit.left).result[0].outcome == "failed"


def test_a_second_run_leaves_the_first_alone(lead: Room, pupils: Pupils, folder: Path) -> None:
    first, other = pupils["张欣怡"], pupils["赵子轩"]
    (path,) = lead.run(printing.print_files, [first], folder, "inspection").result.paths
    before = path.read_bytes()
    with pytest.raises(Refusal, match=r"^print\.folder_used$") as refused:
        lead.run(printing.print_files, [other, first], folder, "inspection")
    assert refused.value.values == {"folder": "papers", "count": 1}
    assert [each.read_bytes() for each in folder.iterdir()] == [before]
    assert len(lead.run(audit.left).result) == 1
    with pytest.raises(Refusal, match=r"^job\.cancelled$"):
        lead.run(printing.print_files, [other], folder, "inspection", cancelled=lambda: True)
    assert [each.read_bytes() for each in folder.iterdir()] == [before]


def test_above_twenty_a_second_person_has_to_agree(
    lead: Room, register: Callable[..., StudentUid], folder: Path
) -> None:
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"
    uids = [register(f"周{name}生") for name in names]
    assert len(uids) == 21
    with pytest.raises(Refusal, match=r"^approval\.missing$"):
        lead.run(printing.print_files, uids, folder, "inspection")
    assert list(folder.iterdir()) == []
    intent = lead.intent_of(printing.print_files, uids, folder, "inspection")
    assert intent is not None
    facts = dict(intent.facts)
    assert (facts["students"], facts["parts"], facts["numbers"]) == ("21", "全部", "遮住中间")
    whole = lead.intent_of(printing.print_files, uids, folder, "inspection", masked=False)
    cover = lead.intent_of(printing.print_files, uids, folder, "inspection", included=("B", "A"))
    assert whole is not None
    assert cover is not None
    assert dict(whole.facts)["numbers"] == "完整"
    assert dict(cover.facts)["parts"] == "、".join(title for letter, title in printing.PARTS if letter in "AB")


def test_the_registers_say_which_parts_left_and_whether_numbers_were_hidden(lead: Room, pupils: Pupils) -> None:
    lead.run(printing.print_file, pupils["张欣怡"], "daily", included=("B", "A"), masked=False)
    facts = lead.run(audit.entries).result[1].facts  # before the one of the outcome
    assert (facts["parts"], facts["masked"]) == ("AB", False)
    row = lead._open.db.one("SELECT body FROM outgoing_intents")
    assert row is not None
    assert json.loads(row[0]) == {
        "students": [pupils["张欣怡"]], "purpose": "daily", "words": "", "parts": "AB", "masked": False,
    }  # fmt: skip


def test_a_class_list_shows_no_category(lead: Room, pupils: Pupils) -> None:
    lead.run(entries.write, Entry("", pupils["赵子涵"], "care", "C15", from_on="2026-09-01", evidence="核对中"))
    pdf = lead.run(printing.print_class_list, THIRD, ("name", "sex", "school_no", "dorm")).result
    assert pdf.startswith(b"%PDF-")
    with pytest.raises(Refusal, match=r"^export\.columns$"):
        lead.run(printing.print_class_list, THIRD, ("name", "care"))
    with pytest.raises(Refusal, match=r"^export\.columns$"):
        lead.run(printing.print_class_list, THIRD, ("name", "birth"))
    with pytest.raises(Refusal, match=r"^students\.none_chosen$"):
        lead.run(printing.print_class_list, "junior-2019-1")
    row = lead.run(audit.entries, 1).result[0]
    assert json.dumps(row.facts, ensure_ascii=False).count("赵") == 0

"""A roster as it is looked at before it is carried out, and the rows that stay out."""

import re
from pathlib import Path

import pytest

import messy
from counselroom import words
from counselroom.domain.intake import matching, planning
from counselroom.domain.intake import roster_cells as cells
from counselroom.domain.intake import roster_reader as reader
from counselroom.domain.intake.planning import AS_NEW, LEAVE_OUT, Action
from counselroom.domain.intake.roster_line import Problem
from counselroom.domain.refusal import Refusal
from counselroom.domain.students import names, numbers
from counselroom.domain.students.numbers import check_character
from counselroom.domain.students.year_plan import STAYS, Change
from counselroom.formats import files
from counselroom.services.room.door import Room
from counselroom.services.students import intake, intake_problems, listing, problems, review, year
from counselroom.services.students.intake import Choices, RosterFile
from counselroom.services.students.review import Difference, ReviewLine, RosterReview
from counselroom.services.students.year import YearChoices
from rosters import Rows, roster_file
from services.students.conftest import Pupils

HEAD = ("姓名", "性别", "班级", "学号", "出生日期", "联系电话")
# The classes of the template as the school year 2025 calls them: 2024-3 is 八（3）班.
IN_2025 = Choices(school_year=2025, from_on="2026-03-02")
XIN_YI = ("张欣怡", "女", "八（4）班", "20240301", "2011-02-03", "13800000009")
BAD_DAY = ("赵子轩", "男", "八（3）班", "20240302", "2011年13月", "")


def looked_at(lead: Room, file: RosterFile, choices: Choices = IN_2025) -> RosterReview:
    return lead.run(review.roster, file, choices).result


def only(lead: Room, *rows: Rows, choices: Choices = IN_2025) -> ReviewLine:
    (line,) = looked_at(lead, roster_file([HEAD, *rows]), choices).lines
    return line


def test_what_a_row_changes_is_said_in_words(lead: Room) -> None:
    line = only(lead, XIN_YI)
    assert line.planned.action is Action.UPDATED
    assert line.differences == (
        Difference("class", "八（3）班", "八（4）班"),
        Difference("phone", "", "13800000009"),
    )


def test_a_number_is_masked_and_a_code_is_a_word(lead: Room) -> None:
    number = f"53010220110615003{check_character('53010220110615003')}"
    file = roster_file([("姓名", "班级", "身份证号", "就读方式"), ("赵子涵", "八（3）班", number, "住校")])
    (line,) = looked_at(lead, file).lines
    changed = {difference.field: difference.after for difference in line.differences}
    assert changed == {"id_no": f"5301**********{number[-4:]}", "boarding": "住校"}


def test_who_a_row_in_doubt_may_be(lead: Room, pupils: Pupils) -> None:
    line = only(lead, ("张欣怡", "", "八（4）班", "", "2011-02-03", ""))
    assert line.doubts == {"same_name_and_birth"}
    (candidate,) = line.candidates
    assert (candidate.student_uid, candidate.class_name) == (pupils["张欣怡"], "八（3）班")
    file = roster_file([HEAD, ("张欣怡", "", "八（4）班", "", "2011-02-03", "")])
    decided = Choices(decisions={line.place: candidate.student_uid}, school_year=2025)
    (after,) = looked_at(lead, file, decided).lines
    assert (after.planned.action, after.decided) == (Action.UPDATED, True)


def test_two_students_of_one_name_are_two_once_somebody_says_so(lead: Room) -> None:
    rows = [
        HEAD,
        ("王新一", "", "八（4）班", "", "", "13800000001"),
        ("王新一", "", "八（4）班", "", "", "13800000002"),
    ]
    file = roster_file(rows)
    lines = looked_at(lead, file).lines
    assert [line.doubts for line in lines] == [{"same_name_unclear"}] * 2
    said = Choices(decisions={line.place: AS_NEW for line in lines}, school_year=2025)
    assert [line.planned.action for line in looked_at(lead, file, said).lines] == [Action.CREATED] * 2
    one = Choices(decisions={lines[0].place: LEAVE_OUT}, school_year=2025)
    assert [line.planned.action for line in looked_at(lead, file, one).lines] == [Action.BAD, Action.CREATED]


def test_classes_side_by_side_do_not_share_their_rows(lead: Room) -> None:
    """Two tables beside each other: the same row number twice, two students each time."""
    head = ("姓名", "学号", None, "姓名", "学号")
    file = roster_file([("八年级（5）班", None, None, "八年级（6）班", None), head, ("甲一", "91", None, "乙一", "92")])
    lead.run(intake.commit, file, IN_2025)
    found = {line.name: line.class_id for line in lead.run(listing.everybody).result}
    assert (found["甲一"], found["乙一"]) == ("junior-2024-5", "junior-2024-6")


def test_columns_that_were_mapped_once_are_remembered_wherever_the_table_begins(lead: Room) -> None:
    head, data = ("学生", "编排", "班级"), ("孙小小", "20240499", "八（4）班")
    first = roster_file([head, data])
    chosen = Choices(columns={0: {0: "name", 1: "school_no", 2: "class"}}, school_year=2025)
    lead.run(intake.commit, first, chosen)
    moved = roster_file([(None, *head), (None, *data)])
    seen = looked_at(lead, moved)
    assert seen.preview.remembered
    assert [column.field for column in seen.preview.tables[0].columns] == ["name", "school_no", "class"]
    assert seen.lines[0].planned.action is Action.UNCHANGED


def test_saved_corrected_and_imported_again_nobody_is_doubled(lead: Room, tmp_path: Path) -> None:
    sheets = {
        "八（3）班": [("八年级（3）班名单",), HEAD[:2] + HEAD[3:], ("周新新", "女", "20240390", "2011年13月", "")]
    }
    file = roster_file({**sheets, "八（4）班": [HEAD[:2] + HEAD[3:], ("吴好好", "男", "20240490", "2011-01-01", "")]})
    lead.run(intake.commit, file, IN_2025)
    path = lead.run(intake_problems.save_problems, file, IN_2025, tmp_path / "要处理").result
    assert path == tmp_path / "要处理.xlsx"
    saved = intake.read_path(path)
    assert [column.head for column in saved.tables[0].columns][-1] == "问题"
    assert saved.tables[0].rows[0].cells[-1] == "出生日期　“2011年13月”不像一个日期"
    corrected = roster_file(
        {
            table.sheet: [
                *((line,) for line in table.title.split("\n")),
                tuple(column.head for column in table.columns),
                *(tuple("2011-03-01" if cell == "2011年13月" else cell for cell in row.cells) for row in table.rows),
            ]
            for table in saved.tables
        }
    )
    outcome = lead.run(intake.commit, corrected, IN_2025).result
    assert (outcome.counts["created"], outcome.counts["bad"]) == (1, 0)
    by_name = [
        (line.name, line.class_id) for line in lead.run(listing.everybody).result if line.school_no.endswith("90")
    ]
    assert sorted(by_name) == [("吴好好", "junior-2024-4"), ("周新新", "junior-2024-3")]


def test_nothing_to_save(lead: Room, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"roster\.no_problems"):
        lead.run(intake_problems.save_problems, roster_file([HEAD, XIN_YI]), IN_2025, tmp_path / "a.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_who_stands_in_a_row_that_is_kept_out_has_not_left(lead: Room) -> None:
    """A wrong date of birth must not send a student away."""
    there = [
        ("张欣怡", "八（3）班", "20240301"),
        ("阿依·古丽", "八（4）班", "20240401"),
        ("李𠮷", "八（4）班", "20240402"),
    ]
    rows = [HEAD, *((name, "", called, number, "", "") for name, called, number in there), BAD_DAY]
    made = lead.run(review.school_year, roster_file(rows), YearChoices(IN_2025)).result
    decisions = {item.name: item.decision for item in made.plan.items if item.change is Change.GONE}
    assert decisions == {"赵子轩": STAYS, "赵子涵": "90"}


def test_earlier_files_say_who_and_whether_they_count(lead: Room) -> None:
    lead.run(intake.commit, roster_file([HEAD, XIN_YI]), IN_2025)
    (earlier,) = lead.run(review.earlier, intake.KIND).result
    assert (earlier.file_name, earlier.who, earlier.withdrawn) == ("名册.xlsx", "林若溪", False)
    assert lead.run(review.earlier, year.KIND).result == []


def test_a_file_that_is_too_large_is_refused_in_the_words_of_sheets(tmp_path: Path) -> None:
    files.write(tmp_path / "a.xlsx", bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(Refusal, match=r"sheet\.too_large"):
        intake.read_path(tmp_path / "a.xlsx")


def test_a_file_of_the_disk_is_read(tmp_path: Path) -> None:
    files.write(tmp_path / "a.csv", messy.csv_bytes(messy.ROSTER, "gb18030"))
    file = intake.read_path(tmp_path / "a.csv")
    assert (file.name, len(file.tables[0].rows)) == ("a.csv", 2)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Problem("七1", 37, "学籍号", "number_length", {"expected": "19", "found": "18"}),
            "学籍号　少 1 位（应有 19 位）",
        ),
        (
            Problem("七1", 37, "证件号", "number_length", {"expected": "18", "found": "20"}),
            "证件号　多 2 位（应有 18 位）",
        ),
        (Problem("七1", 37, "", "left_out"), "按您的选择先不导入"),
    ],
)
def test_problems_in_words(problem: Problem, said: str) -> None:
    assert problems.with_column(problem) == said


def test_names_can_be_masked() -> None:
    problem = Problem("七1", 3, "", "similar_name", {"names": ("张欣怡",)})
    assert problems.sentence(problem, masked=lambda name: f"{name[:1]}*") == "与档案里 张* 的姓名相近，可能是同一位"


def _documented() -> dict[str, bool]:
    """Codes of docs/formats/roster.md; whether they keep a row out."""
    text = (Path(__file__).parents[3] / "docs" / "formats" / "roster.md").read_text(encoding="utf-8")
    keep_out, only_said = text.split("## Codes that only point something out")
    pattern = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
    return dict.fromkeys(pattern.findall(keep_out), True) | dict.fromkeys(pattern.findall(only_said), False)


def _given() -> set[str]:
    """Codes that the program's own rules give: constants of their modules that look like one and have words."""
    found: set[str] = set()
    for module in (cells, matching, names, numbers, planning, reader):
        found.update(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', Path(str(module.__file__)).read_text(encoding="utf-8")))
    return {code for code in found if words.entry(f"problem.{code}") or code == "number_length"}


def test_every_code_is_documented_and_has_words() -> None:
    documented = _documented()
    assert _given() == set(documented)
    for code, keeps_out in documented.items():
        for key in ("number_short", "number_long") if code == "number_length" else (code,):
            assert words.entry(f"problem.{key}"), key
        assert bool(words.entry(f"problem.{code}.do")) is keeps_out, code

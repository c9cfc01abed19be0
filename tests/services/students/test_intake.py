"""Rosters as they really come (domain.md 6.5, by number), from the file to the vault and back."""

import pytest

import messy
from counselroom.domain.intake.matching import Rung
from counselroom.domain.intake.planning import AS_NEW
from counselroom.services.room.door import Room
from counselroom.services.students import classes, intake, listing, student
from counselroom.services.students.intake import Choices
from counselroom.services.students.problems import sentence
from rosters import roster_file
from services.students.conftest import Pupils
from services.students.journeys import (
    YEAR,
    codes_of,
    content,
    identity,
    lines,
    one,
    seen,
    sheet,
    taken,
)

HEAD = ("姓名", "性别", "班级", "学号", "出生日期")
FIVE = "八年级（5）班"


def test_1_two_of_one_name_with_something_to_tell_them_apart(lead: Room) -> None:
    rows = [HEAD, ("陈思齐", "女", FIVE, "20240501", "2011-05-01"), ("陈思齐", "男", FIVE, "20240502", "2011-05-02")]
    assert taken(lead, sheet(rows)).counts["created"] == 2
    assert {line.school_no for line in lines(lead)["陈思齐"]} == {"20240501", "20240502"}
    assert taken(lead, sheet(rows)).counts["unchanged"] == 2
    corrected = [HEAD, ("陈思齐", "", FIVE, "20240502", "2011-05-02")]
    assert taken(lead, sheet(corrected)).counts["unchanged"] == 1


def test_1_two_of_one_name_without_anything_to_tell_them_apart(lead: Room) -> None:
    head = ("姓名", "班级", "联系电话")
    rows = [head, ("陈思齐", FIVE, "13800000001"), ("陈思齐", FIVE, "13800000002"), ("周小雨", FIVE, "")]
    outcome = taken(lead, sheet(rows))
    assert codes_of(outcome) == [(2, "", "same_name_unclear"), (3, "", "same_name_unclear")]
    assert outcome.counts["created"] == 1
    said = Choices(decisions={("名册", row, 0): AS_NEW for row in (2, 3)}, school_year=2025, from_on=YEAR.from_on)
    assert taken(lead, sheet(rows), said).counts["created"] == 2
    again = taken(lead, sheet(rows))
    assert codes_of(again) == [(2, "", "same_name"), (3, "", "same_name")]


def test_2_wrong_and_short_numbers_stay_out_with_the_reason(lead: Room) -> None:
    right = identity("20110501", 1)
    head = ("姓名", "班级", "身份证号", "学籍号")
    rows = [
        head,
        ("短号甲", FIVE, right[:-1], ""),
        ("错号乙", FIVE, right[:-1] + ("1" if right[-1] != "1" else "2"), ""),
        ("字母丙", FIVE, "", "K" + right),
        ("少位丁", FIVE, "", "G" + right[:-1]),
        ("日期戊", FIVE, identity("20111301", 1), ""),
        ("正确己", FIVE, right, "G" + right),
    ]
    outcome = taken(lead, sheet(rows))
    assert codes_of(outcome) == [
        (2, "身份证号", "number_length"),
        (3, "身份证号", "number_check"),
        (4, "学籍号", "number_letter"),
        (5, "学籍号", "number_length"),
        (6, "身份证号", "number_birth"),
    ]
    line = one(lead, "正确己")
    assert (line.birth, line.sex) == ("2011-05-01", "男")


def test_3_full_width_forms_are_folded(lead: Room) -> None:
    rows = [HEAD, ("王\u3000小\u3000明", "男", "八年级（５）班", "２０２４０５０３", "２０１１．５．１")]
    taken(lead, sheet(rows))
    line = one(lead, "王小明")
    assert (line.class_id, line.school_no, line.birth) == ("junior-2024-5", "20240503", "2011-05-01")


def test_4_blanks_and_unseen_signs_inside_names(lead: Room) -> None:
    rows = [HEAD, ("张 三\xa0", "男", FIVE, "1", ""), ("李\u200b四", "女", FIVE, "2", "")]
    taken(lead, sheet(rows))
    assert {"张三", "李四"} <= lines(lead).keys()
    plain = [HEAD, ("张三", "男", FIVE, "1", ""), ("李四", "女", FIVE, "2", "")]
    assert taken(lead, sheet(plain)).counts["unchanged"] == 2


def test_5_numbers_that_a_spreadsheet_has_damaged_are_refused_in_plain_words(lead: Room) -> None:
    head = ("姓名", "班级", "身份证号")
    rows = [
        head,
        ("甲一", FIVE, 530102201105010019),
        ("乙二", FIVE, "5.30102E+17"),
        ("丙三", FIVE, "530102201105010000"),
        ("丁四", FIVE, "=A1"),
        ("戊五", FIVE, None),
    ]
    outcome = taken(lead, sheet(rows))
    assert codes_of(outcome) == [(row, "身份证号", "number_damaged") for row in (2, 3, 4, 5)]
    assert outcome.counts["created"] == 1


def test_6_leading_zeros_and_apostrophes(lead: Room) -> None:
    rows = [HEAD, ("甲一", "男", FIVE, "'00123", ""), ("乙二", "女", FIVE, "00124", "")]
    taken(lead, sheet(rows))
    assert (one(lead, "甲一").school_no, one(lead, "乙二").school_no) == ("00123", "00124")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2010.9.1", "2010-09-01"), ("2010-9", "2010-09"), ("20100901", "2010-09-01"), ("2010年9月1日", "2010-09-01"),
        (40422, "2010-09-01"), ("2010/9/1 0:00:00", "2010-09-01"),
    ],
)  # fmt: skip
def test_7_dates_as_they_are_written(lead: Room, written: object, kept: str) -> None:
    taken(lead, roster_file([HEAD, ("甲一", "男", FIVE, "1", str(written))]))
    assert one(lead, "甲一").birth == kept


def test_7_days_of_the_1904_system_are_the_same_days(lead: Room) -> None:
    from datetime import date

    data = messy.xlsx({"名册": [HEAD, ("甲一", "男", FIVE, "1", date(2010, 9, 1))]}, epoch_1904=True)
    taken(lead, intake.read_file(data, "a.xlsx"))
    assert one(lead, "甲一").birth == "2010-09-01"


def test_7_a_date_that_is_none_keeps_the_row_out(lead: Room) -> None:
    rows = [HEAD, ("甲一", "男", FIVE, "1", "2010年13月"), ("乙二", "男", FIVE, "2", "2090-01-01")]
    assert codes_of(taken(lead, sheet(rows))) == [
        (2, "出生日期", "date_unreadable"),
        (3, "出生日期", "date_in_future"),
    ]


def test_8_every_way_to_write_the_sex(lead: Room) -> None:
    written = {
        "甲一": "男",
        "乙二": "女",
        "丙三": "1",
        "丁四": "2",
        "戊五": "M",
        "己六": "F",
        "庚七": "1-男",
        "辛八": "女性",
    }
    rows = [HEAD, *((name, sex, FIVE, str(place), "") for place, (name, sex) in enumerate(written.items()))]
    taken(lead, sheet(rows))
    assert [one(lead, name).sex for name in written] == ["男", "女"] * 4


@pytest.mark.parametrize(
    "written",
    ["八年级(5)班", "八年级（5）班", "八（5）", "8.5", "805", "0805", "初二5班", "初二(五)班", "2024级5班", "24级05班"],
)
def test_9_class_words(lead: Room, written: str) -> None:
    taken(lead, sheet([HEAD, ("甲一", "男", written, "1", "")]))
    assert one(lead, "甲一").class_id == "junior-2024-5"


def test_9_a_class_in_two_columns_on_the_sheet_and_over_the_table(lead: Room) -> None:
    taken(lead, sheet([("姓名", "年级", "班级"), ("甲一", "八年级", "5班")]))
    taken(lead, sheet([("姓名", "学号"), ("乙二", "20240601")], "八（6）班"))
    taken(lead, sheet([("云溪中学八年级（7）班学生花名册",), ("姓名", "学号"), ("丙三", "20240701")]))
    assert [one(lead, name).class_id[-1] for name in ("甲一", "乙二", "丙三")] == ["5", "6", "7"]


def test_9_a_word_that_nobody_can_read_is_asked_once_and_remembered(lead: Room) -> None:
    file = sheet([HEAD, ("甲一", "男", "启明", "1", "")])
    before = seen(lead, file)
    assert codes_of(before) == [(2, "班级", "class_unknown")]
    (word,) = before.unknown_classes
    said = Choices(aliases={word: "junior-2024-5"}, school_year=2025, from_on=YEAR.from_on)
    taken(lead, file, said)
    assert one(lead, "甲一").class_id == "junior-2024-5"
    assert taken(lead, file).counts["unchanged"] == 1


def test_10_variant_characters_are_a_doubt_and_never_a_match(lead: Room) -> None:
    taken(lead, sheet([HEAD, ("王喆", "男", FIVE, "", "2011-05-01")]))
    outcome = taken(lead, sheet([HEAD, ("王哲", "男", FIVE, "", "2011-05-01")]))
    assert codes_of(outcome) == [(2, "", "similar_name")]
    assert "王哲" not in lines(lead)


def test_11_names_with_and_without_the_middle_dot_are_one(lead: Room, pupils: Pupils) -> None:
    for written in ("阿依古丽", "阿依•古丽", "阿依．古丽", "阿依 · 古丽"):
        outcome = taken(lead, sheet([HEAD, (written, "女", "八（4）班", "20240401", "2011-09-30")]))
        assert outcome.counts["created"] == outcome.counts["bad"] == 0
    assert len([line for line in lead.run(listing.everybody).result if line.student_uid == pupils["阿依·古丽"]]) == 1


def test_13_partial_rows_say_what_they_know(lead: Room, pupils: Pupils) -> None:
    rows = [
        ("姓名", "班级", "现住址"),
        ("张欣怡", "八（3）班", "云溪路 1 号"),
        ("", "八（3）班", "无名路"),
        ("新生一", "", ""),
    ]
    outcome = taken(lead, sheet(rows))
    assert codes_of(outcome) == [(3, "姓名", "name_missing")]
    assert one(lead, "张欣怡").birth == "2011-02-03"
    assert (one(lead, "新生一").class_id, one(lead, "新生一").present) == ("", True)


def test_20_rows_that_a_teacher_typed_to_try(lead: Room) -> None:
    rows = [HEAD, ("测试", "男", FIVE, "1", ""), ("测试2", "男", FIVE, "2", ""), ("111", "男", FIVE, "3", "")]
    assert codes_of(taken(lead, sheet(rows))) == [(row, "姓名", "test_row") for row in (2, 3, 4)]


def test_21_a_pupil_who_moved_class_is_moved(lead: Room, pupils: Pupils) -> None:
    rows = [HEAD, ("张欣怡", "女", "八（4）班", "20240301", "2011-02-03")]
    outcome = taken(lead, sheet(rows), Choices(school_year=2025, from_on="2026-03-02"))
    assert outcome.counts["updated"] == 1
    line = one(lead, "张欣怡")
    assert (line.student_uid, line.class_id, line.status_from) == (pupils["张欣怡"], "junior-2024-4", "2026-03-02")


def test_22_twins_are_two(lead: Room, pupils: Pupils) -> None:
    rows = [
        HEAD,
        ("赵子轩", "男", "八（3）班", "20240302", "2011-06-15"),
        ("赵子涵", "男", "八（3）班", "20240303", "2011-06-15"),
        ("钱多多", "女", FIVE, "20240511", "2011-06-16"),
        ("钱朵朵", "女", FIVE, "20240512", "2011-06-16"),
    ]
    assert taken(lead, sheet(rows)).counts == {"rows": 4, "created": 2, "updated": 0, "unchanged": 2, "bad": 0}


def test_23_signs_that_are_no_letters_of_a_name(lead: Room) -> None:
    outcome = taken(lead, sheet([HEAD, ("小明😀", "男", FIVE, "1", ""), ("王小明", "男", FIVE, "2", "")]))
    assert codes_of(outcome) == [(2, "姓名", "name_characters")]
    assert outcome.counts["created"] == 1


# Wrong keys


def test_numbers_of_two_students_in_one_row(lead: Room) -> None:
    first, second = identity("20110501", 1), identity("20110502", 2)
    head = ("姓名", "班级", "身份证号", "学籍号")
    taken(lead, sheet([head, ("甲一", FIVE, first, "G" + first), ("乙二", FIVE, second, "G" + second)]))
    outcome = taken(lead, sheet([head, ("甲一", FIVE, first, "G" + second)]))
    assert codes_of(outcome) == [(2, "", "numbers_disagree")]
    assert outcome.problems[0].values["names"] in (("甲一", "乙二"), ("乙二", "甲一"))


def test_a_number_under_another_name_is_asked_about(lead: Room) -> None:
    head, number = ("姓名", "班级", "身份证号"), identity("20110501", 1)
    taken(lead, sheet([head, ("甲一", FIVE, number)]))
    file = sheet([head, ("乙二", FIVE, number)])
    (row,) = seen(lead, file).planned
    assert (row.problems[0].code, row.match.rung) == ("name_differs", Rung.ID)
    said = Choices(decisions={row.line.place: row.match.candidates[0]}, school_year=2025, from_on=YEAR.from_on)
    assert taken(lead, file, said).counts["updated"] == 1
    assert one(lead, "乙二").student_uid == row.match.candidates[0]
    assert "甲一" not in lines(lead)


def test_two_rows_that_claim_one_number_both_stay_out(lead: Room) -> None:
    head, number = ("姓名", "班级", "身份证号"), identity("20110501", 1)
    outcome = taken(lead, sheet([head, ("甲一", FIVE, number), ("乙二", FIVE, number), ("甲一", FIVE, number)]))
    assert codes_of(outcome) == [(row, "", "rows_clash") for row in (2, 3, 4)]
    assert sentence(outcome.problems[0]) == "与第 3 行、第 4 行说的是同一位学生，内容却不一样"
    assert outcome.batch_id is None


def test_one_pupil_in_two_classes_of_one_file(lead: Room) -> None:
    rows = [HEAD, ("甲一", "男", FIVE, "", "2011-05-01"), ("甲一", "男", "八（6）班", "", "2011-05-01")]
    assert codes_of(taken(lead, sheet(rows))) == [(2, "", "two_classes"), (3, "", "two_classes")]


def test_a_row_that_stands_twice_counts_once(lead: Room) -> None:
    row = ("甲一", "男", FIVE, "20240501", "2011-05-01")
    outcome = taken(lead, sheet([HEAD, row, row]))
    assert outcome.counts == {"rows": 2, "created": 1, "updated": 0, "unchanged": 1, "bad": 0}


def test_a_leaver_who_comes_back_has_the_old_file(lead: Room, pupils: Pupils) -> None:
    lead.run(student.move, [pupils["李𠮷"]], from_on="2026-01-10", status="03")
    outcome = taken(lead, sheet([HEAD, ("李𠮷", "男", "八（4）班", "20240402", "2010-12-01")]))
    assert outcome.counts["updated"] == 1
    line = one(lead, "李𠮷")
    assert (line.student_uid, line.status, line.present) == (pupils["李𠮷"], "01", True)


def test_a_year_group_of_which_most_jump_is_pointed_out(lead: Room) -> None:
    head = ("姓名", "班级", "学号")
    taken(
        lead, sheet([head, ("甲一", "七（1）班", "20250101"), ("乙二", "七（1）班", "20250102"), ("丙三", FIVE, "1")])
    )
    jumped = sheet([head, ("甲一", "八（1）班", "20250101"), ("乙二", "八（1）班", "20250102"), ("丙三", FIVE, "1")])
    assert seen(lead, jumped).doubts == ("most_skips",)
    assert taken(lead, jumped).doubts == ("most_skips",)
    assert taken(lead, jumped).doubts == ()


# What is taken in besides


def test_a_name_longer_than_usual_is_taken_and_pointed_out(lead: Room) -> None:
    name = "阿卜杜热合曼·买买提明·吐尔逊江·艾力"
    outcome = taken(lead, sheet([HEAD, (name, "男", "8年5班", "1", "")]))
    assert [(note.row, note.column, note.code) for note in outcome.notes] == [(2, "姓名", "name_long")]
    assert one(lead, name).class_id == "junior-2024-5"


def test_guardians_and_care_categories(lead: Room) -> None:
    head = (
        "姓名",
        "班级",
        "是否留守儿童",
        "是否孤儿",
        "父亲姓名",
        "父亲电话",
        "成员1姓名",
        "成员1关系",
        "成员1是否监护人",
        "班主任",
    )
    row = ("甲一", FIVE, "双亲留守儿童", "否", "甲大", "13800000005", "甲二", "祖父", "是", "何静")
    taken(lead, sheet([head, row]))
    (found,) = [item for item in content(lead) if item[0] == "甲一"]
    assert found[-3] == [("甲二", "61", "", True), ("甲大", "51", "13800000005", False)]
    assert found[-2] == [("care", "C02", "双亲留守儿童")]
    assert {line.teacher for line in lead.run(classes.listed).result if line.class_id == "junior-2024-5"} == {"何静"}
    more = taken(lead, sheet([head[:6], ("甲一", FIVE, "双亲留守儿童", "否", "甲大", "13800000006")]))
    assert more.counts["updated"] == 1
    (found,) = [item for item in content(lead) if item[0] == "甲一"]
    assert ("甲大", "51", "13800000006", False) in found[-3]


def test_the_number_right_of_a_guardians_name_is_the_guardians(lead: Room) -> None:
    taken(
        lead, sheet([("姓名", "班级", "家长姓名", "关系", "联系电话"), ("甲一", FIVE, "甲大", "父亲", "13800000005")])
    )
    (found,) = [item for item in content(lead) if item[0] == "甲一"]
    assert found[-3] == [("甲大", "51", "13800000005", False)]
    assert found[-4].phone == ""


def test_cells_that_nobody_understands_are_counted_for_the_rows_that_come_in(lead: Room) -> None:
    head = ("姓名", "班级", "性别", "是否住校", "家长姓名", "关系", "电话")
    rows = [
        head,
        ("甲一", FIVE, "女", "是", "甲大", "父亲", "13800000005"),
        ("乙二", FIVE, "外星", "再议", "乙大", "远亲戚", "没有"),
        ("丙", FIVE, "外星", "否", "", "", ""),
    ]
    file = sheet(rows)
    assert seen(lead, file).not_taken == taken(lead, file).not_taken == 4
    assert (one(lead, "甲一").boarding, one(lead, "乙二").boarding) == ("住校", "")

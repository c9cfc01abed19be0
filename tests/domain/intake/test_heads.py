"""Tables inside sheets: the layouts in which rosters come."""

import pytest

from counselroom.domain.intake.heads import find_all, find_tables, signature, with_mapping
from counselroom.domain.intake.headwords import HeadWords, head_words
from counselroom.domain.intake.tables import Sheet, Table
from counselroom.domain.refusal import Refusal


def sheet(*rows: str, name: str = "S", **more: object) -> Sheet:
    """A sheet from lines, ``|`` between cells; an empty cell is None, ``⏎`` a line break in a cell."""
    cells = [[cell.replace("⏎", "\n") or None for cell in row.split("|")] for row in rows]
    width = max(len(row) for row in cells)
    return Sheet(name, tuple(tuple(row + [None] * (width - len(row))) for row in cells), **more)  # type: ignore[arg-type]  # a test's own words


def fields(table: Table) -> list[str | None]:
    return [column.field for column in table.columns]


def names(table: Table) -> list[str | None]:
    place = table.place("name")
    assert place is not None
    return [row.cells[place] for row in table.rows]


def test_a_plain_table(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别|学号", "张欣怡|女|20250001", "李浩宇|男|20250002", name="一班"), words)
    assert (table.sheet, table.title, fields(table)) == ("一班", "", ["name", "sex", "school_no"])
    assert [row.cells for row in table.rows] == [("张欣怡", "女", "20250001"), ("李浩宇", "男", "20250002")]
    assert [row.number for row in table.rows] == [2, 3]
    assert table.skipped == ((1, "head"),)


MEANT = {
    "name": "姓名、姓 名、*姓名、姓⏎名*、★姓名（必填）、学生姓名、姓名【必填】",
    "xueji_no": "全国学籍号、学籍号、教育ID、教育ＩＤ",
    "xueji_aux": "学籍辅号",
    "school_no": "学号、学　号※",
    "class_seat": "班内学号",
    "id_no": "身份证件号、身份证号码(18位)、※身份证号",
    "migrant": "是否进城务工人员随迁子女",
    "martyr": "是否烈士或优抚子女",
    "aid": "是否需要申请资助、是否享受一补",
    "phone": "联系电话",
    "boarding": "就读方式、住宿方式",
    "boards": "是否住校、是否寄宿生",
    "day_pupil": "是否走读",
    "head_teacher": "班主任",
    "dorm": "宿舍",
    "father_phone": "父亲电话、联系电话（父亲）、电话(父)",
    "father_name": "父亲、父亲姓名",
    "mother_name": "母亲姓名",
    "guardian1_name": "家长姓名、监护人姓名、成员1姓名、家庭成员或监护人１姓名",
    "guardian1_phone": "家长电话",
    "guardian1_relation": "与学生关系、成员1与学生关系",
    "guardian2_legal": "成员2是否监护人",
    "": "工作单位、籍贯、ＩＤ、父亲身份证号、父亲关系",
}


@pytest.mark.parametrize(
    ("head", "field"), [(head, field or None) for field, heads in MEANT.items() for head in heads.split("、")]
)
def test_head_words(words: HeadWords, head: str, field: str | None) -> None:
    """Mess 17 and 3: marks, remarks, line breaks, blanks and full-width letters in a head do not matter."""
    assert words.field_of(head.replace("⏎", "\n")) == field


def test_every_head_of_the_registers_collection_sheet_that_we_keep(words: HeadWords) -> None:
    heads = """姓名 性别 出生日期 民族 身份证件类型 身份证件号 曾用名 姓名拼音 学籍辅号 班内学号 年级 班级 入学年月
               就读方式 现住址 联系电话 是否留守儿童 是否孤儿 随班就读 残疾类型 是否独生子女"""
    assert None not in [words.field_of(head) for head in heads.split()]


def test_titles_above_are_kept_and_skipped(words: HeadWords) -> None:
    (table,) = find_tables(
        sheet(
            "昆明市云溪中学七年级(3)班学生花名册||", "班主任：王老师||人数：2", "||", "序号|姓名|性别", "1|张欣怡|女"
        ),
        words,
    )
    assert table.title == "昆明市云溪中学七年级(3)班学生花名册\n班主任：王老师 人数：2"
    assert table.skipped == ((1, "title"), (2, "title"), (4, "head"))
    assert names(table) == ["张欣怡"]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "姓名|性别|家庭成员或监护人1|||母亲|",
            "||姓名|关系|联系电话|姓名|联系电话",
            "张欣怡|女|张三|父亲|1391|李四|1392",
        ),
        (
            "学生信息||家庭成员或监护人1|||母亲|",
            "姓名|性别|姓名|关系|联系电话|姓名|联系电话",
            "张欣怡|女|张三|父亲|1391|李四|1392",
        ),
    ],
)
def test_two_head_rows(words: HeadWords, rows: tuple[str, ...]) -> None:
    """Mess 18."""
    (table,) = find_tables(sheet(*rows), words)
    assert fields(table) == [
        "name",
        "sex",
        "guardian1_name",
        "guardian1_relation",
        "guardian1_phone",
        "mother_name",
        "mother_phone",
    ]
    assert table.columns[3].head == "家庭成员或监护人1 关系"
    assert table.skipped == ((1, "head"), (2, "head"))
    assert names(table) == ["张欣怡"]


def test_two_head_rows_below_a_title(words: HeadWords) -> None:
    """Mess 18, where the lower row says what the student is."""
    (table,) = find_tables(
        sheet(
            "七年级花名册|||", "姓名|基本情况||父亲", "|性别|民族|电话", "张欣怡|女|彝族|1391", "李浩宇|男|汉族|1392"
        ),
        words,
    )
    assert fields(table) == ["name", "sex", "ethnic", "father_phone"]
    assert table.title == "七年级花名册"
    assert names(table) == ["张欣怡", "李浩宇"]


def test_a_persons_number_is_not_the_students(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别|父亲||", "||姓名|身份证号|联系电话", "张欣怡|女|张三|5301|1391"), words)
    assert fields(table) == ["name", "sex", "father_name", None, "father_phone"]


@pytest.mark.parametrize(
    ("heads", "meant"),
    [
        ("家长姓名 关系 联系电话", "guardian1_name guardian1_relation guardian1_phone"),
        ("监护人姓名 与学生关系 手机号（必填）", "guardian1_name guardian1_relation guardian1_phone"),
        ("家长姓名 关系 工作单位 家庭住址 电话", "guardian1_name guardian1_relation - address guardian1_phone"),
        ("父亲姓名 手机 母亲姓名 手机", "father_name father_phone mother_name mother_phone"),
        ("父亲 母亲 联系电话", "father_name mother_name mother_phone"),
        ("父亲姓名 关系 联系电话", "father_name - father_phone"),
        (
            "第一监护人 关系 电话 第二监护人 与学生关系 电话 是否监护人",
            "guardian1_name guardian1_relation guardian1_phone guardian2_name guardian2_relation guardian2_phone"
            " guardian2_legal",
        ),
        # The student's: left of the guardian, behind a column about the student, beside a number that says whose it is.
        ("联系电话 家长姓名 关系", "phone guardian1_name guardian1_relation"),
        ("电话 家长姓名 联系电话", "phone guardian1_name guardian1_phone"),
        ("家长姓名 班级 联系电话", "guardian1_name class phone"),
        ("家长姓名 家长电话 联系电话", "guardian1_name guardian1_phone phone"),
        ("家长姓名 联系电话 家长电话", "guardian1_name phone guardian1_phone"),
        ("家长姓名 学生电话", "guardian1_name phone"),
        # A second number of the guardian is not the student's either.
        ("家长姓名 联系电话 手机", "guardian1_name guardian1_phone -"),
        ("身份证号 家长姓名 身份证号 电话", "id_no guardian1_name - guardian1_phone"),
    ],
)
def test_a_bare_word_is_the_persons_to_its_left(words: HeadWords, heads: str, meant: str) -> None:
    (table,) = find_tables(sheet("|".join(["姓名", *heads.split()]), "张欣怡|女"), words)
    assert fields(table) == ["name", *(None if field == "-" else field for field in meant.split())]


def test_a_word_over_several_columns_says_where_a_person_ends(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|家长||联系电话", "|姓名|关系|", "张欣怡|张三|父亲|1391"), words)
    assert fields(table) == ["name", "guardian1_name", "guardian1_relation", "phone"]


def test_guardians_of_classes_side_by_side(words: HeadWords) -> None:
    one = "姓名|家长姓名|联系电话"
    first, second = find_tables(sheet(f"{one}|{one}", "张欣怡|张三|1391|李浩宇|李四|1392"), words)
    assert fields(first) == fields(second) == ["name", "guardian1_name", "guardian1_phone"]


def test_the_first_row_of_data_is_not_taken_for_a_head(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别|备注", "张欣怡|女|", "李浩宇|男|走读"), words)
    assert names(table) == ["张欣怡", "李浩宇"]


def test_classes_side_by_side(words: HeadWords) -> None:
    tables = find_tables(
        sheet(
            "云溪中学七年级花名册||||||",
            "七年级1班|||七年级2班||",
            "序号|姓名|性别|序号|姓名|性别|备注",
            "1|张欣怡|女|1|李浩宇|男",
            "2|王梓涵|女|||",
            "合计|2人||合计|1人|",
        ),
        words,
    )
    assert [table.title for table in tables] == ["云溪中学七年级花名册\n七年级1班", "云溪中学七年级花名册\n七年级2班"]
    assert [names(table) for table in tables] == [["张欣怡", "王梓涵"], ["李浩宇"]]
    assert [fields(table) for table in tables] == [[None, "name", "sex"], [None, "name", "sex", "note"]]
    assert [[column.index for column in table.columns] for table in tables] == [[0, 1, 2], [3, 4, 5, 6]]
    assert tables[1].skipped == ((1, "title"), (2, "title"), (3, "head"), (5, "blank"), (6, "summary"))


def test_a_guardians_name_to_the_right_is_no_second_class(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别|姓名|关系", "张欣怡|女|张三|父亲"), words)
    assert fields(table) == ["name", "sex", None, None]


def test_classes_one_below_the_other(words: HeadWords) -> None:
    tables = find_tables(
        sheet(
            "七年级1班|",
            "姓名|性别",
            "张欣怡|女",
            "|",
            "七年级2班花名册|",
            "姓名|性别",
            "李浩宇|男",
            "制表人：王老师|",
        ),
        words,
    )
    assert [(table.title, names(table)) for table in tables] == [
        ("七年级1班", ["张欣怡"]),
        ("七年级2班花名册", ["李浩宇"]),
    ]
    assert tables[1].skipped == ((5, "title"), (6, "head"), (8, "note"))


def test_a_line_with_a_class_between_the_rows(words: HeadWords) -> None:
    tables = find_tables(
        sheet("姓名|性别", "七年级(1)班|", "张欣怡|女", "七年级（2）班|", "李浩宇|男", "王梓涵|女"), words
    )
    assert [(table.title, names(table)) for table in tables] == [
        ("七年级(1)班", ["张欣怡"]),
        ("七年级（2）班", ["李浩宇", "王梓涵"]),
    ]


def test_the_head_of_every_printed_page(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别", "张欣怡|女", "姓 名|性 别", "李浩宇|男", "第2页|"), words)
    assert names(table) == ["张欣怡", "李浩宇"]
    assert table.skipped == ((1, "head"), (3, "head"), (5, "note"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("合计|45人|", "summary"),
        ("合 计||45", "summary"),
        ("共45人||", "summary"),
        ("男生23人|女生22人|", "summary"),
        ("|共计：45|", "summary"),
        ("备注：红色为住校生||", "note"),
        ("注:||", "note"),
        ("制表人：王老师||填表日期：2025年9月1日", "note"),
        ("填表日期|2025.9.1|", "note"),
        ("46||", "number_only"),
        ("请各班于九月一日前核对完毕，并签字交回教务处存档备查||", "text"),
        ("||备用", "text"),
        ("||", "blank"),
    ],
)
def test_lines_that_are_no_students(words: HeadWords, line: str, reason: str) -> None:
    (table,) = find_tables(sheet("序号|姓名|性别", "1|张欣怡|女", line, "2|李浩宇|男"), words)
    assert table.skipped == ((1, "head"), (3, reason))
    assert names(table) == ["张欣怡", "李浩宇"]


@pytest.mark.parametrize(
    "line", ["3|测试|", "3||女", "|王梓涵|", "3|111|男", "3|共和平|男", "3|男|男", "注册|王梓涵|女"]
)
def test_lines_that_may_be_students_are_kept(words: HeadWords, line: str) -> None:
    """A row without a name, or with a strange one, is the reader's to explain, not ours to drop."""
    (table,) = find_tables(sheet("序号|姓名|性别", "1|张欣怡|女", line), words)
    assert len(table.rows) == 2


def test_a_name_alone_is_a_student(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别", "张欣怡|", "共和平|", "阿依古丽·买买提|"), words)
    assert names(table) == ["张欣怡", "共和平", "阿依古丽·买买提"]


def test_empty_rows_at_the_end_are_not_reported(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|性别", "张欣怡|女", "|", "李浩宇|男", "|", "|"), words)
    assert table.skipped == ((1, "head"), (3, "blank"))


def test_lost_cells_are_carried_along(words: HeadWords) -> None:
    """A name that is an error makes no blank row, and the positions are those of the columns."""
    (table,) = find_tables(
        sheet("|姓名|性别|学号", "|张欣怡|女|2025000100000000", "|||", lost=frozenset({(1, 3), (2, 1), (1, 0)})), words
    )
    assert [(row.number, row.lost) for row in table.rows] == [(2, frozenset({2})), (3, frozenset({0}))]


def test_a_merged_class_counts_for_all_its_rows_and_a_name_does_not(words: HeadWords) -> None:
    """Mess 15."""
    (table,) = find_tables(
        sheet(
            "姓名|班级|宿舍",
            "张欣怡|七1班|1-201",
            "|||",
            "李浩宇||",
            "王梓涵|七2班|",
            merged=((1, 1, 3, 1), (1, 0, 2, 0), (1, 2, 3, 2), (9, 1, 12, 1)),
        ),
        words,
    )
    assert [row.cells for row in table.rows] == [
        ("张欣怡", "七1班", "1-201"),
        ("李浩宇", "七1班", "1-201"),
        ("王梓涵", "七2班", None),
    ]


def test_two_hundred_columns_of_noise_do_not_matter(words: HeadWords) -> None:
    noise = "|".join(f"题{number}" for number in range(200))
    (table,) = find_tables(sheet(f"{noise}|姓名|{noise}|性别", f"{noise}|张欣怡|{noise}|女"), words)
    assert [column.field for column in table.columns if column.field] == ["name", "sex"]
    assert names(table) == ["张欣怡"]


def test_of_two_columns_of_one_field_the_first_has_it(words: HeadWords) -> None:
    (table,) = find_tables(sheet("姓名|班级|现班级", "张欣怡|七1班|七2班"), words)
    assert fields(table) == ["name", "class", None]


# --- several sheets, refusals -----------------------------------------------------------------------------------------


def test_all_sheets_but_the_hidden_ones(words: HeadWords) -> None:
    one = sheet("姓名|性别", "张欣怡|女", name="一班")
    two = sheet("姓名|性别", "李浩宇|男", name="二班")
    old = sheet("姓名|性别", "王梓涵|女", name="旧", hidden=True)
    assert [table.sheet for table in find_all([one, Sheet("说明", ()), old, two], words)] == ["一班", "二班"]


@pytest.mark.parametrize(
    "rows", [("姓名", "张欣怡"), ("姓名|特长", "张欣怡|画画"), ("性别|学号", "女|1"), ("请填写姓名和性别|",)]
)
def test_no_table_without_a_name_and_one_more_known_column(words: HeadWords, rows: tuple[str, ...]) -> None:
    assert find_tables(sheet(*rows), words) == ()
    with pytest.raises(Refusal, match=r"^roster\.no_head$"):
        find_all([sheet(*rows)], words)


def test_the_refusal_says_what_was_seen(words: HeadWords) -> None:
    with pytest.raises(Refusal) as caught:
        find_all([sheet("月度支出表", "科目|金额|经手人", "纸|12|王", name="支出"), Sheet("空", ())], words)
    assert caught.value.values == {"sheets": ("支出", "空"), "heads": ("科目", "金额", "经手人")}


# --- mapping ----------------------------------------------------------------------------------------------------------


def test_another_mapping(words: HeadWords) -> None:
    (table,) = find_tables(sheet("|姓名|编号|班级|原班级", "|张欣怡|1|七1班|六1班"), words)
    mapped = with_mapping(table, {2: "school_no", 4: "class", 3: None})
    assert fields(mapped) == ["name", "school_no", None, "class"]
    assert fields(with_mapping(table, {4: "class"})) == ["name", None, None, "class"]
    assert mapped.rows == table.rows
    with pytest.raises(ValueError, match="two columns"):
        with_mapping(table, {2: "class", 4: "class"})


def test_the_signature_is_that_of_the_layout(words: HeadWords) -> None:
    first, other, moved = (
        find_tables(sheet(*rows), words)[0]
        for rows in (("姓名|性别", "张欣怡|女"), ("标题|", "姓 名|性⏎别", "李浩宇|男"), ("性别|姓名", "女|张欣怡"))
    )
    assert signature(first) == signature(other) != signature(moved)


def test_one_word_for_two_fields_is_an_error_of_the_file() -> None:
    entries = {
        "fold": {"marks": "*", "brackets": ["()"]},
        "field": {"name": ["姓名"], "sex": ["姓 名"]},
        "alone": {},
        "group": {},
        "member": {},
        "line": {"number": [], "summary": [], "note": [], "class_title": []},
    }
    with pytest.raises(ValueError, match="姓名 is name and sex"):
        head_words(entries)

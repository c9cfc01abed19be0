"""Rows of a roster as they are understood: each cell by its column, numbers checked and never guessed."""

import pytest

from counselroom.domain.intake.roster_line import NamedGuardian, RosterLine, alias_name
from counselroom.domain.intake.roster_reader import read_lines
from counselroom.domain.students.numbers import check_character
from domain.intake.rosterlists import lists, table

ID = "53010220110501001"
BOY = ID + check_character(ID)


def read(field: str, cell: str | None, head: str = "某列", **changed: object) -> RosterLine:
    """One row with a name and this cell."""
    (line,) = read_lines((table({"name": "姓名", field: head}, ("张三", cell)),), lists(**changed))
    return line


def problems(line: RosterLine) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in line.problems]


def notes(line: RosterLine) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in line.notes]


@pytest.mark.parametrize(
    ("field", "cell", "kept"),
    [
        ("sex", "女", "2"),
        ("sex", "1-男", "1"),
        ("ethnic", "彝族", "07"),
        ("boarding", "住校", "2"),
        ("birth", "2011.5.1", "2011-05-01"),
        ("birth", "2011-05", "2011-05"),
        ("school_no", "'００12", "0012"),
        ("xueji_no", f"g{BOY}", f"G{BOY}"),
        ("address", "云溪路  1 号", "云溪路 1 号"),
        ("phone", "138 0000-0001", "13800000001"),
        ("former_name", "张小三", "张小三"),
    ],
)
def test_a_cell_by_its_column(field: str, cell: str, kept: str) -> None:
    line = read(field, cell)
    assert getattr(line.basics, field) == kept
    assert (line.problems, line.notes) == ((), ())


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("birth", "2011年13月", "date_unreadable"),
        ("birth", "2025-09-11", "date_in_future"),
        ("id_no", BOY[:-1], "number_length"),
        ("id_no", "5.30102E+17", "number_damaged"),
        ("xueji_no", f"X{BOY}", "number_letter"),
        ("class", "启明", "class_unknown"),
        ("grade", "八年级", "class_unknown"),
    ],
)
def test_what_keeps_a_row_out(field: str, cell: str, code: str) -> None:
    assert problems(read(field, cell)) == [("某列", code)]


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [("sex", "外星", "word_unknown"), ("phone", "没有", "phone_unreadable"), ("status", "云游", "word_unknown")],
)
def test_what_is_only_noted(field: str, cell: str, code: str) -> None:
    line = read(field, cell)
    assert (problems(line), notes(line)) == ([], [("某列", code)])


def test_a_row_without_a_name() -> None:
    (line,) = read_lines((table({"name": "姓名", "sex": "性别"}, (None, "女")),), lists())
    assert problems(line) == [("姓名", "name_missing")]
    (line,) = read_lines((table({"name": "姓名", "class": "班级"}, (None, "启明")),), lists())
    assert problems(line) == [("班级", "class_unknown")]


@pytest.mark.parametrize("shown", ["530102201105010000", None])
def test_a_number_that_a_spreadsheet_has_damaged(shown: str | None) -> None:
    (line,) = read_lines((table({"name": "姓名", "school_no": "学号"}, ("张三", shown), lost={2: {1}}),), lists())
    assert problems(line) == [("学号", "number_damaged")]
    assert line.basics.school_no == ""


def test_a_damaged_cell_elsewhere_is_read_as_it_is_shown() -> None:
    (line,) = read_lines((table({"name": "姓名", "address": "住址"}, ("张三", "#N/A"), lost={2: {1}}),), lists())
    assert (problems(line), line.basics.address) == ([], "#N/A")


def test_birth_and_sex_stand_in_an_identity_number() -> None:
    line = read("id_no", BOY)
    assert (line.basics.birth, line.basics.sex) == ("2011-05-01", "1")
    heads = {"name": "姓名", "id_no": "证件号", "birth": "出生日期", "sex": "性别"}
    rows = [("甲一", BOY, "2011-05", "男"), ("乙二", BOY, "2011-05-02", "女"), ("丙三", BOY, "2011-06", "1")]
    agrees, differs, month = read_lines((table(heads, *rows),), lists())
    assert (notes(agrees), agrees.basics.birth) == ([], "2011-05")
    assert notes(differs) == [("出生日期", "birth_differs"), ("性别", "sex_differs")]
    assert notes(month) == [("出生日期", "birth_differs")]


def test_a_paper_that_is_no_identity_card_has_any_number() -> None:
    heads = {"name": "姓名", "id_type": "类型", "id_no": "证件号"}
    card, passport = read_lines((table(heads, ("甲一", "居民身份证", "E1234"), ("乙二", "护照", "E1234")),), lists())
    assert problems(card) == [("证件号", "number_length")]
    assert (problems(passport), passport.basics.id_no) == ([], "E1234")


@pytest.mark.parametrize(
    ("heads", "row", "title", "class_id"),
    [
        ({"name": "姓名", "class": "班级"}, ("张三", "八（3）班"), "", "junior-2024-3"),
        ({"name": "姓名", "grade": "年级", "class": "班级"}, ("张三", "八年级", "3"), "", "junior-2024-3"),
        ({"name": "姓名", "sex": "性别"}, ("张三", "男"), "八年级（3）班", "junior-2024-3"),
        ({"name": "姓名", "class": "班级"}, ("张三", None), "八年级（3）班", "junior-2024-3"),
        ({"name": "姓名", "grade": "年级"}, ("张三", "八年级"), "八年级（3）班", "junior-2024-3"),
        ({"name": "姓名", "sex": "性别"}, ("张三", "男"), "", ""),
    ],
)
def test_where_the_class_stands(heads: dict[str, str], row: tuple[str | None, ...], title: str, class_id: str) -> None:
    (line,) = read_lines((table(heads, row, title=title),), lists())
    assert (line.class_id, line.problems) == (class_id, ())


@pytest.mark.parametrize(
    ("field", "cell", "kept"),
    [
        ("boards", "是", "2"), ("boards", "否", "1"), ("boards", "1", "2"), ("boards", "0-否", "1"),
        ("boards", "√", "2"), ("boards", "不住校", "1"), ("boards", "半寄宿", "H"),
        ("day_pupil", "是", "1"), ("day_pupil", "否", "2"),
    ],
)  # fmt: skip
def test_a_column_that_asks_whether_somebody_boards(field: str, cell: str, kept: str) -> None:
    line = read(field, cell)
    assert (line.basics.boarding, line.notes) == (kept, ())


@pytest.mark.parametrize("cell", ["2", "再议"])
def test_an_answer_that_may_mean_either_is_left_alone(cell: str) -> None:
    line = read("boards", cell)
    assert (line.basics.boarding, notes(line)) == ("", [("某列", "word_unknown")])


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["√", None], ["2", "1"]),
        (["是", None, "否"], ["2", "", "1"]),
        ([None, None], ["", ""]),
        (["√", "?"], ["2", ""]),
    ],
)
def test_an_empty_cell_of_a_column_of_ticks_is_a_no(cells: list[str | None], kept: list[str]) -> None:
    heads = {"name": "姓名", "boards": "是否住校"}
    rows = zip(("张三", "李四", "王五"), cells, strict=False)
    found = read_lines((table(heads, *rows),), lists())
    assert [line.basics.boarding for line in found] == kept


def test_the_column_of_boarding_goes_before_the_one_that_asks() -> None:
    heads = {"name": "姓名", "boards": "是否住校", "boarding": "就读方式"}
    (line,) = read_lines((table(heads, ("张三", "否", "半寄宿")),), lists())
    assert line.basics.boarding == "H"


def test_a_word_that_somebody_has_explained() -> None:
    assert read("class", "启明").class_word == alias_name("启明", "")
    told = read("class", "启明", aliases={alias_name("启明", ""): "junior-2024-3"})
    assert (told.class_id, told.class_word) == ("junior-2024-3", alias_name("启明", ""))


def test_guardians_by_their_columns() -> None:
    heads = {
        "name": "姓名", "guardian1_name": "成员1姓名", "guardian1_relation": "关系", "guardian1_phone": "电话",
        "guardian1_legal": "监护", "father_name": "父亲", "father_phone": "父亲电话", "mother_phone": "母亲电话",
    }  # fmt: skip
    rows = [
        ("甲一", "李 母", "母亲", "13800000001", "是", "甲大", "无", "13800000003"),
        ("乙二", "乙大", "父亲", "", "否", "乙大", "13800000002", ""),
        ("丙三", "", "母亲", "13800000001", "是", "", "", ""),
    ]
    first, second, third = read_lines((table(heads, *rows),), lists())
    assert first.guardians == (
        NamedGuardian("李母", "52", "13800000001", legal=True),
        NamedGuardian("甲大", "51"),
    )
    assert notes(first) == [("父亲电话", "phone_unreadable")]
    assert second.guardians == (NamedGuardian("乙大", "51", "13800000002"),)
    assert third.guardians == ()


@pytest.mark.parametrize(
    ("field", "cell", "care"),
    [
        ("orphan", "是", (("C07", "是"),)),
        ("orphan", "0-否", ()),
        ("disability", "听力残疾", (("C09", "听力残疾"),)),
        ("disability", "无", ()),
        ("left_behind", "双亲留守儿童", (("C02", "双亲留守儿童"),)),
        ("left_behind", "0-非留守儿童", ()),
    ],
)
def test_care_categories_by_their_columns(field: str, cell: str, care: tuple[tuple[str, str], ...]) -> None:
    assert read(field, cell).care == care


@pytest.mark.parametrize(("cell", "status"), [("在校", "01"), ("休学", "02"), ("转入", ""), ("", "")])
def test_a_status_says_where_somebody_is_and_not_how_they_came(cell: str, status: str) -> None:
    assert read("status", cell).status == status


def test_two_columns_of_one_field_the_first_counts() -> None:
    rows = table({"name": "姓名", "phone": "电话"}, ("张三", "13800000001"))
    again = rows.columns[1]
    doubled = type(rows)(
        rows.sheet, "", (*rows.columns, again), (type(rows.rows[0])(2, ("张三", "13800000001", "13800000002")),)
    )
    (line,) = read_lines((doubled,), lists())
    assert line.basics.phone == "13800000001"


def test_the_same_text_means_the_same_in_every_row() -> None:
    """A column remembers what its texts mean; faults are told for each row anew."""
    rows = [("甲一", "外星"), ("乙二", "女"), ("丙三", "外星")]
    made = read_lines((table({"name": "姓名", "sex": "性别"}, *rows),), lists())
    assert [line.basics.sex for line in made] == ["", "2", ""]
    assert [(note.row, note.code) for line in made for note in line.notes] == [(2, "word_unknown"), (4, "word_unknown")]

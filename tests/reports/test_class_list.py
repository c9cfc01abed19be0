"""The class list: who, how many, and room to tick."""

from dataclasses import replace
from datetime import datetime

import pytest

from counselroom.reports import parts as p
from counselroom.reports.class_list import ClassListContent, Column, class_list
from counselroom.reports.pdf import pdf
from counselroom.reports.preview import pages

LIST = ClassListContent(
    "青杉初级中学",
    "学生名单",
    "八年级（3）班",
    "苏明",
    23,
    21,
    (Column("姓名", 2), Column("性别", 1), Column("学号", 2.2)),
    tuple(("欧阳小明", "男", f"2024{number:04d}") for number in range(45)),
    "林若溪",
    datetime(2026, 11, 23, 10, 4).astimezone(),
    ("", "", ""),
    "MD-2026-0003",
)


def table(content: ClassListContent) -> p.Table:
    (found,) = [part for part in class_list(content) if isinstance(part, p.Table)]
    return found


def test_head_of_the_list() -> None:
    header, footer, title, person, _ = class_list(LIST)
    assert header == p.Header("青杉初级中学　心理辅导室", "编号 MD-2026-0003")
    assert footer == p.Footer("内部资料　注意保密", "林若溪　2026年11月23日 10:04 打印")
    assert title == p.Title("学生名单")
    about = "班主任 苏明　共 45 人（男 23 人，女 21 人，未填 1 人）"
    assert person == p.Person("八年级（3）班", about)


def test_what_is_not_known_is_not_said() -> None:
    bare = replace(LIST, head_teacher="", number="", boys=24)
    header, _, _, person, _ = class_list(bare)
    assert header == p.Header("青杉初级中学　心理辅导室", "")
    assert isinstance(person, p.Person)
    assert person.about == "共 45 人（男 24 人，女 21 人）"


def test_rows_are_numbered_and_end_in_empty_cells() -> None:
    found = table(LIST)
    assert found.heads == ("序号", "姓名", "性别", "学号", "", "", "")
    assert found.rows[9] == ("10", "欧阳小明", "男", "20240009", "", "", "")
    assert len(found.shares) == len(found.heads)


def printed_pages(data: bytes) -> int:
    return len(pages(data, 20))


def test_a_class_of_45_stands_on_one_page_and_a_small_one_is_roomy() -> None:
    assert printed_pages(pdf(class_list(LIST))) == 1
    small = replace(LIST, rows=LIST.rows[:30])
    assert table(small).row_mm > table(LIST).row_mm
    assert printed_pages(pdf(class_list(small))) == 1


def test_a_larger_class_goes_on_and_an_empty_one_is_printed() -> None:
    assert printed_pages(pdf(class_list(replace(LIST, rows=LIST.rows * 2)))) == 2
    assert printed_pages(pdf(class_list(replace(LIST, rows=(), boys=0, girls=0)))) == 1


def test_a_row_of_other_cells_is_a_fault() -> None:
    with pytest.raises(ValueError, match="cell for each column"):
        class_list(replace(LIST, rows=(("何嘉木",),)))

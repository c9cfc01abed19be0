"""A result on paper for the file, and a letter for the student."""

from dataclasses import replace
from datetime import datetime

from counselroom.domain.charts.definition import Scale, ScaleChart
from counselroom.reports import parts as p
from counselroom.reports.assessment import AssessmentContent, CriticalLine, SheetContent, assessment
from counselroom.reports.pdf import pdf
from counselroom.reports.student_feedback import FeedbackContent, student_feedback

AT = datetime(2026, 11, 23, 10, 4).astimezone()
CHART = ScaleChart((Scale("总分", "中度　11", 11, 0, 27, ((0, "很少", 0), (10, "中度", 2)), whole=True),))
SHEET = SheetContent(
    "情绪问卷",
    (("施测", "2026年11月6日　学生自评"), ("录入", "林若溪"), ("计分方式", "")),
    "已计分",
    critical=(CriticalLine("第 9 题　不想活", "11月6日　林若溪：面谈"), CriticalLine("第 12 题", "")),
    scores=(("总分", "中度", "11"),),
    chart=CHART,
    remarks=("总分：说不清是不是真的变化",),
    reasons=(("总分", "第 1-9 题相加。"),),
    limits=("是筛查工具。",),
)
CONTENT = AssessmentContent("青杉初级中学", "DA-2024-0817", "何嘉木", "八年级（3）班　男", "林若溪", AT, (SHEET,))
LETTER = FeedbackContent("青杉初级中学", "何嘉木", "谢谢你认真填完。", ("早点睡", "走一走", "说一说"), "", "林若溪", AT)


def said(parts: p.Parts) -> str:
    return "\n".join(p.texts(parts))


def test_what_stands_on_a_report() -> None:
    parts = assessment(CONTENT)
    assert parts[0] == p.Header("青杉初级中学　心理辅导室", "编号 DA-2024-0817")
    assert parts[1] == p.Footer("内部资料　注意保密", "林若溪　2026年11月23日 10:04 打印")
    assert p.Title("测评结果报告", "情绪问卷") in parts
    assert p.Person("何嘉木", "八年级（3）班　男") in parts
    assert CHART in parts
    tables = [part.rows for part in parts if isinstance(part, p.Table)]
    assert tables == [
        (("第 9 题　不想活", "11月6日　林若溪：面谈"), ("第 12 题", "还没有写处理情况")),
        (("总分", "中度", "11"),),
    ]
    text = said(parts)
    assert "总分：第 1-9 题相加。" in text
    assert "不作诊断" in text
    assert "计分方式" not in text  # an empty fact is left out


def test_each_sheet_begins_a_page() -> None:
    parts = assessment(replace(CONTENT, sheets=(SHEET, SheetContent("另一份", (), "没有答完"))))
    assert parts.count(p.PageBreak()) == 1
    assert parts.index(p.PageBreak()) < parts.index(p.Title("测评结果报告", "另一份"))


def test_it_can_be_drawn() -> None:
    assert pdf(assessment(CONTENT)).startswith(b"%PDF")
    assert pdf(student_feedback(LETTER)).startswith(b"%PDF")


def test_a_letter_leaves_a_line_for_when_and_where() -> None:
    assert p.Lines(("什么时候", "在哪里")) in student_feedback(LETTER)
    told = student_feedback(replace(LETTER, where="每天中午，综合楼二楼"))
    assert not [part for part in told if isinstance(part, p.Lines)]
    assert p.Paragraph("每天中午，综合楼二楼") in told


def test_an_invitation_has_nothing_to_try() -> None:
    assert "可以试试" in said(student_feedback(LETTER))
    assert "可以试试" not in said(student_feedback(replace(LETTER, things=())))

"""An empty questionnaire: short options beside the question, long ones beneath, nobody's name."""

from dataclasses import replace
from datetime import datetime

from counselroom.reports import parts as p
from counselroom.reports.pdf import pdf
from counselroom.reports.preview import pages
from counselroom.reports.questionnaire import Question, QuestionnaireContent, questionnaire

YES_NO = ("是", "否")
SHEET = QuestionnaireContent(
    "青杉初级中学",
    "班级晴雨表",
    "没有对错，照实选就行。",
    ("学号或编号", "日期"),
    (
        Question("1", "这一周，我的心情", ("晴", "多云", "阴", "雨")),
        Question("2", "早上的心情", ("晴", "多云", "阴", "雨")),
        Question("3", "想聊一聊", YES_NO),
        Question("4", "几点上床", blank="几点几分"),
        Question("5", "谁帮过我", ("家人", "同学", "老师"), ticks=True),
        Question("6", "哪一句最像你", ("我时常觉得日子过得很有意思", "我有时觉得日子过得很有意思")),
    ),
    "自编，未标准化",
    "林若溪",
    datetime(2026, 11, 23, 10, 4).astimezone(),
)


def tables(content: QuestionnaireContent) -> list[p.Table]:
    return [part for part in questionnaire(content) if isinstance(part, p.Table)]


def test_questions_with_the_same_short_options_share_a_table() -> None:
    fields, weather, talk = tables(SHEET)
    assert fields == p.Table(("学号或编号", "日期"), (("", ""),), (), 9, 10)
    assert weather.heads == ("题号", "题目", "晴", "多云", "阴", "雨")
    assert weather.rows[1] == ("2", "早上的心情", "□", "□", "□", "□")
    assert talk.rows == (("3", "想聊一聊", "□", "□"),)


def test_the_others_stand_one_by_one() -> None:
    clock, ticks, long = [part for part in questionnaire(SHEET) if isinstance(part, p.Section)]
    assert clock == p.Section("4", ("几点上床", p.Lines(("几点几分",))))
    assert ticks == p.Section("5", ("谁帮过我（可以选几项）", p.Choices(("家人", "同学", "老师"))))
    assert long.paragraphs[1] == p.Choices(SHEET.questions[5].options)


def test_to_whom_a_question_is_put() -> None:
    only = replace(SHEET, fields=(), questions=(Question("7", "身体", YES_NO, only="女生答"),))
    (table,) = tables(only)
    assert table.rows[0][1] == "身体（女生答）"


def test_it_can_be_drawn_and_a_long_one_takes_several_pages() -> None:
    assert len(pages(pdf(questionnaire(SHEET)), 20)) == 1
    many = tuple(Question(str(n), "一句不长不短的话放在这里占位置用的", YES_NO) for n in range(1, 101))
    assert len(pages(pdf(questionnaire(replace(SHEET, questions=many))), 20)) > 2
